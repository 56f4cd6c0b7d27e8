//! Text that normalising leaves as it is, but for lower case.

use super::normalize::{LAKKHANGYAO, NIKHAHIT, SARA_AM, THANTHAKHAT};
use super::thai::letter::{BYTES, is_following_vowel, is_leading_vowel, is_mark, is_thai, is_tone};

/// What a character needs so that it stays as it is, but for lower case; ordered as marks over one consonant are.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Habit {
    Free,
    /// Not twice in a row.
    Once,
    Mark,
    Tone,
    SaraAm,
    /// Nothing keeps it as it is.
    Unsettled,
}

impl Habit {
    fn may_follow(self, before: Habit) -> bool {
        match self {
            Habit::Free | Habit::Once => true,
            Habit::Mark | Habit::Tone | Habit::SaraAm => before < self,
            Habit::Unsettled => false,
        }
    }
}

/// The habits of ASCII, and from 128 on of the Thai block.
const HABITS: [Habit; 256] = habits();

const fn habits() -> [Habit; 256] {
    let mut habits = [Habit::Free; 256];
    let mut at = 128;
    while at < habits.len() {
        habits[at] = match char::from_u32(0x0E00 + at as u32 - 128) {
            Some(NIKHAHIT | LAKKHANGYAO | '๐'..='๙') => Habit::Unsettled,
            Some(SARA_AM) => Habit::SaraAm,
            Some(ch) if is_tone(ch) || ch == THANTHAKHAT => Habit::Tone,
            Some(ch) if is_mark(ch) => Habit::Mark,
            Some(ch) if is_following_vowel(ch) || is_leading_vowel(ch) || ch == 'ๆ' => Habit::Once,
            Some(ch) if is_thai(ch) => Habit::Free,
            _ => Habit::Unsettled,
        };
        at += 1;
    }
    habits
}

/// The first character of ASCII or Thai `bytes` as its place among the [`HABITS`], in lower case, and its length.
fn first_habitual(bytes: &[u8]) -> Option<(u8, usize)> {
    match *bytes {
        [ascii @ ..0x80, ..] => Some((ascii.to_ascii_lowercase(), 1)),
        // U+0E00 to U+0E7F.
        [0xE0, high @ 0xB8..=0xB9, low, ..] => Some((0x80 | (high & 1) << 6 | low & 0x3F, BYTES)),
        _ => None,
    }
}

/// How many bytes at the beginning of `text` only need lower case, up to its end or behind a space: most of what people
/// write, which is copied at once.
pub(super) fn settled_length(text: &str) -> usize {
    let (mut before, mut is_double) = (0, false);
    let (mut at, mut length) = (0, 0);
    while let Some((letter, bytes)) = first_habitual(&text.as_bytes()[at..]) {
        let habit = HABITS[usize::from(letter)];
        let is_same = letter == before;
        if !habit.may_follow(HABITS[usize::from(before)]) || is_same && (is_double || habit == Habit::Once) {
            return length;
        }
        at += bytes;
        if letter == b' ' {
            length = at;
        }
        (before, is_double) = (letter, is_same);
    }
    if at == text.len() { at } else { length }
}
