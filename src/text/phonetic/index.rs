//! Many words by how they sound, of which those that sound like one are found.
//!
//! The words are sorted by their sounds, so that those with the same beginning stand together. Of the matrix of distances
//! the rows of that beginning are worked out once, and once none of a row is near enough, all words that go on from there
//! are passed over: a walk through a trie (K. Oflazer, "Error-tolerant finite-state recognition", Computational
//! Linguistics 22(1), 1996) without its nodes.

use std::io::{self, Write};

use super::likeness::{Alike, Cost, Sound, Sounds, cost};
use crate::text::parts;

/// Words by how they sound, one after the other in memory.
#[derive(Default)]
pub struct SoundIndex {
    words: Vec<Word>,
    /// How many sounds each word begins with as the word before does. By themselves, since most words are passed over by
    /// this alone.
    shared: Vec<u8>,
    /// The sounds of all words.
    sounds: Vec<Sound>,
    texts: String,
}

/// Where a word is.
#[derive(Clone, Copy)]
struct Word {
    /// Where its sounds and its text begin, and how long they are.
    sounds: (u32, u8),
    text: (u32, u8),
    cost: Cost,
}

/// Takes words for a [`SoundIndex`] in any order.
#[derive(Default)]
pub struct SoundIndexBuilder {
    unsorted: SoundIndex,
}

impl SoundIndexBuilder {
    /// Adds a word with its sounds. One of more than 255 bytes is left out.
    pub fn add(&mut self, sounds: &Sounds, word: &str) {
        self.unsorted.push(sounds.as_slice(), cost(sounds.as_slice()), word);
    }

    /// The index of all words that were added.
    pub fn finish(self) -> SoundIndex {
        let SoundIndexBuilder { unsorted } = self;
        let mut words = unsorted.words.clone();
        let key = |word: &Word| (unsorted.sounds_of(word), unsorted.text_of(word));
        words.sort_unstable_by(|one, other| key(one).cmp(&key(other)));
        let mut sorted = SoundIndex::default();
        words.iter().for_each(|word| sorted.push(unsorted.sounds_of(word), word.cost, unsorted.text_of(word)));
        sorted
    }
}

impl SoundIndex {
    fn push(&mut self, sounds: &[Sound], cost: Cost, text: &str) {
        let (Ok(sounds_at), Ok(text_at)) = (u32::try_from(self.sounds.len()), u32::try_from(self.texts.len())) else {
            return;
        };
        let (Ok(sounds_len), Ok(text_len)) = (u8::try_from(sounds.len()), u8::try_from(text.len())) else { return };
        let before = self.words.last().map_or(&[][..], |word| self.sounds_of(word));
        let shared = before.iter().zip(sounds).take_while(|(one, other)| one == other).count();
        self.shared.push(shared as u8);
        self.words.push(Word { sounds: (sounds_at, sounds_len), text: (text_at, text_len), cost });
        self.sounds.extend_from_slice(sounds);
        self.texts.push_str(text);
    }

    /// Writes all of it, for [`SoundIndex::take`].
    pub(crate) fn put(&self, to: &mut dyn Write) -> io::Result<()> {
        let lengths = self.words.iter().flat_map(|word| [word.sounds.1, word.text.1]);
        parts::put(to, &lengths.collect::<Vec<u8>>())?;
        parts::put(to, &self.sounds.iter().flat_map(|sound| sound.to_bytes()).collect::<Vec<u8>>())?;
        parts::put(to, self.texts.as_bytes())
    }

    /// Takes what [`SoundIndex::put`] wrote off `bytes`; `None` where that is not what they begin with.
    pub(crate) fn take(bytes: &mut &[u8]) -> Option<SoundIndex> {
        let (lengths, sounds) = (parts::take(bytes)?.as_chunks().0, parts::take(bytes)?.as_chunks().0);
        let (mut sounds, mut text) = (sounds, str::from_utf8(parts::take(bytes)?).ok()?);
        let mut index = SoundIndex::default();
        let mut of_word = Vec::new();
        for &[sounds_len, text_len] in lengths {
            let (own, rest) = sounds.split_at_checked(usize::from(sounds_len))?;
            let (word, others) = text.split_at_checked(usize::from(text_len))?;
            of_word.clear();
            of_word.extend(own.iter().copied().map(Sound::from_bytes));
            index.push(&of_word, cost(&of_word), word);
            (sounds, text) = (rest, others);
        }
        Some(index)
    }

    fn sounds_of(&self, word: &Word) -> &[Sound] {
        &self.sounds[word.sounds.0 as usize..][..usize::from(word.sounds.1)]
    }

    fn text_of(&self, word: &Word) -> &str {
        &self.texts[word.text.0 as usize..][..usize::from(word.text.1)]
    }

    /// The words whose [`likeness`](Sounds::likeness) to `sounds` is at least `least`, with how much it is, in no
    /// particular order.
    pub fn alike<'a>(&'a self, sounds: &Sounds, least: f32) -> Vec<(&'a str, f32)> {
        let mut alike = Alike::new(sounds, least);
        let mut found = Vec::new();
        for (word, shared) in self.words.iter().zip(&self.shared) {
            if alike.passes_over(usize::from(*shared)) {
                continue;
            }
            if let Some(likeness) = alike.next(self.sounds_of(word), word.cost) {
                found.push((self.text_of(word), likeness));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn those_are_found_that_are_alike(words in prop::collection::vec("[a-eklmnrst]{1,8}", 0..30), word in "[a-eklmnrst]{1,8}", least in 0.5_f32..0.95) {
            let sounds = Sounds::of(&word);
            let mut builder = SoundIndexBuilder::default();
            words.iter().for_each(|word| builder.add(&Sounds::of(word), word));
            let index = builder.finish();
            let mut found = index.alike(&sounds, least);
            let each = words.iter().filter_map(|it| Some((it.as_str(), sounds.likeness(&Sounds::of(it), least)?)));
            let mut each: Vec<(&str, f32)> = each.collect();
            let mut bytes = Vec::new();
            index.put(&mut bytes).expect("memory");
            let again = SoundIndex::take(&mut bytes.as_slice()).expect("what was put");
            prop_assert_eq!(again.alike(&sounds, least), found.clone());
            for all in [&mut found, &mut each] {
                all.sort_by(|(one, of_one), (other, of_other)| one.cmp(other).then(of_one.total_cmp(of_other)));
            }
            prop_assert_eq!(found, each);
        }
    }
}
