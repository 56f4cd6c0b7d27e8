//! Which words of a term are which words of its gloss, by the lexicon and by their sound.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::lexicon::key::{english_key, is_thai_word, thai_key};
use crate::lexicon::{Lexicon, is_stop_word};
use crate::text::phonetic;

/// The most words that are looked up together.
const LONGEST_SPAN: usize = 3;
/// What is trusted less is too often wrong.
const LEAST_TRUST: f32 = 0.3;
/// Shorter sounds are those of too many words.
const FEWEST_CODES: usize = 3;

/// Words side by side in one text that are words of the other.
pub(super) struct Link {
    pub(super) words: Range<usize>,
    pub(super) others: BTreeSet<usize>,
}

/// All links between two texts in different languages.
pub(super) fn links(words: &[&str], others: &[String], lexicon: &Lexicon) -> Vec<Link> {
    let spans = (0..words.len()).flat_map(|start| {
        let longest = words.len().min(start + LONGEST_SPAN);
        (start + 1..=longest).map(move |end| start..end)
    });
    spans.flat_map(|span| span_links(span, words, others, lexicon)).collect()
}

fn span_links(span: Range<usize>, words: &[&str], others: &[String], lexicon: &Lexicon) -> Vec<Link> {
    let of_span = &words[span.clone()];
    if of_span.iter().all(|word| is_stop_word(word)) {
        return Vec::new();
    }
    let is_thai = is_thai_word(of_span[0]);
    let key = if is_thai { thai_key(&of_span.concat()) } else { english_key(&of_span.join(" ")) };
    let translations = lexicon.translations(&key, |_| 1.0);
    let trusted = translations.iter().filter(|translation| translation.trust >= LEAST_TRUST);
    let by_lexicon =
        trusted.filter_map(
            |translation| {
                if is_thai { all_of(&translation.text, others) } else { row_of(&translation.text, others) }
            },
        );
    let sound = phonetic::key(&of_span.concat());
    let alike = (0..others.len()).filter(|&at| sound.len() >= FEWEST_CODES && phonetic::key(&others[at]) == sound);
    let found = by_lexicon.chain(alike.map(|at| BTreeSet::from([at])));
    found.map(|others| Link { words: span.clone(), others }).collect()
}

/// Where all words of an English translation are in `others`.
fn all_of(translation: &str, others: &[String]) -> Option<BTreeSet<usize>> {
    let words = translation.split_whitespace().filter(|word| !is_stop_word(&word.to_lowercase()));
    let place = |word: &str| {
        let key = english_key(word);
        others.iter().position(|other| english_key(other) == key)
    };
    let places: Option<BTreeSet<usize>> = words.map(place).collect();
    places.filter(|places| !places.is_empty())
}

/// Where a Thai translation is in `others`, however it is cut.
fn row_of(translation: &str, others: &[String]) -> Option<BTreeSet<usize>> {
    let key = thai_key(translation);
    let from = |start: usize| {
        let mut row = String::new();
        let ends = (start..others.len()).take_while(|&at| {
            let shorter = row.len() < key.len();
            row.push_str(&others[at]);
            shorter
        });
        let last = ends.last()?;
        (others[start..=last].concat() == key).then(|| (start..=last).collect())
    };
    (0..others.len()).find_map(from)
}
