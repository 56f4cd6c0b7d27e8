//! What the head of a page says of its article: JSON-LD, then meta elements, then elements that are marked for it.

use dom_query::Document;
use serde_json::{Map, Value};
use url::Url;

use super::json_ld;
use super::settings::HtmlSettings;
use crate::content::formats::hub::shown;
use crate::text::{Language, bare};

/// Keys of meta elements that are lists, with what one element of them has.
const LISTS: [(&str, Content); 3] =
    [("authors", Content::Value), ("organisations", Content::Value), ("topics", Content::Values)];
/// Keys of meta elements that are texts.
const TEXTS: [&str; 4] = ["date", "summary", "source", "publisher"];

/// What an element has: a value, or several with commas between.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Value,
    Values,
}

/// Metadata of a page. What comes first counts.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Metadata {
    /// Titles in any language, the best first.
    pub(super) titles: Vec<String>,
    /// Other keys.
    pub(super) values: Map<String, Value>,
}

/// What a page says of its article.
pub(super) fn read(document: &Document, settings: &HtmlSettings) -> Metadata {
    let mut metadata = Metadata::default();
    json_ld::read(document, &mut metadata);
    let elements = elements(document);
    let of = |key: &str| of_key(&elements, key, settings);
    for (key, content) in LISTS {
        let values = of(key);
        let values: Vec<String> = match content {
            Content::Values => values.iter().flat_map(|it| parted(it)).collect(),
            Content::Value => values.into_iter().map(in_order).collect(),
        };
        metadata.list(key, values.into_iter().filter(|value| !value.contains("://")).collect());
    }
    TEXTS.iter().for_each(|key| metadata.text(key, of(key).into_iter().next()));
    metadata.titles.extend(of("title").into_iter().chain(of("title_other")));
    metadata.marked(document);
    metadata.finish(document)
}

impl Metadata {
    /// Where the page is on the web.
    pub(super) fn address(&self) -> Option<Url> {
        self.values.get("source").and_then(Value::as_str).and_then(|source| Url::parse(source).ok())
    }

    /// Sets a text where there is none yet.
    pub(super) fn text(&mut self, key: &str, value: Option<String>) {
        if let Some(value) = value.map(|value| shown(&value)).filter(|value| !value.is_empty()) {
            self.values.entry(key).or_insert(value.into());
        }
    }

    /// Sets a list where there is none yet.
    pub(super) fn list(&mut self, key: &str, values: Vec<String>) {
        let mut list: Vec<Value> = Vec::new();
        for value in values.iter().map(|value| shown(value)).filter(|value| !value.is_empty()).map(Value::from) {
            if !list.contains(&value) {
                list.push(value);
            }
        }
        if !list.is_empty() {
            self.values.entry(key).or_insert(Value::Array(list));
        }
    }

    /// Elements of the text that are marked as metadata.
    fn marked(&mut self, document: &Document) {
        let texts =
            |selector: &str| document.select(selector).iter().map(|it| it.text().to_string()).collect::<Vec<_>>();
        let times =
            ["[itemprop=datePublished]", "time[pubdate]", "time[class*=publish]", "main time", "article time", "time"];
        let date = times.iter().find_map(|selector| {
            let time = document.select_single(selector);
            let given = time.attr("datetime").or_else(|| time.attr("content")).map(|it| it.to_string());
            given.or_else(|| time.exists().then(|| time.text().to_string()))
        });
        self.text("date", date);
        self.list("authors", texts("[itemprop=author], [rel=author]"));
        let canonical = document.select_single("link[rel=canonical]").attr("href").map(|it| it.to_string());
        self.text("source", canonical);
        let headings = texts("h1");
        if let [heading] = headings.as_slice() {
            self.titles.push(heading.clone());
        }
        self.titles.extend(texts("head > title").into_iter().next());
    }

    /// Titles without the name of the site after them, each once.
    fn finish(mut self, document: &Document) -> Metadata {
        let site = self.values.get("publisher").and_then(Value::as_str).map(str::to_owned);
        let name = document.select_single("meta[property='og:site_name']").attr("content").map(|it| it.to_string());
        let sites: Vec<String> = site.into_iter().chain(name).collect();
        let headings: Vec<String> = document.select("h1").iter().map(|it| shown(&it.text())).collect();
        let titles = std::mem::take(&mut self.titles);
        for title in titles.iter().map(|title| without_site(&shown(&one_line(title)), &sites, &headings)) {
            let is_known = self.titles.iter().any(|known| bare(known) == bare(&title));
            if !is_known && Language::of(&title).is_some() {
                self.titles.push(title);
            }
        }
        self
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title as it is without the name of the site, which comes after a bar or a dash.
fn without_site(title: &str, sites: &[String], headings: &[String]) -> String {
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        if let Some((alone, site)) = title.rsplit_once(separator) {
            let is_site = sites.iter().any(|known| bare(known) == bare(site));
            let is_heading = headings.iter().any(|heading| bare(heading) == bare(alone));
            if is_site || is_heading {
                return alone.trim().to_owned();
            }
        }
    }
    title.to_owned()
}

/// Names and contents of the meta elements of a page.
fn elements(document: &Document) -> Vec<(String, String)> {
    let content = |meta: &dom_query::Selection<'_>| {
        let name = meta.attr("name").or_else(|| meta.attr("property")).or_else(|| meta.attr("itemprop"))?;
        Some((name.trim().to_lowercase(), meta.attr("content")?.trim().to_owned()))
    };
    document
        .select("meta")
        .iter()
        .filter_map(|meta| content(&meta))
        .filter(|(_, content)| !content.is_empty())
        .collect()
}

/// The contents of the elements of the best name that is there; titles of all.
fn of_key(elements: &[(String, String)], key: &str, settings: &HtmlSettings) -> Vec<String> {
    let mut found = Vec::new();
    for name in settings.names(key) {
        let name = name.to_lowercase();
        found.extend(elements.iter().filter(|(own, _)| *own == name).map(|(_, content)| content.clone()));
        if !found.is_empty() && !key.starts_with("title") {
            break;
        }
    }
    found
}

/// "Marsh, Eleanor" is how databases write Eleanor Marsh.
fn in_order(name: String) -> String {
    match name.split_once(", ") {
        Some((last, first))
            if name.is_ascii() && !name.contains('.') && !first.contains(',') && last.split(' ').count() < 3 =>
        {
            format!("{first} {last}")
        }
        _ => name,
    }
}

/// Values with commas or semicolons between.
pub(super) fn parted(text: &str) -> Vec<String> {
    text.split([',', ';', '、']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}
