//! What there is of one author, topic or series: how much, of when, with whom and about what.

use std::collections::BTreeMap;

use super::facets::{self, FacetList, FacetOptions};
use super::request::Request;
use crate::content::Article;
use crate::index::{Facet, Generation, IndexError, Plan, Query, Sort};
use crate::text::Language;

/// The articles that are shown at once.
const NEWEST: usize = 10;

/// All that there is of one value of a facet.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// What kind of thing it is.
    pub facet: Facet,
    /// Its id, or for an author without one the name.
    pub id: String,
    /// Its name in the language of the interface.
    pub label: String,
    /// What else it is called.
    pub names: Vec<String>,
    /// How many articles there are.
    pub total: usize,
    /// The first and the last year of the articles, of the Buddhist Era.
    pub years: Option<(String, String)>,
    /// What its articles have beside it: for an author the other authors, for a topic those not below or above it.
    pub facets: BTreeMap<Facet, FacetList>,
    /// The topics directly below a topic.
    pub narrower: FacetList,
    /// Its newest articles.
    pub newest: Vec<Article>,
}

/// The profile of the value of `facet` that is named by its id or a name; `None` if no article has it.
///
/// # Errors
/// [`IndexError`] if the index cannot be read.
pub(super) fn profile(
    generation: &Generation,
    facet: Facet,
    name: &str,
    interface: Language,
) -> Result<Option<Profile>, IndexError> {
    let site = &generation.site;
    let id = facets::id(facet, name, site);
    let plan = Plan {
        sort: Sort::Newest,
        limit: NEWEST,
        ..Plan::counting(Query::Value(facet, id.clone()), Facet::ALL.to_vec())
    };
    let outcome = generation.index.search(&plan)?;
    if outcome.total == 0 {
        return Ok(None);
    }
    let options = FacetOptions { limit: usize::MAX, ..FacetOptions::default() };
    let request = Request { interface, facets: options, ..Request::default() };
    let mut lists = facets::lists(outcome.facets, &request, site);
    let narrower = beside(&mut lists, facet, &id);
    let label = facets::label(facet, &id, interface, site);
    Ok(Some(Profile {
        years: years(&lists),
        names: other_names(facet, &id, &label, generation),
        newest: outcome.hits.into_iter().map(|hit| hit.article).collect(),
        total: outcome.total,
        facets: lists,
        narrower,
        facet,
        id,
        label,
    }))
}

/// Takes out of the lists what the value itself is, and gives the topics directly below it.
fn beside(lists: &mut BTreeMap<Facet, FacetList>, facet: Facet, id: &str) -> FacetList {
    let Some(list) = lists.get_mut(&facet) else { return FacetList::default() };
    let below = format!("{id}/");
    let is_topic = facet == Facet::Topic;
    let is_above = |value: &str| is_topic && id.starts_with(&format!("{value}/"));
    let values = std::mem::take(&mut list.values);
    let (narrower, beside): (Vec<_>, Vec<_>) = values
        .into_iter()
        .filter(|value| value.value != id && !is_above(&value.value))
        .partition(|value| is_topic && value.value.starts_with(&below));
    *list = FacetList { distinct: beside.len(), values: beside };
    let direct = narrower.into_iter().filter(|value| !value.value[below.len()..].contains('/'));
    let values: Vec<_> = direct.collect();
    FacetList { distinct: values.len(), values }
}

/// Years without an article stand between the others, never at the ends.
fn years(lists: &BTreeMap<Facet, FacetList>) -> Option<(String, String)> {
    let years = &lists.get(&Facet::Year)?.values;
    Some((years.last()?.value.clone(), years.first()?.value.clone()))
}

fn other_names(facet: Facet, id: &str, label: &str, generation: &Generation) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in facets::known_names(facet, id, &generation.site) {
        if name != label && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
