//! How alike two words sound, finer than whether their keys are equal.
//!
//! The weighted edit distance of their sounds (R. A. Wagner, M. J. Fischer, "The string-to-string correction problem",
//! JACM 21(1), 1974). Consonants carry a name from one script to the other, vowels are spelled in many ways.

use super::{is_vowel, place_of};

/// Costs, in hundredths of a consonant.
type Cost = u32;
/// A consonant that the other word lacks, or has another for.
const CONSONANT: Cost = 100;
/// A consonant that is often not written or not heard: r, l, w, y and h.
const WEAK: Cost = 50;
/// Consonants that stand for each other between the scripts; a further consonant at a syllable's end, which Thai
/// writes and silences, or leaves out.
const RELATED: Cost = 30;
/// A vowel that the other word lacks, or has another for.
const VOWEL: Cost = 30;

/// Sounds that are compared of a word, more than names have; bounds the work.
const MOST_SOUNDS: usize = 48;

/// Consonants that are exchanged where a name goes from one script to the other.
const GROUPS: [&[u8]; 7] = [b"PBF", b"FVWB", b"TDSC", b"SCJY", b"NLR", b"KG", b"NG"];

/// What a word sounds like, to be compared with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sounds(Vec<(u8, Cost)>);

impl Sounds {
    /// What `word` (normalised, lower case) sounds like.
    pub fn of(word: &str) -> Sounds {
        let mut sounds = super::sounds(word);
        // Between two syllables Thai writes twice what is said once, as in แทคเกิล (tackle).
        sounds.dedup();
        sounds.truncate(MOST_SOUNDS);
        let is_consonant = |at: Option<usize>| at.and_then(|at| sounds.get(at)).is_some_and(|&sound| !is_vowel(sound));
        let ends_vowel = |at: usize| sounds.get(at + 1).is_none_or(|&next| !is_vowel(next));
        let cost = |(at, &sound): (usize, &u8)| match sound {
            _ if is_vowel(sound) => VOWEL,
            _ if is_consonant(at.checked_sub(1)) && ends_vowel(at) => RELATED,
            b'R' | b'L' | b'W' | b'Y' | b'H' => WEAK,
            _ => CONSONANT,
        };
        Sounds(sounds.iter().enumerate().map(|sound| (*sound.1, cost(sound))).collect())
    }

    /// The number of consonants.
    pub fn consonants(&self) -> usize {
        self.0.iter().filter(|(sound, _)| !is_vowel(*sound)).count()
    }

    /// What words that sound alike begin with alike: one letter.
    pub fn first(&self) -> Option<u8> {
        self.0.first().map(|&(sound, _)| if is_vowel(sound) { b'X' } else { place_of(sound) })
    }

    /// Every way to part the sounds in two, each of at least `fewest`.
    pub fn halves(&self, fewest: usize) -> impl Iterator<Item = (Sounds, Sounds)> {
        let places = fewest..(self.0.len() + 1).saturating_sub(fewest);
        places.map(|at| (Sounds(self.0[..at].to_vec()), Sounds(self.0[at..].to_vec())))
    }

    /// How alike the words sound, up to 1 for the same sounds; `None` where that is less than `least`. Takes the
    /// product of their lengths.
    pub fn likeness(&self, other: &Sounds, least: f32) -> Option<f32> {
        let whole = self.cost().max(other.cost());
        let likeness = |distance: Cost| 1.0 - distance.min(whole) as f32 / whole.max(1) as f32;
        // At least so many sounds are lacking.
        let lacking = self.0.len().abs_diff(other.0.len()) as Cost * VOWEL;
        if whole == 0 || likeness(lacking) < least {
            return None;
        }
        let most = ((1.0 - least) * whole as f32).ceil() as Cost;
        Some(likeness(self.distance(other, most)?)).filter(|&likeness| likeness >= least)
    }

    fn cost(&self) -> Cost {
        self.0.iter().map(|(_, cost)| cost).sum()
    }

    /// The weighted edit distance; `None` as soon as it is known to be more than `most`.
    fn distance(&self, other: &Sounds, most: Cost) -> Option<Cost> {
        // On the stack, since one word is compared with thousands.
        let mut row = [0; MOST_SOUNDS + 1];
        let row = &mut row[..=other.0.len()];
        for (at, (_, cost)) in other.0.iter().enumerate() {
            row[at + 1] = row[at] + cost;
        }
        for &(sound, cost) in &self.0 {
            let mut diagonal = row[0];
            row[0] += cost;
            for (at, &(of_other, cost_of_other)) in other.0.iter().enumerate() {
                let exchanged = diagonal + exchange(sound, of_other);
                diagonal = row[at + 1];
                row[at + 1] = exchanged.min(diagonal + cost).min(row[at] + cost_of_other);
            }
            if row.iter().all(|&cost| cost > most) {
                return None;
            }
        }
        row.last().copied()
    }
}

fn exchange(one: u8, other: u8) -> Cost {
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
            let itself = if Sounds::of(&one).0.is_empty() { 0.0 } else { 1.0 };
            proptest::prop_assert_eq!(likeness(&one, &one), itself);
        }
    }
}
