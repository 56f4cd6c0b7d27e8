//! Ends a search in time.
//!
//! What is found until then is the answer. A step is never long, since it goes through one window of documents of a few
//! terms; what comes between two looks at the time are some of these steps.

use std::cell::Cell;
use std::time::Instant;

/// So many steps are taken between two looks at the time.
const STEPS: u32 = 64;

/// The clock of one search.
#[derive(Debug)]
pub(in crate::index::embedded) struct Clock {
    deadline: Option<Instant>,
    steps: Cell<u32>,
    has_stopped: Cell<bool>,
}

impl Clock {
    /// A clock that stops at `deadline`, or never.
    pub(in crate::index::embedded) fn until(deadline: Option<Instant>) -> Clock {
        let clock = Clock { deadline, steps: Cell::new(0), has_stopped: Cell::new(false) };
        clock.is_over();
        clock
    }

    /// Whether the deadline has kept the search from going on.
    pub(in crate::index::embedded) fn has_stopped(&self) -> bool {
        self.has_stopped.get()
    }

    /// Whether the time is over, to be asked before work that takes a while.
    pub(super) fn is_over(&self) -> bool {
        if self.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            self.has_stopped.set(true);
        }
        self.has_stopped()
    }

    /// Whether the time is over after a further step.
    pub(super) fn is_over_after_step(&self) -> bool {
        let steps = self.steps.get().wrapping_add(1);
        self.steps.set(steps);
        if steps.is_multiple_of(STEPS) { self.is_over() } else { self.has_stopped() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_looked_at_on_the_way() {
        let clock = Clock { deadline: Some(Instant::now()), steps: Cell::new(0), has_stopped: Cell::new(false) };
        let stopped_at = (1..).find(|_| clock.is_over_after_step());
        assert_eq!(stopped_at, Some(STEPS));
    }

    #[test]
    fn nothing_is_begun_after_the_deadline() {
        assert!(Clock::until(Some(Instant::now())).has_stopped());
        assert!(!Clock::until(None).has_stopped());
    }
}
