//! How the service is: its index, the one who follows the folder, its searches.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::analytics::{self, Latency, Period};
use crate::content::Problem as FileProblem;
use crate::http::Service;
use crate::http::pages::{self, Frame, Page};
use crate::http::problem::Problem;
use crate::http::respond::blocking;
use crate::index::{Change, Told, Work};

/// Queries without results that are named.
const MOST_QUERIES: usize = 10;

/// `GET /api/v1/admin/status`
pub(super) async fn json(State(service): State<Service>) -> Result<Json<StatusJson>, Problem> {
    blocking(move || Ok(Json(StatusJson::of(&service)?))).await
}

/// `GET /admin/status`
pub(super) async fn page(State(service): State<Service>, RawQuery(query): RawQuery) -> Result<Html<String>, Page> {
    let frame = Frame::of(&service, query.as_deref());
    let status = blocking(move || StatusJson::of(&service)).await;
    let page = status.and_then(|status| pages::status::html(&status, frame.clone()));
    page.map_err(|problem| Page::of(problem, &frame))
}

/// How the service is.
#[derive(Serialize, ToSchema)]
#[schema(as = Status)]
pub(in crate::http) struct StatusJson {
    pub(in crate::http) version: &'static str,
    pub(in crate::http) index: IndexJson,
    pub(in crate::http) folder: FolderJson,
    pub(in crate::http) requests: RequestsJson,
    /// The searches since the service started.
    pub(in crate::http) searches: SearchesJson,
    /// The most frequent queries of today that found nothing; none where searches are not counted.
    pub(in crate::http) without_results: Option<Vec<QueryJson>>,
}

/// The index in use.
#[derive(Serialize, ToSchema)]
#[schema(as = StatusIndex)]
pub(in crate::http) struct IndexJson {
    /// Whether searches are answered.
    pub(in crate::http) ready: bool,
    pub(in crate::http) articles: u64,
    /// What the index depends on: the rules of the analyzer, the form of documents, the data of the site.
    pub(in crate::http) generation: Option<String>,
}

/// The one who follows the content folder.
#[derive(Serialize, ToSchema)]
#[schema(as = StatusFolder)]
pub(in crate::http) struct FolderJson {
    /// `waiting`, `looking`, `indexing`, or `building` where the index is built anew, beside the one in use.
    pub(in crate::http) work: &'static str,
    /// Files that are done, of those to be indexed.
    pub(in crate::http) done: Option<usize>,
    pub(in crate::http) files: Option<usize>,
    #[schema(value_type = Option<String>)]
    pub(in crate::http) last_look: Option<Timestamp>,
    /// Why the last look failed.
    pub(in crate::http) trouble: Option<String>,
    #[schema(value_type = Vec<Object>)]
    pub(in crate::http) problems: Vec<FileProblem>,
    /// The newest first.
    pub(in crate::http) changes: Vec<ChangeJson>,
}

/// A change of the index.
#[derive(Serialize, ToSchema)]
#[schema(as = StatusChange)]
pub(in crate::http) struct ChangeJson {
    #[schema(value_type = String)]
    pub(in crate::http) at: Timestamp,
    pub(in crate::http) updated: usize,
    pub(in crate::http) removed: usize,
    pub(in crate::http) rebuilt: bool,
}

/// Requests at this moment.
#[derive(Serialize, ToSchema)]
#[schema(as = StatusRequests)]
pub(in crate::http) struct RequestsJson {
    pub(in crate::http) running: usize,
    pub(in crate::http) waiting: usize,
}

/// How long searches took: so many of them within so many milliseconds; none where nothing was searched, or it took
/// more than two seconds.
#[derive(Serialize, ToSchema)]
#[schema(as = StatusSearches)]
pub(in crate::http) struct SearchesJson {
    pub(in crate::http) count: u64,
    pub(in crate::http) median_milliseconds: Option<u64>,
    pub(in crate::http) percentile_95_milliseconds: Option<u64>,
    pub(in crate::http) percentile_99_milliseconds: Option<u64>,
}

/// A query and how often it was asked.
#[derive(Serialize, ToSchema)]
#[schema(as = StatusQuery)]
pub(in crate::http) struct QueryJson {
    pub(in crate::http) query: String,
    pub(in crate::http) searches: u64,
}

impl StatusJson {
    /// How `service` is now.
    pub(in crate::http) fn of(service: &Service) -> Result<StatusJson, Problem> {
        let (running, waiting) = (service.admission.running(), service.admission.waiting());
        Ok(StatusJson {
            version: env!("CARGO_PKG_VERSION"),
            index: IndexJson::of(service),
            folder: FolderJson::new(service.store.status().read()),
            requests: RequestsJson { running, waiting },
            searches: SearchesJson::new(&service.latency()),
            without_results: without_results(service)?,
        })
    }
}

fn without_results(service: &Service) -> Result<Option<Vec<QueryJson>>, Problem> {
    let Some(analytics) = &service.analytics else { return Ok(None) };
    let report = analytics.recorder.report(Period::ending(analytics::today(), 1))?;
    let lines = report.without_results.into_iter().take(MOST_QUERIES);
    let query = |line: analytics::QueryLine| QueryJson { query: line.query, searches: line.total.without_results };
    Ok(Some(lines.map(query).collect()))
}

impl IndexJson {
    fn of(service: &Service) -> IndexJson {
        let generation = service.store.current().ok();
        IndexJson {
            ready: generation.is_some(),
            articles: generation.as_ref().map_or(0, |generation| generation.index.documents()),
            generation: generation.map(|generation| generation.fingerprint.to_string()),
        }
    }
}

impl FolderJson {
    fn new(told: Told) -> FolderJson {
        let (work, done, files) = match told.work {
            Work::Waiting => ("waiting", None, None),
            Work::Looking => ("looking", None, None),
            Work::Indexing { done, files } => ("indexing", Some(done), Some(files)),
            Work::Building { done, files } => ("building", Some(done), Some(files)),
        };
        FolderJson {
            work,
            done,
            files,
            last_look: told.last_look,
            trouble: told.trouble,
            problems: told.problems,
            changes: told.changes.into_iter().map(ChangeJson::new).collect(),
        }
    }
}

impl ChangeJson {
    fn new(Change { at, updated, removed, rebuilt }: Change) -> ChangeJson {
        ChangeJson { at, updated, removed, rebuilt }
    }
}

impl SearchesJson {
    fn new(latency: &Latency) -> SearchesJson {
        SearchesJson {
            count: latency.count(),
            median_milliseconds: latency.within(50),
            percentile_95_milliseconds: latency.within(95),
            percentile_99_milliseconds: latency.within(99),
        }
    }
}
