//! Labels: what stands before a field, and the headings of language versions.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::line::{Kind, LONGEST_LABEL, Line};
use super::settings::HubSettings;
use crate::text::calendar::CalendarDate;
use crate::text::{Language, bare};

/// A label may be broken into so many lines.
const MOST_LINES: usize = 3;
/// Shorter labels, in bytes, are words that any text may begin with.
const SHORTEST_CLEAR: usize = 6;
/// A date is looked for in so many words.
const MOST_WORDS: usize = 16;
/// How many spaces, tabs and dashes are looked at for the end of a label.
const MOST_ENDS: usize = 8;

/// What a label says of what comes after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// The key of the metadata that it is, and what years of two digits count from.
    Field(String, Era),
    /// From here on the text is in a language.
    Section(Language),
}

/// What years of two digits count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    /// Nothing says so.
    Untold,
    /// The label says "พ.ศ.".
    Buddhist,
    /// The label says "ค.ศ.".
    Common,
}

/// A label in its place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) label: Label,
    /// How many lines it takes.
    pub(super) lines: usize,
    /// What stands in its last line after it.
    pub(super) value: Option<String>,
}

/// What comes before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Text of the article, or nothing.
    Text,
    /// A field, so that another is likely.
    Field,
}

/// The labels of a site.
pub(super) struct Labels {
    own: Table,
}

type Table = HashMap<String, Label>;

static USUAL: LazyLock<Table> = LazyLock::new(|| table(HubSettings::usual()));

fn table(settings: &HubSettings) -> Table {
    let fields = settings.labels.iter().flat_map(|(key, names)| {
        names.all().iter().map(move |name| (bare(name), Label::Field(key.clone(), Era::of(name))))
    });
    let sections = settings.sections.iter();
    let sections =
        sections.flat_map(|(&to, names)| names.all().iter().map(move |name| (bare(name), Label::Section(to))));
    fields.chain(sections).filter(|(name, _)| !name.is_empty()).collect()
}

impl Label {
    /// The key of a field.
    pub(super) fn key(self) -> Option<String> {
        match self {
            Label::Field(key, _) => Some(key),
            Label::Section(_) => None,
        }
    }
}

impl Era {
    fn of(label: &str) -> Era {
        let is_of = |names: &[&str]| names.iter().any(|name| label.contains(name));
        match label {
            _ if is_of(&["พ.ศ.", "B.E."]) => Era::Buddhist,
            _ if is_of(&["ค.ศ.", "C.E.", "A.D."]) => Era::Common,
            _ => Era::Untold,
        }
    }

    /// The text with the era before it where that is needed to read it.
    pub(super) fn date(self, text: &str) -> String {
        let before = match self {
            Era::Untold => return text.to_owned(),
            Era::Buddhist => "พ.ศ.",
            Era::Common => "ค.ศ.",
        };
        let with_era = || format!("{before} {text}");
        if is_date(text) || !is_date(&with_era()) { text.to_owned() } else { with_era() }
    }

    /// The date in a text: all of it, or else its last words, or its first.
    pub(super) fn within(self, text: &str) -> Option<String> {
        let words: Vec<&str> = text.split_whitespace().take(MOST_WORDS).collect();
        let last = (0..words.len()).map(|from| words[from..].join(" "));
        let first = (1..words.len()).rev().map(|to| words[..to].join(" "));
        [text.to_owned()].into_iter().chain(last).chain(first).find(|text| is_date(&self.date(text)))
    }
}

/// Whether a text is a date and nothing else.
pub(super) fn is_date(text: &str) -> bool {
    CalendarDate::parse(text).is_ok()
}

impl Labels {
    /// The labels of an operator and those of everywhere.
    pub(super) fn new(settings: &HubSettings) -> Labels {
        Labels { own: table(settings) }
    }

    /// The label that the first of `lines` begins with.
    pub(super) fn at(&self, lines: &[Line], before: Before) -> Option<Found> {
        let first = lines.first().filter(|line| line.is_text())?;
        self.alone(lines).or_else(|| self.with_value(&first.text, before))
    }

    /// A label that takes whole lines, the longest first.
    fn alone(&self, lines: &[Line]) -> Option<Found> {
        let mut joined = String::new();
        let mut found = None;
        for (number, line) in lines.iter().take(MOST_LINES).enumerate() {
            let Some(bare) = line.bare().filter(|_| number == 0 || line.kind != Kind::Bullet) else { break };
            joined.push_str(&bare);
            let label = self.get(&joined).map(|label| Found { label, lines: number + 1, value: None });
            found = label.or(found);
        }
        found
    }

    /// A label with its value in the same line.
    fn with_value(&self, text: &str, before: Before) -> Option<Found> {
        let found = |label, value: &str| Found { label, lines: 1, value: Some(value.trim().to_owned()) };
        let ends = text.match_indices(|ch: char| ch.is_whitespace() || ":：|–-".contains(ch)).take(MOST_ENDS);
        let mut ends: Vec<_> = ends.filter(|(at, _)| (1..=LONGEST_LABEL).contains(at)).collect();
        ends.reverse();
        ends.into_iter().find_map(|(at, end)| {
            let (label, value) = (self.get(&bare(&text[..at]))?, &text[at + end.len()..]);
            let is_clear = at >= SHORTEST_CLEAR && value.len() <= LONGEST_LABEL;
            let before = if is_clear { before } else { Before::Text };
            is_value(&label, end, value, before).then(|| found(label, value))
        })
    }

    fn get(&self, bare: &str) -> Option<Label> {
        self.own.get(bare).or_else(|| USUAL.get(bare)).cloned()
    }
}

/// Whether what follows a label in its line is its value. One space alone says little: text may begin with any word.
fn is_value(label: &Label, end: &str, value: &str, before: Before) -> bool {
    let Label::Field(key, era) = label else { return matches!(end, ":" | "：") && !value.trim().is_empty() };
    match end {
        _ if value.trim().is_empty() => false,
        ":" | "：" | "|" | "\t" => true,
        _ if key == "date" => is_date(&era.date(value.trim())),
        _ if value.starts_with([' ', '\t']) => true,
        _ => before == Before::Field,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::content::formats::hub::Gap;

    fn found(text: &str, before: Before) -> Option<(String, usize, Option<String>)> {
        let lines: Vec<Line> = text.lines().map(|line| Line::plain(None, line, Gap::None)).collect();
        let found = Labels::new(&HubSettings::default()).at(&lines, before)?;
        let key = match found.label {
            Label::Field(key, _) => key,
            Label::Section(language) => language.tag().to_owned(),
        };
        Some((key, found.lines, found.value))
    }

    #[rstest]
    #[case("ผู้แต่ง", "authors", 1, None)]
    #[case("ผู้แต่ง :", "authors", 1, None)]
    #[case("ปีที่แต่ง\n(พ.ศ.)\n2567", "date", 2, None)]
    #[case("หน่วยงาน\nสนับสนุน\nมูลนิธิ", "organisations", 2, None)]
    #[case("You might also like...", "related_titles", 1, None)]
    #[case("YOU MIGHT ALSO LIKE…", "related_titles", 1, None)]
    #[case("Related\nContent", "related_titles", 2, None)]
    #[case("English Version", "en", 1, None)]
    #[case("ผู้แต่ง: สมชาย", "authors", 1, Some("สมชาย"))]
    #[case("ผู้แต่ง  สมชาย", "authors", 1, Some("สมชาย"))]
    #[case("ปีที่แต่ง (พ.ศ.) 10 ก.ค. 67", "date", 1, Some("10 ก.ค. 67"))]
    #[case("Author(s): A. Doe", "authors", 1, Some("A. Doe"))]
    fn labels_are_found(#[case] text: &str, #[case] key: &str, #[case] lines: usize, #[case] value: Option<&str>) {
        assert_eq!(found(text, Before::Text), Some((key.to_owned(), lines, value.map(str::to_owned))));
    }

    #[rstest]
    #[case("ผู้แต่งหนังสือเล่มนี้กล่าวว่า")]
    #[case("ผู้แต่ง สมชาย")]
    #[case("วันที่ ประชาชนรอคอย")]
    #[case("By law, contracts must be public.")]
    #[case("")]
    fn text_that_begins_like_a_label_is_text(#[case] text: &str) {
        assert_eq!(found(text, Before::Text), None);
    }

    #[test]
    fn a_space_is_enough_after_another_field() {
        assert_eq!(found("ผู้แต่ง สมชาย", Before::Field).and_then(|it| it.2).as_deref(), Some("สมชาย"));
    }

    #[rstest]
    #[case("10 ก.ค. 67", Some("10 ก.ค. 67"))]
    #[case("เผยแพร่ครั้งแรกเมื่อ 4 เมษายน 2567", Some("4 เมษายน 2567"))]
    #[case("2567 (ฉบับปรับปรุง)", Some("2567"))]
    #[case("เร็ว ๆ นี้", None)]
    fn a_date_may_have_words_around_it(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(Era::Buddhist.within(text).as_deref(), expected);
    }

    #[test]
    fn labels_of_the_operator_come_first() {
        let settings: HubSettings = toml::from_str("[labels]\ntopics = 'ผู้แต่ง'\nfunder = ['แหล่งทุน']").expect("settings");
        let labels = Labels::new(&settings);
        let key =
            |text: &str| labels.at(&[Line::plain(Some(1), text, Gap::None)], Before::Text).map(|found| found.label);
        assert_eq!(key("ผู้แต่ง"), Some(Label::Field("topics".to_owned(), Era::Untold)));
        assert_eq!(key("แหล่งทุน"), Some(Label::Field("funder".to_owned(), Era::Untold)));
    }
}
