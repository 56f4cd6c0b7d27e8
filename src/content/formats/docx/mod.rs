//! DOCX: documents of Word and other office programs.

mod document;
mod relations;
mod styles;

use serde_json::{Map, Value};

use super::archive::Archive;
use super::markup::{escaped, to_line, to_markdown};
use super::xml::element::Element;
use super::{Broken, Format, Found, Holds, Input};
use crate::content::draft::{Draft, Lines};
use crate::content::problem::Problem;
use crate::text::Language;
use document::{Document, Note};
use relations::Relations;
use styles::Styles;

const NAME: &str = "DOCX";
/// Titles that programs make, as they begin, in lower case.
const NO_TITLES: [&str; 6] = ["microsoft word", "document", "untitled", "word document", "เอกสาร1", "ไม่มีชื่อ"];
/// What programs call people of whom they know nothing, in lower case.
const NOBODY: [&str; 16] = [
    "user",
    "users",
    "admin",
    "administrator",
    "windows user",
    "microsoft office user",
    "owner",
    "unknown",
    "unknown author",
    "python-docx",
    "acer",
    "asus",
    "lenovo",
    "hp",
    "dell",
    "ผู้ใช้",
];
/// A first paragraph that is longer is no title.
const LONGEST_TITLE: usize = 200;

/// DOCX.
pub(super) struct Docx;

impl Format for Docx {
    fn name(&self) -> &'static str {
        NAME
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn holds(&self) -> Holds {
        Holds::One
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Broken> {
        let bytes = input.bytes()?;
        found(Archive::open(input.path, bytes, input.most, NAME).and_then(|archive| draft(input.path, archive)));
        Ok(())
    }
}

fn draft(path: &str, mut archive: Archive<'_>) -> Result<Draft, Problem> {
    let package = Relations::of(&archive.element("_rels/.rels")?, "");
    let main = package.of_kind("/officeDocument").unwrap_or("word/document.xml").to_owned();
    let Some(xml) = archive.text(&main)? else {
        return Err(Problem::error(path, None, "is an archive without a document; save it again as DOCX"));
    };
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations = Relations::of(&archive.element(&format!("{folder}/_rels/{file}.rels"))?, folder);
    let part = |kind: &str| relations.of_kind(kind).unwrap_or_default();
    let styles = Styles::new(&archive.element(part("/styles"))?, &archive.element(part("/numbering"))?);
    let document = Document::read(&xml, &styles, &relations);
    let notes = [part("/footnotes"), part("/endnotes")].map(|part| archive.text(part));
    let [footnotes, endnotes] = notes;
    let notes = notes_html(&document, &styles, &relations, footnotes?.as_deref(), endnotes?.as_deref());
    let core = archive.element(package.of_kind("/core-properties").unwrap_or("docProps/core.xml"))?;
    let mut metadata = properties(&core);
    let mut warnings = Vec::new();
    titles(path, &document, &mut metadata, &mut warnings);
    let body = to_markdown(&format!("{}{notes}", document.html));
    Ok(Draft { item: None, metadata, body, lines: Lines::default(), warnings })
}

/// The notes that the document refers to, as paragraphs at its end.
fn notes_html(
    document: &Document,
    styles: &Styles,
    relations: &Relations,
    footnotes: Option<&str>,
    endnotes: Option<&str>,
) -> String {
    let read = |xml: Option<&str>, tag: &str| Document::notes(xml.unwrap_or_default(), tag, styles, relations);
    let (footnotes, endnotes) = (read(footnotes, "footnote"), read(endnotes, "endnote"));
    let note = |(number, note): (usize, &Note)| {
        let text = match note {
            Note::Foot(id) => footnotes.get(id),
            Note::End(id) => endnotes.get(id),
        };
        text.map(|text| format!("<p>[{}] {text}</p>\n", number + 1))
    };
    document.notes.iter().enumerate().filter_map(note).collect()
}

/// What the properties of the document say. Their language is that of the program, so that the text tells.
fn properties(core: &Element) -> Map<String, Value> {
    let mut metadata = Map::new();
    let mut set = |key: &str, value: Option<Value>| drop(value.map(|value| metadata.insert(key.to_owned(), value)));
    let text = |name: &'static str| core.text_of(name);
    let list = |text: &str, parts: &[char]| -> Option<Value> {
        let parts = text.split(parts).map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.filter(|part| !NOBODY.contains(&part.to_lowercase().as_str())).collect();
        (!parts.is_empty()).then(|| parts.into())
    };
    let begins = |text: &&str| NO_TITLES.iter().any(|none| text.to_lowercase().starts_with(none));
    set("title", text("dc:title").filter(|title| !begins(title)).map(Value::from));
    set("authors", text("dc:creator").and_then(|creator| list(creator, &[';'])));
    set("topics", text("cp:keywords").and_then(|keywords| list(keywords, &[',', ';', '\n'])));
    set("date", text("dcterms:created").and_then(|date| date.get(..10)).map(Value::from));
    let is_made = |text: &&str| text.to_lowercase().starts_with("generated by");
    set("summary", text("dc:description").filter(|text| !is_made(text)).map(|text| to_line(&escaped(text)).into()));
    metadata
}

/// The title that readers see is the better one, then that of the properties, then the first heading, and at last the
/// first paragraph.
fn titles(path: &str, document: &Document, metadata: &mut Map<String, Value>, warnings: &mut Vec<Problem>) {
    let mut of_language: Vec<(Option<Language>, &String)> = Vec::new();
    for title in &document.titles {
        let language = Language::of(title);
        if !of_language.iter().any(|(other, _)| *other == language) {
            of_language.push((language, title));
        }
    }
    match of_language[..] {
        [] => {}
        [(_, title)] => drop(metadata.insert("title".to_owned(), title.as_str().into())),
        _ => {
            metadata.shift_remove("title");
            let keyed = of_language.iter().filter_map(|(language, title)| Some((language.as_ref()?.tag(), title)));
            keyed.for_each(|(tag, title)| drop(metadata.insert(format!("title_{tag}"), title.as_str().into())));
        }
    }
    let is_untitled = document.titles.is_empty() && !metadata.contains_key("title") && !document.has_first_heading;
    if let Some(first) = document.first.as_ref().filter(|first| is_untitled && first.len() <= LONGEST_TITLE * 3) {
        metadata.insert("title".to_owned(), first.as_str().into());
        let reason = "has no title, so its first paragraph is taken for one; give it the style Title";
        warnings.push(Problem::warning(path, None, reason));
    }
}
