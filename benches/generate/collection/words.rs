//! Words of the languages at large, by how often they are used.
//!
//! Takes the lists that are built into the program: Thai words by their counts in the Thai National Corpus, and the
//! English side of WordNet. The most frequent words are left out, since the bigrams of the sample have them where they
//! belong.

use std::collections::{HashMap, HashSet};

use khonha::lexicon::is_stop_word;

use super::random::{Random, Weighted};

const COUNTED: &str = include_str!("../../../src/text/data/tnc_freq.txt");
const LISTED: &str = include_str!("../../../src/text/data/words_th.txt");
const ENGLISH: &str = include_str!("../../../src/lexicon/data/wordnet_en_th.tsv");
/// So many of the most frequent Thai words are left out.
const COMMON: usize = 300;
/// Words that were counted less often are mostly none; the dictionary takes the same.
const LEAST: f64 = 10.0;
/// The Zipf–Mandelbrot law falls about so steeply where counts end, and listed words without a count go on from there.
const TAIL: f64 = 1.6;
/// Words of many senses are used more often, about with the square of their senses (Zipf, "The meaning-frequency
/// relationship of words", 1945); WordNet tells the senses, not the counts.
const SENSES: i32 = 2;

/// Words by weight.
pub struct WordList {
    words: Vec<&'static str>,
    weights: Weighted,
}

impl WordList {
    /// Thai words.
    pub fn thai() -> WordList {
        let known: HashSet<&str> = COUNTED.lines().filter_map(counted).map(|(word, _)| word).collect();
        let counted: Vec<(&str, f64)> = COUNTED.lines().skip(COMMON).filter_map(counted).collect();
        let listed = LISTED.lines().map(str::trim).filter(|word| is_thai(word) && !known.contains(word));
        let first = counted.len() as f64;
        let rest = (1..).zip(listed).map(|(rank, word)| (word, LEAST * (1.0 + f64::from(rank) / first).powf(-TAIL)));
        let rest: Vec<_> = rest.collect();
        WordList::new(counted.into_iter().chain(rest))
    }

    /// English words, in small letters.
    pub fn english() -> WordList {
        let mut senses: HashMap<&str, u32> = HashMap::new();
        let words = ENGLISH.lines().skip(1).filter_map(|line| line.split('\t').next());
        words.filter(|word| is_english(word)).for_each(|word| *senses.entry(word).or_default() += 1);
        let mut words: Vec<_> = senses.into_iter().collect();
        // The order of a map is another one each time.
        words.sort_unstable();
        WordList::new(words.into_iter().map(|(word, senses)| (word, f64::from(senses).powi(SENSES))))
    }

    fn new(words: impl Iterator<Item = (&'static str, f64)>) -> WordList {
        let (words, weights): (Vec<_>, Vec<f64>) = words.filter(|(word, _)| !is_stop_word(word)).unzip();
        WordList { words, weights: Weighted::new(weights) }
    }

    /// One of the words, by weight.
    pub fn draw(&self, random: &mut Random) -> &'static str {
        self.words[self.weights.draw(random)]
    }
}

fn counted(line: &'static str) -> Option<(&'static str, f64)> {
    let (word, count) = line.split_once('\t')?;
    let count = count.trim().parse().ok().filter(|&count| count >= LEAST)?;
    is_thai(word).then_some((word, count))
}

/// Whether a word is of Thai letters alone, and more than one.
pub fn is_thai(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|ch| matches!(ch, 'ก'..='ฮ' | 'ะ'..='ฺ' | 'เ'..='ไ' | '็'..='์'))
}

fn is_english(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}
