//! A look at texts without cutting them into terms, to find those worth cutting.
//!
//! Cutting takes many times as long as finding letters, and of an article that is shown one passage is wanted.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use foldhash::HashSet;

use super::snippet::{Fit, densest};
use crate::text::{normalize, written_as};

/// Finds where the terms of one search may be.
pub(super) struct Glance {
    /// Finds all ways in which the terms are written; `None` where there are none, or too many to be found at once.
    finder: Option<AhoCorasick>,
    /// By the number of a way, the number of its term.
    terms: Vec<usize>,
}

impl Glance {
    pub(super) fn new(terms: &HashSet<String>) -> Glance {
        let ways = terms
            .iter()
            .enumerate()
            .flat_map(|(number, term)| written_as(term).into_iter().map(move |way| (number, way)));
        let (terms, ways): (Vec<usize>, Vec<String>) = ways.unzip();
        let finder = (!ways.is_empty()).then(|| AhoCorasick::new(ways).ok()).flatten();
        Glance { finder, terms }
    }

    /// The bytes from the first to the last term of the best passage of `text`, of at most `length` characters, and how
    /// well it fits, as far as that can be told: mostly too well, since letters within other words are taken for terms,
    /// and seldom too badly; see [`written_as`].
    pub(super) fn best(&self, text: &str, length: usize) -> (Range<usize>, Fit) {
        let Some(finder) = &self.finder else { return Default::default() };
        let normalized = normalize(text);
        let text = normalized.text();
        let found = finder.find_overlapping_iter(text).filter(|found| is_whole(text, found.range()));
        let mut found: Vec<_> = found.map(|found| (found.range(), self.terms[found.pattern().as_usize()])).collect();
        found.sort_by_key(|(range, _)| range.start);
        let (core, fit) = densest(text, &found, length);
        (normalized.original_range(core), fit)
    }
}

/// Whether no Latin word is at `range` that begins before it.
fn is_whole(text: &str, range: Range<usize>) -> bool {
    let is_letter = |at: usize| text.as_bytes()[at].is_ascii_alphabetic();
    range.start == 0 || !is_letter(range.start) || !is_letter(range.start - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(terms: &[&str], text: &str) -> Fit {
        Glance::new(&terms.iter().map(|&term| term.to_owned()).collect()).best(text, 20).1
    }

    #[test]
    fn terms_are_found_however_they_are_written() {
        assert_eq!(fit(&["=ปปช", "~polici"], "NACC: policy"), (2, 2));
        assert_eq!(fit(&["ข้อมูล", "เปิด"], "ข้อมูลเปิด ข้อมูล"), (2, 3));
        assert_eq!(fit(&["ข้อมูล", "เปิด"], "ข้อมูล ที่ไม่มีใครเคยเห็นมาก่อน เปิด"), (1, 1));
    }

    #[test]
    fn the_end_of_a_latin_word_is_none() {
        assert_eq!(fit(&["act"], "fact, act"), (1, 1));
    }

    #[test]
    fn nothing_is_found_where_nothing_is_searched() {
        assert_eq!(fit(&[], "ข้อมูล"), (0, 0));
    }
}
