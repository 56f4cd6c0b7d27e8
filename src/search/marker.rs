//! Marks what a search found in any text, such as an article that was opened from its results.

use std::ops::Range;
use std::sync::Arc;

use foldhash::HashSet;

use super::highlight::Highlight;
use super::snippet::{Cutter, Source};
use crate::index::Generation;
use crate::text::Language;

/// What a search found, to be marked.
pub struct Marker {
    pub(super) generation: Arc<Generation>,
    pub(super) terms: HashSet<String>,
}

impl Marker {
    /// The places in `text` where a term of the search is, as byte ranges that are ascending and apart.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        if self.terms.is_empty() {
            return Vec::new();
        }
        self.cutter().whole(source(text)).marks
    }

    /// `text` as HTML: escaped, with what was found in `<mark>`.
    pub fn html(&self, text: &str) -> String {
        self.cutter().whole(source(text)).html
    }

    fn cutter(&self) -> Cutter<'_> {
        Cutter { terms: &self.terms, analyzer: &self.generation.analyzer, highlight: Highlight::default() }
    }
}

/// Terms are found whatever the language of the text is.
fn source(text: &str) -> Source<'_> {
    Source { field: "body", language: Language::of(text).unwrap_or(Language::Thai), text, pages: &[] }
}
