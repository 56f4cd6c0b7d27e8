//! A run of Thai to words.

use std::cell::Cell;
use std::ops::Range;

use super::normalize::normalize;
use super::thai::dictionary::Dictionary;
use super::thai::letter::{BYTES, Letter, is_all_thai, letters};
use super::thai::path::{Scratch, Vocabulary, Word};
use super::{cluster, equivalents};

/// The compiled word lists of `src/text/data`.
static GENERAL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/thai.dictionary"));

/// Words that are preferred everywhere.
static WHOLE: &str = include_str!("data/whole.txt");

/// Longer runs are cut piece by piece, to bound memory: nobody writes so much without a space.
const LONGEST_RUN: usize = 4_096 * BYTES;

thread_local! {
    /// Memory of the search that is used again from run to run; [`LONGEST_RUN`] bounds it.
    static SCRATCH: Cell<Scratch> = Cell::default();
}

/// Cuts runs of Thai, which is written without spaces, into words: the cheapest way through a dictionary that is
/// compiled into the program and through words of the site's own.
///
/// Takes normalised text (see [`normalize`]) of Thai characters only.
pub struct ThaiSegmenter {
    general: Option<Dictionary<&'static [u8]>>,
    preferred: Option<Dictionary<Vec<u8>>>,
}

/// What a word of a run is to the segmenter; see [`ThaiSegmenter::parts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut(Word);

impl Cut {
    /// Whether a dictionary has the word.
    pub fn is_known(self) -> bool {
        self.0 != Word::Unknown
    }
}

impl ThaiSegmenter {
    /// A segmenter that prefers `words`, some of the language's own (`data/whole.txt`) and names that are known by an
    /// abbreviation to every other way to cut them.
    /// Takes words as people write them; those that are not Thai throughout are left out, since only Thai needs a
    /// word list.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> ThaiSegmenter {
        let general = Dictionary::from_bytes(GENERAL);
        let words = words.into_iter().map(|word| normalize(word.trim()).text().to_owned());
        // The names too: words of the site within them would cut them.
        let whole = WHOLE.lines().filter(|line| !line.starts_with('#')).chain(equivalents::names());
        let words: Vec<String> = words.chain(whole.map(str::to_owned)).collect();
        let preferred = general.as_ref().and_then(|general| Dictionary::compile_preferred(words, general));
        ThaiSegmenter { general, preferred }
    }

    /// Whether `word` is Thai and in no dictionary.
    pub fn lacks(&self, word: &str) -> bool {
        let word = normalize(word);
        let letters: Vec<Letter> = letters(word.text()).collect();
        is_all_thai(word.text()) && !self.vocabulary().contains(&letters)
    }

    /// Gives each word of `run` to `take`: its bytes in the run and what it is.
    pub fn cut(&self, run: &str, mut take: impl FnMut(Range<usize>, Cut)) {
        let mut scratch = SCRATCH.take();
        let vocabulary = self.vocabulary();
        let mut start = 0;
        while start < run.len() {
            let is_end = |&end: &usize| cluster::is_boundary(run, end);
            let end = (start + LONGEST_RUN..run.len()).step_by(BYTES).find(is_end).unwrap_or(run.len());
            let mut word_start = start;
            for step in vocabulary.cut(&run[start..end], &mut scratch) {
                let word_end = start + step.end * BYTES;
                take(word_start..word_end, Cut(step.word));
                word_start = word_end;
            }
            start = end;
        }
        SCRATCH.set(scratch);
    }

    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { general: self.general.as_ref(), preferred: self.preferred.as_ref() }
    }

    /// Adds to `hasher` all that the cuts depend on beside the rules: the words with their costs.
    pub(super) fn hash(&self, hasher: &mut blake3::Hasher) {
        hasher.update(GENERAL);
        if let Some(preferred) = &self.preferred {
            hasher.update(&preferred.to_bytes());
        }
    }

    /// The shorter words that a compound consists of, and theirs, in bytes from its beginning.
    pub fn parts(&self, cut: Cut) -> impl Iterator<Item = Range<usize>> {
        let (general, preferred) = match cut.0 {
            Word::Unknown => (None, None),
            Word::General(number) => (self.general.as_ref().map(|words| words.parts(number as usize)), None),
            Word::Preferred(number) => (None, self.preferred.as_ref().map(|words| words.parts(number as usize))),
        };
        let letters = general.into_iter().flatten().chain(preferred.into_iter().flatten());
        letters.map(|part| part.start * BYTES..part.end * BYTES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// The words of `run`, with bars between.
    fn cut(segmenter: &ThaiSegmenter, run: &str) -> String {
        let mut words = Vec::new();
        segmenter.cut(run, |range, _| words.push(&run[range]));
        words.join("|")
    }

    #[rstest]
    #[case::open_government_data("ข้อมูลเปิดของรัฐ", "ข้อมูล|เปิด|ของ|รัฐ")]
    #[case::then_he_goes("เขาก็จะไป", "เขา|ก็|จะ|ไป")]
    #[case::good_governance("ธรรมาภิบาลภาครัฐ", "ธรรมาภิบาล|ภาค|รัฐ")]
    #[case::more_than("มากกว่านั้น", "มาก|กว่า|นั้น")]
    #[case::money_laundering("ต่อต้านการฟอกเงิน", "ต่อต้าน|การ|ฟอกเงิน")]
    fn known_words_are_cut_apart(#[case] run: &str, #[case] expected: &str) {
        assert_eq!(cut(&ThaiSegmenter::new([]), run), expected);
    }

    #[test]
    fn nothing_is_cut_into_nothing() {
        assert_eq!(cut(&ThaiSegmenter::new([]), ""), "");
    }

    #[test]
    fn a_word_of_the_site_stays_whole_whatever_it_is_made_of() {
        let run = "ระบบตลาดนัดข้อมูลเปิดใหม่"; // a system named "open data market"
        assert_eq!(cut(&ThaiSegmenter::new([]), run), "ระบบ|ตลาดนัด|ข้อมูล|เปิด|ใหม่");
        assert_eq!(cut(&ThaiSegmenter::new(["ตลาดนัดข้อมูลเปิด"]), run), "ระบบ|ตลาดนัดข้อมูลเปิด|ใหม่");
    }

    #[test]
    fn an_unknown_name_is_not_taken_apart_letter_by_letter() {
        assert_eq!(cut(&ThaiSegmenter::new([]), "ครีมโอเลย์ใหม่"), "ครีม|โอเลย์|ใหม่"); // a brand of cream
    }

    proptest! {
        #[test]
        fn words_joined_are_the_run_and_end_on_cluster_boundaries(run in "[ก-ฺเ-๛]{0,40}") {
            let mut end = 0;
            ThaiSegmenter::new(["จัดซื้อ"]).cut(&run, |range, _| {
                assert_eq!(range.start, end);
                assert!(range.end > range.start && cluster::is_boundary(&run, range.end), "{run} at {}", range.end);
                end = range.end;
            });
            prop_assert_eq!(end, run.len());
        }
    }
}
