//! When a search has to end.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// The end of one search, shared by all its steps. It is asked before each step that may be left out, so that what is
/// said of the search is true: that it was stopped where a step was left out, and else not.
#[derive(Debug)]
pub(super) struct Deadline {
    at: Cell<Option<Instant>>,
    has_stopped: Cell<bool>,
}

impl Deadline {
    /// The end of a search that begins now.
    pub(super) fn within(limit: Option<Duration>) -> Deadline {
        // A limit beyond all time is none.
        let at = limit.and_then(|limit| Instant::now().checked_add(limit));
        Deadline { at: Cell::new(at), has_stopped: Cell::new(false) }
    }

    /// For the steps that end by themselves; `None` for no end.
    pub(super) fn at(&self) -> Option<Instant> {
        self.at.get()
    }

    /// Lets the search end so much later, for what took time and is not its own.
    pub(super) fn put_off(&self, by: Duration) {
        self.at.set(self.at.get().and_then(|at| at.checked_add(by)));
    }

    /// Whether the next step has to be left out.
    pub(super) fn is_over(&self) -> bool {
        if self.at.get().is_some_and(|at| Instant::now() >= at) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_of_the_search_puts_its_end_off() {
        let deadline = Deadline::within(Some(Duration::ZERO));
        deadline.put_off(Duration::from_secs(3_600));
        assert!(!deadline.is_over());
        assert!(Deadline::within(Some(Duration::ZERO)).is_over());
    }
}
