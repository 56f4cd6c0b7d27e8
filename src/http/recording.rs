//! Which requests are counted, and what of them.
//!
//! A search counts once, when somebody meant it: `record=true` says so and `record=false` says that it is one of those
//! made while typing. Without either, the first page of a search with words, no filter and no option counts, so that
//! turning pages and choosing filters do not count again.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Service, parameters};
use crate::analytics::{self, Click, Found, Latency, Recorder, Text};
use crate::content::ArticleId;
use crate::search::{Known, Request, Response, SearchError, Warning};

/// The parameter that says whether a search is counted.
pub(super) const RECORD: &str = "record";

/// What is counted, and by whom.
#[derive(Clone)]
pub struct Analytics {
    /// What counts.
    pub recorder: Arc<Recorder>,
    /// Whether clicks are counted.
    pub clicks: Clicks,
}

/// Whether clicks on hits are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clicks {
    /// They are.
    Counted,
    /// They are not, and hits link to their articles directly.
    Ignored,
}

/// What a request says of being counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Counted,
    Ignored,
    /// Nothing: what kind of search it is decides.
    Unsaid,
}

impl Wish {
    /// What the value of [`RECORD`] says, which is a position of a switch or empty.
    pub(super) fn of(value: &str) -> Wish {
        match value.trim() {
            "true" | "1" => Wish::Counted,
            "false" | "0" => Wish::Ignored,
            _ => Wish::Unsaid,
        }
    }
}

impl Service {
    /// Answers by `search`, and counts it if it is to be counted.
    pub(super) fn counted(
        &self,
        request: &Request,
        wish: Wish,
        search: impl FnOnce() -> Result<(Known, Response), SearchError>,
    ) -> Result<(Known, Response), SearchError> {
        let start = Instant::now();
        let (known, response) = search()?;
        self.latency_so_far().add(start.elapsed());
        if let Some(Analytics { recorder, .. }) = self.analytics.as_ref().filter(|_| is_meant(request, wish)) {
            count(recorder, request, &response, start.elapsed());
        }
        Ok((known, response))
    }

    /// How long searches took since the start.
    pub(super) fn latency(&self) -> Latency {
        self.latency_so_far().clone()
    }

    fn latency_so_far(&self) -> MutexGuard<'_, Latency> {
        self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a search with these parameters is counted.
    pub(super) fn would_count(&self, query: Option<&str>) -> bool {
        let asked = || parameters::read(&parameters::SEARCH, query).ok();
        self.counts_searches() && asked().is_some_and(|asked| is_meant(&asked.request, asked.wish()))
    }

    /// Counts that `article` was opened from hit number `rank` of a search, where clicks are counted.
    pub(super) fn click(&self, query: &str, article: &ArticleId, rank: u64) {
        let Some(recorder) = self.click_recorder() else { return };
        let Some(text) = Text::of(query) else { return };
        recorder.click(analytics::today(), Click { text, article: article.to_string(), rank });
    }

    /// Whether searches are counted.
    pub(super) fn counts_searches(&self) -> bool {
        self.analytics.is_some()
    }

    /// What counts clicks, where they are counted.
    pub(super) fn click_recorder(&self) -> Option<&Recorder> {
        let analytics = self.analytics.as_ref().filter(|analytics| analytics.clicks == Clicks::Counted)?;
        Some(&analytics.recorder)
    }
}

fn is_meant(request: &Request, wish: Wish) -> bool {
    match wish {
        Wish::Counted => true,
        Wish::Ignored => false,
        Wish::Unsaid => {
            let Request { text, interface, limit, facets, highlight, .. } = request.clone();
            *request == Request { text, interface, limit, facets, highlight, ..Request::default() }
        }
    }
}

fn count(recorder: &Recorder, request: &Request, response: &Response, took: Duration) {
    let Some(text) = Text::of(&request.text) else { return };
    // A search that was stopped may have found something, had it had the time.
    let found = match response.total == 0 && !response.warnings.contains(&Warning::Late) {
        true => Found::Nothing,
        false => Found::Something,
    };
    recorder.search(analytics::today(), analytics::Search { text, found, took });
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::http::parameters;

    fn read(query: &str) -> Result<(Request, Wish), String> {
        let asked =
            parameters::read(&parameters::SEARCH, Some(query)).map_err(|problem| problem.detail().to_owned())?;
        assert_eq!(asked.warnings, [], "no parameter is unknown");
        Ok((asked.request.clone(), asked.wish()))
    }

    #[rstest]
    #[case::plain("q=a", true)]
    #[case::in_the_other_language("q=a&ui=en", true)]
    #[case::more_at_once("q=a&limit=50", true)]
    #[case::the_next_page("q=a&page=2", false)]
    #[case::a_filter("q=a&year=2567", false)]
    #[case::another_order("q=a&sort=newest", false)]
    #[case::only_what_was_typed("q=a&exact=true", false)]
    #[case::while_typing("q=a&record=false", false)]
    #[case::meant_with_a_filter("q=a&year=2567&record=true", true)]
    fn a_search_counts_when_it_is_meant(#[case] query: &str, #[case] expected: bool) {
        let (request, wish) = read(query).expect("good parameters");
        assert_eq!(is_meant(&request, wish), expected);
    }

    #[test]
    fn a_wish_that_makes_no_sense_is_told() {
        assert_eq!(read("q=a&record=perhaps").expect_err("bad"), "record=perhaps: use true or false");
    }
}
