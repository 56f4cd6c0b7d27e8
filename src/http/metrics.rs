//! What the service measures of itself, as Prometheus reads it.
//!
//! Any part of Khonha may measure; only this one knows who reads it. Without a reader nothing piles up.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use metrics_process::Collector;

use super::Service;
use super::answers::ANSWERS_KEPT;
use super::serve::admission::WAIT_DURATION;
use crate::index::{COMMIT_DURATION, Told, Work};

/// The bounds that times are counted in, in seconds.
const TIMES: [f64; 14] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
/// Between two times that what was measured is added up: until then each value is kept.
const ADDING_UP: Duration = Duration::from_secs(5);
/// The media type of the text format of Prometheus.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

const REQUESTS: &str = "khonha_http_requests_total";
const DURATION: &str = "khonha_http_request_duration_seconds";
const IN_FLIGHT: &str = "khonha_http_requests_in_flight";
const RUNNING: &str = "khonha_http_requests_running";
const WAITING: &str = "khonha_http_requests_waiting";
const READY: &str = "khonha_index_ready";
const DOCUMENTS: &str = "khonha_index_documents";
const BYTES: &str = "khonha_index_bytes";
const LAST_LOOK: &str = "khonha_watch_last_look_timestamp_seconds";
const FILES_DONE: &str = "khonha_watch_files_done";
const FILES_FOUND: &str = "khonha_watch_files_found";
const TROUBLE: &str = "khonha_watch_trouble";
const PROBLEMS: &str = "khonha_watch_problems";

/// What is kept of all measuring in this process.
static MEASURED: LazyLock<PrometheusHandle> = LazyLock::new(|| {
    let recorder = PrometheusBuilder::new().set_buckets(&TIMES).unwrap_or_default().build_recorder();
    let handle = recorder.handle();
    if let Err(error) = metrics::set_global_recorder(recorder) {
        tracing::error!(%error, "nothing is measured, for something else measures already");
    }
    describe();
    handle
});

fn describe() {
    describe_counter!(REQUESTS, "Requests answered, by method, address and status.");
    describe_counter!(ANSWERS_KEPT, "Answers that were given from memory.");
    describe_histogram!(DURATION, Unit::Seconds, "Time until an answer begins, by address.");
    describe_gauge!(IN_FLIGHT, "Requests whose answer has not begun.");
    describe_gauge!(RUNNING, "Requests that are worked on.");
    describe_gauge!(WAITING, "Requests that wait for their turn.");
    describe_histogram!(WAIT_DURATION, Unit::Seconds, "Time that requests wait which do not find a turn at once.");
    describe_histogram!(crate::search::STAGE_DURATION, Unit::Seconds, "Time of each stage of a search.");
    describe_index();
    describe_told();
    Collector::default().describe();
}

fn describe_index() {
    describe_gauge!(READY, "1 where searches are answered, 0 where the index is being built.");
    describe_gauge!(DOCUMENTS, "Articles in the index in use.");
    describe_gauge!(BYTES, Unit::Bytes, "What the index in use takes on disk.");
    describe_histogram!(COMMIT_DURATION, Unit::Seconds, "Time until a batch of changes is on disk.");
}

/// What is measured as [`Told`].
fn describe_told() {
    describe_gauge!(LAST_LOOK, Unit::Seconds, "When a look at the content ended well last, since 1970.");
    describe_gauge!(FILES_DONE, "Files that are indexed, of those that are being indexed.");
    describe_gauge!(FILES_FOUND, "Files that are being indexed.");
    describe_gauge!(TROUBLE, "1 where the last look at the content failed, 0 where it did not.");
    describe_gauge!(PROBLEMS, "What is wrong with files of the content, by severity.");
}

/// Begins to measure in this process. What is described or measured before is lost.
pub fn begin_measuring() {
    LazyLock::force(&MEASURED);
}

/// Adds up what is measured until it is dropped.
pub(super) async fn keep_measuring() {
    loop {
        MEASURED.run_upkeep();
        tokio::time::sleep(ADDING_UP).await;
    }
}

/// `GET /metrics`
pub(super) async fn metrics(State(service): State<Service>) -> impl IntoResponse {
    let measured = &*MEASURED;
    Collector::default().collect();
    gauge!(RUNNING).set(number(service.admission.running()));
    gauge!(WAITING).set(number(service.admission.waiting()));
    let generation = service.store.current();
    gauge!(READY).set(if generation.is_ok() { 1.0 } else { 0.0 });
    gauge!(DOCUMENTS).set(generation.map_or(0.0, |generation| generation.index.documents() as f64));
    gauge!(BYTES).set(service.store.bytes() as f64);
    tell(&service.store.status().read());
    measured.run_upkeep();
    ([(header::CONTENT_TYPE, TEXT)], measured.render())
}

/// What the one who follows the content says.
fn tell(told: &Told) {
    let last_look = told.last_look.map_or(0.0, |at| at.as_millisecond() as f64 / 1_000.0);
    gauge!(LAST_LOOK).set(last_look);
    let (done, files) = match told.work {
        Work::Indexing { done, files } | Work::Building { done, files } => (done, files),
        Work::Waiting | Work::Looking => (0, 0),
    };
    gauge!(FILES_DONE).set(number(done));
    gauge!(FILES_FOUND).set(number(files));
    gauge!(TROUBLE).set(if told.trouble.is_some() { 1.0 } else { 0.0 });
    let errors = told.problems.iter().filter(|problem| problem.keeps_out()).count();
    gauge!(PROBLEMS, "severity" => "error").set(number(errors));
    gauge!(PROBLEMS, "severity" => "warning").set(number(told.problems.len() - errors));
}

fn number(of: usize) -> f64 {
    of as f64
}

/// The middleware that measures each request.
pub(super) async fn measure(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = known(request.method());
    // The address as the router has it: that of a request has ids and queries in it.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let under_way = UnderWay::begin();
    let response = next.run(request).await;
    drop(under_way);
    let status = response.status().as_str().to_owned();
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status).increment(1);
    histogram!(DURATION, "route" => route).record(start.elapsed());
    response
}

/// A method of those that are told apart: anyone may send any other.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// A request under way, also when its client goes before the answer.
struct UnderWay;

impl UnderWay {
    fn begin() -> UnderWay {
        gauge!(IN_FLIGHT).increment(1.0);
        UnderWay
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        gauge!(IN_FLIGHT).decrement(1.0);
    }
}
