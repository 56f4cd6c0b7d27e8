//! How well a text was read: whether it is language, or what fonts make of it that do not tell what their glyphs are.

use serde::{Deserialize, Serialize};

use super::glyphs::{is_private, stray_marks};
use super::repair::is_mark;
use crate::text::{ThaiSegmenter, normalize};

/// A text with a lower score is not indexed. Articles that were read right have .97 and more; the same without their marks, with
/// unknown glyphs for them, or with other letters for theirs have .53 and less.
pub(super) const LOWEST: f64 = 0.8;

/// Words with so many breaks are none.
const MOST_BREAKS: usize = 4;

/// What a text consists of. All but the first count characters that are not spaces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Quality {
    /// Characters of the text.
    pub(super) characters: usize,
    /// Glyphs that nobody knows.
    pub(super) private: usize,
    /// Marks that no letter carries.
    pub(super) stray: usize,
    /// Letters of Thai.
    pub(super) thai: usize,
    /// Letters of Thai in words that no dictionary has.
    pub(super) unknown: usize,
    /// Signs that are neither letters nor digits, beside the punctuation of sentences.
    pub(super) signs: usize,
    /// Characters of Latin words that are none, with signs and digits within and small letters before large ones.
    pub(super) odd: usize,
}

impl Quality {
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Quality {
        let segmenter = ThaiSegmenter::new([]);
        let mut quality = Quality::default();
        texts.into_iter().for_each(|text| quality.add(text, &segmenter));
        quality
    }

    fn add(&mut self, text: &str, segmenter: &ThaiSegmenter) {
        let count = |is: &dyn Fn(char) -> bool| text.chars().filter(|&ch| is(ch)).count();
        self.characters += count(&|ch| !ch.is_whitespace());
        self.private += count(&is_private);
        self.stray += stray_marks(text, is_mark);
        self.signs += count(&is_sign);
        self.odd += text.split_whitespace().filter(|word| is_odd(word)).map(|word| word.chars().count()).sum::<usize>();
        let normalized = normalize(text);
        for run in normalized.text().split(|ch| !is_thai(ch)).filter(|run| !run.is_empty()) {
            segmenter.cut(run, |range, cut| {
                let letters = run[range].chars().count();
                self.thai += letters;
                self.unknown += if cut.is_known() { 0 } else { letters };
            });
        }
    }

    /// The share of characters that are as in texts that are read right; 0 for no text. A stray mark counts for the syllable
    /// that it is missing in.
    pub(super) fn score(&self) -> f64 {
        let bad = self.private + 4 * self.stray + self.unknown + self.signs + self.odd;
        if self.characters == 0 { 0.0 } else { (1.0 - bad as f64 / self.characters as f64).max(0.0) }
    }

    pub(super) fn is_poor(&self) -> bool {
        self.score() < LOWEST
    }

    /// What is wrong with a poor text, to people.
    pub(super) fn told(&self) -> String {
        let share = |part: usize, of: usize| (100 * part).checked_div(of).unwrap_or(0);
        format!(
            "{} % of its glyphs are unknown, {} % are signs or in words that are none, {} marks stand alone, {} % of its Thai is \
             in no dictionary",
            share(self.private, self.characters),
            share(self.signs + self.odd, self.characters),
            self.stray,
            share(self.unknown, self.thai)
        )
    }
}

fn is_thai(ch: char) -> bool {
    matches!(ch, 'ก'..='ฺ' | 'เ'..='๎')
}

/// Text in the wrong encoding is full of these.
fn is_sign(ch: char) -> bool {
    let is_of_sentences = ".,;:!?'\"()[]-–—/%&“”‘’…•*+=ๆฯ฿".contains(ch);
    !(ch.is_alphanumeric() || ch.is_whitespace() || is_mark(ch) || is_private(ch) || is_of_sentences)
}

/// Thai whose font has Latin letters, digits and signs for its own is full of these, without spaces.
fn is_odd(word: &str) -> bool {
    let is_address = word.contains("://") || word.contains('@') || word.contains("www.");
    let is_latin = word.chars().any(|ch| ch.is_ascii_alphabetic()) && word.is_ascii();
    is_latin && !is_address && breaks(word) >= MOST_BREAKS
}

/// How often a word goes from one kind of character to another, as words of a language do not.
fn breaks(word: &str) -> usize {
    let is_break = |(one, other): (char, char)| match (one, other) {
        (one, other) if one.is_ascii_lowercase() && other.is_ascii_uppercase() => true,
        (one, other) if one.is_ascii_alphabetic() => other.is_ascii_digit() || is_foreign(other),
        (one, other) => (one.is_ascii_digit() || is_foreign(one)) && other.is_ascii_alphabetic(),
    };
    word.chars().zip(word.chars().skip(1)).filter(|&pair| is_break(pair)).count()
}

/// Signs that stand within no words.
fn is_foreign(sign: char) -> bool {
    sign.is_ascii_punctuation() && !"-'.,/()_&:;\"".contains(sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::thai("กรมบัญชีกลางประกาศหลักเกณฑ์การจัดซื้อจัดจ้าง พ.ศ. 2567 เมื่อวันที่ 3 มิถุนายน")]
    #[case::names("นายสมชาย ใจดี และนางสาวพรทิพย์ ศรีสุข ผู้อำนวยการกองคลัง เทศบาลตำบลบ้านไร่ดอน")]
    #[case::english("The committee approved 1,250,000 baht (12%) for e-bidding on 3 June 2024.")]
    #[case::codes(
        "See ISO37002:2021, e-GP, COVID-19, iPhone15Pro, H2O and https://hub.example.org/a?b=C1&d=E2 (p. 3)."
    )]
    #[case::table("งบซ่อมถนน 1,250,000 12.5% งบท่อระบายน้ำ 830,000 8.3%")]
    fn what_is_read_right_is_indexed(#[case] text: &str) {
        assert!(!Quality::of([text]).is_poor(), "{:?}", Quality::of([text]));
    }

    #[rstest]
    #[case::nothing("")]
    #[case::private_use("\u{F0E1}\u{F0E2}\u{F0E3} กา \u{F0E4}\u{F0E5}")]
    #[case::stray_marks("ก ่า ี ้ น ื่ ่ ้ ์ ท ี ่")]
    #[case::letters_in_disorder("กนถจรบซผฉ ฬทฑธฆฎ ฮฌฐฏฎษ ฤฦฃฅญ")]
    #[case::latin_for_thai("A3q'K!mZ2#pWx7&Lq R9t(E5vB*nS1yH%jC4uD+oF8w ")]
    #[case::signs("!\"#$%&'()*+,-./<=>@^_`{|}~ §¤¦¢£ $%&@ ^^~ |}{")]
    fn what_is_garbled_is_not(#[case] text: &str) {
        assert!(Quality::of([text]).is_poor(), "{:?}", Quality::of([text]));
    }
}
