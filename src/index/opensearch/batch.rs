//! Changes on their way: collected, sent in requests of a bounded size, several at a time, and sent again where a shard is
//! overloaded.

use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::client::{Client, Request, TRIES, pause};
use super::counts::Counts;
use super::error::ClusterError;
use super::schema::COMMIT;
use crate::content::Origin;
use crate::index::Field;

/// How much is collected before it is sent, in bytes.
const MOST_BYTES: usize = 4 << 20;
/// Requests that are on their way at a time.
const MOST_SENDING: usize = 4;
/// There is nothing before it that could be replaced.
const FIRST_COMMIT: u64 = 1;

/// The changes that are not yet shown.
#[derive(Default)]
pub(super) struct Batch {
    collected: Changes,
    /// Requests on their way, the oldest first.
    sending: VecDeque<Sending>,
    /// Of all that were taken.
    counts: Counts,
    has_failed: bool,
}

/// Where changes go.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) client: Arc<Client>,
    pub(super) index: String,
    /// See [`lease`](super::lease).
    pub(super) epoch: u64,
    /// The number of the commit that they are for.
    pub(super) commit: u64,
}

/// What is sent at a time, each document once.
#[derive(Default)]
struct Changes {
    changes: Vec<Change>,
    ids: HashSet<String>,
    bytes: usize,
}

struct Sending {
    ids: HashSet<String>,
    thread: JoinHandle<Result<Counts, ClusterError>>,
}

struct Change {
    id: String,
    origin: Origin,
    /// What to do, and with what, each on a line.
    lines: String,
    /// What is added.
    document: Option<Map<String, Value>>,
}

impl Batch {
    pub(super) fn add(
        &mut self,
        target: &Target,
        origin: &Origin,
        mut document: Map<String, Value>,
    ) -> Result<(), ClusterError> {
        document.insert(COMMIT.to_owned(), target.commit.into());
        let id = id(origin);
        let what = json!({ "index": keyed(target, &id) });
        let fields = serde_json::to_string(&document)
            .map_err(|error| ClusterError::Answer { status: 0, reason: format!("{origin}: {error}") })?;
        let (origin, lines) = (origin.clone(), format!("{what}\n{fields}\n"));
        self.collect(target, Change { id, origin, lines, document: Some(document) })
    }

    pub(super) fn remove(&mut self, target: &Target, origin: &Origin) -> Result<(), ClusterError> {
        let id = id(origin);
        let lines = format!("{}\n", json!({ "delete": keyed(target, &id) }));
        self.collect(target, Change { id, origin: origin.clone(), lines, document: None })
    }

    fn collect(&mut self, target: &Target, change: Change) -> Result<(), ClusterError> {
        let waits = self.collected.ids.contains(&change.id);
        if waits || self.sending.iter().any(|sending| sending.ids.contains(&change.id)) {
            // The later of two changes of a document must come later.
            self.send(target)?;
            self.wait_for(0)?;
        }
        self.collected.bytes += change.lines.len();
        self.collected.ids.insert(change.id.clone());
        self.collected.changes.push(change);
        if self.collected.bytes >= MOST_BYTES { self.send(target) } else { Ok(()) }
    }

    /// Sends what is collected.
    fn send(&mut self, target: &Target) -> Result<(), ClusterError> {
        let Changes { changes, ids, .. } = std::mem::take(&mut self.collected);
        if !changes.is_empty() {
            self.wait_for(MOST_SENDING - 1)?;
            let target = target.clone();
            self.sending.push_back(Sending { ids, thread: thread::spawn(move || send(&target, changes)) });
        }
        Ok(())
    }

    /// Waits until so many requests are on their way.
    fn wait_for(&mut self, left: usize) -> Result<(), ClusterError> {
        while self.sending.len() > left {
            let Some(sending) = self.sending.pop_front() else { break };
            let counts = sending.thread.join().unwrap_or_else(|panic| resume_unwind(panic))?;
            self.counts.merge(counts)?;
        }
        Ok(())
    }

    /// Sends the rest, and gives the counts of all; `None` where they are not known, as a batch before has failed. An article
    /// that the cluster refuses is told with its origin, and the others go on.
    ///
    /// # Errors
    /// [`ClusterError`] if the cluster does not take the changes, here and wherever they are sent.
    pub(super) fn finish(&mut self, target: &Target) -> Result<Option<Counts>, ClusterError> {
        self.send(target)?;
        self.wait_for(0)?;
        let counts = std::mem::take(&mut self.counts);
        Ok((!self.has_failed).then_some(counts))
    }

    /// Whether some of a batch that was given up may have been taken.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }

    /// Loses what is not yet shown. Nothing of it is on its way afterwards.
    pub(super) fn give_up(&mut self) {
        let sending = std::mem::take(&mut self.sending);
        *self = Batch { has_failed: true, ..Batch::default() };
        for sending in sending {
            // What is lost needs no word of what else went wrong.
            let _ = sending.thread.join();
        }
    }

    /// What the index has is what it shows.
    pub(super) fn settled(&mut self) {
        self.has_failed = false;
    }
}

/// Sends changes until all are taken or refused; gives what they change in the counts of words.
fn send(target: &Target, mut left: Vec<Change>) -> Result<Counts, ClusterError> {
    let mut replaced = replaced(target, &left)?;
    let mut counts = Counts::default();
    for tried in 1.. {
        let Answered { taken, again, overload } = send_once(target, left)?;
        for Change { id, document, .. } in taken {
            document.iter().for_each(|document| counts.add(document, 1));
            replaced.remove(&id).iter().for_each(|document| counts.add(document, -1));
        }
        left = again;
        match overload {
            Some(error) if tried >= TRIES => return Err(error),
            Some(_) => thread::sleep(pause(tried)),
            None => break,
        }
    }
    Ok(counts)
}

/// What became of changes.
#[derive(Default)]
struct Answered {
    taken: Vec<Change>,
    /// Those that a shard was too busy for.
    again: Vec<Change>,
    /// What it said.
    overload: Option<ClusterError>,
}

fn send_once(target: &Target, changes: Vec<Change>) -> Result<Answered, ClusterError> {
    #[derive(Deserialize)]
    struct Done {
        errors: bool,
        #[serde(default)]
        items: Vec<Map<String, Value>>,
    }
    let lines: String = changes.iter().map(|change| change.lines.as_str()).collect();
    let path = format!("/{}/_bulk?filter_path=errors,items.*.status,items.*.error", target.index);
    let done: Done = target.client.ask(Request::new("POST", &path).with(&lines))?;
    let mut answered = Answered::default();
    if !done.errors {
        answered.taken = changes;
        return Ok(answered);
    }
    for (change, item) in changes.into_iter().zip(done.items) {
        let of = item.values().next();
        let Some(error) = of.and_then(|of| of.get("error")) else {
            answered.taken.push(change);
            continue;
        };
        let status = of.and_then(|of| of.get("status")?.as_u64()).and_then(|status| u16::try_from(status).ok());
        match ClusterError::of(status.unwrap_or_default(), &json!({ "error": error }).to_string()) {
            error if error.passes() => {
                answered.overload = Some(error);
                answered.again.push(change);
            }
            ClusterError::Conflict(_) => return Err(ClusterError::Lost),
            error @ (ClusterError::ReadOnly(_) | ClusterError::Refused { .. } | ClusterError::Missing(_)) => {
                return Err(error);
            }
            error => tracing::error!(path = %change.origin, %error, "the article is not indexed"),
        }
    }
    Ok(answered)
}

/// The words of the documents that changes will replace or remove, by id.
fn replaced(target: &Target, changes: &[Change]) -> Result<HashMap<String, Map<String, Value>>, ClusterError> {
    #[derive(Deserialize)]
    struct Found {
        docs: Vec<Stored>,
    }
    #[derive(Deserialize)]
    struct Stored {
        #[serde(rename = "_id")]
        id: String,
        #[serde(rename = "_source")]
        source: Option<Map<String, Value>>,
    }
    if target.commit == FIRST_COMMIT {
        return Ok(HashMap::new());
    }
    let ids = json!({ "ids": changes.iter().map(|change| &change.id).collect::<Vec<_>>() }).to_string();
    let fields = Field::WORDS.map(Field::name).join(",");
    let path = format!("/{}/_mget?_source_includes={fields}", target.index);
    let found: Found = target.client.ask(Request::new("POST", &path).with(&ids))?;
    Ok(found.docs.into_iter().filter_map(|stored| Some((stored.id, stored.source?))).collect())
}

/// Which document, and its version: one that a later holder of the lease has written is not replaced.
fn keyed(target: &Target, id: &str) -> Value {
    json!({ "_id": id, "version": target.epoch, "version_type": "external_gte" })
}

/// The key of the document of an origin, which may be longer than OpenSearch takes.
fn id(origin: &Origin) -> String {
    blake3::hash(origin.key().as_bytes()).to_hex()[..32].to_owned()
}
