//! All that articles are made of, read once: bigrams, word lists, names, lengths, and the words of each topic.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use khonha::content::Article;
use khonha::text::Language;

use super::chain::{Chain, Kind};
use super::names::Names;
use super::random::{Random, Weighted};
use super::sample::{Lengths, Sample, lines};
use super::words::WordList;

/// A topic is known by at most so many words.
const WORDS_OF_TOPIC: usize = 60;

/// Statistics of real articles, and what the words and names of generated ones come from.
pub struct Model {
    /// The sample corpus itself.
    pub sample: Sample,
    /// How long things are.
    pub lengths: Lengths,
    /// New words.
    pub names: Names,
    /// The words of each topic, by id.
    pub topics: BTreeMap<String, TopicWords>,
    /// The organisations of the sample, the most frequent first.
    pub organisations: Vec<String>,
    chains: [Chain; 2],
    lists: [WordList; 2],
}

/// Words by which articles on a topic are told from others, by weight.
pub struct TopicWords {
    words: Vec<String>,
    weights: Weighted,
}

impl TopicWords {
    /// One of the words.
    pub fn draw(&self, random: &mut Random) -> &str {
        &self.words[self.weights.draw(random)]
    }
}

impl Model {
    /// The model of the sample corpus in a folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn read(corpus: &Path) -> Result<Model, Box<dyn std::error::Error + Send + Sync>> {
        let sample = Sample::read(corpus)?;
        let chains = Language::ALL.map(|language| {
            let units = |text| sample.units(text);
            Chain::new(sample.paragraphs(language).map(units), sample.headings(language).map(units))
        });
        Ok(Model {
            lengths: sample.lengths(),
            names: Names::new(),
            organisations: organisations(&sample.articles),
            topics: topics(&sample, &chains[0]),
            lists: [WordList::thai(), WordList::english()],
            chains,
            sample,
        })
    }

    /// The bigrams of a language.
    pub fn chain(&self, language: Language) -> &Chain {
        &self.chains[usize::from(language == Language::English)]
    }

    /// The words of a language at large.
    pub fn list(&self, language: Language) -> &WordList {
        &self.lists[usize::from(language == Language::English)]
    }
}

fn organisations(articles: &[Article]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    articles.iter().flat_map(|article| &article.organisations).for_each(|name| *counts.entry(name).or_default() += 1);
    let mut names: Vec<_> = counts.into_iter().collect();
    names.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    names.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// The words of each topic: those that its articles have more often than others do, by tf·idf.
fn topics(sample: &Sample, chain: &Chain) -> BTreeMap<String, TopicWords> {
    let thai = chain.words.iter().filter(|word| word.kind == Kind::Thai);
    let thai: HashSet<&str> = thai.map(|word| word.text.as_str()).collect();
    let counts: Vec<_> = sample.articles.iter().map(|article| (article, counts(sample, article, &thai))).collect();
    let mut documents: HashMap<&str, f64> = HashMap::new();
    counts.iter().flat_map(|(_, words)| words.keys()).for_each(|word| *documents.entry(word).or_default() += 1.0);
    let mut topics: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for (article, words) in &counts {
        for topic in &article.topics {
            let of_topic = topics.entry(topic).or_default();
            let idf = |word| (counts.len() as f64 / documents[word]).ln();
            words.iter().for_each(|(word, count)| *of_topic.entry(word).or_default() += count * idf(word));
        }
    }
    topics.into_iter().filter_map(|(id, words)| Some((id.to_owned(), topic_words(words)?))).collect()
}

fn topic_words(words: BTreeMap<&str, f64>) -> Option<TopicWords> {
    let mut words: Vec<_> = words.into_iter().collect();
    words.sort_by(|left, right| right.1.total_cmp(&left.1));
    words.truncate(WORDS_OF_TOPIC);
    let (words, weights): (Vec<String>, Vec<f64>) =
        words.into_iter().map(|(word, weight)| (word.to_owned(), weight)).unzip();
    (!words.is_empty()).then(|| TopicWords { words, weights: Weighted::new(weights) })
}

/// How often an article has each of the words that stand for something.
fn counts<'a>(sample: &Sample, article: &'a Article, thai: &HashSet<&str>) -> BTreeMap<&'a str, f64> {
    let mut counts = BTreeMap::new();
    for unit in lines(article, Language::Thai).flat_map(|line| sample.units(line)) {
        if thai.contains(unit.word) {
            *counts.entry(unit.word).or_default() += 1.0;
        }
    }
    counts
}
