//! Articles to take away: the results of a search, all of them, and single articles, as citations and as data.
//!
//! `format` names the formats, and each has a file of its own, which puts what `citation` has of an article into text.
//! `stream` gives long results piece by piece, and `file_name` says what they are saved as.

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

pub(super) use self::stream::MOST_AT_ONCE;

use self::citation::Citing;
pub(super) use self::format::Format;
use super::problem::Problem;
use super::respond::blocking;
use super::warnings::telling;
use super::{Service, api, parameters};
use crate::content::ArticleId;

/// How many articles were found, of which an export may have fewer.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");
/// `GET /api/v1/search`, in the format that is accepted most, and `GET /api/v1/search.bib` and so on.
pub(super) async fn search(
    State(service): State<Service>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let named = Format::of_address(uri.path()).map(|(_, format)| format);
    let response = match named.or_else(|| Format::accepted(&headers)) {
        Some(format) => results(service, format, query.as_deref()).await?,
        None => api::search(State(service), RawQuery(query)).await?.into_response(),
    };
    Ok(varying(response))
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
    let warnings = parameters::read(&parameters::NOTHING, query.as_deref())?.warnings;
    let (asked, of) = (id.clone(), service.clone());
    let exported = blocking(move || exported(&of, &asked, accepted)).await?;
    let response = match exported {
        Some(response) => telling(&warnings, response),
        None => api::article(State(service), Ok(Path(id)), RawQuery(query)).await?,
    };
    Ok(varying(response))
}

/// The same address answers in other formats to those who accept others.
fn varying(mut response: Response) -> Response {
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept"));
    response
}

/// An article in a format of exports; `None` where the API has to answer: with JSON, related articles or a problem.
fn exported(service: &Service, asked: &str, accepted: Option<Format>) -> Result<Option<Response>, Problem> {
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
    let text = [&format.head(&[]), &format.entry(article, citing), format.tail()].concat();
    Ok(Some((head(format, &name), text).into_response()))
}

/// All that a search finds.
async fn results(service: Service, format: Format, query: Option<&str>) -> Result<Response, Problem> {
    let asked = parameters::read(&parameters::EXPORT, query)?;
    let most = asked.number(&parameters::EXPORT_LIMIT);
    let name = file_name::attachment(&asked.request.text, format);
    let (found, body) = stream::open(service, format, asked.request, most, asked.warnings).await?;
    let answer = (head(format, &name), [(TOTAL, found.total.to_string())], body);
    Ok(telling(&found.warnings, answer))
}

fn head(format: Format, name: &str) -> HeaderMap {
    let values = [(header::CONTENT_TYPE, format.content_type()), (header::CONTENT_DISPOSITION, name.to_owned())];
    values.into_iter().filter_map(|(name, value)| Some((name, header_value(&value)?))).collect()
}

fn header_value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}
