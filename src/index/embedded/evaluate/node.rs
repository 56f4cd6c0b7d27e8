//! A query over one index segment, and what it finds in a window.

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, SeekDangerResult, TERMINATED};

use super::phrase::Phrase;
use super::postings::Postings;
use super::window::{Bits, Room, Scored, WINDOW};
use super::{Clock, Within};

/// A part of a query in one index segment.
pub(super) enum Node {
    /// No document.
    Nothing,
    /// Every document, worth so much.
    Everything(f32),
    Term(Box<Postings>),
    Phrase(Box<Phrase>),
    /// What the engine finds itself.
    Found(Found),
    /// The best of what these are worth, and a part of the others.
    Best {
        of: Vec<Node>,
        tie_breaker: f32,
    },
    /// What at least `fewest` of these find, all together.
    AtLeast {
        fewest: usize,
        of: Vec<Node>,
    },
    /// All of `must`, of which there is one at least, and none of `must_not`.
    Bool {
        must: Vec<Node>,
        should: Vec<Node>,
        must_not: Vec<Node>,
    },
}

/// The documents of a scorer of the engine.
pub(super) struct Found {
    scorer: Box<dyn Scorer>,
    /// There is no document before this one that was not looked at.
    next: DocId,
}

/// One look at one window.
pub(super) struct Look<'a> {
    /// The first document of the window.
    pub(super) start: DocId,
    pub(super) clock: &'a Clock,
    pub(super) room: &'a mut Room,
}

impl Found {
    /// What `scorer` finds; `None` if it is nothing.
    pub(super) fn new(scorer: Box<dyn Scorer>) -> Option<Found> {
        let next = scorer.doc();
        (next != TERMINATED).then_some(Found { scorer, next })
    }

    fn each(&mut self, start: DocId, within: &Within<'_>, mut each: impl FnMut(usize, f32)) {
        while let Some(place) = within.bits.next(self.next.saturating_sub(start) as usize) {
            let doc = start + place as DocId;
            // Where it does not find the document, it need not look for the next one, which may take long.
            match self.scorer.seek_danger(doc) {
                SeekDangerResult::Found => {
                    each(place, self.scorer.score());
                    self.next = doc + 1;
                }
                SeekDangerResult::SeekLowerBound(next) => self.next = next,
            }
        }
    }
}

impl Node {
    /// How many documents it finds at most, or a guess.
    pub(super) fn size(&self) -> u32 {
        let sum = |of: &[Node]| of.iter().map(Node::size).fold(0, u32::saturating_add);
        match self {
            Node::Nothing => 0,
            Node::Everything(_) => u32::MAX,
            Node::Term(postings) => postings.len(),
            Node::Phrase(phrase) => phrase.len(),
            Node::Found(found) => found.scorer.size_hint(),
            Node::Best { of, .. } => sum(of),
            // Whatever has enough of them has one of the first so many: the others are too few.
            Node::AtLeast { fewest, of } => sum(&of[..=of.len() - fewest]),
            Node::Bool { must, .. } => must.iter().map(Node::size).min().unwrap_or(0),
        }
    }

    /// There is nothing to be found before this document that was not looked at.
    pub(super) fn next(&self) -> DocId {
        let first = |of: &[Node]| of.iter().map(Node::next).min().unwrap_or(TERMINATED);
        match self {
            Node::Nothing => TERMINATED,
            Node::Everything(_) => 0,
            Node::Term(postings) => postings.doc(),
            Node::Phrase(phrase) => phrase.next(),
            Node::Found(found) => found.next,
            Node::Best { of, .. } => first(of),
            Node::AtLeast { fewest, of } => {
                let mut firsts: Vec<DocId> = of.iter().map(Node::next).collect();
                *firsts.select_nth_unstable(fewest - 1).1
            }
            Node::Bool { must, .. } => must.iter().map(Node::next).max().unwrap_or(TERMINATED),
        }
    }

    /// Adds to `found`, in which nothing is yet, what is found of the documents that are looked at.
    pub(super) fn find(&mut self, look: &mut Look<'_>, within: &Within<'_>, found: &mut Scored) {
        if within.len == 0 || look.clock.is_over_after_step() {
            return;
        }
        match self {
            Node::Best { of, tie_breaker } => best(of, *tie_breaker, look, within, found),
            Node::AtLeast { fewest, of } => at_least(*fewest, of, look, within, found),
            Node::Bool { must, should, must_not } => {
                all(must, look, within, found);
                reward(should, look, found);
                exclude(must_not, look, found);
            }
            leaf => leaf.each(look, within, |place, score| found.add(place, score)),
        }
    }

    /// Tells `each` the places of what is found of the documents that are looked at, with what they are worth.
    fn each(&mut self, look: &mut Look<'_>, within: &Within<'_>, mut each: impl FnMut(usize, f32)) {
        match self {
            Node::Nothing => {}
            Node::Everything(worth) => within.bits.iter().for_each(|place| each(place, *worth)),
            Node::Term(postings) => postings.each(look.start, within, each),
            Node::Phrase(phrase) => phrase.each(look.start, within, each),
            Node::Found(found) => found.each(look.start, within, each),
            node => {
                let mut found = look.room.take();
                node.find(look, within, &mut found);
                found.bits.iter().for_each(|place| each(place, found.scores[place]));
                look.room.give_back(found);
            }
        }
    }
}

fn best(of: &mut [Node], tie_breaker: f32, look: &mut Look<'_>, within: &Within<'_>, found: &mut Scored) {
    if tie_breaker == 0.0 || of.len() == 1 {
        return of.iter_mut().for_each(|node| node.each(look, within, |place, score| found.raise(place, score)));
    }
    let mut sum = look.room.take();
    for node in of {
        node.each(look, within, |place, score| {
            found.raise(place, score);
            sum.add(place, score);
        });
    }
    for place in found.bits.iter() {
        let best = found.scores[place];
        found.scores[place] = best + tie_breaker * (sum.scores[place] - best);
    }
    look.room.give_back(sum);
}

fn at_least(fewest: usize, of: &mut [Node], look: &mut Look<'_>, within: &Within<'_>, found: &mut Scored) {
    let may_lack = of.len() - fewest;
    let mut counts = [0_u8; WINDOW];
    let mut left = *within.bits;
    for (number, node) in of.iter_mut().enumerate() {
        if number > may_lack {
            // What lacks too many by now need not be looked up any more.
            left = found.bits.filtered(|place| usize::from(counts[place]) + may_lack >= number);
        }
        node.each(look, &Within::of(&left), |place, score| {
            counts[place] = counts[place].saturating_add(1);
            found.add(place, score);
        });
    }
    found.bits = found.bits.filtered(|place| usize::from(counts[place]) >= fewest);
}

fn all(must: &mut [Node], look: &mut Look<'_>, within: &Within<'_>, found: &mut Scored) {
    let Some((first, others)) = must.split_first_mut() else { return };
    first.find(look, within, found);
    for node in others {
        let mut also = look.room.take();
        node.find(look, &Within::of(&found.bits), &mut also);
        also.bits.iter().for_each(|place| found.scores[place] += also.scores[place]);
        found.bits = also.bits;
        look.room.give_back(also);
    }
}

fn reward(should: &mut [Node], look: &mut Look<'_>, found: &mut Scored) {
    let Scored { bits, scores } = found;
    let within = Within::of(bits);
    if within.len > 0 {
        should.iter_mut().for_each(|node| node.each(look, &within, |place, score| scores[place] += score));
    }
}

fn exclude(must_not: &mut [Node], look: &mut Look<'_>, found: &mut Scored) {
    for node in must_not {
        let mut excluded = Bits::NONE;
        node.each(look, &Within::of(&found.bits), |place, _| _ = excluded.insert(place));
        found.bits = found.bits.without(&excluded);
    }
}
