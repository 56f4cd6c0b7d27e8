//! Text to tokens: normalise, tell Thai from the rest, cut, stem.
//!
//! One analyzer serves documents and queries. What stands at one position is one word in several
//! forms; see [`Form`].

use std::ops::Range;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::abbreviation;
use super::normalize::is_invisible;
use super::normalize::{Normalized, normalize};
use super::segment::{Cut, Scratch, ThaiSegmenter};
use super::stem;
use super::thai::letter::{is_consonant, is_thai};

/// Counts the changes of rules in this folder that change terms. Raise it with each such change:
/// it is part of the fingerprint that tells whether an index still fits.
const RULES: u32 = 2;

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
    thai: ThaiSegmenter,
    /// UAX #29 word boundaries, for everything that is not Thai.
    words: WordSegmenterBorrowed<'static>,
}

impl Analyzer {
    /// An analyzer that knows a site's own Thai words beside those of the language.
    pub fn new<'a>(site_words: impl IntoIterator<Item = &'a str>) -> Analyzer {
        let words = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default());
        Analyzer { thai: ThaiSegmenter::new(site_words), words }
    }

    /// The tokens of `text`, by position, the [`Form::Word`] of each position first.
    pub fn analyze(&self, text: &str) -> Vec<Token> {
        let normalized = normalize(text);
        let mut tokens = Tokens::new(text, &normalized);
        for Segment { range, kind } in self.cut(normalized.text()) {
            let word = &normalized.text()[range.clone()];
            match kind {
                // ๆ (repeat) and ฯ (and so on) alone say nothing to search for.
                Kind::Thai(cut) if word.chars().any(is_consonant) => tokens.thai(word, range, self.thai.parts(cut)),
                Kind::Abbreviation => tokens.word(&word.replace('.', ""), range),
                Kind::Other if word.chars().any(char::is_alphanumeric) => tokens.english(word, range),
                _ => {}
            }
        }
        tokens.tokens
    }

    /// Where `text` is cut: the ends of its segments in bytes, ascending, the last one its length. Segments are
    /// words, and the spaces and signs between them.
    pub fn segment(&self, text: &str) -> Vec<usize> {
        let normalized = normalize(text);
        let segments = self.cut(normalized.text());
        segments.into_iter().map(|segment| normalized.original_range(segment.range).end).collect()
    }

    /// Identifies the dictionary, the site words and the rules: two analyzers with the same
    /// fingerprint give the same tokens.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&RULES.to_le_bytes());
        self.thai.hash(&mut hasher);
        hasher.finalize().to_hex().to_string()
    }

    fn cut(&self, normalized: &str) -> Vec<Segment> {
        let mut segments = Vec::with_capacity(normalized.len() / 8);
        let mut scratch = Scratch::default();
        let mut start = 0;
        while let Some((run, end)) = next_run(normalized, start) {
            let text = &normalized[start..end];
            match run {
                Run::Thai => self.thai.cut(text, &mut scratch, |range, cut| {
                    segments.push(Segment { range: start + range.start..start + range.end, kind: Kind::Thai(cut) });
                }),
                Run::Abbreviation => segments.push(Segment { range: start..end, kind: Kind::Abbreviation }),
                Run::Other => {
                    let mut from = start;
                    for to in self.words.segment_str(text).skip(1).map(|at| start + at) {
                        segments.push(Segment { range: from..to, kind: Kind::Other });
                        from = to;
                    }
                }
            }
            start = end;
        }
        segments
    }
}

/// A stretch of normalised text that is one word, or none.
struct Segment {
    range: Range<usize>,
    kind: Kind,
}

enum Kind {
    Thai(Cut),
    /// With its dots.
    Abbreviation,
    Other,
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

impl<'a> Tokens<'a> {
    fn new(original: &'a str, normalized: &'a Normalized) -> Tokens<'a> {
        Tokens { original, normalized, tokens: Vec::with_capacity(original.len() / 8), position: 0 }
    }

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

    fn thai(&mut self, word: &str, range: Range<usize>, parts: impl Iterator<Item = Range<usize>>) {
        self.push(word.to_owned(), Form::Word, range.clone());
        for part in parts {
            self.push(word[part.clone()].to_owned(), Form::Part, range.start + part.start..range.start + part.end);
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
    use proptest::prelude::*;

    fn analyzer() -> Analyzer {
        Analyzer::new(["จัดซื้อจัดจ้าง", "จัดซื้อ", "จัดจ้าง", "ธรรมาภิบาล"])
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
        check("ประชาชนอ่านของรัฐ", "ประชาชน อ่าน ของ รัฐ");
    }

    #[test]
    fn a_site_word_stays_whole_and_has_its_parts() {
        check("การจัดซื้อจัดจ้างภาครัฐ", "การ จัดซื้อจัดจ้าง/จัดซื้อ/จัด/ซื้อ/จัดจ้าง/จัด/จ้าง ภาค รัฐ");
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
        assert_eq!(words, ["ทํางาน", "ทํา", "งาน", "Open", "Open"]);
    }

    #[test]
    fn other_site_words_have_another_fingerprint() {
        let plain = Analyzer::new([]);
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
