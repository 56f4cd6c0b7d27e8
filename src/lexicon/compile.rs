//! The lists of `data` as entries of a table. Part of `build.rs`, which has the same rules for keys as the program.

use std::collections::BTreeMap;

use super::key::{english_key, is_thai_word, thai_key};
use super::table::{Entries, Source};

/// How far a further sense of a word is trusted beside the one before it.
const SENSE: f32 = 0.25;
/// The lowest cosine that the induced list has, and what a cosine of 1 above it would be trusted.
const LEAST_COSINE: f32 = 0.65;
const TRUST_OF_COSINE: f32 = 1.6;
const LEAST_TRUST: f32 = 0.3;
const MOST_TRUST: f32 = 0.7;
/// A term beside the first on its side of a glossary's line.
const FURTHER_TERM: f32 = 0.9;
/// Another term of the same language on a glossary's line.
const SYNONYM: f32 = 0.6;
/// The most translations of one key.
const MOST: usize = 24;

/// Keys to translations, both ways. A key of both languages can be told by its script.
#[derive(Default)]
pub struct Lists(Entries);

impl Lists {
    /// Adds a glossary: a line has Thai terms, a tab and English terms, several of one side parted by " | ".
    pub fn add_glossary(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let terms = line.split('\t').flat_map(|side| side.split(" | ").enumerate());
            let terms: Vec<(usize, &str)> = terms.map(|(at, term)| (at, term.trim())).collect();
            for &(_, term) in &terms {
                for &(at, other) in terms.iter().filter(|&&(_, other)| other != term) {
                    let is_synonym = is_thai_word(term) == is_thai_word(other);
                    let first = if at == 0 { 1.0 } else { FURTHER_TERM };
                    let trust = if is_synonym { SYNONYM } else { first };
                    self.add(term, other, Source::Glossary, trust);
                }
            }
        }
    }

    /// Adds loan words: Thai, tab, English.
    pub fn add_loan_words(&mut self, text: &str) {
        let pairs = text.lines().skip(1).filter_map(|line| line.split_once('\t'));
        for (thai, rest) in pairs {
            self.add_pair(thai, rest.split('\t').next().unwrap_or_default(), Source::LoanWords, 1.0);
        }
    }

    /// Adds a joined WordNet: English, part of speech, rank of the sense, Thai.
    pub fn add_wordnet(&mut self, text: &str) {
        for line in text.lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [english, _, sense, thai] = columns[..] else { continue };
            let sense: f32 = sense.parse().unwrap_or(9.0);
            self.add_pair(thai, english, Source::WordNet, 1.0 / (1.0 + SENSE * (sense - 1.0)));
        }
    }

    /// Adds induced pairs: English, Thai, cosine.
    pub fn add_induced(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [english, thai, cosine] = columns[..] else { continue };
            let cosine: f32 = cosine.parse().unwrap_or(LEAST_COSINE);
            let trust = LEAST_TRUST + (cosine - LEAST_COSINE) * TRUST_OF_COSINE;
            self.add_pair(thai, english, Source::Induced, trust.min(MOST_TRUST));
        }
    }

    /// Adds learned pairs: Thai, English, trust.
    #[allow(dead_code, reason = "build.rs has none")]
    pub fn add_learned(&mut self, text: &str) {
        for line in text.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [thai, english, trust] = columns[..] else { continue };
            self.add_pair(thai, english, Source::Learned, trust.parse().unwrap_or_default());
        }
    }

    /// All entries, the most trusted of each key first.
    pub fn into_entries(self) -> Entries {
        let mut entries = self.0;
        for translations in entries.values_mut() {
            translations.sort_by(|left, right| left.1.cmp(&right.1).then(right.2.total_cmp(&left.2)));
            // Each source has a fair part of the room.
            let mut taken: BTreeMap<Source, usize> = BTreeMap::new();
            translations.retain(|(_, source, _)| {
                let count = taken.entry(*source).or_default();
                *count += 1;
                *count <= MOST / 2
            });
            translations.truncate(MOST);
        }
        entries
    }

    fn add_pair(&mut self, thai: &str, english: &str, source: Source, trust: f32) {
        if is_thai_word(thai) && !is_thai_word(english) {
            self.add(thai, english, source, trust);
            self.add(english, thai, source, trust);
        }
    }

    fn add(&mut self, from: &str, to: &str, source: Source, trust: f32) {
        let key = if is_thai_word(from) { thai_key(from) } else { english_key(from) };
        if key.is_empty() || to.trim().is_empty() {
            return;
        }
        let translations = self.0.entry(key).or_default();
        match translations.iter_mut().find(|(word, of, _)| word == to && *of == source) {
            Some((_, _, known)) => *known = known.max(trust),
            None => translations.push((to.to_owned(), source, trust)),
        }
    }
}
