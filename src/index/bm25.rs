//! The scores of terms and phrases: Okapi BM25 (S. Robertson et al., "Okapi at TREC-3", 1994), the same in every engine.

/// The parameters of BM25.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bm25 {
    /// How much more a document is worth that has a term several times: at most 1 + `k1` times what one of average length is
    /// that has it once.
    pub(super) k1: f32,
    /// How far long documents are worth less, 0 to 1.
    pub(super) b: f32,
}

impl Bm25 {
    /// Measured with `khonha eval`. The usual `k1` of 1.2 puts an article that repeats one word before another that has more
    /// of the words.
    pub(super) const USED: Bm25 = Bm25 { k1: 0.7, b: 0.75 };

    /// For terms of which it says nothing how often a document has them, nor among how many others: they are worth what
    /// they are rare.
    pub(super) const PRESENCE: Bm25 = Bm25 { k1: 0.0, b: 0.0 };

    /// The most that a term is worth which so many of so many documents have.
    pub(super) fn weight(self, having: u64, documents: u64) -> f32 {
        let others = documents.saturating_sub(having);
        (1.0 + (others as f32 + 0.5) / (having as f32 + 0.5)).ln() * (1.0 + self.k1)
    }

    /// What weakens a term in a document of `length` terms, where documents have `average` of them: one that has it `times`
    /// is worth its weight times `times / (times + norm)`.
    pub(super) fn norm(self, length: f32, average: f32) -> f32 {
        self.k1 * (1.0 - self.b + self.b * length / average)
    }
}
