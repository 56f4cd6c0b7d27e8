//! What a file of PDF says of itself, as far as that is worth anything: programs fill these fields with whatever they have.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::glyphs;

/// Names that programs put for a person.
const NO_AUTHORS: [&str; 14] = [
    "user",
    "users",
    "admin",
    "administrator",
    "owner",
    "author",
    "unknown",
    "anonymous",
    "pc",
    "hp",
    "acer",
    "asus",
    "dell",
    "microsoft office user",
];
/// What programs call a document that has no title.
const NO_TITLES: [&str; 8] = [
    "untitled",
    "document",
    "presentation",
    "powerpoint presentation",
    "slide",
    "title",
    "microsoft word",
    "about:blank",
];
/// Names of files end so.
const EXTENSIONS: [&str; 14] = [
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".xls", ".xlsx", ".indd", ".qxd", ".html", ".htm", ".tex",
];
/// No file of PDF is older.
const FIRST_YEAR: u32 = 1993;
/// How many characters a title or an author may have.
const LONGEST: usize = 300;

/// Fields of a file's dictionary of information.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Info {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) keywords: Option<String>,
    /// When it was made, as PDF writes it, `D:20240115093000+07'00'`, or as XML does, `2024-01-15T09:30:00+07:00`.
    pub(super) created: Option<String>,
}

impl Info {
    /// The title, if it is one.
    pub(super) fn title(&self) -> Option<String> {
        let title = text(self.title.as_ref()?)?;
        let small = title.to_lowercase();
        let bare = small.trim_end_matches(|ch: char| ch.is_ascii_digit() || ch.is_whitespace());
        let is_of_program = NO_TITLES.contains(&bare) || small.starts_with("microsoft word - ");
        let is_file = EXTENSIONS.iter().any(|extension| small.ends_with(extension)) || small.contains(":\\");
        (!is_of_program && !is_file && title.chars().any(char::is_alphabetic)).then_some(title)
    }

    /// The day on which it was made, as ISO 8601 has it.
    pub(super) fn date(&self) -> Option<String> {
        let digits: String =
            self.created.as_ref()?.chars().take_while(|&ch| ch != 'T').filter(char::is_ascii_digit).collect();
        let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u32>().ok();
        let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
        let is_date = year >= FIRST_YEAR && (1..=12).contains(&month) && (1..=31).contains(&day);
        is_date.then(|| format!("{year:04}-{month:02}-{day:02}"))
    }

    /// Authors, keywords and date in the keys of front matter.
    pub(super) fn metadata(&self) -> Map<String, Value> {
        let authors = self.author.as_ref().map(|author| list(author, &[';'])).unwrap_or_default();
        let authors: Vec<String> = authors.into_iter().filter(|author| is_person(author)).collect();
        let keywords = self.keywords.as_ref().map(|keywords| list(keywords, &[';', ','])).unwrap_or_default();
        let lists = [("authors", authors), ("keywords", keywords)].into_iter().filter(|(_, list)| !list.is_empty());
        let mut metadata: Map<String, Value> = lists.map(|(key, list)| (key.to_owned(), list.into())).collect();
        metadata.extend(self.date().map(|date| ("date".to_owned(), date.into())));
        metadata
    }
}

/// A field as a text, if it is one that people can read.
fn text(field: &str) -> Option<String> {
    let text: String = glyphs::letters(field).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_readable = !text.chars().any(glyphs::is_private) && text.chars().count() <= LONGEST;
    (!text.is_empty() && is_readable).then_some(text)
}

fn list(field: &str, separators: &[char]) -> Vec<String> {
    field.split(separators).filter_map(text).collect()
}

fn is_person(author: &str) -> bool {
    let small = author.to_lowercase();
    let is_of_program = NO_AUTHORS.contains(&small.as_str()) || small.ends_with("-pc");
    let is_account = small.contains(['\\', '@']) || small.chars().all(|ch| ch.is_ascii_digit());
    !is_of_program && !is_account
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Microsoft Word - รายงาน.docx", None)]
    #[case("Document1", None)]
    #[case("untitled", None)]
    #[case("C:\\งาน\\แผน", None)]
    #[case("รายงาน.pdf", None)]
    #[case("2567", None)]
    #[case("  งบซ่อมถนน   สามปี ", Some("งบซ่อมถนน สามปี"))]
    #[case("ÃÒÂ§Ò¹§º»ÃÐÁÒ³", Some("รายงานงบประมาณ"))]
    #[case("Slide rules of budgeting", Some("Slide rules of budgeting"))]
    fn a_title_is_taken_where_it_is_one(#[case] title: &str, #[case] expected: Option<&str>) {
        let info = Info { title: Some(title.to_owned()), ..Info::default() };
        assert_eq!(info.title().as_deref(), expected);
    }

    #[rstest]
    #[case("D:20240115093000+07'00'", Some("2024-01-15"))]
    #[case("20240115", Some("2024-01-15"))]
    #[case("2024-01-15T09:30:00+07:00", Some("2024-01-15"))]
    #[case("D:19040101000000Z", None)]
    #[case("D:20241345", None)]
    #[case("วันนี้", None)]
    fn the_day_is_read(#[case] created: &str, #[case] expected: Option<&str>) {
        let info = Info { created: Some(created.to_owned()), ..Info::default() };
        assert_eq!(info.date().as_deref(), expected);
    }

    #[test]
    fn accounts_are_no_authors() {
        let author = Some("สมหญิง ใจดี; Administrator; NOTEBOOK\\som; Helen Marchbanks".to_owned());
        let info = Info {
            author, keywords: Some("งบประมาณ, ท้องถิ่น".to_owned()), ..Info::default()
        };
        let expected =
            serde_json::json!({"authors": ["สมหญิง ใจดี", "Helen Marchbanks"], "keywords": ["งบประมาณ", "ท้องถิ่น"]});
        assert_eq!(Value::Object(info.metadata()), expected);
    }
}
