//! Counts of facet values over all documents found, in the same pass that finds them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::columns::each_value;
use crate::index::{Facet, FacetCounts};

/// The values of facets in one commit. Each index segment numbers its own; to look their names up with every search would
/// take longer than to count them.
pub(super) struct FacetNames {
    /// Of which commit, as the engine numbers them.
    pub(super) generation: u64,
    facets: BTreeMap<Facet, Values>,
}

/// The values of one facet.
struct Values {
    /// In order.
    names: Vec<String>,
    /// For each index segment the place of each of its values in `names`.
    by_segment: Vec<Vec<usize>>,
}

impl FacetNames {
    /// Reads all names.
    pub(super) fn of(searcher: &Searcher) -> tantivy::Result<FacetNames> {
        let values = |facet| Ok((facet, Values::of(facet, searcher)?));
        let facets = Facet::ALL.into_iter().map(values).collect::<tantivy::Result<_>>()?;
        Ok(FacetNames { generation: searcher.generation().generation_id(), facets })
    }
}

impl Values {
    fn of(facet: Facet, searcher: &Searcher) -> tantivy::Result<Values> {
        let names = |segment| names(facet, segment);
        let by_segment: Vec<Vec<String>> =
            searcher.segment_readers().iter().map(names).collect::<tantivy::Result<_>>()?;
        let all: BTreeSet<&String> = by_segment.iter().flatten().collect();
        let names: Vec<String> = all.into_iter().cloned().collect();
        let place = |name: &String| names.binary_search(name).unwrap_or_default();
        let by_segment = by_segment.iter().map(|of_segment| of_segment.iter().map(place).collect()).collect();
        Ok(Values { names, by_segment })
    }
}

/// The names of one index segment, in the order of its own numbers; a segment may have no column.
fn names(facet: Facet, segment: &SegmentReader) -> tantivy::Result<Vec<String>> {
    let Some(column) = segment.fast_fields().str(facet.name())? else { return Ok(Vec::new()) };
    let mut names = Vec::with_capacity(column.num_terms());
    each_value(&column, |name| names.push(name.to_owned()))?;
    Ok(names)
}

/// Counts the values of some facets.
pub(super) struct FacetCollector {
    pub(super) facets: Vec<Facet>,
    pub(super) names: Arc<FacetNames>,
}

/// Counts within one index segment, by the segment's own numbering of values.
pub(super) struct SegmentFacets {
    segment: SegmentOrdinal,
    facets: Vec<(Facet, Option<(StrColumn, Counts)>)>,
}

/// A count for each value.
type Counts = Vec<u64>;

impl Collector for FacetCollector {
    type Fruit = BTreeMap<Facet, FacetCounts>;
    type Child = SegmentFacets;

    fn for_segment(&self, number: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentFacets> {
        let column = |facet: &Facet| {
            let column = segment.fast_fields().str(facet.name())?;
            let counted = column.map(|column| {
                let values = column.num_terms();
                (column, vec![0; values])
            });
            Ok((*facet, counted))
        };
        let facets = self.facets.iter().map(column).collect::<tantivy::Result<_>>()?;
        Ok(SegmentFacets { segment: number, facets })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<(SegmentOrdinal, Vec<(Facet, Counts)>)>) -> tantivy::Result<Self::Fruit> {
        let counts_of = |facet: &Facet| self.names.facets.get(facet).map(|values| vec![0; values.names.len()]);
        let mut sums: BTreeMap<Facet, Counts> =
            self.facets.iter().filter_map(|facet| Some((*facet, counts_of(facet)?))).collect();
        for (segment, facets) in segments {
            for (facet, counts) in facets {
                let places = &self.names.facets[&facet].by_segment[segment as usize];
                let sums = sums.entry(facet).or_default();
                places.iter().zip(counts).for_each(|(place, count)| sums[*place] += count);
            }
        }
        Ok(sums.into_iter().map(|(facet, sums)| (facet, self.names.facets[&facet].counted(sums))).collect())
    }
}

impl Values {
    /// The names of those that there are, the most frequent first.
    fn counted(&self, counts: Counts) -> FacetCounts {
        let mut counted: Vec<(usize, u64)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        counted.sort_by_key(|&(place, count)| (Reverse(count), place));
        counted.into_iter().map(|(place, count)| (self.names[place].clone(), count)).collect()
    }
}

impl SegmentCollector for SegmentFacets {
    type Fruit = (SegmentOrdinal, Vec<(Facet, Counts)>);

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
        let counts = |(facet, counted): (Facet, Option<(StrColumn, Counts)>)| Some((facet, counted?.1));
        (self.segment, self.facets.into_iter().filter_map(counts).collect())
    }
}
