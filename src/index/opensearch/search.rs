//! Runs a plan on a cluster, and reads single articles.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};

use super::client::PATIENCE;
use super::error::ClusterError;
use super::order::{self, Order};
use super::query::{self, Built};
use super::response::{Answer, Hit};
use super::schema::{ARTICLE, ID};
use super::view::View;
use super::{facets, ranked};
use crate::content::{Article, ArticleId};
use crate::index::{FoundArticles, Hit as Found, IndexError, Outcome, Place, Plan, Sort};

/// The most hits of one request; OpenSearch gives no more, wherever they begin.
const MOST_AT_ONCE: usize = 10_000;
/// So many articles are read at a time where there may be many.
const ARTICLES_AT_ONCE: usize = 200;
/// What an answer may take on its way beside the time for searching.
const ON_THE_WAY: Duration = Duration::from_millis(500);

/// An article as it is stored.
#[derive(Deserialize)]
pub(super) struct Whole {
    pub(super) article: Article,
}

/// A plan on its way to an answer.
pub(super) struct Search<'a> {
    pub(super) view: &'a View,
    pub(super) plan: &'a Plan,
    pub(super) built: Built,
}

/// What was found, before its articles are read.
pub(super) struct Listed {
    pub(super) total: usize,
    /// Where each is in the order.
    pub(super) places: Vec<Place>,
    pub(super) aggregations: HashMap<String, Value>,
    pub(super) is_cut_short: bool,
}

/// Runs `plan`.
pub(super) fn run(view: &View, plan: &Plan) -> Result<Outcome, IndexError> {
    let search = Search { view, plan, built: query::build(&plan.query) };
    if search.is_over() {
        return Ok(Outcome { total: 0, hits: Vec::new(), facets: BTreeMap::new(), is_cut_short: true });
    }
    if search.is_ranked() || plan.offset.saturating_add(plan.limit) > MOST_AT_ONCE {
        let listed = search.list()?;
        let mut articles = read(view, listed.places.iter().map(|place| place.id.as_str()))?;
        let hit = |place: Place| Some(found(articles.remove(&place.id)?, place));
        let hits = listed.places.into_iter().filter_map(hit).collect();
        let facets = facets::counted(view, plan, &listed.aggregations)?;
        return Ok(Outcome { total: listed.total, hits, facets, is_cut_short: listed.is_cut_short });
    }
    let mut body = search.body();
    facets::ask(&mut body, plan);
    (body["size"], body["from"], body["_source"]) = (plan.limit.into(), plan.offset.into(), json!([ARTICLE]));
    body["track_total_hits"] = true.into();
    let answer: Answer<Whole> = search.ask(&mut body)?;
    let (total, is_cut_short) = (answer.total(), answer.timed_out);
    let facets = facets::counted(view, plan, &answer.aggregations)?;
    let place = |hit: Hit<Whole>| Ok(found(hit.source.article, order::place(plan.sort, hit.score, &hit.sort)?));
    let hits = answer.hits.hits.into_iter().map(place).collect::<Result<_, ClusterError>>()?;
    Ok(Outcome { total, hits, facets, is_cut_short })
}

/// Runs `plan`, and reads the articles when their turn comes.
pub(super) fn find(view: &Arc<View>, plan: &Plan) -> Result<FoundArticles<'static>, IndexError> {
    let plan = Plan { facets: Vec::new(), ..plan.clone() };
    let search = Search { view, plan: &plan, built: query::build(&plan.query) };
    let listed = search.list()?;
    let view = Arc::clone(view);
    let mut ids: Vec<String> = listed.places.into_iter().map(|place| place.id).collect();
    ids.reverse();
    let parts = std::iter::from_fn(move || {
        let part = ids.split_off(ids.len().saturating_sub(ARTICLES_AT_ONCE));
        if part.is_empty() { None } else { Some(part) }
    });
    let articles = parts.flat_map(move |part| {
        let wanted = part.iter().rev();
        let articles: Vec<Result<Article, IndexError>> = match read(&view, wanted.clone().map(String::as_str)) {
            Ok(mut articles) => wanted.filter_map(|id| articles.remove(id)).map(Ok).collect(),
            Err(error) => vec![Err(error)],
        };
        articles
    });
    Ok(FoundArticles { total: listed.total, articles: Box::new(articles), is_cut_short: listed.is_cut_short })
}

/// The article with this id.
pub(super) fn article(view: &View, id: &ArticleId) -> Result<Option<Article>, IndexError> {
    Ok(read(view, [id.as_str()].into_iter())?.remove(id.as_str()))
}

/// The articles with these ids, of those that there are.
fn read<'a>(view: &View, ids: impl Iterator<Item = &'a str>) -> Result<HashMap<String, Article>, IndexError> {
    let ids: Vec<&str> = ids.collect();
    let mut articles = HashMap::with_capacity(ids.len());
    for part in ids.chunks(ARTICLES_AT_ONCE) {
        let query = json!({ "constant_score": { "filter": { "terms": { ID: part } } } });
        let mut body = json!({ "query": query, "size": part.len(), "_source": [ARTICLE], "sort": [ID] });
        let answer: Answer<Whole> = view.search(&mut body, PATIENCE)?;
        let found = answer.hits.hits.into_iter().map(|hit| hit.source.article);
        articles.extend(found.map(|article| (article.id.to_string(), article)));
    }
    Ok(articles)
}

fn found(article: Article, place: Place) -> Found {
    Found { score: order::score(&place), article, place }
}

impl Search<'_> {
    /// Whether the order is told only by where the words of the documents stand.
    fn is_ranked(&self) -> bool {
        self.plan.sort == Sort::Relevance && !self.built.bonuses.is_empty() && self.plan.limit > 0
    }

    /// Lists what is found, however much it is.
    fn list(&self) -> Result<Listed, ClusterError> {
        if self.is_ranked() { ranked::list(self) } else { self.list_in_order() }
    }

    /// Page by page, as OpenSearch orders them.
    fn list_in_order(&self) -> Result<Listed, ClusterError> {
        let Plan { offset, limit, .. } = *self.plan;
        let end = offset.saturating_add(limit);
        let mut listed = Listed { total: 0, places: Vec::new(), aggregations: HashMap::new(), is_cut_short: false };
        let mut body = self.body();
        facets::ask(&mut body, self.plan);
        body["track_total_hits"] = true.into();
        let mut passed = 0;
        loop {
            let size = (end - passed).min(MOST_AT_ONCE);
            // Nothing is unpacked of a document that is only listed.
            (body["size"], body["stored_fields"]) = (size.into(), "_none_".into());
            let answer: Answer<Option<IgnoredAny>> = self.ask(&mut body)?;
            if passed == 0 {
                listed.total = answer.total();
                listed.aggregations = answer.aggregations;
            }
            listed.is_cut_short |= answer.timed_out;
            let (count, last) = (answer.hits.hits.len(), answer.hits.hits.last().map(|hit| hit.sort.clone()));
            for hit in answer.hits.hits {
                if passed >= offset {
                    listed.places.push(order::place(self.plan.sort, hit.score, &hit.sort)?);
                }
                passed += 1;
            }
            match last.filter(|_| count == size && passed < end && !listed.is_cut_short) {
                Some(last) => go_on(&mut body, last),
                None => return Ok(listed),
            }
        }
    }

    /// The query, what narrows it, and the order, from [`Plan::after`] on.
    pub(super) fn body(&self) -> Value {
        let Plan { filters, facets, sort, after, .. } = self.plan;
        // Filters of facets that are counted narrow the hits when the counts are done.
        let (late, early): (Vec<_>, Vec<_>) = filters.iter().partition(|(facet, _)| facets.contains(facet));
        let map = |of: Vec<(&_, &Vec<_>)>| of.into_iter().map(|(facet, choices)| (*facet, choices.clone())).collect();
        let (late, early) = (query::narrowing(&map(late), None), query::narrowing(&map(early), None));
        let mut body = Map::new();
        body.insert(
            "query".to_owned(),
            match early.is_empty() {
                true => self.built.query.clone(),
                false => json!({ "bool": { "must": [self.built.query], "filter": early } }),
            },
        );
        if !late.is_empty() {
            body.insert("post_filter".to_owned(), json!({ "bool": { "filter": late } }));
        }
        let Order { by, after } = order::of(*sort, after.as_ref());
        body.insert("sort".to_owned(), by);
        body.extend(after.map(|after| ("search_after".to_owned(), after)));
        Value::Object(body)
    }

    /// Asks in the time that is left.
    pub(super) fn ask<S: serde::de::DeserializeOwned>(&self, body: &mut Value) -> Result<Answer<S>, ClusterError> {
        let Some(deadline) = self.plan.deadline else { return self.view.search(body, PATIENCE) };
        let left = deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
        body["timeout"] = format!("{}ms", left.as_millis().max(1)).into();
        self.view.search(body, left + ON_THE_WAY)
    }

    pub(super) fn is_over(&self) -> bool {
        self.plan.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}

/// Has the next request begin after the hit with this place in the order, and count nothing again.
pub(super) fn go_on(body: &mut Value, last: Vec<Value>) {
    body["search_after"] = last.into();
    body["track_total_hits"] = false.into();
    if let Some(body) = body.as_object_mut() {
        body.remove("aggs");
    }
}
