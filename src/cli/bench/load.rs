//! Asks and takes the time.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::anyhow;
use hdrhistogram::Histogram;

use crate::cli::progress::Bar;
use crate::http::{Identity, SearchJson};
use crate::search::{Request, Searcher, Warning};

/// How often the bar moves.
const TICK: Duration = Duration::from_millis(100);
/// The longest answer that is told apart from longer ones, in microseconds; each search has a deadline long before.
const LONGEST: u64 = 3_600_000_000;
/// How many digits of a time are kept.
const DIGITS: u8 = 3;

/// A query with what it asks for.
pub(super) struct Query {
    pub(super) text: String,
    /// How often it is asked in proportion to the others, at least once.
    pub(super) times: u64,
    pub(super) request: Request,
}

/// What is asked, and who answers.
pub(super) struct Load {
    pub(super) searcher: Searcher,
    pub(super) identity: Identity,
    pub(super) queries: Vec<Query>,
}

/// What was measured.
pub(super) struct Measured {
    /// From the first question to the last answer.
    pub(super) took: Duration,
    /// How long the answers took, in microseconds.
    pub(super) times: Histogram<u64>,
    /// By the number of the query.
    pub(super) by_query: Vec<OfQuery>,
    /// The bytes of all answers.
    pub(super) bytes: usize,
}

/// What was measured of one query.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OfQuery {
    pub(super) searches: u32,
    pub(super) total: Duration,
    pub(super) longest: Duration,
    pub(super) has_no_result: bool,
    pub(super) was_late: bool,
}

impl Load {
    /// Asks everything once, so that all is read that will be, and then for so long, by so many at once.
    pub(super) fn measure(&self, clients: usize, time: Duration) -> anyhow::Result<Measured> {
        let bar = Bar::of_searches("asking once");
        for (done, query) in self.queries.iter().enumerate() {
            self.answer(query)?;
            bar.show(done + 1, self.queries.len());
        }
        let order = evenly(&self.queries);
        let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let start = Instant::now();
        let client = || self.ask(|| order[next.fetch_add(1, Relaxed) % order.len()], &is_over);
        let parts = thread::scope(|scope| {
            let clients: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
            let bar = Bar::of_time("measuring");
            while start.elapsed() < time && !is_over.load(Relaxed) {
                thread::sleep(TICK.min(time.saturating_sub(start.elapsed())));
                bar.show(in_ticks(start.elapsed().min(time)), in_ticks(time));
            }
            is_over.store(true, Relaxed);
            let join = |client: thread::ScopedJoinHandle<'_, _>| client.join().map_err(|_| anyhow!("a search failed"));
            clients.into_iter().map(join).collect::<Vec<anyhow::Result<anyhow::Result<Measured>>>>()
        });
        let mut all = Measured::new(self.queries.len())?;
        for part in parts {
            all.add(&part??)?;
        }
        all.took = start.elapsed();
        Ok(all)
    }

    /// Asks until it is over; what fails ends it for all.
    fn ask(&self, next: impl Fn() -> usize, is_over: &AtomicBool) -> anyhow::Result<Measured> {
        let mut measured = Measured::new(self.queries.len())?;
        while !is_over.load(Relaxed) {
            let number = next();
            let done = self.answer(&self.queries[number]);
            is_over.fetch_or(done.is_err(), Relaxed);
            let (answer, bytes) = done?;
            measured.times.saturating_record(u64::try_from(answer.total.as_micros()).unwrap_or(LONGEST));
            measured.by_query[number].add(answer);
            measured.bytes += bytes;
        }
        Ok(measured)
    }

    /// Answers as the API does, all but the sending; gives the bytes of the answer as well.
    fn answer(&self, query: &Query) -> anyhow::Result<(OfQuery, usize)> {
        let start = Instant::now();
        let response = self.searcher.search(&query.request)?;
        let (has_no_result, was_late) = (response.total == 0, response.warnings.contains(&Warning::Late));
        let bytes = serde_json::to_vec(&SearchJson::new(&query.request, response, &self.identity))?.len();
        let total = start.elapsed();
        Ok((OfQuery { searches: 1, total, longest: total, has_no_result, was_late }, bytes))
    }
}

impl Measured {
    fn new(queries: usize) -> anyhow::Result<Measured> {
        let times = Histogram::new_with_bounds(1, LONGEST, DIGITS)?;
        Ok(Measured { took: Duration::ZERO, times, by_query: vec![OfQuery::default(); queries], bytes: 0 })
    }

    fn add(&mut self, other: &Measured) -> anyhow::Result<()> {
        self.times.add(&other.times)?;
        self.by_query.iter_mut().zip(&other.by_query).for_each(|(own, more)| own.add(*more));
        self.bytes += other.bytes;
        Ok(())
    }
}

impl OfQuery {
    fn add(&mut self, other: OfQuery) {
        self.searches += other.searches;
        self.total += other.total;
        self.longest = self.longest.max(other.longest);
        self.has_no_result |= other.has_no_result;
        self.was_late |= other.was_late;
    }

    /// How long an answer took on average.
    pub(super) fn mean(&self) -> Duration {
        self.total.checked_div(self.searches).unwrap_or_default()
    }
}

fn in_ticks(time: Duration) -> usize {
    usize::try_from(time.as_millis() / TICK.as_millis()).unwrap_or(usize::MAX)
}

/// The numbers of the queries, each as often as it is asked, all of them spread evenly over the whole.
fn evenly(queries: &[Query]) -> Vec<usize> {
    let places = |(number, query): (usize, &Query)| {
        let times = query.times;
        (0..times).map(move |at| ((at as f64 + 0.5) / times as f64, number))
    };
    let mut order: Vec<(f64, usize)> = queries.iter().enumerate().flat_map(places).collect();
    order.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    order.into_iter().map(|(_, number)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_spread_by_how_often_they_are_asked() {
        let query = |times| Query { text: String::new(), times, request: Request::default() };
        assert_eq!(evenly(&[query(1), query(4)]), [1, 1, 0, 1, 1]);
    }
}
