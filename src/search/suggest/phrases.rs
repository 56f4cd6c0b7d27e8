//! Words in a row that several titles have.
//!
//! Places that begin alike stand together when they are sorted, so that phrases are counted in one pass over them, with
//! no more memory than the phrases that the place at hand begins with.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::FEWEST_TITLES;
use super::places::{self, Places};
use crate::lexicon::is_stop_word;
use crate::text::bare;

/// The most words of a phrase.
const LONGEST: usize = 3;
/// So many letters say too little.
const TOO_SHORT: usize = 3;
/// The most frequent phrases that are kept.
const MOST: usize = 100_000;

/// A phrase as people read it.
pub(super) struct Phrase {
    pub(super) text: String,
    pub(super) count: u64,
}

/// A phrase as it was found.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// How many titles have it.
    pub(super) titles: u64,
    /// One of the places where it stands.
    pub(super) place: u32,
    /// How many bytes of letters it has.
    pub(super) length: usize,
}

/// The most frequent phrases of texts whose places are sorted, in no order.
pub(super) fn frequent(places: &Places<Vec<u8>>) -> Vec<Found> {
    let in_order = places.in_order();
    let mut kept = Kept::default();
    // The phrases that the places so far begin with, the short ones first.
    let mut open: Vec<Open> = Vec::new();
    let mut before: &[u8] = &[];
    for (place, following) in places.sorted() {
        let alike = before.iter().zip(following).take_while(|(one, other)| one == other).count();
        let ended = open.partition_point(|phrase| phrase.length <= alike);
        open.drain(ended..).for_each(|phrase| kept.add(phrase));
        let text = places.text_of(place);
        for length in lengths(&in_order, place, following) {
            match open.binary_search_by_key(&length, |phrase| phrase.length) {
                Ok(at) => open[at].texts.push(text),
                Err(at) => open.insert(at, Open { length, place, texts: vec![text] }),
            }
        }
        before = following;
    }
    open.into_iter().for_each(|phrase| kept.add(phrase));
    kept.0.into_iter().map(|Reverse(found)| found).collect()
}

/// A phrase that more places may begin with.
struct Open {
    length: usize,
    place: u32,
    texts: Vec<u32>,
}

/// The most frequent phrases so far.
#[derive(Default)]
struct Kept(BinaryHeap<Reverse<Found>>);

impl Kept {
    fn add(&mut self, mut phrase: Open) {
        phrase.texts.sort_unstable();
        phrase.texts.dedup();
        let Open { length, place, texts } = phrase;
        let titles = texts.len() as u64;
        if titles >= FEWEST_TITLES {
            self.0.push(Reverse(Found { titles, place, length }));
            if self.0.len() > MOST {
                self.0.pop();
            }
        }
    }
}

/// How many bytes the phrases have that begin at `place`: they neither begin nor end with words of grammar.
fn lengths(in_order: &[u32], place: u32, following: &[u8]) -> Vec<usize> {
    let at = in_order.partition_point(|&other| other < place);
    let starts = in_order[at..].iter().skip(1).map(|&start| (start - place) as usize);
    let starts = starts.take_while(|&start| start <= following.len());
    let ends = starts.chain(places::is_whole(following).then_some(following.len())).take(LONGEST);
    let mut lengths = Vec::new();
    let mut word = 0;
    for end in ends {
        let (first, last) = (word == 0, &following[word..end]);
        let says_little = str::from_utf8(last).is_ok_and(is_stop_word);
        if first && says_little {
            break;
        }
        let is_long = str::from_utf8(&following[..end]).is_ok_and(|letters| letters.chars().count() > TOO_SHORT);
        if is_long && !says_little {
            lengths.push(end);
        }
        word = end;
    }
    lengths
}

/// What has the bytes `letters` of the letters of `text`, whose words begin at `starts`.
pub(super) fn shown<'t>(text: &'t str, starts: &[usize], letters: Range<usize>) -> Option<&'t str> {
    let mut read = 0;
    let (mut first, mut last) = (None, None);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        if read == letters.start {
            first = Some(start);
        }
        read += bare(&text[start..end]).len();
        if read == letters.end {
            last = Some(end);
            break;
        }
    }
    // What stands between the words is no part of the phrase.
    Some(text[first?..last?].trim_matches(|ch: char| bare(ch.encode_utf8(&mut [0; 4])).is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::suggest::word_starts;
    use crate::text::Analyzer;

    #[test]
    fn words_that_several_titles_have_in_a_row_are_phrases() {
        let analyzer = Analyzer::new([]);
        let titles =
            ["Open data, open data", "Why open data matters", "Big data of the state", "The state of open source"];
        let mut places = Places::default();
        titles.iter().for_each(|title| _ = places.add(title, &word_starts(&analyzer, title)));
        places.sort();
        let mut phrases: Vec<(&str, u64)> = frequent(&places)
            .into_iter()
            .filter_map(|Found { titles: count, place, length }| {
                let (number, letters) = places.within(place, length);
                let text = titles[number as usize];
                Some((shown(text, &word_starts(&analyzer, text), letters)?, count))
            })
            .collect();
        phrases.sort_by_key(|(text, _)| text.to_lowercase());
        let phrases: Vec<(String, u64)> =
            phrases.into_iter().map(|(text, count)| (text.to_lowercase(), count)).collect();
        let expected = [("data", 3), ("open", 3), ("open data", 2), ("state", 2)];
        assert_eq!(phrases, expected.map(|(text, count)| (text.to_owned(), count)));
    }
}
