//! A post to a draft, with its translations.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{content, languages};
use crate::content::article::ArticleId;
use crate::content::draft::{Draft, Lines};
use crate::content::formats::markup::to_line;
use crate::content::formats::xml::element::{Element, Parsed};
use crate::content::formats::xml::feed::{day, set_list, warnings};
use crate::content::formats::xml::topics::{Term, Topics};
use crate::content::problem::Problem;
use crate::text::Language;

/// The date of what was never dated.
const NO_DATE: &str = "0000-00-00";

/// A post.
pub(super) struct Post {
    id: Option<String>,
    date: Option<String>,
    source: Option<String>,
    series: Option<String>,
    authors: Vec<String>,
    topics: Vec<String>,
    versions: Vec<Version>,
    line: usize,
    warnings: Vec<Problem>,
}

/// What a post says in one language.
#[derive(Default)]
struct Version {
    /// `None` where its letters tell.
    language: Option<Language>,
    title: String,
    summary: String,
    body: String,
}

impl Post {
    /// The post of an entry that begins in this line of the file.
    pub(super) fn new(
        path: &str,
        line: usize,
        parsed: &Parsed,
        topics: &Topics,
        names: &HashMap<String, String>,
    ) -> Post {
        let entry = &parsed.element;
        let text = |name: &str| entry.text_of(name).map(str::to_owned);
        let date = text("wp:post_date").filter(|date| !date.starts_with(NO_DATE)).or_else(|| text("pubDate"));
        Post {
            id: text("wp:post_id"),
            date: date.map(|date| day(&date)),
            source: text("link").or_else(|| text("guid")),
            series: terms(entry).find(|term| term.taxonomy == Some("series")).map(|term| to_line(term.name)),
            authors: authors(entry, names),
            topics: topics.of(terms(entry)).iter().map(|topic| to_line(topic)).collect(),
            versions: versions(entry),
            line,
            warnings: warnings(path, line, &parsed.faults),
        }
    }

    /// The post as one in this language, where it does not have several itself.
    pub(super) fn in_language(mut self, language: Language) -> Post {
        if let [version] = &mut self.versions[..] {
            version.language = Some(language);
        }
        self
    }

    /// Whether both have a text in one language.
    pub(super) fn shares_language(&self, other: &Post) -> bool {
        self.versions.iter().any(|one| other.versions.iter().any(|other| one.language == other.language))
    }

    /// What it is ordered by: numbers by their value.
    fn age(&self) -> (usize, Option<&str>) {
        (self.id.as_ref().map_or(usize::MAX, String::len), self.id.as_deref())
    }
}

/// The article of posts that are translations of each other, of a site with this address. It is named after the oldest one,
/// so that a translation that comes later changes nothing in that.
pub(super) fn joined(site: &str, mut posts: Vec<Post>) -> Draft {
    posts.sort_by(|one, other| one.age().cmp(&other.age()));
    let mut metadata = Map::new();
    let mut set = |key: &str, value: Option<String>| drop(value.map(|it| metadata.insert(key.to_owned(), it.into())));
    let first = |value: fn(&Post) -> &Option<String>| posts.iter().find_map(|post| value(post).clone());
    let id = first(|post| &post.id);
    let address = id.as_ref().map(|id| format!("{site}/{id}"));
    set("id", address.filter(|address| ArticleId::is_address(address)));
    set("date", first(|post| &post.date));
    set("source", first(|post| &post.source));
    set("series", first(|post| &post.series));
    let lists = |values: fn(&Post) -> &[String]| alone(posts.iter().flat_map(values));
    let (authors, topics) = (lists(|post| &post.authors), lists(|post| &post.topics));
    set_list(&mut metadata, "authors", authors);
    set_list(&mut metadata, "topics", topics);
    let lines = Lines { start: posts.first().map(|post| post.line), ..Lines::default() };
    let warnings = posts.iter().flat_map(|post| post.warnings.clone()).collect();
    let body = texts(&mut metadata, posts.into_iter().flat_map(|post| post.versions).collect());
    Draft { item: id, metadata, body, lines, warnings }
}

/// Titles and summaries by language, and the body with marks where there are several.
fn texts(metadata: &mut Map<String, Value>, mut versions: Vec<Version>) -> String {
    versions.sort_by_key(|version| version.language);
    let several = versions.len() > 1;
    let mut bodies = Vec::new();
    for Version { language, title, summary, body } in versions {
        let tag = language.filter(|_| several).map(Language::tag);
        for (key, text) in [("title", title), ("summary", summary)] {
            let key = tag.map_or(key.to_owned(), |tag| format!("{key}_{tag}"));
            if !text.is_empty() {
                metadata.insert(key, text.into());
            }
        }
        bodies.push(tag.map_or(body.clone(), |tag| format!("<!-- lang: {tag} -->\n\n{body}")));
    }
    bodies.join("\n\n")
}

fn alone<'a>(values: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut alone: Vec<String> = Vec::new();
    for value in values {
        if !alone.contains(value) {
            alone.push(value.clone());
        }
    }
    alone
}

fn terms(entry: &Element) -> impl Iterator<Item = Term<'_>> {
    entry.all("category").map(|term| Term {
        taxonomy: Some(term.attribute("domain").unwrap_or("category")),
        slug: term.attribute("nicename").unwrap_or_default(),
        name: &term.text,
    })
}

/// A plugin for several authors keeps them as terms; else there is one, by what it logs in with.
fn authors(entry: &Element, names: &HashMap<String, String>) -> Vec<String> {
    let several: Vec<String> =
        terms(entry).filter(|term| term.taxonomy == Some("author")).map(|term| to_line(term.name)).collect();
    if !several.is_empty() {
        return several;
    }
    entry
        .text_of("dc:creator")
        .map(|login| names.get(login).map_or(login, String::as_str).to_owned())
        .into_iter()
        .collect()
}

/// What the entry says in each language that its texts have marks of, or else all of it.
fn versions(entry: &Element) -> Vec<Version> {
    let [title, summary, body] = ["title", "excerpt:encoded", "content:encoded"].map(|name| {
        let text = entry.html_of(name).unwrap_or_default();
        (text, languages::within(text))
    });
    if [&title, &summary, &body].iter().all(|(_, texts)| texts.is_none()) {
        return vec![version(None, title.0, summary.0, body.0)];
    }
    let text = |(whole, texts): &(&str, Option<Vec<(Language, String)>>), language: Language| match texts {
        Some(texts) => texts.iter().find(|(it, _)| *it == language).map(|(_, text)| text.clone()).unwrap_or_default(),
        None if Language::of(whole).unwrap_or(language) == language => (*whole).to_owned(),
        None => String::new(),
    };
    let versions = Language::ALL.map(|language| {
        let [title, summary, body] = [&title, &summary, &body].map(|texts| text(texts, language));
        version(Some(language), &title, &summary, &body)
    });
    versions.into_iter().filter(|version| !(version.title.is_empty() && version.body.is_empty())).collect()
}

fn version(language: Option<Language>, title: &str, summary: &str, body: &str) -> Version {
    Version { language, title: to_line(title), summary: to_line(summary), body: content::to_markdown(body) }
}
