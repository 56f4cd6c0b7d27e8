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
use axum::response::Response;

pub(super) use self::format::Format;
pub(super) use self::stream::MOST_AT_ONCE;

use self::citation::{Citation, Citing};
use super::fields::Of;
use super::problem::Problem;
use super::respond::blocking;
use super::warnings::telling;
use super::{Identity, Service, api, parameters, searching};
use crate::content::{Article, ArticleId, Site};

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
    let find = |id: &str| generation.index.article(&ArticleId::new(id));
    let (article, format) = match (find(asked)?, Format::of_address(asked)) {
        // An id may end as an address of an export does.
        (Some(article), _) => (Some(article), accepted),
        (None, Some((id, format))) => (find(id)?, Some(format)),
        (None, None) => (None, None),
    };
    let (Some(article), Some(format)) = (article, format) else { return Ok(None) };
    let citing = Citing { site: &generation.site, identity: &service.identity };
    let name = file_name::attachment(article.id.as_str(), format);
    let asked = parameters::read(parameters::article_as(format), query)?;
    let fields = asked.fields(Of::Article)?;
    let text = [&format.head(&[]), &format.entry(article, citing, &fields), format.tail()].concat();
    Ok(Some(telling(&asked.warnings, (head(format, &name), text))))
}

/// All that a search finds.
async fn results(service: Service, format: Format, query: Option<&str>) -> Result<Response, Problem> {
    let asked = parameters::read(parameters::results_as(format), query)?;
    let fields = asked.fields(Of::Article)?;
    let name = file_name::attachment(&asked.request.text, format);
    let (found, body) = stream::open(service, format, asked, fields).await?;
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
