//! The page of an article.

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::response::Html;

use super::cited::CiteBox;
use super::error::Page;
use super::frame::Frame;
use super::hit::{About, Marked};
use super::links::{self, ArticleLink};
use super::wording::article::ArticleWording;
use super::{page, render};
use crate::content::{Article, ArticleId, Heading, Localized, Rendered, rendered};
use crate::http::Service;
use crate::http::address::web_address;
use crate::http::feeds::ArticleHead;
use crate::http::parameters::{self, Asked};
use crate::http::problem::Problem;
use crate::index::Generation;
use crate::search::{Marker, Related, Request, Why};
use crate::text::Language;

/// An article with fewer headings is seen at a glance.
const HEADINGS: usize = 3;
/// Headings below this level are not listed.
const LOWEST_LISTED: u8 = 3;

/// `GET /articles/{id}`: the parameters of the search that found it mark its words and lead back.
pub(in crate::http) async fn article(
    State(service): State<Service>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Page> {
    let frame = Frame::of(&service, query.as_deref());
    let Path(id) = path.map_err(|error| Page::of(error.into(), &frame))?;
    page(frame, move |frame| {
        let generation = service.generation()?;
        let id = ArticleId::new(id);
        let article = generation.index.article(&id)?.ok_or_else(|| Problem::no_such_article(&id))?;
        let search = Search::of(&service, query.as_deref())?;
        let related = service.searcher.related(&id)?.unwrap_or_default();
        let entry = service.store.journal().entry(&id);
        let head = ArticleHead::new(&article, frame.ui, &generation.site, &service.identity, entry.as_ref());
        render(&ArticlePage::new(frame, article, &generation, search, related, head))
    })
    .await
}

/// The search that the article was found by.
struct Search {
    request: Request,
    /// None where nothing was typed.
    marker: Option<Marker>,
}

impl Search {
    /// `None` where the address names none, or none that makes sense.
    fn of(service: &Service, query: Option<&str>) -> Result<Option<Search>, Problem> {
        let Ok(Asked { request, .. }) = parameters::read(&parameters::PAGE, query) else { return Ok(None) };
        if links::is_start(&request) {
            return Ok(None);
        }
        let has_words = !request.text.trim().is_empty();
        let marker = if has_words { Some(service.searcher.marker(&request)?) } else { None };
        Ok(Some(Search { request, marker }))
    }

    fn marker(search: Option<&Search>) -> Option<&Marker> {
        search.and_then(|search| search.marker.as_ref())
    }
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    frame: Frame,
    words: &'static ArticleWording,
    head: ArticleHead,
    /// Without marks, for the title of the window.
    title: String,
    /// Escaped and marked.
    titles: Vec<Marked>,
    about: About,
    organisations: Vec<String>,
    /// Escaped and marked.
    summaries: Vec<Marked>,
    /// Sanitised and marked.
    body: String,
    /// Empty where there are too few.
    contents: Vec<Heading>,
    source: Option<String>,
    cite: CiteBox,
    picked: Vec<ArticleLink>,
    computed: Vec<ArticleLink>,
    /// The results that the article was opened from.
    back: Option<String>,
}

impl ArticlePage {
    fn new(
        frame: Frame,
        article: Article,
        generation: &Generation,
        search: Option<Search>,
        related: Vec<Related>,
        head: ArticleHead,
    ) -> ArticlePage {
        let ui = frame.ui;
        let marker = Search::marker(search.as_ref());
        let Rendered { html, headings } =
            rendered(&article.body, &|text| marker.map(|it| it.marks(text)).unwrap_or_default());
        let (picked, computed): (Vec<_>, Vec<_>) = related.into_iter().partition(|related| related.why == Why::Picked);
        let links_to =
            |related: &[Related]| related.iter().filter_map(|it| ArticleLink::new(&it.article, ui)).collect();
        ArticlePage {
            words: ArticleWording::of(ui),
            head,
            title: article.title.best(ui).map(|(_, title)| title.to_owned()).unwrap_or_default(),
            titles: in_order(&article.title, ui, marker),
            about: About::new(&article, ui, generation),
            organisations: article.organisations.clone(),
            summaries: in_order(&article.summary, ui, marker),
            body: html,
            contents: contents(headings),
            source: article.source.as_deref().and_then(web_address),
            cite: CiteBox::new(&article, &generation.site, &frame.identity),
            picked: links_to(&picked),
            computed: links_to(&computed),
            back: search.as_ref().map(|search| links::of_results(search.request.clone())),
            frame: found_frame(frame, &article.id, search.as_ref()),
        }
    }
}

/// The box has what was typed, and the other language the same marks.
fn found_frame(frame: Frame, id: &ArticleId, search: Option<&Search>) -> Frame {
    match search {
        None => {
            let other = links::article(id, frame.other);
            frame.with_other_language(other)
        }
        Some(Search { request, .. }) => {
            let other = Request { interface: frame.other, ..request.clone() };
            frame.around(request).with_other_language(links::article_found(id, &other))
        }
    }
}

fn in_order(localized: &Localized, ui: Language, marker: Option<&Marker>) -> Vec<Marked> {
    let marked = |text: &str| match marker {
        Some(marker) => marker.html(text),
        None => askama::filters::escape(text, askama::filters::Html).map(|text| text.to_string()).unwrap_or_default(),
    };
    let texts = localized.languages().filter_map(|language| Some((language, localized.get(language)?)));
    let mut texts: Vec<Marked> =
        texts.map(|(language, text)| Marked { language, html: marked(text), page: None }).collect();
    texts.sort_by_key(|text| text.language != ui);
    texts
}

fn contents(headings: Vec<Heading>) -> Vec<Heading> {
    let listed: Vec<Heading> = headings.into_iter().filter(|heading| heading.level <= LOWEST_LISTED).collect();
    if listed.len() < HEADINGS { Vec::new() } else { listed }
}
