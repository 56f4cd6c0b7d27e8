//! What was measured, for people and as JSON.

use std::cmp::Reverse;
use std::fmt;
use std::time::Duration;

use hdrhistogram::Histogram;
use serde::Serialize;

use super::load::{Measured, OfQuery, Query};
use crate::cli::search::padded;

/// The end of the first class of the histogram, in microseconds; each class is twice as wide as the one before.
const FIRST_CLASS: u64 = 250;
/// The length of the longest bar.
const LONGEST_BAR: usize = 40;
/// So many of the slowest queries are shown.
const MOST_SLOWEST: usize = 10;

/// The measures of one run. Times are in milliseconds.
#[derive(Serialize)]
pub(super) struct BenchReport {
    /// Different ones.
    queries: usize,
    clients: u16,
    searches: u64,
    seconds: f64,
    per_second: f64,
    mean_ms: f64,
    p50_ms: f64,
    p90_ms: f64,
    p99_ms: f64,
    max_ms: f64,
    mean_answer_bytes: u64,
    /// How many of the queries find nothing.
    queries_without_results: usize,
    /// How many of the queries were once stopped at their deadline.
    queries_stopped: usize,
    histogram: Vec<Class>,
    /// By their mean, the slowest first.
    slowest: Vec<Slow>,
}

/// The searches that took longer than those of the class before, and at most so long.
#[derive(Debug, Serialize, PartialEq)]
struct Class {
    up_to_ms: f64,
    searches: u64,
}

#[derive(Serialize)]
struct Slow {
    query: String,
    searches: u32,
    mean_ms: f64,
    max_ms: f64,
}

impl BenchReport {
    pub(super) fn new(queries: &[Query], clients: u16, measured: &Measured) -> BenchReport {
        let Measured { took, times, by_query, bytes } = measured;
        let at = |quantile| in_milliseconds(times.value_at_quantile(quantile));
        let count = |holds: fn(&OfQuery) -> bool| by_query.iter().filter(|query| holds(query)).count();
        let seconds = took.as_secs_f64();
        BenchReport {
            queries: queries.len(),
            clients,
            searches: times.len(),
            seconds,
            per_second: times.len() as f64 / seconds,
            mean_ms: times.mean() / 1e3,
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p99_ms: at(0.99),
            max_ms: in_milliseconds(times.max()),
            mean_answer_bytes: u64::try_from(*bytes).unwrap_or(u64::MAX) / times.len().max(1),
            queries_without_results: count(|query| query.has_no_result),
            queries_stopped: count(|query| query.was_late),
            histogram: classes(times),
            slowest: slowest(queries, by_query),
        }
    }
}

fn in_milliseconds(microseconds: u64) -> f64 {
    Duration::from_micros(microseconds).as_secs_f64() * 1e3
}

/// From the first class that has a search to the last.
fn classes(times: &Histogram<u64>) -> Vec<Class> {
    let ends = std::iter::successors(Some(FIRST_CLASS), |end| end.checked_mul(2));
    let mut before = 0;
    let mut classes = Vec::new();
    for end in ends {
        let so_far = times.count_between(0, end);
        let class = Class { up_to_ms: in_milliseconds(end), searches: so_far - before };
        classes.extend((so_far > 0).then_some(class));
        before = so_far;
        if so_far == times.len() {
            break;
        }
    }
    classes
}

fn slowest(queries: &[Query], by_query: &[OfQuery]) -> Vec<Slow> {
    let mut asked: Vec<_> = queries.iter().zip(by_query).filter(|(_, measured)| measured.searches > 0).collect();
    asked.sort_by_key(|(_, measured)| Reverse(measured.mean()));
    let slow = |(query, measured): (&Query, &OfQuery)| Slow {
        query: query.text.clone(),
        searches: measured.searches,
        mean_ms: measured.mean().as_secs_f64() * 1e3,
        max_ms: measured.longest.as_secs_f64() * 1e3,
    };
    asked.into_iter().take(MOST_SLOWEST).map(slow).collect()
}

impl fmt::Display for BenchReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BenchReport { queries, clients, searches, seconds, per_second, mean_answer_bytes, .. } = self;
        writeln!(
            f,
            "{searches} searches of {queries} queries in {seconds:.1} s, {clients} at once: {per_second:.0} a second"
        )?;
        writeln!(
            f,
            "answers of {mean_answer_bytes} bytes on average; {} queries without results",
            self.queries_without_results
        )?;
        if self.queries_stopped > 0 {
            writeln!(f, "{} queries were stopped at their deadline, see search_milliseconds", self.queries_stopped)?;
        }
        writeln!(f)?;
        for (name, time) in [
            ("mean", self.mean_ms),
            ("p50", self.p50_ms),
            ("p90", self.p90_ms),
            ("p99", self.p99_ms),
            ("max", self.max_ms),
        ] {
            writeln!(f, "{name:<5} {time:>9.2} ms")?;
        }
        writeln!(f)?;
        let most = self.histogram.iter().map(|class| class.searches).max().unwrap_or(0);
        for Class { up_to_ms, searches } in &self.histogram {
            let bar = "█".repeat((LONGEST_BAR as f64 * *searches as f64 / most as f64).ceil() as usize);
            writeln!(f, "≤ {up_to_ms:>8} ms  {}  {searches}", padded(&bar, LONGEST_BAR))?;
        }
        writeln!(f, "\nslowest, mean and max in ms:")?;
        for Slow { query, searches, mean_ms, max_ms } in &self.slowest {
            writeln!(f, "{mean_ms:>9.2} {max_ms:>9.2}  {query} ({searches})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_double_and_have_every_search() {
        let mut times = Histogram::new(3).expect("three digits");
        for time in [300, 400, 3_000] {
            times.record(time).expect("in bounds");
        }
        let expected = [(0.5, 2), (1.0, 0), (2.0, 0), (4.0, 1)];
        let classes: Vec<_> = classes(&times).iter().map(|class| (class.up_to_ms, class.searches)).collect();
        assert_eq!(classes, expected);
    }
}
