//! What the styles and the numbering of a document mean.

use std::collections::HashMap;

use crate::content::formats::xml::element::Element;

/// Names of styles of headings, before their level, in lower case.
const HEADINGS: [&str; 4] = ["heading", "หัวเรื่อง", "หัวข้อ", "ส่วนหัว"];
/// Names of styles of titles, in lower case.
const TITLES: [&str; 3] = ["title", "ชื่อเรื่อง", "ชื่อเอกสาร"];
/// How many styles may be based on each other.
const LONGEST_CHAIN: usize = 16;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    /// A heading, of a level from 1.
    Heading(u8),
    Item(Item),
    Plain,
}

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// How many lists it is within, from 0.
    pub(super) level: usize,
    pub(super) mark: Mark,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet,
    Number,
}

/// What a paragraph says of itself.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Properties {
    pub(super) style: Option<String>,
    /// From 0; 9 is that of the body.
    pub(super) outline: Option<u8>,
    pub(super) numbering: Option<String>,
    pub(super) level: Option<usize>,
}

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The marks of each level, by number.
    marks: HashMap<String, Vec<Mark>>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    properties: Properties,
}

impl Styles {
    pub(super) fn new(styles: &Element, numbering: &Element) -> Styles {
        let paragraphs = styles.all("w:style").filter(|style| style.attribute("w:type") == Some("paragraph"));
        let style = |style: &Element| Some((style.attribute("w:styleId")?.to_owned(), Style::new(style)));
        Styles { styles: paragraphs.filter_map(style).collect(), marks: marks(numbering) }
    }

    /// What a paragraph is.
    pub(super) fn role(&self, properties: &Properties) -> Role {
        let styles = || self.chain(properties.style.as_deref());
        let all = || std::iter::once(properties).chain(styles().map(|style| &style.properties));
        if styles().next().is_some_and(|style| TITLES.contains(&style.name.as_str())) {
            return Role::Title;
        }
        let named = || styles().find_map(|style| heading(&style.name));
        if let Some(level) = all().find_map(|it| it.outline).or_else(named).filter(|&level| level < 9) {
            return Role::Heading(level.min(5) + 1);
        }
        let level = all().find_map(|it| it.level).unwrap_or_default();
        let mark = all().find_map(|it| it.numbering.as_ref()).and_then(|number| self.marks.get(number));
        mark.and_then(|marks| marks.get(level)).map_or(Role::Plain, |&mark| Role::Item(Item { level, mark }))
    }

    /// A style and those that it is based on.
    fn chain<'a>(&'a self, id: Option<&str>) -> impl Iterator<Item = &'a Style> {
        let next = |style: &&'a Style| self.styles.get(style.based_on.as_ref()?);
        std::iter::successors(id.and_then(|id| self.styles.get(id)), next).take(LONGEST_CHAIN)
    }
}

impl Style {
    fn new(style: &Element) -> Style {
        let value = |element: &Element, name: &str| {
            element.children.iter().find(|child| child.name == name)?.attribute("w:val").map(str::to_owned)
        };
        let paragraph = style.all("w:pPr").next().cloned().unwrap_or_default();
        let numbers = paragraph.all("w:numPr").next().cloned().unwrap_or_default();
        Style {
            name: value(style, "w:name").unwrap_or_default().trim().to_lowercase(),
            based_on: value(style, "w:basedOn"),
            properties: Properties {
                style: None,
                outline: value(&paragraph, "w:outlineLvl").and_then(|level| level.parse().ok()),
                numbering: value(&numbers, "w:numId"),
                level: value(&numbers, "w:ilvl").and_then(|level| level.parse().ok()),
            },
        }
    }
}

/// The level, from 0, that the name of a style says.
fn heading(name: &str) -> Option<u8> {
    let level = HEADINGS.iter().find_map(|heading| name.strip_prefix(heading))?.trim();
    let level = level.chars().next().filter(|_| level.chars().count() == 1)?;
    let level = level.to_digit(10).or_else(|| ('๐'..='๙').position(|digit| digit == level).map(|at| at as u32))?;
    u8::try_from(level).ok()?.checked_sub(1)
}

/// The marks of each level by number: a number has a definition, which says how each level is counted.
fn marks(numbering: &Element) -> HashMap<String, Vec<Mark>> {
    let mark = |level: &Element| match level.all("w:numFmt").next().and_then(|format| format.attribute("w:val")) {
        Some("bullet" | "none") => Mark::Bullet,
        _ => Mark::Number,
    };
    let definition = |definition: &Element| -> Option<(String, Vec<Mark>)> {
        let id = definition.attribute("w:abstractNumId")?.to_owned();
        Some((id, definition.all("w:lvl").map(mark).collect()))
    };
    let definitions: HashMap<_, _> = numbering.all("w:abstractNum").filter_map(definition).collect();
    let number = |number: &Element| {
        let definition = number.all("w:abstractNumId").next()?.attribute("w:val")?;
        Some((number.attribute("w:numId")?.to_owned(), definitions.get(definition)?.clone()))
    };
    numbering.all("w:num").filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_headings_are_told_by_names_in_both_languages() {
        let levels = ["heading 1", "หัวเรื่อง 2", "หัวข้อ ๓", "heading", "heading 12", "normal"].map(heading);
        assert_eq!(levels, [Some(0), Some(1), Some(2), None, None, None]);
    }
}
