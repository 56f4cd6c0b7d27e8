//! Documents by their best passage; see [`window`](crate::index::window).

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Scorer;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::schema::Fields;
use crate::index::Field;
use crate::index::window::{Found, best_window};

/// Where one way to say a word is.
struct Way {
    postings: SegmentPostings,
    word: usize,
    worth: Score,
}

/// Documents with any of the words, by what their best passage is worth.
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
    /// The documents of an index segment with any of the words, each with what it is worth times `factor`; `None` if
    /// there are none.
    pub(super) fn of(
        fields: &Fields,
        field: Field,
        words: &[Vec<(String, Score)>],
        width: u32,
        segment: &SegmentReader,
        factor: Score,
    ) -> tantivy::Result<Option<PassageScorer>> {
        let field = fields.terms[&field];
        let inverted = segment.inverted_index(field)?;
        let mut ways = Vec::new();
        for (word, terms) in words.iter().enumerate() {
            for (term, worth) in terms {
                let term = Term::from_field_text(field, term);
                let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?;
                ways.extend(postings.map(|postings| Way { postings, word, worth: worth * factor }));
            }
        }
        if ways.is_empty() {
            return Ok(None);
        }
        let (best, places, found) = (vec![0.0; words.len()], Vec::new(), Vec::new());
        let mut scorer = PassageScorer { ways, width, doc: 0, places, found, best };
        scorer.settle();
        Ok(Some(scorer))
    }

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
    use tantivy::doc;

    use super::*;
    use crate::index::embedded::schema;
    use crate::index::embedded::terms::{CUT_TEXT, CutText};

    /// The scores of `texts` for "a b" and, half as good, "c" for "b", in passages of three places.
    fn scores(texts: &[&str]) -> tantivy::Result<Vec<Score>> {
        let (schema, fields) = schema::build();
        let field = Field::Body;
        let index = tantivy::Index::create_in_ram(schema);
        index.tokenizers().register(CUT_TEXT, CutText::default());
        let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
        for text in texts {
            writer.add_document(doc!(fields.terms[&field] => *text))?;
        }
        writer.commit()?;
        let term = |text: &str, worth| (text.to_owned(), worth);
        let words = [vec![term("a", 2.0)], vec![term("b", 4.0), term("c", 2.0)]];
        let searcher = index.reader()?.searcher();
        let scorer = PassageScorer::of(&fields, field, &words, 3, searcher.segment_reader(0), 1.0)?;
        let mut scorer = scorer.expect("words that are there");
        Ok((0..).take(texts.len()).map(|doc| scorer.worth_in(doc)).collect())
    }

    #[test]
    fn a_passage_is_worth_what_its_words_are() -> tantivy::Result<()> {
        let texts = ["a x b x x x a", "a x x b", "b c a", "c x a a", "x x x", "c x x a a x x b b"];
        assert_eq!(scores(&texts)?, [6.0, 4.0, 6.0, 4.0, 0.0, 4.0]);
        Ok(())
    }
}
