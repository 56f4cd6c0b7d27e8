//! Articles to take away: the results of a search, all of them, and single articles, as citations and as data.
//!
//! `format` names the formats, and each has a file of its own, which puts what `citation` has of an article into text.
//! `stream` gives long results piece by piece, and `file_name` says what they are saved as.

mod apa;
mod bibtex;
mod citation;
mod csl;
mod csv;
mod file_name;
mod format;
mod name;
mod ndjson;
mod ris;
mod stream;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};

pub(super) use self::format::Format;
pub(super) use self::stream::MOST_AT_ONCE;

use self::citation::{Citation, Citing};
use super::fields::{Fields, Of};
use super::problem::Problem;
use super::recording::Pairs;
use super::respond::blocking;
use super::{Identity, Service, api, searching};
use crate::content::{Article, ArticleId, Site};
use crate::search::{MOST_EXPORTED, Request, RequestError, Warning};

/// An article as those cite it who read its page.
pub(super) struct Cited {
    /// A line in the manner of APA.
    pub(super) apa: String,
    pub(super) bibtex: String,
    pub(super) ris: String,
}

/// How `article` is cited.
pub(super) fn cited(article: &Article, site: &Site, identity: &Identity) -> Cited {
    let citation = Citation::of(article, Citing { site, identity });
    Cited {
        apa: apa::line(&citation),
        bibtex: bibtex::entry(&citation),
        ris: ris::entry(&citation).replace("\r\n", "\n"),
    }
}

/// How many articles were found, of which an export may have fewer.
pub(super) const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
/// What was not taken as typed and what is left out: a list of display strings (RFC 9651), which can have Thai in them.
pub(super) const WARNINGS: HeaderName = HeaderName::from_static("khonha-warnings");
/// The most warnings of a header, and the most characters of each: programs refuse long ones.
const MOST_WARNINGS: usize = 16;
const LONGEST_WARNING: usize = 300;

/// `GET /api/v1/search`, in the format that is accepted most, and `GET /api/v1/search.bib` and so on.
pub(super) async fn search(
    State(service): State<Service>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let named = Format::of_address(uri.path()).map(|(_, format)| format);
    match named.or_else(|| Format::accepted(&headers)) {
        Some(format) => results(service, format, query.as_deref()).await,
        None => searching::search(State(service), RawQuery(query)).await,
    }
}

/// `GET /api/v1/articles/{id}`, in the format that is accepted most, and `GET /api/v1/articles/{id}.bib` and so on.
pub(super) async fn article(
    State(service): State<Service>,
    headers: HeaderMap,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let Path(id) = path?;
    let accepted = Format::accepted(&headers);
    let (asked, of, parameters) = (id.clone(), service.clone(), query.clone());
    let exported = blocking(move || exported(&of, &asked, accepted, parameters.as_deref())).await?;
    match exported {
        Some(response) => Ok(response),
        None => api::article(State(service), Ok(Path(id)), RawQuery(query)).await,
    }
}

/// An article in a format of exports; `None` where the API has to answer: with JSON, related articles or a problem.
fn exported(
    service: &Service,
    asked: &str,
    accepted: Option<Format>,
    query: Option<&str>,
) -> Result<Option<Response>, Problem> {
    let generation = service.generation()?;
    let find = |id: &str| generation.index.article(&ArticleId(id.to_owned()));
    let (article, format) = match (find(asked)?, Format::of_address(asked)) {
        // An id may end as an address of an export does.
        (Some(article), _) => (Some(article), accepted),
        (None, Some((id, format))) => (find(id)?, Some(format)),
        (None, None) => (None, None),
    };
    let (Some(article), Some(format)) = (article, format) else { return Ok(None) };
    let citing = Citing { site: &generation.site, identity: &service.identity };
    let name = file_name::attachment(&article.id.0, format);
    let fields = if format.has_fields() { Fields::of_query(query, Of::Article)? } else { Fields::All };
    let text = [&format.head(&[]), &format.entry(article, citing, &fields), format.tail()].concat();
    Ok(Some((head(format, &name), text).into_response()))
}

/// All that a search finds.
async fn results(service: Service, format: Format, query: Option<&str>) -> Result<Response, Problem> {
    let asked = Asked::read(query, format)?;
    let name = file_name::attachment(&asked.request.text, format);
    let (found, body) = stream::open(service, format, asked).await?;
    let mut response = (head(format, &name), [(TOTAL, found.total.to_string())], body).into_response();
    if !found.warnings.is_empty() {
        response.headers_mut().extend(header_value(&warnings(&found.warnings)).map(|value| (WARNINGS, value)));
    }
    Ok(response)
}

fn head(format: Format, name: &str) -> HeaderMap {
    let values = [(header::CONTENT_TYPE, format.content_type()), (header::CONTENT_DISPOSITION, name.to_owned())];
    values.into_iter().filter_map(|(name, value)| Some((name, header_value(&value)?))).collect()
}

fn header_value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}

/// What a search for an export asks for. It has no pages, and as many articles as there are or `limit` says.
#[derive(Debug)]
struct Asked {
    request: Request,
    most: usize,
    fields: Fields,
    unknown: Vec<Warning>,
}

impl Asked {
    fn read(query: Option<&str>, format: Format) -> Result<Asked, Problem> {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        let (paging, mut others): (Pairs<'_>, Pairs<'_>) =
            pairs.partition(|(name, _)| matches!(name.as_ref(), "page" | "limit"));
        let mut limits = paging.iter().filter(|(name, value)| name == "limit" && !value.trim().is_empty());
        let most = limits.next_back().map_or(Ok(MOST_EXPORTED), |(_, value)| limit(value))?;
        let fields = if format.has_fields() { Fields::take(&mut others, Of::Article)? } else { Fields::All };
        let others = others.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
        let (request, unknown) = Request::from_parameters(others)?;
        Ok(Asked { request, most, fields, unknown })
    }
}

fn limit(value: &str) -> Result<usize, RequestError> {
    let number = value.trim().parse().ok().filter(|number| (1..=MOST_EXPORTED).contains(number));
    number.ok_or_else(|| RequestError {
        name: "limit".to_owned(),
        value: value.to_owned(),
        expected: format!("an export has from 1 to {MOST_EXPORTED} articles"),
    })
}

fn warnings(warnings: &[Warning]) -> String {
    let shown = warnings.iter().take(MOST_WARNINGS).map(|warning| display_string(&warning.to_string()));
    shown.collect::<Vec<_>>().join(", ")
}

/// A display string of RFC 9651: bytes that a header cannot have are percent-encoded.
fn display_string(text: &str) -> String {
    let shown: String = text.chars().take(LONGEST_WARNING).collect();
    let encoded = shown.bytes().map(|byte| match byte {
        b'%' | b'"' => format!("%{byte:02x}"),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02x}"),
    });
    format!("%\"{}\"", encoded.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_has_no_pages_and_all_articles_but_for_a_limit() {
        for (query, expected) in
            [("q=a&page=7", 10_000), ("limit=", 10_000), ("limit=500&page=900", 500), ("limit=1&limit=2", 2)]
        {
            let asked = Asked::read(Some(query), Format::Csv).expect("good parameters");
            assert_eq!((asked.request.page, asked.most, asked.unknown.len()), (1, expected, 0), "{query}");
        }
        for query in ["limit=0", "limit=10001"] {
            assert!(Asked::read(Some(query), Format::Csv).is_err(), "{query}");
        }
    }

    #[test]
    fn only_formats_with_fields_have_some_of_them() {
        let read = |format| Asked::read(Some("fields=id"), format).expect("good parameters");
        assert_eq!((read(Format::Ndjson).fields.want("body"), read(Format::Ndjson).unknown.len()), (false, 0));
        assert_eq!((read(Format::Csv).fields, read(Format::Csv).unknown.len()), (Fields::All, 1));
    }

    #[test]
    fn warnings_are_display_strings() {
        assert_eq!(display_string("50% \"ก\""), "%\"50%25 %22%e0%b8%81%22\"");
        let many = vec![Warning::UnknownParameter("x".repeat(1_000)); 100];
        assert!(warnings(&many).len() < 8_000);
    }
}
