//! A request to a response: parse, plan, run, label, cut snippets.
//!
//! Takes what people type and choose, gives hits, counts and the warnings that say what was not taken
//! as typed. Synchronous, and knows no network.

mod ast;
mod parse;
mod plan;
mod request;
mod response;
mod snippet;
mod warning;
mod weights;

use crate::index::{Facet, Filters, Generation, IndexError, Plan, Query, Sort};

pub use request::{Request, RequestError};
pub use response::{FacetValue, Response, SearchHit, Selection};
pub use snippet::Snippet;
pub use warning::Warning;

use plan::Wanted;

/// Runs `request` on one generation.
///
/// # Errors
/// [`IndexError`] if the index cannot be read. Nothing that people type is an error: what could not be
/// taken as typed is in the warnings.
pub fn search(generation: &Generation, request: &Request) -> Result<Response, IndexError> {
    let (ast, mut warnings) = parse::parse(&request.text);
    let (analyzed, left_out) = plan::analyze(&ast, &generation.analyzer);
    warnings.extend(left_out);
    let mut plan = Plan {
        query: analyzed.query(Wanted::All),
        filters: request.filters.clone(),
        facets: Facet::ALL.to_vec(),
        sort: request.effective_sort(),
        offset: (request.page - 1) * request.limit,
        limit: request.limit,
    };
    let mut outcome = generation.index.search(&plan)?;
    if outcome.total == 0 && analyzed.can_relax() && finds_nothing(generation, &plan.query)? {
        plan.query = analyzed.query(Wanted::Any);
        outcome = generation.index.search(&plan)?;
        warnings.extend((outcome.total > 0).then_some(Warning::Relaxed));
    }
    Ok(response::build(generation, request, outcome, &analyzed.terms(), warnings))
}

/// Whether the words find nothing anywhere, and it is not the filters that leave nothing.
fn finds_nothing(generation: &Generation, query: &Query) -> Result<bool, IndexError> {
    let everywhere = Plan {
        query: query.clone(),
        filters: Filters::new(),
        facets: Vec::new(),
        sort: Sort::Relevance,
        offset: 0,
        limit: 0,
    };
    Ok(generation.index.search(&everywhere)?.total == 0)
}
