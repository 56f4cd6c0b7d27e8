//! How a score comes about: the cluster tells which parts without parts fit and what each is worth, and the rest is
//! arithmetic.

use std::collections::HashMap;

use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::client::PATIENCE;
use super::passage::Bonus;
use super::query::{build_named, leaf_name, leaves};
use super::response::Answer;
use super::schema::ID;
use super::view::View;
use crate::content::ArticleId;
use crate::index::{Explanation, Field, IndexError, Query, explanation};

/// What is known of one document.
struct Scores {
    /// What each leaf is worth that finds it.
    leaves: HashMap<String, f32>,
    texts: HashMap<String, String>,
}

/// The parts of `query` that give the article its score.
pub(super) fn explain(view: &View, query: &Query, id: &ArticleId) -> Result<Option<Explanation>, IndexError> {
    let mut body = of_article(build_named(query), id, &json!([Field::Body.name()]));
    let answer: Answer<HashMap<String, Value>> = view.search(&mut body, PATIENCE)?;
    let Some(hit) = answer.hits.hits.into_iter().next() else { return Ok(None) };
    // What each part is worth is told here as its shard alone knows it.
    let fitting = |(name, _): &(String, Value)| hit.matched_queries.contains_key(name);
    let (names, leaves): (Vec<String>, Vec<Value>) = leaves(query).into_iter().filter(fitting).unzip();
    let mut bodies: Vec<Value> = leaves.into_iter().map(|leaf| of_article(leaf, id, &json!([ID]))).collect();
    let worth = |answer: Answer<IgnoredAny>| answer.hits.hits.first().and_then(|hit| hit.score).unwrap_or_default();
    let worths = view.search_each(&mut bodies, PATIENCE)?.into_iter().map(worth);
    let text = |(field, text): (String, Value)| Some((field, text.as_str()?.to_owned()));
    let scores = Scores {
        leaves: names.into_iter().zip(worths).collect(),
        texts: hit.source.into_iter().filter_map(text).collect(),
    };
    Ok(explanation::explain(query, &|query| scores.of(query)))
}

/// A search for one article, which says what it is worth by `query`.
fn of_article(query: Value, id: &ArticleId, source: &Value) -> Value {
    let query = json!({ "bool": { "should": [query], "filter": [{ "term": { ID: id.as_str() } }] } });
    json!({ "query": query, "size": 1, "_source": source, "track_total_hits": false })
}

impl Scores {
    /// What `query` gives the document; `None` if it does not find it.
    fn of(&self, query: &Query) -> Option<f32> {
        let found = |queries: &[Query]| queries.iter().filter_map(|query| self.of(query)).collect::<Vec<f32>>();
        match query {
            Query::Boost(query, factor) => Some(self.of(query)? * factor),
            Query::Best { of, tie_breaker } => {
                let found = found(of);
                let best = found.iter().copied().reduce(f32::max)?;
                Some(best + tie_breaker * (found.iter().sum::<f32>() - best))
            }
            Query::Bool { must, should, must_not } => {
                let (needed, welcome) = (found(must), found(should));
                let is_found = needed.len() == must.len() && found(must_not).is_empty();
                is_found.then(|| needed.iter().chain(&welcome).sum())
            }
            Query::AtLeast { fewest, of } => {
                let found = found(of);
                (found.len() >= (*fewest).max(1)).then(|| found.iter().sum())
            }
            leaf => {
                let worth = *self.leaves.get(&leaf_name(leaf))?;
                let bonus = Bonus::of(leaf, 1.0, None);
                Some(bonus.map_or(worth, |bonus| bonus.worth(|field| self.texts.get(field).map(String::as_str)).1))
            }
        }
    }
}
