//! What following the folder measures of itself.

use std::time::Instant;

use metrics::{Unit, counter, describe_counter, describe_histogram, histogram};

use super::report::{Report, WatchError};
use crate::content::Look;

const LOOK_DURATION: &str = "khonha_watch_look_duration_seconds";
const FAILURES: &str = "khonha_watch_failures_total";
const UPDATED: &str = "khonha_watch_articles_updated_total";
const REMOVED: &str = "khonha_watch_articles_removed_total";
const EVENTS: &str = "khonha_watch_events_total";
const FRESHNESS: &str = "khonha_watch_freshness_seconds";

/// Says what is measured; before, the process must have begun to measure.
pub fn describe() {
    describe_histogram!(LOOK_DURATION, Unit::Seconds, "Time of a look at the content, by kind of look.");
    describe_counter!(FAILURES, "Looks at the content that failed.");
    describe_counter!(UPDATED, "Articles that were read and indexed.");
    describe_counter!(REMOVED, "Articles that were gone.");
    describe_counter!(EVENTS, "Events of the file system that tell of a change.");
    describe_histogram!(FRESHNESS, Unit::Seconds, "Time from the first event until what has changed is found.");
}

/// Takes a look that began at `start` into account.
pub(super) fn looked(look: Look<'_>, start: Instant, outcome: &Result<Report, WatchError>) {
    let name = match look {
        Look::Files(_) => "files",
        Look::Quick => "quick",
        Look::Full => "full",
    };
    histogram!(LOOK_DURATION, "look" => name).record(start.elapsed());
    match outcome {
        Ok(report) => {
            counter!(UPDATED).increment(number(report.updated));
            counter!(REMOVED).increment(number(report.removed));
        }
        Err(_) => counter!(FAILURES).increment(1),
    }
}

/// Takes an event into account.
pub(super) fn heard() {
    counter!(EVENTS).increment(1);
}

/// Takes into account that what was heard of `first` can be found now.
pub(super) fn found_since(first: Instant) {
    histogram!(FRESHNESS).record(first.elapsed());
}

fn number(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
