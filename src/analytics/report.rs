//! What was counted in a number of days, for whoever runs the site.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{AnalyticsError, Clicks, Counts, Day, QueryCounts, Storage, Tally};

/// The most queries in each list of a report.
const LONGEST_LIST: usize = 50;

/// Days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

/// What was counted in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The days asked for.
    pub period: Period,
    /// All of it.
    pub total: Tally,
    /// By day, the latest first, of the days that have counts.
    pub days: Vec<DayLine>,
    /// The most frequent queries.
    pub queries: Vec<QueryLine>,
    /// The most frequent queries that found nothing.
    pub without_results: Vec<QueryLine>,
    /// The queries with most clicks, with the articles opened.
    pub clicked: Vec<QueryLine>,
    /// How many queries are kept with their texts.
    pub kept: usize,
    /// What is counted without its text, since it looks personal.
    pub personal: Tally,
    /// What is counted without its text, since there were too many queries on its day.
    pub beyond: Tally,
    /// What is damaged, and left out.
    pub damaged: Vec<String>,
    /// Why the counts cannot be written at the moment.
    pub trouble: Option<String>,
}

/// The counts of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLine {
    /// The day.
    pub day: Date,
    /// All of it.
    pub total: Tally,
    /// Half of the answers came within so many milliseconds, see [`Latency::within`](super::Latency::within).
    pub median: Option<u64>,
    /// And 95 % within so many.
    pub percentile_95: Option<u64>,
}

/// The counts of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryLine {
    /// Its text, normalised.
    pub query: String,
    /// All of it.
    pub total: Tally,
    /// The articles opened, those opened most often first.
    pub articles: Vec<(String, Clicks)>,
}

impl Period {
    /// The `days` days that end with `last`.
    pub fn ending(last: Date, days: u32) -> Period {
        Period { first: last.saturating_sub(i64::from(days.saturating_sub(1)).days()), last }
    }

    /// How many days it has.
    pub fn days(&self) -> i32 {
        self.first.until(self.last).map_or(0, |span| span.get_days()) + 1
    }

    /// Whether `day` is one of them.
    pub fn has(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// What `storage` and `unwritten` say of `period`.
///
/// # Errors
/// As [`Storage::counts`]. What is damaged is named in the report.
pub fn report(storage: &dyn Storage, period: Period, unwritten: BTreeMap<Date, Day>) -> Result<Report, AnalyticsError> {
    let mut counts = storage.counts(period)?;
    for (day, more) in unwritten.into_iter().filter(|(day, _)| period.has(*day)) {
        counts.days.entry(day).or_default().merge(more);
    }
    Ok(summary(period, counts))
}

/// The queries that were searched for in `period`, with how often; those whose texts are kept.
///
/// # Errors
/// As [`Storage::counts`]. What is damaged is logged.
pub fn searched(storage: &dyn Storage, period: Period) -> Result<BTreeMap<String, u64>, AnalyticsError> {
    let Counts { days, damaged } = storage.counts(period)?;
    damaged.iter().for_each(|what| tracing::warn!("damaged, and left out: {what}"));
    let mut searched = BTreeMap::new();
    for (query, counts) in days.into_values().flat_map(|day| day.queries) {
        *searched.entry(query).or_default() += counts.tally.searches;
    }
    searched.retain(|_, searches| *searches > 0);
    Ok(searched)
}

fn summary(period: Period, counts: Counts) -> Report {
    let Counts { days, damaged } = counts;
    let lines: Vec<DayLine> = days.iter().rev().map(|(&day, counts)| DayLine::of(day, counts)).collect();
    let mut total = Tally::default();
    lines.iter().for_each(|line| total.add(line.total));
    let (mut personal, mut beyond) = (Tally::default(), Tally::default());
    let mut queries: BTreeMap<String, QueryCounts> = BTreeMap::new();
    for day in days.into_values() {
        personal.add(day.personal);
        beyond.add(day.beyond);
        day.queries.into_iter().for_each(|(query, counts)| queries.entry(query).or_default().add(counts));
    }
    Report {
        period,
        total,
        days: lines,
        kept: queries.len(),
        without_results: most(&queries, |tally| tally.without_results),
        clicked: most(&queries, |tally| tally.clicks),
        queries: most(&queries, |tally| tally.searches),
        personal,
        beyond,
        damaged,
        trouble: None,
    }
}

/// The queries of which `count` is largest, in that order and by text where it is the same; none of which it is 0.
fn most(queries: &BTreeMap<String, QueryCounts>, count: impl Fn(&Tally) -> u64) -> Vec<QueryLine> {
    let mut ordered: Vec<_> = queries.iter().filter(|(_, counts)| count(&counts.tally) > 0).collect();
    ordered.sort_by_key(|(_, counts)| std::cmp::Reverse(count(&counts.tally)));
    ordered.into_iter().take(LONGEST_LIST).map(|(query, counts)| QueryLine::of(query, counts)).collect()
}

impl DayLine {
    fn of(day: Date, counts: &Day) -> DayLine {
        let within = |percent| counts.latency.within(percent);
        DayLine { day, total: counts.total(), median: within(50), percentile_95: within(95) }
    }
}

impl QueryLine {
    fn of(query: &str, counts: &QueryCounts) -> QueryLine {
        let mut articles: Vec<(String, Clicks)> =
            counts.articles.iter().map(|(id, clicks)| (id.clone(), *clicks)).collect();
        articles.sort_by_key(|(_, clicks)| std::cmp::Reverse(clicks.clicks));
        QueryLine { query: query.to_owned(), total: counts.tally, articles }
    }
}
