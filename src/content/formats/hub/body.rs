//! The text of a page as Markdown, with marks where its language is not told by its letters.

use super::Context;
use super::fields::Section;
use super::line::{Gap, Kind, Line};
use super::list::parted;
use crate::content::markdown::escaped;
use crate::text::Language;

/// A text in one language has at least one letter of the other in so many.
const MIXED: usize = 10;

/// What the paragraphs of a page are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content::formats) enum Paragraphs {
    /// Each line is one.
    Lines,
    /// An empty line comes before each.
    Gaps,
}

/// Writes line after line.
struct Writer {
    markdown: String,
    paragraphs: Paragraphs,
    /// The language that a heading or a mark asks for.
    asked: Option<Language>,
    /// The language that is marked.
    marked: Option<Language>,
    /// The language of the paragraph before.
    before: Language,
    /// What the last line was.
    last: Option<Kind>,
}

/// The text of all language versions, and then what was left over.
pub(super) fn markdown(
    sections: Vec<Section>,
    rest: Vec<Line>,
    paragraphs: Paragraphs,
    context: &Context<'_>,
) -> String {
    let mut writer = Writer::new(paragraphs);
    for section in sections {
        if let Some((language, heading)) = &section.headed {
            writer.asked = Some(*language);
            writer.heading(heading);
        }
        writer.lines(section.lines, context);
    }
    writer.lines(rest, context);
    writer.markdown
}

impl Writer {
    fn new(paragraphs: Paragraphs) -> Writer {
        let (markdown, before) = (String::new(), Language::Thai);
        Writer { markdown, paragraphs, asked: None, marked: None, before, last: None }
    }

    fn heading(&mut self, heading: &Line) {
        let markdown = format!("## {}", escaped(&heading.text));
        self.line(&Line { markdown, kind: Kind::Heading, gap: Gap::Usual, ..heading.clone() });
    }

    fn lines(&mut self, lines: Vec<Line>, context: &Context<'_>) {
        let mut lines = lines.into_iter().peekable();
        while let Some(line) = lines.next() {
            let after = lines.peek();
            parted(line, after, context).iter().for_each(|line| self.line(line));
        }
    }

    fn line(&mut self, line: &Line) {
        if let Kind::Mark(language) = line.kind {
            self.asked = language;
            return;
        }
        let goes_on = self.goes_on(line);
        if !goes_on {
            self.mark(&line.text);
        }
        let apart = if self.markdown.is_empty() {
            ""
        } else if goes_on {
            "\n"
        } else {
            "\n\n"
        };
        self.markdown.push_str(apart);
        self.markdown.push_str(&line.markdown);
        self.last = Some(line.kind);
    }

    /// Whether a line belongs to the block before it.
    fn goes_on(&self, line: &Line) -> bool {
        let both_items = match (self.last, line.kind) {
            (Some(Kind::Bullet), Kind::Bullet) => true,
            (Some(Kind::Numbered(last)), Kind::Numbered(number)) => number > last,
            _ => false,
        };
        let is_inner = line.kind == Kind::Inner && self.last.is_some();
        match self.paragraphs {
            Paragraphs::Lines => both_items || is_inner && line.gap == Gap::None,
            Paragraphs::Gaps => (both_items || self.last == Some(line.kind) || is_inner) && line.gap == Gap::None,
        }
    }

    /// Marks the language of a paragraph where it is not the one of its letters.
    fn mark(&mut self, text: &str) {
        let natural = Language::of(text);
        let told = natural.unwrap_or(self.before);
        let wanted = match (self.asked, natural) {
            (Some(asked), None) => asked,
            (Some(asked), Some(_)) if has_letters_of(asked, text) => asked,
            _ => told,
        };
        if self.marked.unwrap_or(told) != wanted {
            self.marked = (told != wanted).then_some(wanted);
            let mark = self.marked.map_or("auto", Language::tag);
            let apart = if self.markdown.is_empty() { "" } else { "\n\n" };
            self.markdown.push_str(&format!("{apart}<!-- lang: {mark} -->"));
        }
        self.before = wanted;
    }
}

/// Whether a text has enough letters of a language to be in it.
fn has_letters_of(language: Language, text: &str) -> bool {
    let letters = text.chars().filter(|ch| ch.is_alphabetic());
    let own = letters.clone().filter(|ch| Language::of(ch.encode_utf8(&mut [0; 4])) == Some(language)).count();
    own * MIXED >= letters.count() && own > 0
}
