//! The words of an index with their document counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::io::{self, Write};

use bytes::{Buf, Bytes};
use fst::raw::Output;
use fst::{IntoStreamer, Map, MapBuilder, Streamer};

use super::distance::{Matrix, Row};
use super::likeness::Cost;
use super::walk::walk;
use crate::text::parts;

/// Words, each with the number of documents that have it. In memory it is a finite-state transducer, about as
/// large as the words written once with their common beginnings and ends left out; or it stays in a file.
pub struct Vocabulary {
    words: Map<Bytes>,
    /// The sum of all counts.
    total: u64,
}

/// Words that begin alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completions {
    /// The words with their document counts.
    pub words: Vec<(String, u64)>,
    /// Whether there are more.
    pub truncated: bool,
}

impl Vocabulary {
    /// The vocabulary of these words (normalised, lower case), in any order. The counts of a word given twice are
    /// added up.
    pub fn new(words: impl IntoIterator<Item = (String, u64)>) -> Vocabulary {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (word, count) in words {
            let sum = counts.entry(word).or_default();
            *sum = sum.saturating_add(count);
        }
        let mut builder = VocabularyBuilder::new();
        counts.iter().for_each(|(word, count)| builder.add(word, *count));
        builder.finish()
    }

    /// Writes all of it, for [`Vocabulary::take`].
    pub(crate) fn put(&self, to: &mut dyn Write) -> io::Result<()> {
        parts::put(to, &self.total.to_le_bytes())?;
        parts::put(to, self.words.as_fst().as_bytes())
    }

    /// Takes what [`Vocabulary::put`] wrote off `bytes`; `None` where that is not what they begin with.
    pub(crate) fn take(bytes: &mut Bytes) -> Option<Vocabulary> {
        let total = parts::take(bytes)?.try_get_u64_le().ok()?;
        Some(Vocabulary { words: Map::new(parts::take(bytes)?).ok()?, total })
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The number of documents that have `word`; 0 for a word that is not there.
    pub fn count(&self, word: &str) -> u64 {
        self.words.get(word).unwrap_or(0)
    }

    /// The words that `text` begins with: their bytes and their counts.
    pub(super) fn beginnings(&self, text: &str) -> impl Iterator<Item = (usize, u64)> {
        let words = self.words.as_fst();
        let mut reached = Some((words.root(), Output::zero()));
        let steps = text.bytes().zip(1..).map_while(move |(byte, length)| {
            let (node, output) = reached?;
            let transition = node.transition(node.find_input(byte)?);
            let (next, output) = (words.node(transition.addr), output.cat(transition.out));
            reached = Some((next, output));
            Some((length, next.is_final().then(|| output.cat(next.final_output()).value())))
        });
        steps.filter_map(|(length, count)| Some((length, count?)))
    }

    /// Calls `visit` with every word and its count, in the order of their bytes.
    pub fn each(&self, mut visit: impl FnMut(&str, u64)) {
        let mut words = self.words.stream();
        while let Some((word, count)) = words.next() {
            if let Ok(word) = str::from_utf8(word) {
                visit(word, count);
            }
        }
    }

    /// Calls `visit` with all words near a beginning of `typed` (see [`walk`]).
    pub(super) fn near(&self, typed: &[char], limit: Cost, visit: impl FnMut(&str, u64, &Row)) {
        walk(self.words.as_fst(), Matrix::new(typed, limit), visit);
    }

    /// How rare a word of so many documents is: the natural logarithm of its part in all words.
    pub(super) fn rareness(&self, count: u64) -> f64 {
        ((self.total as f64 + 1.0) / (count as f64 + 1.0)).ln()
    }

    /// The `most` most frequent words that begin with `prefix`, by falling count and then in the order of their
    /// bytes. If `prefix` is a word itself, it comes first, whatever its count, and is one of the `most`.
    ///
    /// Reads all words that begin so.
    pub fn completions(&self, prefix: &str, most: usize) -> Completions {
        let itself = self.words.get(prefix).map(|count| (prefix.to_owned(), count));
        let room = most.saturating_sub(usize::from(itself.is_some()));
        let mut longer = self.words.range().gt(prefix).into_stream();
        let mut best = BinaryHeap::new();
        let mut seen = usize::from(itself.is_some());
        while let Some((word, count)) = longer.next().filter(|(word, _)| word.starts_with(prefix.as_bytes())) {
            seen += 1;
            // Words come in order: of equally frequent ones those before are better.
            if best.len() < room || best.peek().is_some_and(|Reverse((least, _))| *least < count) {
                best.push(Reverse((count, Reverse(word.to_vec()))));
            }
            if best.len() > room {
                best.pop();
            }
        }
        let longer = best
            .into_sorted_vec()
            .into_iter()
            .filter_map(|Reverse((count, Reverse(word)))| Some((String::from_utf8(word).ok()?, count)));
        Completions { words: itself.into_iter().chain(longer).take(most).collect(), truncated: seen > most }
    }
}

/// Takes words one after the other.
pub struct VocabularyBuilder {
    words: MapBuilder<Vec<u8>>,
    total: u64,
}

impl VocabularyBuilder {
    /// No words yet.
    #[expect(clippy::new_without_default, reason = "an empty one is of no use by itself")]
    pub fn new() -> VocabularyBuilder {
        VocabularyBuilder { words: MapBuilder::memory(), total: 0 }
    }

    /// Adds a word that comes after all others in the order of their bytes. Another one is left out.
    pub fn add(&mut self, word: &str, count: u64) {
        if self.words.insert(word, count).is_ok() {
            self.total = self.total.saturating_add(count);
        }
    }

    /// All words that were added.
    pub fn finish(self) -> Vocabulary {
        let words = self.words.into_map().map_data(Bytes::from).expect("it was a map before");
        Vocabulary { words, total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[(&str, u64)]) -> Vocabulary {
        Vocabulary::new(words.iter().map(|&(word, count)| (word.to_owned(), count)))
    }

    #[test]
    fn counts_of_a_word_given_twice_are_added_up() {
        let words = vocabulary(&[("b", 1), ("a", 2), ("b", 3)]);
        assert_eq!((words.len(), words.count("a"), words.count("b"), words.count("c")), (2, 2, 4, 0));
    }

    #[test]
    fn an_empty_vocabulary_has_no_completions() {
        let words = vocabulary(&[]);
        assert!(words.is_empty());
        assert_eq!(words.completions("b", 3), Completions::default());
    }

    #[test]
    fn the_most_frequent_completions_come_first_after_the_prefix_itself() {
        let words = vocabulary(&[("bud", 1), ("budget", 5), ("bud get", 9), ("buddha", 5), ("bug", 99)]);
        let complete = |most| {
            let Completions { words, truncated } = words.completions("bud", most);
            (words.into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(","), truncated)
        };
        assert_eq!(complete(4), ("bud,bud get,buddha,budget".to_owned(), false));
        assert_eq!(complete(3), ("bud,bud get,buddha".to_owned(), true));
        assert_eq!(complete(0), (String::new(), true));
    }
}
