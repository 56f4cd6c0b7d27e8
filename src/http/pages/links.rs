//! Addresses of pages: every state of a search is one.

use std::collections::BTreeMap;

use super::wording::Wording;
use crate::content::{Article, ArticleId, Site};
use crate::http::address;
use crate::index::{Choice, Facet, Sort};
use crate::search::{FacetList, FacetOptions, FacetValue, Forgiveness, Request, Selection};
use crate::text::Language;

/// A link, or where `current` is set the place one is at.
pub(super) struct PageLink {
    pub(super) address: String,
    pub(super) label: String,
    pub(super) current: bool,
}

/// A link to an article, in the language of its title.
pub(super) struct ArticleLink {
    pub(super) address: String,
    pub(super) language: Language,
    pub(super) title: String,
    /// In the language of the interface.
    pub(super) date: Option<String>,
}

impl ArticleLink {
    /// `None` for an article without a title.
    pub(super) fn new(article: &Article, ui: Language) -> Option<ArticleLink> {
        let (language, title) = article.title.best(ui)?;
        Some(ArticleLink {
            address: self::article(&article.id, ui),
            language,
            title: title.to_owned(),
            date: article.date.map(|date| date.display(ui)),
        })
    }
}

/// A facet as a list of links that select and release its values.
pub(super) struct FacetView {
    pub(super) name: &'static str,
    /// Shown at once.
    pub(super) values: Vec<ValueView>,
    /// Shown on demand.
    pub(super) more: Vec<ValueView>,
    /// The page of all values, where there are more than those.
    pub(super) all: Option<PageLink>,
    /// Whether the values are years, of which a first and a last can be chosen.
    pub(super) is_years: bool,
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
/// Pages that are linked on each side of the one shown.
const NEIGHBOURS: usize = 2;

/// The page of the API.
pub(super) const API: &str = "/api";

/// The address of a page that is the same but for the language of the interface.
pub(super) fn in_interface(path: &str, ui: Language) -> String {
    match ui == Request::default().interface {
        true => path.to_owned(),
        false => format!("{path}?ui={}", ui.tag()),
    }
}

/// The address of a search.
pub(in crate::http) fn address_of(request: &Request) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(request.to_parameters());
    match query.finish() {
        query if query.is_empty() => "/".to_owned(),
        query => format!("/?{query}"),
    }
}

/// The address of an empty search.
pub(in crate::http) fn home(ui: Language) -> String {
    address_of(&Request { interface: ui, ..Request::default() })
}

/// The address of an article's page.
pub(in crate::http) fn article(id: &ArticleId, ui: Language) -> String {
    in_language(address::article(id), ui)
}

/// The address of the page of an author, a topic or a series; other values have none.
pub(super) fn profile(facet: Facet, id: &str, ui: Language) -> Option<String> {
    let folder = match facet {
        Facet::Author => "authors",
        Facet::Topic => "topics",
        Facet::Series => "series",
        Facet::Year | Facet::Organisation | Facet::Language => return None,
    };
    Some(in_language(address::of(folder, id), ui))
}

fn in_language(path: String, ui: Language) -> String {
    let language = if ui == Request::default().interface { "" } else { "?ui=en" };
    format!("{path}{language}")
}

/// Where a click on hit number `rank` of a search is counted, on its way to the article.
pub(super) fn click(id: &ArticleId, request: &Request, rank: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", &request.text).append_pair("rank", &rank.to_string());
    if request.interface != Request::default().interface {
        query.append_pair("ui", request.interface.tag());
    }
    format!("{}?{}", address::of("go", &id.0), query.finish())
}

/// A link to all articles of a topic.
pub(super) fn topic(id: &str, ui: Language, site: &Site) -> PageLink {
    let address = profile(Facet::Topic, id, ui).unwrap_or_default();
    PageLink { address, label: site.topic_label(id, ui), current: false }
}

/// A link to the page of an author, by the name that an article gives.
pub(super) fn author(name: &str, ui: Language, site: &Site) -> PageLink {
    let address = profile(Facet::Author, site.author_id(name), ui).unwrap_or_default();
    PageLink { address, label: name.to_owned(), current: false }
}

/// The search for all that has one value.
pub(super) fn all_of(facet: Facet, value: &str, ui: Language) -> String {
    let filters = [(facet, vec![Choice::Value(value.to_owned())])].into();
    address_of(&Request { filters, interface: ui, ..Request::default() })
}

/// The page of all values of a facet, of the articles that a search finds.
pub(super) fn facet_page(request: &Request, facet: Facet) -> String {
    let facets =
        FacetOptions { limit: FacetOptions::default().limit, facets: Facet::ALL.to_vec(), ..request.facets.clone() };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(Request { facets, ..from_start(request) }.to_parameters());
    match query.finish() {
        query if query.is_empty() => format!("/facets/{}", facet.name()),
        query => format!("/facets/{}?{query}", facet.name()),
    }
}

/// What a form keeps of a request, but for the parameters of these names.
pub(super) fn kept(request: &Request, without: &[&str]) -> Vec<(String, String)> {
    let parameters = from_start(request).to_parameters().into_iter();
    parameters.filter(|(name, _)| !without.contains(&name.as_str())).collect()
}

/// The first and the last year that a request narrows to; empty where it has none.
pub(super) fn years(request: &Request) -> (String, String) {
    let chosen = request.filters.get(&Facet::Year).and_then(|choices| choices.first());
    match chosen {
        Some(Choice::Between(from, to)) => (from.clone().unwrap_or_default(), to.clone().unwrap_or_default()),
        Some(Choice::Value(year)) => (year.clone(), year.clone()),
        None => (String::new(), String::new()),
    }
}

/// The same search from its first hit on, of the last commit.
fn from_start(request: &Request) -> Request {
    Request { page: 1, snapshot: None, cursor: None, ..request.clone() }
}

/// The same search with its facets as on every search page.
fn with_usual_facets(request: &Request) -> Request {
    Request { facets: FacetOptions::default(), ..from_start(request) }
}

/// The same search in the other language.
pub(super) fn other_language(request: &Request) -> String {
    address_of(&Request { interface: other(request.interface), ..request.clone() })
}

/// The language that `language` is not.
pub(in crate::http) fn other(language: Language) -> Language {
    match language {
        Language::Thai => Language::English,
        Language::English => Language::Thai,
    }
}

/// The same search with no filters.
pub(super) fn without_filters(request: &Request) -> String {
    address_of(&Request { filters: BTreeMap::new(), ..from_start(request) })
}

/// The same search for nothing but what was typed.
pub(super) fn as_typed(request: &Request) -> String {
    address_of(&Request { forgiveness: Forgiveness::Exact, ..from_start(request) })
}

/// The same search from its first hit on.
pub(super) fn first_page(request: &Request) -> String {
    address_of(&from_start(request))
}

/// The orders to choose from.
pub(super) fn sorts(request: &Request, wording: &Wording) -> Vec<PageLink> {
    let link = |sort| PageLink {
        address: address_of(&Request { sort, ..from_start(request) }),
        label: wording.sort(sort).to_owned(),
        current: sort == request.effective_sort(),
    };
    [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Title(request.interface)].map(link).into()
}

/// The first page, the last and those around the one shown; none if there is only one. They are of the same snapshot.
pub(super) fn pages(request: &Request, total: usize, snapshot: Option<&String>) -> Vec<PageLink> {
    let last = total.div_ceil(request.limit).min(request.last_page());
    let near = |page: &usize| *page == 1 || *page == last || page.abs_diff(request.page) <= NEIGHBOURS;
    let link = |page| PageLink {
        address: address_of(&Request { page, snapshot: snapshot.filter(|_| page > 1).cloned(), ..from_start(request) }),
        label: page.to_string(),
        current: page == request.page,
    };
    if last < 2 { Vec::new() } else { (1..=last).filter(near).map(link).collect() }
}

/// The facets that have values.
pub(super) fn facets(request: &Request, facets: BTreeMap<Facet, FacetList>, wording: &Wording) -> Vec<FacetView> {
    let has_values = |(_, list): &(Facet, FacetList)| !list.values.is_empty();
    facets.into_iter().filter(has_values).map(|(facet, list)| facet_view(request, facet, list, wording)).collect()
}

fn facet_view(request: &Request, facet: Facet, list: FacetList, wording: &Wording) -> FacetView {
    let has_more = list.distinct > list.values.len();
    let mut values = value_views(request, facet, list);
    // Selected values are always seen, since they explain the results.
    let shown = values.iter().rposition(|value| value.selected).map_or(SHOWN, |last| SHOWN.max(last + 1));
    let more = values.split_off(shown.min(values.len()));
    let label = wording.all_values.to_owned();
    let all = has_more.then(|| PageLink { address: facet_page(request, facet), label, current: false });
    FacetView { name: wording.facet(facet), values, more, all, is_years: facet == Facet::Year }
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
        address: address_of(&toggled(&with_usual_facets(request), facet, &value.value)),
        nested: value.parent(facet).is_some(),
        label: value.label,
        count: value.count,
        selected,
    }
}

/// The request that counts all values of a facet, for the page of them.
pub(super) fn counting(request: &Request, facet: Facet) -> Request {
    let facets = FacetOptions { facets: vec![facet], limit: ON_OWN_PAGE, ..request.facets.clone() };
    Request { facets, limit: 1, ..from_start(request) }
}

/// The request with a value selected that was free, or free that was selected.
///
/// Topics are gone into: one takes the place of those above and below it, and when it is released the one above it is
/// selected again.
fn toggled(request: &Request, facet: Facet, value: &str) -> Request {
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
