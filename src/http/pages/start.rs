//! The page to start from: what there is to search, and ways into it.

use askama::Template;
use axum::response::Html;

use super::frame::Frame;
use super::hit::About;
use super::links::{self, ArticleLink, PageLink};
use super::wording::start::StartWording;
use super::{dates, render};
use crate::content::Site;
use crate::http::Service;
use crate::http::problem::Problem;
use crate::index::{Choice, Facet};
use crate::search::{FacetOptions, FacetValue, Request, Response};

/// The newest articles that are shown.
const NEWEST: usize = 5;
/// The most values of a facet that are read: topics and series of a site are few.
const MOST_VALUES: usize = 1_000;
/// The topics shown below another.
const NARROWER: usize = 3;
/// The topics and series shown.
const SHOWN: usize = 12;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    words: &'static StartWording,
    total: usize,
    /// The first and the last year, in both eras.
    years: String,
    examples: Vec<PageLink>,
    topics: Vec<TopicView>,
    series: Vec<(PageLink, u64)>,
    newest: Vec<(ArticleLink, About)>,
}

/// A topic with those directly below it.
struct TopicView {
    link: PageLink,
    count: u64,
    narrower: Vec<PageLink>,
}

/// The page as HTML.
pub(super) fn html(service: &Service, frame: Frame, request: &Request) -> Result<Html<String>, Problem> {
    let facets = FacetOptions { limit: MOST_VALUES, ..FacetOptions::default() };
    let everything = Request { limit: NEWEST, facets, interface: request.interface, ..Request::default() };
    let (known, response) = service.searcher.search_known(&everything)?;
    let newest = response.hits.iter().filter_map(|hit| {
        let link = ArticleLink::new(&hit.article, frame.ui)?;
        Some((link, About::new(&hit.article, frame.ui, &known.generation)))
    });
    render(&StartPage {
        words: StartWording::of(frame.ui),
        total: response.total,
        years: span(&response, &frame),
        examples: examples(&response, &frame, &known.generation.site),
        topics: topics(&response, &frame),
        series: series(&response, &frame),
        newest: newest.collect(),
        frame,
    })
}

fn values(response: &Response, facet: Facet) -> &[FacetValue] {
    response.facets.get(&facet).map(|list| list.values.as_slice()).unwrap_or_default()
}

fn span(response: &Response, frame: &Frame) -> String {
    match values(response, Facet::Year) {
        [] => String::new(),
        [only] => dates::years(&only.value, &only.value, frame.ui),
        // The latest comes first.
        [last, .., first] => dates::years(&first.value, &last.value, frame.ui),
    }
}

fn topics(response: &Response, frame: &Frame) -> Vec<TopicView> {
    let topics = values(response, Facet::Topic);
    let link = |value: &FacetValue| PageLink {
        address: links::profile(Facet::Topic, &value.value, frame.ui).unwrap_or_default(),
        label: value.label.clone(),
        current: false,
    };
    let below = |id: &str| {
        let narrower = topics.iter().filter(|value| value.parent(Facet::Topic) == Some(id));
        narrower.take(NARROWER).map(link).collect()
    };
    let top = topics.iter().filter(|value| value.parent(Facet::Topic).is_none()).take(SHOWN);
    top.map(|value| TopicView { link: link(value), count: value.count, narrower: below(&value.value) }).collect()
}

fn series(response: &Response, frame: &Frame) -> Vec<(PageLink, u64)> {
    let link = |value: &FacetValue| {
        let address = links::profile(Facet::Series, &value.value, frame.ui)?;
        Some((PageLink { address, label: value.label.clone(), current: false }, value.count))
    };
    values(response, Facet::Series).iter().take(SHOWN).filter_map(link).collect()
}

/// Queries made of what the site has, so that each of them finds something: words, a phrase, a year and an author.
fn examples(response: &Response, frame: &Frame, site: &Site) -> Vec<PageLink> {
    let label = |facet, at: usize| values(response, facet).get(at).map(|value| value.label.clone());
    let link = |text: String, request: Request| PageLink {
        address: links::address_of(&Request { text: text.clone(), interface: frame.ui, ..request }),
        label: text,
        current: false,
    };
    let typed = |text: String| link(text, Request::default());
    let tops = values(response, Facet::Topic).iter().filter(|value| value.parent(Facet::Topic).is_none());
    let words = tops.clone().next().map(|value| typed(value.label.clone()));
    let phrase = tops.clone().nth(1).map(|value| typed(format!("\"{}\"", value.label)));
    let year = newest(response, frame, site).map(|(topic, year)| {
        let filters = [(Facet::Year, vec![Choice::Value(year.clone())])].into();
        let shown = link(topic, Request { filters, ..Request::default() });
        PageLink { label: format!("{} · {}", shown.label, dates::year(&year, frame.ui)), ..shown }
    });
    let author = label(Facet::Author, 0).map(|name| typed(format!("{}:\"{name}\"", frame.wording.author_field)));
    [words, phrase, year, author].into_iter().flatten().collect()
}

/// A topic of the newest article and its year, of the Buddhist Era: there is something of both.
fn newest(response: &Response, frame: &Frame, site: &Site) -> Option<(String, String)> {
    let article = &response.hits.first()?.article;
    let year = article.date?.year().buddhist_era().to_string();
    Some((site.topic_label(article.topics.first()?, frame.ui), year))
}
