//! Changed files into the index, and into what is known of it, in step.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::indexer::Applied;
use crate::content::{Article, Entry, FileState, Folder, Loaded, Problem, Snapshot};
use crate::index::{Document, Generation, IndexError};

/// One batch of changes, not yet committed.
pub(super) struct Batch<'a> {
    folder: &'a Folder,
    generation: &'a Generation,
    /// What was known of the files before.
    before: BTreeMap<String, FileState>,
    applied: Applied,
    /// Files that did not change but whose id became free or taken.
    decided_elsewhere: BTreeSet<String>,
}

impl<'a> Batch<'a> {
    /// A batch that leads from `applied` to what was `seen`.
    pub(super) fn new(folder: &'a Folder, generation: &'a Generation, applied: Applied, seen: Snapshot) -> Batch<'a> {
        let before = applied.snapshot.files;
        let applied = Applied { snapshot: seen, ledger: applied.ledger };
        Batch { folder, generation, before, applied, decided_elsewhere: BTreeSet::new() }
    }

    /// The file at `path` is gone.
    pub(super) fn delete(&mut self, path: &str) -> Result<(), IndexError> {
        let others = self.applied.ledger.set(path, None);
        self.decided_elsewhere.extend(others);
        self.generation.index.remove(path)
    }

    /// The file at `path` is new or changed.
    pub(super) fn upsert(&mut self, path: &str) -> Result<(), IndexError> {
        let loaded = guarded(path, || self.folder.load(path, &self.generation.site));
        match loaded.and_then(std::convert::identity) {
            Ok(loaded) => self.loaded(path, loaded),
            Err(problem) => {
                self.not_loaded(path, problem);
                Ok(())
            }
        }
    }

    /// Settles which of several files has an id, and gives what the index will hold once committed.
    pub(super) fn finish(mut self) -> Result<Applied, IndexError> {
        // A file that is read again may have changed meanwhile and decide for others in turn.
        while let Some(path) = self.decided_elsewhere.pop_first() {
            if self.applied.ledger.owns(&path) {
                self.upsert(&path)?;
            } else {
                self.generation.index.remove(&path)?;
            }
        }
        Ok(self.applied)
    }

    fn loaded(&mut self, path: &str, Loaded { hash, read }: Loaded) -> Result<(), IndexError> {
        // What was read may be newer than what was seen.
        match self.applied.snapshot.files.get_mut(path) {
            Some(state) if state.hash != hash => *state = FileState { hash, stamp: None },
            _ => {}
        }
        let others = self.applied.ledger.set(path, Some(Entry::of(&read)));
        self.decided_elsewhere.extend(others);
        match read {
            Ok(parsed) if self.applied.ledger.owns(path) => self.index(path, hash, parsed.article),
            _ => self.generation.index.remove(path),
        }
    }

    fn index(&mut self, path: &str, hash: blake3::Hash, article: Article) -> Result<(), IndexError> {
        let Generation { analyzer, site, index, .. } = self.generation;
        match guarded(path, || Document::new(article, hash, analyzer, site)) {
            Ok(document) => index.add(document),
            Err(problem) => {
                self.applied.snapshot.problems.push(problem);
                index.remove(path)
            }
        }
    }

    /// A file that cannot be read stays as it is in the index, and is looked at again.
    fn not_loaded(&mut self, path: &str, problem: Problem) {
        self.applied.snapshot.problems.push(problem);
        match self.before.get(path) {
            Some(state) => drop(self.applied.snapshot.files.insert(path.to_owned(), *state)),
            None => drop(self.applied.snapshot.files.remove(path)),
        }
    }
}

/// Does `work`; a defect that one file brings out is reported with it and does not stop the others.
pub(super) fn guarded<T>(path: &str, work: impl FnOnce() -> T) -> Result<T, Problem> {
    let defect = |_| Problem::error(path, None, "brings out a defect of khonha; please report it with the file");
    catch_unwind(AssertUnwindSafe(work)).map_err(defect)
}
