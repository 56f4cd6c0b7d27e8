//! Thai words with their costs and parts, in a form that needs no reading.
//!
//! A double-array trie (the crate `yada`) over letters of one byte leads to the number of a word; costs and
//! parts lie in tables by that number.

use std::collections::BTreeMap;
use std::ops::{Deref, Range};

use yada::DoubleArray;
use yada::builder::DoubleArrayBuilder;

use super::cost::{COHESION, Cost, DEAREST_PARTS, PREFERENCE, UNCOUNTED_WORD};
use super::letter::{Letter, is_all_thai, letters};
use super::path::{Step, Vocabulary, Word};

/// The longest word, in letters: places within it are kept in one byte.
pub const LONGEST: usize = 255;

/// The shortest part, in letters.
const SHORTEST_PART: usize = 2;

/// Where a part begins and ends in its word, in letters.
type Span = [u8; 2];

/// Words, found by their letters. `B` holds the bytes: borrowed from the program, or owned.
pub struct Dictionary<B: Deref<Target = [u8]>> {
    trie: DoubleArray<B>,
    /// Two bytes a word.
    costs: B,
    /// Four bytes a word: where its parts begin in `parts`.
    part_starts: B,
    /// For each compound the number of its parts, and two bytes each: where it begins and ends.
    parts: B,
    /// For each first letter the second letters that words have, as bits: at most places of a text no word of a small
    /// dictionary begins. Empty where that is not worth while.
    beginnings: Vec<u128>,
}

impl Dictionary<&'static [u8]> {
    /// The dictionary that [`Dictionary::to_bytes`] wrote; `None` for other bytes.
    pub fn from_bytes(bytes: &'static [u8]) -> Option<Dictionary<&'static [u8]>> {
        let (sizes, rest) = bytes.split_at_checked(12)?;
        let size = |at: usize| usize::try_from(read_u32(sizes, at)).ok();
        let (trie, rest) = rest.split_at_checked(size(0)?)?;
        let (costs, rest) = rest.split_at_checked(size(1)?)?;
        let (part_starts, parts) = rest.split_at_checked(size(2)?)?;
        Some(Dictionary { trie: DoubleArray::new(trie).ok()?, costs, part_starts, parts, beginnings: Vec::new() })
    }
}

impl Dictionary<Vec<u8>> {
    /// Compiles words with their costs. What is not Thai throughout or longer than [`LONGEST`] is left out.
    /// `None` if nothing is left.
    pub fn compile(words: impl IntoIterator<Item = (String, Cost)>) -> Option<Dictionary<Vec<u8>>> {
        let words = numbered(words);
        let mut dictionary = Dictionary::without_parts(&words)?;
        let mut parts = vec![Vec::new(); words.len()];
        for (number, letters) in by_length(&words) {
            let words = Vocabulary { general: None, preferred: Some(&dictionary) };
            let (path, cost) = words.split(letters);
            let whole = dictionary.cost(number);
            if is_compound(&path, cost, whole) {
                parts[number] = all_parts(letters, &path, words, |word| match word {
                    Word::Preferred(part) => &parts[part as usize],
                    _ => &[],
                });
            }
            if whole > cost && whole - cost <= joints(&path).saturating_mul(COHESION) {
                dictionary.set_cost(number, cost - 1);
            }
        }
        dictionary.set_parts(&parts);
        Some(dictionary)
    }

    /// Compiles words that are to be preferred to all other ways to cut them; each has as parts the way it is
    /// cut without it. Their parts may come from `general`.
    pub fn compile_preferred(
        words: impl IntoIterator<Item = String>,
        general: &Dictionary<&'static [u8]>,
    ) -> Option<Dictionary<Vec<u8>>> {
        let words = numbered(words.into_iter().map(|word| (word, 0)));
        let mut dictionary = Dictionary::without_parts(&words)?;
        let mut parts: Vec<Vec<Span>> = vec![Vec::new(); words.len()];
        for (number, letters) in by_length(&words) {
            let words = Vocabulary { general: Some(general), preferred: Some(&dictionary) };
            let (path, cost) = words.split(letters);
            let whole = general.number(letters).map_or(UNCOUNTED_WORD, |number| general.cost(number));
            if is_compound(&path, cost, whole) {
                parts[number] = all_parts(letters, &path, words, |word| match word {
                    Word::Preferred(part) => &parts[part as usize],
                    Word::General(part) => general.spans(part as usize),
                    Word::Unknown => &[],
                });
            }
            dictionary.set_cost(number, (cost - PREFERENCE).min(0));
        }
        dictionary.set_parts(&parts);
        Some(dictionary)
    }

    /// The dictionary as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let sizes = [self.trie.0.len(), self.costs.len(), self.part_starts.len()];
        let sizes = sizes.map(|size| u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
        [sizes.as_flattened(), &self.trie.0, &self.costs, &self.part_starts, &self.parts].concat()
    }

    fn without_parts(words: &[NumberedWord]) -> Option<Dictionary<Vec<u8>>> {
        let mut sorted: Vec<(&[Letter], u32)> =
            words.iter().map(|(letters, _)| letters.as_slice()).zip(0u32..).collect();
        if sorted.is_empty() {
            return None;
        }
        sorted.sort_unstable();
        let trie = DoubleArray::new(DoubleArrayBuilder::build(&sorted).ok()?).ok()?;
        let costs = words.iter().flat_map(|&(_, cost)| to_bytes(cost)).collect();
        let part_starts = vec![0; words.len() * 4];
        Some(Dictionary { trie, costs, part_starts, parts: vec![0], beginnings: beginnings(words) })
    }

    fn set_cost(&mut self, number: usize, cost: Cost) {
        self.costs[number * 2..][..2].copy_from_slice(&to_bytes(cost));
    }

    fn set_parts(&mut self, parts: &[Vec<Span>]) {
        // Place 0 says "no parts".
        self.parts.truncate(1);
        for (number, spans) in parts.iter().enumerate().filter(|(_, spans)| !spans.is_empty()) {
            let start = u32::try_from(self.parts.len()).unwrap_or(0);
            let count = u8::try_from(spans.len()).unwrap_or(u8::MAX);
            self.part_starts[number * 4..][..4].copy_from_slice(&start.to_le_bytes());
            self.parts.push(count);
            self.parts.extend_from_slice(spans[..usize::from(count)].as_flattened());
        }
    }
}

impl<B: Deref<Target = [u8]>> Dictionary<B> {
    /// Whether `letters` may begin with a word, going by the first two; there is at least one.
    pub fn may_begin(&self, letters: &[Letter]) -> bool {
        let second = letters.get(1).copied().unwrap_or(0);
        self.beginnings.get(usize::from(letters[0])).is_none_or(|seconds| seconds >> second & 1 == 1)
    }

    /// The words that `letters` begin with: number and length in letters.
    pub fn prefixes<'a>(&'a self, letters: &'a [Letter]) -> impl Iterator<Item = (usize, usize)> {
        self.trie.common_prefix_search(letters).map(|(number, length)| (number as usize, length))
    }

    /// The number of the word that consists of exactly these letters.
    pub fn number(&self, letters: &[Letter]) -> Option<usize> {
        self.prefixes(letters).find(|&(_, length)| length == letters.len()).map(|(number, _)| number)
    }

    /// The cost of a word.
    pub fn cost(&self, number: usize) -> Cost {
        Cost::from(i16::from_le_bytes([self.costs[number * 2], self.costs[number * 2 + 1]]))
    }

    /// The parts of a compound and their own parts, as ranges of letters in it.
    pub fn parts(&self, number: usize) -> impl Iterator<Item = Range<usize>> {
        self.spans(number).iter().map(|&[start, end]| usize::from(start)..usize::from(end))
    }

    fn spans(&self, number: usize) -> &[Span] {
        let start = read_u32(&self.part_starts, number) as usize;
        let count = usize::from(self.parts[start]);
        self.parts[start + 1..][..2 * count].as_chunks().0
    }
}

fn with_letters((word, cost): (String, Cost)) -> Option<(Vec<Letter>, Cost)> {
    let fits = is_all_thai(&word) && word.chars().count() <= LONGEST;
    fits.then(|| (letters(&word).collect(), cost))
}

/// A word whose place in a list is its number, with its cost.
type NumberedWord = (Vec<Letter>, Cost);

/// The words that fit, without doubles, the cheapest first: what is used most lies together in the tables, and
/// memory is what a search waits for.
fn numbered(words: impl IntoIterator<Item = (String, Cost)>) -> Vec<NumberedWord> {
    let words: BTreeMap<Vec<Letter>, Cost> = words.into_iter().filter_map(with_letters).collect();
    let mut words: Vec<NumberedWord> = words.into_iter().collect();
    words.sort_by_key(|&(_, cost)| cost);
    words
}

fn beginnings(words: &[NumberedWord]) -> Vec<u128> {
    let mut beginnings = vec![0; 128];
    for (letters, _) in words {
        let seconds = letters.get(1).map_or(u128::MAX, |second| 1 << second);
        beginnings[usize::from(letters[0])] |= seconds;
    }
    beginnings
}

/// Numbers and letters, so that each word comes after all it can be made of.
fn by_length(words: &[NumberedWord]) -> Vec<(usize, &[Letter])> {
    let mut words: Vec<(usize, &[Letter])> = words.iter().map(|(letters, _)| letters.as_slice()).enumerate().collect();
    words.sort_by_key(|(_, letters)| letters.len());
    words
}

/// Whether a word of cost `whole` means what its parts mean, going by what these cost.
fn is_compound(parts: &[Step], cost: Cost, whole: Cost) -> bool {
    cost - whole <= joints(parts).saturating_mul(DEAREST_PARTS)
}

/// The places between two of `parts`.
fn joints(parts: &[Step]) -> Cost {
    Cost::try_from(parts.len() - 1).unwrap_or(Cost::MAX)
}

/// The words of `path`, each with its own parts, and the words that some of them make together: จัดซื้อ of
/// จัด + ซื้อ + จัด + จ้าง. Nothing unless all are known and none is too short.
fn all_parts<'a>(
    letters: &[Letter],
    path: &[Step],
    words: Vocabulary<'_>,
    parts_of: impl Fn(Word) -> &'a [Span],
) -> Vec<Span> {
    let mut ends: Vec<usize> = path.iter().map(|step| step.end).collect();
    ends.insert(0, 0);
    let is_part = |(step, ends): (&Step, &[usize])| step.word != Word::Unknown && ends[1] - ends[0] >= SHORTEST_PART;
    if !path.iter().zip(ends.windows(2)).all(is_part) {
        return Vec::new();
    }
    let mut spans = Vec::new();
    for (first, start) in ends.iter().copied().enumerate() {
        let longer = ends[first..].iter().skip(2).filter(|end| (start, **end) != (0, letters.len()));
        let together = longer.filter(|&&end| words.contains(&letters[start..end]));
        spans.extend(together.filter_map(|&end| span(start, end)));
        if let (Some(step), Some(start)) = (path.get(first), u8::try_from(start).ok()) {
            spans.extend(span(usize::from(start), step.end));
            spans.extend(parts_of(step.word).iter().map(|[from, to]| [start + from, start + to]));
        }
    }
    spans
}

fn span(start: usize, end: usize) -> Option<Span> {
    Some([u8::try_from(start).ok()?, u8::try_from(end).ok()?])
}

fn to_bytes(cost: Cost) -> [u8; 2] {
    i16::try_from(cost).unwrap_or(i16::MAX).to_le_bytes()
}

fn read_u32(bytes: &[u8], number: usize) -> u32 {
    let at = number * 4;
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
