//! Errors as RFC 9457 problem details: one place that says which error has which status.

mod kinds;

use std::any::Any;

use axum::extract::rejection::PathRejection;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

pub(super) use self::kinds::Kind;

use super::admin::Scope;
use crate::analytics::AnalyticsError;
use crate::content::ArticleId;
use crate::index::{ClusterError, Facet, IndexError, Work};
use crate::search::{RequestError, SearchError};
use crate::text::Language;

/// An error as it is answered.
#[derive(Debug)]
pub(super) struct Problem {
    kind: Kind,
    /// What happened, for the one who asked.
    detail: String,
}

/// Problem details (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemJson {
    /// The address of a page that says when problems of this kind occur and what helps; programs tell kinds by it.
    r#type: String,
    /// The name of the kind.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What happened, and the way out.
    detail: String,
}

impl ProblemJson {
    /// As `problem` is answered.
    pub(super) fn new(problem: &Problem) -> ProblemJson {
        let about = problem.kind.about();
        ProblemJson {
            r#type: problem.kind.address(),
            title: about.title.get(Language::English).to_owned(),
            status: about.status.as_u16(),
            detail: problem.detail.clone(),
        }
    }
}

impl Problem {
    fn new(kind: Kind, detail: impl Into<String>) -> Problem {
        Problem { kind, detail: detail.into() }
    }

    /// The kind of problem.
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// The status as it is sent.
    pub(super) fn status(&self) -> StatusCode {
        self.kind.about().status
    }

    /// What happened.
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }

    /// An address that is no text.
    pub(super) fn unreadable_address() -> Problem {
        let detail = "the address is not UTF-8 text; percent-encode it as UTF-8";
        Problem::new(Kind::Address, detail)
    }

    /// Nothing is at this path.
    pub(super) fn no_such_address(path: &str) -> Problem {
        let detail = format!("nothing is at {path}; the search is at / and /api/v1/search");
        Problem::new(Kind::NoSuchAddress, detail)
    }

    /// No article has this id.
    pub(super) fn no_such_article(id: &ArticleId) -> Problem {
        let detail = format!("there is no article \"{id}\"; search for it at /");
        Problem::new(Kind::NoSuchArticle, detail)
    }

    /// No article has this author, topic or series.
    pub(super) fn nothing_of(kind: &str, name: &str) -> Problem {
        let detail = format!("there is no {kind} \"{name}\" with an article; /facets/{kind} lists all that have one");
        Problem::new(Kind::NothingOf, detail)
    }

    /// There is no facet of this name.
    pub(super) fn no_such_facet(name: &str) -> Problem {
        let known: Vec<&str> = Facet::ALL.into_iter().map(Facet::name).collect();
        let detail = format!("there is no facet \"{name}\"; there are {}", known.join(", "));
        Problem::new(Kind::NoSuchFacet, detail)
    }

    /// As many exports as may be are under way.
    pub(super) fn too_many_exports() -> Problem {
        let detail = "too many exports are under way; try again in a moment";
        Problem::new(Kind::Busy, detail)
    }

    /// More requests came than can be answered.
    pub(super) fn overloaded() -> Problem {
        let detail = "more is asked at once than can be answered; try again in a moment";
        Problem::new(Kind::Overloaded, detail)
    }

    /// The engine of the index does not answer.
    pub(super) fn away() -> Problem {
        Problem::new(Kind::NotReady, "the index does not answer for now; try again in a moment")
    }

    /// Searches cannot be answered yet, with how far that is.
    pub(super) fn not_ready(error: IndexError, work: Work) -> Problem {
        let problem = Problem::from(error);
        let Work::Building { done, files } = work else { return problem };
        Problem { detail: format!("{}; {done} of {files} files are indexed", problem.detail), ..problem }
    }

    /// One client asks more than it may.
    pub(super) fn too_many_requests() -> Problem {
        let detail = "too many requests came from your address; wait as long as Retry-After says";
        Problem::new(Kind::TooManyRequests, detail)
    }

    /// A request took too long.
    pub(super) fn late() -> Problem {
        let detail = "the answer took too long and was given up; ask for less, or try again later";
        Problem::new(Kind::Late, detail)
    }

    /// The address needs the key of administration, and none is configured.
    pub(super) fn admin_off() -> Problem {
        let detail = "administration is off; khonha key makes a key and says how to turn it on";
        Problem::new(Kind::AdminOff, detail)
    }

    /// The address needs the key of administration.
    pub(super) fn no_key() -> Problem {
        let detail = "this address needs the key of administration, as Authorization: Bearer KEY or as a password";
        Problem::new(Kind::Key, detail)
    }

    /// The key given is another one.
    pub(super) fn wrong_key() -> Problem {
        let detail = "this is not the key of administration; khonha key makes a new one";
        Problem::new(Kind::Key, detail)
    }

    /// The key given opens other things.
    pub(super) fn key_is_for_other_things(name: &str, scope: Scope) -> Problem {
        let scope = scope.name();
        let detail = format!("the key {name} does not open this; add \"{scope}\" to its scopes in the settings");
        Problem::new(Kind::Scope, detail)
    }

    /// Nothing is counted.
    pub(super) fn analytics_off() -> Problem {
        let detail = "searches are not counted; name a folder for the counts with the setting analytics";
        Problem::new(Kind::AnalyticsOff, detail)
    }

    /// There is no folder for snapshots.
    pub(super) fn snapshots_off() -> Problem {
        let detail = "no snapshots are written by request; name a folder for them with the setting snapshots";
        Problem::new(Kind::SnapshotsOff, detail)
    }

    /// Another process keeps the index up to date.
    pub(super) fn not_writing() -> Problem {
        Problem::new(Kind::NotWriting, "another process writes the index; ask that one to build it anew")
    }

    /// No clicks are counted.
    pub(super) fn clicks_off() -> Problem {
        let detail = "clicks are not counted here; the settings analytics and analytics_clicks turn it on";
        Problem::new(Kind::ClicksOff, detail)
    }

    /// A click that cannot be read.
    pub(super) fn bad_click(reason: String) -> Problem {
        let detail = format!("{reason}; send JSON such as {{\"query\": \"open data\", \"id\": \"a/b\", \"rank\": 1}}");
        Problem::new(Kind::Click, detail)
    }

    /// A body that cannot be read to its end.
    pub(super) fn too_large() -> Problem {
        Problem::new(Kind::TooLarge, "the body is too large or was cut off; send a shorter one")
    }

    /// Several searches that cannot be read, by what is said of where and why.
    pub(super) fn bad_searches(reason: String) -> Problem {
        let detail = format!("{reason}; send JSON such as {{\"searches\": [{{\"q\": \"open data\", \"limit\": 5}}]}}");
        Problem::new(Kind::Searches, detail)
    }

    /// None or too many searches in one request.
    pub(super) fn number_of_searches(given: usize, most: usize) -> Problem {
        let detail = format!("searches has {given} of them; give from 1 to {most}, and the others in another request");
        Problem::new(Kind::Searches, detail)
    }

    /// Something went wrong on our side; the log has the rest.
    pub(super) fn internal() -> Problem {
        let detail = "the service could not answer; its log says why";
        Problem::new(Kind::Internal, detail)
    }
}

impl From<IndexError> for Problem {
    fn from(error: IndexError) -> Problem {
        if let IndexError::NotReady(why) = error {
            return Problem::new(Kind::NotReady, format!("the index {why}; try again in a moment"));
        }
        tracing::error!(%error, "the index failed");
        match error {
            IndexError::Cluster(error) if error.passes() || matches!(error, ClusterError::Refused { .. }) => {
                Problem::away()
            }
            _ => Problem::internal(),
        }
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
        Problem::new(Kind::Parameter, error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let json = serde_json::to_string(&ProblemJson::new(&self)).unwrap_or_default();
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
    Problem::new(Kind::Method, detail)
}

pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
    tracing::error!(panic = text, "a request failed by a defect");
    Problem::internal().into_response()
}
