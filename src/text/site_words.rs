//! Words of one site (its topics, its agencies, its coinages) that take part in segmentation.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::cluster;
use super::normalize::normalize;
use super::script::is_thai;

/// A site's own Thai words, found in a run before the dictionary cuts the rest.
pub(super) struct SiteWords {
    finder: Option<AhoCorasick>,
    words: Vec<SiteWord>,
}

/// One word with the shorter site words within it, so that จัดซื้อ finds จัดซื้อจัดจ้าง.
pub(super) struct SiteWord {
    pub(super) text: String,
    /// Byte ranges within `text`.
    pub(super) parts: Vec<Range<usize>>,
}

impl SiteWords {
    /// Takes words as people write them; those that are not Thai throughout are left out, since only
    /// Thai needs a word list.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> SiteWords {
        let mut texts: Vec<String> = words
            .into_iter()
            .map(|word| normalize(word.trim()).text().to_owned())
            .filter(|word| word.chars().count() > 1 && word.chars().all(is_thai))
            .collect();
        texts.sort();
        texts.dedup();
        let within = automaton(&texts, MatchKind::Standard);
        let words = texts.iter().map(|text| SiteWord::new(text, within.as_ref())).collect();
        SiteWords { finder: automaton(&texts, MatchKind::LeftmostLongest), words }
    }

    /// The site words in `run` that begin and end on cluster boundaries, the longest at each place.
    pub(super) fn find<'a>(&'a self, run: &'a str) -> impl Iterator<Item = (usize, &'a SiteWord)> {
        let matches = self.finder.iter().flat_map(move |finder| finder.find_iter(run));
        matches
            .filter(move |found| cluster::is_boundary(run, found.start()) && cluster::is_boundary(run, found.end()))
            .map(|found| (found.start(), &self.words[found.pattern().as_usize()]))
    }

    /// The words, normalised and sorted: what the cuts depend on.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.text.as_str())
    }
}

impl SiteWord {
    /// `within` finds all site words, also those that overlap.
    fn new(text: &str, within: Option<&AhoCorasick>) -> SiteWord {
        let is_part = |part: &Range<usize>| {
            *part != (0..text.len()) && cluster::is_boundary(text, part.start) && cluster::is_boundary(text, part.end)
        };
        let found = within.into_iter().flat_map(|within| within.find_overlapping_iter(text));
        let mut parts: Vec<Range<usize>> = found.map(|found| found.range()).filter(is_part).collect();
        parts.sort_by_key(|part| (part.start, part.end));
        SiteWord { text: text.to_owned(), parts }
    }
}

/// `None` for no words, and for more than an automaton can hold (then the dictionary alone cuts).
fn automaton(texts: &[String], kind: MatchKind) -> Option<AhoCorasick> {
    if texts.is_empty() {
        return None;
    }
    // A prefilter looks for rare bytes, and all Thai letters begin with the same ones.
    AhoCorasick::builder().match_kind(kind).prefilter(false).build(texts).ok()
}
