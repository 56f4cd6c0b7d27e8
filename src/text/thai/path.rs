//! The cheapest way to cut a run of Thai letters into words.
//!
//! A Viterbi search (Viterbi, "Error bounds for convolutional codes", 1967; for words as in Kudo et al., "Applying
//! conditional random fields to Japanese morphological analysis", 2004) over all dictionary words in the run and
//! over runs of unknown clusters, in one pass. Time is linear in the run, since words have a longest length.

use super::cluster;
use super::cost::{Cost, UNKNOWN_CLUSTER, UNKNOWN_TONE, UNKNOWN_WORD};
use super::dictionary::Dictionary;
use super::letter::{Letter, is_tone, letters_of_run};

/// No way leads here. Far from overflow: a run's cost is at most some thousands a letter.
const UNREACHED: Cost = Cost::MAX;

/// A word on the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// In no dictionary.
    Unknown,
    /// The number of a word of the general dictionary.
    General(u32),
    /// The number of a word of the preferred dictionary.
    Preferred(u32),
}

/// One word of a cut run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Where it ends, in letters of the run; it begins where the one before ends.
    pub end: usize,
    /// What it is.
    pub word: Word,
}

/// Memory that is used again from run to run.
#[derive(Default)]
pub struct Scratch {
    letters: Vec<Letter>,
    cuts: Vec<bool>,
    nodes: Vec<Node>,
    steps: Vec<Step>,
}

/// The best ways that end at one place of the run.
#[derive(Clone, Copy)]
struct Node {
    /// With a dictionary word: its cost, where the word begins, and the word.
    known: Cost,
    word_start: u32,
    word: Word,
    /// With an unknown word: its cost and where the word begins.
    unknown: Cost,
    unknown_start: u32,
}

impl Node {
    const UNREACHED: Node =
        Node { known: UNREACHED, word_start: 0, word: Word::Unknown, unknown: UNREACHED, unknown_start: 0 };

    fn cost(&self) -> Cost {
        self.known.min(self.unknown)
    }
}

/// The words that a run may be made of.
#[derive(Clone, Copy)]
pub struct Vocabulary<'a> {
    /// The language's words.
    pub general: Option<&'a Dictionary<&'static [u8]>>,
    /// Words that count as well, with costs of their own.
    pub preferred: Option<&'a Dictionary<Vec<u8>>>,
}

impl Vocabulary<'_> {
    /// The words of `run`, which is Thai throughout, in order.
    pub fn cut<'s>(&self, run: &str, scratch: &'s mut Scratch) -> &'s [Step] {
        scratch.letters.clear();
        scratch.letters.extend(letters_of_run(run));
        self.search(scratch, usize::MAX);
        &scratch.steps
    }

    /// The cheapest way to make `letters` of shorter words, and its cost.
    pub fn split(&self, letters: &[Letter]) -> (Vec<Step>, Cost) {
        let mut scratch = Scratch { letters: letters.to_vec(), ..Scratch::default() };
        let cost = self.search(&mut scratch, letters.len() - 1);
        (scratch.steps, cost)
    }

    /// Whether a word consists of exactly these letters.
    pub fn contains(&self, letters: &[Letter]) -> bool {
        self.general.is_some_and(|words| words.number(letters).is_some())
            || self.preferred.is_some_and(|words| words.number(letters).is_some())
    }

    /// Finds the cheapest steps through `scratch.letters` in words of at most `longest` letters.
    fn search(&self, scratch: &mut Scratch, longest: usize) -> Cost {
        let Scratch { letters, cuts, nodes, steps } = scratch;
        cluster::mark_cuts(letters, cuts);
        nodes.clear();
        nodes.resize(letters.len() + 1, Node::UNREACHED);
        nodes[0].known = 0;
        let mut at = 0;
        while at < letters.len() {
            let next = (at + 1..letters.len()).find(|&place| cuts[place]).unwrap_or(letters.len());
            self.known_words(at, letters, cuts, longest, nodes);
            unknown_cluster(at, next, &letters[at..next], nodes);
            at = next;
        }
        trace_back(nodes, steps);
        nodes[letters.len()].cost()
    }

    /// Goes on from the place `at` by each dictionary word that begins there.
    fn known_words(&self, at: usize, letters: &[Letter], cuts: &[bool], longest: usize, nodes: &mut [Node]) {
        let before = nodes[at].cost();
        let mut reach = |length: usize, cost: Cost, word: Word| {
            let node = &mut nodes[at + length];
            let is_better = cuts[at + length] & (length <= longest) & (before + cost < node.known);
            // A branch would wait for the cost to be loaded.
            node.known = if is_better { before + cost } else { node.known };
            node.word_start = if is_better { at as u32 } else { node.word_start };
            node.word = if is_better { word } else { node.word };
        };
        let rest = &letters[at..];
        if let Some(dictionary) = self.general {
            dictionary.prefixes(rest).for_each(|(number, length)| {
                reach(length, dictionary.cost(number), Word::General(number as u32));
            });
        }
        if let Some(dictionary) = self.preferred.filter(|dictionary| dictionary.may_begin(rest)) {
            dictionary.prefixes(rest).for_each(|(number, length)| {
                reach(length, dictionary.cost(number), Word::Preferred(number as u32));
            });
        }
    }
}

/// Goes on from the place `at` to `next` by one cluster of an unknown word, begun here or before.
fn unknown_cluster(at: usize, next: usize, cluster: &[Letter], nodes: &mut [Node]) {
    let tones = cluster.iter().filter(|&&letter| is_tone_letter(letter)).count();
    let cost = UNKNOWN_CLUSTER + UNKNOWN_TONE * tones.min(1) as Cost;
    let Node { known, unknown, unknown_start, .. } = nodes[at];
    let (before, start) = match known.saturating_add(UNKNOWN_WORD) < unknown {
        true => (known + UNKNOWN_WORD, at as u32),
        false => (unknown, unknown_start),
    };
    nodes[next] = Node { unknown: before + cost, unknown_start: start, ..nodes[next] };
}

fn is_tone_letter(letter: Letter) -> bool {
    char::from_u32(0x0E00 + u32::from(letter)).is_some_and(is_tone)
}

/// Reads the steps from the end of the cheapest way to its beginning.
fn trace_back(nodes: &[Node], steps: &mut Vec<Step>) {
    steps.clear();
    let mut end = nodes.len() - 1;
    while end > 0 {
        let node = &nodes[end];
        let (word, start) = match node.known <= node.unknown {
            true => (node.word, node.word_start),
            false => (Word::Unknown, node.unknown_start),
        };
        steps.push(Step { end, word });
        end = start as usize;
    }
    steps.reverse();
}
