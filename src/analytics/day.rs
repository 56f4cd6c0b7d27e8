//! The counts of one day. Every event is counted once: at its query, or where its text is not kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Click, Found, Latency, Search, Text};

/// The most queries of a day whose texts are kept; all others are counted together, so that nobody fills the memory or
/// the disk.
pub const MOST_QUERIES: usize = 10_000;
/// The most articles that the clicks of one query are kept apart for.
const MOST_ARTICLES: usize = 10;

/// What was counted, of one query or of many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Searches.
    pub searches: u64,
    /// Those of them that found nothing.
    pub without_results: u64,
    /// Articles opened from the hits.
    pub clicks: u64,
    /// The places of those articles among the hits, added up.
    pub rank_sum: u64,
}

/// The counts of one query.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryCounts {
    /// All of it.
    #[serde(flatten)]
    pub tally: Tally,
    /// The clicks by article, for the first articles that were opened.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub articles: BTreeMap<String, Clicks>,
}

/// How often an article was opened, and from where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clicks {
    /// How often.
    pub clicks: u64,
    /// The places among the hits, added up.
    pub rank_sum: u64,
}

/// The counts of a day, or of a part of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// By text, at most [`MOST_QUERIES`].
    pub queries: BTreeMap<String, QueryCounts>,
    /// Queries whose texts look personal.
    pub personal: Tally,
    /// Queries beyond [`MOST_QUERIES`].
    pub beyond: Tally,
    /// How long the answers took.
    pub latency: Latency,
}

impl Tally {
    /// Counts all of `other` as well.
    pub fn add(&mut self, other: Tally) {
        self.searches = self.searches.saturating_add(other.searches);
        self.without_results = self.without_results.saturating_add(other.without_results);
        self.clicks = self.clicks.saturating_add(other.clicks);
        self.rank_sum = self.rank_sum.saturating_add(other.rank_sum);
    }

    /// The mean place of the articles opened; `None` if none was.
    pub fn mean_rank(&self) -> Option<f64> {
        Clicks { clicks: self.clicks, rank_sum: self.rank_sum }.mean_rank()
    }
}

impl Clicks {
    /// Counts all of `other` as well.
    pub fn add(&mut self, other: Clicks) {
        self.clicks = self.clicks.saturating_add(other.clicks);
        self.rank_sum = self.rank_sum.saturating_add(other.rank_sum);
    }

    /// The mean place; `None` if there is no click.
    pub fn mean_rank(&self) -> Option<f64> {
        (self.clicks > 0).then(|| self.rank_sum as f64 / self.clicks as f64)
    }
}

impl QueryCounts {
    /// Counts all of `other` as well; what has no place among the articles is in the tally alone.
    pub fn add(&mut self, other: QueryCounts) {
        self.tally.add(other.tally);
        for (article, clicks) in other.articles {
            if self.articles.len() < MOST_ARTICLES || self.articles.contains_key(&article) {
                self.articles.entry(article).or_default().add(clicks);
            }
        }
    }
}

impl Day {
    /// Counts a search.
    pub fn search(&mut self, search: Search) {
        let without_results = u64::from(search.found == Found::Nothing);
        let tally = Tally { searches: 1, without_results, ..Tally::default() };
        self.latency.add(search.took);
        self.count(search.text, QueryCounts { tally, articles: BTreeMap::new() });
    }

    /// Counts a click.
    pub fn click(&mut self, click: Click) {
        let clicks = Clicks { clicks: 1, rank_sum: click.rank };
        let tally = Tally { clicks: 1, rank_sum: click.rank, ..Tally::default() };
        self.count(click.text, QueryCounts { tally, articles: [(click.article, clicks)].into() });
    }

    /// Counts all of `other` as well.
    pub fn merge(&mut self, other: Day) {
        self.personal.add(other.personal);
        self.beyond.add(other.beyond);
        self.latency.merge(&other.latency);
        for (query, counts) in other.queries {
            self.count(Text::Kept(query), counts);
        }
    }

    /// All that was counted.
    pub fn total(&self) -> Tally {
        let mut total = self.personal;
        total.add(self.beyond);
        self.queries.values().for_each(|counts| total.add(counts.tally));
        total
    }

    fn count(&mut self, text: Text, counts: QueryCounts) {
        match text {
            Text::Personal => self.personal.add(counts.tally),
            Text::Kept(query) if self.has_room_for(&query) => self.queries.entry(query).or_default().add(counts),
            Text::Kept(_) => self.beyond.add(counts.tally),
        }
    }

    fn has_room_for(&self, query: &str) -> bool {
        self.queries.len() < MOST_QUERIES || self.queries.contains_key(query)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    fn search(query: &str, found: Found) -> Search {
        Search { text: Text::of(query).expect("a text"), found, took: Duration::from_millis(3) }
    }

    fn click(query: &str, article: &str, rank: u64) -> Click {
        Click { text: Text::of(query).expect("a text"), article: article.to_owned(), rank }
    }

    #[test]
    fn queries_beyond_the_most_are_counted_together() {
        let mut day = Day::default();
        for number in 0..MOST_QUERIES + 5 {
            day.search(search(&format!("q{number}"), Found::Something));
        }
        day.search(search("q0", Found::Nothing));
        assert_eq!((day.queries.len(), day.beyond.searches), (MOST_QUERIES, 5));
        assert_eq!(day.queries["q0"].tally.searches, 2, "a text that is kept goes on being counted");
        assert_eq!(day.total().searches, MOST_QUERIES as u64 + 6);
    }

    #[test]
    fn clicks_beyond_the_most_articles_are_in_the_tally() {
        let mut day = Day::default();
        for number in 0..MOST_ARTICLES + 2 {
            day.click(click("open data", &format!("article-{number}"), 2));
        }
        let counts = &day.queries["open data"];
        assert_eq!((counts.tally.clicks, counts.articles.len()), (12, MOST_ARTICLES));
        assert_eq!(counts.tally.mean_rank(), Some(2.0));
    }

    #[derive(Debug, Clone)]
    enum Event {
        Search(String, Found),
        Click(String, u64),
    }

    fn event() -> impl Strategy<Value = Event> {
        let query = "[ab]{1,2}|x@example.org|0812345678";
        prop_oneof![
            (query, prop_oneof![Just(Found::Something), Just(Found::Nothing)]).prop_map(|(q, f)| Event::Search(q, f)),
            (query, 1..50_u64).prop_map(|(query, rank)| Event::Click(query, rank)),
        ]
    }

    fn count(day: &mut Day, event: &Event) {
        match event {
            Event::Search(query, found) => day.search(search(query, *found)),
            Event::Click(query, rank) => day.click(click(query, "a", *rank)),
        }
    }

    proptest! {
        #[test]
        fn counts_add_up_however_a_day_is_parted(events in prop::collection::vec(event(), 0..60), at in 0..60_usize) {
            let at = at.min(events.len());
            let (mut whole, mut first, mut second) = (Day::default(), Day::default(), Day::default());
            events.iter().for_each(|event| count(&mut whole, event));
            events[..at].iter().for_each(|event| count(&mut first, event));
            events[at..].iter().for_each(|event| count(&mut second, event));
            first.merge(second);
            prop_assert_eq!(&first, &whole);
            let total = whole.total();
            let searches = events.iter().filter(|event| matches!(event, Event::Search(..))).count();
            let nothing = events.iter().filter(|event| matches!(event, Event::Search(_, Found::Nothing))).count();
            prop_assert_eq!((total.searches, total.without_results), (searches as u64, nothing as u64));
            prop_assert_eq!(total.clicks, (events.len() - searches) as u64);
        }
    }
}
