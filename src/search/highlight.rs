//! How it is shown what was found: the element around the words, and how much of an article's text.

use std::ops::RangeInclusive;

use super::request::{RequestError, error};

/// How many passages of a hit can be asked for.
const PASSAGES: RangeInclusive<usize> = 0..=5;
/// How long a passage can be, in characters.
const LENGTHS: RangeInclusive<usize> = 50..=500;

/// How titles and passages are marked and cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Highlight {
    /// What stands around the words found.
    pub element: Element,
    /// The most passages of a hit, 0 to 5. Titles do not count.
    pub passages: usize,
    /// How long a passage is, 50 to 500 characters. Thai marks are characters too, so 200 are some two lines.
    pub length: usize,
}

impl Default for Highlight {
    fn default() -> Highlight {
        Highlight { element: Element::Mark, passages: 1, length: 200 }
    }
}

/// The HTML elements that the words found may stand in: none of them does anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// `<mark>`
    Mark,
    /// `<em>`
    Em,
    /// `<strong>`
    Strong,
    /// `<b>`
    B,
    /// None; the ranges of the words are told all the same.
    None,
}

impl Element {
    const ALL: [Element; 5] = [Element::Mark, Element::Em, Element::Strong, Element::B, Element::None];

    fn name(self) -> &'static str {
        match self {
            Element::Mark => "mark",
            Element::Em => "em",
            Element::Strong => "strong",
            Element::B => "b",
            Element::None => "none",
        }
    }

    /// `html` within this element.
    pub(super) fn around(self, html: &str) -> String {
        match self {
            Element::None => html.to_owned(),
            element => format!("<{0}>{html}</{0}>", element.name()),
        }
    }
}

impl Highlight {
    /// Takes the value of one of the parameters `highlight`, `snippets` and `snippet_length`.
    pub(super) fn set(&mut self, name: &str, value: &str) -> Result<(), RequestError> {
        match name {
            "highlight" => {
                let element = Element::ALL.into_iter().find(|element| element.name() == value.trim());
                self.element = element.ok_or_else(|| error(name, value, "use mark, em, strong, b or none"))?;
            }
            "snippets" => self.passages = number(name, value, PASSAGES)?,
            _ => self.length = number(name, value, LENGTHS)?,
        }
        Ok(())
    }

    /// The parameters that [`Highlight::set`] reads this from, without those that have their defaults.
    pub(super) fn to_parameters(self) -> Vec<(&'static str, String)> {
        let default = Highlight::default();
        let parameters = [
            ("highlight", self.element != default.element, self.element.name().to_owned()),
            ("snippets", self.passages != default.passages, self.passages.to_string()),
            ("snippet_length", self.length != default.length, self.length.to_string()),
        ];
        parameters.into_iter().filter(|(_, is_set, _)| *is_set).map(|(name, _, value)| (name, value)).collect()
    }
}

fn number(name: &str, value: &str, allowed: RangeInclusive<usize>) -> Result<usize, RequestError> {
    let number = value.trim().parse().ok().filter(|number| allowed.contains(number));
    let expected = || format!("use a whole number from {} to {}", allowed.start(), allowed.end());
    number.ok_or_else(|| error(name, value, &expected()))
}
