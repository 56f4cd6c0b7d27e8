//! Many words by how they sound, of which those that sound like one are found.
//!
//! The words are sorted by their sounds, so that those with the same beginning stand together. Of the matrix of distances
//! the rows of that beginning are worked out once, and once none of a row is near enough, all words that go on from there
//! are passed over: a walk through a trie (K. Oflazer, "Error-tolerant finite-state recognition", Computational
//! Linguistics 22(1), 1996) without its nodes.

use super::likeness::{Alike, Sounds};

/// Words by how they sound.
#[derive(Default)]
pub struct SoundIndex {
    words: Vec<Word>,
}

struct Word {
    sounds: Sounds,
    text: Box<str>,
    /// How many sounds it begins with as the word before does.
    shared: usize,
}

impl SoundIndex {
    /// An index of these words.
    pub fn new(words: impl IntoIterator<Item = (Sounds, Box<str>)>) -> SoundIndex {
        let mut words: Vec<Word> = words.into_iter().map(|(sounds, text)| Word { sounds, text, shared: 0 }).collect();
        words.sort_unstable_by(|one, other| one.sounds.cmp(&other.sounds).then_with(|| one.text.cmp(&other.text)));
        for at in 1..words.len() {
            words[at].shared = words[at].sounds.shared(&words[at - 1].sounds);
        }
        SoundIndex { words }
    }

    /// The words whose [`likeness`](Sounds::likeness) to `sounds` is at least `least`, with how much it is, in no
    /// particular order.
    pub fn alike<'a>(&'a self, sounds: &Sounds, least: f32) -> Vec<(&'a str, f32)> {
        let mut alike = Alike::new(sounds, least);
        let mut found = Vec::new();
        for word in &self.words {
            if let Some(likeness) = alike.next(&word.sounds, word.shared) {
                found.push((&*word.text, likeness));
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
            let index = SoundIndex::new(words.iter().map(|word| (Sounds::of(word), word.as_str().into())));
            let mut found = index.alike(&sounds, least);
            let each = words.iter().filter_map(|it| Some((it.as_str(), sounds.likeness(&Sounds::of(it), least)?)));
            let mut each: Vec<(&str, f32)> = each.collect();
            for all in [&mut found, &mut each] {
                all.sort_by(|(one, of_one), (other, of_other)| one.cmp(other).then(of_one.total_cmp(of_other)));
            }
            prop_assert_eq!(found, each);
        }
    }
}
