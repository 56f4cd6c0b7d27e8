//! What a search can be narrowed to and what it is narrowed to, as links.

use std::collections::BTreeMap;

use super::dates;
use super::links::{self, PageLink, with_usual_facets};
use super::wording::Wording;
use crate::index::{Choice, Facet};
use crate::search::{FacetList, FacetOptions, FacetValue, Forgiveness, Request, Selection, Translating};

/// A facet as a list of links that select and release its values.
pub(super) struct FacetView {
    pub(super) name: &'static str,
    /// Shown at once.
    pub(super) values: Vec<ValueView>,
    /// Shown on demand.
    pub(super) more: Vec<ValueView>,
    /// The page of all values, where there are more than those.
    pub(super) all: Option<PageLink>,
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

/// The values of a facet on its own page.
const ON_OWN_PAGE: usize = 1_000;
/// Values of a facet that are shown at once.
const SHOWN: usize = 8;
/// The facets that have values, but for the years, which the [histogram](super::histogram) shows.
pub(super) fn facets(request: &Request, facets: BTreeMap<Facet, FacetList>, wording: &Wording) -> Vec<FacetView> {
    let has_values = |(_, list): &(Facet, FacetList)| !list.values.is_empty();
    let is_list = |(facet, _): &(Facet, FacetList)| *facet != Facet::Year;
    let lists = facets.into_iter().filter(is_list).filter(has_values);
    lists.map(|(facet, list)| facet_view(request, facet, list, wording)).collect()
}

fn facet_view(request: &Request, facet: Facet, list: FacetList, wording: &Wording) -> FacetView {
    let has_more = list.distinct > list.values.len();
    let mut values = value_views(request, facet, list);
    // Selected values are always seen, since they explain the results.
    let shown = values.iter().rposition(|value| value.selected).map_or(SHOWN, |last| SHOWN.max(last + 1));
    let more = values.split_off(shown.min(values.len()));
    let label = wording.all_values.to_owned();
    let all = has_more.then(|| PageLink { address: links::facet_page(request, facet), label, current: false });
    FacetView { name: wording.facet(facet), values, more, all }
}

/// The values of a facet, each as a link that selects or releases it.
pub(super) fn value_views(request: &Request, facet: Facet, list: FacetList) -> Vec<ValueView> {
    let values = if facet == Facet::Topic { by_ancestor(list.values) } else { list.values };
    // Years without an article are there for the eye alone.
    let shown = values.into_iter().filter(|value| value.count > 0 || value.selection == Selection::Selected);
    shown.map(|value| value_view(request, facet, value)).collect()
}

fn value_view(request: &Request, facet: Facet, value: FacetValue) -> ValueView {
    let selected = value.selection == Selection::Selected;
    ValueView {
        address: links::of_results(toggled(&with_usual_facets(request), facet, &value.value)),
        nested: value.parent(facet).is_some(),
        label: value.label,
        count: value.count,
        selected,
    }
}

/// The request that counts all values of a facet, for the page of them.
pub(super) fn counting(request: &Request, facet: Facet) -> Request {
    let facets = FacetOptions { facets: vec![facet], limit: ON_OWN_PAGE, ..request.facets.clone() };
    Request { facets, limit: 1, ..links::from_start(request) }
}

/// What narrows a search, with the way to release it.
pub(super) struct Chip {
    /// The name of the facet; nothing where the label says all.
    pub(super) name: &'static str,
    pub(super) label: String,
    /// The search without it.
    pub(super) address: String,
}

/// All that narrows `request`, in the order in which facets are shown.
pub(super) fn chips(request: &Request, facets: &BTreeMap<Facet, FacetList>, wording: &Wording) -> Vec<Chip> {
    let chosen = request.filters.iter().flat_map(|(facet, choices)| choices.iter().map(move |choice| (*facet, choice)));
    let chip = |(facet, choice): (Facet, &Choice)| Chip {
        name: wording.facet(facet),
        label: chip_label(facet, choice, facets, wording),
        address: links::of_results(without(&with_usual_facets(request), facet, choice)),
    };
    chosen.map(chip).chain(option_chips(request, wording)).collect()
}

/// Options of the search that find less.
fn option_chips(request: &Request, wording: &Wording) -> Vec<Chip> {
    let from_start = links::from_start(request);
    let chip = |label: &str, request| Chip { name: "", label: label.to_owned(), address: links::of_results(request) };
    let exact = (request.forgiveness == Forgiveness::Exact)
        .then(|| chip(wording.exact, Request { forgiveness: Forgiveness::On, ..from_start.clone() }));
    let untranslated = (request.translating == Translating::Off)
        .then(|| chip(wording.untranslated, Request { translating: Translating::On, ..from_start.clone() }));
    exact.into_iter().chain(untranslated).collect()
}

fn chip_label(facet: Facet, choice: &Choice, facets: &BTreeMap<Facet, FacetList>, wording: &Wording) -> String {
    match choice {
        Choice::Between(first, last) => dates::between(first.as_deref(), last.as_deref(), wording.language),
        Choice::Value(year) if facet == Facet::Year => dates::year(year, wording.language),
        Choice::Value(value) => {
            let known = facets.get(&facet).and_then(|list| list.values.iter().find(|known| known.value == *value));
            known.map_or_else(|| value.clone(), |known| known.label.clone())
        }
    }
}

fn without(request: &Request, facet: Facet, choice: &Choice) -> Request {
    let mut request = request.clone();
    request.filters.entry(facet).or_default().retain(|other| other != choice);
    request.filters.retain(|_, choices| !choices.is_empty());
    request
}

/// The request with a value selected that was free, or free that was selected.
///
/// Topics are gone into: one takes the place of those above and below it, and when it is released the one above it is
/// selected again.
pub(super) fn toggled(request: &Request, facet: Facet, value: &str) -> Request {
    let mut request = request.clone();
    let choices = request.filters.entry(facet).or_default();
    let is_selected = choices.iter().any(|choice| *choice == Choice::Value(value.to_owned()));
    choices.retain(|choice| match choice {
        Choice::Value(other) => other != value && !(facet == Facet::Topic && are_in_line(other, value)),
        // One year out of several is chosen in place of them.
        Choice::Between(..) => false,
    });
    match value.rsplit_once('/').filter(|_| facet == Facet::Topic) {
        Some((above, _)) if is_selected => choices.push(Choice::Value(above.to_owned())),
        _ if is_selected => {}
        _ => choices.push(Choice::Value(value.to_owned())),
    }
    request.filters.retain(|_, choices| !choices.is_empty());
    request
}

/// Whether one topic is above the other.
fn are_in_line(one: &str, other: &str) -> bool {
    let is_above = |above: &str, below: &str| below.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'));
    is_above(one, other) || is_above(other, one)
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
