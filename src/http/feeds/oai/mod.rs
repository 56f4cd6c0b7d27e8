//! OAI-PMH 2.0, the protocol by which libraries and catalogues harvest:
//! <https://www.openarchives.org/OAI/openarchivesprotocol.html>.
//!
//! A request is read ([`request`]), answered from the journal and the index ([`records`]) and written as XML
//! ([`written`]). Lists come in parts; what a client needs to go on is in its token ([`token`]), and the service keeps
//! nothing of it.

mod names;
mod records;
mod request;
mod token;
mod written;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use jiff::Timestamp;

use self::request::{OaiError, Request};
use super::answer;
use crate::http::Service;
use crate::http::problem::Problem;
use crate::http::respond::blocking;
use crate::index::IndexError;

/// `GET /oai`
pub(in crate::http) async fn get(
    State(service): State<Service>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    respond(service, query.unwrap_or_default()).await
}

/// `POST /oai`, with the arguments as a form.
pub(in crate::http) async fn post(
    State(service): State<Service>,
    form: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let form = form.map_err(|_| Problem::too_large())?;
    // A form is ASCII; what is not, no argument is.
    respond(service, String::from_utf8_lossy(&form).into_owned()).await
}

async fn respond(service: Service, arguments: String) -> Result<Response, Problem> {
    blocking(move || {
        // Before anything is read: what changes from now on is found by who asks for changes from now on.
        let now = Timestamp::now();
        let arguments = request::arguments(&arguments);
        let asked = Request::read(&arguments).map_err(Failure::from);
        let answered = match asked.and_then(|request| records::answer(&service, request)) {
            Err(Failure::Index(error)) => return Err(error.into()),
            Err(Failure::Protocol(error)) => Err(error),
            Ok(answered) => Ok(answered),
        };
        let site = &service.generation()?.site;
        Ok(answer("text/xml; charset=utf-8", written::response(&service.identity, site, now, &arguments, answered)))
    })
    .await
}

/// Why a request is not answered with what it asks for.
enum Failure {
    /// As the protocol tells it.
    Protocol(OaiError),
    /// The service cannot answer now.
    Index(IndexError),
}

impl From<OaiError> for Failure {
    fn from(error: OaiError) -> Failure {
        Failure::Protocol(error)
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Failure {
        Failure::Index(error)
    }
}
