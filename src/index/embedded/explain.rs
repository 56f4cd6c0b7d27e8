//! How a score comes about, along the parts of our query.

use tantivy::query::{EnableScoring, Query as _};
use tantivy::{DocAddress, Searcher};

use super::EmbeddedIndex;
use super::deadline::Clock;
use super::schema::name;
use super::{query, search};
use crate::content::ArticleId;
use crate::index::{Explanation, Query};

/// The parts of `query` that give the article its score.
pub(super) fn explain(index: &EmbeddedIndex, query: &Query, id: &ArticleId) -> tantivy::Result<Option<Explanation>> {
    let searcher = index.reader.searcher();
    let address = search::address(index, &searcher, id)?;
    Ok(address.and_then(|address| Explainer { index, searcher: &searcher, address }.explain(query)))
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

    /// `None` where the query does not find the document, or adds nothing.
    fn explain(&self, query: &Query) -> Option<Explanation> {
        let score = self.score(query).ok().flatten().filter(|&score| score != 0.0)?;
        let parts = |queries: &[Query]| queries.iter().filter_map(|query| self.explain(query)).collect::<Vec<_>>();
        let (what, of) = match query {
            Query::Best { of, tie_breaker } => (format!("the best, and {tie_breaker} of the others"), parts(of)),
            Query::Bool { must, should, .. } => ("all together".to_owned(), [parts(must), parts(should)].concat()),
            Query::Boost(query, factor) => (format!("times {factor}"), self.explain(query).into_iter().collect()),
            leaf => (named(leaf), Vec::new()),
        };
        // What stands alone needs no layer around it.
        match <[Explanation; 1]>::try_from(of) {
            Ok([only]) if !matches!(query, Query::Boost(..)) => Some(only),
            Ok(only) => Some(Explanation { score, what, of: only.into() }),
            Err(of) => Some(Explanation { score, what, of }),
        }
    }
}

fn named(query: &Query) -> String {
    match query {
        Query::Term(field, term) => format!("{}: {term}", name(*field)),
        Query::Phrase(field, terms) => {
            let terms: Vec<&str> = terms.iter().map(|(_, term)| term.as_str()).collect();
            format!("{}: \"{}\"", name(*field), terms.join(" "))
        }
        Query::Passage { field, .. } => format!("{}: the best passage", name(*field)),
        Query::Begins(field, beginning) => format!("{}: {beginning}*", name(*field)),
        Query::Value(facet, value) => format!("{} = {value}", facet.name()),
        Query::Between(facet, first, last) => {
            let end = |value: &Option<String>| value.clone().unwrap_or_default();
            format!("{} = {}..{}", facet.name(), end(first), end(last))
        }
        _ => "everything".to_owned(),
    }
}
