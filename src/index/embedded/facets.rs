//! Counts of facet values over all documents found, in the same pass that finds them.

use std::collections::{BTreeMap, HashMap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use crate::index::{Facet, FacetCounts};

/// Counts the values of some facets.
pub(super) struct FacetCollector {
    pub(super) facets: Vec<Facet>,
}

/// Counts within one index segment, by the segment's own numbering of values.
pub(super) struct SegmentFacets {
    facets: Vec<(Facet, Option<Counted>)>,
}

/// A column with a count for each of its values, in the column's order; a segment may have no column.
type Counted = (StrColumn, Vec<u64>);

type ValueCounts = HashMap<String, u64>;

impl Collector for FacetCollector {
    type Fruit = BTreeMap<Facet, FacetCounts>;
    type Child = SegmentFacets;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentFacets> {
        let column = |facet: &Facet| {
            let column = segment.fast_fields().str(facet.name())?;
            let counted = column.map(|column| {
                let values = column.num_terms();
                (column, vec![0; values])
            });
            Ok((*facet, counted))
        };
        Ok(SegmentFacets { facets: self.facets.iter().map(column).collect::<tantivy::Result<_>>()? })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Vec<(Facet, ValueCounts)>>>) -> tantivy::Result<Self::Fruit> {
        let mut merged: HashMap<Facet, ValueCounts> = self.facets.iter().map(|it| (*it, HashMap::new())).collect();
        for segment in segments {
            for (facet, counts) in segment? {
                let sums = merged.entry(facet).or_default();
                counts.into_iter().for_each(|(value, count)| *sums.entry(value).or_default() += count);
            }
        }
        Ok(merged.into_iter().map(|(facet, counts)| (facet, ordered(counts))).collect())
    }
}

fn ordered(counts: ValueCounts) -> FacetCounts {
    let mut ordered: FacetCounts = counts.into_iter().collect();
    ordered.sort_by(|(value, count), (other_value, other_count)| {
        other_count.cmp(count).then_with(|| value.cmp(other_value))
    });
    ordered
}

impl SegmentCollector for SegmentFacets {
    type Fruit = tantivy::Result<Vec<(Facet, ValueCounts)>>;

    fn collect(&mut self, doc: DocId, _: Score) {
        for (_, counted) in &mut self.facets {
            let Some((column, counts)) = counted else { continue };
            for value in column.term_ords(doc) {
                if let Some(count) = usize::try_from(value).ok().and_then(|value| counts.get_mut(value)) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.facets.into_iter().map(|(facet, counted)| Ok((facet, named(counted)?))).collect()
    }
}

fn named(counted: Option<Counted>) -> tantivy::Result<ValueCounts> {
    let mut named = HashMap::new();
    let Some((column, counts)) = counted else {
        return Ok(named);
    };
    for (value, count) in (0..).zip(counts).filter(|&(_, count)| count > 0) {
        let mut name = String::new();
        column.ord_to_str(value, &mut name).map_err(TantivyError::from)?;
        named.insert(name, count);
    }
    Ok(named)
}
