//! Texts of one article: the bigrams of the sample, in which the article's own words and others stand for some.
//!
//! A word of grammar stays where it is. In the place of a word with a meaning may stand one of those that the article
//! is about, which come again and again; a word of the language at large; or a new name. The next word still follows
//! what the sample had there, so that neighbours stay plausible.

use khonha::text::Language;

use super::chain::{Chain, EDGE, Kind};
use super::model::Model;
use super::names::capitalize;
use super::random::Random;

/// In the place of so many of the words with a meaning stands a word that the article is about.
const OWN: f64 = 0.22;
/// A word of the language at large.
const LISTED: f64 = 0.36;
/// A new name.
const NEW: f64 = 0.125;
/// So many of an article's own words are of its topic, and so many of the language at large; the rest are names.
const OF_TOPIC: f64 = 0.45;
const OF_LIST: f64 = 0.38;
/// An article has at least so many words of its own.
const FEWEST: usize = 6;
/// So many of the words in Latin letters within Thai are names of files.
const FILES: f64 = 0.05;
/// So many digits of numbers are 0 after the second one.
const ROUND: f64 = 0.6;
const EXTENSIONS: [&str; 5] = ["pdf", "csv", "xlsx", "docx", "zip"];

/// Writes the texts of one article.
pub struct Writer<'a> {
    model: &'a Model,
    /// What the article is about, in both languages: the first are the most frequent.
    own: Vec<(String, String)>,
    /// The chance of this article.
    pub random: Random,
}

impl<'a> Writer<'a> {
    /// A writer of an article on a topic with about so many words.
    pub fn new(model: &'a Model, topic: Option<&str>, words: usize, mut random: Random) -> Writer<'a> {
        let count = FEWEST + words.isqrt() / 2;
        let own = (0..count).map(|_| own_word(model, topic, &mut random)).collect();
        Writer { model, own, random }
    }

    /// Adds a text of so many words that begins after a state.
    pub fn write(&mut self, out: &mut String, language: Language, start: u32, words: usize) {
        let chain = self.model.chain(language);
        let (mut state, begin) = (start, out.len());
        for _ in 0..words {
            let mut next = chain.next(state, &mut self.random);
            if next.word == EDGE {
                out.push_str(if language == Language::Thai { " " } else { ". " });
                // A text never ends before its first word.
                next = chain.next(start, &mut self.random);
            } else if out.len() > begin {
                out.push_str(&chain.glues[next.glue as usize]);
            }
            let from = out.len();
            self.word(out, chain, language, next.word, begin);
            if meets_latin(out, from) {
                out.insert(from, ' ');
            }
            state = next.word;
        }
    }

    /// Adds a word, or what stands for it.
    fn word(&mut self, out: &mut String, chain: &Chain, language: Language, word: u32, begin: usize) {
        let word = &chain.words[word as usize];
        let from = out.len();
        match word.kind {
            Kind::Function => out.push_str(&word.text),
            Kind::Number => number(out, &word.text, &mut self.random),
            Kind::Thai => self.with_meaning(out, &word.text, Language::Thai),
            Kind::Latin if language == Language::Thai && self.random.chance(FILES) => self.file(out),
            Kind::Latin => self.with_meaning(out, &word.text, Language::English),
        }
        let is_large = word.text.starts_with(|ch: char| ch.is_ascii_uppercase());
        if language == Language::English && (is_large || from == begin) {
            capitalize(&mut out[from..]);
        }
    }

    fn with_meaning(&mut self, out: &mut String, word: &str, language: Language) {
        let random = &mut self.random;
        let is_thai = language == Language::Thai;
        match random.unit() {
            chance if chance < OWN => {
                // The square makes the first of them frequent and the last ones rare.
                let at = (random.unit().powi(2) * self.own.len() as f64) as usize;
                let (th, en) = &self.own[at.min(self.own.len() - 1)];
                out.push_str(if is_thai { th } else { en });
            }
            chance if chance < OWN + LISTED => out.push_str(self.model.list(language).draw(random)),
            chance if chance < OWN + LISTED + NEW => {
                let name = self.model.names.any(random);
                out.push_str(if is_thai { &name.th } else { &name.en });
            }
            _ => out.push_str(word),
        }
    }

    /// The name of a file, as budget-2567.csv.
    fn file(&mut self, out: &mut String) {
        let random = &mut self.random;
        let (word, number) = (self.model.list(Language::English).draw(random), random.below(2_570));
        out.push_str(&format!("{word}-{number}.{}", random.pick(&EXTENSIONS)));
    }
}

/// Whether two words meet at a place that people write a space between, as they do unless both are Thai.
fn meets_latin(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    let is_ascii = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_alphanumeric());
    let is_letter = |ch: Option<char>| ch.is_some_and(char::is_alphanumeric);
    // Whether a Thai letter is one takes long to look up, and is mostly not asked.
    is_ascii(before) && is_letter(after) || is_ascii(after) && is_letter(before)
}

/// A word that an article is about, in both languages.
fn own_word(model: &Model, topic: Option<&str>, random: &mut Random) -> (String, String) {
    let of_topic = topic.and_then(|topic| model.topics.get(topic));
    let both = |random: &mut Random| {
        let [thai, english] = Language::ALL.map(|language| model.list(language).draw(random).to_owned());
        (thai, english)
    };
    match (random.unit(), of_topic) {
        (chance, Some(words)) if chance < OF_TOPIC => {
            let english = both(random);
            (words.draw(random).to_owned(), english.1)
        }
        (chance, _) if chance < OF_TOPIC + OF_LIST => both(random),
        _ => {
            let name = model.names.any(random);
            (name.th, name.en)
        }
    }
}

/// Adds a number of the shape of another one: years stay years, others get digits of their own, of which the first is
/// mostly a small one (Benford's law), and the third and later ones often 0.
fn number(out: &mut String, shape: &str, random: &mut Random) {
    let is_year = shape.len() == 4 && (shape.starts_with("25") || shape.starts_with("20"));
    if is_year {
        let last = 20.0 * random.unit().sqrt();
        let first = if shape.starts_with("25") { 2549 } else { 2006 };
        out.push_str(&(first + last as u32).to_string());
        return;
    }
    let mut digits = 0;
    for ch in shape.chars() {
        if !ch.is_ascii_digit() {
            out.push(ch);
            continue;
        }
        let digit = match digits {
            0 => 10f64.powf(random.unit()) as u8,
            1 => random.below(10) as u8,
            _ if random.chance(ROUND) => 0,
            _ => random.below(10) as u8,
        };
        out.push(char::from(b'0' + digit));
        digits += 1;
    }
}
