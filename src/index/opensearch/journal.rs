//! The journal in an index of its own: a document for what became of each article last, and one for the journal itself.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{Client, Request};
use super::error::ClusterError;
use super::response::Answer;
use crate::index::IndexError;
use crate::index::journal::{Entry, Kept, Known, Name, Storage};

/// Entries that are read or written at a time.
const AT_ONCE: usize = 2_000;
const NAME: &str = "journal";

/// A journal in a cluster.
pub(super) struct JournalIndex {
    client: Arc<Client>,
    index: String,
}

#[derive(Deserialize)]
struct Stored<T> {
    #[serde(rename = "_source")]
    source: T,
}

#[derive(Deserialize)]
struct Noted {
    entry: Entry,
}

impl JournalIndex {
    /// The journal of the site whose indices begin with `prefix`.
    pub(super) fn new(client: &Arc<Client>, prefix: &str) -> JournalIndex {
        JournalIndex { client: Arc::clone(client), index: JournalIndex::name_of(prefix) }
    }

    /// The index of such a journal.
    pub(super) fn name_of(prefix: &str) -> String {
        format!("{prefix}-journal")
    }

    /// Makes the index where it is missing.
    pub(super) fn create(&self) -> Result<(), ClusterError> {
        let properties = json!({ "sequence": { "type": "long" }, "entry": { "type": "object", "enabled": false }, "name": { "type": "object", "enabled": false } });
        self.client.create_index(
            &self.index,
            &json!({
                "settings": { "number_of_shards": 1, "auto_expand_replicas": "0-1" },
                "mappings": { "dynamic": "strict", "properties": properties },
            }),
        )
    }

    fn name(&self) -> Result<Option<Name>, ClusterError> {
        #[derive(Deserialize)]
        struct Named {
            name: Name,
        }
        match self.client.ask::<Stored<Named>>(Request::new("GET", &format!("/{}/_doc/{NAME}", self.index))) {
            Ok(stored) => Ok(Some(stored.source.name)),
            Err(ClusterError::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Storage for JournalIndex {
    fn read(&self, after: u64) -> Result<Kept, IndexError> {
        let Some(name) = self.name()? else { return Ok(Kept::default()) };
        let mut kept = Kept::of(name);
        let mut last = after;
        loop {
            let body = json!({
                "size": AT_ONCE, "query": { "range": { "sequence": { "gt": last } } }, "sort": ["sequence"],
                "track_total_hits": false,
            });
            let (path, body) = (format!("/{}/_search", self.index), body.to_string());
            let answer = self.client.ask::<Answer<Noted>>(Request::new("POST", &path).with(&body))?.whole()?;
            let count = answer.hits.hits.len();
            for hit in answer.hits.hits {
                last = hit.source.entry.sequence;
                kept.push(hit.source.entry);
            }
            if count < AT_ONCE {
                return Ok(kept);
            }
        }
    }

    fn write(&self, _: &Known, name: Name, added: &[Entry]) -> Result<(), IndexError> {
        let path = format!("/{}/_bulk?refresh=true", self.index);
        let named = json!({ "name": name });
        for part in added.chunks(AT_ONCE) {
            let mut lines = format!("{}\n{named}\n", json!({ "index": { "_id": NAME } }));
            for entry in part {
                let id = blake3::hash(entry.id.as_str().as_bytes()).to_hex();
                let what = json!({ "index": { "_id": &id[..32] } });
                let noted = json!({ "sequence": entry.sequence, "entry": entry });
                lines.push_str(&format!("{what}\n{noted}\n"));
            }
            let done: Value = self.client.ask(Request::new("POST", &path).with(&lines))?;
            if done["errors"] == true {
                let reason = done["items"].to_string().chars().take(500).collect();
                return Err(ClusterError::Answer { status: 200, reason }.into());
            }
        }
        Ok(())
    }

    fn is_whole(&self) -> bool {
        true
    }
}
