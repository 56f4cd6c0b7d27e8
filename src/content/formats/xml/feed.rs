//! An item of RSS or an entry of Atom to a draft.

use serde_json::{Map, Value};

use super::element::{Element, Parsed};
use super::topics::{Term, Topics};
use crate::content::draft::{Draft, Lines};
use crate::content::formats::markup::{escaped, to_line, to_markdown};
use crate::content::problem::Problem;

/// Elements with the whole text, the best first; after them those with a summary.
const BODIES: [&str; 2] = ["content:encoded", "content"];
const SUMMARIES: [&str; 3] = ["description", "summary", "dcterms:abstract"];
/// What a summary ends with that is no more than the beginning of the text.
const CUT: &str = "…";
const DATES: [&str; 6] = ["pubDate", "published", "dc:date", "dcterms:created", "atom:published", "updated"];
const IDS: [&str; 4] = ["guid", "id", "dc:identifier", "link"];

/// The draft of an entry that begins in this line of the file.
pub(super) fn draft(path: &str, line: usize, parsed: &Parsed, topics: &Topics) -> Draft {
    let entry = &parsed.element;
    let (body, summary) = texts(entry);
    let mut metadata = Map::new();
    let mut set = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            metadata.insert(key.to_owned(), Value::String(value));
        }
    };
    set("title", entry.all("title").map(|title| to_line(&html(title))).find(|title| !title.is_empty()));
    set("date", DATES.iter().find_map(|name| entry.text_of(name)).map(day));
    set("source", link(entry));
    set("summary", summary);
    set_list(&mut metadata, "authors", authors(entry));
    set_list(&mut metadata, "topics", topics.of(entry.all("category").chain(entry.all("dc:subject")).map(term)));
    Draft {
        item: IDS.iter().find_map(|name| entry.text_of(name)).map(str::to_owned).or_else(|| link(entry)),
        metadata,
        body,
        lines: Lines { start: Some(line), ..Lines::default() },
        warnings: warnings(path, line, &parsed.faults),
    }
}

/// What was wrong with an entry.
pub(super) fn warnings(path: &str, line: usize, faults: &[&str]) -> Vec<Problem> {
    faults.iter().map(|fault| Problem::warning(path, Some(line), format!("the entry {fault}"))).collect()
}

pub(super) fn set_list(metadata: &mut Map<String, Value>, key: &str, values: Vec<String>) {
    if !values.is_empty() {
        metadata.insert(key.to_owned(), values.into());
    }
}

/// The day of a date with a time: `Wed, 10 Jul 2024 09:30:00 +0700` or `2024-07-10T09:30:00+07:00`.
pub(in crate::content::formats) fn day(date: &str) -> String {
    let date = date.trim();
    let after_weekday = date.split_once(", ").map_or(date, |(_, rest)| rest);
    let words: Vec<&str> = after_weekday.split_whitespace().collect();
    match words[..] {
        [day, month, year, ..] if words.len() > 3 && day.parse::<u8>().is_ok() => format!("{day} {month} {year}"),
        [first, ..] if first.get(..10).is_some_and(|day| day.matches('-').count() == 2) => first[..10].to_owned(),
        _ => date.to_owned(),
    }
}

/// The body as Markdown, and the summary where it is another text.
fn texts(entry: &Element) -> (String, Option<String>) {
    match (first(entry, &BODIES), first(entry, &SUMMARIES)) {
        (Some(body), summary) => {
            let summary = summary.map(|summary| to_line(&html(summary)));
            (to_markdown(&html(body)), summary.filter(|summary| !summary.trim_end_matches(']').ends_with(CUT)))
        }
        (None, Some(summary)) => (to_markdown(&html(summary)), None),
        (None, None) => (String::new(), None),
    }
}

/// The first element of these names that says something.
fn first<'a>(entry: &'a Element, names: &'a [&str]) -> Option<&'a Element> {
    names.iter().flat_map(|name| entry.all(name)).find(|element| !element.html().trim().is_empty())
}

/// An element as HTML. Atom has texts that are none, and says so; RSS has HTML wherever it may be.
fn html(element: &Element) -> String {
    let kind = element.attribute("type").unwrap_or_default();
    let is_plain = kind == "text" || kind == "text/plain";
    if is_plain { escaped(&element.text) } else { element.html().to_owned() }
}

fn link(entry: &Element) -> Option<String> {
    let is_page = |link: &&Element| matches!(link.attribute("rel"), None | Some("alternate"));
    let address = |link: &Element| link.attribute("href").unwrap_or(&link.text).trim().to_owned();
    entry.all("link").filter(is_page).map(address).find(|address| !address.is_empty())
}

/// In Atom an author is an element, in RSS `mail@example.org (ชื่อ)`, and mostly `dc:creator` instead.
fn authors(entry: &Element) -> Vec<String> {
    let creators = entry.all("dc:creator").map(|creator| creator.text.trim());
    let of_atom = entry.all("author").filter_map(|author| author.text_of("name"));
    let of_rss = entry.all("author").map(|author| name_of_mail(author.text.trim()));
    let mut authors: Vec<String> = Vec::new();
    for name in creators.chain(of_atom).chain(of_rss) {
        if !name.is_empty() && !authors.iter().any(|author| author == name) {
            authors.push(name.to_owned());
        }
    }
    authors
}

/// The name behind an address; an address alone names nobody.
fn name_of_mail(author: &str) -> &str {
    match author.split_once(" (") {
        Some((_, name)) => name.trim_end_matches(')').trim(),
        None if author.contains('@') => "",
        None => author,
    }
}

fn term(category: &Element) -> Term<'_> {
    let slug = category.attribute("term").unwrap_or_default();
    let name = category.attribute("label").or(Some(category.text.as_str())).filter(|name| !name.trim().is_empty());
    Term { taxonomy: None, slug, name: name.unwrap_or(slug) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Wed, 10 Jul 2024 09:30:00 +0700", "10 Jul 2024")]
    #[case("10 Jul 2024 09:30 GMT", "10 Jul 2024")]
    #[case("2024-07-10T09:30:00+07:00", "2024-07-10")]
    #[case("2024-07-10 09:30:00", "2024-07-10")]
    #[case("2024-07", "2024-07")]
    #[case("10 กรกฎาคม 2567", "10 กรกฎาคม 2567")]
    fn dates_lose_their_time(#[case] date: &str, #[case] expected: &str) {
        assert_eq!(day(date), expected);
    }

    #[rstest]
    #[case("desk@example.org (ปาริชาต วงศ์ธารา)", "ปาริชาต วงศ์ธารา")]
    #[case("desk@example.org", "")]
    #[case("กองบรรณาธิการ", "กองบรรณาธิการ")]
    fn authors_of_rss_are_named_behind_their_address(#[case] author: &str, #[case] expected: &str) {
        assert_eq!(name_of_mail(author), expected);
    }
}
