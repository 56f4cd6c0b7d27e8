//! Terms in both languages from the site's own texts.
//!
//! Writers gloss a term where they first use it, as in การจัดซื้อจัดจ้างภาครัฐ (Public Procurement). Takes the texts of a
//! site twice, first to find the glosses ([`Glosses`]) and then to count the terms that may be meant by them
//! ([`Counts`]), and gives pairs of terms. Where a term begins is not written, least of all in Thai; see `begin`. What
//! is held in memory is bounded, whatever the texts are. [`Names`] finds in the same texts what may be names.

mod align;
mod begin;
mod bracket;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;

use super::Lexicon;
use super::key::{english_key, is_thai_word, thai_key};
use crate::text::{Analyzer, cluster, normalize};
use begin::Tail;
pub use names::{Names, names};

/// Counts the changes of what is learned from the same texts. Raise it with each: who has learned already learns anew.
pub const LEARNING: u32 = 1;

/// The most glosses that are kept, and the most different texts before one of them.
const MOST_GLOSSES: usize = 20_000;
const MOST_TAILS: usize = 8;
/// The most terms that are counted: they are what takes memory.
const MOST_COUNTED: usize = 60_000;

/// A term in both languages.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The Thai term, normalised.
    pub thai: String,
    /// The English term.
    pub english: String,
    /// How far the pair is to be trusted, 0 to 1.
    pub trust: f32,
}

/// Glosses in brackets, each with the texts before it.
pub struct Glosses<'a> {
    analyzer: &'a Analyzer,
    /// By the key of what is in brackets.
    glosses: BTreeMap<String, Gloss>,
}

/// A term in brackets, and what stands before it.
struct Gloss {
    term: String,
    words: Vec<String>,
    /// One that stands beside the term.
    acronym: Option<String>,
    /// How often each text stands before it.
    tails: BTreeMap<Tail, u64>,
}

/// How often the terms occur that may be meant by glosses.
pub struct Counts {
    glosses: BTreeMap<String, Gloss>,
    counts: BTreeMap<String, u64>,
    /// Finds the terms, in the order of `counts`.
    finder: Option<AhoCorasick>,
    found: Vec<u64>,
}

impl<'a> Glosses<'a> {
    /// No glosses yet. `analyzer` is that of the texts.
    pub fn new(analyzer: &'a Analyzer) -> Glosses<'a> {
        Glosses { analyzer, glosses: BTreeMap::new() }
    }

    /// Adds the glosses of a text, such as a paragraph or a title.
    pub fn read(&mut self, text: &str) {
        for bracket in bracket::brackets(text) {
            let mut terms = bracket::terms(bracket.inside).into_iter();
            let Some(term) = terms.next() else { continue };
            if let Some(tail) = Tail::before(bracket.before, is_thai_word(&term), self.analyzer) {
                self.add(term, terms.next(), tail);
            }
        }
    }

    fn add(&mut self, term: String, acronym: Option<String>, tail: Tail) {
        let key = if is_thai_word(&term) { thai_key(&term) } else { english_key(&term) };
        if key.is_empty() || (self.glosses.len() == MOST_GLOSSES && !self.glosses.contains_key(&key)) {
            return;
        }
        let gloss = self.glosses.entry(key).or_insert_with(|| Gloss {
            words: words(&term, self.analyzer),
            term: term.clone(),
            acronym: None,
            tails: BTreeMap::new(),
        });
        // Of several ways to write it one is taken that does not depend on the order of the texts.
        if term < gloss.term {
            gloss.words = words(&term, self.analyzer);
            gloss.term = term;
        }
        gloss.acronym = acronym.max(gloss.acronym.take());
        if gloss.tails.len() < MOST_TAILS || gloss.tails.contains_key(&tail) {
            *gloss.tails.entry(tail).or_default() += 1;
        }
    }

    /// All glosses, whose terms are to be counted now.
    pub fn into_counts(self) -> Counts {
        let tails = self.glosses.values().flat_map(|gloss| gloss.tails.keys());
        let terms: BTreeSet<&str> = tails.flat_map(Tail::terms).collect();
        let counts: BTreeMap<String, u64> =
            terms.into_iter().take(MOST_COUNTED).map(|term| (term.to_owned(), 0)).collect();
        // Without it nothing is counted, and next to nothing holds.
        let finder = AhoCorasick::new(counts.keys()).ok();
        Counts { found: vec![0; counts.len()], glosses: self.glosses, counts, finder }
    }
}

impl Counts {
    /// Counts the terms of a text.
    pub fn read(&mut self, text: &str) {
        let Some(finder) = &self.finder else { return };
        let normalized = normalize(text);
        let text = normalized.text();
        for found in finder.find_overlapping_iter(text) {
            if may_part(text, found.start()) && may_part(text, found.end()) {
                self.found[found.pattern().as_usize()] += 1;
            }
        }
    }

    /// The pairs that hold by the counts and by what `lexicon` has of their words, by their terms.
    pub fn into_pairs(mut self, lexicon: &Lexicon) -> Vec<Pair> {
        self.counts.values_mut().zip(&self.found).for_each(|(count, found)| *count = *found);
        let mut pairs: BTreeMap<(&str, &str), f32> = BTreeMap::new();
        for gloss in self.glosses.values() {
            for (term, trust) in begin::terms(gloss, &self.counts, lexicon) {
                for other in [&gloss.term].into_iter().chain(&gloss.acronym) {
                    let pair = if is_thai_word(term) { (term, other.as_str()) } else { (other.as_str(), term) };
                    let known = pairs.entry(pair).or_default();
                    *known = trust.max(*known);
                }
            }
        }
        let pair = |((thai, english), trust): ((&str, &str), f32)| Pair {
            thai: thai.to_owned(),
            english: english.to_owned(),
            trust,
        };
        pairs.into_iter().map(pair).collect()
    }
}

/// The pairs as a text: Thai, tab, English, tab, trust, a pair a line.
pub fn to_lines(pairs: &[Pair]) -> String {
    pairs.iter().map(|Pair { thai, english, trust }| format!("{thai}\t{english}\t{trust:.2}\n")).collect()
}

/// The words of a text, without what stands between them.
fn words(text: &str, analyzer: &Analyzer) -> Vec<String> {
    let ends = analyzer.segment(text);
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let words = starts.zip(&ends).map(|(start, &end)| &text[start..end]);
    words.filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_lowercase).collect()
}

/// Whether a word may begin or end at `offset`.
fn may_part(text: &str, offset: usize) -> bool {
    let (before, after) = text.split_at(offset);
    let is_latin = |ch: Option<char>| ch.is_some_and(|ch| ch.is_alphanumeric() && !is_thai(ch));
    let is_within = is_latin(before.chars().next_back()) && is_latin(after.chars().next());
    !is_within && cluster::is_boundary(text, offset)
}

/// Whether a character is written in Thai words.
fn is_thai(ch: char) -> bool {
    matches!(ch, '\u{0E01}'..='\u{0E4E}')
}

/// Whether a character is a Latin letter.
fn is_latin(ch: char) -> bool {
    ch.is_alphabetic() && (ch < '\u{0250}' || ('\u{1E00}'..'\u{1F00}').contains(&ch))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn learned(texts: &[&str]) -> Vec<Pair> {
        let analyzer = Analyzer::new([]);
        let mut glosses = Glosses::new(&analyzer);
        texts.iter().for_each(|text| glosses.read(text));
        let mut counts = glosses.into_counts();
        texts.iter().for_each(|text| counts.read(text));
        counts.into_pairs(&Lexicon::new(""))
    }

    fn check(texts: &[&str], expected: &[(&str, &str)]) {
        let pairs = learned(texts);
        let pairs: Vec<_> = pairs.iter().map(|pair| (&*pair.thai, &*pair.english)).collect();
        assert_eq!(pairs, expected, "of {texts:?}");
    }

    #[test]
    fn a_term_begins_where_its_words_are_those_of_the_gloss() {
        // "everyone signs the conflict-of-interest form"
        let expected = [("ผลประโยชน์ทับซ้อน", "Conflict of Interest")];
        check(&["ทุกคนลงนามในแบบแจ้งผลประโยชน์ทับซ้อน (Conflict of Interest)", "เรื่องผลประโยชน์ทับซ้อน"], &expected);
        check(&["ต้องมีการเปิดเผยข้อมูล (Disclosure)"], &[("การเปิดเผยข้อมูล", "Disclosure")]);
        check(&["ช่องที่สองไม่ใช่สิทธิ เป็นสินบน (Bribe)"], &[("สินบน", "Bribe")]);
    }

    #[test]
    fn a_term_begins_where_words_change_from_text_to_text() {
        // "pineapple eyes", the name of a programme; villagers set it up, teachers open it, students join it
        let texts = ["ชาวบ้านตั้งตาสับปะรด (Quickaudit)", "ครูเปิดตาสับปะรด (Quickaudit)", "นักเรียนร่วมตาสับปะรด"];
        check(&texts, &[("ตาสับปะรด", "Quickaudit")]);
    }

    #[test]
    fn a_short_run_is_a_term_if_it_is_one_elsewhere() {
        let gloss = "เรียกว่า ตาสับปะรด (Quickaudit)"; // it is called so
        check(&[gloss], &[]);
        check(&[gloss, "นักเรียนร่วมตาสับปะรด"], &[("ตาสับปะรด", "Quickaudit")]);
    }

    #[test]
    fn a_term_and_its_acronym_are_of_one_gloss() {
        let texts = ["หน่วยข่าวกรองทางการเงิน (Financial Intelligence Unit: FIU)", "ถามหน่วยข่าวกรองทางการเงิน"];
        let name = "หน่วยข่าวกรองทางการเงิน"; // financial intelligence unit
        check(&texts, &[(name, "FIU"), (name, "Financial Intelligence Unit")]);
    }

    #[test]
    fn the_gloss_may_be_thai() {
        check(&["หลัก Good Governance (ธรรมาภิบาล)", "good governance"], &[("ธรรมาภิบาล", "good governance")]);
    }

    #[test]
    fn what_nothing_speaks_for_is_left() {
        check(&["เขาไปตลาดแล้วก็กลับบ้านเมื่อวานนี้ (Quux)", "ดู (2567) และ (https://example.org)", "(Open Data)"], &[]);
    }

    #[test]
    fn what_is_learned_is_read_by_the_lexicon() {
        let pair = Pair { thai: "บัญชีม้า".to_owned(), english: "Mule Account".to_owned(), trust: 0.5 };
        let lexicon = Lexicon::new("").with_learned(&(to_lines(&[pair]) + "no pair\n"));
        for (key, expected) in [("mule account", "บัญชีม้า"), ("บัญชีม้า", "Mule Account")]
        {
            let found =
                lexicon.translations(key, |source| if source == super::super::Source::Learned { 1.0 } else { 0.0 });
            assert!(found[0].text.eq_ignore_ascii_case(expected), "{found:?}");
        }
        assert!(lexicon.translations("mule account", |_| 0.0).is_empty());
        // The list has it in small letters.
        let of_list = lexicon.translations("บัญชีม้า", |_| 0.5);
        assert_eq!(of_list.iter().filter(|known| english_key(&known.text) == "mule account").count(), 1, "{of_list:?}");
    }

    proptest! {
        #[test]
        fn pairs_are_of_the_text_and_in_two_languages(text in "([ก-๎ a-cA-C()（）:,\n\u{200B}]{0,12}|ข้อมูลเปิด|Open Data|\\(|\\)){0,12}") {
            let normalized = normalize(&text);
            for Pair { thai, english, trust } in learned(&[&text, "ข้อมูลเปิด"]) {
                prop_assert!((0.0..=1.0).contains(&trust) && is_thai_word(&thai) && !is_thai_word(&english));
                for term in [thai, english] {
                    let term = normalize(&term);
                    prop_assert!(normalized.text().contains(term.text()), "{} is not in {text:?}", term.text());
                }
            }
        }
    }
}
