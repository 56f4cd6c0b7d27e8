//! The documents that have terms in a row.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet};

use super::Within;
use super::postings::Worth;

/// Documents that have each of some terms as many places after the first as it is in the phrase.
pub(super) struct Phrase {
    /// The rarest first.
    terms: Vec<PhraseTerm>,
    worth: Worth,
    /// There is no document before this one that was not looked at.
    next: DocId,
    /// Where the phrase begins in the document looked at, as far as it is known.
    begins: Vec<u32>,
    /// Where one of the terms is.
    places: Vec<u32>,
}

/// One term of a phrase.
pub(super) struct PhraseTerm {
    pub(super) postings: SegmentPostings,
    /// How many places after the beginning of the phrase.
    pub(super) place: u32,
}

impl Phrase {
    /// The documents with all of `terms`, of which there is at least one, each of them worth so much.
    pub(super) fn new(mut terms: Vec<PhraseTerm>, worth: Worth) -> Phrase {
        terms.sort_by_key(|term| term.postings.doc_freq());
        let next = terms.iter().map(|term| term.postings.doc()).max().unwrap_or_default();
        Phrase { terms, worth, next, begins: Vec::new(), places: Vec::new() }
    }

    /// How many documents there are at most.
    pub(super) fn len(&self) -> u32 {
        self.terms.first().map_or(0, |term| term.postings.doc_freq())
    }

    pub(super) fn next(&self) -> DocId {
        self.next
    }

    /// Tells `each` the places of the window from `start` on, as far as they are `within`, with what they are worth.
    pub(super) fn each(&mut self, start: DocId, within: &Within<'_>, mut each: impl FnMut(usize, f32)) {
        while let Some(place) = within.bits.next(self.next.saturating_sub(start) as usize) {
            let doc = start + place as DocId;
            let times = if self.have_all(doc) { self.times() } else { 0 };
            if times > 0 {
                each(place, self.worth.of(doc, times));
            }
        }
    }

    /// Whether `doc` has all of the terms. Documents are asked for in their order.
    fn have_all(&mut self, doc: DocId) -> bool {
        for PhraseTerm { postings, .. } in &mut self.terms {
            let next = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
            if next > doc {
                self.next = next;
                return false;
            }
        }
        self.next = doc + 1;
        true
    }

    /// How many times the document that all terms are at has the phrase.
    fn times(&mut self) -> u32 {
        let Phrase { terms, begins, places, .. } = self;
        for (number, PhraseTerm { postings, place }) in terms.iter_mut().enumerate() {
            postings.positions(places);
            let begin = |at: &u32| at.checked_sub(*place);
            if number == 0 {
                begins.clear();
                begins.extend(places.iter().filter_map(begin));
            } else {
                let mut also = places.iter().filter_map(begin).peekable();
                begins.retain(|begin| {
                    while also.next_if(|at| at < begin).is_some() {}
                    also.peek() == Some(begin)
                });
            }
            if begins.is_empty() {
                return 0;
            }
        }
        begins.len() as u32
    }
}
