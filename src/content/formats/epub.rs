//! EPUB: an e-book as one article, its chapters in the order in which they are read.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::archive::Archive;
use super::markup::{to_line, to_markdown};
use super::xml::element::Element;
use super::{Input, Single};
use crate::content::draft::Draft;
use crate::content::problem::Problem;
use crate::text::Language;

/// EPUB.
pub(super) struct Epub;

impl Single for Epub {
    const NAME: &'static str = "EPUB";
    const EXTENSIONS: &'static [&'static str] = &["epub"];

    fn draft(input: &Input<'_>, bytes: Vec<u8>) -> Result<Draft, Problem> {
        draft(input.path, Archive::open(input.path, bytes, input.most, Self::NAME)?)
    }
}

fn draft(path: &str, mut archive: Archive<'_>) -> Result<Draft, Problem> {
    let container = archive.element("META-INF/container.xml")?;
    let root = container.all("rootfiles").flat_map(|files| files.all("rootfile")).next();
    let Some(root) = root.and_then(|file| file.attribute("full-path")) else {
        return Err(Problem::error(path, None, "is an archive without a book; save it again as EPUB"));
    };
    let package = archive.element(root)?;
    let folder = root.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let (mut chapters, mut warnings) = (Vec::new(), Vec::new());
    for chapter in chapters_of(&package) {
        let name = format!("{folder}{}", percent_decode_str(chapter).decode_utf8_lossy());
        match archive.text(&name)? {
            Some(text) => chapters.push(to_markdown(body(&text))),
            None => warnings.push(Problem::warning(path, None, format!("its chapter {name} is not in it"))),
        }
    }
    chapters.retain(|chapter| !chapter.trim().is_empty());
    Ok(Draft { metadata: metadata(&package), body: chapters.join("\n\n"), warnings, ..Draft::default() })
}

/// The files of the chapters, in their order: without contents and what is read beside.
fn chapters_of(package: &Element) -> impl Iterator<Item = &str> {
    let items: Vec<&Element> = package.all("manifest").flat_map(|manifest| manifest.all("item")).collect();
    let read = package.all("spine").flat_map(|spine| spine.all("itemref"));
    let read = read.filter(|reference| reference.attribute("linear") != Some("no"));
    let item = move |reference: &Element| {
        let item = items.iter().find(|item| item.attribute("id") == reference.attribute("idref"))?;
        let is_contents = item.attribute("properties").is_some_and(|it| it.split_whitespace().any(|it| it == "nav"));
        item.attribute("href").filter(|_| !is_contents)
    };
    read.filter_map(item)
}

/// What is between the tags of the body.
fn body(page: &str) -> &str {
    let after = page.find("<body").and_then(|at| Some(at + page[at..].find('>')? + 1)).unwrap_or_default();
    let end = page.rfind("</body").filter(|&end| end >= after).unwrap_or(page.len());
    &page[after..end]
}

fn metadata(package: &Element) -> Map<String, Value> {
    let of_book = package.all("metadata").next().cloned().unwrap_or_default();
    let all = |name: &str| -> Vec<String> {
        let texts = of_book.children.iter().filter(|child| child.name == name).map(|child| to_line(&child.text));
        texts.filter(|text| !text.is_empty()).collect()
    };
    let mut metadata = Map::new();
    for (key, name) in
        [("title", "dc:title"), ("date", "dc:date"), ("summary", "dc:description"), ("source", "dc:source")]
    {
        if let Some(text) = all(name).into_iter().next() {
            let text = if key == "date" { super::xml::day(&text) } else { text };
            metadata.insert(key.to_owned(), text.into());
        }
    }
    for (key, name) in [("authors", "dc:creator"), ("organisations", "dc:publisher"), ("topics", "dc:subject")] {
        metadata.insert(key.to_owned(), all(name).into());
    }
    let languages: Vec<&str> =
        all("dc:language").iter().filter_map(|tag| Language::from_tag(tag)).map(Language::tag).collect();
    if languages.len() > 1 {
        metadata.insert("language".to_owned(), languages.into());
    }
    metadata
}
