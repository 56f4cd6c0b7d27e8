//! Orders of hits, and places in them.

use serde_json::{Value, json};

use super::error::ClusterError;
use super::schema::{DAY, ID, title_key};
use crate::index::{Place, PlaceKey, Sort};

/// An order as OpenSearch takes it.
pub(super) struct Order {
    pub(super) by: Value,
    /// Where to begin.
    pub(super) after: Option<Value>,
}

/// The order, to begin after `place`.
pub(super) fn of(sort: Sort, place: Option<&Place>) -> Order {
    let last = |field: &str, order: &str| json!({ field: { "order": order, "missing": "_last" } });
    let first = match sort {
        Sort::Relevance => json!({ "_score": { "order": "desc" } }),
        Sort::Newest => last(DAY, "desc"),
        Sort::Oldest => last(DAY, "asc"),
        Sort::Title(language) => last(title_key(language), "asc"),
    };
    let after = place.map(|place| json!([key(sort, &place.key), place.id]));
    Order { by: json!([first, { ID: { "order": "asc" } }]), after }
}

fn key(sort: Sort, key: &PlaceKey) -> Value {
    match key {
        PlaceKey::Score(score) => json!(score),
        PlaceKey::Day(day) => day.unwrap_or(no_day(sort)).into(),
        PlaceKey::Title(title) => json!(title),
    }
}

/// What OpenSearch orders a document without a day by.
fn no_day(sort: Sort) -> i64 {
    if sort == Sort::Newest { i64::MIN } else { i64::MAX }
}

/// Where a hit is.
///
/// # Errors
/// [`ClusterError`] if it is told otherwise than was asked.
pub(super) fn place(sort: Sort, score: Option<f32>, by: &[Value]) -> Result<Place, ClusterError> {
    let [first, id] = by else {
        return Err(ClusterError::Answer { status: 200, reason: "a hit has no place in the order".to_owned() });
    };
    let key = match sort {
        Sort::Relevance => PlaceKey::Score(score.unwrap_or_default()),
        Sort::Newest | Sort::Oldest => PlaceKey::Day(first.as_i64().filter(|day| *day != no_day(sort))),
        Sort::Title(_) => PlaceKey::Title(first.as_str().map(str::to_owned)),
    };
    Ok(Place { key, id: id.as_str().unwrap_or_default().to_owned() })
}

/// The score of what is ordered by it; others have none.
pub(super) fn score(place: &Place) -> f32 {
    if let PlaceKey::Score(score) = place.key { score } else { 0.0 }
}
