//! How alike two words sound, finer than whether their keys are equal.
//!
//! The weighted edit distance of their sounds (R. A. Wagner, M. J. Fischer, "The string-to-string correction problem",
//! JACM 21(1), 1974). Consonants carry a name from one script to the other, vowels are spelled in many ways.

use std::sync::LazyLock;

use super::{is_vowel, place_of};

/// Costs of several sounds, in hundredths of a consonant.
pub(super) type Cost = u32;
/// A consonant that the other word lacks, or has another for.
const CONSONANT: u8 = 100;
/// A consonant that is often not written or not heard: r, l, w, y and h.
const WEAK: u8 = 50;
/// Consonants that stand for each other between the scripts; a further consonant at a syllable's end, which Thai
/// writes and silences, or leaves out.
const RELATED: u8 = 30;
/// A vowel that the other word lacks, or has another for.
const VOWEL: u8 = 30;

/// Sounds that are compared of a word, more than names have; bounds the work.
const MOST_SOUNDS: usize = 48;

/// Consonants that are exchanged where a name goes from one script to the other.
const GROUPS: [&[u8]; 7] = [b"PBF", b"FVWB", b"TDSC", b"SCJY", b"NLR", b"KG", b"NG"];

/// What a word sounds like, to be compared with others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sounds {
    sounds: Box<[Sound]>,
    cost: Cost,
}

/// A sound with what it costs to lack it, in hundredths of a consonant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sound {
    letter: u8,
    cost: u8,
}

impl Sounds {
    /// What `word` (normalised, lower case) sounds like.
    pub fn of(word: &str) -> Sounds {
        let mut sounds = super::sounds(word);
        // Between two syllables Thai writes twice what is said once, as in แทคเกิล (tackle).
        sounds.dedup();
        sounds.truncate(MOST_SOUNDS);
        let is_consonant = |at: Option<usize>| at.and_then(|at| sounds.get(at)).is_some_and(|&sound| !is_vowel(sound));
        let ends_vowel = |at: usize| sounds.get(at + 1).is_none_or(|&next| !is_vowel(next));
        let cost = |(at, letter): (usize, u8)| match letter {
            _ if is_vowel(letter) => VOWEL,
            _ if is_consonant(at.checked_sub(1)) && ends_vowel(at) => RELATED,
            b'R' | b'L' | b'W' | b'Y' | b'H' => WEAK,
            _ => CONSONANT,
        };
        let sounds = sounds.iter().enumerate().map(|(at, &letter)| Sound { letter, cost: cost((at, letter)) });
        Sounds::new(sounds.collect())
    }

    fn new(sounds: Box<[Sound]>) -> Sounds {
        Sounds { cost: cost(&sounds), sounds }
    }

    /// The number of consonants.
    pub fn consonants(&self) -> usize {
        self.sounds.iter().filter(|sound| !is_vowel(sound.letter)).count()
    }

    /// What words that sound alike begin with alike: one letter.
    pub fn first(&self) -> Option<u8> {
        self.sounds.first().map(|sound| if is_vowel(sound.letter) { b'X' } else { place_of(sound.letter) })
    }

    /// Every way to part the sounds in two, each of at least `fewest`.
    pub fn halves(&self, fewest: usize) -> impl Iterator<Item = (Sounds, Sounds)> {
        let places = fewest..(self.sounds.len() + 1).saturating_sub(fewest);
        places.map(|at| (Sounds::new(self.sounds[..at].into()), Sounds::new(self.sounds[at..].into())))
    }

    pub(super) fn as_slice(&self) -> &[Sound] {
        &self.sounds
    }

    /// How alike the words sound, up to 1 for the same sounds; `None` where that is less than `least`. Takes the
    /// product of their lengths.
    pub fn likeness(&self, other: &Sounds, least: f32) -> Option<f32> {
        Alike::new(self, least).next(other.sounds.len(), |at| other.sounds[at], other.cost)
    }
}

/// What it costs to lack all of these.
pub(super) fn cost(sounds: &[Sound]) -> Cost {
    sounds.iter().map(|sound| Cost::from(sound.cost)).sum()
}

impl Sound {
    pub(super) fn to_bytes(self) -> [u8; 2] {
        [self.letter, self.cost]
    }

    pub(super) fn from_bytes([letter, cost]: [u8; 2]) -> Sound {
        Sound { letter, cost }
    }
}

/// Compares words with one, one after the other, and keeps of the matrix of the last what the next begins with too.
pub(super) struct Alike<'s> {
    sounds: &'s Sounds,
    least: f32,
    /// No word that is alike is farther.
    most: Cost,
    /// By the number of sounds of the other word, the distance of each beginning of `sounds`.
    rows: Vec<[Cost; MOST_SOUNDS + 1]>,
    /// So many sounds of the last word the rows are of.
    done: usize,
    /// From so many sounds of the last word on, nothing is near enough.
    given_up: usize,
}

impl<'s> Alike<'s> {
    pub(super) fn new(sounds: &'s Sounds, least: f32) -> Alike<'s> {
        let mut first = [0; MOST_SOUNDS + 1];
        for (at, sound) in sounds.sounds.iter().enumerate() {
            first[at + 1] = first[at] + Cost::from(sound.cost);
        }
        // The longer of two that are alike has this cost at most.
        let longest = if least > 0.0 { sounds.cost as f32 / least } else { f32::INFINITY };
        let most = ((1.0 - least) * longest).ceil() as Cost;
        Alike { sounds, least, most, rows: vec![first], done: 0, given_up: usize::MAX }
    }

    /// Whether a word is not alike that begins with so many sounds as the word before it, for that alone. Every word has
    /// to be asked for in turn.
    pub(super) fn passes_over(&mut self, shared: usize) -> bool {
        self.done = self.done.min(shared);
        shared >= self.given_up
    }

    /// How alike a word is that has so many sounds, of what they are and of what they cost, if that is enough.
    pub(super) fn next(&mut self, length: usize, sound: impl Fn(usize) -> Sound, cost: Cost) -> Option<f32> {
        self.given_up = usize::MAX;
        let whole = self.sounds.cost.max(cost);
        let likeness = |distance: Cost| 1.0 - distance.min(whole) as f32 / whole.max(1) as f32;
        // What one has more must be lacking.
        if whole == 0 || likeness(self.sounds.cost.abs_diff(cost)) < self.least {
            return None;
        }
        while self.done < length {
            let lowest = self.add_row(sound(self.done));
            self.done += 1;
            if lowest > self.most {
                self.given_up = self.done;
                return None;
            }
        }
        let distance = self.rows[self.done][self.sounds.sounds.len()];
        Some(likeness(distance)).filter(|&likeness| likeness >= self.least)
    }

    /// The lowest cost of the row for a further sound of the other word.
    fn add_row(&mut self, sound: Sound) -> Cost {
        if self.rows.len() == self.done + 1 {
            self.rows.push([0; MOST_SOUNDS + 1]);
        }
        let (before, rest) = self.rows.split_at_mut(self.done + 1);
        let (before, row) = (&before[self.done], &mut rest[0]);
        let exchanges = &EXCHANGES[number(sound.letter)];
        row[0] = before[0] + Cost::from(sound.cost);
        let mut lowest = row[0];
        for (at, own) in self.sounds.sounds.iter().enumerate() {
            let exchanged = before[at] + Cost::from(exchanges[number(own.letter)]);
            let cost = exchanged.min(before[at + 1] + Cost::from(sound.cost)).min(row[at] + Cost::from(own.cost));
            row[at + 1] = cost;
            lowest = lowest.min(cost);
        }
        lowest
    }
}

/// How many sounds are told apart: capitals and the three vowels, each by the last five bits of its letter, and by one
/// more whether it is a vowel.
const NUMBERS: usize = 64;

const fn number(letter: u8) -> usize {
    (letter & 0x1F) as usize + if letter.is_ascii_lowercase() { NUMBERS / 2 } else { 0 }
}

/// What it costs to take one sound for another.
static EXCHANGES: LazyLock<[[u8; NUMBERS]; NUMBERS]> = LazyLock::new(|| {
    let mut costs = [[0; NUMBERS]; NUMBERS];
    let letters = || (b'A'..=b'Z').chain(b'a'..=b'z');
    for (one, other) in letters().flat_map(|one| letters().map(move |other| (one, other))) {
        costs[number(one)][number(other)] = exchange(one, other);
    }
    costs
});

fn exchange(one: u8, other: u8) -> u8 {
    match (is_vowel(one), is_vowel(other)) {
        _ if one == other => 0,
        (true, true) => VOWEL,
        (false, false) if GROUPS.iter().any(|group| group.contains(&one) && group.contains(&other)) => RELATED,
        (false, false) => CONSONANT,
        _ => CONSONANT + VOWEL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f32 {
        Sounds::of(one).likeness(&Sounds::of(other), 0.0).unwrap_or_default()
    }

    #[test]
    fn names_sound_alike_in_both_scripts() {
        let names = [
            ("jacksonville", "แจ็กสันวิลล์"),
            ("elway", "เอลเวย์"),
            ("fresno", "เฟรสโน"),
            ("luther", "ลูเทอร์"),
            ("manning", "แมนนิง"),
            ("transparency", "ทรานส์พาเรนซี"),
            ("bank", "แบงก์"),
            ("tackle", "แทคเกิล"),
            ("donna", "ดอนน่า"),
        ];
        for (latin, thai) in names {
            assert!(likeness(latin, thai) >= 0.78, "{latin} {thai}: {}", likeness(latin, thai));
        }
    }

    #[test]
    fn other_names_do_not() {
        for (latin, thai) in [("elway", "แมนนิง"), ("kennedy", "เฟรสโน"), ("bank", "ทุจริต"), ("bank", "")]
        {
            assert!(likeness(latin, thai) < 0.6, "{latin} {thai}: {}", likeness(latin, thai));
        }
    }

    proptest::proptest! {
        #[test]
        fn likeness_is_symmetric_and_between_0_and_1(one in "[a-zก-์]{0,12}", other in "[a-zก-์]{0,12}") {
            let found = likeness(&one, &other);
            proptest::prop_assert!((0.0..=1.0).contains(&found));
            proptest::prop_assert_eq!(found, likeness(&other, &one));
            let itself = if Sounds::of(&one).sounds.is_empty() { 0.0 } else { 1.0 };
            proptest::prop_assert_eq!(likeness(&one, &one), itself);
        }
    }
}
