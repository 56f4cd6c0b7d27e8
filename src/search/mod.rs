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
use crate::text::keyboard;

pub use request::{Request, RequestError};
pub use response::{FacetValue, Response, SearchHit, Selection};
pub use snippet::Snippet;
pub use warning::Warning;

use plan::{Analyzed, Wanted};

/// Runs `request` on one generation.
///
/// # Errors
/// [`IndexError`] if the index cannot be read. Nothing that people type is an error: what could not be
/// taken as typed is in the warnings.
pub fn search(generation: &Generation, request: &Request) -> Result<Response, IndexError> {
    let (mut analyzed, mut warnings) = read(generation, &request.text);
    let mut plan = Plan {
        query: analyzed.query(Wanted::All),
        filters: request.filters.clone(),
        facets: Facet::ALL.to_vec(),
        sort: request.effective_sort(),
        offset: (request.page - 1) * request.limit,
        limit: request.limit,
    };
    let mut outcome = generation.index.search(&plan)?;
    if outcome.total == 0 && finds_nothing(generation, &plan.query)? {
        if let Some((other, meant)) = in_other_layout(generation, &request.text)? {
            warnings = vec![Warning::OtherLayout { searched: meant }];
            plan.query = other.query(Wanted::All);
            analyzed = other;
            outcome = generation.index.search(&plan)?;
        } else if analyzed.can_relax() {
            plan.query = analyzed.query(Wanted::Any);
            outcome = generation.index.search(&plan)?;
            warnings.extend((outcome.total > 0).then_some(Warning::Relaxed));
        }
    }
    Ok(response::build(generation, request, outcome, &analyzed.terms(), warnings))
}

/// What a text asks for, and what of it was left out.
fn read(generation: &Generation, text: &str) -> (Analyzed, Vec<Warning>) {
    let (ast, mut warnings) = parse::parse(text);
    let (analyzed, left_out) = plan::analyze(&ast, &generation.analyzer);
    warnings.extend(left_out);
    (analyzed, warnings)
}

/// What `text` asks for if it was typed with the keyboard in the other language, and what was meant then; `None` where
/// that finds nothing either.
fn in_other_layout(generation: &Generation, text: &str) -> Result<Option<(Analyzed, String)>, IndexError> {
    for meant in [keyboard::to_thai(text), keyboard::to_latin(text)] {
        let (analyzed, _) = read(generation, &meant);
        if meant != text && !analyzed.terms().is_empty() && !finds_nothing(generation, &analyzed.query(Wanted::All))? {
            return Ok(Some((analyzed, meant)));
        }
    }
    Ok(None)
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
