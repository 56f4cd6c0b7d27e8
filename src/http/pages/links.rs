//! Addresses of pages: every state of a search is one.

use std::collections::BTreeMap;

use super::dates;
use super::wording::Wording;
use crate::content::{Article, ArticleId, Site};
use crate::http::address;
use crate::index::{Choice, Facet, Sort};
use crate::search::{FacetOptions, Forgiveness, Request, Translating};
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
            date: article.date.map(|date| dates::date(date, ui)),
        })
    }
}

/// Pages that are linked on each side of the one shown.
const NEIGHBOURS: usize = 2;
/// Hits on a page that can be chosen.
const LIMITS: [usize; 3] = [10, 20, 50];

/// The page of the API.
pub(super) const API: &str = "/api";

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

/// A path with no parameters yet, in the language of the interface.
pub(super) fn in_language(path: String, ui: Language) -> String {
    let language = if ui == Request::default().interface { "" } else { "?ui=en" };
    format!("{path}{language}")
}

/// Everything there is, the newest first.
pub(super) fn browse(ui: Language) -> String {
    address_of(&Request { sort: Sort::Newest, interface: ui, ..Request::default() })
}

/// Whether a request asks for nothing: then its address is that of the start page.
pub(super) fn is_start(request: &Request) -> bool {
    let Request { interface, limit, .. } = *request;
    *request == Request { interface, limit, ..Request::default() }
}

/// A search whose page is one of results, also where nothing is left of it.
pub(super) fn of_results(request: Request) -> String {
    match is_start(&request) {
        true => address_of(&Request { sort: Sort::Newest, ..request }),
        false => address_of(&request),
    }
}

/// The form that writes queries, with `text` as the words that are wanted.
pub(super) fn advanced(text: &str, ui: Language) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if !text.trim().is_empty() {
        query.append_pair("all", text);
    }
    if ui != Request::default().interface {
        query.append_pair("ui", ui.tag());
    }
    match query.finish() {
        query if query.is_empty() => "/advanced".to_owned(),
        query => format!("/advanced?{query}"),
    }
}

/// The page of an article that was found by `request`, which is kept for marks and for the way back.
pub(super) fn article_found(id: &ArticleId, request: &Request) -> String {
    let found = Request { snapshot: None, cursor: None, ..with_usual_facets(request) };
    let found = Request { page: request.page, ..found };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(found.to_parameters());
    match query.finish() {
        query if query.is_empty() => address::article(id),
        query => format!("{}?{query}", address::article(id)),
    }
}

/// All that `request` finds as a file with this extension.
pub(super) fn export(request: &Request, extension: &str) -> String {
    let all = Request {
        limit: Request::default().limit,
        interface: Request::default().interface,
        ..with_usual_facets(request)
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(all.to_parameters());
    format!("/api/v1/search{extension}?{}", query.finish())
}

/// An article as a file with this extension.
pub(super) fn article_export(id: &ArticleId, extension: &str) -> String {
    format!("{}{extension}", address::of("api/v1/articles", id.as_str()))
}

/// Where a click on hit number `rank` of a search is counted, on its way to the article.
pub(super) fn click(id: &ArticleId, request: &Request, rank: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", &request.text).append_pair("rank", &rank.to_string());
    if request.interface != Request::default().interface {
        query.append_pair("ui", request.interface.tag());
    }
    format!("{}?{}", address::of("go", id.as_str()), query.finish())
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
pub(super) fn from_start(request: &Request) -> Request {
    Request { page: 1, snapshot: None, cursor: None, ..request.clone() }
}

/// The same search with its facets as on every search page.
pub(super) fn with_usual_facets(request: &Request) -> Request {
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
    of_results(Request { filters: BTreeMap::new(), ..from_start(request) })
}

/// The same search with other spellings and words of the other language.
pub(super) fn widened(request: &Request) -> Request {
    Request { forgiveness: Forgiveness::On, translating: Translating::On, ..from_start(request) }
}

/// The same search in the language of what was typed.
pub(super) fn untranslated(request: &Request) -> String {
    address_of(&Request { translating: Translating::Off, ..from_start(request) })
}

/// The same search for nothing but what was typed.
pub(super) fn as_typed(request: &Request) -> String {
    address_of(&Request { forgiveness: Forgiveness::Exact, ..from_start(request) })
}

/// The same search from its first hit on.
pub(super) fn first_page(request: &Request) -> String {
    of_results(from_start(request))
}

/// The orders to choose from.
pub(super) fn sorts(request: &Request, wording: &Wording) -> Vec<PageLink> {
    let link = |sort| PageLink {
        address: of_results(Request { sort, ..from_start(request) }),
        label: wording.sort(sort).to_owned(),
        current: sort == request.effective_sort(),
    };
    let sorts = [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Title(request.interface)];
    // Without words there is nothing to fit.
    let can_fit = !request.text.trim().is_empty();
    sorts.into_iter().filter(|sort| can_fit || *sort != Sort::Relevance).map(link).collect()
}

/// The numbers of hits on a page to choose from.
pub(super) fn limits(request: &Request) -> Vec<PageLink> {
    let link = |limit| PageLink {
        address: of_results(Request { limit, ..from_start(request) }),
        label: limit.to_string(),
        current: limit == request.limit,
    };
    LIMITS.map(link).into()
}

/// The page so many after the one shown, if there is one; of the same snapshot.
pub(super) fn step(request: &Request, by: isize, total: usize, snapshot: Option<&String>) -> Option<String> {
    let last = total.div_ceil(request.limit).min(request.last_page());
    let page = request.page.checked_add_signed(by).filter(|page| (1..=last).contains(page))?;
    Some(numbered(request, page, snapshot))
}

/// The page with a number.
fn numbered(request: &Request, page: usize, snapshot: Option<&String>) -> String {
    of_results(Request { page, snapshot: snapshot.filter(|_| page > 1).cloned(), ..from_start(request) })
}

/// The first page, the last and those around the one shown; none if there is only one. They are of the same snapshot.
pub(super) fn pages(request: &Request, total: usize, snapshot: Option<&String>) -> Vec<PageLink> {
    let last = total.div_ceil(request.limit).min(request.last_page());
    let near = |page: &usize| *page == 1 || *page == last || page.abs_diff(request.page) <= NEIGHBOURS;
    let link = |page| PageLink {
        address: numbered(request, page, snapshot),
        label: page.to_string(),
        current: page == request.page,
    };
    if last < 2 { Vec::new() } else { (1..=last).filter(near).map(link).collect() }
}
