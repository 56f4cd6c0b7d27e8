//! A line of a page.

use crate::content::markdown::escaped;
use crate::text::{Language, bare, is_invisible};

/// Longer lines, in bytes, are no labels.
pub(super) const LONGEST_LABEL: usize = 240;
/// Signs that are bullets wherever a line begins with them.
const BULLETS: [char; 14] = ['•', '·', '●', '○', '▪', '■', '◦', '‣', '➢', '✓', '◆', '►', '»', '\u{F0B7}'];
/// Characters that are bullets if a space follows; the letter o and the Thai zero are typed for circles.
const SPACED_BULLETS: [char; 7] = ['-', '–', '—', '*', '+', 'o', '๐'];

/// A line as one sees it, and as it is in Markdown.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::content::formats) struct Line {
    /// Its number in the file, counted from 1, where it is known.
    pub(in crate::content::formats) number: Option<usize>,
    /// What it is in the body.
    pub(in crate::content::formats) markdown: String,
    /// What one reads, without the bullet or number before it.
    pub(in crate::content::formats) text: String,
    /// What it is.
    pub(in crate::content::formats) kind: Kind,
    /// Whether an empty line comes before it.
    pub(in crate::content::formats) gap: Gap,
    /// The texts of its links.
    pub(in crate::content::formats) links: Vec<String>,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content::formats) enum Kind {
    /// Text.
    Plain,
    /// An item of a list.
    Bullet,
    /// An item of a list that is numbered.
    Numbered(u32),
    /// A heading.
    Heading,
    /// Nothing but a link.
    Link,
    /// Part of a table or of code, or of an item above.
    Inner,
    /// From here on the text is in this language, or in whichever it is.
    Mark(Option<Language>),
}

/// What is between a line and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content::formats) enum Gap {
    /// Nothing.
    None,
    /// An empty line, which means nothing: all lines have one before them.
    Usual,
    /// An empty line that parts what does not belong together.
    Parting,
}

impl Line {
    /// A line of plain text.
    pub(in crate::content::formats) fn plain(number: Option<usize>, text: &str, gap: Gap) -> Line {
        let text = cleaned(text);
        let (kind, rest) = kind(&text);
        let markdown = match kind {
            Kind::Bullet => format!("- {}", escaped(rest)),
            Kind::Numbered(number) => format!("{number}. {}", escaped(rest)),
            _ => escaped(&text),
        };
        Line { number, markdown, text: shown(rest), kind, gap, links: Vec::new() }
    }

    /// What is compared with labels and titles, where the line is short.
    pub(super) fn bare(&self) -> Option<String> {
        (self.text.len() <= LONGEST_LABEL && self.is_text()).then(|| bare(&self.text))
    }

    /// Whether it may be more than a part of the line before.
    pub(super) fn is_text(&self) -> bool {
        !matches!(self.kind, Kind::Inner | Kind::Mark(_))
    }

    /// Whether it is an item of a list.
    pub(super) fn is_item(&self) -> bool {
        matches!(self.kind, Kind::Bullet | Kind::Numbered(_))
    }

    /// The text with the number that it may begin with.
    pub(super) fn whole(&self) -> String {
        match self.kind {
            Kind::Numbered(number) => format!("{number}. {}", self.text),
            _ => self.text.clone(),
        }
    }
}

/// Spaces of all kinds become plain ones.
pub(in crate::content::formats) fn cleaned(text: &str) -> String {
    let spaced: String = text.chars().map(|ch| if ch.is_whitespace() { ' ' } else { ch }).collect();
    spaced.trim_matches(|ch: char| ch == ' ' || is_hidden(ch)).to_owned()
}

/// Without what nobody sees.
pub(in crate::content::formats) fn shown(text: &str) -> String {
    let seen: String = text.chars().filter(|&ch| !is_hidden(ch)).collect();
    seen.trim().to_owned()
}

/// What nobody sees.
fn is_hidden(ch: char) -> bool {
    is_invisible(ch) || ch.is_control()
}

/// What a line is by its first characters, and the text after them.
pub(in crate::content::formats) fn kind(text: &str) -> (Kind, &str) {
    if let Some(rest) = after_bullet(text) {
        return (Kind::Bullet, rest);
    }
    match after_number(text) {
        Some((number, rest)) => (Kind::Numbered(number), rest),
        None => (Kind::Plain, text),
    }
}

fn after_bullet(text: &str) -> Option<&str> {
    let bullet = text.chars().next()?;
    let rest = &text[bullet.len_utf8()..];
    let is_spaced = rest.starts_with(' ');
    let is_glued = matches!(bullet, '-' | '–') && rest.starts_with(char::is_alphabetic);
    let is_bullet = BULLETS.contains(&bullet) || SPACED_BULLETS.contains(&bullet) && is_spaced || is_glued;
    Some(rest.trim_start()).filter(|rest| is_bullet && !rest.is_empty())
}

/// "1. " or "1.ก", but not "1.5".
fn after_number(text: &str) -> Option<(u32, &str)> {
    let digits = text.find(|ch: char| !ch.is_ascii_digit()).filter(|end| (1..=3).contains(end))?;
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    let goes_on = rest.trim_start().starts_with(|ch: char| !ch.is_ascii_digit() && ch != '.');
    let number = text[..digits].parse().ok()?;
    (goes_on || rest.starts_with(' ') && !rest.trim().is_empty()).then(|| (number, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("• สมชาย", Kind::Bullet, "สมชาย")]
    #[case("•สมชาย", Kind::Bullet, "สมชาย")]
    #[case("–สมชาย", Kind::Bullet, "สมชาย")]
    #[case("* สมชาย", Kind::Bullet, "สมชาย")]
    #[case("๐ สมชาย", Kind::Bullet, "สมชาย")]
    #[case("o Somchai", Kind::Bullet, "Somchai")]
    #[case("1. สมชาย", Kind::Numbered(1), "สมชาย")]
    #[case("2)สมชาย", Kind::Numbered(2), "สมชาย")]
    #[case("-5 องศา", Kind::Plain, "-5 องศา")]
    #[case("1.5 ล้าน", Kind::Plain, "1.5 ล้าน")]
    #[case("2567. ปี", Kind::Plain, "2567. ปี")]
    #[case("open", Kind::Plain, "open")]
    #[case("•", Kind::Plain, "•")]
    fn bullets_and_numbers_are_told_from_text(#[case] text: &str, #[case] expected: Kind, #[case] rest: &str) {
        assert_eq!(kind(text), (expected, rest));
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let line = Line::plain(Some(1), "\u{A0}\u{200B} ผู้\u{200B}แต่ง\u{A0}:\t", Gap::None);
        assert_eq!(line.text, "ผู้แต่ง :");
    }
}
