//! Addresses of pages: every state of a search is one.

use std::collections::BTreeMap;

use super::wording::Wording;
use crate::content::{ArticleId, Site};
use crate::index::{Facet, Sort};
use crate::search::{FacetValue, Forgiveness, Request, Selection};
use crate::text::Language;

/// A link, or where `current` is set the place one is at.
pub(super) struct PageLink {
    pub(super) address: String,
    pub(super) label: String,
    pub(super) current: bool,
}

/// A facet as a list of links that select and release its values.
pub(super) struct FacetView {
    pub(super) name: &'static str,
    /// Shown at once.
    pub(super) values: Vec<ValueView>,
    /// Shown on demand.
    pub(super) more: Vec<ValueView>,
}

/// One value of a facet.
pub(super) struct ValueView {
    pub(super) address: String,
    pub(super) label: String,
    pub(super) count: u64,
    pub(super) selected: bool,
    /// Below another value.
    pub(super) nested: bool,
}

/// Values of a facet that are shown at once.
const SHOWN: usize = 8;
/// Pages that are linked on each side of the one shown.
const NEIGHBOURS: usize = 2;

/// The address of a search.
pub(super) fn address_of(request: &Request) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(request.to_parameters());
    match query.finish() {
        query if query.is_empty() => "/".to_owned(),
        query => format!("/?{query}"),
    }
}

/// The address of an empty search.
pub(super) fn home(ui: Language) -> String {
    address_of(&Request { interface: ui, ..Request::default() })
}

/// The address of an article's page.
pub(super) fn article(id: &ArticleId, ui: Language) -> String {
    let parts: Vec<String> = id.0.split('/').map(encoded).collect();
    let language = if ui == Request::default().interface { "" } else { "?ui=en" };
    format!("/articles/{}{language}", parts.join("/"))
}

/// A part of a path, percent-encoded. What a query may hold a path may, but for the plus sign that
/// stands for a space in queries alone.
fn encoded(part: &str) -> String {
    form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A link to all articles of a topic.
pub(super) fn topic(id: &str, ui: Language, site: &Site) -> PageLink {
    let filters = [(Facet::Topic, vec![id.to_owned()])].into();
    let request = Request { filters, interface: ui, ..Request::default() };
    PageLink { address: address_of(&request), label: site.topic_label(id, ui), current: false }
}

/// The same search in the other language.
pub(super) fn other_language(request: &Request) -> String {
    address_of(&Request { interface: other(request.interface), ..request.clone() })
}

/// The language that `language` is not.
pub(super) fn other(language: Language) -> Language {
    match language {
        Language::Thai => Language::English,
        Language::English => Language::Thai,
    }
}

/// The same search with no filters.
pub(super) fn without_filters(request: &Request) -> String {
    address_of(&Request { filters: BTreeMap::new(), page: 1, ..request.clone() })
}

/// The same search for nothing but what was typed.
pub(super) fn as_typed(request: &Request) -> String {
    address_of(&Request { forgiveness: Forgiveness::Exact, page: 1, ..request.clone() })
}

/// The same search from its first hit on.
pub(super) fn first_page(request: &Request) -> String {
    address_of(&Request { page: 1, ..request.clone() })
}

/// The orders to choose from.
pub(super) fn sorts(request: &Request, wording: &Wording) -> Vec<PageLink> {
    let link = |sort| PageLink {
        address: address_of(&Request { sort, page: 1, ..request.clone() }),
        label: wording.sort(sort).to_owned(),
        current: sort == request.effective_sort(),
    };
    [Sort::Relevance, Sort::Newest, Sort::Oldest].map(link).into()
}

/// The first page, the last and those around the one shown; none if there is only one.
pub(super) fn pages(request: &Request, total: usize) -> Vec<PageLink> {
    let last = total.div_ceil(request.limit).min(request.last_page());
    let near = |page: &usize| *page == 1 || *page == last || page.abs_diff(request.page) <= NEIGHBOURS;
    let link = |page| PageLink {
        address: address_of(&Request { page, ..request.clone() }),
        label: page.to_string(),
        current: page == request.page,
    };
    if last < 2 { Vec::new() } else { (1..=last).filter(near).map(link).collect() }
}

/// The facets that have values.
pub(super) fn facets(request: &Request, facets: BTreeMap<Facet, Vec<FacetValue>>, wording: &Wording) -> Vec<FacetView> {
    let view = |(facet, values): (Facet, Vec<FacetValue>)| {
        let values = if facet == Facet::Topic { by_ancestor(values) } else { values };
        let mut values: Vec<ValueView> = values.into_iter().map(|value| value_view(request, facet, value)).collect();
        // Selected values are always seen, since they explain the results.
        let shown = values.iter().rposition(|value| value.selected).map_or(SHOWN, |last| SHOWN.max(last + 1));
        let more = values.split_off(shown.min(values.len()));
        FacetView { name: wording.facet(facet), values, more }
    };
    facets.into_iter().filter(|(_, values)| !values.is_empty()).map(view).collect()
}

fn value_view(request: &Request, facet: Facet, value: FacetValue) -> ValueView {
    let selected = value.selection == Selection::Selected;
    ValueView {
        address: address_of(&toggled(request, facet, &value.value)),
        nested: facet == Facet::Topic && value.value.contains('/'),
        label: value.label,
        count: value.count,
        selected,
    }
}

/// The request with a value selected that was free, or free that was selected; on its first page.
fn toggled(request: &Request, facet: Facet, value: &str) -> Request {
    let mut request = Request { page: 1, ..request.clone() };
    let values = request.filters.entry(facet).or_default();
    match values.iter().position(|selected| selected == value) {
        Some(at) => drop(values.remove(at)),
        None => values.push(value.to_owned()),
    }
    request.filters.retain(|_, values| !values.is_empty());
    request
}

/// Each topic followed by the topics below it, both in the order given.
fn by_ancestor(values: Vec<FacetValue>) -> Vec<FacetValue> {
    let rank: BTreeMap<String, usize> =
        values.iter().enumerate().map(|(rank, value)| (value.value.clone(), rank)).collect();
    let top = |value: &str| value.split('/').next().unwrap_or_default().to_owned();
    let key = |value: &FacetValue| {
        let own = rank.get(&value.value).copied().unwrap_or_default();
        let ancestor = rank.get(&top(&value.value)).copied().unwrap_or(own);
        (ancestor, value.value.contains('/'), own)
    };
    let mut ordered = values.clone();
    ordered.sort_by_key(key);
    ordered
}
