//! What words are in the other language.

use std::sync::Arc;

use super::Planner;
use super::words::{Word, placed};
use crate::index::{Field, Query};
use crate::lexicon::{self, Source, Translation, english_key, is_stop_word, thai_key};
use crate::text::{Form, Token};

/// The most words of a term that is translated as a whole.
const LONGEST_TERM: usize = 7;
/// Dictionaries have การยอมแพ้ (defeat) and "to be defeated", texts have the word in any form.
const NOMINAL: [&str; 7] = ["การ", "ความ", "a", "an", "the", "to", "be"];
/// The most that is told of what was also searched, for one term and in all.
const MOST_TOLD: usize = 3;
const MOST_TOLD_IN_ALL: usize = 12;

/// A translation as it is searched.
struct Way {
    /// Each word with its forms.
    words: Vec<Word>,
    trust: f32,
    /// At most so many documents have it: as many as have its rarest word.
    documents: u64,
    /// How rare it is by BM25, which adds up the words of a phrase.
    rareness: f32,
}

impl Way {
    /// Its words as they are searched: a stem meets all inflections of an English word; a Thai word has none.
    fn terms(&self) -> Vec<Token> {
        let is_stem = |token: &&Token| token.form == Form::Stem;
        self.words.iter().map(|word| word.iter().find(is_stem).unwrap_or(&word[0]).clone()).collect()
    }
}

/// What a term is in the other language.
pub(super) struct Translated {
    /// Any of its translations.
    pub(super) query: Query,
    /// About how many documents have the term in either language.
    pub(super) documents: f32,
    /// The rarest word of each translation, with what it is worth in a passage.
    pub(super) terms: Vec<(String, f32)>,
}

impl Planner<'_> {
    /// How many of the first of `words` are a term that the lexicon has as a whole; at least one.
    pub(super) fn term_length(&self, words: &[Word]) -> usize {
        if !self.translates() {
            return 1;
        }
        let most = words.len().min(LONGEST_TERM);
        let is_term = |&length: &usize| {
            let key = key(&words[..length]);
            let lexicon = &self.context.knowledge.lexicon;
            !lexicon.translations(&key, |source| self.weights.trust(source)).is_empty()
                || !self.heard(&words[..length], true).is_empty()
        };
        (2..=most).rev().find(is_term).unwrap_or(1)
    }

    /// What `words`, a term, are in the other language; `None` if nothing in the index.
    pub(super) fn translations(&mut self, words: &[Word], fields: &[Field]) -> Option<Translated> {
        if !self.translates() || words.iter().all(|word| is_stop_word(&word[0].term)) {
            return None;
        }
        let found = self.context.knowledge.lexicon.translations(&key(words), |source| self.weights.trust(source));
        let mut ways: Vec<(Translation, Way)> = Vec::new();
        for translation in found {
            if ways.len() == self.weights.most_translations {
                break;
            }
            ways.extend(self.way(&translation).map(|way| (translation, way)));
        }
        if ways.len() < self.weights.most_translations {
            let heard = self.heard(words, ways.is_empty());
            ways.extend(
                heard.into_iter().filter_map(|translation| self.way(&translation).map(|way| (translation, way))),
            );
        }
        if ways.is_empty() {
            return None;
        }
        self.guesses |= ways.iter().all(|(translation, _)| translation.source == Source::Sound);
        let typed = words.iter().map(|word| self.context.knowledge.count(&word[0].term)).min().unwrap_or(0);
        let translated = ways.iter().map(|(_, way)| way.trust * way.documents as f32);
        let together = translated.fold(typed as f32, f32::max);
        let of = ways.iter().map(|(_, way)| self.way_query(way, together, fields)).collect();
        let query = Query::Best { of, tie_breaker: 0.0 }.boosted(self.weights.translation);
        let worth = self.weights.translation * self.context.knowledge.rareness(together);
        let terms =
            ways.iter().map(|(_, way)| (self.rarest(&way.terms()).term.to_string(), worth * way.trust)).collect();
        self.tell(&ways);
        Some(Translated { query, documents: together, terms })
    }

    /// A translation that the index has all words of.
    fn way(&self, translation: &Translation) -> Option<Way> {
        let tokens = self.context.analyzer.analyze(&translation.text);
        let words: Vec<Word> =
            tokens.chunk_by(|left, right| left.position == right.position).map(<[Token]>::to_vec).collect();
        let says_something = |word: &Word| !NOMINAL.contains(&word[0].term.as_str());
        let first = words.iter().position(says_something).unwrap_or(0);
        let last = words.iter().rposition(says_something).unwrap_or(words.len().saturating_sub(1));
        let words = words.get(first..=last)?.to_vec();
        let count = |word: &Word| self.context.knowledge.vocabulary.count(&word[0].term);
        let documents = words.iter().map(count).min().filter(|&documents| documents > 0)?;
        let rareness = words.iter().map(|word| self.context.knowledge.rareness(count(word) as f32)).sum();
        Some(Way { words, trust: translation.trust, documents, rareness })
    }

    /// The word that shows best where a term of several is; there is at least one.
    fn rarest<'t>(&self, terms: &'t [Token]) -> &'t Token {
        let rarest = terms.iter().min_by_key(|token| self.context.knowledge.count(&token.term));
        rarest.unwrap_or(&terms[0])
    }

    fn way_query(&mut self, way: &Way, together: f32, fields: &[Field]) -> Query {
        let terms = way.terms();
        self.terms.insert(self.rarest(&terms).term.to_string());
        let places = Arc::from(placed(terms.iter()));
        let query = self.best_field(fields, |field| Query::Phrase(field, Arc::clone(&places)));
        query.boosted(way.trust * self.evened(together, way.rareness))
    }

    /// What a way to say a term is to be multiplied by that is so rare, to count as rare as the term is that documents
    /// have `together` in all its ways (A. Pirkola, "The effects of query structure and dictionary setups in dictionary-based
    /// cross-language information retrieval", SIGIR 1998).
    pub(super) fn evened(&self, together: f32, rareness: f32) -> f32 {
        (self.context.knowledge.rareness(together) / rareness).powf(self.weights.even_rareness)
    }

    fn tell(&mut self, ways: &[(Translation, Way)]) {
        for (Translation { text, .. }, _) in ways.iter().take(MOST_TOLD) {
            if self.also.len() < MOST_TOLD_IN_ALL && !self.also.contains(text) {
                self.also.push(text.clone());
            }
        }
    }
}

/// What the lexicon has a term by.
fn key(words: &[Word]) -> String {
    let text = words.iter().map(|word| word[0].term.as_str()).collect::<Vec<_>>().join(" ");
    if lexicon::is_thai_word(&text) { thai_key(&text) } else { english_key(&text) }
}
