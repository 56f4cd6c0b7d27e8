//! A run of Thai to words.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::cluster;

/// Cuts runs of Thai, which is written without spaces, into words.
///
/// Takes normalised text (see [`normalize`](super::normalize())) of Thai characters only.
pub trait Segmenter: Send + Sync {
    /// Adds to `ends` where each word of `run` ends: byte offsets into `run`, ascending, on cluster
    /// boundaries, the last one its length.
    fn cut(&self, run: &str, ends: &mut Vec<usize>);

    /// What the cuts depend on: another dictionary or other rules have another fingerprint.
    fn fingerprint(&self) -> String;
}

/// Cuts along the longest words of the Thai dictionary of ICU.
pub struct DictionarySegmenter {
    icu: WordSegmenterBorrowed<'static>,
}

impl DictionarySegmenter {
    /// A segmenter over the dictionary that is compiled into the binary.
    pub fn new() -> DictionarySegmenter {
        let icu = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        DictionarySegmenter { icu }
    }
}

impl Default for DictionarySegmenter {
    fn default() -> DictionarySegmenter {
        DictionarySegmenter::new()
    }
}

impl Segmenter for DictionarySegmenter {
    fn cut(&self, run: &str, ends: &mut Vec<usize>) {
        // ICU may cut an unknown word inside a cluster.
        let cuts = self.icu.segment_str(run).filter(|&at| at > 0 && cluster::is_boundary(run, at));
        ends.extend(cuts);
    }

    fn fingerprint(&self) -> String {
        "icu_segmenter 2.4 dictionary".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(run: &str, expected: &[&str]) {
        let mut ends = Vec::new();
        DictionarySegmenter::new().cut(run, &mut ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let words: Vec<&str> = starts.zip(&ends).map(|(from, &to)| &run[from..to]).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn known_words_are_cut_apart() {
        check("ข้อมูลเปิดของรัฐ", &["ข้อมูล", "เปิด", "ของ", "รัฐ"]);
        check("เขาก็จะไป", &["เขา", "ก็", "จะ", "ไป"]);
    }

    #[test]
    fn nothing_is_cut_into_nothing() {
        check("", &[]);
    }
}
