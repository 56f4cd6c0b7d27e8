//! What was counted in a number of days, for whoever runs the site.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{AnalyticsError, Clicks, Day, Folder, QueryCounts, Tally};

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
    /// Files that are damaged, and left out.
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

/// What the files in `folder` and `unwritten` say of `period`.
///
/// # Errors
/// [`AnalyticsError`] if the folder cannot be read. A damaged file is no error: it is left out and named in the report.
pub fn report(folder: &Folder, period: Period, unwritten: BTreeMap<Date, Day>) -> Result<Report, AnalyticsError> {
    let (days, damaged) = counts(folder, period, unwritten)?;
    Ok(summary(period, days, damaged))
}

/// The queries that were searched for in `period`, with how often; those whose texts are kept.
///
/// # Errors
/// As [`report`]. Damaged files are left out, and logged.
pub fn searched(folder: &Folder, period: Period) -> Result<BTreeMap<String, u64>, AnalyticsError> {
    let (days, damaged) = counts(folder, period, BTreeMap::new())?;
    damaged.iter().for_each(|file| tracing::warn!("damaged, and left out: {file}"));
    let mut searched = BTreeMap::new();
    for (query, counts) in days.into_values().flat_map(|day| day.queries) {
        *searched.entry(query).or_default() += counts.tally.searches;
    }
    searched.retain(|_, searches| *searches > 0);
    Ok(searched)
}

/// The counts of the days of `period`, and what is damaged of them.
fn counts(
    folder: &Folder,
    period: Period,
    unwritten: BTreeMap<Date, Day>,
) -> Result<(BTreeMap<Date, Day>, Vec<String>), AnalyticsError> {
    let mut days = unwritten;
    days.retain(|day, _| period.has(*day));
    let mut damaged = folder.set_aside(|day| period.has(day))?;
    for day in folder.days()?.into_iter().filter(|&day| period.has(day)) {
        match folder.read(day) {
            Ok(read) => days.entry(day).or_default().merge(read.unwrap_or_default()),
            Err(error @ AnalyticsError::Damaged { .. }) => damaged.push(error.to_string()),
            Err(error) => return Err(error),
        }
    }
    Ok((days, damaged))
}

fn summary(period: Period, days: BTreeMap<Date, Day>, damaged: Vec<String>) -> Report {
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
