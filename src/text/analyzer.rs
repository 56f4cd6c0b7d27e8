//! Text to tokens: normalise, tell Thai from the rest, cut, stem.
//!
//! One analyzer serves documents and queries. What stands at one position is one word in several
//! forms; see [`Form`].

use std::ops::Range;

use compact_str::{CompactString, format_compact};
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::gram::{Gram, grams};
use super::latin::{self, Latin};
use super::normalize::is_invisible;
use super::normalize::normalize;
use super::normalized::Normalized;
use super::segment::{Cut, ThaiSegmenter};
use super::stem;
use super::thai::letter::{BYTES, is_consonant, is_thai};
use super::{abbreviation, calendar, equivalents};

/// Counts the changes of rules in this folder that change terms. Raise it with each such change:
/// it is part of the fingerprint that tells whether an index still fits.
const RULES: u32 = 7;

/// Longer terms are cut to this many bytes: nobody means to search for them, and an index bounds them.
const LONGEST_TERM: usize = 240;

/// Longer chains of hyphens, in bytes, are words of their own.
const LONGEST_HYPHENATED: usize = 64;

/// One term of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What is indexed and searched; most are short enough to need no memory of their own.
    pub term: CompactString,
    /// How the term comes from the word.
    pub form: Form,
    /// Bytes of the original text, on character boundaries and in Thai on cluster boundaries.
    pub offsets: Range<usize>,
    /// The number of the word in its text; the forms of one word share it.
    pub position: u32,
    /// Where the term begins, however the text is cut: a Thai character counts one, any other word one, and what is
    /// no word nothing. So จ้าง has one place whether it stands alone, in จัดจ้าง or in จัดซื้อจัดจ้าง, and phrases
    /// need not be cut as the text is.
    pub place: u32,
}

impl Token {
    /// Signs that are in no term, so that terms may be written one after the other with these between them.
    pub const SEPARATORS: [char; 2] = [' ', '|'];

    /// The places that the term takes: one past its last place is [`Token::place`] plus this.
    pub fn length(&self) -> u32 {
        let letters = self.term.chars().filter(|&ch| is_thai(ch)).count();
        u32::try_from(letters.max(1)).unwrap_or(u32::MAX)
    }
}

/// How a term comes from its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// The word itself, normalised. Each position has exactly one.
    Word,
    /// An English stem, written with a leading `~` so that it never meets a word (`~univers`).
    Stem,
    /// What words of one meaning share, written with a leading `=`: spellings of a loan word (`=คอร์รัปชัน`), an
    /// abbreviation and the name it stands for (`=ปปช`), a year in either era (`=2024`).
    Variant,
    /// A shorter word within a compound, as จัดซื้อ in จัดซื้อจัดจ้าง and bidding in e-bidding.
    Part,
}

impl Form {
    /// What begins the terms that are no words as people write them.
    pub const MARKS: [char; 2] = ['~', '='];
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
        self.cut(normalized.text(), |Segment { range, kind }| {
            let word = &normalized.text()[range.clone()];
            match kind {
                Kind::Thai(cut) if says_something(word) => tokens.thai(word, range, self.thai.parts(cut)),
                Kind::Abbreviation => tokens.abbreviation(word, range),
                Kind::Other if is_word(word) => tokens.latin(word, range),
                _ => {}
            }
        });
        tokens.finish()
    }

    /// The [`Form::Word`] terms of the Thai in `text`, each with its bytes in the normalised text: much less work than all
    /// tokens.
    pub fn thai_words(&self, text: &str) -> Vec<(CompactString, Range<usize>)> {
        let normalized = normalize(text);
        let mut words = Vec::with_capacity(text.len() / 16);
        self.cut(normalized.text(), |Segment { range, kind }| {
            let word = &normalized.text()[range.clone()];
            match kind {
                Kind::Thai(_) if says_something(word) => words.push((thai_term(word).into(), range)),
                Kind::Abbreviation => words.push((abbreviation_term(word), range)),
                _ => {}
            }
        });
        words
    }

    /// Where `text` is cut: the ends of its segments in bytes, ascending, the last one its length. Segments are
    /// words, and the spaces and signs between them.
    pub fn segment(&self, text: &str) -> Vec<usize> {
        let normalized = normalize(text);
        let mut ends = Vec::with_capacity(text.len() / 8);
        self.cut(normalized.text(), |segment| ends.push(normalized.original_range(segment.range).end));
        ends
    }

    /// Every two neighbouring clusters of the Thai in `text`, in order: what words that are cut or written otherwise
    /// still have in common.
    pub fn grams(&self, text: &str) -> Vec<Gram> {
        grams(normalize(text).text())
    }

    /// Whether `word` is Thai and in no dictionary, so that what stands beside it decides how it is cut.
    pub fn lacks(&self, word: &str) -> bool {
        self.thai.lacks(word)
    }

    /// Identifies the dictionary, the site words and the rules: two analyzers with the same
    /// fingerprint give the same tokens.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&RULES.to_le_bytes());
        equivalents::hash(&mut hasher);
        self.thai.hash(&mut hasher);
        hasher.finalize().to_hex().to_string()
    }

    /// Gives the segments of a text to `take`, in order.
    fn cut(&self, normalized: &str, mut take: impl FnMut(Segment)) {
        let mut others = Vec::new();
        let mut start = 0;
        while let Some((run, end)) = next_run(normalized, start) {
            let text = &normalized[start..end];
            match run {
                Run::Thai => self.thai.cut(text, |range, cut| {
                    take(Segment { range: start + range.start..start + range.end, kind: Kind::Thai(cut) });
                }),
                Run::Abbreviation => take(Segment { range: start..end, kind: Kind::Abbreviation }),
                // Mostly a space.
                Run::Other if text.len() == 1 => take(Segment { range: start..end, kind: Kind::Other }),
                Run::Other => {
                    let mut from = start;
                    for to in self.words.segment_str(text).skip(1).map(|at| start + at) {
                        others.push(from..to);
                        join_hyphenated(normalized, &mut others);
                        from = to;
                    }
                    others.drain(..).for_each(|range| take(Segment { range, kind: Kind::Other }));
                }
            }
            start = end;
        }
    }
}

/// Makes one of the last three ranges of `text`, where they are words around a hyphen.
fn join_hyphenated(text: &str, ranges: &mut Vec<Range<usize>>) {
    let Some([left, hyphen, right]) = ranges.last_chunk().cloned() else { return };
    let is_one = &text[hyphen] == "-"
        && is_word(&text[left.clone()])
        && is_word(&text[right.clone()])
        && right.end - left.start <= LONGEST_HYPHENATED
        && latin::joins(&text[left.clone()], &text[right.clone()]);
    if is_one {
        ranges.truncate(ranges.len() - 3);
        ranges.push(left.start..right.end);
    }
}

/// กรุงเทพฯ is กรุงเทพ (Bangkok) with a sign that it goes on.
fn thai_term(word: &str) -> &str {
    word.trim_matches(['ฯ', 'ๆ'])
}

/// ป.ป.ช. without its dots.
fn abbreviation_term(text: &str) -> CompactString {
    text.chars().filter(|ch| !matches!(ch, '.' | ' ')).collect()
}

/// Whether a Thai word is one to search for: ๆ (repeat) and ฯลฯ (and so on) are not.
fn says_something(word: &str) -> bool {
    word != "ฯลฯ" && word.chars().any(is_consonant)
}

/// A sign is no word with a vowel of another script over it either, which Unicode counts as a letter.
fn is_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && !text.contains(Token::SEPARATORS)
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
    let end = text[start..].find(|ch| is_thai(ch) != is_thai(first)).map_or(text.len(), |length| start + length);
    if !is_thai(first) {
        return Some((Run::Other, end));
    }
    match abbreviation::at_end_of_run(text, start, end) {
        Some((at, length)) if at == start => Some((Run::Abbreviation, start + length)),
        Some((at, _)) => Some((Run::Thai, at)),
        None => Some((Run::Thai, end)),
    }
}

struct Tokens<'a> {
    original: &'a str,
    normalized: &'a Normalized,
    tokens: Vec<Token>,
    /// For each position where in `tokens` its word is.
    words: Vec<usize>,
    /// Positions whose word may mean more together with its neighbours.
    open: Vec<usize>,
    /// Where the next word begins; see [`Token::place`].
    place: u32,
}

impl<'a> Tokens<'a> {
    fn new(original: &'a str, normalized: &'a Normalized) -> Tokens<'a> {
        let [words, open] = [Vec::with_capacity(original.len() / 16), Vec::new()];
        Tokens { original, normalized, tokens: Vec::with_capacity(original.len() / 8), words, open, place: 0 }
    }

    fn abbreviation(&mut self, text: &str, range: Range<usize>) {
        let letters = abbreviation_term(text);
        let variant = equivalents::of_abbreviation(&letters);
        let length = letters.chars().count();
        self.push(letters, Form::Word, range.clone(), 0);
        if let Some(variant) = variant {
            self.push(format_compact!("={variant}"), Form::Variant, range, 0);
        }
        self.pass(length);
    }

    fn thai(&mut self, word: &str, range: Range<usize>, parts: impl Iterator<Item = Range<usize>>) {
        let term = thai_term(word);
        self.push_with_variant(term.into(), Form::Word, range.clone(), 0);
        for part in parts {
            let offsets = range.start + part.start..range.start + part.end;
            self.push_with_variant(word[part.clone()].into(), Form::Part, offsets, part.start / BYTES);
        }
        self.pass(term.len() / BYTES);
    }

    fn latin(&mut self, word: &str, range: Range<usize>) {
        let Latin { term, parts } = latin::read(word);
        self.push_english(term.into(), Form::Word, range.clone(), 0);
        let length = parts.len().max(1);
        for (number, part) in parts.into_iter().enumerate() {
            let offsets = range.start + part.start..range.start + part.end;
            self.push_english(word[part].into(), Form::Part, offsets, number);
        }
        self.pass(length);
    }

    /// Goes on behind a word that takes `length` places.
    fn pass(&mut self, length: usize) {
        self.place = self.place.saturating_add(u32::try_from(length).unwrap_or(u32::MAX));
    }

    fn push_english(&mut self, term: CompactString, form: Form, range: Range<usize>, within: usize) {
        let stem = stem::english(&term);
        self.push_with_variant(term, form, range.clone(), within);
        if let Some(stem) = stem {
            self.push(format_compact!("~{stem}"), Form::Stem, range, within);
        }
    }

    fn push_with_variant(&mut self, term: CompactString, form: Form, range: Range<usize>, within: usize) {
        let meaning = equivalents::of_word(&term);
        let is_open = calendar::may_be_year(&term) || meaning.is_some_and(equivalents::Meaning::begins_names);
        self.push(term, form, range.clone(), within);
        if let Some(variant) = meaning.and_then(equivalents::Meaning::shared) {
            self.push(format_compact!("={variant}"), Form::Variant, range, within);
        }
        if is_open && form == Form::Word {
            self.open.push(self.words.len() - 1);
        }
    }

    /// The tokens with what only their neighbours tell: names of several words, and years.
    fn finish(self) -> Vec<Token> {
        let mut found = Vec::new();
        for &position in &self.open {
            let term = |&at: &usize| self.tokens[at].term.as_str();
            let (before, rest) = self.words.split_at(position);
            let Some((at, following)) = rest.split_first() else { continue };
            let following = following.iter().map(term);
            if let Some((count, variant)) = equivalents::of_word(term(at)).and_then(|word| word.name(following.clone()))
            {
                let end = self.tokens[self.words[position + count - 1]].offsets.end;
                found.push((*at, self.variant(*at, variant, end)));
            }
            if let Some(year) = calendar::year_among(before.iter().rev().map(term), term(at), following.clone().next())
            {
                let end = self.tokens[*at].offsets.end;
                found.push((*at, self.variant(*at, &year.common_era().to_string(), end)));
            }
        }
        insert_after(self.tokens, found)
    }

    /// The variant of the word at `at` that ends at byte `end` of the original.
    fn variant(&self, at: usize, variant: &str, end: usize) -> Token {
        let Token { offsets, position, place, .. } = &self.tokens[at];
        let (offsets, term) = (offsets.start..end, format_compact!("={variant}"));
        Token { term, form: Form::Variant, offsets, position: *position, place: *place }
    }

    /// Adds a term of a word, `within` places from where the word begins.
    fn push(&mut self, mut term: CompactString, form: Form, range: Range<usize>, within: usize) {
        term.truncate(term.floor_char_boundary(LONGEST_TERM));
        let mut offsets = self.normalized.original_range(range);
        // What follows a word unseen is no part of it.
        offsets.end = offsets.start + self.original[offsets.clone()].trim_end_matches(is_invisible).len();
        if form == Form::Word {
            self.words.push(self.tokens.len());
        }
        let position = (self.words.len() - 1) as u32;
        let place = self.place.saturating_add(u32::try_from(within).unwrap_or(u32::MAX));
        self.tokens.push(Token { term, form, offsets, position, place });
    }
}

/// `tokens` with each of `found`, which are in order, after the token at its place.
fn insert_after(tokens: Vec<Token>, found: Vec<(usize, Token)>) -> Vec<Token> {
    if found.is_empty() {
        return tokens;
    }
    let mut all = Vec::with_capacity(tokens.len() + found.len());
    let mut found = found.into_iter().peekable();
    for (at, token) in tokens.into_iter().enumerate() {
        all.push(token);
        while let Some((_, variant)) = found.next_if(|&(after, _)| after == at) {
            all.push(variant);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyzer() -> Analyzer {
        Analyzer::new(["จัดซื้อจัดจ้าง", "จัดซื้อ", "จัดจ้าง", "บรรษัทภิบาล"])
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
        check("การจัดซื้อจัดจ้างภาครัฐ", "การ จัดซื้อจัดจ้าง/=จัดซื้อจัดจ้าง/จัดซื้อ/=จัดซื้อ/จัด/ซื้อ/จัดจ้าง/จัด/จ้าง ภาค รัฐ");
        check("บรรษัทภิบาล", "บรรษัทภิบาล/=บรรษัทภิบาล");
    }

    #[test]
    fn english_words_have_a_stem() {
        check("Whistleblowers' reports", "whistleblowers/~whistleblow reports/~report");
    }

    #[test]
    fn thai_and_latin_are_cut_apart() {
        check("ทางKRACได้จัด", "ทาง krac/~krac ได้ จัด");
    }

    #[test]
    fn an_abbreviation_is_one_word_without_dots() {
        check("ตามพ.ร.บ.ของ ป.ป.ช. พ.ศ. ๒๕๖๑", "ตาม พรบ/=พรบ ของ ปปช/=ปปช พศ/=พศ 2561/=2018");
        check("มติ ป. ป. ช. ปปช", "มติ ปปช/=ปปช ปปช/=ปปช");
        check("อบต.อบจ. ผศ.ดร.ชื่อ", "อบต/=อบต อบจ/=อบจ ผศ/=ผศ ดร/=ดร ชื่อ");
        check("3 ชม. ชม", "3 ชม/=ชม ชม");
        check("U.S. e.g.", "us/~us eg/~eg");
    }

    #[test]
    fn names_and_what_stands_for_them_share_a_variant() {
        check("NACC", "nacc/=ปปช/~nacc");
        check("The World Bank", "the/~the world/=ธนาคารโลก/~world bank/~bank");
        check("กรุงเทพฯ", "กรุงเทพ/=กทม");
    }

    #[test]
    fn spellings_of_a_loan_word_share_a_variant() {
        check("คอรัปชั่น", "คอรัปชั่น/=คอร์รัปชัน");
        check("เวปไซต์", "เวปไซต์/=เว็บไซต์");
    }

    #[test]
    fn a_hyphen_makes_one_word_with_parts() {
        check("e-Bidding", "ebidding/~ebid/e/~e/bidding/~bid");
        check("COVID-19 covid19", "covid19/covid/~covid/19 covid19/covid/~covid/19");
        check("2565–2567", "2565/=2022 2567/=2024");
        check("a - b", "a/~a b/~b");
    }

    #[test]
    fn years_of_both_eras_share_a_variant() {
        check("พ.ศ. '67", "พศ/=พศ 67/=2024");
        check("10 ก.ค. ๖๗ ราคา 2567 บาท", "10 กค/=กค 67/=2024 ราคา 2567 บาท");
    }

    #[test]
    fn signs_are_no_words() {
        check("จริง ๆ ฯ ฯลฯ (?) 🎉 – !", "จริง");
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
}
