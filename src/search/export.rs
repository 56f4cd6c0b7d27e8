//! All that a request finds, to be taken away: one article after the other, with what is to be said of them known before
//! the first.

use std::time::Duration;

use super::deadline::Deadline;
use super::warning::Warning;
use super::{FacetOptions, Knowledge, Request, Search, Settled, Start, filters};
use crate::content::Article;
use crate::index::{Generation, IndexError, Plan};

/// The most articles of one export.
pub const MOST_EXPORTED: usize = 10_000;

/// What a request finds.
pub struct Export<'a> {
    /// How many articles were found, exactly unless there is [`Warning::Late`].
    pub total: usize,
    /// What was not taken as typed, and what is left out.
    pub warnings: Vec<Warning>,
    /// The articles in the order of the request; the last may be an error.
    pub articles: Box<dyn Iterator<Item = Result<Article, IndexError>> + 'a>,
}

/// Runs `request` as [`search`](super::search) does, and gives the first `most` of its articles, at most
/// [`MOST_EXPORTED`], whatever page it asks for. A warning says where that limit leaves some out.
///
/// # Errors
/// [`IndexError`] if the index cannot be read.
pub fn export<'a>(
    generation: &'a Generation,
    knowledge: &Knowledge,
    request: &Request,
    most: usize,
    limit: Option<Duration>,
) -> Result<Export<'a>, IndexError> {
    let deadline = Deadline::within(limit);
    // To see which way of planning finds something no article need be read.
    let facets = FacetOptions { facets: Vec::new(), ..FacetOptions::default() };
    let count = filters::resolved(&Request { page: 1, limit: 0, facets, ..request.clone() }, &generation.site);
    let start = Start::default();
    let search = Search { generation, knowledge, request: &count, start: &start, deadline: &deadline };
    let Settled { planned, query, .. } = search.settle()?;
    let plan = Plan { limit: most.min(MOST_EXPORTED), ..search.plan_of_page(&query) };
    let found = generation.index.find(&plan)?;
    let mut warnings = planned.warnings;
    let is_late = found.is_cut_short || deadline.has_stopped();
    warnings.extend(is_late.then_some(Warning::Late));
    warnings.extend(too_many(found.total, most));
    Ok(Export { total: found.total, warnings, articles: found.articles })
}

/// The warning where the limit of exports leaves articles out, and not the one who asked.
fn too_many(found: usize, most: usize) -> Option<Warning> {
    let is_cut = most >= MOST_EXPORTED && found > MOST_EXPORTED;
    is_cut.then_some(Warning::ManyArticles { found, given: MOST_EXPORTED })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_limit_leaves_out_is_told_and_what_was_asked_for_is_not() {
        let told = Some(Warning::ManyArticles { found: 10_001, given: 10_000 });
        assert_eq!(too_many(10_001, MOST_EXPORTED), told);
        assert_eq!(too_many(10_000, MOST_EXPORTED), None);
        assert_eq!(too_many(10_001, 50), None);
    }
}
