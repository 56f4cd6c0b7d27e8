//! The documents of one term.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;

use super::Within;
use super::window::WINDOW;
use crate::index::bm25::Bm25;

/// Where fewer documents than this are looked at, each is looked up.
const FEW: usize = 16;

/// The documents that have a term, from one on.
pub(super) struct Postings {
    postings: BlockSegmentPostings,
    /// Where that one is in its block.
    at: usize,
    worth: Worth,
}

/// What a document with a term or a phrase is worth.
pub(super) enum Worth {
    Constant(f32),
    /// By [`Bm25`].
    Bm25 {
        /// What the term is worth at most.
        weight: f32,
        lengths: FieldNormReader,
        norms: Norms,
    },
}

/// What the length of a field weakens a term by, for each that the engine tells apart.
pub(super) type Norms = Arc<[f32; 256]>;

/// The norms of a field that is so many terms long on average.
pub(super) fn norms(bm25: Bm25, average: f32) -> Norms {
    let norm = |id: usize| bm25.norm(FieldNormReader::id_to_fieldnorm(id as u8) as f32, average);
    Arc::new(std::array::from_fn(norm))
}

impl Worth {
    /// What a document is worth that has it so many times.
    pub(super) fn of(&self, doc: DocId, times: u32) -> f32 {
        match self {
            Worth::Constant(worth) => *worth,
            Worth::Bm25 { weight, lengths, norms } => {
                let times = times as f32;
                weight * (times / (times + norms[usize::from(lengths.fieldnorm_id(doc))]))
            }
        }
    }
}

impl Postings {
    /// All documents of a term, each of them worth so much.
    pub(super) fn new(postings: BlockSegmentPostings, worth: Worth) -> Postings {
        Postings { postings, at: 0, worth }
    }

    /// How many documents there are in all.
    pub(super) fn len(&self) -> u32 {
        self.postings.doc_freq()
    }

    /// The document it is at, or [`TERMINATED`](tantivy::TERMINATED), with which the last block is filled up.
    pub(super) fn doc(&self) -> DocId {
        self.postings.doc(self.at)
    }

    /// Tells `each` the places of the window from `start` on, as far as they are `within`, with what they are worth.
    pub(super) fn each(&mut self, start: DocId, within: &Within<'_>, mut each: impl FnMut(usize, f32)) {
        if within.len < FEW {
            return self.each_looked_up(start, within, each);
        }
        self.go_to(start);
        let end = start + WINDOW as DocId;
        loop {
            let length = self.postings.block_len();
            while self.at < length {
                let doc = self.doc();
                if doc >= end {
                    return;
                }
                let place = (doc - start) as usize;
                if within.bits.has(place) {
                    each(place, self.worth.of(doc, self.postings.freq(self.at)));
                }
                self.at += 1;
            }
            if length == 0 {
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }

    fn each_looked_up(&mut self, start: DocId, within: &Within<'_>, mut each: impl FnMut(usize, f32)) {
        for place in within.bits.iter() {
            let doc = start + place as DocId;
            self.go_to(doc);
            if self.doc() == doc {
                each(place, self.worth.of(doc, self.postings.freq(self.at)));
            }
        }
    }

    /// Goes on to the first document that is not before `doc`.
    fn go_to(&mut self, doc: DocId) {
        if self.doc() < doc {
            self.at = self.postings.seek(doc);
        }
    }
}
