//! CSL-JSON, as citeproc, pandoc and Zotero read it: a list of items, also where there is but one.
//!
//! - A `literal` name is printed and sorted as it is, which is right for Thai names and organisations; `family` and
//!   `given` are for the others.
//! - Known parts of a date alone are in `date-parts`, so that no day is made up.
//! - There is no variable for a translated title: `original-title` would say that the article is a translation. It is a
//!   `note`, which Zotero keeps in the field Extra.
//! - There are no comments: what is to be said of an export is in its headers.

use serde::Serialize;

use super::citation::Citation;
use super::name::Name;
use crate::text::calendar::{CalendarDate, Precision};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: &'a str,
    citation_key: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<NameJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<DateJson>,
    container_title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<String>,
    #[serde(rename = "URL")]
    url: &'a str,
    language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyword: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#abstract: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum NameJson<'a> {
    Whole { literal: &'a str },
    Personal { family: &'a str, given: &'a str },
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DateJson {
    date_parts: [Vec<i16>; 1],
}

pub(super) fn entry(citation: &Citation) -> String {
    let item = Item {
        id: &citation.key,
        citation_key: &citation.key,
        kind: "webpage",
        title: &citation.title,
        author: citation.authors.iter().map(name).collect(),
        issued: citation.date.map(|date| DateJson { date_parts: [parts(date)] }),
        container_title: &citation.site,
        collection_title: citation.series.as_deref(),
        publisher: joined(&citation.organisations, "; "),
        url: &citation.url,
        language: citation.language.tag(),
        keyword: joined(&citation.keywords, ", "),
        r#abstract: citation.summary.as_deref(),
        note: citation.translated_title.as_ref().map(|title| format!("English title: {title}")),
    };
    // Strings and numbers do not fail.
    serde_json::to_string(&item).unwrap_or_default()
}

fn name(name: &Name) -> NameJson<'_> {
    match name {
        Name::Whole(literal) => NameJson::Whole { literal },
        Name::Personal { given, family } => NameJson::Personal { family, given },
    }
}

fn joined(texts: &[String], between: &str) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(between))
}

fn parts(date: CalendarDate) -> Vec<i16> {
    let (month, day) = (i16::from(date.first_day.month()), i16::from(date.first_day.day()));
    let year = date.year().common_era();
    match date.precision {
        Precision::Year => vec![year],
        Precision::Month => vec![year, month],
        Precision::Day => vec![year, month, day],
    }
}
