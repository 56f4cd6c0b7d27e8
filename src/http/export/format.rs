//! The formats of exports: their names, and how articles are put into each.

use std::str::FromStr;

use axum::http::{HeaderMap, header};
use headers_accept::Accept;
use mediatype::MediaType;

use super::citation::{Citation, Citing};
use super::{bibtex, csl, csv, ndjson, ris};
use crate::content::Article;
use crate::http::fields::Fields;
use crate::search::Warning;

/// A format to take articles away in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Format {
    Bibtex,
    Ris,
    CslJson,
    Csv,
    Ndjson,
}

/// What the API gives where nothing else is asked for.
const JSON: &str = "application/json";

/// Each format with the extension of its addresses and files, its media type and the parameters of that.
const FORMATS: [(Format, &str, &str, &str); 5] = [
    (Format::Bibtex, ".bib", "application/x-bibtex", "; charset=utf-8"),
    (Format::Ris, ".ris", "application/x-research-info-systems", "; charset=utf-8"),
    (Format::CslJson, ".csl.json", "application/vnd.citationstyles.csl+json", ""),
    (Format::Csv, ".csv", "text/csv", "; charset=utf-8; header=present"),
    (Format::Ndjson, ".ndjson", "application/x-ndjson", ""),
];

impl Format {
    /// All formats, in the order in which they are shown.
    pub(in crate::http) const ALL: [Format; 5] =
        [Format::Bibtex, Format::Ris, Format::CslJson, Format::Csv, Format::Ndjson];

    /// What people call it.
    pub(in crate::http) fn title(self) -> &'static str {
        match self {
            Format::Bibtex => "BibTeX",
            Format::Ris => "RIS",
            Format::CslJson => "CSL-JSON",
            Format::Csv => "CSV",
            Format::Ndjson => "NDJSON",
        }
    }

    /// What it is called in the names of operations.
    pub(in crate::http) fn id(self) -> &'static str {
        match self {
            Format::Bibtex => "Bibtex",
            Format::Ris => "Ris",
            Format::CslJson => "CslJson",
            Format::Csv => "Csv",
            Format::Ndjson => "Ndjson",
        }
    }

    pub(in crate::http) fn media_type(self) -> &'static str {
        self.row().2
    }

    /// An address without the extension that it ends with, and the format which that names.
    pub(super) fn of_address(address: &str) -> Option<(&str, Format)> {
        FORMATS.iter().find_map(|(format, extension, ..)| Some((address.strip_suffix(extension)?, *format)))
    }

    /// The format that is accepted most; `None` for JSON, also where nothing that there is is accepted.
    pub(in crate::http) fn accepted(headers: &HeaderMap) -> Option<Format> {
        let accepted: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|it| it.to_str().ok()).collect();
        let accepted = Accept::from_str(&accepted.join(",")).ok()?;
        let media_types = FORMATS.iter().map(|(_, _, media_type, _)| *media_type);
        // JSON is preferred where all are accepted alike.
        let offered: Vec<MediaType<'_>> =
            [JSON].into_iter().chain(media_types).filter_map(|it| MediaType::parse(it).ok()).collect();
        let chosen = accepted.negotiate(&offered)?.to_string();
        FORMATS.iter().find(|(_, _, media_type, _)| *media_type == chosen).map(|(format, ..)| *format)
    }

    pub(in crate::http) fn extension(self) -> &'static str {
        self.row().1
    }

    pub(in crate::http) fn content_type(self) -> String {
        let (_, _, media_type, parameters) = self.row();
        format!("{media_type}{parameters}")
    }

    fn row(self) -> (Format, &'static str, &'static str, &'static str) {
        FORMATS.into_iter().find(|(format, ..)| *format == self).unwrap_or(FORMATS[0])
    }

    /// What comes before the articles.
    pub(super) fn head(self, warnings: &[Warning]) -> String {
        match self {
            Format::Bibtex => bibtex::head(warnings),
            Format::CslJson => "[".to_owned(),
            Format::Csv => csv::head(),
            Format::Ris | Format::Ndjson => String::new(),
        }
    }

    /// Each with the extension of its addresses and its media type.
    pub(in crate::http) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        FORMATS.iter().map(|(_, extension, media_type, _)| (*extension, *media_type))
    }

    /// Whether it has the fields of articles, of which some can be asked for.
    pub(in crate::http) fn has_fields(self) -> bool {
        self == Format::Ndjson
    }

    /// One article. `fields` are those of a format that has any.
    pub(super) fn entry(self, article: Article, citing: Citing<'_>, fields: &Fields) -> String {
        let cited = |article: &Article| Citation::of(article, citing);
        match self {
            Format::Bibtex => bibtex::entry(&cited(&article)),
            Format::Ris => ris::entry(&cited(&article)),
            Format::CslJson => csl::entry(&cited(&article)),
            Format::Csv => csv::entry(&article, &cited(&article)),
            Format::Ndjson => ndjson::entry(article, citing.identity, fields),
        }
    }

    /// What comes between two articles.
    pub(super) fn between(self) -> &'static str {
        match self {
            Format::CslJson => ",\n",
            Format::Bibtex => "\n",
            Format::Ris | Format::Csv | Format::Ndjson => "",
        }
    }

    /// What comes after the articles.
    pub(super) fn tail(self) -> &'static str {
        match self {
            Format::CslJson => "]\n",
            Format::Bibtex | Format::Ris | Format::Csv | Format::Ndjson => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("application/x-bibtex", Some(Format::Bibtex))]
    #[case("text/csv;q=0.5, application/x-research-info-systems", Some(Format::Ris))]
    #[case("text/csv, */*", Some(Format::Csv))]
    #[case("application/json;q=0.9, application/vnd.citationstyles.csl+json", Some(Format::CslJson))]
    #[case("application/json, application/x-ndjson;q=0.9", None)]
    #[case("*/*", None)]
    #[case("text/csv;q=0, */*;q=0.1", None)]
    #[case("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", None)]
    #[case("image/png", None)]
    #[case("nonsense", None)]
    #[case("", None)]
    fn the_most_accepted_format_is_given_and_else_json(#[case] accept: &str, #[case] expected: Option<Format>) {
        let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().expect("a header"))]);
        assert_eq!(Format::accepted(&headers), expected);
    }

    #[test]
    fn an_extension_names_a_format() {
        assert_eq!(Format::of_address("a/b.csl.json"), Some(("a/b", Format::CslJson)));
        assert_eq!(Format::of_address("a/b.json"), None);
    }
}
