//! What a search answers.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::{ClusterError, is_lost};

/// An answer; `S` is what was asked for of each document.
#[derive(Debug, Deserialize)]
pub(super) struct Answer<S> {
    /// Whether it is of the documents that were looked at in time.
    pub(super) timed_out: bool,
    #[serde(rename = "_shards")]
    shards: Shards,
    pub(super) hits: Hits<S>,
    #[serde(default)]
    pub(super) aggregations: HashMap<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Shards {
    failed: u64,
    #[serde(default)]
    failures: Vec<Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Hits<S> {
    /// Where it was asked for.
    total: Option<Total>,
    pub(super) hits: Vec<Hit<S>>,
}

#[derive(Debug, Deserialize)]
struct Total {
    value: usize,
}

/// The values of a document by field.
pub(super) type Values = HashMap<String, Vec<String>>;

#[derive(Debug, Deserialize)]
pub(super) struct Hit<S> {
    #[serde(rename = "_score")]
    pub(super) score: Option<f32>,
    #[serde(rename = "_source")]
    pub(super) source: S,
    /// Those that were asked for from columns.
    #[serde(default, rename = "fields")]
    pub(super) values: Values,
    /// By what it is ordered.
    #[serde(default)]
    pub(super) sort: Vec<Value>,
    /// The named parts of the query that it fits, and what each is worth.
    #[serde(default)]
    pub(super) matched_queries: HashMap<String, f32>,
}

impl<S: DeserializeOwned> Answer<S> {
    /// One of several answers.
    pub(super) fn of(answer: Value) -> Result<Answer<S>, ClusterError> {
        if answer.get("error").is_some() {
            return Err(failed(answer.to_string()));
        }
        serde_json::from_value(answer).map_err(|error| failed(error.to_string()))
    }
}

impl<S> Answer<S> {
    /// How many documents were found.
    pub(super) fn total(&self) -> usize {
        self.hits.total.as_ref().map_or(0, |total| total.value)
    }

    /// Itself, if all shards have answered.
    pub(super) fn whole(self) -> Result<Answer<S>, ClusterError> {
        if self.shards.failed == 0 {
            return Ok(self);
        }
        Err(failed(self.shards.failures.first().map(Value::to_string).unwrap_or_default()))
    }
}

fn failed(reason: String) -> ClusterError {
    match is_lost(&reason) {
        true => ClusterError::Missing(reason),
        false => ClusterError::Answer { status: 200, reason },
    }
}
