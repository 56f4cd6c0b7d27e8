//! Where a journal is kept.

use super::Entry;
use super::known::{Known, Name, Topics};
use crate::index::IndexError;

/// What is kept of a journal.
#[derive(Default)]
pub(in crate::index) struct Kept {
    /// `None` where nothing is kept.
    pub(in crate::index) name: Option<Name>,
    pub(super) entries: Vec<Entry>,
    pub(super) topics: Topics,
}

impl Kept {
    /// A journal without an entry.
    pub(in crate::index) fn of(name: Name) -> Kept {
        Kept { name: Some(name), ..Kept::default() }
    }

    /// Adds an entry.
    pub(in crate::index) fn push(&mut self, mut entry: Entry) {
        self.topics.share(&mut entry);
        self.entries.push(entry);
    }
}

/// Where a journal is kept.
pub(in crate::index) trait Storage: Send + Sync {
    /// What is kept, but for entries up to the number `after`.
    ///
    /// # Errors
    /// [`IndexError`] if it cannot be read.
    fn read(&self, after: u64) -> Result<Kept, IndexError>;

    /// Adds entries to what is `known` of the journal `name`.
    ///
    /// # Errors
    /// [`IndexError`] if they cannot be written; then they are not known.
    fn write(&self, known: &Known, name: Name, added: &[Entry]) -> Result<(), IndexError>;

    /// Whether all that is known is kept. If not, the next writing does so.
    fn is_whole(&self) -> bool;
}
