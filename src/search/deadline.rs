//! When a search has to end.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// The end of one search, shared by all its steps. It is asked before each step that may be left out, so that what is
/// said of the search is true: that it was stopped where a step was left out, and else not.
#[derive(Debug)]
pub(super) struct Deadline {
    /// For the steps that end by themselves; `None` for no end.
    pub(super) at: Option<Instant>,
    has_stopped: Cell<bool>,
}

impl Deadline {
    /// The end of a search that begins now.
    pub(super) fn within(limit: Option<Duration>) -> Deadline {
        // A limit beyond all time is none.
        Deadline { at: limit.and_then(|limit| Instant::now().checked_add(limit)), has_stopped: Cell::new(false) }
    }

    /// Whether the next step has to be left out.
    pub(super) fn is_over(&self) -> bool {
        if self.at.is_some_and(|at| Instant::now() >= at) {
            self.stop();
        }
        self.has_stopped()
    }

    /// Takes note that a step was left out or not finished.
    pub(super) fn stop(&self) {
        self.has_stopped.set(true);
    }

    /// Whether a step was left out or not finished.
    pub(super) fn has_stopped(&self) -> bool {
        self.has_stopped.get()
    }
}
