//! The words of all documents of a generation, with their counts, in an index of their own.
//!
//! They are kept in parts, each the counts that some batches have changed, and the commit tells which it has. A part that is
//! few beside what is added is put into one with that, so that parts grow by twice and more and are never many (a
//! log-structured merge tree; P. O'Neil et al., 1996).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fst::Map;
use serde::{Deserialize, Serialize};

use super::client::Client;
use super::counts::{Counts, Packed, is_outgrown, sum};
use super::error::ClusterError;
use super::state::{Expected, State};

/// A part is kept in documents of so many bytes.
const MOST_BYTES: usize = 8 << 20;

/// The counts that a commit has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counted {
    /// The number of the last commit that was counted: this one, unless it is unfinished.
    pub(super) commit: u64,
    parts: Vec<Part>,
}

/// Some of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    number: u64,
    bytes: usize,
}

/// The words of a generation.
pub(super) struct Words {
    client: Arc<Client>,
    index: String,
    /// The parts of the commit that was read last.
    read: Mutex<HashMap<u64, Arc<Packed>>>,
    /// Parts that the last commit has no more, and the one before had: someone may be about to read them. What a writer that
    /// dies leaves here goes with the generation.
    left: Mutex<Vec<Part>>,
}

#[derive(Serialize, Deserialize)]
struct Bytes {
    base64: String,
}

impl Words {
    /// The words of the generation `index`.
    pub(super) fn new(client: &Arc<Client>, index: &str) -> Words {
        let (read, left) = (Mutex::default(), Mutex::default());
        Words { client: Arc::clone(client), index: index_of(index), read, left }
    }

    /// Makes the index.
    pub(super) fn create(&self) -> Result<(), ClusterError> {
        self.state().create()
    }

    fn state(&self) -> State<'_> {
        State::of_index(&self.client, &self.index)
    }

    /// The parts of what a commit has counted; those that are known are not read again.
    ///
    /// # Errors
    /// [`ClusterError::Missing`] if it is older than the commit before the last one.
    pub(super) fn parts(&self, counted: &Counted) -> Result<Vec<Arc<Packed>>, ClusterError> {
        let mut known = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let mut parts = HashMap::new();
        for part in &counted.parts {
            let read = match known.get(&part.number) {
                Some(packed) => Arc::clone(packed),
                None => Arc::new(self.read(*part)?),
            };
            parts.insert(part.number, read);
        }
        *known = parts;
        Ok(known.values().map(Arc::clone).collect())
    }

    /// Keeps `added`, which the commit of this number brings, beside what is counted `before`.
    ///
    /// # Errors
    /// [`ClusterError`] if the cluster does not take them; the last commit has its own as before.
    pub(super) fn add(&self, before: &Counted, added: Counts, commit: u64) -> Result<Counted, ClusterError> {
        let mut parts = before.parts.clone();
        let number = parts.iter().map(|part| part.number + 1).max().unwrap_or_default();
        let mut added = added.pack()?;
        if added.is_empty() {
            return Ok(Counted { commit, parts });
        }
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner).split_off(0);
        // Where the commit failed that was to have them no more, they are still needed.
        for part in left.into_iter().filter(|part| !parts.contains(part)) {
            // What cannot be removed goes with the generation.
            let _ = self.state().remove(&part.names().collect::<Vec<_>>());
        }
        while let Some(last) = parts.pop_if(|last| is_outgrown(last.bytes, added.as_fst().size())) {
            added = sum(&[&self.read(last)?, &added])?;
            self.left.lock().unwrap_or_else(PoisonError::into_inner).push(last);
        }
        parts.push(self.write(number, &added)?);
        Ok(Counted { commit, parts })
    }

    fn read(&self, part: Part) -> Result<Packed, ClusterError> {
        let damaged = |reason: &dyn std::fmt::Display| ClusterError::Answer {
            status: 200,
            reason: format!("part {} of {}: {reason}; run khonha reindex", part.number, self.index),
        };
        let mut bytes = Vec::with_capacity(part.bytes);
        for name in part.names() {
            let read = self.state().read::<Bytes>(&name)?;
            let (read, _) = read.ok_or_else(|| ClusterError::Missing(format!("{name} of {}", self.index)))?;
            bytes.extend(STANDARD.decode(read.base64).map_err(|error| damaged(&error))?);
        }
        Map::new(bytes).map_err(|error| damaged(&error))
    }

    fn write(&self, number: u64, counts: &Packed) -> Result<Part, ClusterError> {
        let bytes = counts.as_fst().as_bytes();
        let part = Part { number, bytes: bytes.len() };
        for (name, bytes) in part.names().zip(bytes.chunks(MOST_BYTES)) {
            let bytes = Bytes { base64: STANDARD.encode(bytes) };
            self.state().write(&name, &bytes, Expected::Anything)?;
        }
        Ok(part)
    }
}

impl Part {
    /// The names of its documents.
    fn names(self) -> impl Iterator<Item = String> {
        (0..self.bytes.div_ceil(MOST_BYTES)).map(move |at| format!("{}-{at}", self.number))
    }
}

/// The index with the words of the generation `index`.
pub(super) fn index_of(index: &str) -> String {
    format!("{index}-words")
}
