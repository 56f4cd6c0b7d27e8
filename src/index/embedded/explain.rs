//! How a score comes about, along the parts of our query.

use super::EmbeddedIndex;
use super::evaluate::{Builder, Clock, Scoring};
use super::{evaluate, search};
use crate::content::ArticleId;
use crate::index::{Explanation, Query, explanation};

/// The parts of `query` that give the article its score.
pub(super) fn explain(index: &EmbeddedIndex, query: &Query, id: &ArticleId) -> tantivy::Result<Option<Explanation>> {
    let searcher = index.reader.searcher();
    let address = search::address(index, &searcher, id)?;
    let Some(address) = address else { return Ok(None) };
    let clock = Clock::until(None);
    let builder = Builder::new(&searcher, &index.fields, Scoring::On, &clock);
    Ok(explanation::explain(query, &|query| evaluate::score(query, &builder, address).ok().flatten()))
}
