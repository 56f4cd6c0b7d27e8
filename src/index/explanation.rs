//! How a score comes about, along the parts of a query.

use super::plan::{Explanation, Query};

/// The parts of `query` that give a document its score, where `score` is what each gives; `None` where it does not find the
/// document, or adds nothing.
pub(super) fn explain(query: &Query, score: &dyn Fn(&Query) -> Option<f32>) -> Option<Explanation> {
    let worth = score(query).filter(|&score| score != 0.0)?;
    let parts = |queries: &[Query]| queries.iter().filter_map(|query| explain(query, score)).collect::<Vec<_>>();
    let (what, of) = match query {
        Query::Best { of, tie_breaker } => (format!("the best, and {tie_breaker} of the others"), parts(of)),
        Query::AtLeast { fewest, of } => (format!("at least {fewest} together"), parts(of)),
        Query::Bool { must, should, .. } => ("all together".to_owned(), [parts(must), parts(should)].concat()),
        Query::Boost(query, factor) => (format!("times {factor}"), explain(query, score).into_iter().collect()),
        leaf => (named(leaf), Vec::new()),
    };
    // What stands alone needs no layer around it.
    match <[Explanation; 1]>::try_from(of) {
        Ok([only]) if !matches!(query, Query::Boost(..)) => Some(only),
        Ok(only) => Some(Explanation { score: worth, what, of: only.into() }),
        Err(of) => Some(Explanation { score: worth, what, of }),
    }
}

fn named(query: &Query) -> String {
    match query {
        Query::Term(field, term) => format!("{}: {term}", field.name()),
        Query::Phrase(field, terms) => {
            let terms: Vec<&str> = terms.iter().map(|(_, term)| term.as_str()).collect();
            format!("{}: \"{}\"", field.name(), terms.join(" "))
        }
        Query::Passage { field, .. } => format!("{}: the best passage", field.name()),
        Query::Begins(field, beginning) => format!("{}: {beginning}*", field.name()),
        Query::Value(facet, value) => format!("{} = {value}", facet.name()),
        Query::Between(facet, first, last) => {
            let end = |value: &Option<String>| value.clone().unwrap_or_default();
            format!("{} = {}..{}", facet.name(), end(first), end(last))
        }
        _ => "everything".to_owned(),
    }
}
