//! Documents by their best passage; see [`window`](crate::index::window).

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use crate::index::window::{Found, best_window};

/// Documents with any of the terms, by what their best passage is worth.
#[derive(Debug, Clone)]
pub(super) struct PassageQuery {
    /// The ways to say each word, with what each is worth.
    pub(super) words: Vec<Vec<(Term, Score)>>,
    /// How long a passage is, in places.
    pub(super) width: u32,
}

impl Query for PassageQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(PassageWeight(self.clone())))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.words.iter().flatten().for_each(|(term, _)| visitor(term, true));
    }
}

struct PassageWeight(PassageQuery);

impl PassageQuery {
    /// Its scorer in one index segment; `None` if that has none of the terms.
    pub(super) fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<PassageScorer>> {
        let PassageQuery { words, width } = self;
        let mut ways = Vec::new();
        for (word, terms) in words.iter().enumerate() {
            for (term, worth) in terms {
                let inverted = reader.inverted_index(term.field())?;
                let postings = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?;
                ways.extend(postings.map(|postings| Way { postings, word, worth: worth * boost }));
            }
        }
        if ways.is_empty() {
            return Ok(None);
        }
        let best = vec![0.0; words.len()];
        let mut scorer = PassageScorer { ways, width: *width, doc: 0, places: Vec::new(), found: Vec::new(), best };
        scorer.settle();
        Ok(Some(scorer))
    }
}

impl Weight for PassageWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.0.scorer(reader, boost)?;
        Ok(scorer.map_or_else(|| Box::new(EmptyScorer) as Box<dyn Scorer>, |scorer| Box::new(scorer)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = Weight::scorer(self, reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} has none of the words")));
        }
        Ok(Explanation::new("the best passage", scorer.score()))
    }
}

/// Where one way to say a word is.
struct Way {
    postings: SegmentPostings,
    word: usize,
    worth: Score,
}

pub(super) struct PassageScorer {
    ways: Vec<Way>,
    width: u32,
    doc: DocId,
    places: Vec<u32>,
    /// What the document has, in the order of places.
    found: Vec<Found>,
    /// What each word is worth in the passage looked at.
    best: Vec<Score>,
}

impl PassageScorer {
    /// Stops at the first document of any way.
    fn settle(&mut self) -> DocId {
        self.doc = self.ways.iter().map(|way| way.postings.doc()).min().unwrap_or(TERMINATED);
        self.doc
    }

    fn read_places(&mut self) {
        self.found.clear();
        for Way { postings, word, worth } in self.ways.iter_mut().filter(|way| way.postings.doc() == self.doc) {
            postings.positions(&mut self.places);
            self.found.extend(self.places.iter().map(|&place| Found { place, word: *word, worth: *worth }));
        }
        self.found.sort_unstable_by_key(|found| found.place);
    }

    /// How many words the document has, and what a passage with all of them would be worth.
    fn all_of_doc(&mut self) -> (usize, Score) {
        let doc = self.doc;
        self.all(|way| way.postings.doc() == doc)
    }

    /// How many words these ways say, and what they are worth.
    fn all(&mut self, says: impl Fn(&Way) -> bool) -> (usize, Score) {
        self.best.fill(0.0);
        for Way { word, worth, .. } in self.ways.iter().filter(|way| says(way)) {
            self.best[*word] = self.best[*word].max(*worth);
        }
        (self.best.iter().filter(|worth| **worth > 0.0).count(), self.best.iter().sum())
    }

    /// What the passages of any document can be worth.
    pub(super) fn most(&mut self) -> Score {
        self.all(|_| true).1
    }

    /// What the passages of `doc` can be worth by the words that it has. Documents are asked for in their order.
    pub(super) fn most_in(&mut self, doc: DocId) -> Score {
        if self.has(doc) { self.all_of_doc().1 } else { 0.0 }
    }

    /// What the best passage of `doc` is worth. Documents are asked for in their order.
    pub(super) fn worth_in(&mut self, doc: DocId) -> Score {
        if self.has(doc) { self.score() } else { 0.0 }
    }

    fn has(&mut self, doc: DocId) -> bool {
        if self.doc < doc {
            self.seek(doc);
        }
        self.doc == doc
    }
}

impl DocSet for PassageScorer {
    fn advance(&mut self) -> DocId {
        for way in self.ways.iter_mut().filter(|way| way.postings.doc() == self.doc) {
            way.postings.advance();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for way in self.ways.iter_mut().filter(|way| way.postings.doc() < target) {
            way.postings.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.ways.iter().map(|way| way.postings.size_hint()).max().unwrap_or(0)
    }
}

impl Scorer for PassageScorer {
    fn score(&mut self) -> Score {
        let (words, most) = self.all_of_doc();
        // Most documents have one of the words alone, and need not be read for where.
        if words == 1 {
            return most;
        }
        self.read_places();
        best_window(&self.found, self.width, &mut self.best, most)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::TopDocs;
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, doc};

    use super::*;

    /// The scores of `texts` for "a b" and, half as good, "c" for "b", in passages of three places.
    fn scores(texts: &[&str]) -> tantivy::Result<Vec<Score>> {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("body", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
        for text in texts {
            writer.add_document(doc!(field => *text))?;
        }
        writer.commit()?;
        let term = |text| Term::from_field_text(field, text);
        let words = vec![vec![(term("a"), 2.0)], vec![(term("b"), 4.0), (term("c"), 2.0)]];
        let found = index
            .reader()?
            .searcher()
            .search(&PassageQuery { words, width: 3 }, &TopDocs::with_limit(10).order_by_score())?;
        let mut scores = vec![0.0; texts.len()];
        found.into_iter().for_each(|(score, address)| scores[address.doc_id as usize] = score);
        Ok(scores)
    }

    #[test]
    fn a_passage_is_worth_what_its_words_are() -> tantivy::Result<()> {
        let texts = ["a x b x x x a", "a x x b", "b c a", "c x a a", "x x x", "c x x a a x x b b"];
        assert_eq!(scores(&texts)?, [6.0, 4.0, 6.0, 4.0, 0.0, 4.0]);
        Ok(())
    }
}
