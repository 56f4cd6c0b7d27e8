//! Normalised text with the way back to the original.

use std::ops::Range;

/// Normalised text that knows where each of its characters came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalized {
    text: String,
    /// Places where the distance between normalised and original offsets changes, in order; the
    /// last one pairs the two ends.
    anchors: Vec<Anchor>,
}

/// A place in both texts, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) normalized: usize,
    pub(super) original: usize,
}

impl Normalized {
    /// `text`, and places of which the first pairs the beginnings and the last the ends.
    pub(super) fn new(text: String, anchors: Vec<Anchor>) -> Normalized {
        Normalized { text, anchors }
    }

    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that `range` (bytes of the normalised text, on character
    /// boundaries) was made from. The ranges of neighbouring words touch: what was dropped between
    /// two characters belongs to the one before.
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original_offset(range.start);
        let end = self.original_offset(range.end);
        // Characters that were composed together share their start: then the range is all of them.
        let next = || self.anchors.partition_point(|anchor| anchor.original <= start);
        start..if end > start { end } else { self.anchors.get(next()).map_or(end, |anchor| anchor.original) }
    }

    fn original_offset(&self, offset: usize) -> usize {
        let after = self.anchors.partition_point(|anchor| anchor.normalized <= offset);
        let anchor = self.anchors[after - 1];
        anchor.original + (offset - anchor.normalized)
    }
}
