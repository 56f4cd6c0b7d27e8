//! When each article last changed, and which are gone: what harvesters ask for and no generation keeps.
//!
//! It is kept beside the generations, see [`Storage`]. Entries are numbered in the order of the changes, so that who has read up
//! to a number misses nothing by reading on from there, whatever changes meanwhile. What time it is, is told by the caller.

mod file;
mod known;
mod storage;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use self::known::with_topics;
use super::IndexError;
use crate::content::ArticleId;

pub(super) use file::JournalFile;
pub(super) use known::{Known, Name};
pub(super) use storage::{Kept, Storage};

/// What became of one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the order of the changes.
    pub sequence: u64,
    /// The article.
    pub id: ArticleId,
    /// The BLAKE3 hash of what it said; of a deleted one the last that it had.
    #[serde(with = "hexadecimal")]
    hash: blake3::Hash,
    /// When it changed, in whole seconds; never before the entry before it.
    pub changed: Timestamp,
    /// Whether it is there.
    pub presence: Presence,
    /// Its topics, without those above them; of a deleted one the last that it had.
    pub topics: Arc<[String]>,
}

/// Whether an article is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// It is.
    Present,
    /// It was.
    Deleted,
}

/// Which entries are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Changed then or later.
    pub from: Option<Timestamp>,
    /// Changed then or earlier.
    pub until: Option<Timestamp>,
    /// Of this topic or one below it.
    pub topic: Option<String>,
}

/// A part of the entries that are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// In the order of the changes.
    pub entries: Vec<Entry>,
    /// Where to read on, if there are more.
    pub next: Option<u64>,
    /// How many are wanted in all.
    pub total: usize,
}

/// The journal of one index.
pub struct Journal {
    storage: Box<dyn Storage>,
    /// Held by the one who writes.
    writing: Mutex<()>,
    known: RwLock<Known>,
    is_read: AtomicBool,
}

impl Journal {
    /// The journal in `storage`, which need not be there. It is read when it is first asked: that takes seconds of many
    /// articles, and searches ask nothing of it.
    pub(super) fn new(storage: impl Storage + 'static) -> Journal {
        let (writing, known, is_read) = (Mutex::new(()), RwLock::default(), AtomicBool::new(false));
        Journal { storage: Box::new(storage), writing, known, is_read }
    }

    /// Reads what was added since it was read last.
    ///
    /// # Errors
    /// [`IndexError`] if it cannot be read.
    pub(super) fn read_on(&self) -> Result<(), IndexError> {
        let _only = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_read.load(Ordering::Acquire) {
            return self.read_all();
        }
        let (name, last) = self.as_read(|known| (known.name, known.entries.keys().next_back().copied()));
        let read = self.storage.read(last.unwrap_or_default())?;
        if read.name != name && name.is_some() {
            // It was begun again: what was read of the one before means nothing.
            return self.read_all();
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.name = read.name;
        read.entries.into_iter().for_each(|entry| known.set(entry));
        Ok(())
    }

    fn read_all(&self) -> Result<(), IndexError> {
        let known = Known::read(self.storage.read(0)?);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        self.is_read.store(true, Ordering::Release);
        Ok(())
    }

    fn read_first(&self) -> Result<(), IndexError> {
        if self.is_read.load(Ordering::Acquire) { Ok(()) } else { self.read_on() }
    }

    /// Begins with all that another journal has, if nothing is noted yet; gives how many entries that are.
    ///
    /// # Errors
    /// [`IndexError`] if one cannot be read or the other not be written.
    pub(super) fn begin_as(&self, other: &Journal) -> Result<usize, IndexError> {
        other.read_first()?;
        self.read_first()?;
        let _only = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let (name, entries) = other.reading(|known| (known.name, known.entries.values().cloned().collect::<Vec<_>>()));
        let Some(name) = name.filter(|_| self.begun().is_none()) else { return Ok(0) };
        self.storage.write(&Known::default(), name, &entries)?;
        let count = entries.len();
        let mut kept = Kept::of(name);
        entries.into_iter().for_each(|entry| kept.push(entry));
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Known::read(kept);
        Ok(count)
    }

    /// Notes what differs from `present`, the articles of the index with the hashes of what they say. `topics` gives the
    /// topics of the articles with the ids that it is asked for, those left out that the index lacks. An article whose hash
    /// is known keeps its time.
    ///
    /// The time is taken while nobody reads: whoever asked before, and asks again from that moment on, misses nothing.
    ///
    /// # Errors
    /// [`IndexError`] if the topics or the journal cannot be read, or it cannot be written; then nothing is noted.
    pub fn follow<'a>(
        &self,
        present: impl IntoIterator<Item = (&'a ArticleId, blake3::Hash)>,
        topics: impl FnOnce(&[&ArticleId]) -> Result<HashMap<ArticleId, Vec<String>>, IndexError>,
        now: impl Fn() -> Timestamp,
    ) -> Result<(), IndexError> {
        self.read_first()?;
        let _only = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let found = self.reading(|known| known.difference(present));
        let changes = with_topics(found, topics)?;
        if changes.is_empty() && self.storage.is_whole() {
            return Ok(());
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let (name, entries) = known.entries_of(changes, now());
        self.storage.write(&known, name, &entries)?;
        known.name = Some(name);
        entries.into_iter().for_each(|entry| known.set(entry));
        Ok(())
    }

    /// What became of an article; `None` if it was never there.
    pub fn entry(&self, id: &ArticleId) -> Option<Entry> {
        self.reading(|known| known.of(id).cloned())
    }

    /// At most `most` of the entries that are wanted, after the one with the number `after`.
    pub fn part(&self, wanted: &Selection, after: u64, most: usize) -> Part {
        self.reading(|known| {
            let of_all = known.entries.values().filter(|entry| wanted.has(entry));
            let following = known.entries.range(after.saturating_add(1)..).map(|(_, entry)| entry);
            let mut following = following.filter(|entry| wanted.has(entry));
            let entries: Vec<Entry> = following.by_ref().take(most).cloned().collect();
            let next = following.next().and(entries.last()).map(|last| last.sequence);
            Part { total: of_all.count(), next, entries }
        })
    }

    /// The topics that articles have or had, without doubles.
    pub fn topics(&self) -> HashSet<String> {
        self.reading(|known| known.entries.values().flat_map(|entry| entry.topics.iter().cloned()).collect())
    }

    /// When the change was that is the longest ago.
    pub fn earliest(&self) -> Option<Timestamp> {
        self.reading(|known| known.entries.values().next().map(|entry| entry.changed))
    }

    /// When the last change was.
    pub fn latest(&self) -> Option<Timestamp> {
        self.reading(Known::latest)
    }

    /// What tells this state of the journal from every other: when it was begun, and the number of its last change. Before
    /// it is read the state is another one.
    pub fn state(&self) -> (Option<Timestamp>, u64) {
        self.as_read(|known| {
            let last = known.entries.keys().next_back().copied().unwrap_or_default();
            (known.name.map(|name| name.begun), last)
        })
    }

    /// When the journal was begun: numbers of entries mean something only together with it.
    pub fn begun(&self) -> Option<Timestamp> {
        self.reading(|known| known.name.map(|name| name.begun))
    }

    fn reading<T>(&self, read: impl FnOnce(&Known) -> T) -> T {
        if let Err(error) = self.read_first() {
            tracing::error!(%error, "the journal cannot be read; this answer has nothing of it");
        }
        self.as_read(read)
    }

    /// As far as it was read.
    fn as_read<T>(&self, read: impl FnOnce(&Known) -> T) -> T {
        read(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Entry {
    /// Whether it is of this topic or of one below it.
    fn is_of(&self, topic: &str) -> bool {
        let below = |rest: &str| rest.is_empty() || rest.starts_with('/');
        self.topics.iter().any(|of| of.strip_prefix(topic).is_some_and(below))
    }
}

impl Selection {
    fn has(&self, entry: &Entry) -> bool {
        let Selection { from, until, topic } = self;
        from.is_none_or(|from| entry.changed >= from)
            && until.is_none_or(|until| entry.changed <= until)
            && topic.as_ref().is_none_or(|topic| entry.is_of(topic))
    }
}

/// Hashes as people read them.
mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(hash: &blake3::Hash, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hash.to_hex())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<blake3::Hash, D::Error> {
        blake3::Hash::from_hex(String::deserialize(from)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests;
