//! The map of the site for crawlers, and what they may read.

use axum::extract::{RawQuery, State};
use axum::http::Uri;
use axum::response::Response;

use super::answer;
use super::xml::Xml;
use crate::http::pages::links;
use crate::http::parameters::{self, PART, SITEMAP};
use crate::http::problem::Problem;
use crate::http::respond::blocking;
use crate::http::warnings::telling;
use crate::http::{Identity, Service};
use crate::index::{Entry, Journal, Presence, Selection};
use crate::text::Language;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// The most articles of one map, with two addresses each. A map may have 50,000 addresses and 50 MB, and an address in
/// Thai is long.
const MOST_ARTICLES: usize = 20_000;

/// `GET /sitemap.xml`: the map, or where the articles are too many for one an index of maps, `/sitemap.xml?part=1` and so
/// on.
pub(in crate::http) async fn sitemap(
    State(service): State<Service>,
    uri: Uri,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    blocking(move || {
        service.generation()?;
        let asked = parameters::read(&SITEMAP, query.as_deref())?;
        let part = asked.own(PART.name).map(|_| asked.number(&PART));
        let articles = present(service.store.journal());
        let text = written(&articles, MOST_ARTICLES, part, &service.identity);
        let text = text.ok_or_else(|| Problem::no_such_address(&uri.to_string()))?;
        Ok(telling(&asked.warnings, answer("application/xml; charset=utf-8", text)))
    })
    .await
}

/// `GET /robots.txt`: articles and lists of them may be read, and not every search that can be linked to.
pub(in crate::http) async fn robots(State(service): State<Service>) -> Response {
    let sitemap = service.identity.absolute("/sitemap.xml");
    let text = format!(
        "User-agent: *\nAllow: /?ui=en$\nAllow: /api/v1/search.atom$\nDisallow: /?\nDisallow: /api/\n\nSitemap: {sitemap}\n"
    );
    answer("text/plain; charset=utf-8", text)
}

fn present(journal: &Journal) -> Vec<Entry> {
    let entries = journal.part(&Selection::default(), 0, usize::MAX).entries;
    entries.into_iter().filter(|entry| entry.presence == Presence::Present).collect()
}

/// The map, one of its parts by its number, or the index of the parts; `None` where there is no such part.
fn written(articles: &[Entry], most: usize, part: Option<usize>, identity: &Identity) -> Option<String> {
    let mut parts = articles.chunks(most);
    match (part, parts.len()) {
        (None, 0 | 1) => Some(map(articles, 1, identity)),
        (None, parts) => Some(index(parts, identity)),
        (Some(number), _) => Some(map(parts.nth(number.checked_sub(1)?)?, number, identity)),
    }
}

/// A map of articles; the first has the page of the search as well.
fn map(articles: &[Entry], number: usize, identity: &Identity) -> String {
    let url = |xml: &mut Xml, path: &str, changed: Option<&Entry>| {
        xml.element("url", &[], |xml| {
            xml.text("loc", &[], &identity.absolute(path));
            changed.inspect(|entry| xml.text("lastmod", &[], &entry.changed.to_string()));
        });
    };
    Xml::document("urlset", &[("xmlns", NAMESPACE)], |xml| {
        for ui in Language::ALL.into_iter().filter(|_| number == 1) {
            url(xml, &links::home(ui), None);
        }
        for entry in articles {
            Language::ALL.into_iter().for_each(|ui| url(xml, &links::article(&entry.id, ui), Some(entry)));
        }
    })
}

fn index(parts: usize, identity: &Identity) -> String {
    Xml::document("sitemapindex", &[("xmlns", NAMESPACE)], |xml| {
        for number in 1..=parts {
            let address = identity.absolute(&format!("/sitemap.xml?part={number}"));
            xml.element("sitemap", &[], |xml| xml.text("loc", &[], &address));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_that_is_too_large_for_one_map_has_several() {
        let hash = blake3::hash(b"");
        let line = |id: u64| {
            format!(
                "{{\"sequence\": {id}, \"id\": \"{id}\", \"hash\": \"{hash}\", \"topics\": [], \"presence\": \"present\", \
                 \"changed\": \"2026-01-01T00:00:00Z\"}}"
            )
        };
        let entries: Vec<Entry> = (0..5).map(|id| serde_json::from_str(&line(id)).expect("an entry")).collect();
        let identity = Identity { url: "https://x.org".to_owned(), name: String::new(), contact: String::new() };
        let text = |part| written(&entries, 2, part, &identity).unwrap_or_default();
        assert!(text(None).contains("<loc>https://x.org/sitemap.xml?part=3</loc></sitemap></sitemapindex>"));
        let addresses = |part| text(Some(part)).matches("<loc>").count();
        assert_eq!([0, 1, 2, 3, 4].map(addresses), [0, 2 + 4, 4, 2, 0]);
    }
}
