//! What word follows what: bigrams of the sample, with backoff to its single words.
//!
//! Takes texts as units, gives one word after another. How often it backs off is what Witten and Bell have ("The
//! zero-frequency problem", 1991), by half: the more different words followed a word, the likelier is one that never did.
//! By half, because other words stand for many of those that follow anyway.

use std::collections::{HashMap, HashSet};

use khonha::lexicon::is_stop_word;

use super::random::Random;
use super::sample::Unit;
use super::words::is_thai;

/// The state before a text, and the word that is its end.
pub const EDGE: u32 = 0;
/// The state before a title or heading.
pub const TITLE: u32 = 1;

/// See the module.
const BACKOFF: f64 = 0.5;

/// Bigrams of one language.
pub struct Chain {
    /// All words; the first two are no words but [`EDGE`] and [`TITLE`].
    pub words: Vec<Word>,
    /// What stands between words.
    pub glues: Vec<String>,
    /// What followed each word, as often as it did.
    after: Vec<Vec<Next>>,
    /// How likely a word is followed by one that never did.
    backoff: Vec<f64>,
    /// All words that ever followed another.
    anywhere: Vec<Next>,
}

/// A word and what stands before it, as numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Next {
    /// Of [`Chain::glues`].
    pub glue: u32,
    /// Of [`Chain::words`].
    pub word: u32,
}

/// A word of the sample.
pub struct Word {
    /// As it is written.
    pub text: String,
    /// What may stand in its place.
    pub kind: Kind,
}

/// What a word is to a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It holds the text together, and stays.
    Function,
    /// A Thai word that another one may stand for.
    Thai,
    /// A word in Latin letters that another one may stand for.
    Latin,
    /// Digits.
    Number,
}

impl Chain {
    /// The bigrams of paragraphs and of titles.
    pub fn new<'a>(
        paragraphs: impl Iterator<Item = Vec<Unit<'a>>>,
        titles: impl Iterator<Item = Vec<Unit<'a>>>,
    ) -> Chain {
        let (mut words, mut glues) = (Numbers::default(), Numbers::default());
        // Two names for the states, which no text has.
        let _ = (words.of("\0"), words.of("\0title"));
        let mut after: Vec<Vec<Next>> = Vec::new();
        let texts = paragraphs.map(|units| (EDGE, units)).chain(titles.map(|units| (TITLE, units)));
        for (mut state, units) in texts.filter(|(_, units)| units.len() > 2) {
            for unit in units {
                let word = if unit.word.is_empty() { EDGE } else { words.of(unit.word) };
                after.resize_with(words.texts.len(), Vec::new);
                after[state as usize].push(Next { glue: glues.of(&plain(unit.glue)), word });
                state = word;
            }
        }
        Chain {
            backoff: after.iter().map(|nexts| backoff(nexts)).collect(),
            anywhere: after.iter().flatten().copied().filter(|next| next.word != EDGE).collect(),
            words: words.texts.into_iter().map(|text| Word { kind: kind(&text), text }).collect(),
            glues: glues.texts,
            after,
        }
    }

    /// What follows a word.
    pub fn next(&self, word: u32, random: &mut Random) -> Next {
        let nexts = &self.after[word as usize];
        let backs_off = nexts.is_empty() || random.chance(self.backoff[word as usize]);
        *random.pick(if backs_off { &self.anywhere } else { nexts })
    }
}

/// The share of types among the occurrences and types of what follows a word.
fn backoff(nexts: &[Next]) -> f64 {
    let types = nexts.iter().collect::<HashSet<_>>().len();
    BACKOFF * types as f64 / (types + nexts.len()).max(1) as f64
}

/// Texts by number.
#[derive(Default)]
struct Numbers {
    texts: Vec<String>,
    by_text: HashMap<String, u32>,
}

impl Numbers {
    fn of(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.by_text.get(text) {
            return number;
        }
        let number = u32::try_from(self.texts.len()).expect("the sample has fewer words than 2^32");
        self.texts.push(text.to_owned());
        self.by_text.insert(text.to_owned(), number);
        number
    }
}

/// Glue without signs that come in pairs, which chance would leave open, or that mean something to Markdown.
fn plain(glue: &str) -> String {
    let mut plain = String::new();
    for ch in glue.chars().filter(|&ch| " ,.:;-–/%?!".contains(ch)) {
        if ch != ' ' || !plain.ends_with(' ') {
            plain.push(ch);
        }
    }
    plain
}

fn kind(word: &str) -> Kind {
    if is_stop_word(&word.to_lowercase()) {
        return Kind::Function;
    }
    match word {
        word if word.starts_with(|ch: char| ch.is_ascii_digit()) => Kind::Number,
        word if is_thai(word) => Kind::Thai,
        word if word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic()) => Kind::Latin,
        _ => Kind::Function,
    }
}
