//! Where the term begins that a gloss is of.
//!
//! Every word before a gloss may be the first of the term. For it speak that the words from there on are those of the
//! gloss, that there is a boundary (the end of a run, a word of grammar, or words that change from text to text: H. Feng
//! et al., "Accessor Variety Criteria for Chinese Word Extraction", Computational Linguistics 30(1), 2004), and that
//! the site has the term elsewhere as well.

use std::collections::{BTreeMap, BTreeSet};

use super::align::{Link, links};
use super::bracket::is_acronym;
use super::{Gloss, is_latin, is_thai};
use crate::lexicon::{Lexicon, is_stop_word};
use crate::text::{Analyzer, normalize};

/// The most words of a term.
const MOST_WORDS: usize = 8;
/// Words of grammar that begin Thai terms.
const HEADS: [&str; 5] = ["การ", "ความ", "ผู้", "คน", "สิ่ง"];
/// What a word counts that has no link, and one where the gloss is said without it.
const UNKNOWN: f32 = 0.35;
const NEEDLESS: f32 = 0.1;
/// The most words that a term has for one of its gloss.
const MOST_FOR_ONE: f32 = 3.0;
/// A term that several texts share, and one that is a whole run of so few words, need no links.
const SHARED: f32 = 0.6;
const WHOLE: f32 = 0.5;
const FEW_WORDS: usize = 4;
/// A boundary after a word of grammar, and after a word that has nothing to do with a gloss that is said without it.
const AFTER_GRAMMAR: f32 = 0.9;
const AFTER_OTHER: f32 = 0.7;
/// What begins with a word of grammar, and what is cut off, are hardly terms.
const HARDLY: f32 = 0.3;
/// From so many occurrences on, a word that nearly always stands before a term is part of it.
const FEW_OCCURRENCES: u64 = 3;
const NEARLY_ALWAYS: f32 = 0.8;
/// What the site has nowhere else.
const ALONE: f32 = 0.7;
/// What is less is left.
const LEAST: f32 = 0.45;

/// The end of the text before a gloss, as far as the term may reach.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tail {
    /// Normalised.
    text: String,
    /// Where each of its words begins.
    starts: Vec<usize>,
    /// Whether nothing stands before it that could belong to the term.
    is_whole: bool,
}

impl Tail {
    /// The tail of `before`, in the other language than the gloss.
    pub(super) fn before(before: &str, gloss_is_thai: bool, analyzer: &Analyzer) -> Option<Tail> {
        let closing = |ch: char| ch.is_whitespace() || matches!(ch, '"' | '\'' | '“' | '”' | '‘' | '’' | '*' | '_');
        let before = normalize(before.trim_end_matches(closing));
        let before = before.text();
        // A space ends a run of Thai.
        let belongs = |ch: char| if gloss_is_thai { is_latin(ch) || matches!(ch, ' ' | '-') } else { is_thai(ch) };
        let (start, _) = before.char_indices().rev().take_while(|&(_, ch)| belongs(ch)).last()?;
        let run = before[start..].trim();
        let begins = |&start: &usize| run[start..].starts_with(char::is_alphabetic);
        let mut starts: Vec<usize> = std::iter::once(0).chain(analyzer.segment(run)).filter(begins).collect();
        let is_whole = starts.len() <= MOST_WORDS;
        starts.drain(..starts.len().saturating_sub(MOST_WORDS));
        let first = *starts.first()?;
        starts.iter_mut().for_each(|start| *start -= first);
        Some(Tail { text: run[first..].to_owned(), starts, is_whole })
    }

    /// The terms that it may end with, the longest first.
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        self.starts.iter().map(|&start| &self.text[start..])
    }

    fn words(&self) -> Vec<&str> {
        let ends = self.starts.iter().skip(1).copied().chain([self.text.len()]);
        self.starts.iter().zip(ends).map(|(&start, end)| self.text[start..end].trim()).collect()
    }
}

/// The terms that `gloss` is of, with how far each is to be trusted.
pub(super) fn terms<'t>(gloss: &'t Gloss, counts: &BTreeMap<String, u64>, lexicon: &Lexicon) -> Vec<(&'t str, f32)> {
    let best = |tail: &'t Tail| {
        let words = tail.words();
        let links = links(&words, &gloss.words, lexicon);
        let judged = Judged { gloss, counts, tail, words, links };
        let scored = tail.terms().enumerate().map(|(first, term)| (term, judged.score(first)));
        // The last of equal ones is the shortest.
        let best = scored.max_by(|(_, left), (_, right)| left.total_cmp(right));
        best.filter(|(_, score)| *score >= LEAST)
    };
    gloss.tails.keys().filter_map(best).collect()
}

/// A tail with what is known of the terms in it; each is named by its first word.
struct Judged<'t> {
    gloss: &'t Gloss,
    counts: &'t BTreeMap<String, u64>,
    tail: &'t Tail,
    words: Vec<&'t str>,
    links: Vec<Link>,
}

impl Judged<'_> {
    fn score(&self, first: usize) -> f32 {
        let elsewhere = if self.count(first) > self.glossed(first) { 1.0 } else { ALONE };
        self.likeness(first).max(self.unlinked(first)) * self.length(first) * self.boundary(first) * elsewhere
    }

    fn term(&self, first: usize) -> &str {
        &self.tail.text[self.tail.starts[first]..]
    }

    fn count(&self, first: usize) -> u64 {
        self.counts.get(self.term(first)).copied().unwrap_or(0)
    }

    /// How often the gloss is of this term.
    fn glossed(&self, first: usize) -> u64 {
        self.gloss.tails.iter().filter(|(tail, _)| tail.text.ends_with(self.term(first))).map(|(_, count)| count).sum()
    }

    /// How much the words of the term are those of the gloss.
    fn likeness(&self, first: usize) -> f32 {
        let (words, others) = (content(&self.words[first..]), content(&self.gloss.words));
        let (linked, said) = self.linked(first);
        let needless = if self.says_all(first) { NEEDLESS } else { UNKNOWN };
        let precision = share(words.len(), words.iter().filter(|&at| linked.contains(&(at + first))).count(), needless);
        let recall = share(others.len(), others.iter().filter(|&at| said.contains(at)).count(), UNKNOWN);
        2.0 * precision * recall / (precision + recall)
    }

    /// How far the term is as long as the gloss lets expect.
    fn length(&self, first: usize) -> f32 {
        let count = content(&self.words[first..]).len() as f32;
        let expected = content(&self.gloss.words).len().max(1) as f32;
        let is_long_enough = is_acronym(&self.gloss.term) || self.says_all(first);
        let short = if is_long_enough { 1.0 } else { count / expected };
        let long = if is_acronym(&self.gloss.term) { 1.0 } else { MOST_FOR_ONE * expected / count };
        short.min(long).min(1.0)
    }

    /// How much speaks for a term without links.
    fn unlinked(&self, first: usize) -> f32 {
        let inner = &self.words[first..];
        let says_little = |word: &&str| is_stop_word(word) && !HEADS.contains(word);
        let has_several = content(inner).len() > 1;
        let is_longest_shared = self.is_shared(first) && (first == 0 || !self.is_shared(first - 1));
        let is_run = first == 0 && self.tail.is_whole && inner.len() <= FEW_WORDS && self.links.is_empty();
        match () {
            () if inner.iter().any(says_little) => 0.0,
            () if is_longest_shared && has_several => SHARED,
            () if is_run && (has_several || !is_acronym(&self.gloss.term)) => WHOLE,
            () => 0.0,
        }
    }

    /// The words of the term and of the gloss that have links within the term.
    fn linked(&self, first: usize) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let within = || self.links.iter().filter(|link| link.words.start >= first);
        let words = within().flat_map(|link| link.words.clone()).collect();
        (words, within().flat_map(|link| link.others.iter().copied()).collect())
    }

    /// Whether each word of the gloss is one of the term.
    fn says_all(&self, first: usize) -> bool {
        let (_, said) = self.linked(first);
        content(&self.gloss.words).iter().all(|at| said.contains(at))
    }

    /// Whether the gloss is of the term in several texts, after different words.
    fn is_shared(&self, first: usize) -> bool {
        self.gloss.tails.keys().filter(|tail| tail.text.ends_with(self.term(first))).count() > 1
    }

    /// How much speaks for a boundary before the term.
    fn boundary(&self, first: usize) -> f32 {
        let is_hardly = |word: &str| is_stop_word(word) && !HEADS.contains(&word);
        let term = if is_hardly(self.words[first]) { HARDLY } else { 1.0 };
        let Some(before) = first.checked_sub(1) else {
            return term * if self.tail.is_whole { 1.0 } else { HARDLY };
        };
        let (here, longer) = (self.count(first) as f32, self.count(before) as f32);
        let by_count = 1.0 - (longer + 0.5) / (here + 1.0);
        let sticks = self.count(first) >= FEW_OCCURRENCES && longer >= NEARLY_ALWAYS * here;
        let has_link = self.links.iter().any(|link| link.words.contains(&before));
        let by_word = match self.words[before] {
            _ if sticks => 0.0,
            word if HEADS.contains(&word) => 0.0,
            word if is_stop_word(word) => AFTER_GRAMMAR,
            _ if !has_link && self.says_all(first) => AFTER_OTHER,
            _ => 0.0,
        };
        let by_text = if self.is_shared(first) && self.glossed(first) > self.glossed(before) { 1.0 } else { 0.0 };
        term * by_count.max(by_word).max(by_text)
    }
}

/// The places of words that are no words of grammar.
fn content(words: &[impl AsRef<str>]) -> Vec<usize> {
    (0..words.len()).filter(|&at| !is_stop_word(words[at].as_ref())).collect()
}

/// The share of `known` words in `all`, of which one that is not known counts `unknown`.
fn share(all: usize, known: usize, unknown: f32) -> f32 {
    (known as f32 + unknown * (all - known) as f32) / all.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(before: &str) -> Vec<String> {
        let tail = Tail::before(before, false, &Analyzer::new([]));
        tail.iter().flat_map(Tail::terms).map(str::to_owned).collect()
    }

    #[test]
    fn a_term_may_begin_with_each_word_of_the_last_run() {
        assert_eq!(tail("เขาเปิด ข้อมูลเปิด"), ["ข้อมูลเปิด", "เปิด"]); // he opens, open data
        assert_eq!(tail("ปี 2567 ว่า “ประตูหมุน” "), ["ประตูหมุน", "หมุน"]); // revolving door
        assert_eq!(tail("in English"), [] as [&str; 0]);
    }
}
