//! What the index as a whole tells: which words it has, and how often.
//!
//! Read from a generation and kept as long as it is the same commit; see [`Searcher`](super::Searcher).

use std::collections::{BTreeMap, HashMap};

use super::suggest::Suggestions;
use crate::index::{Facet, FacetCounts, Field, Generation, IndexError, Plan, Query};
use crate::lexicon::{Lexicon, is_thai_word};
use crate::text::phonetic::Sounds;
use crate::text::spelling::Vocabulary;
use crate::text::{Analyzer, Form};

/// Words of fewer consonants sound like too many others.
const FEWEST_CONSONANTS: usize = 2;
/// Words less alike than this are different ones.
const LEAST_LIKENESS: f32 = 0.78;

/// What is known of one commit of a generation.
pub struct Knowledge {
    /// Translations, with the site's own glossary and what was learned from its articles.
    pub(super) lexicon: Lexicon,
    /// The words of the index, with the number of documents that have each.
    pub(super) vocabulary: Vocabulary,
    /// The stems and variants of the index, with their marks; see [`Form`].
    marked: Vocabulary,
    /// The names of the index, by how they sound.
    pub(super) heard: Heard,
    /// What may be suggested.
    pub(super) suggestions: Suggestions,
    /// The number of documents.
    pub(super) documents: u64,
    /// The newest year of an article, in the Buddhist Era.
    pub(super) newest_year: Option<u16>,
    /// The commit; see [`Index::version`](crate::index::Index::version).
    pub(super) version: u64,
}

impl Knowledge {
    /// Reads what is known of the commit that `generation` is at.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    pub fn of(generation: &Generation) -> Result<Knowledge, IndexError> {
        let index = &generation.index;
        let version = index.version();
        let counts = counts(generation)?;
        let years = counts.get(&Facet::Year).into_iter().flatten();
        let is_marked = |word: &str| word.starts_with(Form::MARKS);
        let (marked, words): (BTreeMap<String, u64>, BTreeMap<String, u64>) =
            index.words(&Field::WORDS)?.into_iter().partition(|(word, _)| is_marked(word));
        Ok(Knowledge {
            heard: Heard::of(words.keys().map(String::as_str), &generation.analyzer),
            lexicon: Lexicon::new(&generation.site.glossary.join("\n")).with_learned(&index.learned()?),
            vocabulary: Vocabulary::new(words),
            marked: Vocabulary::new(marked),
            documents: index.documents(),
            suggestions: Suggestions::of(&index.titles()?, &counts, &generation.site, &generation.analyzer),
            newest_year: years.filter_map(|(year, _)| year.parse().ok()).max(),
            version,
        })
    }

    /// The number of documents that have a term.
    pub(super) fn count(&self, term: &str) -> u64 {
        if term.starts_with(Form::MARKS) { self.marked.count(term) } else { self.vocabulary.count(term) }
    }

    /// How much a term that `documents` have tells them from others; BM25's inverse document frequency.
    pub(super) fn rareness(&self, documents: f32) -> f32 {
        let all = self.documents as f32;
        (1.0 + (all - documents.min(all) + 0.5) / (documents + 0.5)).ln()
    }
}

/// Words by how they sound: Latin ones, and Thai ones that no dictionary has.
pub(super) struct Heard(HashMap<u8, Vec<(Sounds, String)>>);

impl Heard {
    fn of<'w>(words: impl Iterator<Item = &'w str>, analyzer: &Analyzer) -> Heard {
        let mut heard: HashMap<u8, Vec<(Sounds, String)>> = HashMap::new();
        for word in words.filter(|word| word.chars().all(|ch| !ch.is_ascii_digit()) && word.chars().count() >= 3) {
            let is_name = !is_thai_word(word) || analyzer.lacks(word);
            let sounds = Sounds::of(word);
            if let Some(first) = sounds.first().filter(|_| is_name && tells_much(&sounds)) {
                heard.entry(first).or_default().push((sounds, word.to_owned()));
            }
        }
        Heard(heard)
    }

    /// The other words, of both scripts, that sound like `word`, the most alike first, with how alike they sound.
    pub(super) fn like(&self, word: &str) -> Vec<(&str, f32)> {
        let sounds = Sounds::of(word);
        let heard = sounds.first().and_then(|first| self.0.get(&first)).filter(|_| tells_much(&sounds));
        let mut like: Vec<(&str, f32)> = heard
            .into_iter()
            .flatten()
            .filter(|(_, other)| other != word)
            .filter_map(|(other, text)| Some((text.as_str(), sounds.likeness(other, LEAST_LIKENESS)?)))
            .collect();
        like.sort_by(|(one, of_one), (other, of_other)| of_other.total_cmp(of_one).then(one.cmp(other)));
        like
    }
}

fn tells_much(sounds: &Sounds) -> bool {
    sounds.consonants() >= FEWEST_CONSONANTS
}

/// The counts of all facets over all documents.
fn counts(generation: &Generation) -> Result<BTreeMap<Facet, FacetCounts>, IndexError> {
    let plan = Plan::counting(Query::Everything, Facet::ALL.to_vec());
    Ok(generation.index.search(&plan)?.facets)
}
