//! What to try where nothing was found: only what finds something.

use super::frame::Frame;
use super::links::{self, PageLink};
use super::wording::results::ResultsWording;
use crate::http::Service;
use crate::http::problem::Problem;
use crate::index::{Facet, Filters};
use crate::search::{FacetList, FacetOptions, Request, Response, SearchError};

/// The most suggestions of what to search instead.
const SUGGESTED: usize = 5;
/// The topics that are shown to go on from.
const TOPICS: usize = 8;

/// Ways on from a search without results.
pub(super) struct Nothing {
    /// Changes of the search, each with how many articles it finds.
    pub(super) tries: Vec<(PageLink, usize)>,
    /// Texts of the site that begin or sound like what was typed.
    pub(super) suggestions: Vec<PageLink>,
    /// Frequent topics.
    pub(super) topics: Vec<(PageLink, u64)>,
}

impl Nothing {
    pub(super) fn found(service: &Service, request: &Request, frame: &Frame) -> Result<Nothing, Problem> {
        let mut tries = Vec::new();
        for (label, change) in changes(request, ResultsWording::of(frame.ui)) {
            let total = counted(service, &change, Vec::new())?.total;
            let link = PageLink { address: links::of_results(change), label, current: false };
            tries.extend((total > 0).then_some((link, total)));
        }
        let everything = Request { interface: frame.ui, ..Request::default() };
        let topics = counted(service, &everything, vec![Facet::Topic])?.facets.remove(&Facet::Topic);
        Ok(Nothing { tries, suggestions: suggestions(service, request)?, topics: top_topics(topics, frame) })
    }
}

/// What may find something, if it is another search at all.
fn changes(request: &Request, words: &ResultsWording) -> Vec<(String, Request)> {
    let start = Request { snapshot: None, cursor: None, ..links::from_start(request) };
    let wide = links::widened(request);
    let unfiltered = Request { filters: Filters::new(), ..wide.clone() };
    let longer = format!("{}*", request.text.trim().trim_end_matches('*'));
    let is_one_word = request.text.trim().chars().all(char::is_alphanumeric) && !request.text.trim().is_empty();
    let beginning = Request { text: if is_one_word { longer } else { request.text.clone() }, ..unfiltered.clone() };
    let mut changes = vec![
        (words.try_wide.to_owned(), wide),
        (words.try_unfiltered.to_owned(), unfiltered),
        (format!("{} “{}”", words.try_beginning, beginning.text), beginning),
    ];
    changes.retain(|(_, change)| *change != start && !links::is_start(change));
    changes.dedup_by(|one, other| one.1 == other.1);
    changes
}

fn counted(service: &Service, request: &Request, facets: Vec<Facet>) -> Result<Response, SearchError> {
    let facets = FacetOptions { facets, ..FacetOptions::default() };
    service.searcher.search(&Request { facets, limit: 1, ..request.clone() })
}

fn suggestions(service: &Service, request: &Request) -> Result<Vec<PageLink>, Problem> {
    let suggested = service.searcher.suggest(&request.text, SUGGESTED)?;
    let search = |text: String| PageLink {
        address: links::address_of(&Request { text: text.clone(), interface: request.interface, ..Request::default() }),
        label: text,
        current: false,
    };
    Ok(suggested.into_iter().map(|suggestion| search(suggestion.text)).collect())
}

/// The topics that are below no other, with their pages.
pub(super) fn top_topics(list: Option<FacetList>, frame: &Frame) -> Vec<(PageLink, u64)> {
    let top = list.unwrap_or_default().values.into_iter().filter(|value| value.parent(Facet::Topic).is_none());
    let link = |value: crate::search::FacetValue| {
        let address = links::profile(Facet::Topic, &value.value, frame.ui)?;
        Some((PageLink { address, label: value.label, current: false }, value.count))
    };
    top.filter_map(link).take(TOPICS).collect()
}
