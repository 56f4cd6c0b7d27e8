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

use crate::index::{Facet, Generation, IndexError, Outcome, Plan};

pub use request::{Request, RequestError};
pub use response::{FacetValue, Response, SearchHit, Selection};
pub use snippet::Snippet;
pub use warning::Warning;

use ast::Ast;
use plan::Wanted;

/// Runs `request` on one generation.
///
/// # Errors
/// [`IndexError`] if the index cannot be read. Nothing that people type is an error: what could not be
/// taken as typed is in the warnings.
pub fn search(generation: &Generation, request: &Request) -> Result<Response, IndexError> {
    let (ast, mut warnings) = parse::parse(&request.text);
    let mut outcome = run(generation, request, &ast, Wanted::All)?;
    if outcome.total == 0 && plan::can_relax(&ast, &generation.analyzer) {
        let relaxed = run(generation, request, &ast, Wanted::Any)?;
        if relaxed.total > 0 {
            warnings.push(Warning::Relaxed);
            outcome = relaxed;
        }
    }
    let terms = plan::highlighted_terms(&ast, &generation.analyzer);
    Ok(response::build(generation, request, outcome, &terms, warnings))
}

fn run(generation: &Generation, request: &Request, ast: &Ast, wanted: Wanted) -> Result<Outcome, IndexError> {
    let plan = Plan {
        query: plan::query(ast, &generation.analyzer, wanted),
        filters: request.filters.clone(),
        facets: Facet::ALL.to_vec(),
        sort: request.sort,
        offset: (request.page - 1) * request.limit,
        limit: request.limit,
    };
    generation.index.search(&plan)
}
