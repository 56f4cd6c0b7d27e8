//! The best documents by a score of which a part is told only by where their words stand.
//!
//! The threshold algorithm (R. Fagin, A. Lotem, M. Naor, "Optimal aggregation algorithms for middleware", PODS 2001):
//! documents come by the most that they can be worth, and are read until none that follows can be among the best.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::error::ClusterError;
use super::facets;
use super::passage::Bonus;
use super::response::{Answer, Hit};
use super::search::{Listed, Search, go_on};
use crate::index::{Place, PlaceKey, Plan};

/// So many documents are read at first, and at most at a time.
const FIRST: usize = 40;
const MOST: usize = 640;

/// Cut texts by field.
type Texts = HashMap<String, String>;

/// The best documents, in order.
pub(super) fn list(search: &Search<'_>) -> Result<Listed, ClusterError> {
    let Plan { offset, limit, after, .. } = search.plan;
    let wanted = offset.saturating_add(*limit);
    let fields: HashSet<&str> = search.built.bonuses.iter().map(Bonus::field).collect();
    let mut body = search.body();
    facets::ask(&mut body, search.plan);
    body["_source"] = json!(fields);
    body["track_total_hits"] = true.into();
    if let Some(body) = body.as_object_mut() {
        // Where to begin is told by the true worth.
        body.remove("search_after");
    }
    let mut size = FIRST.max(wanted.min(MOST));
    let mut listed: Option<Listed> = None;
    let mut best: Vec<(f32, String)> = Vec::new();
    loop {
        body["size"] = size.into();
        let answer: Answer<Texts> = search.ask(&mut body)?;
        let (total, is_cut_short) = (answer.total(), answer.timed_out);
        let hits = &answer.hits.hits;
        let end = hits.last().map(|hit| (hit.score.unwrap_or_default(), hit.sort.clone()));
        let worths = hits.iter().map(|hit| (worth(search, hit), id(hit)));
        best.extend(worths.filter(|found| after.as_ref().is_none_or(|place| is_after(found, place))));
        best.sort_by(order);
        let is_last = hits.len() < size;
        let listed = listed.get_or_insert(Listed {
            total,
            places: Vec::new(),
            aggregations: answer.aggregations,
            is_cut_short: false,
        });
        listed.is_cut_short |= is_cut_short || search.is_over();
        let is_settled = |most: f32| wanted.checked_sub(1).and_then(|at| best.get(at)).is_some_and(|it| it.0 > most);
        match end.filter(|(most, _)| !is_last && !listed.is_cut_short && !is_settled(*most)) {
            Some((_, last)) => go_on(&mut body, last),
            None => break,
        }
        size = (size * 2).min(MOST);
    }
    let place = |(score, id)| Place { key: PlaceKey::Score(score), id };
    let places = best.into_iter().skip(*offset).take(*limit).map(place).collect();
    Ok(listed.map_or_else(empty, |listed| Listed { places, ..listed }))
}

fn empty() -> Listed {
    Listed { total: 0, places: Vec::new(), aggregations: HashMap::new(), is_cut_short: true }
}

fn id(hit: &Hit<Texts>) -> String {
    hit.sort.get(1).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What a document is worth: what its passages are in place of the most that they can be.
fn worth(search: &Search<'_>, hit: &Hit<Texts>) -> f32 {
    let texts = |field: &str| hit.source.get(field).map(String::as_str);
    let fits = |guard: &Option<String>| guard.as_ref().is_none_or(|guard| hit.matched_queries.contains_key(guard));
    let bonuses = search.built.bonuses.iter().filter(|bonus| fits(&bonus.guard)).map(|bonus| bonus.worth(texts));
    // What is worth the most that it can be is left as it was told.
    bonuses
        .filter(|(most, worth)| most != worth)
        .fold(hit.score.unwrap_or_default(), |score, (most, worth)| score - (most - worth))
}

/// The best first, then by id.
fn order(left: &(f32, String), right: &(f32, String)) -> Ordering {
    right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1))
}

fn is_after(found: &(f32, String), place: &Place) -> bool {
    let PlaceKey::Score(score) = place.key else { return false };
    order(found, &(score, place.id.clone())) == Ordering::Greater
}
