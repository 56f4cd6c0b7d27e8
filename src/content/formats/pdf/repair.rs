//! Thai as files of PDF hold it, put right: marks where they belong, no spaces within syllables, letters for the glyphs of
//! old fonts.
//!
//! A PDF has glyphs with places, not text. Programs that write and read it lose the order of marks, take the room that a mark
//! has for a space, or name glyphs by numbers of their own. Every rule here mends what cannot be Thai, whoever made it, so that
//! text without such faults stays as it is.

use super::glyphs;

/// The vowel that is written as a ring and า: ํา, or with a tone between ํ้า.
const SARA_AM: char = 'ำ';
const NIKHAHIT: char = 'ํ';
const SARA_AA: char = 'า';
const MAI_HAN_AKAT: char = 'ั';
/// Taller fonts have no glyph for แ and write it as two of these.
const SARA_E: char = 'เ';

/// A text of one line or paragraph, put right.
pub(super) fn repair(text: &str) -> String {
    let mut mended = Mended::default();
    for ch in glyphs::letters(text) {
        mended.take(ch);
    }
    mended.finish()
}

/// Whether `ch` is written above or below the letter before it.
pub(super) fn is_mark(ch: char) -> bool {
    is_vowel_mark(ch) || is_top_mark(ch)
}

/// Marks next to the letter: vowels, the ring, and the shortener.
fn is_vowel_mark(ch: char) -> bool {
    matches!(ch, MAI_HAN_AKAT | 'ิ'..='ฺ' | '็' | NIKHAHIT)
}

/// Marks on top of these: tones, and the sign of a silent letter.
fn is_top_mark(ch: char) -> bool {
    matches!(ch, '่'..='์' | '๎')
}

fn is_tone(ch: char) -> bool {
    matches!(ch, '่'..='๋')
}

/// Whether `ch` is a vowel that stands after its consonant, so that no word begins with it.
fn is_following_vowel(ch: char) -> bool {
    matches!(ch, 'ะ' | SARA_AA | SARA_AM | 'ๅ')
}

/// Whether `ch` is a vowel that stands before its consonant, so that no word ends with it.
fn is_leading_vowel(ch: char) -> bool {
    matches!(ch, SARA_E..='ไ')
}

pub(super) fn is_consonant(ch: char) -> bool {
    matches!(ch, 'ก'..='ฮ')
}

/// What is written so far, without faults.
#[derive(Default)]
struct Mended {
    text: Vec<char>,
}

impl Mended {
    fn take(&mut self, ch: char) {
        match ch {
            ch if ch.is_whitespace() => self.space(),
            ch if is_mark(ch) => self.mark(ch),
            ch if is_following_vowel(ch) => self.following_vowel(ch),
            SARA_E if self.text.last() == Some(&SARA_E) => self.replace_last('แ'),
            ch => self.letter(ch),
        }
    }

    fn space(&mut self) {
        if self.text.last().is_some_and(|&last| last != ' ') {
            self.text.push(' ');
        }
    }

    /// A space between a vowel that needs a final consonant and that consonant is the room of a mark: เป็ น, ทั้ ง, ไ ป.
    fn letter(&mut self, ch: char) {
        if is_consonant(ch) && self.text.last() == Some(&' ') && self.wants_consonant() {
            self.text.pop();
        }
        self.text.push(ch);
    }

    fn wants_consonant(&self) -> bool {
        let mut before = self.text.iter().rev().skip(1).copied().skip_while(|&ch| is_tone(ch));
        match before.next() {
            Some('็') => before.next() != Some('ก'), // ก็ is the one word that ends so
            Some(MAI_HAN_AKAT | 'ื') => true,
            Some(ch) => is_leading_vowel(ch) && self.text.iter().rev().nth(1) == Some(&ch),
            None => false,
        }
    }

    /// A mark goes to the letter before it, below the marks that belong above it.
    fn mark(&mut self, mark: char) {
        self.close_up();
        if is_tone(mark) && self.is_after_short_a() {
            let at = self.text.len() - 1;
            return self.text.insert(at, mark);
        }
        let on_top = self.text.iter().rev().take_while(|&&ch| is_vowel_mark(mark) && is_top_mark(ch)).count();
        let at = self.text.len() - on_top;
        // Marks that are drawn twice are read twice.
        if self.text[..at].last() != Some(&mark) {
            self.text.insert(at, mark);
        }
    }

    /// Whether a consonant ends that closes a syllable with ั: its tone was left behind, as in ทัง้ for ทั้ง.
    fn is_after_short_a(&self) -> bool {
        let mut before = self.text.iter().rev();
        before.next().is_some_and(|&ch| is_consonant(ch)) && before.next() == Some(&MAI_HAN_AKAT)
    }

    fn following_vowel(&mut self, vowel: char) {
        self.close_up();
        let tones = self.text.iter().rev().take_while(|&&ch| is_tone(ch)).count();
        let ring = (self.text.len() - tones).checked_sub(1).filter(|&at| self.text[at] == NIKHAHIT);
        match ring {
            Some(at) if matches!(vowel, SARA_AA | SARA_AM) => {
                self.text.remove(at);
                self.text.push(SARA_AM);
            }
            // The tail of ำ that is there twice, as from a font that draws it in two parts.
            _ if vowel == SARA_AA && self.text.last() == Some(&SARA_AM) => {}
            _ => self.text.push(vowel),
        }
    }

    /// Takes away spaces after Thai, where something comes that belongs to the letter before.
    fn close_up(&mut self) {
        let spaces = self.text.iter().rev().take_while(|&&ch| ch == ' ').count();
        let end = self.text.len() - spaces;
        let belongs = |&ch: &char| is_consonant(ch) || is_mark(ch);
        if self.text[..end].last().is_some_and(belongs) {
            self.text.truncate(end);
        }
    }

    fn replace_last(&mut self, ch: char) {
        self.text.pop();
        self.text.push(ch);
    }

    fn finish(mut self) -> String {
        while self.text.last() == Some(&' ') {
            self.text.pop();
        }
        self.text.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::sara_am_in_two("ท\u{E4D}างาน น\u{E4D}\u{E49}า", "ทำงาน น้ำ")]
    #[case::sara_am_with_a_space("ท ํา ค ํ่า", "ทำ ค่ำ")]
    #[case::sara_am_with_its_tone_first("น\u{E49}\u{E4D}า", "น้ำ")]
    #[case::sara_am_with_its_tail_twice("ทำางาน", "ทำงาน")]
    #[case::tone_before_vowel("ท\u{E48}\u{E35} ก\u{E48}\u{E35} สู\u{E49}", "ที่ กี่ สู้")]
    #[case::mark_twice("ที่\u{E48}", "ที่")]
    #[case::tone_left_behind("ทัง\u{E49}หมด ตัง\u{E49}", "ทั้งหมด ตั้ง")]
    #[case::space_before_a_mark("ป \u{E49}า", "ป้า")]
    #[case::space_before_a_vowel("ป้ า น้ อ น่ ะ", "ป้า น้ อ น่ะ")]
    #[case::space_after_short_a("ฟั ง ทั้ ง ฉั น", "ฟัง ทั้ง ฉัน")]
    #[case::space_after_a_shortener("เป็ น เห็ นว่า", "เป็น เห็นว่า")]
    #[case::space_after_a_leading_vowel("ไ ปโ รงเ รียน", "ไปโรงเรียน")]
    #[case::two_e_for_ae("เเละเเม่", "และแม่")]
    #[case::spaces("  ก   ข\u{A0}ค ", "ก ข ค")]
    #[case::glyphs_of_old_fonts("ท\u{F70A}\u{E35}น\u{F70B}\u{E4D}า", "ที่น้ำ")]
    fn faults_of_thai_are_mended(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(repair(text), expected);
    }

    /// Two spaces and marks in an order of their own are all that may change.
    #[rstest]
    #[case("ใคร ๆ ก็ ว่า เขาก็ น่ารัก ฯลฯ")]
    #[case("วันก่อน ตัวต่อ สักน้อย ปัจจุบัน ศักดิ์สิทธิ์ พระบรมราชินีนาถ ฤๅษี")]
    #[case("น้ำท่วม กระทำ ซ้ำ ๆ ผู้ว่าฯ กทม. พ.ศ. 2567 (ค.ศ. 2024)")]
    #[case("e-bidding of 1,250,000 baht – \"open data\" [1]")]
    #[case("เงิน ไม่ เข้า ใคร แต่ โอน ใน ไทย")]
    fn what_is_right_stays_as_it_is(#[case] text: &str) {
        assert_eq!(repair(text), text);
    }

    #[test]
    fn the_articles_stay_as_they_are() {
        let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let files = walkdir::WalkDir::new(corpus).into_iter().filter_map(Result::ok);
        let texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
        let mut lines = 0;
        for line in texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()) {
            let plain: String = line.split_whitespace().collect::<Vec<_>>().join(" ");
            // What authors wrote in another order counts as mended.
            let written = repair(&plain);
            lines += usize::from(written != plain);
            assert_eq!(crate::text::normalize(&written).text(), crate::text::normalize(&plain).text(), "{plain}");
        }
        assert!(lines < 60, "{lines} lines changed");
    }

    proptest! {
        #[test]
        fn a_text_is_mended_once(text in "([ก-๛]{1,6}|[a-z]{1,3}|[ \u{F700}-\u{F71A}]){0,20}") {
            let mended = repair(&text);
            prop_assert_eq!(repair(&mended), mended);
        }
    }
}
