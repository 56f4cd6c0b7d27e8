//! Counts of facet values over all documents found, in the same pass that finds them.
//!
//! The values of every document are kept in memory, four bytes each: to ask the engine's columns for them, document by
//! document, takes many times as long, and half of the documents may have to be counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher, SegmentReader};

use super::columns::each_value;
use crate::index::{Facet, FacetCounts};

/// The values of facets in one commit.
pub(super) struct FacetValues {
    /// Of which commit, as the engine numbers them.
    pub(super) generation: u64,
    facets: BTreeMap<Facet, Values>,
}

/// The values of one facet.
struct Values {
    /// In order.
    names: Vec<Arc<str>>,
    /// By index segment, each with the place of each of its values in `names`.
    segments: Vec<(Arc<SegmentValues>, Vec<usize>)>,
}

/// The values of one facet in one index segment, which never change.
struct SegmentValues {
    segment: SegmentId,
    /// In order.
    names: Vec<Arc<str>>,
    /// Where in `numbers` those of each document begin, and where those of the last one end.
    starts: Vec<u32>,
    /// The values of each document, by their place in `names`.
    numbers: Vec<u32>,
}

impl FacetValues {
    /// Reads the values of all index segments that were not there `before`.
    pub(super) fn of(searcher: &Searcher, before: Option<&FacetValues>) -> tantivy::Result<FacetValues> {
        let values = |facet| {
            let known = before.and_then(|before| before.facets.get(&facet));
            Ok((facet, Values::of(facet, searcher, known)?))
        };
        let facets = Facet::ALL.into_iter().map(values).collect::<tantivy::Result<_>>()?;
        Ok(FacetValues { generation: searcher.generation().generation_id(), facets })
    }
}

impl Values {
    fn of(facet: Facet, searcher: &Searcher, before: Option<&Values>) -> tantivy::Result<Values> {
        let of_segment = |reader: &SegmentReader| {
            let mut known = before.iter().flat_map(|before| &before.segments).map(|(segment, _)| segment);
            match known.find(|known| known.segment == reader.segment_id()) {
                Some(known) => Ok(Arc::clone(known)),
                None => SegmentValues::read(facet, reader).map(Arc::new),
            }
        };
        let segments: Vec<Arc<SegmentValues>> =
            searcher.segment_readers().iter().map(of_segment).collect::<tantivy::Result<_>>()?;
        let all: BTreeSet<&Arc<str>> = segments.iter().flat_map(|segment| &segment.names).collect();
        let names: Vec<Arc<str>> = all.into_iter().cloned().collect();
        let place = |name: &Arc<str>| names.binary_search(name).unwrap_or_default();
        let with_places = |segment: Arc<SegmentValues>| {
            let places = segment.names.iter().map(place).collect();
            (segment, places)
        };
        let segments = segments.into_iter().map(with_places).collect();
        Ok(Values { names, segments })
    }

    /// The names of those that there are, the most frequent first.
    fn counted(&self, counts: Counts) -> FacetCounts {
        let mut counted: Vec<(usize, u64)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        counted.sort_by_key(|&(place, count)| (Reverse(count), place));
        counted.into_iter().map(|(place, count)| (Arc::clone(&self.names[place]), count)).collect()
    }
}

impl SegmentValues {
    /// Nothing where the segment has no column of the facet.
    fn read(facet: Facet, reader: &SegmentReader) -> tantivy::Result<SegmentValues> {
        let (mut names, mut starts, mut numbers) = (Vec::new(), Vec::from([0]), Vec::new());
        let column = reader.fast_fields().str(facet.name())?;
        if let Some(column) = &column {
            each_value(column, |name| names.push(Arc::from(name)))?;
        }
        for doc in 0..reader.max_doc() {
            numbers.extend(column.iter().flat_map(|column| column.term_ords(doc)).map(|number| number as u32));
            starts.push(numbers.len() as u32);
        }
        numbers.shrink_to_fit();
        Ok(SegmentValues { segment: reader.segment_id(), names, starts, numbers })
    }

    fn of(&self, doc: DocId) -> &[u32] {
        let [start, end] = [doc, doc + 1].map(|at| self.starts[at as usize] as usize);
        &self.numbers[start..end]
    }
}

/// Counts the values of some facets.
pub(super) struct FacetCounter {
    pub(super) facets: Vec<Facet>,
    pub(super) values: Arc<FacetValues>,
}

/// A count for each value.
type Counts = Vec<u64>;

/// Counts within one index segment, by its own numbers of the values.
pub(super) struct SegmentCounter<'a>(Vec<(&'a SegmentValues, Counts)>);

impl FacetCounter {
    fn values(&self) -> impl Iterator<Item = (Facet, &Values)> {
        self.facets.iter().filter_map(|facet| Some((*facet, self.values.facets.get(facet)?)))
    }

    /// No counts yet, of the index segment with this number.
    pub(super) fn of_segment(&self, number: usize) -> SegmentCounter<'_> {
        let segments = self.values().map(|(_, values)| &*values.segments[number].0);
        SegmentCounter(segments.map(|segment| (segment, vec![0; segment.names.len()])).collect())
    }

    /// What was counted in all index segments, which are in their order.
    pub(super) fn sum(&self, segments: Vec<SegmentCounter<'_>>) -> BTreeMap<Facet, FacetCounts> {
        let mut sums: Vec<Counts> = self.values().map(|(_, values)| vec![0; values.names.len()]).collect();
        for (number, SegmentCounter(counted)) in segments.into_iter().enumerate() {
            for ((sums, (_, values)), (_, counts)) in sums.iter_mut().zip(self.values()).zip(counted) {
                let (_, places) = &values.segments[number];
                places.iter().zip(counts).for_each(|(place, count)| sums[*place] += count);
            }
        }
        self.values().zip(sums).map(|((facet, values), sums)| (facet, values.counted(sums))).collect()
    }
}

impl SegmentCounter<'_> {
    /// Counts the values of some documents.
    pub(super) fn count(&mut self, found: impl Iterator<Item = DocId> + Clone) {
        for (values, counts) in &mut self.0 {
            for doc in found.clone() {
                values.of(doc).iter().for_each(|number| counts[*number as usize] += 1);
            }
        }
    }
}
