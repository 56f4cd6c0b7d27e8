//! Counts of facet values, exact however many shards and values there are.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::client::PATIENCE;
use super::error::ClusterError;
use super::query;
use super::response::Answer;
use super::view::View;
use crate::index::{Facet, FacetCounts, Filters, Plan};

/// Values that are counted with the search itself. Each shard gives as many, so that counts are exact if there are no
/// more.
const WITH_SEARCH: usize = 5_000;
/// Values that are counted at a time where there are more.
const AT_ONCE: usize = 10_000;

#[derive(Deserialize)]
struct Narrowed {
    values: Counted,
}

#[derive(Deserialize)]
struct Counted {
    #[serde(default)]
    sum_other_doc_count: u64,
    buckets: Vec<Bucket>,
    #[serde(default)]
    after_key: Option<Value>,
}

#[derive(Deserialize)]
struct Bucket {
    key: Value,
    doc_count: u64,
}

/// Adds what the plan wants counted.
pub(super) fn ask(body: &mut Value, plan: &Plan) {
    if plan.facets.is_empty() {
        return;
    }
    let count = |facet: &Facet| {
        let values = json!({ "terms": { "field": facet.name(), "size": WITH_SEARCH } });
        (facet.name().to_owned(), narrowed(plan, *facet, values))
    };
    body["aggs"] = plan.facets.iter().map(count).collect::<serde_json::Map<_, _>>().into();
}

/// A facet is counted among the documents that the filters of the other counted facets let through. Those of facets that
/// are not counted narrow the query itself.
fn narrowed(plan: &Plan, facet: Facet, values: Value) -> Value {
    let counted = |(of, _): &(&Facet, &Vec<_>)| plan.facets.contains(of);
    let filters: Filters = plan.filters.iter().filter(counted).map(|(of, choices)| (*of, choices.clone())).collect();
    json!({ "filter": { "bool": { "filter": query::narrowing(&filters, Some(facet)) } }, "aggs": { "values": values } })
}

/// The counts in an answer; what was too much for it is asked for by itself.
pub(super) fn counted(
    view: &View,
    plan: &Plan,
    aggregations: &HashMap<String, Value>,
) -> Result<BTreeMap<Facet, FacetCounts>, ClusterError> {
    let mut counts = BTreeMap::new();
    for facet in &plan.facets {
        let Some(found) = aggregations.get(facet.name()) else { continue };
        let Counted { sum_other_doc_count, buckets, .. } = parsed(found)?;
        let counted = if sum_other_doc_count == 0 { named(buckets) } else { all(view, plan, *facet)? };
        counts.insert(*facet, counted);
    }
    Ok(counts)
}

/// Value by value in their own order, then by count.
fn all(view: &View, plan: &Plan, facet: Facet) -> Result<FacetCounts, ClusterError> {
    let without_counts: Filters =
        plan.filters.iter().filter(|(of, _)| !plan.facets.contains(of)).map(|(of, it)| (*of, it.clone())).collect();
    let filters = query::narrowing(&without_counts, None);
    let query = json!({ "bool": { "must": [query::build(&plan.query).query], "filter": filters } });
    let mut after: Option<Value> = None;
    let mut counts: FacetCounts = Vec::new();
    loop {
        let sources = json!([{ "value": { "terms": { "field": facet.name() } } }]);
        let mut values = json!({ "composite": { "size": AT_ONCE, "sources": sources } });
        if let Some(after) = after.take() {
            values["composite"]["after"] = after;
        }
        let mut body = json!({ "size": 0, "query": query, "aggs": { facet.name(): narrowed(plan, facet, values) } });
        let answer: Answer<Option<IgnoredAny>> = view.search(&mut body, PATIENCE)?;
        let Counted { buckets, after_key, .. } = parsed(&answer.aggregations[facet.name()])?;
        counts.extend(named(buckets));
        match after_key {
            Some(last) => after = Some(last),
            None => break,
        }
    }
    counts.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    Ok(counts)
}

fn parsed(found: &Value) -> Result<Counted, ClusterError> {
    let read = Narrowed::deserialize(found).map(|narrowed| narrowed.values);
    read.map_err(|error| ClusterError::Answer { status: 200, reason: format!("counts of a facet: {error}") })
}

fn named(buckets: Vec<Bucket>) -> FacetCounts {
    let name = |key: Value| match key {
        Value::String(name) => name,
        // A value of several sources, of which there is one.
        Value::Object(of) => of.get("value").and_then(Value::as_str).unwrap_or_default().to_owned(),
        other => other.to_string(),
    };
    buckets.into_iter().map(|Bucket { key, doc_count }| (name(key).into(), doc_count)).collect()
}
