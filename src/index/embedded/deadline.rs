//! Ends a search in time.
//!
//! tantivy cannot be told to stop, but every collector is done when the documents are at an end. So the scorers of
//! queries that are made of others come to an end early: what is collected until then is the answer. A step of one of
//! them is never long, since it goes through one window of documents of a few terms; what comes between two looks at
//! the time are some of these steps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Instant;

use tantivy::query::{EmptyQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// So many steps are taken between two looks at the time.
const STEPS: u32 = 64;

/// The clock of one search, which all its scorers share.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    deadline: Option<Instant>,
    run: Arc<Run>,
}

#[derive(Debug, Default)]
struct Run {
    /// Only ever counted by the one thread of the search; a miscount would do no harm.
    steps: AtomicU32,
    is_over: AtomicBool,
}

impl Clock {
    /// A clock that stops at `deadline`, or never.
    pub(super) fn until(deadline: Option<Instant>) -> Clock {
        Clock { deadline, run: Arc::default() }
    }

    /// Whether the deadline has kept the search from going on.
    pub(super) fn has_stopped(&self) -> bool {
        self.run.is_over.load(Ordering::Relaxed)
    }

    /// `query`, which finds no more documents once the time is over. Also where there is no deadline; see
    /// [`LimitedScorer`].
    pub(super) fn limit(&self, query: Box<dyn Query>) -> Box<dyn Query> {
        Box::new(Limited { query: query.into(), clock: self.clone() })
    }

    /// Whether the time is over, to be asked before work that takes a while.
    fn is_over(&self) -> bool {
        let is_over = self.has_stopped() || self.deadline.is_some_and(|deadline| Instant::now() >= deadline);
        self.run.is_over.store(is_over, Ordering::Relaxed);
        is_over
    }

    /// Whether the time is over after a further step.
    fn is_over_after_step(&self) -> bool {
        let steps = self.run.steps.load(Ordering::Relaxed).wrapping_add(1);
        self.run.steps.store(steps, Ordering::Relaxed);
        if steps.is_multiple_of(STEPS) { self.is_over() } else { self.has_stopped() }
    }
}

/// A query that ends in time.
#[derive(Debug, Clone)]
struct Limited {
    query: Arc<dyn Query>,
    clock: Clock,
}

impl Query for Limited {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if self.clock.is_over() {
            return EmptyQuery.weight(scoring);
        }
        Ok(Box::new(LimitedWeight { weight: self.query.weight(scoring)?, clock: self.clock.clone() }))
    }
}

struct LimitedWeight {
    weight: Box<dyn Weight>,
    clock: Clock,
}

impl Weight for LimitedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.clock.is_over() {
            return Ok(Box::new(EmptyScorer));
        }
        let scorer = self.weight.scorer(segment, boost)?;
        // The engine leaves out what it sees to be empty.
        if scorer.doc() == TERMINATED {
            return Ok(Box::new(EmptyScorer));
        }
        Ok(Box::new(LimitedScorer { scorer, clock: self.clock.clone(), has_ended: false }))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(segment, doc)
    }
}

/// By the way it keeps its scorer from being sought behind where it is: the engine does so with excluded phrases, which
/// builds with debug assertions take for a mistake. The trait's own `seek_danger`, which it has, looks first.
struct LimitedScorer {
    scorer: Box<dyn Scorer>,
    clock: Clock,
    /// Its own, since a scorer must not change while others look at it.
    has_ended: bool,
}

impl LimitedScorer {
    /// Once one scorer has ended early all do: a document that another goes on to find may be one to be left out.
    fn step(&mut self) -> bool {
        self.has_ended = self.clock.is_over_after_step();
        self.has_ended
    }
}

impl DocSet for LimitedScorer {
    fn advance(&mut self) -> DocId {
        if self.has_ended {
            return TERMINATED;
        }
        let doc = self.scorer.advance();
        if self.step() { TERMINATED } else { doc }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.has_ended {
            return TERMINATED;
        }
        let doc = self.scorer.seek(target);
        if self.step() { TERMINATED } else { doc }
    }

    fn doc(&self) -> DocId {
        if self.has_ended { TERMINATED } else { self.scorer.doc() }
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }
}

impl Scorer for LimitedScorer {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tantivy::query::{AllQuery, BooleanQuery, Occur, TermQuery};
    use tantivy::schema::{INDEXED, IndexRecordOption, Schema};
    use tantivy::{Index, Searcher, TantivyDocument, Term};

    use super::*;

    const DOCUMENTS: u64 = 1_000;

    /// Documents that are numbered.
    fn numbered() -> Searcher {
        let mut schema = Schema::builder();
        let number = schema.add_u64_field("number", INDEXED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20 << 20).expect("a writer");
        for value in 0..DOCUMENTS {
            let mut document = TantivyDocument::new();
            document.add_u64(number, value);
            writer.add_document(document).expect("a document");
        }
        writer.commit().expect("a commit");
        index.reader().expect("a reader").searcher()
    }

    /// The documents found until, after so many, the time is over.
    fn found(query: &dyn Query, clock: &Clock, over_after: usize) -> Vec<DocId> {
        let searcher = numbered();
        let weight = query.weight(EnableScoring::enabled_from_searcher(&searcher)).expect("a weight");
        let mut found = Vec::new();
        let mut collect = |doc, _| {
            found.push(doc);
            clock.run.is_over.store(found.len() >= over_after, Ordering::Relaxed);
        };
        searcher
            .segment_readers()
            .iter()
            .for_each(|segment| weight.for_each(segment, &mut collect).expect("documents"));
        found
    }

    fn in_an_hour() -> Clock {
        Clock::until(Some(Instant::now() + Duration::from_secs(3_600)))
    }

    #[test]
    fn everything_is_found_where_there_is_time() {
        let clock = in_an_hour();
        assert_eq!(found(&*clock.limit(Box::new(AllQuery)), &clock, usize::MAX).len(), DOCUMENTS as usize);
        assert!(!clock.has_stopped());
    }

    #[test]
    fn what_was_found_in_time_is_kept() {
        let clock = in_an_hour();
        assert_eq!(found(&*clock.limit(Box::new(AllQuery)), &clock, 10), (0..10).collect::<Vec<_>>());
        assert!(clock.has_stopped());
    }

    #[test]
    fn nothing_is_begun_after_the_deadline() {
        let clock = Clock::until(Some(Instant::now()));
        assert!(found(&*clock.limit(Box::new(AllQuery)), &clock, usize::MAX).is_empty());
        assert!(clock.has_stopped());
    }

    #[test]
    fn what_is_excluded_stays_so_when_the_exclusion_ends_early() {
        let clock = in_an_hour();
        let field = numbered().schema().get_field("number").expect("the field");
        let one = |value| TermQuery::new(Term::from_field_u64(field, value), IndexRecordOption::Basic);
        let excluded = (0..DOCUMENTS).filter(|value| value % 2 == 1);
        let excluded = BooleanQuery::new(excluded.map(|value| (Occur::Should, Box::new(one(value)) as _)).collect());
        let query = BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery)),
            (Occur::MustNot, clock.limit(Box::new(excluded))),
        ]);
        let found = found(&*clock.limit(Box::new(query)), &clock, 10);
        assert_eq!(found, (0..10).map(|number| number * 2).collect::<Vec<_>>());
    }

    #[test]
    fn the_time_is_looked_at_on_the_way() {
        let clock = Clock::until(Some(Instant::now()));
        let stopped_at = (1..).find(|_| clock.is_over_after_step());
        assert_eq!(stopped_at, Some(STEPS));
    }
}
