//! The places where words begin in many texts, sorted by the letters that follow.
//!
//! A suffix array (U. Manber, G. Myers, "Suffix arrays", SIAM J. Computing 22(5), 1993) of the beginnings of words alone:
//! four bytes a place beside the letters. While they are made they grow as `Vec<u8>`; then they are read from [`Bytes`], which
//! may be those of a file.

use std::io::{self, Write};
use std::ops::Range;

use bytes::Bytes;

use crate::text::{bare, parts};

/// Places are sorted by so many bytes of their letters.
const SORTED_BY: usize = 96;
/// Ends the letters of each text; no letter, and less than all of them.
const END: char = '\n';

/// Numbers one after the other, in bytes.
#[derive(Default)]
struct Numbers<B>(B);

impl<B: AsRef<[u8]>> Numbers<B> {
    fn raw(&self) -> &[[u8; 4]] {
        self.0.as_ref().as_chunks().0
    }

    fn len(&self) -> usize {
        self.raw().len()
    }

    fn get(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.raw()[at])
    }

    fn iter(&self) -> impl Iterator<Item = u32> {
        self.raw().iter().copied().map(u32::from_le_bytes)
    }

    /// How many of them `is_before`, which are the first ones.
    fn partition_point(&self, is_before: impl Fn(u32) -> bool) -> usize {
        self.raw().partition_point(|number| is_before(u32::from_le_bytes(*number)))
    }
}

impl Numbers<Vec<u8>> {
    fn push(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }
}

/// Texts one after the other, by number. They may have 4 GB together; what comes after that is left out.
#[derive(Default)]
pub(super) struct Texts<B = Bytes> {
    all: B,
    ends: Numbers<B>,
}

impl Texts<Vec<u8>> {
    /// The number of the new text, if there is room for it.
    pub(super) fn push(&mut self, text: &str) -> Option<u32> {
        let end = u32::try_from(self.all.len() + text.len()).ok()?;
        let number = u32::try_from(self.ends.len()).ok()?;
        self.all.extend_from_slice(text.as_bytes());
        self.ends.push(end);
        Some(number)
    }

    /// To be read from now on.
    pub(super) fn finish(self) -> Texts {
        Texts { all: self.all.into(), ends: Numbers(self.ends.0.into()) }
    }
}

impl<B: AsRef<[u8]>> Texts<B> {
    pub(super) fn get(&self, number: u32) -> &str {
        // Whole texts were added.
        str::from_utf8(&self.all.as_ref()[self.range(number)]).unwrap_or_default()
    }

    fn range(&self, number: u32) -> Range<usize> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends.get(before as usize));
        start as usize..self.ends.get(number as usize) as usize
    }

    /// The number of the text that has the byte `at`.
    fn at(&self, at: u32) -> u32 {
        u32::try_from(self.ends.partition_point(|end| end <= at)).unwrap_or(u32::MAX)
    }
}

impl Texts {
    /// Writes all of it, for [`Texts::take`].
    pub(super) fn put(&self, to: &mut dyn Write) -> io::Result<()> {
        parts::put(to, &self.all)?;
        parts::put(to, &self.ends.0)
    }

    /// Takes what [`Texts::put`] wrote off `bytes`; `None` where that is not what they begin with.
    pub(super) fn take(bytes: &mut Bytes) -> Option<Texts> {
        Some(Texts { all: parts::take(bytes)?, ends: Numbers(parts::take(bytes)?) })
    }
}

/// The letters of texts with the places where their words begin, in bytes of all letters together.
#[derive(Default)]
pub(super) struct Places<B = Bytes> {
    letters: Texts<B>,
    sorted: Numbers<B>,
}

impl Places<Vec<u8>> {
    /// Adds a text whose words begin at `starts`, in bytes and in order; its number, if there is room for it.
    pub(super) fn add(&mut self, text: &str, starts: &[usize]) -> Option<u32> {
        let first = self.letters.all.len();
        let (mut letters, mut places) = (String::new(), Vec::with_capacity(starts.len()));
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        for (start, end) in starts.iter().copied().zip(ends) {
            places.push(u32::try_from(first + letters.len()).ok()?);
            letters.push_str(&bare(&text[start..end]));
        }
        letters.push(END);
        let number = self.letters.push(&letters)?;
        // Between two of them there may be no letter.
        places.dedup();
        places.into_iter().for_each(|place| self.sorted.push(place));
        Some(number)
    }

    /// To be called when all texts are there. Most places differ in their first letters, which are read once and kept beside
    /// them: comparisons that read them where they stand go all over the texts.
    pub(super) fn sort(&mut self) {
        let letters = &self.letters.all;
        let mut places: Vec<(u64, u32)> = self.sorted.iter().map(|place| (key(letters, place), place)).collect();
        let in_full =
            |one: u32, other: u32| following(letters, one).cmp(following(letters, other)).then(one.cmp(&other));
        places
            .sort_unstable_by(|(key, one), (other_key, other)| key.cmp(other_key).then_with(|| in_full(*one, *other)));
        self.sorted = Numbers::default();
        places.into_iter().for_each(|(_, place)| self.sorted.push(place));
    }

    /// To be read from now on.
    pub(super) fn finish(self) -> Places {
        Places { letters: self.letters.finish(), sorted: Numbers(self.sorted.0.into()) }
    }
}

impl Places {
    /// Writes all of it, for [`Places::take`].
    pub(super) fn put(&self, to: &mut dyn Write) -> io::Result<()> {
        self.letters.put(to)?;
        parts::put(to, &self.sorted.0)
    }

    /// Takes what [`Places::put`] wrote off `bytes`; `None` where that is not what they begin with.
    pub(super) fn take(bytes: &mut Bytes) -> Option<Places> {
        Some(Places { letters: Texts::take(bytes)?, sorted: Numbers(parts::take(bytes)?) })
    }
}

impl<B: AsRef<[u8]>> Places<B> {
    /// The letters of a text.
    pub(super) fn letters(&self, number: u32) -> &str {
        self.letters.get(number).trim_end_matches(END)
    }

    /// All places in order, with what follows each as far as they are sorted by it.
    pub(super) fn sorted(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.sorted.iter().map(|place| (place, self.following(place)))
    }

    /// All places as they stand in the texts.
    pub(super) fn in_order(&self) -> Vec<u32> {
        let mut places: Vec<u32> = self.sorted.iter().collect();
        places.sort_unstable();
        places
    }

    /// The numbers of the texts in which a word begins with these letters, one for each place.
    pub(super) fn beginning(&self, letters: &str) -> impl Iterator<Item = u32> {
        let sorted_by = &letters.as_bytes()[..letters.len().min(SORTED_BY)];
        let first = self.sorted.partition_point(|place| self.following(place) < sorted_by);
        let places = self.sorted.iter().skip(first);
        let begin_so = places.take_while(move |place| self.following(*place).starts_with(sorted_by));
        let all = self.letters.all.as_ref();
        let begin_so = begin_so.filter(move |place| all[*place as usize..].starts_with(letters.as_bytes()));
        begin_so.map(|place| self.letters.at(place))
    }

    /// The number of the text that has `place`.
    pub(super) fn text_of(&self, place: u32) -> u32 {
        self.letters.at(place)
    }

    /// Which bytes of the letters of which text the `length` bytes from `place` on are.
    pub(super) fn within(&self, place: u32, length: usize) -> (u32, Range<usize>) {
        let number = self.letters.at(place);
        let start = place as usize - self.letters.range(number).start;
        (number, start..start + length)
    }

    fn following(&self, place: u32) -> &[u8] {
        following(self.letters.all.as_ref(), place)
    }
}

/// The first letters that follow a place, one a byte, in the order of [`following`] where they differ.
fn key(letters: &[u8], place: u32) -> u64 {
    let mut key = [0; size_of::<u64>()];
    let following = following(letters, place);
    let following = &following[..following.len().min(3 * key.len())];
    let following = following.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    for (byte, letter) in key.iter_mut().zip(following.chars()) {
        *byte = match letter {
            ..'\u{7F}' => letter as u8,
            '\u{E00}'..='\u{E7E}' => letter as u8 | 0x80,
            // Others are not told apart, and neither is what follows them.
            ..'\u{E00}' => 0x7F,
            _ => 0xFF,
        };
        if matches!(byte, 0x7F | 0xFF) {
            break;
        }
    }
    u64::from_be_bytes(key)
}

fn following(letters: &[u8], place: u32) -> &[u8] {
    let rest = &letters[place as usize..];
    let rest = &rest[..rest.len().min(SORTED_BY)];
    rest.split(|&byte| byte == END as u8).next().unwrap_or(rest)
}

/// Whether what follows a place goes to the end of its text.
pub(super) fn is_whole(following: &[u8]) -> bool {
    following.len() < SORTED_BY
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of those texts, which have a space before each word, in which a word begins so.
    fn beginning(texts: &[&str], letters: &str) -> Vec<u32> {
        let mut places = Places::default();
        for text in texts {
            let spaces = text.match_indices(' ').map(|(at, _)| at + 1);
            places.add(text, &[0].into_iter().chain(spaces).collect::<Vec<_>>());
        }
        places.sort();
        let mut numbers: Vec<u32> = places.beginning(letters).collect();
        numbers.sort_unstable();
        numbers
    }

    #[test]
    fn a_word_begins_so_wherever_it_stands() {
        let texts = ["open data", "data, open to all", "reopened"];
        assert_eq!(beginning(&texts, "open"), [0, 1]);
        assert_eq!(beginning(&texts, "opend"), [0]);
        assert_eq!(beginning(&texts, "dataopen"), [1]);
        assert_eq!(beginning(&texts, "datar"), [] as [u32; 0]);
    }

    #[test]
    fn all_letters_count_also_of_those_that_are_not_sorted_by() {
        let long = "abcdefgh".repeat(SORTED_BY / 4);
        let texts = [format!("{long}b"), format!("{long}c")];
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(beginning(&texts, &long), [0, 1]);
        assert_eq!(beginning(&texts, &format!("{long}c")), [1]);
    }

    #[test]
    fn letters_of_any_script_are_sorted() {
        let texts = ["ab", "aéc", "aéb", "aกz", "กa", "กก", "กกกกกกกกข", "กกกกกกกกก", "中a", "中", "𝒜", "a", "", "9"];
        let mut places = Places::default();
        for text in texts {
            places.add(text, &[0]);
        }
        places.sort();
        let sorted: Vec<&[u8]> = places.sorted().map(|(_, following)| following).collect();
        assert!(sorted.is_sorted());
        assert_eq!(sorted.len(), texts.len());
    }

    #[test]
    fn letters_are_found_in_the_text_that_has_them() {
        let mut places = Places::default();
        places.add("open data", &[0, 5]);
        places.add("big data", &[0, 4]);
        places.sort();
        let found = places.sorted().map(|(place, following)| places.within(place, following.len()));
        assert_eq!(found.collect::<Vec<_>>(), [(1, 0..7), (0, 4..8), (1, 3..7), (0, 0..8)]);
    }
}
