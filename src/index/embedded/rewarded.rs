//! Scores with what passages add to them, which is looked for only in documents that can be among the best by it.
//!
//! Where the words of a document stand takes longer to read than all else of it. What its passages are worth at most is
//! known without: what the words are that it has, wherever they stand. A document that is not among the best even so is
//! left out (the threshold algorithm: R. Fagin, A. Lotem, M. Naor, "Optimal aggregation algorithms for middleware",
//! PODS 2001).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::passage::PassageScorer;
use super::schema::Fields;
use crate::index::passages::Passages;

/// Gives `of` the documents that can be among the best, with their whole scores.
pub(super) struct Rewarded<'a, C> {
    pub(super) of: C,
    pub(super) rewards: Rewards<'a>,
}

/// What is added to scores.
#[derive(Clone, Copy)]
pub(super) struct Rewards<'a> {
    pub(super) fields: &'a Fields,
    pub(super) passages: &'a [Passages],
    /// So many of the best documents are wanted.
    pub(super) wanted: usize,
    /// Of those with a lower score than this, where it is given.
    pub(super) below: Option<Score>,
}

/// The same in one index segment.
pub(super) struct SegmentRewarded<C> {
    of: C,
    /// Of those that have any of their words in the segment.
    passages: Vec<PassageScorer>,
    /// What the passages of any document can be worth.
    most: Score,
    floor: Floor,
}

/// The score that a document needs to be among the best.
struct Floor {
    wanted: usize,
    below: Option<Score>,
    /// The best scores as their bits, which for scores, as they are never negative, have the same order.
    best: BinaryHeap<Reverse<u32>>,
}

impl Floor {
    /// Whether a document may be among the best that is worth so much at most.
    fn lets(&self, score: Score) -> bool {
        let is_full = self.best.len() == self.wanted;
        self.best.peek().is_none_or(|Reverse(least)| !is_full || score >= Score::from_bits(*least))
    }

    fn note(&mut self, score: Score) {
        if self.below.is_some_and(|below| score >= below) {
            return;
        }
        self.best.push(Reverse(score.to_bits()));
        if self.best.len() > self.wanted {
            self.best.pop();
        }
    }
}

impl<C: Collector> Collector for Rewarded<'_, C> {
    type Fruit = C::Fruit;
    type Child = SegmentRewarded<C::Child>;

    fn for_segment(&self, number: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let Rewards { fields, passages, wanted, below } = self.rewards;
        let scorer = |Passages { field, words, width }: &Passages| {
            PassageScorer::of(fields, *field, words, *width, segment, 1.0).transpose()
        };
        let mut passages: Vec<PassageScorer> = passages.iter().filter_map(scorer).collect::<tantivy::Result<_>>()?;
        let most = passages.iter_mut().map(PassageScorer::most).sum();
        let floor = Floor { wanted, below, best: BinaryHeap::new() };
        Ok(SegmentRewarded { of: self.of.for_segment(number, segment)?, passages, most, floor })
    }

    fn requires_scoring(&self) -> bool {
        self.of.requires_scoring()
    }

    fn merge_fruits(&self, fruits: Vec<<Self::Child as SegmentCollector>::Fruit>) -> tantivy::Result<Self::Fruit> {
        self.of.merge_fruits(fruits)
    }
}

impl<C: SegmentCollector> SegmentCollector for SegmentRewarded<C> {
    type Fruit = C::Fruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.passages.is_empty() {
            return self.of.collect(doc, score);
        }
        if !self.floor.lets(score + self.most) {
            return;
        }
        let most: Score = self.passages.iter_mut().map(|scorer| scorer.most_in(doc)).sum();
        if !self.floor.lets(score + most) {
            return;
        }
        let worth: Score = self.passages.iter_mut().map(|scorer| scorer.worth_in(doc)).sum();
        self.floor.note(score + worth);
        self.of.collect(doc, score + worth);
    }

    fn harvest(self) -> Self::Fruit {
        self.of.harvest()
    }
}
