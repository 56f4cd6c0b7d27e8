//! The page of results.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Html;

use super::chart::Charts;
use super::error::Page;
use super::filters::{self, Chip, FacetView};
use super::frame::Frame;
use super::histogram::Histogram;
use super::hit::HitView;
use super::links::{self, PageLink};
use super::nothing::Nothing;
use super::wording::Wording;
use super::wording::results::ResultsWording;
use super::{page, render, start};
use crate::http::Service;
use crate::http::feeds::feed_address;
use crate::http::parameters;
use crate::index::{Facet, Generation, Sort};
use crate::search::{Request, Response, Warning};
use crate::text::Language;

/// The formats of exports with the ends of their addresses.
pub(super) const FORMATS: [(&str, &str); 5] =
    [("BibTeX", ".bib"), ("RIS", ".ris"), ("CSL-JSON", ".csl.json"), ("CSV", ".csv"), ("NDJSON", ".ndjson")];
/// What was searched beside what was typed is shown up to so many words; the others on demand.
const ALSO_SHOWN: usize = 5;

/// `GET /`: results, or without anything asked for the page to start from.
pub(in crate::http) async fn search(
    State(service): State<Service>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Page> {
    let frame = Frame::of(&service, query.as_deref());
    page(frame, move |frame| {
        let asked = parameters::read(&parameters::PAGE, query.as_deref())?;
        let wish = asked.wish();
        let (request, unknown) = (asked.request, asked.warnings);
        if unknown.is_empty() && links::is_start(&request) {
            return start::html(&service, frame.around(&request), &request);
        }
        let (known, mut response) = service.counted(&request, wish, || service.searcher.search_known(&request))?;
        response.warnings.extend(unknown);
        let nothing = if response.total == 0 { Some(Nothing::found(&service, &request, &frame)?) } else { None };
        let mut page = SearchPage::new(frame, &request, response, &known.generation);
        page.nothing = nothing;
        page.be_counted(&service);
        render(&page)
    })
    .await
}

#[derive(Template)]
#[template(path = "search.html")]
pub(super) struct SearchPage<'a> {
    pub(super) frame: Frame,
    words: &'static ResultsWording,
    pub(super) request: &'a Request,
    total: usize,
    pub(super) first: usize,
    last: usize,
    pub(super) hits: Vec<HitView>,
    nothing: Option<Nothing>,
    chips: Vec<Chip>,
    /// The same search with no filters.
    clear: String,
    facets: Vec<FacetView>,
    histogram: Option<Histogram>,
    charts: Charts,
    sorts: Vec<PageLink>,
    limits: Vec<PageLink>,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
    first_page: String,
    warnings: Vec<String>,
    /// What was searched instead of what was typed.
    meant: Option<String>,
    /// What was searched beside what was typed: the first words, and the others.
    also: Vec<Foreign>,
    also_more: Vec<Foreign>,
    /// The same search with nothing but what was typed.
    as_typed: String,
    /// The same search in the language of what was typed.
    untranslated: String,
    exports: Vec<PageLink>,
    feed: String,
    /// The whole address of this search.
    permalink: String,
}

impl<'a> SearchPage<'a> {
    fn new(frame: Frame, request: &'a Request, response: Response, generation: &Generation) -> SearchPage<'a> {
        let (ui, wording) = (frame.ui, frame.wording);
        let words = ResultsWording::of(ui);
        let before = (request.page - 1) * request.limit;
        let hits: Vec<HitView> = response.hits.into_iter().map(|hit| HitView::new(hit, request, generation)).collect();
        let (total, snapshot) = (response.total, response.snapshot.as_ref());
        SearchPage {
            words,
            total,
            first: (before + 1).min(total),
            last: before + hits.len(),
            hits,
            nothing: None,
            chips: filters::chips(request, &response.facets, wording),
            clear: links::without_filters(request),
            histogram: Histogram::new(request, response.facets.get(&Facet::Year)),
            charts: Charts::new(request, &response.facets),
            facets: filters::facets(request, response.facets, wording),
            sorts: links::sorts(request, wording),
            limits: links::limits(request),
            pages: links::pages(request, total, snapshot),
            previous: links::step(request, -1, total, snapshot),
            next: links::step(request, 1, total, snapshot),
            first_page: links::first_page(request),
            warnings: told(&response.warnings, wording),
            meant: response.meant.map(|meant| meant.query),
            also: response.also.iter().take(ALSO_SHOWN).map(|word| Foreign::new(word, ui)).collect(),
            also_more: response.also.iter().skip(ALSO_SHOWN).map(|word| Foreign::new(word, ui)).collect(),
            as_typed: links::as_typed(request),
            untranslated: links::untranslated(request),
            exports: exports(request),
            feed: feed_address(&Request { sort: Sort::Newest, ..links::from_start(request) }),
            permalink: frame.identity.absolute(&links::first_page(request)),
            frame: frame.around(request).with_other_language(links::other_language(request)),
            request,
        }
    }
}

/// A word that may be in another language than the page.
struct Foreign {
    language: Language,
    text: String,
}

impl Foreign {
    fn new(text: &str, ui: Language) -> Foreign {
        Foreign { language: Language::of(text).unwrap_or(ui), text: text.to_owned() }
    }
}

/// What was not taken as typed, but for what was searched instead, which the page tells with the way back.
fn told(warnings: &[Warning], wording: &Wording) -> Vec<String> {
    let is_told = |warning: &&Warning| !matches!(warning, Warning::Corrected { .. } | Warning::OtherLayout { .. });
    warnings.iter().filter(is_told).map(|warning| wording.warning(warning)).collect()
}

fn exports(request: &Request) -> Vec<PageLink> {
    let link = |(label, extension): (&str, &str)| PageLink {
        address: links::export(request, extension),
        label: label.to_owned(),
        current: false,
    };
    FORMATS.map(link).into()
}
