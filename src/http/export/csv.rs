//! CSV for spreadsheets (RFC 4180): UTF-8 with the mark by which they tell it, and one row an article.
//!
//! Lists are parted by `"; "`. A cell that a spreadsheet would take for a formula has an apostrophe before it, by which
//! spreadsheets know a text.

use super::citation::{Citation, one_line};
use crate::content::{Article, Localized};
use crate::text::Language;

/// The columns, as the first row names them.
const COLUMNS: [&str; 17] = [
    "id",
    "title_th",
    "title_en",
    // ISO 8601 in the Common Era, as exactly as it is known: 2024-07-10, 2024-07 or 2024.
    "date",
    "year_ce",
    "year_be",
    "authors",
    "organisations",
    // Ids, and names in both languages.
    "topics",
    "keywords",
    // The id, and the name in the language of the title.
    "series",
    "series_name",
    "languages",
    // Where it was first published or else its page; and its page.
    "url",
    "page",
    "summary_th",
    "summary_en",
];

/// The mark of the encoding and the names of the columns.
pub(super) fn head() -> String {
    format!("\u{FEFF}{}", row(&COLUMNS.map(str::to_owned)))
}

pub(super) fn entry(article: &Article, citation: &Citation) -> String {
    let text = |localized: &Localized, language| localized.get(language).map(one_line).unwrap_or_default();
    let list = |texts: &[String]| texts.iter().map(|text| one_line(text)).collect::<Vec<_>>().join("; ");
    let year = article.date.map(|date| date.year());
    let languages: Vec<String> = article.languages.iter().map(|language| language.tag().to_owned()).collect();
    let cells: [String; COLUMNS.len()] = [
        article.id.to_string(),
        text(&article.title, Language::Thai),
        text(&article.title, Language::English),
        article.date.map(|date| date.to_string()).unwrap_or_default(),
        year.map(|year| year.common_era().to_string()).unwrap_or_default(),
        year.map(|year| year.buddhist_era().to_string()).unwrap_or_default(),
        list(&article.authors),
        list(&article.organisations),
        list(&article.topics),
        list(&citation.keywords),
        article.series.clone().unwrap_or_default(),
        citation.series.clone().unwrap_or_default(),
        list(&languages),
        citation.url.clone(),
        citation.page.clone(),
        text(&article.summary, Language::Thai),
        text(&article.summary, Language::English),
    ];
    row(&cells.map(guarded))
}

/// A cell that is no formula.
fn guarded(cell: String) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell,
    }
}

fn row(cells: &[String]) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory does not fail, and cells are UTF-8.
    let written = writer.write_record(cells).ok().and_then(|()| writer.into_inner().ok());
    String::from_utf8(written.unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(guarded(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(guarded("ก=1".to_owned()), "ก=1");
    }

    #[test]
    fn cells_with_quotes_and_commas_are_quoted() {
        assert_eq!(row(&["a,b".to_owned(), "\"c\"".to_owned()]), "\"a,b\",\"\"\"c\"\"\"\r\n");
    }
}
