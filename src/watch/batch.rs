//! Changed files into the index, and into what is known of it, in step.

use std::collections::BTreeSet;

use super::indexer::Applied;
use super::queue::Queue;
use crate::content::{Ending, Entry, FileState, Files, Folder, Origin, Part, Problem, Site, Snapshot, Whole};

/// One batch of changes, not yet committed.
pub(super) struct Batch<'a> {
    folder: &'a Folder,
    site: &'a Site,
    queue: &'a Queue,
    /// What was known of the files before.
    before: Files,
    applied: Applied,
    /// Those that did not change but whose id became free or taken.
    decided_elsewhere: BTreeSet<Origin>,
    /// Articles read and indexed again, and files that are none.
    updated: usize,
    /// Articles gone.
    removed: usize,
}

/// What articles of a file are.
#[derive(PartialEq, Eq)]
enum Holds {
    /// The file itself is one.
    Itself,
    /// Its items are.
    Items,
}

/// What a batch led to.
pub(super) struct Done {
    pub(super) applied: Applied,
    pub(super) updated: usize,
    pub(super) removed: usize,
}

impl<'a> Batch<'a> {
    /// A batch that leads from `applied` to what was `seen`; its changes go to `queue`.
    pub(super) fn new(
        folder: &'a Folder,
        site: &'a Site,
        queue: &'a Queue,
        applied: Applied,
        seen: Snapshot,
    ) -> Batch<'a> {
        let before = applied.snapshot.files;
        let applied = Applied { snapshot: seen, ledger: applied.ledger };
        Batch { folder, site, queue, before, applied, decided_elsewhere: BTreeSet::new(), updated: 0, removed: 0 }
    }

    /// The file at `path` is gone, with all that it held.
    pub(super) fn delete(&mut self, path: &str) {
        let gone: Vec<Origin> = self.applied.ledger.of_file(path).cloned().collect();
        gone.iter().for_each(|origin| self.remove(origin));
    }

    /// The file at `path` is new or changed; `told` hears how many of its bytes are read.
    pub(super) fn upsert(&mut self, path: &str, told: &dyn Fn(u64)) {
        self.read(path, &BTreeSet::new(), told);
    }

    /// Settles which of several has an id, and gives what the index will hold once committed.
    pub(super) fn finish(mut self) -> Done {
        // A file that is read again may have changed meanwhile and decide for others in turn.
        while let Some(first) = self.decided_elsewhere.first() {
            let path = first.path.clone();
            let decided = self.decided_elsewhere.extract_if(.., |origin| origin.path == path);
            let (owners, others) = decided.partition::<BTreeSet<_>, _>(|origin| self.applied.ledger.owns(origin));
            others.into_iter().for_each(|origin| self.queue.remove(origin));
            if !owners.is_empty() {
                self.read(&path, &owners, &|_| {});
            }
        }
        Done { applied: self.applied, updated: self.updated, removed: self.removed }
    }

    /// Reads a file once and applies what differs in it, and the parts that are `wanted` in any case.
    fn read(&mut self, path: &str, wanted: &BTreeSet<Origin>, told: &dyn Fn(u64)) {
        let Batch { folder, site, .. } = *self;
        let mut left: BTreeSet<Origin> = self.applied.ledger.of_file(path).cloned().collect();
        let mut holds = Holds::Items;
        let read = folder.read(path, site, &mut |part| {
            left.remove(&part.origin);
            told(part.at);
            holds = if part.origin.item.is_some() { Holds::Items } else { Holds::Itself };
            self.part(part, wanted);
        });
        match read {
            Ok(whole) if holds == Holds::Items => self.items(path, whole, left),
            Ok(whole) => self.note_hash(path, whole.hash),
            Err(problem) => self.not_read(path, problem, wanted),
        }
    }

    /// A part that says what it said, and is the article that it was, is left alone.
    fn part(&mut self, part: Part, wanted: &BTreeSet<Origin>) {
        let entry = Entry::of(&part);
        let is_new = self.applied.ledger.entry(&part.origin).is_none_or(|before| !before.says_the_same(&entry));
        self.set(&part.origin, Some(entry));
        self.updated += usize::from(is_new);
        if !is_new && !wanted.contains(&part.origin) {
            return;
        }
        match part.read {
            Ok(parsed) if self.applied.ledger.owns(&part.origin) => {
                self.queue.add(part.origin, part.hash, parsed.article);
            }
            _ => self.queue.remove(part.origin),
        }
    }

    /// A file of many articles was read as far as it could be. Those that were not found are gone if it has an end, and
    /// else stay as they were.
    fn items(&mut self, path: &str, whole: Whole, mut left: BTreeSet<Origin>) {
        let Whole { hash, mut problems, ending } = whole;
        let file = Origin::file(path);
        left.remove(&file);
        match ending {
            Ending::Complete => {
                self.note_hash(path, hash);
                left.iter().for_each(|origin| self.remove(origin));
            }
            Ending::BrokenOff(problem) => {
                self.note_hash(path, hash);
                problems.push(problem);
            }
            Ending::Unreadable(problem) => self.not_read(path, problem, &BTreeSet::new()),
        }
        self.set(&file, Some(Entry::of_file(problems)));
    }

    /// What was read may be newer than what was seen.
    fn note_hash(&mut self, path: &str, hash: blake3::Hash) {
        match self.applied.snapshot.files.get_mut(path) {
            Some(state) if state.hash != hash => *state = FileState::known(hash),
            _ => {}
        }
    }

    /// A file that cannot be read stays as it is in the index, and is looked at again; what is `wanted` of it waits.
    fn not_read(&mut self, path: &str, problem: Problem, wanted: &BTreeSet<Origin>) {
        self.applied.snapshot.problems.push(problem);
        wanted.iter().for_each(|origin| self.applied.ledger.doubt(origin));
        let has_parts = self.applied.ledger.of_file(path).next().is_some();
        let state = match self.before.get(path) {
            Some(state) if wanted.is_empty() => Some(*state),
            _ => has_parts.then(FileState::unknown),
        };
        match state {
            Some(state) => drop(self.applied.snapshot.files.insert(path.into(), state)),
            None => drop(self.applied.snapshot.files.remove(path)),
        }
    }

    fn remove(&mut self, origin: &Origin) {
        let is_of_file = |entry: &Entry| entry.claim.is_none() && entry.hash.is_none();
        self.removed += usize::from(!self.applied.ledger.entry(origin).is_none_or(is_of_file));
        self.set(origin, None);
        self.queue.remove(origin.clone());
    }

    /// Notes what is at `origin`, and for whom this decides.
    fn set(&mut self, origin: &Origin, entry: Option<Entry>) {
        let others = self.applied.ledger.set(origin, entry);
        self.decided_elsewhere.extend(others);
    }
}
