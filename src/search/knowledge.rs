//! What the index as a whole tells: which words it has, and how often.
//!
//! Read from a generation and kept as long as it is the same commit; see [`Searcher`](super::Searcher).

use std::collections::BTreeMap;

use super::heard::Heard;
use super::suggest::Suggestions;
use crate::index::{Facet, FacetCounts, Field, Generation, IndexError, Plan, Query};
use crate::lexicon::{Lexicon, learn};
use crate::text::Form;
use crate::text::spelling::Vocabulary;

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
    /// Tells it from what is known of other commits, in other processes and runs too.
    pub(super) name: [u8; 32],
}

impl Knowledge {
    /// Reads what is known of the commit that `generation` is at.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    pub fn of(generation: &Generation) -> Result<Knowledge, IndexError> {
        let index = &generation.index;
        let (version, commit) = (index.version(), index.name());
        let counts = counts(generation)?;
        let years = counts.get(&Facet::Year).into_iter().flatten();
        let is_marked = |word: &str| word.starts_with(Form::MARKS);
        let (marked, words): (BTreeMap<String, u64>, BTreeMap<String, u64>) =
            index.words(&Field::WORDS)?.into_iter().partition(|(word, _)| is_marked(word));
        let learned = index.learned()?;
        let lexicon = Lexicon::new(&generation.site.glossary.join("\n")).with_learned(&learned);
        let typed = words.keys().map(String::as_str);
        Ok(Knowledge {
            heard: Heard::of(typed, learn::names(&learned), &generation.analyzer, &lexicon),
            lexicon,
            vocabulary: Vocabulary::new(words),
            marked: Vocabulary::new(marked),
            documents: index.documents(),
            suggestions: Suggestions::of(&index.titles()?, &counts, &generation.site, &generation.analyzer),
            newest_year: years.filter_map(|(year, _)| year.parse().ok()).max(),
            version,
            // What was learned may change without the documents.
            name: *blake3::Hasher::new().update(&commit.0).update(learned.as_bytes()).finalize().as_bytes(),
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

/// The counts of all facets over all documents.
fn counts(generation: &Generation) -> Result<BTreeMap<Facet, FacetCounts>, IndexError> {
    let plan = Plan::counting(Query::Everything, Facet::ALL.to_vec());
    Ok(generation.index.search(&plan)?.facets)
}
