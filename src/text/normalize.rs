//! Text as typed to text as compared, with a map back to the original bytes.
//!
//! Unicode NFC, case folding, plain forms of full-width letters, quotes and dashes, and a pass for the ways Thai is
//! really typed. NFKC would be wrong here: it breaks sara am (ำ) apart. Tone marks are never dropped: ส่วย (bribe)
//! is not สวย (beautiful). Letters drawn out for emphasis (มากกกก) are written once.

use std::iter::Peekable;

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_segmenter::GraphemeClusterSegmenter;

use super::normalized::{Anchor, Normalized};
use super::settled::settled_length;
use super::thai::letter::{is_consonant, is_following_vowel, is_leading_vowel, is_mark, is_thai, is_tone};

pub(super) const NIKHAHIT: char = '\u{0E4D}';
const SARA_AA: char = '\u{0E32}';
pub(super) const SARA_AM: char = '\u{0E33}';
pub(super) const LAKKHANGYAO: char = '\u{0E45}';
pub(super) const THANTHAKHAT: char = '\u{0E4C}';
const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// From so many on, a letter is drawn out: มากกกก (veeery), not แวววาว (glittering).
const DRAWN_OUT: usize = 4;
/// So many are drawn out as well where they end a run of Thai, as in มากกก.
const DRAWN_OUT_AT_END: usize = 3;
/// Letters that also stand three times as an abbreviation: สสส (a health fund), ททท (the tourism authority).
const TRIPLED: [char; 2] = ['ส', 'ท'];
/// English writes no letter more than twice, but www.
const DRAWN_OUT_LATIN: usize = 2;

/// Normalises `original` (see the module); idempotent.
pub fn normalize(original: &str) -> Normalized {
    let mut writer = Writer::new(original.len());
    let mut start = 0;
    while start < original.len() {
        start = writer.settled(original, start);
        start = writer.unsettled(original, start);
    }
    writer.finish(original.len())
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Ascii,
    Thai,
    Invisible,
    Other,
}

/// The kind of a character that is [`plain`].
fn kind(ch: char) -> Kind {
    match ch {
        _ if ch.is_ascii() => Kind::Ascii,
        _ if is_thai(ch) => Kind::Thai,
        _ if is_invisible(ch) => Kind::Invisible,
        _ => Kind::Other,
    }
}

fn after(text: &str, at: usize) -> &str {
    let mut rest = text[at..].chars();
    rest.next();
    rest.as_str()
}

/// Whether the letter before `rest` may have an accent in it.
fn composes(rest: &str) -> bool {
    let next = rest.chars().find(|&ch| !is_invisible(ch));
    next.is_some_and(|next| kind(plain(next)) == Kind::Other)
}

struct Writer {
    text: String,
    anchors: Vec<Anchor>,
    /// The original offset of the last character written; offsets never go back.
    last: usize,
    /// Thai marks that wait for their consonant's cluster to end, so that they can be ordered.
    /// Holds each mark once, hence at most some twenty.
    marks: Vec<(char, usize)>,
    /// The last character written and how many of it stand in a row.
    row: (char, usize),
}

impl Writer {
    fn new(capacity: usize) -> Writer {
        let origin = Anchor { normalized: 0, original: 0 };
        let text = String::with_capacity(capacity);
        Writer { text, anchors: vec![origin], last: 0, marks: Vec::new(), row: ('\0', 0) }
    }

    fn finish(mut self, end: usize) -> Normalized {
        self.flush_marks();
        self.end_thai();
        self.anchor(end);
        Normalized::new(self.text, self.anchors)
    }

    /// Copies the [settled](settled_length) text from byte `start` of `original` on; gives where it ends.
    fn settled(&mut self, original: &str, start: usize) -> usize {
        let end = start + settled_length(&original[start..]);
        if start < end {
            self.last = start;
            self.anchor(start);
            let written = self.text.len();
            self.text.push_str(&original[start..end]);
            self.text[written..].make_ascii_lowercase();
            self.row = ('\0', 0);
        }
        end
    }

    /// Writes the text from byte `start` of `original` on up to the first space, character by character; gives where
    /// the text after the space begins.
    fn unsettled(&mut self, original: &str, start: usize) -> usize {
        let mut rest = original[start..].char_indices().map(|(at, ch)| (start + at, ch)).peekable();
        while let Some((at, ch)) = rest.next() {
            let ch = plain(ch);
            match kind(ch) {
                Kind::Ascii if ch.is_ascii_alphabetic() && composes(after(original, at)) => {
                    self.compose(original, at, &mut rest);
                }
                Kind::Ascii => self.push(ch.to_ascii_lowercase(), at),
                Kind::Thai => self.thai(ch, at),
                Kind::Invisible => self.invisible(ch, at),
                Kind::Other => self.compose(original, at, &mut rest),
            }
            if original[at..].starts_with(' ') {
                return at + 1;
            }
        }
        original.len()
    }

    /// Writes a character that is no Thai mark, after the marks that wait.
    fn push(&mut self, ch: char, at: usize) {
        self.flush_marks();
        self.write(ch, at);
    }

    fn write(&mut self, ch: char, at: usize) {
        if !is_thai(ch) && is_thai(self.row.0) {
            self.end_thai();
        }
        let in_row = if self.row.0 == ch { self.row.1 + 1 } else { 1 };
        self.row = (ch, in_row);
        if self.is_surplus() {
            return;
        }
        self.last = self.last.max(at);
        self.anchor(self.last);
        self.text.push(ch);
    }

    /// Whether the character to be written is one too many; takes back those of its row that were too.
    fn is_surplus(&mut self) -> bool {
        match self.row {
            (_, 1) => false,
            (ch, _) if is_following_vowel(ch) || is_leading_vowel(ch) || ch == 'ๆ' => true,
            (ch, DRAWN_OUT..) if is_consonant(ch) => self.shorten(ch, DRAWN_OUT - 1, 1),
            (ch, DRAWN_OUT..) if ch.is_ascii_alphabetic() => self.shorten(ch, DRAWN_OUT - 1, DRAWN_OUT_LATIN),
            _ => false,
        }
    }

    /// Takes back letters of a row that has `written` of `ch`, so that `kept` are left.
    fn shorten(&mut self, ch: char, written: usize, kept: usize) -> bool {
        if self.row.1 == written + 1 {
            self.take_back((written - kept) * ch.len_utf8());
        }
        true
    }

    fn take_back(&mut self, bytes: usize) {
        self.text.truncate(self.text.len() - bytes);
        let end = self.text.len();
        while self.anchors.len() > 1 && self.anchors[self.anchors.len() - 1].normalized > end {
            self.anchors.pop();
        }
    }

    /// Shortens the row that a run of Thai ends with: มากกก, but not a run that is nothing else (กกก).
    fn end_thai(&mut self) {
        let (ch, in_row) = self.row;
        let row = DRAWN_OUT_AT_END * ch.len_utf8();
        let is_drawn_out = in_row == DRAWN_OUT_AT_END && is_consonant(ch) && !TRIPLED.contains(&ch);
        if is_drawn_out && self.text[..self.text.len() - row].ends_with(is_thai) {
            self.take_back(row - ch.len_utf8());
        }
        self.row = ('\0', 0);
    }

    /// Notes that the text written next begins at `original`, unless the last anchor says so.
    fn anchor(&mut self, original: usize) {
        let normalized = self.text.len();
        let known = self.anchors[self.anchors.len() - 1];
        if known.normalized == normalized {
            let last = self.anchors.len() - 1;
            self.anchors[last].original = original;
        } else if known.original + (normalized - known.normalized) != original {
            self.anchors.push(Anchor { normalized, original });
        }
    }

    fn thai(&mut self, ch: char, at: usize) {
        match ch {
            SARA_AA | LAKKHANGYAO if self.nikhahit_becomes_sara_am() => {}
            SARA_AM => self.mark(ch, at),
            _ if is_mark(ch) => self.mark(ch, at),
            // เเ (twice sara e) is typed for แ: the second replaces the first.
            'เ' if self.marks.is_empty() && self.text.ends_with('เ') => {
                self.text.pop();
                self.row = ('แ', 1);
                if !self.text.ends_with('แ') {
                    self.text.push('แ');
                }
            }
            LAKKHANGYAO if !self.text.ends_with(['ฤ', 'ฦ']) => self.push(SARA_AA, at),
            '๐'..='๙' => self.push(ascii_digit(ch), at),
            _ => self.push(ch, at),
        }
    }

    /// ํ + า is typed for ำ, with a tone mark before, between or after.
    fn nikhahit_becomes_sara_am(&mut self) -> bool {
        let Some(nikhahit) = self.marks.iter().position(|&(mark, _)| mark == NIKHAHIT) else {
            return false;
        };
        let (_, at) = self.marks.remove(nikhahit);
        self.mark(SARA_AM, at);
        true
    }

    /// Keeps a mark until its cluster ends; a doubled one is dropped.
    fn mark(&mut self, ch: char, at: usize) {
        if !self.marks.iter().any(|&(mark, _)| mark == ch) {
            self.marks.push((ch, at));
        }
    }

    /// Writes the marks that wait in the order vowel, tone, sara am, however they were typed.
    fn flush_marks(&mut self) {
        if self.marks.is_empty() {
            return;
        }
        let mut marks = std::mem::take(&mut self.marks);
        // Sara am has a nikhahit in it; one beside it was typed twice.
        if marks.iter().any(|&(mark, _)| mark == SARA_AM) {
            marks.retain(|&(mark, _)| mark != NIKHAHIT);
        }
        marks.sort_by_key(|&(mark, _)| mark_order(mark));
        for (mark, at) in marks.drain(..) {
            self.write(mark, at);
        }
        self.marks = marks;
    }

    /// Drops an invisible character; between Latin words a zero-width space still parts them.
    fn invisible(&mut self, ch: char, at: usize) {
        let after_latin = self.text.chars().next_back().is_some_and(|last| !is_thai(last));
        if ch == ZERO_WIDTH_SPACE && after_latin && self.marks.is_empty() {
            self.push(' ', at);
        }
    }

    /// Composes and lower-cases the run of neither ASCII nor Thai that begins at `start` (an ASCII
    /// letter may open it, to meet its accent), grapheme cluster by grapheme cluster.
    fn compose(&mut self, original: &str, start: usize, rest: &mut Peekable<impl Iterator<Item = (usize, char)>>) {
        let of_run = |ch| matches!(kind(plain(ch)), Kind::Other | Kind::Invisible);
        while rest.next_if(|&(_, next)| of_run(next)).is_some() {}
        let end = rest.peek().map_or(original.len(), |&(at, _)| at);
        let seen = original[start..end].char_indices().filter(|&(_, ch)| !is_invisible(ch));
        let (run, origins) = with_origins(seen.map(|(at, ch)| (at, plain(ch))), start);
        let mut from = 0;
        for to in GraphemeClusterSegmenter::new().segment_str(&run).skip(1) {
            let cluster = &run[from..to];
            let composed = nfc(&CaseMapper::new().fold_string(&nfc(cluster)));
            let is_as_typed = composed == cluster;
            for (at, ch) in composed.char_indices() {
                let origin = if is_as_typed { from + at } else { from };
                self.push(ch, origins[origin]);
            }
            from = to;
        }
    }
}

/// A character that is not seen and carries no meaning within a word: soft hyphen, zero-width
/// space and joiners, direction marks, word joiner, byte order mark.
pub fn is_invisible(ch: char) -> bool {
    matches!(ch, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn nfc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}

/// The characters as a string, with the original offset that each byte of it belongs to.
fn with_origins(chars: impl Iterator<Item = (usize, char)>, start: usize) -> (String, Vec<usize>) {
    let (mut run, mut origins) = (String::new(), Vec::new());
    for (at, ch) in chars {
        run.push(ch);
        origins.resize(run.len(), start + at);
    }
    (run, origins)
}

fn mark_order(mark: char) -> u8 {
    match mark {
        SARA_AM => 2,
        _ if is_tone(mark) || mark == THANTHAKHAT => 1,
        _ => 0,
    }
}

fn ascii_digit(thai: char) -> char {
    let value = u32::from(thai) - u32::from('๐');
    char::from_digit(value, 10).unwrap_or(thai)
}

/// Full-width forms, typographic quotes, dashes and wide spaces as the keyboard has them; all else as it is.
fn plain(ch: char) -> char {
    match ch {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => ' ',
        _ => ch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::sara_e_twice("เเม่", "แม่")]
    #[case::nikhahit_and_aa("นํา", "นำ")]
    #[case::nikhahit_tone_aa("นํ้า", "น้ำ")]
    #[case::tone_nikhahit_aa("น้ํา", "น้ำ")]
    #[case::nikhahit_and_sara_am("ทํำ", "ทำ")]
    #[case::sara_am_and_nikhahit("ทำํ", "ทำ")]
    #[case::tone_after_sara_am("นำ้", "น้ำ")]
    #[case::tone_before_vowel("ผู้", "ผู้")]
    #[case::doubled_silencer("คอร์์รัปชัน", "คอร์รัปชัน")]
    #[case::zero_width_space("จัด\u{200B}ซื้อ", "จัดซื้อ")]
    #[case::zero_width_space_in_latin("open\u{200B}data", "open data")]
    #[case::zero_width_inside_a_cluster("ที\u{200D}่", "ที่")]
    #[case::digits("พ.ศ. ๒๕๖๗", "พ.ศ. 2567")]
    #[case::lakkhangyao("มๅก", "มาก")]
    #[case::lakkhangyao_kept("ฤๅษี", "ฤๅษี")]
    #[case::tone_marks_stay("ส่วย", "ส่วย")]
    #[case::latin("Café OPEN’s", "café open's")]
    #[case::decomposed("Cafe\u{301}", "café")]
    #[case::full_width("ＡＢＣ１２３\u{3000}（ก）", "abc123 (ก)")]
    #[case::full_width_with_an_accent("ｅ\u{301}", "é")]
    #[case::quotes("“open” ‘data’", "\"open\" 'data'")]
    #[case::dashes("2565–2567 — e‑GP", "2565-2567 - e-gp")]
    #[case::case_folding("Straße ΣΑΣ", "strasse σασ")]
    #[case::drawn_out_consonant("มากกกกกจริง", "มากจริง")]
    #[case::drawn_out_at_the_end("มากกก นะ", "มาก นะ")]
    #[case::glittering("แวววาวคะแนนนิยม", "แวววาวคะแนนนิยม")]
    #[case::an_abbreviation_of_like_letters("สสส. ของ ททท", "สสส. ของ ททท")]
    #[case::drawn_out_vowels("จ้าาาา นะะะ ๆๆๆ", "จ้า นะ ๆ")]
    #[case::drawn_out_latin("sooooo www", "soo www")]
    #[case::digits_are_never_drawn_out("5555", "5555")]
    #[case::sara_e_many_times("เเเเม่", "แม่")]
    #[case::hangul("\u{1112}\u{1161}\u{11AB}", "한")]
    fn typed_forms_become_one(#[case] typed: &str, #[case] expected: &str) {
        assert_eq!(normalize(typed).text(), expected);
    }

    #[test]
    fn offsets_lead_back_to_the_original() {
        let original = "X เเม่นํ้า\u{200B}ไทย";
        let normalized = normalize(original);
        let start = normalized.text().find("น้ำ").expect("the word is there");
        let range = normalized.original_range(start..start + "น้ำ".len());
        assert_eq!(&original[range], "นํ้า\u{200B}");
    }

    fn typed_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof!["[ก-๛]{1,6}", "[a-zA-Zé\u{301}İ. ]{1,4}", any::<String>(), "[\u{200B}-\u{200F}]"];
        let piece = prop_oneof![piece, "ก{1,6}|า{1,4}|เ{1,6}|[แท]{1,4}|a{1,7}|[Ａ-Ｚ“–’]{1,3}"];
        prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(text in typed_text()) {
            let once = normalize(&text);
            let twice = normalize(once.text());
            prop_assert_eq!(once.text(), twice.text());
        }

        #[test]
        fn every_character_maps_to_character_boundaries_in_order(text in typed_text()) {
            let normalized = normalize(&text);
            let mut last = 0;
            for (start, ch) in normalized.text().char_indices() {
                let range = normalized.original_range(start..start + ch.len_utf8());
                prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                prop_assert!(last <= range.start && range.start <= range.end);
                last = range.start;
            }
        }
    }
}
