//! What the one who keeps the index up to date says of its work, for those who look after the service.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::content::Problem;

/// Changes that are remembered.
const REMEMBERED: usize = 20;

/// Where it is said; shared by the one who works and all who ask.
#[derive(Default)]
pub struct Status {
    told: Mutex<Told>,
    /// Whether the index is to be built anew, though nothing has changed.
    is_anew_wanted: AtomicBool,
}

/// What was said last.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What is being done.
    pub work: Work,
    /// When a look at the folder ended last; `None` before the first, and where nobody follows the folder.
    pub last_look: Option<Timestamp>,
    /// Why the last look failed.
    pub trouble: Option<String>,
    /// Everything that is wrong with files, by path.
    pub problems: Vec<Problem>,
    /// The last changes of the index, the newest first.
    pub changes: VecDeque<Change>,
}

/// What is being done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Work {
    /// Nothing: the index is as the folder was at the last look.
    #[default]
    Waiting,
    /// The folder is compared with the index.
    Looking,
    /// Files are read and indexed.
    Indexing {
        /// Those that are done.
        done: usize,
        /// All of them.
        files: usize,
    },
    /// Files are read into an index that is built anew, beside the one in use if there is one.
    Building {
        /// Those that are done.
        done: usize,
        /// All of them.
        files: usize,
    },
}

/// A change of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When it could be found.
    pub at: Timestamp,
    /// Articles read and indexed.
    pub updated: usize,
    /// Articles gone.
    pub removed: usize,
    /// Whether all of the index was built anew.
    pub rebuilt: bool,
}

impl Status {
    /// What was said last.
    pub fn read(&self) -> Told {
        self.lock().clone()
    }

    /// Asks for an index that is built anew, beside the one in use.
    pub fn want_anew(&self) {
        self.is_anew_wanted.store(true, Ordering::Release);
    }

    /// Whether one was asked for and is not yet in use.
    pub fn is_anew_wanted(&self) -> bool {
        self.is_anew_wanted.load(Ordering::Acquire)
    }

    /// Says that one is in use.
    pub fn built_anew(&self) {
        self.is_anew_wanted.store(false, Ordering::Release);
    }

    /// Says what is being done.
    pub fn work(&self, work: Work) {
        self.lock().work = work;
    }

    /// Says that a look has ended, with what is wrong with files and what has changed, if anything.
    pub fn looked(&self, problems: &[Problem], change: Option<Change>) {
        let mut told = self.lock();
        told.work = Work::Waiting;
        told.last_look = Some(Timestamp::now());
        told.trouble = None;
        told.problems = problems.to_vec();
        if let Some(change) = change {
            told.changes.truncate(REMEMBERED - 1);
            told.changes.push_front(change);
        }
    }

    /// Says why a look has failed.
    pub fn failed(&self, trouble: String) {
        let mut told = self.lock();
        told.work = Work::Waiting;
        told.trouble = Some(trouble);
    }

    fn lock(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_changes_are_remembered_the_newest_first() {
        let status = Status::default();
        for updated in 1..=REMEMBERED + 5 {
            let change = Change { at: Timestamp::now(), updated, removed: 0, rebuilt: false };
            status.looked(&[], Some(change));
        }
        let told = status.read();
        assert_eq!((told.changes.len(), told.changes[0].updated), (REMEMBERED, REMEMBERED + 5));
    }

    #[test]
    fn a_trouble_lasts_until_a_look_succeeds() {
        let status = Status::default();
        status.failed("the folder is away".to_owned());
        assert!(status.read().trouble.is_some() && status.read().last_look.is_none());
        status.looked(&[], None);
        assert!(status.read().trouble.is_none() && status.read().last_look.is_some());
    }
}
