//! A page to its parts: the text by language versions, the labelled fields, and the blocks that name other articles.

use super::Context;
use super::label::{Before, Era, Found, Label, is_date};
use super::line::{Gap, Kind, Line};
use crate::content::problem::Problem;
use crate::text::Language;

/// Longer lines, in characters, are text and no name.
const LONGEST_NAME: usize = 110;
/// Longer lines, in characters, are no date.
const LONGEST_DATE: usize = 48;
/// What comes before fields is more than titles if it has so many bytes.
const SHORTEST_TEXT: usize = 900;
/// Keys whose value is one line.
const SINGLE: [&str; 4] = ["title", "title_th", "title_en", "series"];
/// The key of blocks that name other articles.
pub(super) const RELATED: &str = "related_titles";

/// What a page has.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Its text, by language versions; the first has no heading.
    pub(super) sections: Vec<Section>,
    /// Its fields with the lines below their labels, in order; none of them may be empty.
    pub(super) fields: Vec<Field>,
    /// The lines of blocks that name other articles.
    pub(super) related: Vec<Vec<Line>>,
    /// What is not clear.
    pub(super) doubts: Vec<Problem>,
}

/// The text of one language version.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// Its language, where a heading says so, and the heading.
    pub(super) headed: Option<(Language, Line)>,
    /// Its text.
    pub(super) lines: Vec<Line>,
}

/// A labelled field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) key: String,
    pub(super) era: Era,
    pub(super) lines: Vec<Line>,
}

/// Goes through the lines of a page.
struct Reader<'a> {
    context: &'a Context<'a>,
    lines: &'a [Line],
    at: usize,
    /// How many bytes of text came so far.
    text: usize,
    parts: Parts,
    before: Before,
    /// Whether text after a field is told already, or is none to be told.
    strays: Strays,
}

/// What text after a field is.
#[derive(PartialEq, Eq)]
enum Strays {
    /// The article's own: no text came before the fields.
    Own,
    /// To be told.
    Doubtful,
    /// Told.
    Told,
}

/// Parts the lines of a page.
pub(super) fn parts(lines: &[Line], context: &Context<'_>) -> Parts {
    let parts = Parts { sections: vec![Section::default()], ..Parts::default() };
    let mut reader = Reader { context, lines, at: 0, text: 0, parts, before: Before::Text, strays: Strays::Own };
    while let Some(line) = reader.lines.get(reader.at) {
        match reader.label() {
            Some(found) => reader.labelled(found),
            None => reader.text(line),
        }
    }
    reader.parts
}

impl Reader<'_> {
    /// The label that the line is.
    fn label(&self) -> Option<Found> {
        self.context.labels.at(&self.lines[self.at..], self.before)
    }

    fn section(&mut self) -> &mut Section {
        // There is one from the beginning.
        let last = self.parts.sections.len() - 1;
        &mut self.parts.sections[last]
    }

    fn text(&mut self, line: &Line) {
        self.at += 1;
        if self.context.is_noise(line) || self.before == Before::Field && self.is_around(line) {
            return;
        }
        if self.before == Before::Field && self.strays == Strays::Doubtful {
            let reason = "stands after the fields and is none of them; it is kept as text";
            self.parts.doubts.push(self.context.doubt(line, reason));
            self.strays = Strays::Told;
        }
        if line.is_text() {
            self.before = Before::Text;
        }
        self.text += line.text.len();
        self.section().lines.push(line.clone());
    }

    fn labelled(&mut self, found: Found) {
        let label = self.at;
        self.at += found.lines;
        match found.label {
            Label::Section(language) => self.begin(language, found.value, &self.lines[label]),
            Label::Field(key, era) => {
                let first = found.value.map(|value| self.inline(&value, label + found.lines - 1));
                self.field(label, key, era, first);
            }
        }
    }

    fn begin(&mut self, language: Language, value: Option<String>, heading: &Line) {
        let text = heading.text.split([':', '：']).next().unwrap_or_default().trim().to_owned();
        let lines = value.map(|value| self.inline(&value, self.at - 1)).into_iter().collect();
        let heading = Line { text, ..heading.clone() };
        self.parts.sections.push(Section { headed: Some((language, heading)), lines });
        (self.before, self.strays) = (Before::Text, Strays::Own);
    }

    /// What stands in the line of a label as a line of its own.
    fn inline(&self, value: &str, at: usize) -> Line {
        Line::plain(self.lines[at].number, value, Gap::None)
    }

    fn field(&mut self, label: usize, key: String, era: Era, first: Option<Line>) {
        let lines = match key.as_str() {
            RELATED => return self.related(first),
            "date" => self.date(era, first),
            "source" => first.or_else(|| self.take(|line| is_address(&line.text))).into_iter().collect(),
            single if SINGLE.contains(&single) => {
                first.or_else(|| self.take(|line| is_name(line))).into_iter().collect()
            }
            _ => self.names(first),
        };
        if lines.is_empty() && self.is_followed_by_text() {
            return self.no_label(label);
        }
        if !lines.is_empty() {
            self.parts.fields.push(Field { key, era, lines });
        }
        if self.text > SHORTEST_TEXT && self.strays == Strays::Own && self.before == Before::Text {
            self.strays = Strays::Doubtful;
        }
        self.before = Before::Field;
    }

    /// Whether a line comes next that is no label.
    fn is_followed_by_text(&self) -> bool {
        let is_said = |line: &Line| line.is_text() && !self.is_around(line);
        let next = self.lines[self.at..].iter().position(is_said).map(|next| self.at + next);
        next.is_some_and(|next| self.context.labels.at(&self.lines[next..], Before::Field).is_none())
    }

    /// Whether a line after a field belongs to the page around the article.
    fn is_around(&self, line: &Line) -> bool {
        self.context.is_noise(line) || self.context.is_footer(&line.text)
    }

    /// A label above text that is no value of it stays text.
    fn no_label(&mut self, label: usize) {
        let lines = self.lines;
        for line in &lines[label..self.at] {
            let reason = "looks like a label, but what follows is no value of it; it is kept as text";
            self.parts.doubts.push(self.context.doubt(line, reason));
            self.section().lines.push(line.clone());
        }
        self.before = Before::Text;
    }

    /// The next line, if it may be a value.
    fn next(&self) -> Option<&Line> {
        let line = self.lines.get(self.at)?;
        let is_value = line.is_text() && !self.is_around(line) && line.kind != Kind::Heading;
        (is_value && self.context.labels.at(&self.lines[self.at..], Before::Field).is_none()).then_some(line)
    }

    /// A date, and the same date again in the other language. What has digits and is short is meant as a date.
    fn date(&mut self, era: Era, first: Option<Line>) -> Vec<Line> {
        let is_meant = |line: &&Line| {
            let has_digits = line.text.contains(char::is_numeric);
            is_date(&era.date(&line.text)) || has_digits && line.text.chars().count() <= LONGEST_DATE
        };
        let line = first.or_else(|| self.take(is_meant));
        let mut lines: Vec<Line> = line.into_iter().collect();
        while let Some(again) = self.take(|line| !lines.is_empty() && is_date(&era.date(&line.text))) {
            lines.push(again);
        }
        lines
    }

    /// The next line, if it may be a value and is as it should be.
    fn take(&mut self, is_right: impl Fn(&&Line) -> bool) -> Option<Line> {
        let line = self.next().filter(is_right)?.clone();
        self.at += 1;
        Some(line)
    }

    /// Names: items of a list, or lines that are short. Of lines that nothing parts from the text after them, the first
    /// alone is sure to be a name.
    fn names(&mut self, first: Option<Line>) -> Vec<Line> {
        let goes_on = first.as_ref().is_none_or(Line::is_item);
        let mut lines: Vec<Line> = first.into_iter().collect();
        if goes_on {
            lines.extend(self.short_lines(lines.is_empty()));
        }
        let items = self.items();
        lines.extend(items);
        lines
    }

    fn items(&mut self) -> Vec<Line> {
        let mut items = Vec::new();
        while let Some(item) = self.take(|line| line.is_item() && is_name(line)) {
            items.push(item);
        }
        items
    }

    /// Lines of names without bullets.
    fn short_lines(&mut self, may_begin: bool) -> Vec<Line> {
        let start = self.at;
        while may_begin
            && self.next().is_some_and(|line| {
                let is_parted = self.at > start && line.gap == Gap::Parting;
                !line.is_item() && is_name(line) && !is_parted
            })
        {
            self.at += 1;
        }
        let after = self.lines.get(self.at);
        let is_parted = after.is_none_or(|after| after.gap == Gap::Parting || after.is_item() || !after.is_text());
        let is_sure = is_parted || self.next().is_none() && !self.is_followed_by_text();
        if !is_sure {
            self.at = self.at.min(start + 1);
        }
        self.lines[start..self.at].to_vec()
    }

    /// All lines until the next field or language version.
    fn related(&mut self, first: Option<Line>) {
        let mut lines: Vec<Line> = first.into_iter().collect();
        while let Some(line) = self.lines.get(self.at) {
            match self.context.labels.at(&self.lines[self.at..], Before::Text) {
                None => lines.push(line.clone()),
                Some(_) => break,
            }
            self.at += 1;
        }
        self.parts.related.push(lines);
        (self.before, self.strays) = (Before::Field, Strays::Own);
    }
}

fn is_address(text: &str) -> bool {
    text.contains("://") || text.starts_with("www.")
}

/// Whether a line may be a name: it is short and no sentence.
fn is_name(line: &Line) -> bool {
    let text = &line.text;
    let is_sentence = text.ends_with(['.', '!', '?', ';', '…']) && text.split_whitespace().count() > 7;
    !text.is_empty() && !is_sentence && text.chars().count() <= LONGEST_NAME
}
