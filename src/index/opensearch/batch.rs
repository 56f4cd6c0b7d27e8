//! Changes on their way: collected, sent in requests of a bounded size, and sent again where a shard is overloaded.

use std::thread;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::client::{Client, Request, TRIES, pause};
use super::error::ClusterError;
use crate::content::Origin;

/// How much is collected before it is sent, in bytes.
const MOST_BYTES: usize = 4 << 20;

/// The changes that are not yet sent.
#[derive(Default)]
pub(super) struct Batch {
    changes: Vec<Change>,
    bytes: usize,
    has_failed: bool,
}

/// Where changes go.
pub(super) struct Target<'a> {
    pub(super) client: &'a Client,
    pub(super) index: &'a str,
    /// See [`lease`](super::lease).
    pub(super) epoch: u64,
}

struct Change {
    origin: Origin,
    /// What to do, and with what, each on a line.
    lines: String,
}

#[derive(Deserialize)]
struct Done {
    errors: bool,
    #[serde(default)]
    items: Vec<Map<String, Value>>,
}

impl Batch {
    pub(super) fn add(
        &mut self,
        target: &Target<'_>,
        origin: &Origin,
        fields: &Map<String, Value>,
    ) -> Result<(), ClusterError> {
        let what = json!({ "index": keyed(target, origin) });
        let fields = serde_json::to_string(fields)
            .map_err(|error| ClusterError::Answer { status: 0, reason: format!("{origin}: {error}") })?;
        self.collect(target, Change { origin: origin.clone(), lines: format!("{what}\n{fields}\n") })
    }

    pub(super) fn remove(&mut self, target: &Target<'_>, origin: &Origin) -> Result<(), ClusterError> {
        let what = json!({ "delete": keyed(target, origin) });
        self.collect(target, Change { origin: origin.clone(), lines: format!("{what}\n") })
    }

    fn collect(&mut self, target: &Target<'_>, change: Change) -> Result<(), ClusterError> {
        self.bytes += change.lines.len();
        self.changes.push(change);
        if self.bytes >= MOST_BYTES { self.send(target) } else { Ok(()) }
    }

    /// Sends what is collected. An article that the cluster refuses is told with its origin, and the others go on.
    ///
    /// # Errors
    /// [`ClusterError`] if the cluster does not take the changes; the batch is then lost.
    pub(super) fn send(&mut self, target: &Target<'_>) -> Result<(), ClusterError> {
        self.bytes = 0;
        let mut left = std::mem::take(&mut self.changes);
        for tried in 1.. {
            if left.is_empty() {
                break;
            }
            let (again, overload) = send(target, left).inspect_err(|_| self.has_failed = true)?;
            left = again;
            if let (Some(error), true) = (overload, tried >= TRIES) {
                self.has_failed = true;
                return Err(error);
            }
            if !left.is_empty() {
                thread::sleep(pause(tried));
            }
        }
        Ok(())
    }

    /// Whether some of a batch that was given up may have been taken.
    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }

    pub(super) fn failed(&mut self) {
        self.has_failed = true;
    }

    /// What the index has is what it shows.
    pub(super) fn settled(&mut self) {
        self.has_failed = false;
    }
}

/// Sends changes; gives those that a shard was too busy for, and what it said.
fn send(target: &Target<'_>, changes: Vec<Change>) -> Result<(Vec<Change>, Option<ClusterError>), ClusterError> {
    let lines: String = changes.iter().map(|change| change.lines.as_str()).collect();
    let path = format!("/{}/_bulk?filter_path=errors,items.*.status,items.*.error", target.index);
    let done: Done = target.client.ask(Request::new("POST", &path).with(&lines))?;
    let (mut again, mut overload) = (Vec::new(), None);
    if !done.errors {
        return Ok((again, overload));
    }
    for (change, item) in changes.into_iter().zip(done.items) {
        let of = item.values().next();
        let Some(error) = of.and_then(|of| of.get("error")) else { continue };
        let status = of.and_then(|of| of.get("status")?.as_u64()).and_then(|status| u16::try_from(status).ok());
        match ClusterError::of(status.unwrap_or_default(), &json!({ "error": error }).to_string()) {
            error if error.passes() => {
                overload = Some(error);
                again.push(change);
            }
            ClusterError::Conflict(_) => return Err(ClusterError::Lost),
            error @ (ClusterError::ReadOnly(_) | ClusterError::Refused { .. } | ClusterError::Missing(_)) => {
                return Err(error);
            }
            error => tracing::error!(path = %change.origin, %error, "the article is not indexed"),
        }
    }
    Ok((again, overload))
}

/// Which document, and its version: one that a later holder of the lease has written is not replaced.
fn keyed(target: &Target<'_>, origin: &Origin) -> Value {
    json!({ "_id": id(origin), "version": target.epoch, "version_type": "external_gte" })
}

/// The key of the document of an origin, which may be longer than OpenSearch takes.
fn id(origin: &Origin) -> String {
    blake3::hash(origin.key().as_bytes()).to_hex()[..32].to_owned()
}
