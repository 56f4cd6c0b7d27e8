//! Any search as an Atom feed (RFC 4287), with the elements of OpenSearch that tell how much there is.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use jiff::Timestamp;

use super::xml::Xml;
use super::{answer, opensearch};
use crate::content::{Article, Site};
use crate::http::pages::links;
use crate::http::parameters;
use crate::http::problem::Problem;
use crate::http::respond::blocking;
use crate::http::warnings::telling;
use crate::http::{Identity, Service};
use crate::index::Sort;
use crate::search::{self, Request, SearchHit, Warning};
use crate::text::Language;
use crate::text::calendar::Precision;

const MEDIA_TYPE: &str = "application/atom+xml";
const PATH: &str = "/api/v1/search.atom";
/// What a day of publication begins with: the sites are in Thailand.
const MIDNIGHT: &str = "T00:00:00+07:00";

/// `GET /api/v1/search.atom`: the newest first, unless another order is asked for.
pub(in crate::http) async fn search(
    State(service): State<Service>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    blocking(move || {
        let asked = parameters::read(&parameters::FEED, query.as_deref())?;
        let sort = if names_order(query.as_deref()) { asked.request.sort } else { Sort::Newest };
        let request = Request { sort, ..asked.request };
        let (known, response) = service.searcher.search_known(&request)?;
        let warnings: Vec<Warning> = response.warnings.iter().chain(&asked.warnings).cloned().collect();
        let feed = Feed { service: &service, site: &known.generation.site, request: &request, total: response.total };
        Ok(telling(&warnings, answer("application/atom+xml; charset=utf-8", feed.written(&response))))
    })
    .await
}

/// The path and query of the feed of a search.
pub(in crate::http) fn address(request: &Request) -> String {
    let is_kept = |(name, _): &(String, String)| name != "sort" && parameters::FEED.has(name);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(request.to_parameters().into_iter().filter(is_kept));
    if request.sort != Sort::Newest {
        query.append_pair("sort", request.sort_name());
    }
    match query.finish() {
        query if query.is_empty() => PATH.to_owned(),
        query => format!("{PATH}?{query}"),
    }
}

fn names_order(query: Option<&str>) -> bool {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs.any(|(name, value)| name == "sort" && !value.trim().is_empty())
}

struct Feed<'a> {
    service: &'a Service,
    site: &'a Site,
    request: &'a Request,
    total: usize,
}

impl Feed<'_> {
    fn written(&self, response: &search::Response) -> String {
        let namespaces = [
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xmlns:opensearch", opensearch::NAMESPACE),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xml:lang", self.request.interface.tag()),
        ];
        Xml::document("feed", &namespaces, |xml| {
            self.about(xml, response);
            self.links(xml);
            self.counts(xml);
            response.hits.iter().for_each(|hit| self.entry(xml, hit));
        })
    }

    fn identity(&self) -> &Identity {
        &self.service.identity
    }

    fn about(&self, xml: &mut Xml, response: &search::Response) {
        let words = self.request.text.trim();
        let title = if words.is_empty() { String::new() } else { format!("{words} – ") };
        let changed = response.hits.iter().map(|hit| self.changed(&hit.article)).max();
        let changed = changed.or_else(|| self.service.store.journal().latest()).unwrap_or_default();
        xml.text("id", &[], &self.page(1));
        xml.text("title", &[], &format!("{title}{}", self.identity().name));
        xml.text("updated", &[], &changed.to_string());
        // Entries without authors are by the site.
        xml.element("author", &[], |xml| xml.text("name", &[], &self.identity().name));
    }

    /// Links to this page, the others, and the same search for people and for browsers.
    fn links(&self, xml: &mut Xml) {
        let Request { page, limit, .. } = *self.request;
        let last = self.total.div_ceil(limit).min(self.request.last_page()).max(1);
        let mut link = |rel: &str, media_type: &str, href: &str| {
            xml.empty("link", &[("rel", rel), ("type", media_type), ("href", href)]);
        };
        let pages = Request { page: 1, limit: Request::default().limit, ..self.request.clone() };
        link("alternate", "text/html", &self.identity().absolute(&links::address_of(&pages)));
        link("search", opensearch::MEDIA_TYPE, &self.identity().absolute("/opensearch.xml"));
        link("self", MEDIA_TYPE, &self.page(page));
        link("first", MEDIA_TYPE, &self.page(1));
        if page > 1 {
            link("previous", MEDIA_TYPE, &self.page((page - 1).min(last)));
        }
        if page < last {
            link("next", MEDIA_TYPE, &self.page(page + 1));
        }
        link("last", MEDIA_TYPE, &self.page(last));
    }

    fn page(&self, page: usize) -> String {
        self.identity().absolute(&address(&Request { page, ..self.request.clone() }))
    }

    fn counts(&self, xml: &mut Xml) {
        let Request { page, limit, text, .. } = self.request;
        let first = (page - 1) * limit + 1;
        for (name, number) in [("totalResults", self.total), ("startIndex", first), ("itemsPerPage", *limit)] {
            xml.text(&format!("opensearch:{name}"), &[], &number.to_string());
        }
        let query = [("role", "request"), ("searchTerms", text), ("startPage", &page.to_string())];
        xml.empty("opensearch:Query", &query);
    }

    fn entry(&self, xml: &mut Xml, hit: &SearchHit) {
        let article = &hit.article;
        let page = |ui| self.identity().absolute(&links::article(&article.id, ui));
        xml.element("entry", &[], |xml| {
            xml.text("id", &[], &page(Language::Thai));
            self.titles(xml, article);
            xml.text("updated", &[], &self.changed(article).to_string());
            if let Some(date) = article.date.filter(|date| date.precision == Precision::Day) {
                xml.text("published", &[], &format!("{date}{MIDNIGHT}"));
            }
            for author in &article.authors {
                xml.element("author", &[], |xml| xml.text("name", &[], author));
            }
            let ui = self.request.interface;
            xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &page(ui))]);
            for topic in &article.topics {
                xml.empty("category", &[("term", topic), ("label", &self.site.topic_label(topic, ui))]);
            }
            self.summary(xml, hit);
        });
    }

    /// An entry has one title; the other one is told beside it.
    fn titles(&self, xml: &mut Xml, article: &Article) {
        let first = article.title.best(self.request.interface);
        let (language, title) = first.unwrap_or((self.request.interface, article.id.as_str()));
        xml.text("title", &[("xml:lang", language.tag())], title);
        let other = links::other(language);
        if let Some(title) = article.title.get(other) {
            xml.text("dcterms:alternative", &[("xml:lang", other.tag())], title);
        }
    }

    /// The summary, or else the passage that was found.
    fn summary(&self, xml: &mut Xml, hit: &SearchHit) {
        let passage = hit.snippets.first().map(|snippet| (snippet.language, snippet.text.as_str()));
        if let Some((language, text)) = hit.article.summary.best(self.request.interface).or(passage) {
            xml.text("summary", &[("xml:lang", language.tag())], text);
        }
    }

    /// When the article changed; one that is not noted yet has changed since all that are.
    fn changed(&self, article: &Article) -> Timestamp {
        let journal = self.service.store.journal();
        journal.entry(&article.id).map(|entry| entry.changed).or_else(|| journal.latest()).unwrap_or_default()
    }
}
