//! One article: its head, titles, body and summary.

use khonha::text::Language;
use serde::Serialize;

use super::chain::{EDGE, TITLE};
use super::head::Head;
use super::model::Model;
use super::random::{Purpose, Random};
use super::writer::Writer;

/// One paragraph in so many is a list, of items that are so much shorter.
const LISTS: f64 = 1.0 / 12.0;
const ITEMS: usize = 4;

/// An article as a line of a file has it.
#[derive(Serialize)]
pub struct Generated {
    id: String,
    title_th: String,
    title_en: String,
    date: String,
    authors: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    organisations: Vec<String>,
    topics: Vec<String>,
    series: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<String>,
    summary_en: String,
    /// The body in Markdown.
    pub body_th: String,
}

impl Generated {
    /// The article of this number, counted from 1.
    pub fn new(model: &Model, seed: u64, number: u64) -> Generated {
        let mut head = Head::new(model, seed, number);
        let mut random = Random::new(seed, Purpose::Text, number);
        let words = model.lengths.body.draw(&mut random);
        let topic = head.topics().first().map(String::as_str);
        let mut writer = Writer::new(model, topic, words, random);
        Generated {
            id: head.id(),
            title_th: title(model, &mut writer, Language::Thai),
            title_en: title(model, &mut writer, Language::English),
            date: head.date().to_string(),
            authors: head.authors(model),
            organisations: head.organisations(model),
            topics: head.topics().to_vec(),
            series: head.series().to_owned(),
            related: head.related(model),
            summary_en: summary(model, &mut writer),
            body_th: body(model, &mut writer, words),
        }
    }
}

fn title(model: &Model, writer: &mut Writer<'_>, language: Language) -> String {
    let law = if language == Language::Thai { model.lengths.title } else { model.lengths.title_en };
    let words = law.draw(&mut writer.random).max(2);
    let mut title = String::new();
    writer.write(&mut title, language, TITLE, words);
    title
}

fn summary(model: &Model, writer: &mut Writer<'_>) -> String {
    let words = model.lengths.summary.draw(&mut writer.random);
    let mut summary = String::new();
    writer.write(&mut summary, Language::English, EDGE, words);
    summary.push('.');
    summary
}

/// Paragraphs of so many words together, with headings as often as the sample has them.
fn body(model: &Model, writer: &mut Writer<'_>, words: usize) -> String {
    let mut body = String::new();
    let mut left = words;
    while left > 0 {
        if !body.is_empty() && writer.random.chance(model.lengths.headings) {
            body.push_str("## ");
            let words = model.lengths.title.draw(&mut writer.random);
            writer.write(&mut body, Language::Thai, TITLE, words);
            body.push_str("\n\n");
        }
        let words = model.lengths.paragraph.draw(&mut writer.random).min(left);
        left -= words;
        paragraph(&mut body, writer, words);
    }
    body
}

fn paragraph(body: &mut String, writer: &mut Writer<'_>, words: usize) {
    let is_list = words > 2 * ITEMS && writer.random.chance(LISTS);
    let (items, mark) = if is_list { (ITEMS, "- ") } else { (1, "") };
    for _ in 0..items {
        body.push_str(mark);
        writer.write(body, Language::Thai, EDGE, words / items);
        body.push('\n');
    }
    body.push('\n');
}
