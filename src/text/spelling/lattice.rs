//! How a run of Thai reads with some of its words taken for mistyped ones.
//!
//! A Viterbi search (A. J. Viterbi, "Error bounds for convolutional codes", 1967) over the places between the
//! characters of the run: from each place on, one walk through the vocabulary finds all words that may have been
//! meant, with every place where they may end, since Thai does not tell where words do.

use super::Vocabulary;
use super::correct::{Change, Correction};
use super::distance::allowed;
use super::exact::{Improbability, WORD, of_word};
use super::likeness::Cost;
use crate::text::thai::letter::{is_following_vowel, is_leading_vowel, is_mark};

/// So many words of a run can be mistyped.
const MOST_CHANGED: usize = 2;
/// From no word changed to the most.
const LAYERS: usize = MOST_CHANGED + 1;
/// How improbable one edit is.
const EDIT: Improbability = 900;
/// The highest cost of one changed word: an edit and a tone. With more there is too much to read in a run.
const DEAREST_CHANGE: Cost = 140;

/// The best readings that end at each place of the run, by the number of words changed.
pub struct Lattice {
    nodes: Vec<[Option<Node>; LAYERS]>,
    /// Where each character begins, in bytes, and the end.
    offsets: Vec<usize>,
    /// Readings that cost as much are of no use.
    bound: Improbability,
}

/// The last word of a reading.
struct Node {
    /// Of the whole reading.
    cost: Improbability,
    from: Place,
    word: String,
    /// What changing the word costs; 0 if it was typed so.
    edits: Cost,
}

/// Where a reading of a beginning of the run ends.
#[derive(Clone, Copy)]
pub struct Place {
    at: usize,
    changed: usize,
}

/// A word that may have been meant.
struct Meant<'a> {
    word: &'a str,
    cost: Improbability,
    edits: Cost,
}

impl Lattice {
    /// Reads `run`, Thai throughout, in ways that cost less than `bound`.
    pub fn read(words: &Vocabulary, run: &str, bound: Improbability) -> Lattice {
        let letters: Vec<char> = run.chars().collect();
        let nodes = (0..=letters.len()).map(|_| Default::default()).collect();
        let offsets = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        let mut lattice = Lattice { nodes, offsets, bound };
        for at in (0..letters.len()).filter(|&at| can_begin(&letters, at)) {
            lattice.go_on(words, at, &letters[at..]);
        }
        lattice
    }

    /// What it costs to read all before `at`, by the number of words changed.
    fn costs(&self, at: usize) -> [Option<Improbability>; LAYERS] {
        match at {
            0 => std::array::from_fn(|changed| (changed == 0).then_some(0)),
            _ => self.nodes[at].each_ref().map(|node| node.as_ref().map(|node| node.cost)),
        }
    }

    /// Goes on from the place `at` by each word that may begin there; `rest` was typed from there on.
    fn go_on(&mut self, words: &Vocabulary, at: usize, rest: &[char]) {
        let before = self.costs(at);
        let Some(cheapest) = before.iter().flatten().min() else { return };
        words.near(rest, self.affordable(&before), |word, count, row| {
            let length = word.chars().count();
            let improbability = of_word(words, count);
            if count == 0 || cheapest + improbability >= self.bound {
                return;
            }
            let is_allowed = |&(typed, edits): &(usize, Cost)| typed > 0 && edits <= allowed(length.min(typed), true);
            for (typed, edits) in row.within().filter(is_allowed) {
                let cost = improbability + edits * EDIT / 100;
                self.reach(at, at + typed, before, &Meant { word, cost, edits });
            }
        });
    }

    /// What changing the next word may cost after readings of these costs.
    fn affordable(&self, before: &[Option<Improbability>; LAYERS]) -> Cost {
        let cheapest = before[..MOST_CHANGED].iter().flatten().min();
        cheapest.map_or(0, |cheapest| {
            let left = self.bound.saturating_sub(cheapest + WORD);
            (left.saturating_mul(100) / EDIT).min(DEAREST_CHANGE)
        })
    }

    /// Notes that the word leads from `at` to `end`, unless something cheaper does.
    fn reach(&mut self, at: usize, end: usize, before: [Option<Improbability>; LAYERS], meant: &Meant<'_>) {
        for (changed, before) in before.into_iter().enumerate() {
            let Some(cost) = before.map(|before| before + meant.cost) else { continue };
            let Some(node) = self.nodes[end].get_mut(changed + usize::from(meant.edits > 0)) else { continue };
            if cost < node.as_ref().map_or(self.bound, |known| known.cost) {
                let from = Place { at, changed };
                *node = Some(Node { cost, from, word: meant.word.to_owned(), edits: meant.edits });
            }
        }
    }

    /// The end of the cheapest reading of the whole run.
    pub fn best(&self) -> Option<Place> {
        let at = self.nodes.len() - 1;
        let costs = self.costs(at).into_iter().enumerate();
        let ends = costs.filter_map(|(changed, cost)| Some((Place { at, changed }, cost?)));
        ends.min_by_key(|&(_, cost)| cost).map(|(place, _)| place)
    }

    /// What the reading that ends at `place` makes of the run.
    pub fn trace_back(&self, mut place: Place) -> Correction {
        let (mut words, mut changed, mut cost) = (Vec::new(), Vec::new(), 0);
        while let Some(node) = &self.nodes[place.at][place.changed] {
            words.push(node.word.as_str());
            if node.edits > 0 {
                let typed = self.offsets[node.from.at]..self.offsets[place.at];
                changed.push(Change { typed, meant: node.word.clone() });
            }
            cost += node.edits;
            place = node.from;
        }
        words.reverse();
        changed.reverse();
        Correction { text: words.concat(), cost, changed }
    }
}

/// Whether a word may begin at `at`: a sign that belongs to the letter before is no word's first, though a stray one
/// may be the last that was typed of a word.
fn can_begin(letters: &[char], at: usize) -> bool {
    let is_bound = at.checked_sub(1).is_some_and(|before| is_leading_vowel(letters[before]));
    at == 0 || !(is_bound || is_mark(letters[at]) || is_following_vowel(letters[at]))
}
