//! What words may be in the other script by how they sound: names, and abbreviations that are spelled out.

use super::words::Word;
use super::{Context, Planner};
use crate::lexicon::{Source, Translation, is_stop_word, is_thai_word, thai_key};
use crate::text::phonetic::{abbreviation, spelled_out};

/// The most words that are taken for one since they sound alike.
const MOST_ALIKE: usize = 6;
/// The most words that a Thai name is cut into.
const MOST_OF_NAME: usize = 4;

impl Planner<'_> {
    /// What `words` may be by their sound. `is_new` says that no list has them.
    pub(super) fn heard(&self, words: &[Word], is_new: bool) -> Vec<Translation> {
        match words {
            _ if self.weights.sound == 0.0 => Vec::new(),
            [word] => self.heard_alike(&word[0].term, is_new),
            words => self.heard_together(words),
        }
    }

    /// Words that sound like one: where no list has enough translations, most are names.
    fn heard_alike(&self, word: &str, is_new: bool) -> Vec<Translation> {
        let Context { knowledge, analyzer, .. } = self.context;
        let vocabulary = &knowledge.vocabulary;
        if is_thai_word(word) && !analyzer.lacks(word) && !is_new {
            return Vec::new();
        }
        let spelled = spelled_out(word).filter(|_| !is_stop_word(word));
        let mut found: Vec<Translation> = spelled.iter().map(|text| self.sounding(text, 1.0)).collect();
        // A mistyped word is to be set right rather than taken for a name.
        if vocabulary.count(word) == 0 && !vocabulary.similar(word, 1).is_empty() {
            return found;
        }
        let heard = knowledge.heard(analyzer);
        let alike = heard.across(word).into_iter().take(MOST_ALIKE);
        found.extend(alike.map(|(text, likeness)| self.sounding(text, likeness)));
        if found.is_empty() {
            let two = heard.as_two(word).into_iter().take(MOST_ALIKE);
            found.extend(two.map(|(text, likeness)| self.sounding(&text, likeness)));
        }
        found
    }

    /// Words that sound like several together, which are one name or the letters of an abbreviation.
    fn heard_together(&self, words: &[Word]) -> Vec<Translation> {
        let text: String = words.iter().map(|word| word[0].term.as_str()).collect();
        let letters = abbreviation(&text).filter(|letters| touch(words) && !is_stop_word(letters));
        if let Some(letters) = letters {
            return vec![self.sounding(&letters, 1.0)];
        }
        if !self.may_be_name(words) {
            return Vec::new();
        }
        let Context { knowledge, analyzer, .. } = self.context;
        let alike = knowledge.heard(analyzer).together(&text).into_iter().take(MOST_ALIKE);
        alike.map(|(text, likeness)| self.sounding(text, likeness)).collect()
    }

    /// Whether words may be a name that is cut otherwise in the other script: two Latin ones, or Thai ones of which
    /// one means nothing by itself.
    fn may_be_name(&self, words: &[Word]) -> bool {
        let Context { knowledge, analyzer, .. } = self.context;
        let mut terms = words.iter().map(|word| word[0].term.as_str());
        let is_unknown = |term: &str| analyzer.lacks(term) || !knowledge.lexicon.has(&thai_key(term));
        match () {
            () if terms.clone().any(is_stop_word) => false,
            () if terms.clone().all(is_thai_word) => {
                touch(words) && words.len() <= MOST_OF_NAME && terms.any(is_unknown)
            }
            () => words.len() == 2 && terms.all(|term| term.bytes().all(|byte| byte.is_ascii_lowercase())),
        }
    }

    fn sounding(&self, text: &str, likeness: f32) -> Translation {
        // What sounds a little alike is much less likely to be the name.
        let trust = self.weights.sound * likeness * likeness;
        Translation { text: text.to_owned(), source: Source::Sound, trust }
    }
}

/// Whether nothing stands between the words.
fn touch(words: &[Word]) -> bool {
    words.windows(2).all(|pair| pair[0][0].offsets.end == pair[1][0].offsets.start)
}
