//! Texts by name that are kept in the cluster beside the index, for whoever else has something to keep there.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Client, Request};
use super::error::ClusterError;
use super::random_name;
use super::response::Answer;

/// Notes that are read at a time.
const AT_ONCE: usize = 50;

/// Notes of one kind, which all servers of a site read and write.
pub struct Notes {
    client: Arc<Client>,
    index: String,
    process: String,
    /// Set when the index is there.
    is_made: OnceLock<()>,
}

#[derive(Serialize, Deserialize)]
struct Note {
    name: String,
    text: String,
}

impl Notes {
    /// The notes of this kind of the site whose indices begin with `prefix`.
    pub(super) fn new(client: &Arc<Client>, prefix: &str, kind: &str) -> Notes {
        let process = random_name()[..16].to_owned();
        Notes { client: Arc::clone(client), index: format!("{prefix}-{kind}"), process, is_made: OnceLock::new() }
    }

    /// A name that no other process has.
    pub fn process(&self) -> &str {
        &self.process
    }

    /// The notes whose names are at least `first` and less than `end`, with their names, in order.
    ///
    /// # Errors
    /// [`ClusterError`] if the cluster does not answer.
    pub fn read(&self, first: &str, end: &str) -> Result<Vec<(String, String)>, ClusterError> {
        let mut notes: Vec<(String, String)> = Vec::new();
        loop {
            let mut body = json!({
                "size": AT_ONCE, "query": { "range": { "name": { "gte": first, "lt": end } } }, "sort": ["name"],
                "track_total_hits": false,
            });
            if let Some((last, _)) = notes.last() {
                body["search_after"] = json!([last]);
            }
            let (path, body) = (format!("/{}/_search", self.index), body.to_string());
            let answer = match self.client.ask::<Answer<Note>>(Request::new("POST", &path).with(&body)) {
                // Nothing was written yet.
                Err(ClusterError::Missing(_)) => return Ok(notes),
                answer => answer?.whole()?,
            };
            let count = answer.hits.hits.len();
            notes.extend(answer.hits.hits.into_iter().map(|hit| (hit.source.name, hit.source.text)));
            if count < AT_ONCE {
                return Ok(notes);
            }
        }
    }

    /// Writes a note, in place of the one of this name, and waits until all read it.
    ///
    /// # Errors
    /// [`ClusterError`] if the cluster does not say that it has it. It may have it all the same.
    pub fn write(&self, name: &str, text: &str) -> Result<(), ClusterError> {
        self.make()?;
        let note = json!(Note { name: name.to_owned(), text: text.to_owned() }).to_string();
        let path = format!("/{}/_doc/{name}?refresh=wait_for", self.index);
        self.client.ask::<Value>(Request::new("PUT", &path).with(&note)).map(drop)
    }

    /// Removes the notes whose names are less than `end`.
    ///
    /// # Errors
    /// [`ClusterError`] if the cluster does not answer.
    pub fn remove_before(&self, end: &str) -> Result<(), ClusterError> {
        let body = json!({ "query": { "range": { "name": { "lt": end } } } }).to_string();
        let path = format!("/{}/_delete_by_query?conflicts=proceed&ignore_unavailable=true", self.index);
        self.client.ask::<Value>(Request::new("POST", &path).with(&body)).map(drop)
    }

    /// Makes the index where it is missing.
    fn make(&self) -> Result<(), ClusterError> {
        if self.is_made.get().is_some() {
            return Ok(());
        }
        // Texts are as long as they are: no word of them is searched for.
        let text = json!({ "type": "keyword", "index": false, "doc_values": false });
        let settings = json!({ "number_of_shards": 1, "auto_expand_replicas": "0-1" });
        let mappings = json!({ "dynamic": "strict", "properties": { "name": { "type": "keyword" }, "text": text } });
        self.client.create_index(&self.index, &json!({ "settings": settings, "mappings": mappings }))?;
        _ = self.is_made.set(());
        Ok(())
    }
}
