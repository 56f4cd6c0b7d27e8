//! Metadata in JSON-LD, as schema.org names them.

use dom_query::Document;
use serde_json::{Map, Value};

use super::metadata::Metadata;

/// Types of what is an article.
const ARTICLES: [&str; 11] = [
    "Article",
    "NewsArticle",
    "BlogPosting",
    "ScholarlyArticle",
    "TechArticle",
    "Report",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
    "CreativeWork",
    "WebPage",
    "LearningResource",
];

/// Adds what the scripts of a page say of its article.
pub(super) fn read(document: &Document, metadata: &mut Metadata) {
    for script in document.select("script[type='application/ld+json']").iter() {
        let text = script.text();
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        if let Ok(value) = serde_json::from_str::<Value>(text)
            && let Some(article) = article(&value)
        {
            add(article, metadata);
        }
    }
}

/// The article: the first of the best type that is there.
fn article(value: &Value) -> Option<&Map<String, Value>> {
    let objects = objects(value);
    ARTICLES.iter().find_map(|wanted| objects.iter().copied().find(|object| is_a(object, wanted)))
}

/// An object itself, those of a list, and those of a graph.
fn objects(value: &Value) -> Vec<&Map<String, Value>> {
    match value {
        Value::Array(values) => values.iter().flat_map(objects).collect(),
        Value::Object(object) => match object.get("@graph") {
            Some(Value::Array(graph)) => graph.iter().filter_map(Value::as_object).collect(),
            _ => vec![object],
        },
        _ => Vec::new(),
    }
}

fn is_a(object: &Map<String, Value>, wanted: &str) -> bool {
    texts(object.get("@type")).iter().any(|kind| kind == wanted)
}

fn add(article: &Map<String, Value>, metadata: &mut Metadata) {
    let of = |key: &str| texts(article.get(key));
    metadata.titles.extend(of("headline").into_iter().chain(of("name")).chain(of("alternativeHeadline")));
    let date = ["datePublished", "dateCreated", "dateModified"].iter().find_map(|key| of(key).into_iter().next());
    metadata.text("date", date);
    metadata.list("authors", of("author").into_iter().chain(of("creator")).collect());
    metadata
        .list("organisations", ["sponsor", "funder", "sourceOrganization"].iter().flat_map(|key| of(key)).collect());
    let topics = of("articleSection").into_iter().chain(of("keywords")).chain(of("about"));
    metadata.list("topics", topics.flat_map(|topics| super::metadata::parted(&topics)).collect());
    metadata.text("summary", of("abstract").into_iter().chain(of("description")).next());
    metadata.text("source", of("mainEntityOfPage").into_iter().chain(of("url")).find(|url| url.contains("://")));
    metadata.text("publisher", of("publisher").into_iter().next());
    metadata.text("series", of("isPartOf").into_iter().find(|name| !name.contains("://")));
}

/// Texts, or the names of objects, of a value or a list of them.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.trim().to_owned()].into_iter().filter(|text| !text.is_empty()).collect(),
        Some(Value::Number(number)) => vec![number.to_string()],
        Some(Value::Array(values)) => values.iter().flat_map(|value| texts(Some(value))).collect(),
        Some(Value::Object(object)) => ["name", "@value", "@id", "url"]
            .iter()
            .map(|key| texts(object.get(*key)))
            .find(|it| !it.is_empty())
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}
