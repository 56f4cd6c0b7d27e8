//! Many words by how they sound, of which those that sound like one are found.
//!
//! The words are sorted by their sounds, so that those with the same beginning stand together. Of the matrix of distances
//! the rows of that beginning are worked out once, and once none of a row is near enough, all words that go on from there
//! are passed over: a walk through a trie (K. Oflazer, "Error-tolerant finite-state recognition", Computational
//! Linguistics 22(1), 1996) without its nodes.

use std::io::{self, Write};

use bytes::Bytes;

use super::likeness::{Alike, Cost, Sound, Sounds, cost};
use crate::text::parts;

/// Words by how they sound, one after the other in memory or in a file.
#[derive(Default)]
pub struct SoundIndex {
    /// A [`Head`] for each. By themselves, since most words are passed over by these alone.
    heads: Bytes,
    /// The sounds of all words.
    sounds: Bytes,
    texts: Bytes,
}

/// What a word is told by first. Its sounds and its text come after those of the words before.
struct Head {
    /// How many sounds it begins with as the word before does.
    shared: u8,
    /// How many sounds it has.
    sounds: u8,
    /// How many bytes it has.
    bytes: u8,
    /// What it costs to lack its sounds.
    cost: u16,
}

impl Head {
    fn to_bytes(&self) -> [u8; 5] {
        let Head { shared, sounds, bytes, cost } = *self;
        let [low, high] = cost.to_le_bytes();
        [shared, sounds, bytes, low, high]
    }

    fn from_bytes([shared, sounds, bytes, low, high]: [u8; 5]) -> Head {
        Head { shared, sounds, bytes, cost: u16::from_le_bytes([low, high]) }
    }
}

/// Takes words for a [`SoundIndex`] in any order.
#[derive(Default)]
pub struct SoundIndexBuilder {
    words: Vec<Word>,
    sounds: Vec<Sound>,
    texts: String,
}

/// Where the sounds and the text of a word begin, and how long they are.
#[derive(Clone, Copy)]
struct Word {
    sounds: (u32, u8),
    text: (u32, u8),
}

impl SoundIndexBuilder {
    /// Adds a word with its sounds. One of more than 255 bytes is left out.
    pub fn add(&mut self, sounds: &Sounds, word: &str) {
        let sounds = sounds.as_slice();
        let at = |at: usize, length: usize| Some((u32::try_from(at).ok()?, u8::try_from(length).ok()?));
        let (of_sounds, of_text) = (at(self.sounds.len(), sounds.len()), at(self.texts.len(), word.len()));
        let (Some(of_sounds), Some(of_text)) = (of_sounds, of_text) else { return };
        self.words.push(Word { sounds: of_sounds, text: of_text });
        self.sounds.extend_from_slice(sounds);
        self.texts.push_str(word);
    }

    /// The index of all words that were added.
    pub fn finish(mut self) -> SoundIndex {
        let mut words = std::mem::take(&mut self.words);
        words.sort_unstable_by_key(|word| (self.sounds_of(*word), self.text_of(*word)));
        let (mut heads, mut all_sounds, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        let mut before: &[Sound] = &[];
        for word in words {
            let (sounds, text) = (self.sounds_of(word), self.text_of(word));
            let shared = before.iter().zip(sounds).take_while(|(one, other)| one == other).count();
            // Of at most 255 sounds, none of them costs more than 255.
            let cost = u16::try_from(cost(sounds)).unwrap_or(u16::MAX);
            let head = Head { shared: shared as u8, sounds: word.sounds.1, bytes: word.text.1, cost };
            heads.extend(head.to_bytes());
            all_sounds.extend(sounds.iter().flat_map(|sound| sound.to_bytes()));
            texts.extend_from_slice(text.as_bytes());
            before = sounds;
        }
        SoundIndex { heads: heads.into(), sounds: all_sounds.into(), texts: texts.into() }
    }

    fn sounds_of(&self, word: Word) -> &[Sound] {
        &self.sounds[word.sounds.0 as usize..][..usize::from(word.sounds.1)]
    }

    fn text_of(&self, word: Word) -> &str {
        &self.texts[word.text.0 as usize..][..usize::from(word.text.1)]
    }
}

impl SoundIndex {
    /// Writes all of it, for [`SoundIndex::take`].
    pub(crate) fn put(&self, to: &mut dyn Write) -> io::Result<()> {
        [&self.heads, &self.sounds, &self.texts].into_iter().try_for_each(|part| parts::put(to, part))
    }

    /// Takes what [`SoundIndex::put`] wrote off `bytes`; `None` where that is not what they begin with.
    pub(crate) fn take(bytes: &mut Bytes) -> Option<SoundIndex> {
        Some(SoundIndex { heads: parts::take(bytes)?, sounds: parts::take(bytes)?, texts: parts::take(bytes)? })
    }

    /// The words whose [`likeness`](Sounds::likeness) to `sounds` is at least `least`, with how much it is, in no
    /// particular order.
    pub fn alike<'a>(&'a self, sounds: &Sounds, least: f32) -> Vec<(&'a str, f32)> {
        let mut alike = Alike::new(sounds, least);
        let mut found = Vec::new();
        let (all_sounds, _) = self.sounds.as_chunks();
        let (mut sounds_end, mut text_end) = (0, 0);
        for head in self.heads.as_chunks().0 {
            let Head { shared, sounds, bytes, cost } = Head::from_bytes(*head);
            let (sounds_start, text_start) = (sounds_end, text_end);
            sounds_end += usize::from(sounds);
            text_end += usize::from(bytes);
            if alike.passes_over(usize::from(shared)) {
                continue;
            }
            let sounds = &all_sounds[sounds_start..sounds_end];
            let likeness = alike.next(sounds.len(), |at| Sound::from_bytes(sounds[at]), Cost::from(cost));
            // Whole texts were added.
            let text = || str::from_utf8(&self.texts[text_start..text_end]).unwrap_or_default();
            found.extend(likeness.map(|likeness| (text(), likeness)));
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
            let again = SoundIndex::take(&mut bytes.into()).expect("what was put");
            prop_assert_eq!(again.alike(&sounds, least), found.clone());
            for all in [&mut found, &mut each] {
                all.sort_by(|(one, of_one), (other, of_other)| one.cmp(other).then(of_one.total_cmp(of_other)));
            }
            prop_assert_eq!(found, each);
        }
    }
}
