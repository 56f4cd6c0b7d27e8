//! What was found by year and by topic, drawn here and as tables.

use std::collections::BTreeMap;

use super::dates;
use crate::index::Facet;
use crate::search::{FacetList, FacetValue, Request, Selection};

/// The topics that are drawn, the most frequent first.
const TOPICS: usize = 12;
/// The size of the drawing of years, in its own units.
const WIDTH: u64 = 360;
const HEIGHT: u64 = 120;
/// At most so many years have their names below the drawing.
const NAMED: usize = 6;

/// The drawings of one search.
pub(super) struct Charts {
    /// Each with its count; the years are columns.
    pub(super) years: Vec<Column>,
    /// The topics are rows of a table.
    pub(super) topics: Vec<Row>,
}

/// A column of the years.
pub(super) struct Column {
    pub(super) label: String,
    /// Below the drawing; empty where there is no room.
    pub(super) name: String,
    pub(super) count: u64,
    pub(super) x: u64,
    pub(super) y: u64,
    pub(super) middle: u64,
    pub(super) width: u64,
    pub(super) height: u64,
}

/// A row of the topics.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) count: u64,
    /// Of the longest bar, in percent.
    pub(super) percent: u64,
}

impl Charts {
    pub(super) fn new(request: &Request, facets: &BTreeMap<Facet, FacetList>) -> Charts {
        let values = |facet| facets.get(&facet).map(|list| chosen(&list.values, facet)).unwrap_or_default();
        Charts { years: columns(&values(Facet::Year), request), topics: rows(&values(Facet::Topic)) }
    }

    /// Whether there is anything to compare.
    pub(super) fn are_worth_it(&self) -> bool {
        self.years.len() > 1 || self.topics.len() > 1
    }
}

/// The values that the articles found have: facets count what could be selected as well.
fn chosen(values: &[FacetValue], facet: Facet) -> Vec<FacetValue> {
    let selected: Vec<&str> = values
        .iter()
        .filter(|value| value.selection == Selection::Selected)
        .map(|value| value.value.as_str())
        .collect();
    let is_below = |value: &str, above: &str| value.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'));
    let is_chosen = |value: &&FacetValue| {
        selected.is_empty()
            || selected.iter().any(|&one| value.value == one || facet == Facet::Topic && is_below(&value.value, one))
    };
    values.iter().filter(is_chosen).cloned().collect()
}

fn columns(values: &[FacetValue], request: &Request) -> Vec<Column> {
    let mut values: Vec<&FacetValue> = values.iter().collect();
    values.sort_by(|one, other| one.value.cmp(&other.value));
    let most = values.iter().map(|value| value.count).max().unwrap_or(0).max(1);
    let step = WIDTH / (values.len() as u64).max(1);
    let every = values.len().div_ceil(NAMED).max(1);
    let width = (step * 3 / 4).clamp(1, 48);
    let column = |(at, value): (usize, &&FacetValue)| {
        let height = (value.count * HEIGHT).div_ceil(most);
        let middle = step * at as u64 + step / 2;
        let name = if at % every == 0 { dates::short_year(&value.value, request.interface) } else { String::new() };
        let label = dates::year(&value.value, request.interface);
        Column {
            label,
            name,
            count: value.count,
            x: middle - width / 2,
            y: 16 + HEIGHT - height,
            middle,
            width,
            height,
        }
    };
    values.iter().enumerate().map(column).collect()
}

fn rows(values: &[FacetValue]) -> Vec<Row> {
    let mut values: Vec<&FacetValue> = values.iter().filter(|value| value.count > 0).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.count));
    let most = values.first().map_or(1, |value| value.count.max(1));
    let row =
        |value: &&FacetValue| Row { label: value.label.clone(), count: value.count, percent: value.count * 100 / most };
    values.iter().take(TOPICS).map(row).collect()
}
