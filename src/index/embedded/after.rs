//! The hits of an order that come after a given one.

use std::cmp::Ordering;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::schema::{DAY, ID, title_key};
use crate::index::{Place, PlaceKey, Sort};

/// Gives `of` only the documents that come after `place`.
pub(super) struct After<'a, C> {
    pub(super) of: C,
    pub(super) place: &'a Place,
    pub(super) sort: Sort,
}

/// The same in one index segment.
pub(super) struct SegmentAfter<C> {
    of: C,
    key: SegmentKey,
    id: Option<Spot>,
}

/// Where the place is in the order of a segment.
enum SegmentKey {
    Score(Score),
    /// The column of days, the day, and the order of days that come later.
    Day(Option<Column<i64>>, Option<i64>, Ordering),
    Title(Option<Spot>),
}

/// Where a value is among the values of a column.
struct Spot {
    column: StrColumn,
    /// The number of the value, where the column has it.
    same: Option<u64>,
    /// The number of the first value after it.
    next: u64,
}

impl Spot {
    fn of(segment: &SegmentReader, column: &str, value: &str) -> tantivy::Result<Option<Spot>> {
        let Some(column) = segment.fast_fields().str(column)? else { return Ok(None) };
        let same = column.dictionary().term_ord(value)?;
        let next = match same {
            Some(same) => same + 1,
            None => first_above(&column, value)?,
        };
        Ok(Some(Spot { column, same, next }))
    }

    /// How the value of `doc` compares to the one of the place; one without a value comes last.
    fn compare(&self, doc: DocId) -> Ordering {
        match self.column.ords().first(doc) {
            Some(number) if Some(number) == self.same => Ordering::Equal,
            Some(number) if number < self.next => Ordering::Less,
            _ => Ordering::Greater,
        }
    }
}

/// The number of the first value above one that the column does not have.
fn first_above(column: &StrColumn, value: &str) -> tantivy::Result<u64> {
    let mut above = column.dictionary().range().gt(value.as_bytes()).limit(1).into_stream()?;
    let count = column.num_terms() as u64;
    Ok(if above.advance() { above.term_ord() } else { count })
}

impl<C: Collector> Collector for After<'_, C> {
    type Fruit = C::Fruit;
    type Child = SegmentAfter<C::Child>;

    fn for_segment(&self, number: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<Self::Child> {
        let later = if self.sort == Sort::Newest { Ordering::Less } else { Ordering::Greater };
        let key = match (&self.place.key, self.sort) {
            (PlaceKey::Score(score), _) => SegmentKey::Score(*score),
            (PlaceKey::Day(day), _) => SegmentKey::Day(segment.fast_fields().column_opt(DAY)?, *day, later),
            (PlaceKey::Title(Some(title)), Sort::Title(language)) => {
                SegmentKey::Title(Spot::of(segment, title_key(language), title)?)
            }
            (PlaceKey::Title(_), _) => SegmentKey::Title(None),
        };
        let id = Spot::of(segment, ID, &self.place.id)?;
        Ok(SegmentAfter { of: self.of.for_segment(number, segment)?, key, id })
    }

    fn requires_scoring(&self) -> bool {
        self.of.requires_scoring()
    }

    fn merge_fruits(&self, fruits: Vec<<Self::Child as SegmentCollector>::Fruit>) -> tantivy::Result<Self::Fruit> {
        self.of.merge_fruits(fruits)
    }
}

impl<C: SegmentCollector> SegmentCollector for SegmentAfter<C> {
    type Fruit = C::Fruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        let by_id = || self.id.as_ref().map_or(Ordering::Equal, |id| id.compare(doc));
        if self.key.compare(doc, score).then_with(by_id) == Ordering::Greater {
            self.of.collect(doc, score);
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.of.harvest()
    }
}

impl SegmentKey {
    /// [`Ordering::Greater`] for what comes after the place by the key alone.
    fn compare(&self, doc: DocId, score: Score) -> Ordering {
        match self {
            SegmentKey::Score(last) => last.total_cmp(&score),
            SegmentKey::Day(column, last, later) => {
                match (column.as_ref().and_then(|column| column.first(doc)), last) {
                    (Some(day), Some(last)) if *later == Ordering::Less => last.cmp(&day),
                    (Some(day), Some(last)) => day.cmp(last),
                    (None, Some(_)) => Ordering::Greater,
                    (Some(_), None) => Ordering::Less,
                    (None, None) => Ordering::Equal,
                }
            }
            SegmentKey::Title(spot) => spot.as_ref().map_or(Ordering::Equal, |spot| spot.compare(doc)),
        }
    }
}
