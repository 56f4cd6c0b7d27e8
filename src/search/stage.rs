//! How long the stages of a search take.

use std::time::Instant;

/// The name of what is measured: a histogram of seconds, by `stage`.
pub const STAGE_DURATION: &str = "khonha_search_stage_duration_seconds";

/// A stage of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// From the text to a plan.
    Plan,
    /// From a plan to hits and counts.
    Find,
    /// From hits and counts to what is shown: labels, titles, passages.
    Show,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Stage::Plan => "plan",
            Stage::Find => "find",
            Stage::Show => "show",
        }
    }

    /// Does `work`, and takes its time.
    pub(super) fn timed<T>(self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        metrics::histogram!(STAGE_DURATION, "stage" => self.name()).record(start.elapsed());
        result
    }
}
