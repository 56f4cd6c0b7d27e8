//! Text to tokens: normalise, tell Thai from the rest, cut, stem.
//!
//! One analyzer serves documents and queries. What stands at one position is one word in several
//! forms; see [`Form`].

use std::ops::Range;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::abbreviation;
use super::normalize::{Normalized, normalize};
use super::script::{is_consonant, is_invisible, is_thai};
use super::segment::Segmenter;
use super::site_words::{SiteWord, SiteWords};
use super::stem;

/// Counts the changes of rules in this folder that change terms. Raise it with each such change:
/// it is part of the fingerprint that tells whether an index still fits.
const RULES: u32 = 1;

/// Longer terms are cut to this many bytes: nobody means to search for them, and an index bounds them.
const LONGEST_TERM: usize = 240;

/// One term of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What is indexed and searched.
    pub term: String,
    /// How the term comes from the word.
    pub form: Form,
    /// Bytes of the original text, on character boundaries and in Thai on cluster boundaries.
    pub offsets: Range<usize>,
    /// The number of the word in its text; the forms of one word share it.
    pub position: u32,
}

/// How a term comes from its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// The word itself, normalised. Each position has exactly one.
    Word,
    /// An English stem, written with a leading `~` so that it never meets a word (`~univers`).
    Stem,
    /// A shorter word within a Thai compound.
    Part,
}

/// Turns text into tokens; see the module.
pub struct Analyzer {
    segmenter: Box<dyn Segmenter>,
    site_words: SiteWords,
    /// UAX #29 word boundaries, for everything that is not Thai.
    words: WordSegmenterBorrowed<'static>,
}

impl Analyzer {
    /// An analyzer over a dictionary (in `segmenter`) and a site's own words.
    pub fn new<'a>(segmenter: impl Segmenter + 'static, site_words: impl IntoIterator<Item = &'a str>) -> Analyzer {
        let site_words = SiteWords::new(site_words);
        let words = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default());
        Analyzer { segmenter: Box::new(segmenter), site_words, words }
    }

    /// The tokens of `text`, by position, the [`Form::Word`] of each position first.
    pub fn analyze(&self, text: &str) -> Vec<Token> {
        let normalized = normalize(text);
        let mut sink =
            Tokens { original: text, normalized: &normalized, tokens: Vec::with_capacity(text.len() / 8), position: 0 };
        let mut start = 0;
        while let Some((kind, end)) = next_run(normalized.text(), start) {
            let run = &normalized.text()[start..end];
            match kind {
                Run::Thai => self.thai(run, start, &mut sink),
                Run::Abbreviation => sink.word(&run.replace('.', ""), start..end),
                Run::Other => self.other(run, start, &mut sink),
            }
            start = end;
        }
        sink.tokens
    }

    /// Identifies the dictionary, the site words and the rules: two analyzers with the same
    /// fingerprint give the same tokens.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("rules {RULES}\n{}\n", self.segmenter.fingerprint()).as_bytes());
        for word in self.site_words.texts() {
            hasher.update(word.as_bytes()).update(b"\n");
        }
        hasher.finalize().to_hex().to_string()
    }

    fn thai(&self, run: &str, at: usize, sink: &mut Tokens<'_>) {
        let mut done = 0;
        for (start, word) in self.site_words.find(run) {
            self.dictionary(&run[done..start], at + done, sink);
            sink.site_word(word, at + start);
            done = start + word.text.len();
        }
        self.dictionary(&run[done..], at + done, sink);
    }

    fn dictionary(&self, run: &str, at: usize, sink: &mut Tokens<'_>) {
        let mut ends = Vec::new();
        self.segmenter.cut(run, &mut ends);
        let mut start = 0;
        for end in ends {
            let word = &run[start..end];
            // ๆ (repeat) and ฯ (and so on) alone say nothing to search for.
            if word.chars().any(is_consonant) {
                sink.word(word, at + start..at + end);
            }
            start = end;
        }
    }

    fn other(&self, run: &str, at: usize, sink: &mut Tokens<'_>) {
        let mut start = 0;
        for end in self.words.segment_str(run).skip(1) {
            let word = &run[start..end];
            if word.chars().any(char::is_alphanumeric) {
                sink.english(word, at + start..at + end);
            }
            start = end;
        }
    }
}

/// A stretch of text that is cut by one set of rules.
enum Run {
    Thai,
    /// ป.ป.ช., with its dots.
    Abbreviation,
    Other,
}

/// The run that begins at byte `start` and where it ends; `None` at the end of the text.
fn next_run(text: &str, start: usize) -> Option<(Run, usize)> {
    let first = text[start..].chars().next()?;
    let abbreviation = |at| abbreviation::length_at(text, at);
    if let Some(length) = abbreviation::may_begin(first).then(|| abbreviation(start)).flatten() {
        return Some((Run::Abbreviation, start + length));
    }
    let ends_run = |(at, ch): &(usize, char)| {
        is_thai(*ch) != is_thai(first) || abbreviation::may_begin(*ch) && abbreviation(start + at).is_some()
    };
    let end = text[start..].char_indices().skip(1).find(ends_run).map_or(text.len(), |(at, _)| start + at);
    Some((if is_thai(first) { Run::Thai } else { Run::Other }, end))
}

struct Tokens<'a> {
    original: &'a str,
    normalized: &'a Normalized,
    tokens: Vec<Token>,
    position: u32,
}

impl Tokens<'_> {
    fn word(&mut self, term: &str, range: Range<usize>) {
        self.push(term.to_owned(), Form::Word, range);
        self.position += 1;
    }

    fn english(&mut self, word: &str, range: Range<usize>) {
        self.push(word.to_owned(), Form::Word, range.clone());
        if let Some(stem) = stem::english(word) {
            self.push(format!("~{stem}"), Form::Stem, range);
        }
        self.position += 1;
    }

    fn site_word(&mut self, word: &SiteWord, at: usize) {
        self.push(word.text.clone(), Form::Word, at..at + word.text.len());
        for part in &word.parts {
            self.push(word.text[part.clone()].to_owned(), Form::Part, at + part.start..at + part.end);
        }
        self.position += 1;
    }

    fn push(&mut self, mut term: String, form: Form, range: Range<usize>) {
        term.truncate(term.floor_char_boundary(LONGEST_TERM));
        let mut offsets = self.normalized.original_range(range);
        // What follows a word unseen is no part of it.
        offsets.end = offsets.start + self.original[offsets.clone()].trim_end_matches(is_invisible).len();
        self.tokens.push(Token { term, form, offsets, position: self.position });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::segment::DictionarySegmenter;
    use proptest::prelude::*;

    fn analyzer() -> Analyzer {
        Analyzer::new(DictionarySegmenter::new(), ["จัดซื้อจัดจ้าง", "จัดซื้อ", "จัดจ้าง", "ธรรมาภิบาล"])
    }

    /// The words of `text`, and after a slash the other forms of each.
    fn check(text: &str, expected: &str) {
        let mut shown = String::new();
        for token in analyzer().analyze(text) {
            let before = if token.form == Form::Word { " " } else { "/" };
            shown.push_str(&format!("{before}{}", token.term));
        }
        assert_eq!(shown.trim(), expected, "of {text:?}");
    }

    #[test]
    fn thai_is_cut_into_words() {
        check("ข้อมูลเปิดของรัฐ", "ข้อมูล เปิด ของ รัฐ");
    }

    #[test]
    fn a_site_word_stays_whole_and_has_its_parts() {
        check("การจัดซื้อจัดจ้างภาครัฐ", "การ จัดซื้อจัดจ้าง/จัดซื้อ/จัดจ้าง ภาค รัฐ");
        check("ธรรมาภิบาล", "ธรรมาภิบาล");
    }

    #[test]
    fn english_words_have_a_stem() {
        check("Whistleblowers' reports", "whistleblowers/~whistleblow reports/~report");
    }

    #[test]
    fn thai_and_latin_are_cut_apart() {
        check("ศูนย์KRACได้จัด", "ศูนย์ krac/~krac ได้ จัด");
    }

    #[test]
    fn an_abbreviation_is_one_word_without_dots() {
        check("ตามพ.ร.บ.ของ ป.ป.ช. พ.ศ. ๒๕๖๑", "ตาม พรบ ของ ปปช พศ 2561");
    }

    #[test]
    fn signs_are_no_words() {
        check("จริง ๆ ฯ (?) 🎉 – !", "จริง");
    }

    #[test]
    fn offsets_are_of_the_original() {
        let text = "ทํางาน\u{200B} Open";
        let words: Vec<_> = analyzer().analyze(text).iter().map(|token| &text[token.offsets.clone()]).collect();
        assert_eq!(words, ["ทํางาน", "Open", "Open"]);
    }

    #[test]
    fn other_site_words_have_another_fingerprint() {
        let plain = Analyzer::new(DictionarySegmenter::new(), []);
        assert_ne!(analyzer().fingerprint(), plain.fingerprint());
        assert_eq!(analyzer().fingerprint(), analyzer().fingerprint());
    }

    proptest! {
        #[test]
        fn tokens_lie_on_boundaries_in_order(text in "([ก-๛]{1,9}|[a-zA-Z0-9.']{1,6}|\\PC{1,4}|[ \u{200B}]){0,9}") {
            let mut last = 0;
            for token in analyzer().analyze(&text) {
                prop_assert!(text.get(token.offsets.clone()).is_some_and(|word| !word.is_empty()));
                prop_assert!(!token.term.is_empty());
                prop_assert!(token.form != Form::Word || token.offsets.start >= last);
                last = if token.form == Form::Word { token.offsets.start } else { last };
            }
        }
    }

    #[test]
    fn hostile_text_is_bounded() {
        for piece in ["่", "\u{200B}", "ก.", "👍🏽", "a", "กฟ", "\u{301}", "เเ"] {
            let text = piece.repeat(100_000 / piece.len());
            assert!(analyzer().analyze(&text).iter().all(|token| token.term.len() <= LONGEST_TERM));
        }
    }
}
