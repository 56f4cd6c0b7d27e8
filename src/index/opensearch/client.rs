//! Requests to a cluster: any of its nodes, retried where that may help, given up in time.
//!
//! A thin client on `ureq`. The official crate and `reqwest` are asynchronous, and an [`Index`](crate::index::Index) is not:
//! each request would need a runtime of its own, which must not be dropped inside of another. The official crate also knows
//! one node only, and does not retry.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, http};

use super::error::ClusterError;
use super::settings::ClusterSettings;

/// How long a request may take with all its tries, where nothing else is said.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
const CONNECTING: Duration = Duration::from_secs(2);
/// How long a try may take to read or write what is small.
pub(super) const QUICK: Duration = Duration::from_secs(5);
/// How long to wait for what nobody needs at once.
pub(super) const GLANCE: Duration = Duration::from_secs(2);
/// How often a request is tried.
pub(super) const TRIES: u32 = 6;
/// Before the second try; twice as long before each further one, and of all that a random part.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long a node that failed is left alone; twice as long after each further failure.
const FIRST_REST: Duration = Duration::from_millis(500);
const LONGEST_REST: Duration = Duration::from_secs(15);
/// The largest answer, in bytes.
const LARGEST_ANSWER: u64 = 1 << 30;

/// A cluster.
pub(super) struct Client {
    agent: Agent,
    nodes: Vec<Node>,
    /// The value of the header `Authorization`.
    authorization: Option<String>,
    turn: AtomicUsize,
}

struct Node {
    url: String,
    failures: Mutex<Failures>,
}

/// A circuit breaker: a node that failed is not asked until it has answered a question of nobody who waits, unless all have
/// failed.
#[derive(Default)]
struct Failures {
    in_a_row: u32,
    reason: String,
    rests_until: Option<Instant>,
}

/// One request.
#[derive(Clone, Copy)]
pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    /// With its query, and a slash at the beginning.
    pub(super) path: &'a str,
    /// JSON, or lines of it.
    pub(super) body: Option<&'a str>,
    /// How long it may take with all its tries.
    patience: Duration,
    /// How long each try may take: a node that is cut off does not say so.
    each: Duration,
}

impl<'a> Request<'a> {
    pub(super) fn new(method: &'a str, path: &'a str) -> Request<'a> {
        let each = if method == "GET" { QUICK } else { PATIENCE };
        Request { method, path, body: None, patience: PATIENCE, each }
    }

    pub(super) fn with(self, body: &'a str) -> Request<'a> {
        Request { body: Some(body), ..self }
    }

    pub(super) fn within(self, patience: Duration) -> Request<'a> {
        Request { patience, each: patience, ..self }
    }

    pub(super) fn each_within(self, each: Duration) -> Request<'a> {
        Request { each, ..self }
    }
}

impl Client {
    /// A client of the nodes that the settings name; nothing is asked yet.
    ///
    /// # Errors
    /// [`ClusterError`] if the certificates cannot be read.
    pub(super) fn new(settings: &ClusterSettings) -> Result<Client, ClusterError> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECTING))
            .max_idle_connections_per_host(16)
            .user_agent(concat!("khonha/", env!("CARGO_PKG_VERSION")));
        if let Some(pem) = &settings.certificates {
            config = config.tls_config(TlsConfig::builder().root_certs(certificates(pem)?).build());
        }
        let node = |url: &String| Node { url: url.trim_end_matches('/').to_owned(), failures: Mutex::default() };
        Ok(Client {
            agent: config.build().new_agent(),
            nodes: settings.urls.iter().map(node).collect(),
            authorization: settings.login.as_ref().map(|login| login.header()),
            turn: AtomicUsize::new(0),
        })
    }

    /// The addresses of the nodes, for people.
    pub(super) fn nodes(&self) -> String {
        self.nodes.iter().map(|node| node.url.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Asks one node after the other until one answers. All requests of ours may be sent twice.
    ///
    /// # Errors
    /// [`ClusterError`] as the last of them said.
    pub(super) fn ask<T: DeserializeOwned>(&self, request: Request<'_>) -> Result<T, ClusterError> {
        let end = Instant::now() + request.patience;
        let mut tried = 0;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let answer = self.ask_once(request, left.min(request.each));
            tried += 1;
            match answer {
                Ok(body) => {
                    return serde_json::from_slice(&body).map_err(|error| ClusterError::Answer {
                        status: 200,
                        reason: format!("{} {}: {error}", request.method, request.path),
                    });
                }
                Err(error) if !error.passes() || tried >= TRIES => return Err(error),
                Err(error) => {
                    // Another node may answer at once.
                    let pause = if tried as usize <= self.nodes.len() { Duration::ZERO } else { pause(tried) };
                    if Instant::now() + pause >= end {
                        return Err(error);
                    }
                    thread::sleep(pause);
                }
            }
        }
    }

    /// Makes an index where there is none of this name.
    ///
    /// # Errors
    /// [`ClusterError`] if the cluster does not make it.
    pub(super) fn create_index(&self, name: &str, body: &Value) -> Result<(), ClusterError> {
        match self.ask::<Value>(Request::new("PUT", &format!("/{name}")).with(&body.to_string())) {
            Err(ClusterError::Answer { status: 400, reason }) if reason.contains("already exists") => Ok(()),
            created => created.map(drop),
        }
    }

    /// Removes indices, of those that there are.
    ///
    /// # Errors
    /// [`ClusterError`] if the cluster does not remove them.
    pub(super) fn remove_indices(&self, names: &[&str]) -> Result<(), ClusterError> {
        let path = format!("/{}?ignore_unavailable=true", names.join(","));
        self.ask::<Value>(Request::new("DELETE", &path)).map(drop)
    }

    fn ask_once(&self, request: Request<'_>, left: Duration) -> Result<Vec<u8>, ClusterError> {
        let node = self.next_node()?;
        let answer = self.send(node, request, left);
        match &answer {
            Err(ClusterError::Unreachable { reason, .. }) => node.failed(reason),
            _ => node.succeeded(),
        }
        answer
    }

    /// A node that is well, in turns; where there is none, one that does not rest.
    fn next_node(&self) -> Result<&Node, ClusterError> {
        let first = self.turn.fetch_add(1, Ordering::Relaxed);
        let in_turn = || (0..self.nodes.len()).map(|at| &self.nodes[first.wrapping_add(at) % self.nodes.len()]);
        let able = in_turn().find(|node| node.is_well()).or_else(|| in_turn().find(|node| !node.rests()));
        able.ok_or_else(|| ClusterError::Unreachable {
            nodes: self.nodes(),
            reason: self.nodes.iter().map(Node::reason).next_back().unwrap_or_default(),
        })
    }

    /// Asks the nodes that have failed, and have rested, whether they are well again.
    pub(super) fn look_after_nodes(&self) {
        for node in self.nodes.iter().filter(|node| !node.is_well() && !node.rests()) {
            match self.send(node, Request::new("GET", "/"), GLANCE) {
                Err(ClusterError::Unreachable { reason, .. }) => node.failed(&reason),
                _ => node.succeeded(),
            }
        }
    }

    fn send(&self, node: &Node, request: Request<'_>, left: Duration) -> Result<Vec<u8>, ClusterError> {
        let mut built = http::Request::builder().method(request.method).uri(format!("{}{}", node.url, request.path));
        if let Some(authorization) = &self.authorization {
            built = built.header("Authorization", authorization);
        }
        let kind = if request.path.contains("_bulk") { "application/x-ndjson" } else { "application/json" };
        built = built.header("Content-Type", kind);
        let unreachable = |error: ureq::Error| ClusterError::unreachable(&node.url, &error.to_string());
        let built = built.body(request.body.unwrap_or_default().as_bytes().to_vec());
        let built = built.map_err(|error| unreachable(error.into()))?;
        let timed = self.agent.configure_request(built).timeout_global(Some(left)).build();
        let mut answer = self.agent.run(timed).map_err(unreachable)?;
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(LARGEST_ANSWER).read_to_vec().map_err(unreachable)?;
        if (200..300).contains(&status) {
            return Ok(body);
        }
        Err(ClusterError::of(status, &String::from_utf8_lossy(&body)))
    }
}

impl Node {
    /// Whether its last request did not fail.
    fn is_well(&self) -> bool {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).in_a_row == 0
    }

    /// Why its last request failed.
    fn reason(&self) -> String {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).reason.clone()
    }

    fn rests(&self) -> bool {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.rests_until.is_some_and(|until| Instant::now() < until)
    }

    fn failed(&self, reason: &str) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.in_a_row += 1;
        reason.clone_into(&mut failures.reason);
        let rest = doubled(FIRST_REST, failures.in_a_row - 1, LONGEST_REST);
        failures.rests_until = Some(Instant::now() + rest);
        if failures.in_a_row == 1 {
            tracing::warn!(node = self.url, reason, "an OpenSearch node does not answer");
        }
    }

    fn succeeded(&self) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.in_a_row > 0 {
            tracing::info!(node = self.url, "the OpenSearch node answers again");
        }
        *failures = Failures::default();
    }
}

/// A random time, so that not all come back at once.
pub(super) fn pause(tried: u32) -> Duration {
    let longest = doubled(FIRST_PAUSE, tried - 1, LONGEST_PAUSE);
    let mut random = [0; 2];
    // Without chance, they do come back at once.
    let _ = getrandom::fill(&mut random);
    longest.mul_f64(0.5 + 0.5 * f64::from(u16::from_le_bytes(random)) / f64::from(u16::MAX))
}

fn doubled(first: Duration, times: u32, longest: Duration) -> Duration {
    first.saturating_mul(2_u32.saturating_pow(times)).min(longest)
}

fn certificates(pem: &str) -> Result<RootCerts, ClusterError> {
    let mut found: Vec<Certificate<'static>> = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        if let PemItem::Certificate(certificate) =
            item.map_err(|error| ClusterError::Certificates(error.to_string()))?
        {
            found.push(certificate);
        }
    }
    if found.is_empty() {
        return Err(ClusterError::Certificates("the file has no certificate".to_owned()));
    }
    Ok(RootCerts::new_with_certs(&found))
}
