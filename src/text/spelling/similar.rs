//! Words near a typed one.

use super::Vocabulary;
use super::distance::{allowed, is_thai_word};
use super::likeness::Cost;

/// No longer word or run is corrected, in characters.
pub const LONGEST: usize = 64;

/// A word near another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// The word.
    pub word: String,
    /// The number of documents that have it.
    pub count: u64,
    /// How far it is, in hundredths of an edit.
    pub cost: Cost,
}

impl Vocabulary {
    /// The `most` nearest words that `word` may have been meant for, never itself: the nearest first, of equally
    /// near ones the most frequent.
    ///
    /// A Latin word of 4 to 7 characters may cost one edit, one of 8 and more two, a shorter one none; so may a
    /// Thai one, but one of 2 or 3 characters may cost half an edit. Nothing is similar to a word of more than 64
    /// characters. Words that are in no document are left out.
    pub fn similar(&self, word: &str, most: usize) -> Vec<Similar> {
        let letters: Vec<char> = word.chars().take(LONGEST + 1).collect();
        let limit = allowed(letters.len(), is_thai_word(&letters));
        if limit == 0 || letters.len() > LONGEST {
            return Vec::new();
        }
        let mut found = Vec::new();
        self.near(&letters, limit, |near, count, row| {
            let cost = row.whole();
            if cost <= limit && count > 0 && near != word {
                found.push(Similar { word: near.to_owned(), count, cost });
            }
        });
        found.sort_by(|one, other| (one.cost, other.count, &one.word).cmp(&(other.cost, one.count, &other.word)));
        found.truncate(most);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::distance::Matrix;
    use super::*;
    use proptest::prelude::*;

    fn similar(words: &[(&str, u64)], typed: &str) -> Vec<String> {
        Vocabulary::new(words.iter().map(|&(word, count)| (word.to_owned(), count)))
            .similar(typed, 10)
            .into_iter()
            .map(|similar| similar.word)
            .collect()
    }

    #[test]
    fn the_nearest_word_comes_first_and_of_equally_near_ones_the_most_frequent() {
        let words = [("budget", 1), ("budgets", 9), ("gadget", 9), ("bugged", 3)];
        assert_eq!(similar(&words, "bugdet"), ["budget"]);
        assert_eq!(similar(&[("tesk", 1), ("tesm", 9), ("test", 5)], "tesp"), ["tesm", "test", "tesk"]);
    }

    #[test]
    fn short_latin_words_and_digits_are_not_changed() {
        assert!(similar(&[("cat", 1), ("cats", 1), ("2568", 1), ("covid-18", 1)], "cut").is_empty());
        assert!(similar(&[("2568", 1), ("2567", 1)], "2569").is_empty());
        assert!(similar(&[("covid-18", 1)], "covid-19").is_empty());
    }

    #[test]
    fn a_short_thai_word_can_differ_by_a_tone() {
        let words = [("ส่วย", 3), ("สวน", 9), ("สาย", 9)]; // bribe, garden, line
        assert_eq!(similar(&words, "สวย"), ["ส่วย"]);
        assert_eq!(similar(&[("กฎ", 1), ("กบ", 9)], "กฏ"), ["กฎ"]); // law
    }

    #[test]
    fn a_word_of_no_document_or_itself_or_too_long_has_nothing_similar() {
        let long = "ก".repeat(LONGEST + 1);
        assert!(similar(&[("budget", 0), ("budgt", 4)], "budgt").is_empty());
        assert!(similar(&[("ก", 1)], &long).is_empty());
    }

    proptest! {
        #[test]
        fn the_walk_misses_no_word_and_adds_none(
            words in prop::collection::btree_map("[abef]{1,6}|[กรัำม่์]{1,6}", 1u64..9, 1..30),
            typed in "[abef]{1,9}|[กรัำม่์]{1,9}",
        ) {
            let letters: Vec<char> = typed.chars().collect();
            let limit = allowed(letters.len(), is_thai_word(&letters));
            let near = |word: &str| {
                let mut matrix = Matrix::new(&letters, limit);
                word.chars().for_each(|ch| { matrix.push(ch); });
                word != typed && matrix.row().whole() <= limit
            };
            let mut expected: Vec<&str> = words.keys().map(String::as_str).filter(|word| near(word)).collect();
            let mut found = Vocabulary::new(words.clone()).similar(&typed, usize::MAX);
            found.sort_by(|one, other| one.word.cmp(&other.word));
            expected.sort_unstable();
            prop_assert_eq!(found.iter().map(|similar| similar.word.as_str()).collect::<Vec<_>>(), expected);
        }
    }
}
