//! Typing errors as people make them, for measuring how many of them are set right.
//!
//! Makes one slip in a word: a neighbouring key, a letter dropped, doubled or out of order, a tone lost or taken for
//! another, a vowel too long or too short, a consonant of the same sound, a silencing mark left out. The same
//! seed makes the same slip. Errors that no Thai keyboard would let stand, or that normalising would take back, are
//! not made.

use super::likeness::{CONSONANTS, THANTHAKHAT, TONES, VOWELS, neighbour_keys};
use crate::text::thai::letter::{is_consonant, is_following_vowel, is_leading_vowel, is_mark, is_tone};

/// All words that a kind of slip makes of letters, at one of them.
type Kind = fn(&[char], usize) -> Vec<String>;

/// The kinds of slips.
const KINDS: [Kind; 8] = [neighbour_key, dropped, doubled, transposed, tone, vowel_length, same_sound, unsilenced];

/// `word` (normalised, lower case) with one slip in it, always another word unless it is empty.
pub fn mistype(word: &str, seed: u64) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut random = SplitMix64(seed);
    let first = random.below(KINDS.len());
    for kind in KINDS.iter().cycle().skip(first).take(KINDS.len()) {
        let slips: Vec<String> = (0..letters.len()).flat_map(|at| kind(&letters, at)).collect();
        let mut slips: Vec<String> = slips.into_iter().filter(|slip| slip != word && can_be_typed(slip)).collect();
        if !slips.is_empty() {
            return slips.swap_remove(random.below(slips.len()));
        }
    }
    // Nothing else can go wrong with a lone digit or mark.
    word.chars().chain(word.chars().next_back()).collect()
}

fn neighbour_key(letters: &[char], at: usize) -> Vec<String> {
    exchanged(letters, at, neighbour_keys(letters[at]))
}

fn dropped(letters: &[char], at: usize) -> Vec<String> {
    let is_last = letters.len() == 1 || letters[at].is_numeric();
    if is_last { Vec::new() } else { vec![replaced(letters, at, 1, &[])] }
}

fn doubled(letters: &[char], at: usize) -> Vec<String> {
    let ch = letters[at];
    let can_double = is_consonant(ch) || ch.is_ascii_lowercase();
    if can_double { vec![replaced(letters, at, 1, &[ch, ch])] } else { Vec::new() }
}

fn transposed(letters: &[char], at: usize) -> Vec<String> {
    match letters[at..] {
        [first, second, ..] if !first.is_numeric() && !second.is_numeric() => {
            vec![replaced(letters, at, 2, &[second, first])]
        }
        _ => Vec::new(),
    }
}

fn tone(letters: &[char], at: usize) -> Vec<String> {
    if !is_tone(letters[at]) {
        return Vec::new();
    }
    let mut slips = exchanged(letters, at, TONES.chars().filter(|&other| is_tone(other)));
    slips.push(replaced(letters, at, 1, &[]));
    slips
}

fn vowel_length(letters: &[char], at: usize) -> Vec<String> {
    of_groups(letters, at, &VOWELS)
}

fn same_sound(letters: &[char], at: usize) -> Vec<String> {
    of_groups(letters, at, &CONSONANTS)
}

fn unsilenced(letters: &[char], at: usize) -> Vec<String> {
    if letters[at] == THANTHAKHAT { vec![replaced(letters, at, 1, &[])] } else { Vec::new() }
}

fn of_groups(letters: &[char], at: usize, groups: &[&str]) -> Vec<String> {
    let groups = groups.iter().filter(|group| group.contains(letters[at]));
    exchanged(letters, at, groups.flat_map(|group| group.chars()))
}

fn exchanged(letters: &[char], at: usize, others: impl IntoIterator<Item = char>) -> Vec<String> {
    others.into_iter().map(|other| replaced(letters, at, 1, &[other])).collect()
}

/// `letters` with `count` of them from `at` on replaced.
fn replaced(letters: &[char], at: usize, count: usize, with: &[char]) -> String {
    [&letters[..at], with, &letters[at + count..]].concat().into_iter().collect()
}

/// Whether people could leave `text` so: every Thai sign has a letter to stand on, and nothing stands thrice.
fn can_be_typed(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let is_thrice = letters.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    let befores = [None].into_iter().chain(letters.iter().copied().map(Some));
    let afters = letters.iter().copied().map(Some).chain([None]);
    !is_thrice && befores.zip(afters).all(|(before, after)| can_follow(before, after))
}

/// Whether `after` can stand after `before` in Thai; `None` is the edge of the word.
fn can_follow(before: Option<char>, after: Option<char>) -> bool {
    let is_letter = |ch: Option<char>| ch.is_some_and(is_consonant);
    let is_vowel_mark = |ch: Option<char>| matches!(ch, Some('\u{0E31}' | '\u{0E34}'..='\u{0E39}'));
    match after {
        _ if before.is_some_and(is_leading_vowel) => is_letter(after),
        Some('\u{0E48}'..='\u{0E4C}') => is_letter(before) || is_vowel_mark(before),
        Some('ะ') => is_letter(before) || before.is_some_and(is_tone) || before == Some('า'),
        Some(ch) if is_following_vowel(ch) => is_letter(before) || before.is_some_and(is_tone),
        Some(ch) if is_mark(ch) => is_letter(before),
        _ => true,
    }
}

/// The generator SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014), for what is measured: the same seed gives the same numbers. Not for secrets.
pub(crate) struct SplitMix64(pub(crate) u64);

impl SplitMix64 {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound`, without `bound` itself.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // The upper half of the product: the bias is bound / 2^64.
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All slips that some seed makes in `word`.
    fn slips(word: &str) -> Vec<String> {
        let mut slips: Vec<String> = (0..2_000).map(|seed| mistype(word, seed)).collect();
        slips.sort_unstable();
        slips.dedup();
        slips
    }

    #[test]
    fn every_kind_of_slip_is_made() {
        for (word, slip) in [
            ("งบ", "งล"),          // budget: a neighbouring key
            ("budget", "budgt"),   // a letter dropped
            ("budget", "buddget"), // doubled
            ("กรม", "รกม"),        // department: out of order
            ("ส่วย", "สวย"),        // bribe: the tone lost
            ("จ้าง", "จ่าง"),        // to hire: another tone
            ("มา", "มะ"),          // to come: a vowel too short
            ("ศาล", "ซาล"),        // court: a consonant of the same sound
            ("ศุกร์", "ศุกร"),        // Friday: unsilenced
        ] {
            assert!(slips(word).iter().any(|made| made == slip), "{word} {slip}");
        }
    }

    #[test]
    fn no_sign_is_left_without_a_letter_to_stand_on() {
        for (word, slip) in [("จ้าง", "้จาง"), ("ที่", "ท่ี"), ("เก", "กเ"), ("นน", "นนน")]
        {
            assert!(slips(word).iter().all(|made| made != slip), "{word} {slip}");
        }
    }

    #[test]
    fn the_same_seed_makes_the_same_slip() {
        assert_eq!(mistype("budget", 7), mistype("budget", 7));
        assert!(slips("budget").len() > 20);
    }

    #[test]
    fn a_digit_that_stands_alone_is_doubled_and_nothing_stays_nothing() {
        assert_eq!((mistype("5", 1), mistype("", 1)), ("55".to_owned(), String::new()));
    }

    proptest! {
        #[test]
        fn a_slip_is_never_the_word_itself(word in "[a-z]{1,8}|[ก-์]{1,8}|[0-9]{1,4}", seed in any::<u64>()) {
            prop_assert_ne!(mistype(&word, seed), word);
        }
    }
}
