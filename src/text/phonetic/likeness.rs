//! How alike two words sound, finer than whether their keys are equal.
//!
//! The weighted edit distance of their sounds (R. A. Wagner, M. J. Fischer, "The string-to-string correction problem",
//! JACM 21(1), 1974). Consonants carry a name from one script to the other, vowels are spelled in many ways.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::{is_vowel, place_of};

/// Costs of several sounds, in hundredths of a consonant.
type Cost = u32;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sounds {
    sounds: Box<[Sound]>,
    cost: Cost,
}

/// A sound with what it costs to lack it, in hundredths of a consonant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sound {
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
        let cost = sounds.iter().map(|sound| Cost::from(sound.cost)).sum();
        Sounds { sounds, cost }
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

    /// What it costs to lack all of them, in hundredths of a consonant.
    pub fn cost(&self) -> u32 {
        self.cost
    }

    /// The [`cost`](Sounds::cost) that words may have whose likeness is `least`: others differ too much in length.
    pub fn costs_of_alike(&self, least: f32) -> RangeInclusive<u32> {
        let cost = self.cost as f32;
        (cost * least).floor() as u32..=(cost / least).ceil() as u32
    }

    /// How alike the words sound, up to 1 for the same sounds; `None` where that is less than `least`. Takes the
    /// product of their lengths.
    pub fn likeness(&self, other: &Sounds, least: f32) -> Option<f32> {
        let whole = self.cost.max(other.cost);
        let likeness = |distance: Cost| 1.0 - distance.min(whole) as f32 / whole.max(1) as f32;
        // At least so many sounds are lacking.
        let lacking = self.sounds.len().abs_diff(other.sounds.len()) as Cost * Cost::from(VOWEL);
        if whole == 0 || likeness(lacking) < least {
            return None;
        }
        let most = ((1.0 - least) * whole as f32).ceil() as Cost;
        Some(likeness(self.distance(other, most)?)).filter(|&likeness| likeness >= least)
    }

    /// The weighted edit distance; `None` as soon as it is known to be more than `most`.
    fn distance(&self, other: &Sounds, most: Cost) -> Option<Cost> {
        // On the stack, since one word is compared with thousands.
        let mut row = [0; MOST_SOUNDS + 1];
        let row = &mut row[..=other.sounds.len()];
        for (at, sound) in other.sounds.iter().enumerate() {
            row[at + 1] = row[at] + Cost::from(sound.cost);
        }
        for sound in &self.sounds {
            let exchanges = &EXCHANGES[number(sound.letter)];
            let mut diagonal = row[0];
            row[0] += Cost::from(sound.cost);
            let mut lowest = row[0];
            for (at, of_other) in other.sounds.iter().enumerate() {
                let exchanged = diagonal + Cost::from(exchanges[number(of_other.letter)]);
                diagonal = row[at + 1];
                row[at + 1] = exchanged.min(diagonal + Cost::from(sound.cost)).min(row[at] + Cost::from(of_other.cost));
                lowest = lowest.min(row[at + 1]);
            }
            if lowest > most {
                return None;
            }
        }
        row.last().copied()
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
        fn what_is_alike_costs_about_as_much(one in "[a-z]{1,9}", other in "[a-z]{1,9}", least in 0.5_f32..1.0) {
            let (one, other) = (Sounds::of(&one), Sounds::of(&other));
            if one.likeness(&other, least).is_some() {
                proptest::prop_assert!(one.costs_of_alike(least).contains(&other.cost()));
            }
        }

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
