//! Two neighbouring clusters of Thai: what words that are cut or written otherwise still have in common.

use compact_str::CompactString;

use super::thai::cluster::mark_cuts;
use super::thai::letter::{Letter, character, is_thai, letters_of_run};

/// The most letters of a pair. No word has so many in two clusters; what is more is left out.
const MOST_LETTERS: usize = 16;

/// A pair of clusters, with a byte for each letter, so that many are put in order as fast as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gram(u128);

impl Gram {
    fn of(pair: &[Letter]) -> Gram {
        let mut bytes = [0; MOST_LETTERS];
        bytes.iter_mut().zip(pair).for_each(|(byte, letter)| *byte = *letter);
        Gram(u128::from_be_bytes(bytes))
    }

    /// What is indexed and searched.
    pub fn term(self) -> CompactString {
        self.0.to_be_bytes().into_iter().take_while(|&letter| letter != 0).map(character).collect()
    }
}

/// Every two neighbouring clusters of the Thai in a normalised text, in order.
pub(super) fn grams(normalized: &str) -> Vec<Gram> {
    let mut grams = Vec::with_capacity(normalized.len() / 6);
    let (mut letters, mut cuts) = (Vec::new(), Vec::new());
    for run in normalized.split(|ch| !is_thai(ch)).filter(|run| !run.is_empty()) {
        letters.clear();
        letters.extend(letters_of_run(run));
        mark_cuts(&letters, &mut cuts);
        let (mut first, mut second) = (0, None);
        for end in (1..=letters.len()).filter(|&at| cuts[at]) {
            if let Some(second) = second {
                grams.push(Gram::of(&letters[first..end]));
                first = second;
            }
            second = Some(end);
        }
    }
    grams
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let terms: Vec<CompactString> = grams(text).into_iter().map(Gram::term).collect();
        assert_eq!(terms.join(" "), expected, "of {text}");
    }

    #[test]
    fn each_two_neighbours_make_one() {
        check("ทุจริต", "ทุจ จริ ริต");
        check("open ที่ดิน data", "ที่ดิ ดิน");
        check("ก open กข", "กข");
        check("ก", "");
    }

    #[test]
    fn what_is_longer_than_any_word_is_cut_off() {
        let [of_ten, of_sixteen] = [10, 16].map(|count| "ก์".repeat(count));
        check(&format!("ข{of_ten}ค"), &format!("ข{of_ten}ค")[..3 * MOST_LETTERS]);
        assert_eq!(grams(&format!("ข{of_sixteen}ค")).len(), 1);
    }

    #[test]
    fn they_are_ordered_as_their_terms_are() {
        let mut pairs = grams("กฎหมายว่าด้วยการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ");
        pairs.sort_unstable();
        assert!(pairs.iter().map(|pair| pair.term()).is_sorted());
    }
}
