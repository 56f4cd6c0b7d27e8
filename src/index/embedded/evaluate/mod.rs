//! Runs a query, window by window.
//!
//! The engine's own scorers go from document to document, and each union of them, of which a query has one for every way
//! to say a word, fills a window of its own. Here all parts of a query look at the same window of documents, one after
//! the other, and only at the documents of it that the parts before leave: what must be found first, then what rewards it
//! (D. R. Cutting, J. O. Pedersen, "Space optimizations for total ranking", RIAO 1997, and Lucene's `BooleanScorer` after
//! it). Filters are evaluated once a window for the hits and for the counts of every facet.

mod build;
mod clock;
mod node;
mod phrase;
mod postings;
mod window;

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, SegmentOrdinal, SegmentReader};

use self::node::{Look, Node};
use self::window::{Bits, Room, WINDOW};
use super::facets::{FacetCounter, SegmentCounter};
use crate::index::{Facet, FacetCounts, Plan, Query};

pub(super) use build::{Builder, Scoring};
pub(super) use clock::Clock;

/// The documents of a window that are looked at.
struct Within<'a> {
    bits: &'a Bits,
    len: usize,
}

impl Within<'_> {
    fn of(bits: &Bits) -> Within<'_> {
        Within { bits, len: bits.len() }
    }
}

/// A plan over the index segments of one commit.
pub(super) struct Evaluation {
    query: Vec<Node>,
    filters: Vec<(Facet, Vec<Node>)>,
}

/// Counts of facets.
pub(super) struct Counting {
    /// The facet whose filter does not narrow them.
    pub(super) without: Option<Facet>,
    pub(super) counter: FacetCounter,
}

/// What was found.
pub(super) struct Collected<H> {
    pub(super) total: usize,
    pub(super) hits: H,
    pub(super) counts: BTreeMap<Facet, FacetCounts>,
}

impl Evaluation {
    /// Builds the query and the filters of `plan`.
    pub(super) fn of(plan: &Plan, builder: &Builder<'_>) -> tantivy::Result<Evaluation> {
        let filter = |(facet, choices): (&Facet, &Vec<_>)| Ok((*facet, builder.choices(*facet, choices)?));
        let filters = plan.filters.iter().map(filter).collect::<tantivy::Result<_>>()?;
        Ok(Evaluation { query: builder.root(&plan.query)?, filters })
    }

    /// Tells `hits` of all that is found, and counts it, until the time is over.
    pub(super) fn run<'a, H: Collector>(
        self,
        segments: &[SegmentReader],
        hits: &H,
        countings: &'a [Counting],
        clock: &Clock,
    ) -> tantivy::Result<Collected<H::Fruit>> {
        let Evaluation { query, filters } = self;
        let mut filters: Vec<_> = filters.into_iter().map(|(facet, nodes)| (facet, nodes.into_iter())).collect();
        let mut room = Room::default();
        let (mut total, mut found) = (0, Vec::new());
        let mut counted: Vec<Vec<_>> = countings.iter().map(|_| Vec::new()).collect();
        for ((number, segment), query) in segments.iter().enumerate().zip(query) {
            let filters = filters.iter_mut().filter_map(|(facet, nodes)| Some((*facet, nodes.next()?))).collect();
            let count = |counting: &'a Counting| (counting.without, counting.counter.of_segment(number));
            let counts = countings.iter().map(count).collect();
            let hits = hits.for_segment(number as SegmentOrdinal, segment)?;
            let mut pass = Pass { segment, query, filters, total: 0, hits, counts };
            pass.run(clock, &mut room);
            total += pass.total;
            found.push(pass.hits.harvest());
            counted.iter_mut().zip(pass.counts).for_each(|(counted, (_, counts))| counted.push(counts));
        }
        let counts =
            countings.iter().zip(counted).flat_map(|(counting, counted)| counting.counter.sum(counted)).collect();
        Ok(Collected { total, hits: hits.merge_fruits(found)?, counts })
    }
}

/// The score of one document; `None` where `query` does not find it.
pub(super) fn score(query: &Query, builder: &Builder<'_>, address: DocAddress) -> tantivy::Result<Option<f32>> {
    let Some(mut node) = builder.query(query, 1.0)?.into_iter().nth(address.segment_ord as usize) else {
        return Ok(None);
    };
    let place = address.doc_id as usize % WINDOW;
    let mut room = Room::default();
    let mut found = room.take();
    let start = address.doc_id - place as DocId;
    let mut look = Look { start, clock: &Clock::until(None), room: &mut room };
    node.find(&mut look, &Within::of(&Bits::of(|of| of == place)), &mut found);
    Ok(found.bits.has(place).then(|| found.scores[place]))
}

/// A plan over one index segment.
struct Pass<'a, H> {
    segment: &'a SegmentReader,
    query: Node,
    filters: Vec<(Facet, Node)>,
    total: usize,
    hits: H,
    counts: Vec<(Option<Facet>, SegmentCounter<'a>)>,
}

impl<H: SegmentCollector> Pass<'_, H> {
    fn run(&mut self, clock: &Clock, room: &mut Room) {
        let end = self.segment.max_doc();
        let mut start = 0;
        while start < end && !clock.is_over() {
            let next = self.query.next();
            start = start.max(next - next % WINDOW as DocId);
            if start < end {
                self.look(&mut Look { start, clock, room });
            }
            start = start.saturating_add(WINDOW as DocId);
        }
    }

    /// Looks at one window. Where the time is over before all of it was looked at, nothing of it is told: what a part
    /// excludes that was not reached would be among it.
    fn look(&mut self, look: &mut Look<'_>) {
        let alive = self.alive(look.start);
        let let_through = self.let_through(look, &alive);
        let by_all_but = |facet: Option<Facet>| {
            let others = let_through.iter().filter(|(of, _)| Some(*of) != facet);
            others.fold(alive, |bits, (_, through)| bits.and(through))
        };
        let wanted: Vec<Bits> = self.counts.iter().map(|(without, _)| by_all_but(*without)).collect();
        let hits = by_all_but(None);
        let mut found = look.room.take();
        let within = wanted.iter().fold(hits, |bits, wanted| bits.or(wanted));
        self.query.find(look, &Within::of(&within), &mut found);
        if !look.clock.has_stopped() {
            for place in found.bits.and(&hits).iter() {
                self.total += 1;
                self.hits.collect(look.start + place as DocId, found.scores[place]);
            }
            for ((_, counts), wanted) in self.counts.iter_mut().zip(&wanted) {
                counts.count(found.bits.and(wanted).iter().map(|place| look.start + place as DocId));
            }
        }
        look.room.give_back(found);
    }

    /// The documents of a window that were not removed.
    fn alive(&self, start: DocId) -> Bits {
        let end = self.segment.max_doc();
        let first = Bits::first((end - start) as usize);
        match self.segment.alive_bitset() {
            Some(alive) => first.and(&Bits::of(|place| alive.is_alive((start + place as DocId).min(end - 1)))),
            None => first,
        }
    }

    fn let_through(&mut self, look: &mut Look<'_>, alive: &Bits) -> Vec<(Facet, Bits)> {
        let mut through = |node: &mut Node| {
            let mut found = look.room.take();
            node.find(look, &Within::of(alive), &mut found);
            let bits = found.bits;
            look.room.give_back(found);
            bits
        };
        self.filters.iter_mut().map(|(facet, node)| (*facet, through(node))).collect()
    }
}

#[cfg(test)]
mod tests;
