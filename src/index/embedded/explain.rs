//! How a score comes about, along the parts of our query.

use tantivy::query::{EnableScoring, Query as _};
use tantivy::{DocAddress, Searcher};

use super::EmbeddedIndex;
use super::deadline::Clock;
use super::{query, search};
use crate::content::ArticleId;
use crate::index::{Explanation, Query, explanation};

/// The parts of `query` that give the article its score.
pub(super) fn explain(index: &EmbeddedIndex, query: &Query, id: &ArticleId) -> tantivy::Result<Option<Explanation>> {
    let searcher = index.reader.searcher();
    let address = search::address(index, &searcher, id)?;
    let Some(address) = address else { return Ok(None) };
    let explainer = Explainer { index, searcher: &searcher, address };
    Ok(explanation::explain(query, &|query| explainer.score(query).ok().flatten()))
}

struct Explainer<'a> {
    index: &'a EmbeddedIndex,
    searcher: &'a Searcher,
    address: DocAddress,
}

impl Explainer<'_> {
    /// The document's score; `None` where the query does not find it. The engine's own explanations may not be asked
    /// for a document before the first that is found.
    fn score(&self, query: &Query) -> tantivy::Result<Option<f32>> {
        let query = query::build(&self.index.fields, query, &Clock::until(None));
        let weight = query.weight(EnableScoring::enabled_from_searcher(self.searcher))?;
        let mut scorer = weight.scorer(self.searcher.segment_reader(self.address.segment_ord), 1.0)?;
        let wanted = self.address.doc_id;
        if scorer.doc() < wanted {
            scorer.seek(wanted);
        }
        Ok((scorer.doc() == wanted).then(|| scorer.score()))
    }
}
