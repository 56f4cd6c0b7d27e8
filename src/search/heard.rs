//! Names by how they sound, to find them in the other script.
//!
//! Most names stand in no dictionary, and are written as they are heard: แพนเธอร์ส is "Panthers". Takes the words of
//! the index, and gives those that sound like another.

use std::collections::HashMap;
use std::io::{self, Write};

use bytes::Bytes;

use crate::lexicon::{Lexicon, is_thai_word, thai_key};
use crate::text::phonetic::{SoundIndex, SoundIndexBuilder, Sounds};
use crate::text::spelling::Vocabulary;
use crate::text::{Analyzer, parts};

/// Words of fewer consonants sound like too many others.
const FEWEST_CONSONANTS: usize = 2;
/// Words less alike than this are different ones.
const LEAST_LIKENESS: f32 = 0.78;
/// What is one word only here must be more alike: among so many runs some are alike by chance.
const LEAST_OF_SEVERAL: f32 = 0.8;
/// One word is taken for two if each of them has so many sounds, and is so much alike.
const FEWEST_SOUNDS: usize = 3;
const LEAST_OF_TWO: f32 = 0.85;
/// The words that are tried as one of two.
const MOST_OF_TWO: usize = 3;

/// Words of one script, by the sound that they begin with.
type Names = HashMap<u8, SoundIndex>;
type Listed = HashMap<u8, SoundIndexBuilder>;

/// Words by how they sound: Latin ones, and Thai ones that are no words of the language as far as lists tell.
pub(super) struct Heard {
    thai: Names,
    latin: Names,
}

impl Heard {
    /// Those of an index with these `words`, and `names` that are cut into several.
    pub(super) fn of<'w>(
        words: &Vocabulary,
        names: impl Iterator<Item = &'w str>,
        analyzer: &Analyzer,
        lexicon: &Lexicon,
    ) -> Heard {
        let has_letters = |word: &str| word.chars().all(|ch| !ch.is_ascii_digit()) && word.chars().count() >= 3;
        let is_name = |word: &str| {
            let is_thai = is_thai_word(word);
            !is_thai || analyzer.lacks(word) || !lexicon.has(&thai_key(word))
        };
        let (mut thai, mut latin) = (Listed::new(), Listed::new());
        let mut add = |word: &str| {
            let sounds = Sounds::of(word);
            let listed = if is_thai_word(word) { &mut thai } else { &mut latin };
            if let Some(first) = sounds.first().filter(|_| sounds.consonants() >= FEWEST_CONSONANTS) {
                listed.entry(first).or_default().add(&sounds, word);
            }
        };
        words.each(|word, _| {
            if has_letters(word) && is_name(word) {
                add(word);
            }
        });
        names.for_each(add);
        let indexed = |listed: Listed| listed.into_iter().map(|(first, words)| (first, words.finish()));
        Heard { thai: indexed(thai).collect(), latin: indexed(latin).collect() }
    }

    /// Writes all of it, for [`Heard::take`].
    pub(super) fn put(&self, to: &mut dyn Write) -> io::Result<()> {
        for names in [&self.thai, &self.latin] {
            parts::put(to, &names.keys().copied().collect::<Vec<u8>>())?;
            names.values().try_for_each(|index| index.put(to))?;
        }
        Ok(())
    }

    /// Takes what [`Heard::put`] wrote off `bytes`; `None` where that is not what they begin with.
    pub(super) fn take(bytes: &mut Bytes) -> Option<Heard> {
        let mut names = || {
            let firsts = parts::take(bytes)?;
            firsts.iter().map(|first| Some((*first, SoundIndex::take(bytes)?))).collect::<Option<Names>>()
        };
        Some(Heard { thai: names()?, latin: names()? })
    }

    /// The words of the other script that sound like `word`, the most alike first, with how alike they sound.
    pub(super) fn across(&self, word: &str) -> Vec<(&str, f32)> {
        like(self.others(word), &Sounds::of(word), LEAST_LIKENESS)
    }

    /// As [`Heard::across`], of words that are taken for one.
    pub(super) fn together(&self, words: &str) -> Vec<(&str, f32)> {
        like(self.others(words), &Sounds::of(words), LEAST_OF_SEVERAL)
    }

    /// Two words of the other script that sound together like `word`.
    pub(super) fn as_two(&self, word: &str) -> Vec<(String, f32)> {
        let names = self.others(word);
        let mut found = Vec::new();
        for (left, right) in Sounds::of(word).halves(FEWEST_SOUNDS) {
            let (left, right) = (like(names, &left, LEAST_OF_TWO), like(names, &right, LEAST_OF_TWO));
            for (one, of_one) in left.iter().take(MOST_OF_TWO) {
                let pairs = right.iter().take(MOST_OF_TWO);
                found.extend(pairs.map(|(other, of_other)| (format!("{one} {other}"), of_one * of_other)));
            }
        }
        found.sort_by(|(one, of_one), (other, of_other)| of_other.total_cmp(of_one).then(one.cmp(other)));
        found.dedup_by(|one, other| one.0 == other.0);
        found
    }

    fn others(&self, word: &str) -> &Names {
        if is_thai_word(word) { &self.latin } else { &self.thai }
    }

    /// The Latin word that sounds most like the Latin `word`.
    pub(super) fn nearest(&self, word: &str) -> Option<&str> {
        let like = like(&self.latin, &Sounds::of(word), LEAST_LIKENESS);
        like.into_iter().map(|(other, _)| other).find(|other| *other != word)
    }
}

/// Those of `names` that sound like `sounds`, the most alike first.
fn like<'n>(names: &'n Names, sounds: &Sounds, least: f32) -> Vec<(&'n str, f32)> {
    let first = sounds.first().filter(|_| sounds.consonants() >= FEWEST_CONSONANTS);
    let mut alike = first.and_then(|first| names.get(&first)).map_or_else(Vec::new, |names| names.alike(sounds, least));
    alike.sort_by(|(one, of_one), (other, of_other)| of_other.total_cmp(of_one).then(one.cmp(other)));
    alike
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(words: &[&str], names: &[&str]) -> Heard {
        let words = Vocabulary::new(words.iter().map(|word| ((*word).to_owned(), 1)));
        Heard::of(&words, names.iter().copied(), &Analyzer::new([]), &Lexicon::new(""))
    }

    fn check(found: &[(impl AsRef<str>, f32)], expected: &[&str]) {
        let found: Vec<&str> = found.iter().map(|(text, _)| text.as_ref()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_name_that_is_cut_into_words_is_heard_whole() {
        check(&heard(&["เธอร์ส"], &["แพนเธอร์ส"]).across("panthers"), &["แพนเธอร์ส"]);
        check(&heard(&["panthers", "broncos"], &[]).together("แพนเธอร์ส"), &["panthers"]);
    }

    #[test]
    fn two_words_are_heard_as_one() {
        check(&heard(&["ซูเปอร์โบว์ล"], &[]).together("superbowl"), &["ซูเปอร์โบว์ล"]);
        check(&heard(&["super", "bowl", "river"], &[]).as_two("ซูเปอร์โบว์ล"), &["super bowl"]);
    }

    #[test]
    fn a_word_that_has_a_meaning_is_no_name() {
        check(&heard(&["บ้าน"], &[]).across("barn"), &[]); // house
    }
}
