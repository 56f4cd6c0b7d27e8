//! A form that writes queries, and teaches how to write them.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::error::Page;
use super::frame::Frame;
use super::links::{self, PageLink};
use super::render;
use super::wording::advanced::AdvancedWording;
use crate::http::Service;
use crate::http::problem::Problem;
use crate::http::respond::blocking;
use crate::index::Facet;
use crate::search::{FacetOptions, FacetOrder, Request, Wishes, Within};
use crate::text::Language;

/// The most topics and authors to choose from.
const MOST_VALUES: usize = 1_000;
/// The longest text of a box, in characters.
const LONGEST: usize = 200;

/// `GET /advanced`: the form, with `do=search` the way to what it asks for.
pub(in crate::http) async fn advanced(
    State(service): State<Service>,
    RawQuery(query): RawQuery,
) -> Result<Response, Page> {
    let frame = Frame::of(&service, query.as_deref());
    let around = frame.clone();
    let answer = blocking(move || {
        let (wishes, step) = wishes(query.as_deref());
        match step {
            Step::Search => Ok(Redirect::to(&search_for(&wishes, around.ui)).into_response()),
            Step::Show => AdvancedPage::new(&service, around, wishes)
                .and_then(|page| render(&page))
                .map(IntoResponse::into_response),
        }
    });
    answer.await.map_err(|problem| Page::of(problem, &frame))
}

/// What is to be done with what the boxes have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Shown as a query.
    Show,
    /// Searched at once.
    Search,
}

/// What the boxes have.
fn wishes(query: Option<&str>) -> (Wishes, Step) {
    let (mut wishes, mut step) = (Wishes::default(), Step::Show);
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        let value: String = value.trim().chars().take(LONGEST).collect();
        match name.as_ref() {
            "all" => wishes.all = value,
            "phrase" => wishes.phrase = value,
            "any" => wishes.any = value,
            "none" => wishes.none = value,
            "within" => wishes.within = Within::from_name(&value).unwrap_or_default(),
            "author" => wishes.author = value,
            "topic" => wishes.topic = value,
            "year_from" => wishes.from = value,
            "year_to" => wishes.to = value,
            "language" => wishes.language = Language::from_tag(&value),
            "do" if value == "search" => step = Step::Search,
            _ => {}
        }
    }
    (wishes, step)
}

fn search_for(wishes: &Wishes, ui: Language) -> String {
    links::of_results(Request { text: wishes.query(ui), interface: ui, ..Request::default() })
}

/// The same form in a language.
fn address(wishes: &Wishes, ui: Language) -> String {
    let years = [("year_from", &wishes.from), ("year_to", &wishes.to)];
    let texts = [("all", &wishes.all), ("phrase", &wishes.phrase), ("any", &wishes.any), ("none", &wishes.none)];
    let names = [("author", &wishes.author), ("topic", &wishes.topic)];
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(texts.into_iter().chain(names).chain(years).filter(|(_, value)| !value.is_empty()));
    if wishes.within != Within::default() {
        query.append_pair("within", wishes.within.name());
    }
    query.extend_pairs(wishes.language.map(|language| ("language", language.tag())));
    query.append_pair("ui", ui.tag());
    format!("/advanced?{}", query.finish())
}

#[derive(Template)]
#[template(path = "advanced.html")]
struct AdvancedPage {
    frame: Frame,
    words: &'static AdvancedWording,
    /// What the form asks for as it could have been typed; empty for nothing.
    query: String,
    /// The search for it.
    search: String,
    places: Vec<PlaceView>,
    authors: Vec<String>,
    topics: Vec<String>,
    wishes: Wishes,
}

/// A part of an article to search in.
struct PlaceView {
    name: &'static str,
    label: &'static str,
    selected: bool,
}

impl AdvancedPage {
    fn new(service: &Service, frame: Frame, wishes: Wishes) -> Result<AdvancedPage, Problem> {
        let facets = FacetOptions {
            facets: vec![Facet::Author, Facet::Topic],
            limit: MOST_VALUES,
            order: FacetOrder::Name,
            ..FacetOptions::default()
        };
        let everything = Request { facets, limit: 1, interface: frame.ui, ..Request::default() };
        let mut lists = service.searcher.search(&everything)?.facets;
        let mut labels = |facet| -> Vec<String> {
            lists.remove(&facet).unwrap_or_default().values.into_iter().map(|value| value.label).collect()
        };
        let words = AdvancedWording::of(frame.ui);
        let place = |within: Within| PlaceView {
            name: within.name(),
            label: words.within(within),
            selected: within == wishes.within,
        };
        Ok(AdvancedPage {
            words,
            query: wishes.query(frame.ui),
            search: search_for(&wishes, frame.ui),
            places: Within::ALL.map(place).into(),
            authors: labels(Facet::Author),
            topics: labels(Facet::Topic),
            frame: Frame { other_language: address(&wishes, frame.other), ..frame },
            wishes,
        })
    }
}

impl AdvancedPage {
    /// The languages to choose from.
    fn languages(&self) -> [PageLink; 2] {
        let link = |language: Language, label: &str| PageLink {
            address: language.tag().to_owned(),
            label: label.to_owned(),
            current: self.wishes.language == Some(language),
        };
        [link(Language::Thai, self.words.thai), link(Language::English, self.words.english)]
    }
}
