//! What is kept of a site in the cluster beside its articles: documents that nobody searches, read and written one by one.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Client, PATIENCE, QUICK, Request};
use super::error::ClusterError;

/// The documents that are not articles.
pub(super) struct State<'a> {
    client: &'a Client,
    /// The index that they are in.
    pub(super) index: String,
}

/// The state of a document, by which the next writer proves that nobody wrote meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct Revision {
    #[serde(rename = "_seq_no")]
    number: u64,
    #[serde(rename = "_primary_term")]
    term: u64,
}

/// What a document has to be for it to be written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expected {
    /// Anything, or nothing.
    Anything,
    /// Nothing.
    Missing,
    /// As it was read.
    Same(Revision),
}

#[derive(Deserialize)]
struct Stored<T> {
    #[serde(flatten)]
    revision: Revision,
    #[serde(rename = "_source")]
    source: T,
}

impl<'a> State<'a> {
    /// The documents of the site whose indices begin with `prefix`.
    pub(super) fn new(client: &'a Client, prefix: &str) -> State<'a> {
        State::of_index(client, &format!("{prefix}-state"))
    }

    /// The documents of another index.
    pub(super) fn of_index(client: &'a Client, index: &str) -> State<'a> {
        State { client, index: index.to_owned() }
    }

    /// Makes the index where it is missing.
    pub(super) fn create(&self) -> Result<(), ClusterError> {
        self.client.create_index(
            &self.index,
            &json!({
                "settings": { "number_of_shards": 1, "auto_expand_replicas": "0-1" },
                "mappings": { "enabled": false },
            }),
        )
    }

    /// The document of this name; `None` where there is none.
    pub(super) fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<(T, Revision)>, ClusterError> {
        match self.client.ask::<Stored<T>>(Request::new("GET", &self.path(name))) {
            Ok(Stored { revision, source }) => Ok(Some((source, revision))),
            Err(ClusterError::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the document of this name.
    ///
    /// # Errors
    /// [`ClusterError::Conflict`] if it is not as expected.
    pub(super) fn write(
        &self,
        name: &str,
        source: &impl Serialize,
        expected: Expected,
    ) -> Result<Revision, ClusterError> {
        self.write_within(name, source, expected, PATIENCE)
    }

    /// As [`State::write`], in so much time.
    pub(super) fn write_within(
        &self,
        name: &str,
        source: &impl Serialize,
        expected: Expected,
        patience: Duration,
    ) -> Result<Revision, ClusterError> {
        let path = match expected {
            Expected::Anything => self.path(name),
            Expected::Missing => format!("{}?op_type=create", self.path(name)),
            Expected::Same(Revision { number, term }) => {
                format!("{}?if_seq_no={number}&if_primary_term={term}", self.path(name))
            }
        };
        let json = serde_json::to_string(source).map_err(|error| ClusterError::Answer {
            status: 0,
            reason: format!("{name} cannot be written as JSON: {error}"),
        })?;
        let request = Request::new("PUT", &path).with(&json).within(patience);
        self.client.ask(request.each_within(patience.min(QUICK)))
    }

    /// Removes documents; those that are not there need not be.
    pub(super) fn remove(&self, names: &[String]) -> Result<(), ClusterError> {
        for name in names {
            match self.client.ask::<Value>(Request::new("DELETE", &self.path(name))) {
                Ok(_) | Err(ClusterError::Missing(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn path(&self, name: &str) -> String {
        format!("/{}/_doc/{name}", self.index)
    }
}
