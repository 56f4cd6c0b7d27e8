//! The entries in memory: what is noted, and what differs from it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Entry, Kept, Presence};
use crate::content::ArticleId;
use crate::index::IndexError;

/// All that is noted.
#[derive(Default)]
pub(in crate::index) struct Known {
    pub(in crate::index) name: Option<Name>,
    pub(in crate::index) entries: BTreeMap<u64, Entry>,
    by_id: HashMap<ArticleId, u64>,
    topics: Topics,
}

/// The topics that entries have or had. Many have the same, and share them.
#[derive(Default)]
pub(super) struct Topics(HashSet<Arc<[String]>>);

impl Topics {
    /// Lets `entry` share its topics with others.
    pub(super) fn share(&mut self, entry: &mut Entry) {
        match self.0.get(&entry.topics) {
            Some(same) => entry.topics = Arc::clone(same),
            None => _ = self.0.insert(Arc::clone(&entry.topics)),
        }
    }
}

/// The first line: tells this journal from one that was deleted and begun again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::index) struct Name {
    pub(in crate::index) begun: Timestamp,
}

/// What is to be noted of one article.
pub(super) struct Change {
    id: ArticleId,
    hash: blake3::Hash,
    presence: Presence,
    topics: Arc<[String]>,
}

/// What the index has that is not noted so, by its hash; and what is noted and gone.
pub(super) struct Difference {
    changed: Vec<(ArticleId, blake3::Hash, Option<Entry>)>,
    gone: Vec<Entry>,
}

pub(super) fn with_topics(
    found: Difference,
    topics: impl FnOnce(&[&ArticleId]) -> Result<HashMap<ArticleId, Vec<String>>, IndexError>,
) -> Result<Vec<Change>, IndexError> {
    let mut changes: Vec<Change> = found.gone.into_iter().map(gone).collect();
    let mut topics = topics(&found.changed.iter().map(|(id, ..)| id).collect::<Vec<_>>())?;
    for (id, hash, before) in found.changed {
        match topics.remove(&id) {
            Some(topics) => {
                changes.push(Change { id, hash, presence: Presence::Present, topics: topics.into() });
            }
            None => changes.extend(before.filter(|it| it.presence == Presence::Present).map(gone)),
        }
    }
    Ok(changes)
}

fn gone(Entry { id, hash, topics, .. }: Entry) -> Change {
    Change { id, hash, presence: Presence::Deleted, topics }
}

impl Known {
    /// All that is kept. Made at once its maps take half the memory that they take when they grow in order.
    pub(super) fn read(Kept { name, entries, topics }: Kept) -> Known {
        // The last entry of an article counts.
        let by_id: HashMap<_, _> = entries.iter().map(|entry| (entry.id.clone(), entry.sequence)).collect();
        let is_last = |entry: &Entry| by_id.get(&entry.id) == Some(&entry.sequence);
        let entries = entries.into_iter().filter(is_last).map(|entry| (entry.sequence, entry)).collect();
        Known { name, entries, by_id, topics }
    }

    pub(super) fn of(&self, id: &ArticleId) -> Option<&Entry> {
        let entry = self.by_id.get(id).and_then(|sequence| self.entries.get(sequence));
        entry.filter(|entry| entry.id == *id)
    }

    pub(super) fn latest(&self) -> Option<Timestamp> {
        self.entries.values().next_back().map(|entry| entry.changed)
    }

    pub(super) fn set(&mut self, mut entry: Entry) {
        self.topics.share(&mut entry);
        if let Some(before) = self.by_id.insert(entry.id.clone(), entry.sequence) {
            self.entries.remove(&before);
        }
        self.entries.insert(entry.sequence, entry);
    }

    pub(super) fn difference<'a>(
        &self,
        present: impl IntoIterator<Item = (&'a ArticleId, blake3::Hash)>,
    ) -> Difference {
        let mut seen = HashSet::new();
        let mut changed = Vec::new();
        for (id, hash) in present {
            seen.insert(id);
            let before = self.of(id);
            if before.is_none_or(|it| it.presence == Presence::Deleted || it.hash != hash) {
                changed.push((id.clone(), hash, before.cloned()));
            }
        }
        let is_gone = |entry: &&Entry| entry.presence == Presence::Present && !seen.contains(&entry.id);
        Difference { changed, gone: self.entries.values().filter(is_gone).cloned().collect() }
    }

    /// The entries that follow, and the name of the journal.
    pub(super) fn entries_of(&self, changes: Vec<Change>, now: Timestamp) -> (Name, Vec<Entry>) {
        let seconds = Timestamp::from_second(now.as_second()).unwrap_or(now);
        // A clock that was set back would hide the change from those who ask what is new.
        let changed = self.latest().map_or(seconds, |latest| latest.max(seconds));
        let last = self.entries.keys().next_back().copied().unwrap_or_default();
        let entry = |(number, Change { id, hash, presence, topics })| Entry {
            sequence: last.saturating_add(number),
            id,
            hash,
            changed,
            presence,
            topics,
        };
        (self.name.unwrap_or(Name { begun: now }), (1..).zip(changes).map(entry).collect())
    }
}
