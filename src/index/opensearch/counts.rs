//! How many documents have each word, kept as what each batch changes of it.
//!
//! OpenSearch lists the words of an index by reading all documents into its memory. Instead whoever writes counts what it
//! adds and what that replaces, and adds the counts to those that are kept with the commit; see [`words`](super::words).

use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use fst::map::OpBuilder;
use fst::{Map, MapBuilder, Streamer};
use serde_json::{Map as Fields, Value};

use super::error::ClusterError;
use super::schema::NO_TERM;
use crate::index::Field;
use crate::index::cut_text::{NEXT_PLACE, SAME_PLACE};

/// So many words are counted before they are packed.
const MOST_LOOSE: usize = 500_000;
/// Ends a word in a key: it is in no word, and comes before all that words have.
const END: char = '\u{1F}';

/// Counts that are packed: to each word with a field, see [`write_key`], by how much the number of its documents changes.
pub(super) type Packed = Map<Vec<u8>>;

/// What a batch changes in the number of documents that have a word.
#[derive(Default)]
pub(super) struct Counts {
    loose: HashMap<String, i64>,
    packed: Vec<Packed>,
}

impl Counts {
    /// Counts the words of a document `by` as much, its fields as they are stored.
    pub(super) fn add(&mut self, document: &Fields<String, Value>, by: i64) {
        let mut key = String::new();
        for field in Field::WORDS {
            let text = document.get(field.name()).and_then(Value::as_str).unwrap_or_default();
            let words: HashSet<&str> = text.split([NEXT_PLACE, SAME_PLACE]).collect();
            for word in words.into_iter().filter(|word| ![NO_TERM, Field::NOTHING, ""].contains(word)) {
                write_key(&mut key, word, field);
                // Most words are known.
                match self.loose.get_mut(&key) {
                    Some(count) => *count += by,
                    None => drop(self.loose.insert(key.clone(), by)),
                }
            }
        }
    }

    /// Counts all that `others` have too.
    ///
    /// # Errors
    /// As [`Counts::pack`].
    pub(super) fn merge(&mut self, others: Counts) -> Result<(), ClusterError> {
        self.packed.extend(others.packed);
        for (key, by) in others.loose {
            *self.loose.entry(key).or_default() += by;
        }
        if self.loose.len() >= MOST_LOOSE { self.put_away() } else { Ok(()) }
    }

    /// All counts in one.
    ///
    /// # Errors
    /// [`ClusterError::Answer`] if they cannot be packed, which would be a defect.
    pub(super) fn pack(mut self) -> Result<Packed, ClusterError> {
        self.put_away()?;
        match self.packed.pop() {
            Some(packed) if self.packed.is_empty() => Ok(packed),
            last => sum(&self.packed.iter().chain(&last).collect::<Vec<_>>()),
        }
    }

    /// Packs what is loose. What is packed grows by twice and more, so that no word is packed often.
    fn put_away(&mut self) -> Result<(), ClusterError> {
        let mut loose: Vec<(String, i64)> = self.loose.drain().filter(|(_, by)| *by != 0).collect();
        loose.sort_unstable();
        let sorted = loose.into_iter().map(|(key, by)| (key, value(by)));
        let mut packed = Map::from_iter(sorted).map_err(|error| defect(&error))?;
        while let Some(before) = self.packed.pop_if(|before| is_outgrown(before.len(), packed.len())) {
            packed = sum(&[&before, &packed])?;
        }
        self.packed.push(packed);
        Ok(())
    }
}

/// Whether counts are so few beside those that are added that both are put into one.
pub(super) fn is_outgrown(before: usize, added: usize) -> bool {
    before < added.saturating_mul(2)
}

/// The sums of several counts, without those that come to nothing.
///
/// # Errors
/// As [`Counts::pack`].
pub(super) fn sum(parts: &[&Packed]) -> Result<Packed, ClusterError> {
    let mut builder = MapBuilder::memory();
    let mut packed = Ok(());
    each_sum(parts, |key, by| {
        if packed.is_ok() && by != 0 {
            packed = builder.insert(key, value(by));
        }
    });
    packed.and_then(|()| built(builder)).map_err(|error| defect(&error))
}

/// Gives each word that some of `fields` have in any document to `read`, in order, with the number of documents that have
/// it in the field where most do.
pub(super) fn each_word(parts: &[Arc<Packed>], fields: &[Field], mut read: impl FnMut(&str, u64)) {
    let wanted: Vec<u8> = fields.iter().map(|field| letter(*field)).collect();
    let (mut word, mut most) = (Vec::new(), 0);
    let mut told = |word: &[u8], most: u64| {
        if let (Ok(word), 1..) = (std::str::from_utf8(word), most) {
            read(word, most);
        }
    };
    each_sum(&parts.iter().map(|part| &**part).collect::<Vec<_>>(), |key, documents| {
        let [of_key @ .., _, field] = key else { return };
        if of_key != word {
            told(&word, most);
            (word, most) = (of_key.to_owned(), 0);
        }
        if wanted.contains(field) {
            most = most.max(documents.try_into().unwrap_or_default());
        }
    });
    told(&word, most);
}

fn each_sum(parts: &[&Packed], mut read: impl FnMut(&[u8], i64)) {
    let mut union = parts.iter().fold(OpBuilder::new(), |union, part| union.add(*part)).union();
    while let Some((key, values)) = union.next() {
        read(key, values.iter().map(|value| by(value.value)).sum());
    }
}

fn built(builder: MapBuilder<Vec<u8>>) -> fst::Result<Packed> {
    builder.into_inner().and_then(Map::new)
}

/// What is not what it must be.
fn defect(error: &fst::Error) -> ClusterError {
    ClusterError::Answer { status: 0, reason: format!("counts of words: {error}") }
}

/// By word, and then by field.
fn write_key(key: &mut String, word: &str, field: Field) {
    key.clear();
    key.push_str(word);
    key.push(END);
    key.push(char::from(letter(field)));
}

/// The place of a field among [`Field::WORDS`], as a letter.
fn letter(field: Field) -> u8 {
    Field::WORDS.iter().position(|of| *of == field).map_or(b'~', |at| b'A' + at as u8)
}

/// Numbers with a sign as those without, small ones small ("zigzag", as in Protocol Buffers).
fn value(by: i64) -> u64 {
    ((by << 1) ^ (by >> 63)).cast_unsigned()
}

fn by(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(title: &str, body: &str) -> Fields<String, Value> {
        let fields = json!({ "title": title, "body": body, "authors": "x" });
        fields.as_object().expect("an object").clone()
    }

    fn words(parts: Vec<Packed>, fields: &[Field]) -> Vec<String> {
        let parts: Vec<Arc<Packed>> = parts.into_iter().map(Arc::new).collect();
        let mut words = Vec::new();
        each_word(&parts, fields, |word, count| words.push(format!("{word} {count}")));
        words
    }

    #[test]
    fn a_word_counts_once_in_a_document_and_where_most_have_it() {
        let mut counts = Counts::default();
        counts.add(&document("open-data", "open|opened - open data"), 1);
        counts.add(&document(Field::NOTHING, "open"), 1);
        let packed = counts.pack().expect("packed");
        assert_eq!(words(vec![packed.clone()], &Field::WORDS), ["data 1", "open 2", "open-data 1", "opened 1"]);
        assert_eq!(words(vec![packed], &Field::WORDS[..2]), ["open-data 1"]);
    }

    #[test]
    fn what_is_replaced_counts_no_more() {
        let counted = |by: &[(&str, i64)]| {
            let mut counts = Counts::default();
            by.iter().for_each(|(body, by)| counts.add(&document("", body), *by));
            counts.pack().expect("packed")
        };
        let (before, after) = (counted(&[("a b", 1), ("b", 1)]), counted(&[("b c", 1), ("a b", -1)]));
        let both = sum(&[&before, &after]).expect("summed");
        assert_eq!(both.len(), 2);
        for parts in [vec![before, after], vec![both]] {
            assert_eq!(words(parts, &Field::WORDS), ["b 2", "c 1"]);
        }
    }

    #[test]
    fn packed_counts_are_those_that_were_added() {
        let mut counts = Counts::default();
        for number in 0..1_000 {
            let mut more = Counts::default();
            more.add(&document("", &format!("all word{}", number % 10)), 1);
            counts.merge(more).expect("merged");
            if number % 100 == 0 {
                counts.put_away().expect("packed");
            }
        }
        let all = words(vec![counts.pack().expect("packed")], &Field::WORDS);
        assert_eq!((all.len(), all[0].as_str(), all[10].as_str()), (11, "all 1000", "word9 100"));
    }

    #[test]
    fn numbers_keep_their_sign() {
        for number in [0, 1, -1, 63, -64, i64::MAX, i64::MIN] {
            assert_eq!(by(value(number)), number);
        }
        assert!(value(-3) < 8);
    }
}
