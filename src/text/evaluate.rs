//! How well the analyzer cuts Thai, measured on sentences that people have cut.
//!
//! Takes sentences as lists of their words (joined they are the sentence) and gives counts. Reads no files and
//! takes no time: that is for those who call it.

use std::collections::{BTreeSet, HashMap};
use std::ops::{AddAssign, Range};

use super::analyzer::{Form, Token};
use super::thai::letter::is_thai;

/// A sentence that someone has cut: its words, spaces and signs in order.
pub type GoldSentence = Vec<String>;

/// What the cuts of some sentences have in common with those of people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Words that contain a Thai letter, as exact spans.
    pub words: Overlap,
    /// Boundaries between two Thai characters.
    pub boundaries: Overlap,
}

/// The sizes of two sets and of what is in both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overlap {
    /// In both.
    pub common: usize,
    /// In the analyzer's.
    pub found: usize,
    /// In the people's.
    pub gold: usize,
}

/// What retrieval lives on: whether words are cut alone as they are in sentences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Consistency {
    /// Thai words in the sentences.
    pub words: usize,
    /// Those of them that are found when searched by themselves: every term of the word is at its place in the
    /// sentence, as a word or as a part, or all parts of the term are.
    pub found: usize,
    /// Pairs of a word and a sentence in which its letters occur, but only across the boundaries of other words.
    pub crossings: usize,
    /// Those of them in which it is found all the same.
    pub false_hits: usize,
}

impl Overlap {
    /// The share of what was found that is right, 0 to 1.
    pub fn precision(self) -> f64 {
        ratio(self.common, self.found)
    }

    /// The share of what is right that was found, 0 to 1.
    pub fn recall(self) -> f64 {
        ratio(self.common, self.gold)
    }

    /// The harmonic mean of both, 0 to 1.
    pub fn f1(self) -> f64 {
        ratio(2 * self.common, self.found + self.gold)
    }

    fn of<T: Ord>(found: &BTreeSet<T>, gold: &BTreeSet<T>) -> Overlap {
        Overlap { common: found.intersection(gold).count(), found: found.len(), gold: gold.len() }
    }
}

impl AddAssign for Overlap {
    fn add_assign(&mut self, other: Overlap) {
        self.common += other.common;
        self.found += other.found;
        self.gold += other.gold;
    }
}

impl Consistency {
    /// The share of words that are found by themselves, 0 to 1.
    pub fn found_share(self) -> f64 {
        ratio(self.found, self.words)
    }

    /// The share of crossings that are hit, 0 to 1.
    pub fn false_share(self) -> f64 {
        ratio(self.false_hits, self.crossings)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Compares cuts with those of `sentences`. `cut` gives the ends of the segments of a text, in bytes.
pub fn agreement(sentences: &[GoldSentence], cut: impl Fn(&str) -> Vec<usize>) -> Agreement {
    let mut agreement = Agreement::default();
    for words in sentences {
        let (text, gold) = (words.concat(), ends(words));
        let found: BTreeSet<usize> = cut(&text).into_iter().collect();
        agreement.words += Overlap::of(&thai_words(&text, &found), &thai_words(&text, &gold));
        agreement.boundaries += Overlap::of(&within_thai(&text, &found), &within_thai(&text, &gold));
    }
    agreement
}

/// Measures whether the words of `sentences` are found by themselves. `analyze` gives the tokens of a text; those of
/// the forms [`Form::Word`] and [`Form::Part`] count.
pub fn consistency(sentences: &[GoldSentence], analyze: impl Fn(&str) -> Vec<Token>) -> Consistency {
    let sentences: Vec<Sentence> = sentences.iter().map(|words| Sentence::new(words, &analyze)).collect();
    let mut measured = Consistency::default();
    let mut alone: HashMap<&str, Vec<Token>> = HashMap::new();
    for sentence in &sentences {
        for range in sentence.words().filter(|range| is_thai_word(&sentence.text[range.clone()])) {
            let word = &sentence.text[range.clone()];
            let tokens = alone.entry(word).or_insert_with(|| analyze(word));
            measured.words += 1;
            measured.found += usize::from(sentence.has(tokens, range.start));
        }
    }
    for (word, tokens) in &alone {
        for sentence in sentences.iter().filter_map(|sentence| sentence.crossings(word).map(|at| (sentence, at))) {
            let (sentence, places) = sentence;
            measured.crossings += 1;
            measured.false_hits += usize::from(places.iter().any(|&at| sentence.has(tokens, at)));
        }
    }
    measured
}

/// A sentence, how people cut it, and what the analyzer finds in it.
struct Sentence {
    text: String,
    ends: BTreeSet<usize>,
    /// Every word and part.
    spans: BTreeSet<(usize, usize)>,
}

impl Sentence {
    fn new(words: &GoldSentence, analyze: impl Fn(&str) -> Vec<Token>) -> Sentence {
        let text = words.concat();
        let tokens = analyze(&text);
        let spans = tokens.iter().filter(|token| is_spelled(token)).map(|token| span(token, 0)).collect();
        Sentence { ends: ends(words), text, spans }
    }

    fn words(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| start..end)
    }

    /// Whether the tokens of a word searched by itself are all here when the word stands at byte `at`.
    fn has(&self, tokens: &[Token], at: usize) -> bool {
        let mut words = tokens.chunk_by(|left, right| left.position == right.position);
        !tokens.is_empty()
            && words.all(|forms| {
                let mut parts = forms.iter().filter(|token| token.form == Form::Part).peekable();
                self.spans.contains(&span(&forms[0], at))
                    || parts.peek().is_some() && parts.all(|part| self.spans.contains(&span(part, at)))
            })
    }

    /// Where `word` occurs, if it does so across boundaries only: never as a word, nor within one.
    fn crossings(&self, word: &str) -> Option<Vec<usize>> {
        let places: Vec<usize> = self.text.match_indices(word).map(|(at, _)| at).collect();
        let crosses = |&at: &usize| {
            let end = at + word.len();
            let is_word = (at == 0 || self.ends.contains(&at)) && self.ends.contains(&end);
            !is_word && self.ends.range(at + 1..end).next().is_some()
        };
        (!places.is_empty() && places.iter().all(crosses)).then_some(places)
    }
}

fn is_spelled(token: &Token) -> bool {
    matches!(token.form, Form::Word | Form::Part)
}

fn span(token: &Token, at: usize) -> (usize, usize) {
    (at + token.offsets.start, at + token.offsets.end)
}

fn ends(words: &GoldSentence) -> BTreeSet<usize> {
    let ends = words.iter().scan(0, |end, word| {
        *end += word.len();
        Some(*end)
    });
    ends.collect()
}

fn thai_words(text: &str, ends: &BTreeSet<usize>) -> BTreeSet<(usize, usize)> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends.iter().copied()).filter(|&(start, end)| text[start..end].chars().any(is_letter)).collect()
}

fn within_thai(text: &str, ends: &BTreeSet<usize>) -> BTreeSet<usize> {
    let is_within = |&at: &usize| {
        text[..at].chars().next_back().is_some_and(is_thai) && text[at..].chars().next().is_some_and(is_thai)
    };
    ends.iter().copied().filter(is_within).collect()
}

fn is_thai_word(word: &str) -> bool {
    word.chars().all(is_letter) && word.chars().count() > 1
}

/// A Thai letter or mark; digits and the sign of the baht are none.
fn is_letter(ch: char) -> bool {
    matches!(ch, 'ก'..='\u{0E3A}' | '\u{0E40}'..='\u{0E4E}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Analyzer;

    fn gold(words: &[&str]) -> Vec<GoldSentence> {
        vec![words.iter().map(|&word| word.to_owned()).collect()]
    }

    #[test]
    fn agreement_counts_exact_spans_and_boundaries() {
        let cut_otherwise = |_: &str| vec!["ตาก".len(), "ตากลม".len(), "ตากลม ".len(), "ตากลม x".len()];
        // "ตา กลม" (round eyes) cut as "ตาก ลม" (in the wind).
        let agreement = agreement(&gold(&["ตา", "กลม", " ", "x"]), cut_otherwise);
        assert_eq!(agreement.words, Overlap { common: 0, found: 2, gold: 2 });
        assert_eq!(agreement.boundaries, Overlap { common: 0, found: 1, gold: 1 });
    }

    #[test]
    fn a_right_cut_agrees_in_full() {
        let sentences = gold(&["ข้อมูล", "เปิด", " ", "2567", "ของ", "รัฐ"]);
        let analyzer = Analyzer::new([]);
        let agreement = agreement(&sentences, |text| analyzer.segment(text));
        assert_eq!((agreement.words.f1(), agreement.boundaries.f1()), (1.0, 1.0));
    }

    #[test]
    fn a_word_is_found_by_itself_and_not_across_boundaries() {
        // จัดซื้อ is a part of the compound; ตาก (to dry) stands in ตากลม (round eyes) only across its words.
        let mut sentences = gold(&["การ", "จัดซื้อจัดจ้าง", "จัดซื้อ"]);
        sentences.extend(gold(&["ดวง", "ตา", "กลม", "โต"]));
        sentences.extend(gold(&["ตาก", "ผ้า"]));
        let analyzer = Analyzer::new([]);
        let measured = consistency(&sentences, |text| analyzer.analyze(text));
        assert_eq!((measured.found, measured.words), (9, 9));
        assert_eq!((measured.false_hits, measured.crossings), (0, 1));
    }
}
