//! Pages for people: search and article, rendered here and usable without a script.

mod api;
mod counted;
mod facet;
pub(super) mod links;
mod problem;
mod profile;
pub(super) mod report;
mod wording;

pub(super) use api::page as api;
pub(super) use facet::facet;
pub(super) use problem::problem;
pub(super) use profile::profile_of;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};

use self::links::{ArticleLink, FacetView, PageLink};
use self::wording::Wording;
use super::Service;
use super::address::web_address;
use super::api::request;
use super::feeds::{ArticleHead, feed_address};
use super::problem::Problem;
use super::respond::blocking;
use crate::content::{Article, ArticleId, to_html};
use crate::index::{Generation, Sort};
use crate::search::{self, Request, SearchHit};
use crate::text::Language;

/// `GET /`
pub(super) async fn search(State(service): State<Service>, RawQuery(query): RawQuery) -> Result<Html<String>, Page> {
    let ui = interface(query.as_deref());
    page(ui, move || {
        let (request, unknown, wish) = request(query.as_deref())?;
        let (known, mut response) = service.counted(&request, wish, || service.searcher.search_known(&request))?;
        response.warnings.extend(unknown);
        let mut page = SearchPage::new(&request, response, &known.generation);
        page.be_counted(&service);
        render(&page)
    })
    .await
}

/// `GET /articles/{id}`
pub(super) async fn article(
    State(service): State<Service>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Page> {
    let ui = interface(query.as_deref());
    let Path(id) = path.map_err(|error| Page { problem: error.into(), ui })?;
    page(ui, move || {
        let generation = service.generation()?;
        let id = ArticleId(id);
        let article = generation.index.article(&id)?.ok_or_else(|| Problem::no_such_article(&id))?;
        let entry = service.store.journal().entry(&id);
        let head = ArticleHead::new(&article, ui, &generation.site, &service.identity, entry.as_ref());
        render(&ArticlePage::new(article, ui, &generation, head)?)
    })
    .await
}

/// Any address that nothing is at: a page for browsers, problem details for programs.
pub(super) async fn no_such_address(uri: Uri, headers: HeaderMap) -> Response {
    page_or_problem(Problem::no_such_address(uri.path()), &uri, &headers)
}

/// A problem as a page for browsers, and as problem details for programs.
pub(super) fn page_or_problem(problem: Problem, uri: &Uri, headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    match accepted.contains("text/html") {
        true => Page { problem, ui: interface(uri.query()) }.into_response(),
        false => problem.into_response(),
    }
}

/// A problem, shown as a page.
pub(super) struct Page {
    problem: Problem,
    ui: Language,
}

impl Page {
    /// `problem` as a page in `ui`.
    pub(super) fn of(problem: Problem, ui: Language) -> Page {
        Page { problem, ui }
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let Page { problem, ui } = self;
        let page = ErrorPage {
            wording: Wording::of(ui),
            ui,
            home: links::home(ui),
            about: links::in_interface(&problem.kind().address(), ui),
            detail: problem.detail(),
        };
        let html = page.render().unwrap_or_default();
        let mut response = (problem.status(), Html(html)).into_response();
        if problem.status() == StatusCode::SERVICE_UNAVAILABLE {
            // The index is being built: browsers try again by themselves.
            response.headers_mut().insert(header::REFRESH, header::HeaderValue::from_static("2"));
        }
        response
    }
}

/// The language of the interface, also where the rest of the query makes no sense.
pub(super) fn interface(query: Option<&str>) -> Language {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let ui = pairs.find(|(name, _)| name == "ui").and_then(|(_, value)| Language::from_tag(&value));
    ui.unwrap_or(Request::default().interface)
}

/// The address of an article's page, for those outside who lead to it.
pub(super) fn article_address(id: &ArticleId, ui: Language) -> String {
    links::article(id, ui)
}

async fn page(
    ui: Language,
    work: impl FnOnce() -> Result<Html<String>, Problem> + Send + 'static,
) -> Result<Html<String>, Page> {
    blocking(work).await.map_err(|problem| Page { problem, ui })
}

fn render(page: &impl Template) -> Result<Html<String>, Problem> {
    page.render().map(Html).map_err(|error| {
        tracing::error!(%error, "a page could not be rendered");
        Problem::internal()
    })
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    wording: &'static Wording,
    ui: Language,
    other: Language,
    request: &'a Request,
    /// What stands in the box.
    text: &'a str,
    /// The address of the same search in the other language.
    other_language: String,
    home: String,
    total: usize,
    first: usize,
    last: usize,
    hits: Vec<HitView>,
    facets: Vec<FacetView>,
    /// Name and value of each selected filter, to keep them when the form is sent.
    hidden: Vec<(String, String)>,
    /// The same for the form of years.
    hidden_without_years: Vec<(String, String)>,
    /// The first and the last year that are selected.
    years: (String, String),
    sorts: Vec<PageLink>,
    pages: Vec<PageLink>,
    warnings: Vec<String>,
    /// What was searched beside what was typed.
    also: String,
    /// Whether something else was searched than what was typed.
    is_meant: bool,
    /// The address of the same search with nothing but what was typed.
    as_typed: String,
    clear: String,
    first_page: String,
    /// The address of the same search as a feed.
    feed: String,
}

impl<'a> SearchPage<'a> {
    fn new(request: &'a Request, response: search::Response, generation: &Generation) -> SearchPage<'a> {
        let ui = request.interface;
        let wording = Wording::of(ui);
        let first = (request.page - 1) * request.limit;
        let hits: Vec<HitView> = response.hits.into_iter().map(|hit| HitView::new(hit, request, generation)).collect();
        SearchPage {
            wording,
            ui,
            other: links::other(ui),
            request,
            text: &request.text,
            other_language: links::other_language(request),
            home: links::home(ui),
            total: response.total,
            first: (first + 1).min(response.total),
            last: first + hits.len(),
            hits,
            facets: links::facets(request, response.facets, wording),
            hidden: links::kept(request, &["q"]),
            hidden_without_years: links::kept(request, &["year"]),
            sorts: links::sorts(request, wording),
            pages: links::pages(request, response.total, response.snapshot.as_ref()),
            years: links::years(request),
            warnings: response.warnings.iter().map(|warning| wording.warning(warning)).collect(),
            also: response.also.join(", "),
            is_meant: response.meant.is_some(),
            as_typed: links::as_typed(request),
            clear: links::without_filters(request),
            first_page: links::first_page(request),
            feed: feed_address(&Request { page: 1, sort: Sort::Newest, ..request.clone() }),
        }
    }
}

/// A hit as the page shows it. Titles and snippets are HTML that is already escaped.
struct HitView {
    id: ArticleId,
    address: String,
    titles: Vec<Marked>,
    series: Option<String>,
    date: Option<String>,
    authors: String,
    snippets: Vec<Marked>,
}

struct Marked {
    language: Language,
    html: String,
}

impl HitView {
    fn new(hit: SearchHit, request: &Request, generation: &Generation) -> HitView {
        let marked = |snippet: search::Snippet| Marked { language: snippet.language, html: snippet.html };
        let about = About::new(&hit.article, request.interface, generation);
        HitView {
            id: hit.id().clone(),
            address: links::article(hit.id(), request.interface),
            titles: hit.titles.into_iter().map(marked).collect(),
            series: about.series,
            date: about.date,
            authors: about.authors,
            snippets: hit.snippets.into_iter().map(marked).collect(),
        }
    }
}

/// Lines about an article, in the language of the interface.
struct About {
    series: Option<String>,
    date: Option<String>,
    authors: String,
}

impl About {
    fn new(article: &Article, ui: Language, generation: &Generation) -> About {
        About {
            series: article.series.as_ref().map(|id| generation.site.series_label(id, ui)),
            date: article.date.map(|date| date.display(ui)),
            authors: article.authors.join(", "),
        }
    }
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    head: ArticleHead,
    wording: &'static Wording,
    ui: Language,
    other: Language,
    other_language: String,
    home: String,
    text: &'static str,
    /// As on the search page; only the language is kept.
    hidden: Vec<(String, String)>,
    titles: Vec<(Language, String)>,
    about: About,
    authors: Vec<PageLink>,
    organisations: String,
    topics: Vec<PageLink>,
    summaries: Vec<(Language, String)>,
    /// Sanitised.
    body: String,
    source: Option<String>,
    related: Vec<ArticleLink>,
}

impl ArticlePage {
    fn new(article: Article, ui: Language, generation: &Generation, head: ArticleHead) -> Result<ArticlePage, Problem> {
        let in_order = |localized: &crate::content::Localized| {
            let mut texts: Vec<(Language, String)> = localized
                .languages()
                .filter_map(|language| Some((language, localized.get(language)?.to_owned())))
                .collect();
            texts.sort_by_key(|(language, _)| *language != ui);
            texts
        };
        Ok(ArticlePage {
            head,
            wording: Wording::of(ui),
            ui,
            other: links::other(ui),
            other_language: links::article(&article.id, links::other(ui)),
            home: links::home(ui),
            text: "",
            hidden: Request { interface: ui, ..Request::default() }.to_parameters(),
            titles: in_order(&article.title),
            about: About::new(&article, ui, generation),
            authors: article.authors.iter().map(|name| links::author(name, ui, &generation.site)).collect(),
            organisations: article.organisations.join(", "),
            topics: article.topics.iter().map(|id| links::topic(id, ui, &generation.site)).collect(),
            summaries: in_order(&article.summary),
            body: to_html(&article.body),
            source: article.source.as_deref().and_then(web_address),
            related: related(&article.related, ui, generation)?,
        })
    }
}

/// Those of the articles picked by hand that exist.
fn related(ids: &[ArticleId], ui: Language, generation: &Generation) -> Result<Vec<ArticleLink>, Problem> {
    let mut links = Vec::new();
    for id in ids {
        let article = generation.index.article(id)?;
        links.extend(article.and_then(|article| ArticleLink::new(&article, ui)));
    }
    Ok(links)
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    wording: &'static Wording,
    ui: Language,
    home: String,
    /// The page that explains the kind of problem.
    about: String,
    detail: &'a str,
}
