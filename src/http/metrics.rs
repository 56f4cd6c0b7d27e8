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
    describe_histogram!(DURATION, Unit::Seconds, "Time until an answer begins, by address.");
    describe_gauge!(IN_FLIGHT, "Requests whose answer has not begun.");
    describe_gauge!(RUNNING, "Requests that are worked on.");
    describe_gauge!(WAITING, "Requests that wait for their turn.");
    describe_gauge!(READY, "1 where searches are answered, 0 where the index is being built.");
    describe_gauge!(DOCUMENTS, "Articles in the index in use.");
    describe_histogram!(crate::search::STAGE_DURATION, Unit::Seconds, "Time of each stage of a search.");
    Collector::default().describe();
}

/// Begins to measure, and adds up what is measured until it is dropped.
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
    measured.run_upkeep();
    ([(header::CONTENT_TYPE, TEXT)], measured.render())
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
