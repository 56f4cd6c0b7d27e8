//! Errors as RFC 9457 problem details: one place that says which error has which status.

use std::any::Any;

use axum::extract::rejection::PathRejection;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::admin::Scope;
use crate::analytics::AnalyticsError;
use crate::content::ArticleId;
use crate::index::{Facet, IndexError};
use crate::search::{RequestError, SearchError};

/// An error as it is answered.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    /// A stable name for the kind of problem.
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    /// What happened, for the one who asked.
    detail: String,
}

impl Problem {
    fn new(status: StatusCode, kind: &'static str, title: &'static str, detail: impl Into<String>) -> Problem {
        Problem { kind, title, status: status.as_u16(), detail: detail.into() }
    }

    /// The status as it is sent.
    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// What happened.
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }

    /// An address that is no text.
    pub(super) fn unreadable_address() -> Problem {
        let detail = "the address is not UTF-8 text; percent-encode it as UTF-8";
        Problem::new(StatusCode::BAD_REQUEST, "/problems/address", "Address cannot be read", detail)
    }

    /// Nothing is at this path.
    pub(super) fn no_such_address(path: &str) -> Problem {
        let detail = format!("nothing is at {path}; the search is at / and /api/v1/search");
        Problem::new(StatusCode::NOT_FOUND, "/problems/no-such-address", "No such address", detail)
    }

    /// No article has this id.
    pub(super) fn no_such_article(id: &ArticleId) -> Problem {
        let detail = format!("there is no article \"{id}\"; search for it at /");
        Problem::new(StatusCode::NOT_FOUND, "/problems/no-such-article", "No such article", detail)
    }

    /// No article has this author, topic or series.
    pub(super) fn nothing_of(kind: &str, name: &str) -> Problem {
        let detail = format!("there is no {kind} \"{name}\" with an article; /facets/{kind} lists all that have one");
        Problem::new(StatusCode::NOT_FOUND, "/problems/nothing-of", "Nothing of it", detail)
    }

    /// There is no facet of this name.
    pub(super) fn no_such_facet(name: &str) -> Problem {
        let known: Vec<&str> = Facet::ALL.into_iter().map(Facet::name).collect();
        let detail = format!("there is no facet \"{name}\"; there are {}", known.join(", "));
        Problem::new(StatusCode::NOT_FOUND, "/problems/no-such-facet", "No such facet", detail)
    }

    /// As many exports as may be are under way.
    pub(super) fn too_many_exports() -> Problem {
        let detail = "too many exports are under way; try again in a moment";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "/problems/busy", "Too many exports", detail)
    }

    /// More requests came than can be answered.
    pub(super) fn overloaded() -> Problem {
        let detail = "more is asked at once than can be answered; try again in a moment";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "/problems/overloaded", "Overloaded", detail)
    }

    /// One client asks more than it may.
    pub(super) fn too_many_requests() -> Problem {
        let detail = "too many requests came from your address; wait as long as Retry-After says";
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "/problems/too-many-requests", "Too many requests", detail)
    }

    /// A request took too long.
    pub(super) fn late() -> Problem {
        let detail = "the answer took too long and was given up; ask for less, or try again later";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "/problems/late", "Too late", detail)
    }

    /// The address needs the key of administration, and none is configured.
    pub(super) fn admin_off() -> Problem {
        let detail = "administration is off; khonha key makes a key and says how to turn it on";
        Problem::new(StatusCode::FORBIDDEN, "/problems/admin-off", "Administration is off", detail)
    }

    /// The address needs the key of administration.
    pub(super) fn no_key() -> Problem {
        let detail = "this address needs the key of administration, as Authorization: Bearer KEY or as a password";
        Problem::new(StatusCode::UNAUTHORIZED, "/problems/key", "Key needed", detail)
    }

    /// The key given is another one.
    pub(super) fn wrong_key() -> Problem {
        let detail = "this is not the key of administration; khonha key makes a new one";
        Problem::new(StatusCode::UNAUTHORIZED, "/problems/key", "Wrong key", detail)
    }

    /// The key given opens other things.
    pub(super) fn key_is_for_other_things(name: &str, scope: Scope) -> Problem {
        let scope = scope.name();
        let detail = format!("the key {name} does not open this; add \"{scope}\" to its scopes in the settings");
        Problem::new(StatusCode::FORBIDDEN, "/problems/scope", "Key for other things", detail)
    }

    /// Nothing is counted.
    pub(super) fn analytics_off() -> Problem {
        let detail = "searches are not counted; name a folder for the counts with the setting analytics";
        Problem::new(StatusCode::NOT_FOUND, "/problems/analytics-off", "Searches are not counted", detail)
    }

    /// No clicks are counted.
    pub(super) fn clicks_off() -> Problem {
        let detail = "clicks are not counted here; the settings analytics and analytics_clicks turn it on";
        Problem::new(StatusCode::NOT_FOUND, "/problems/clicks-off", "Clicks are not counted", detail)
    }

    /// A click that cannot be read.
    pub(super) fn bad_click(reason: String) -> Problem {
        let detail = format!("{reason}; send JSON such as {{\"query\": \"open data\", \"id\": \"a/b\", \"rank\": 1}}");
        Problem::new(StatusCode::BAD_REQUEST, "/problems/click", "Click cannot be read", detail)
    }

    /// Several searches that cannot be read, by what is said of where and why.
    pub(super) fn bad_searches(status: StatusCode, reason: String) -> Problem {
        let detail = format!("{reason}; send JSON such as {{\"searches\": [{{\"q\": \"open data\", \"limit\": 5}}]}}");
        Problem::new(status, "/problems/searches", "Searches cannot be read", detail)
    }

    /// None or too many searches in one request.
    pub(super) fn number_of_searches(given: usize, most: usize) -> Problem {
        let detail = format!("searches has {given} of them; give from 1 to {most}, and the others in another request");
        Problem::new(StatusCode::BAD_REQUEST, "/problems/searches", "Number of searches", detail)
    }

    /// Something went wrong on our side; the log has the rest.
    pub(super) fn internal() -> Problem {
        let detail = "the service could not answer; its log says why";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "/problems/internal", "Internal error", detail)
    }
}

impl From<IndexError> for Problem {
    fn from(error: IndexError) -> Problem {
        if let IndexError::NotReady(why) = error {
            let detail = format!("the index {why}; try again in a moment");
            return Problem::new(StatusCode::SERVICE_UNAVAILABLE, "/problems/not-ready", "Not ready", detail);
        }
        tracing::error!(%error, "the index failed");
        Problem::internal()
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Problem {
        match error {
            SearchError::Request(error) => error.into(),
            SearchError::Index(error) => error.into(),
        }
    }
}

impl From<AnalyticsError> for Problem {
    fn from(error: AnalyticsError) -> Problem {
        tracing::error!(%error, "the counts of searches cannot be read");
        Problem::internal()
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Problem {
        Problem::unreadable_address()
    }
}

impl From<RequestError> for Problem {
    fn from(error: RequestError) -> Problem {
        let title = "Parameter cannot be used";
        Problem::new(StatusCode::BAD_REQUEST, "/problems/parameter", title, error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let json = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (self.status(), [(header::CONTENT_TYPE, "application/problem+json")], json).into_response();
        if self.status() == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
        }
        response
    }
}

pub(super) async fn method_not_allowed(method: Method, uri: Uri) -> Problem {
    let other = if ["/api/v1/clicks", "/api/v1/multi-search"].contains(&uri.path()) { "POST" } else { "GET" };
    let detail = format!("{method} does nothing here; use {other}");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "/problems/method", "Method not allowed", detail)
}

pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(panic = text, "a request failed by a defect");
    Problem::internal().into_response()
}
