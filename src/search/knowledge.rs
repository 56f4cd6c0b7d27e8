//! What the index as a whole tells: which words it has, and how often.
//!
//! Read from a generation and kept as long as it is the same commit; see [`Searcher`](super::Searcher).

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, OnceLock};

use bytes::{Buf, Bytes};

use super::heard::Heard;
use super::suggest::Suggestions;
use crate::index::{Facet, FacetCounts, Field, Generation, IndexError, Plan, Query};
use crate::lexicon::{self, Lexicon, learn};
use crate::text::spelling::{Vocabulary, VocabularyBuilder};
use crate::text::{Analyzer, Form};

/// What is known of one commit of a generation.
pub struct Knowledge {
    /// Translations, with the site's own glossary and what was learned from its articles.
    pub(super) lexicon: Arc<Lexicon>,
    /// The words of the index, with the number of documents that have each.
    pub(super) vocabulary: Vocabulary,
    /// The stems and variants of the index, with their marks; see [`Form`].
    marked: Vocabulary,
    learned: String,
    /// The names of the index, by how they sound; read when the first one is asked for, as most searches ask for none.
    heard: OnceLock<Heard>,
    /// What may be suggested, once it is read: no search waits for it.
    suggestions: OnceLock<Suggestions>,
    /// The number of documents.
    pub(super) documents: u64,
    /// The newest year of an article, in the Buddhist Era.
    pub(super) newest_year: Option<u16>,
    /// The commit; see [`Index::version`](crate::index::Index::version).
    version: u64,
    /// Tells it from what is known of other commits, in other processes and runs too.
    pub(super) name: Name,
    /// Whether the words are of the commit, or of one before.
    words: WordsOf,
    /// What [`Index::keep`](crate::index::Index::keep) keeps of it holds under this alone.
    key: Key,
    /// Whether it is what was kept.
    is_kept: bool,
}

/// Counts the changes of what is kept and of how it comes about. Raise it with each.
const KEPT: u32 = 3;

/// Tells what is known of one commit from what is of others.
type Name = [u8; 32];
/// Tells words that are of use to a program and its generation from others.
type Key = [u8; 32];

/// Which words there must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordsOf {
    /// Those of the commit.
    Commit,
    /// Those that were kept last will do, of whatever commit: there is no wait for them, also where there are many.
    Before,
}

impl Knowledge {
    /// Reads what is known of the commit that `generation` is at.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    pub fn of(generation: &Generation) -> Result<Knowledge, IndexError> {
        Knowledge::with_words(generation, WordsOf::Commit)
    }

    /// As [`Knowledge::of`], with words that may be [of a commit before](WordsOf::Before).
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    pub(super) fn with_words(generation: &Generation, wanted: WordsOf) -> Result<Knowledge, IndexError> {
        let index = &generation.index;
        let (version, commit) = (index.version(), index.name());
        let counts = counts(generation, &[Facet::Year])?;
        let years = counts.get(&Facet::Year).into_iter().flatten();
        let learned = index.learned()?.lines;
        let key = key(generation);
        // What was learned may change without the documents.
        let name = *blake3::Hasher::new().update(&commit.0).update(learned.as_bytes()).finalize().as_bytes();
        let kept = index.kept().and_then(|bytes| Words::take(bytes, &key));
        let kept = kept.filter(|(of, _)| *of == name || wanted == WordsOf::Before);
        let is_kept = kept.is_some();
        let (of, words) = kept.map_or_else(|| Words::of(generation).map(|words| (name, words)), Ok)?;
        let Words { vocabulary, marked, heard, suggestions } = words;
        Ok(Knowledge {
            lexicon: Lexicon::new(&generation.site.glossary.join("\n")).with_learned(&learned).into(),
            vocabulary,
            marked,
            heard,
            documents: index.documents(),
            suggestions,
            newest_year: years.filter_map(|(year, _)| year.parse().ok()).max(),
            version,
            name: if of == name {
                name
            } else {
                *blake3::Hasher::new().update(&name).update(&of).finalize().as_bytes()
            },
            words: if of == name { WordsOf::Commit } else { WordsOf::Before },
            learned,
            key,
            is_kept,
        })
    }

    /// Whether it is all of the last commit of `generation`.
    pub(super) fn is_of_last(&self, generation: &Generation) -> bool {
        self.words == WordsOf::Commit && self.version == generation.index.version()
    }

    /// The same with the words that were kept.
    fn with(&self, words: Words) -> Knowledge {
        let Words { vocabulary, marked, heard, suggestions } = words;
        let (lexicon, learned) = (Arc::clone(&self.lexicon), self.learned.clone());
        Knowledge { lexicon, vocabulary, marked, learned, heard, suggestions, is_kept: true, ..*self }
    }

    /// Keeps the words with the index, so that the next process need not read them: that takes seconds of many articles.
    fn keep(&self, generation: &Generation) -> Result<(), IndexError> {
        let (heard, suggestions) = (self.heard(&generation.analyzer), self.suggestions(generation)?);
        let write = |to: &mut dyn Write| {
            to.write_all(&self.key)?;
            to.write_all(&self.name)?;
            self.vocabulary.put(to)?;
            self.marked.put(to)?;
            heard.put(to)?;
            suggestions.put(to)
        };
        if let Err(error) = generation.index.keep(&write) {
            tracing::warn!(%error, "the words of the index cannot be kept; the next start reads them again");
        }
        Ok(())
    }

    /// The names of the index, by how they sound, read now if they were not.
    pub(super) fn heard(&self, analyzer: &Analyzer) -> &Heard {
        self.heard.get_or_init(|| Heard::of(&self.vocabulary, learn::names(&self.learned), analyzer, &self.lexicon))
    }

    /// Whether they are read by now.
    pub(super) fn knows_sounds(&self) -> bool {
        self.heard.get().is_some()
    }

    /// What may be suggested, read now if it was not.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    pub(super) fn suggestions(&self, generation: &Generation) -> Result<&Suggestions, IndexError> {
        if let Some(read) = self.suggestions.get() {
            return Ok(read);
        }
        let (titles, counts) = (generation.index.titles()?, counts(generation, &Facet::ALL)?);
        let read = || Suggestions::of(&titles, &counts, &generation.site, &generation.analyzer);
        Ok(self.suggestions.get_or_init(read))
    }

    /// All that is known, with what else would be read when it is first asked for. It is
    /// [kept](crate::index::Index::keep), and where the engine keeps it, read from there: it then takes no memory of its own.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    pub(super) fn whole(self: Arc<Knowledge>, generation: &Generation) -> Result<Arc<Knowledge>, IndexError> {
        if self.is_kept {
            return Ok(self);
        }
        self.keep(generation)?;
        let kept = generation.index.kept().and_then(|bytes| Words::take(bytes, &self.key));
        let Some((_, words)) = kept.filter(|(of, _)| *of == self.name) else { return Ok(self) };
        Ok(Arc::new(self.with(words)))
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

/// The words of an index, in the forms in which they are looked up, and what may be suggested.
struct Words {
    vocabulary: Vocabulary,
    marked: Vocabulary,
    heard: OnceLock<Heard>,
    suggestions: OnceLock<Suggestions>,
}

impl Words {
    /// Reads the words, but for how they sound.
    fn of(generation: &Generation) -> Result<Words, IndexError> {
        let (mut marked, mut words) = (VocabularyBuilder::new(), VocabularyBuilder::new());
        generation.index.words(&Field::WORDS, &mut |word, count| {
            let vocabulary = if word.starts_with(Form::MARKS) { &mut marked } else { &mut words };
            vocabulary.add(word, count);
        })?;
        let (vocabulary, marked) = (words.finish(), marked.finish());
        Ok(Words { vocabulary, marked, heard: OnceLock::new(), suggestions: OnceLock::new() })
    }

    /// Those that [`Knowledge::keep`] kept under this key, and what they were known of.
    fn take(mut bytes: Bytes, key: &Key) -> Option<(Name, Words)> {
        if !bytes.starts_with(key) {
            return None;
        }
        bytes.advance(key.len());
        let name: Name = *bytes.first_chunk()?;
        bytes.advance(name.len());
        let bytes = &mut bytes;
        let (vocabulary, marked) = (Vocabulary::take(bytes)?, Vocabulary::take(bytes)?);
        let (heard, suggestions) = (Heard::take(bytes)?.into(), Suggestions::take(bytes)?.into());
        Some((name, Words { vocabulary, marked, heard, suggestions }))
    }
}

/// What the words and their sounds depend on beside the documents and what was learned from them.
fn key(generation: &Generation) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{KEPT} {}", generation.fingerprint).as_bytes());
    *hasher.update(&lexicon::fingerprint()).finalize().as_bytes()
}

/// The counts of facets over all documents.
fn counts(generation: &Generation, facets: &[Facet]) -> Result<BTreeMap<Facet, FacetCounts>, IndexError> {
    let plan = Plan::counting(Query::Everything, facets.to_vec());
    Ok(generation.index.search(&plan)?.facets)
}
