//! What people search for, counted by day.
//!
//! Takes searches and clicks as they happen, gives a [`Report`] of any number of days. A [`Recorder`] counts in memory and
//! writes to a [`Storage`] when it is told to: [`Shared`] notes of many processes, or a [`Folder`] of one, with a file for
//! each day:
//!
//! ```text
//! analytics/
//!   LOCK                          held by the one process that writes
//!   2024-07-10.ndjson             the counts of a day: a line about the day, then a line for each query
//!   2024-07-09.ndjson.damaged-1   a file that could not be read, set aside
//! ```
//!
//! Private by design: an event has no place for an address, a browser or a person, and no time but its day. Of a query
//! that looks like an e-mail address or a long number only the count is kept, see [`Text`]. Synchronous, knows no
//! network, and never fails a search.

mod day;
mod error;
mod event;
mod folder;
mod latency;
mod recorder;
mod report;
mod shared;
mod storage;
mod text;
mod written;

use jiff::civil::Date;

pub use day::{Clicks, Day, MOST_QUERIES, QueryCounts, Tally};
pub use error::AnalyticsError;
pub use event::{Click, Found, Search};
pub use folder::Folder;
pub use latency::Latency;
pub use recorder::{Recorder, Retention};
pub use report::{DayLine, Period, QueryLine, Report, report, searched};
pub use shared::{Notes, Shared};
pub use storage::{Counts, Storage};
pub use text::Text;

/// The day it is, where the system says it is; in UTC where it does not say.
pub fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}
