//! A day as it is written: a line about the day, then a line for each query.

use std::io;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Day, Latency, QueryCounts, Tally};

/// The form of what is written. Another number is another form.
const VERSION: u32 = 1;

/// The first line.
#[derive(Serialize, Deserialize)]
struct DayHead {
    version: u32,
    day: Date,
    /// How many lines follow, so that what was cut short is seen as such.
    queries: usize,
    personal: Tally,
    beyond: Tally,
    latency: Latency,
}

/// Each further line.
#[derive(Serialize, Deserialize)]
struct QueryLine {
    query: String,
    #[serde(flatten)]
    counts: QueryCounts,
}

/// The lines of a day.
///
/// # Errors
/// What the writer of JSON says.
pub(super) fn encode(day: Date, counts: Day) -> io::Result<String> {
    let Day { queries, personal, beyond, latency } = counts;
    let head = DayHead { version: VERSION, day, queries: queries.len(), personal, beyond, latency };
    let mut lines = serde_json::to_string(&head)?;
    for (query, counts) in queries {
        lines.push('\n');
        lines.push_str(&serde_json::to_string(&QueryLine { query, counts })?);
    }
    lines.push('\n');
    Ok(lines)
}

/// The counts, or what is wrong with the bytes.
pub(super) fn decode(bytes: &[u8], day: Date) -> Result<Day, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut lines = text.lines();
    let head = lines.next().ok_or("it is empty")?;
    let head: DayHead = serde_json::from_str(head).map_err(|error| format!("line 1: {error}"))?;
    if head.version != VERSION || head.day != day {
        return Err(format!("it is of {} in form {}, not of {day} in form {VERSION}", head.day, head.version));
    }
    let mut counts = Day { personal: head.personal, beyond: head.beyond, latency: head.latency, ..Day::default() };
    for (number, line) in (2..).zip(lines) {
        let line: QueryLine = serde_json::from_str(line).map_err(|error| format!("line {number}: {error}"))?;
        counts.queries.insert(line.query, line.counts);
    }
    match counts.queries.len() == head.queries {
        true => Ok(counts),
        false => Err(format!("it has {} queries where it says {}", counts.queries.len(), head.queries)),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_content_is_more_than_an_error(content in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&content, date(2024, 7, 10));
        }
    }
}
