//! Where Thai may be cut at all: between character clusters, never inside one.
//!
//! A cluster is a consonant with the vowels and marks that belong to it in writing, after
//! Theeramunkong et al., "Character cluster based Thai information retrieval" (IRAL 2000), told here
//! by the letters on both sides of a place alone.

use super::letter::{Letter, is_consonant, is_following_vowel, is_leading_vowel, is_mark, letter};

/// How many letters on each side of a place tell whether it can be cut.
pub const SIGHT: usize = 3;

const THANTHAKHAT: Letter = letter('\u{0E4C}');
const KO_KAI: Letter = letter('ก');
const MAI_TAI_KHU: Letter = letter('\u{0E47}');

/// What a letter does to the places beside it, by letter.
const KINDS: [Kind; 128] = kinds();

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Consonant,
    /// Belongs to the consonant before.
    Follower,
    /// Mai han akat and mai tai khu: belong to the consonant before, and want a final one after.
    Closed,
    /// Sara i and sara u: followers that can be silenced with their consonant.
    Silenceable,
    Leading,
    Other,
}

const fn kinds() -> [Kind; 128] {
    let mut kinds = [Kind::Other; 128];
    let mut at = 0;
    while at < kinds.len() {
        kinds[at] = match char::from_u32(0x0E00 + at as u32) {
            Some('\u{0E31}' | '\u{0E47}') => Kind::Closed,
            Some('\u{0E34}' | '\u{0E38}') => Kind::Silenceable,
            Some(ch) if is_mark(ch) || is_following_vowel(ch) => Kind::Follower,
            Some(ch) if is_consonant(ch) => Kind::Consonant,
            Some(ch) if is_leading_vowel(ch) => Kind::Leading,
            _ => Kind::Other,
        };
        at += 1;
    }
    kinds
}

fn kind(letter: Letter) -> Kind {
    KINDS[usize::from(letter & 0x7F)]
}

/// Whether there is no cluster that reaches over the place between `before` (in reading order, so that
/// its last letter is the nearest) and `after`. Where the text ends, letters are 0.
pub fn may_cut(before: [Letter; SIGHT], after: [Letter; SIGHT]) -> bool {
    let (last, next) = (kind(before[2]), kind(after[0]));
    // Without branches, which nothing could foresee.
    let is_follower = matches!(next, Kind::Follower | Kind::Closed | Kind::Silenceable);
    let is_closed = last == Kind::Closed;
    // กั|น is no cut: these vowels always stand before a final consonant.
    let is_final = is_closed & !is_kor(before);
    let is_silent = !is_closed & (next == Kind::Consonant) & is_silenced(after);
    !(is_follower | (last == Kind::Leading) | is_final | is_silent)
}

/// The word ก็ (then), the only one in which nothing follows mai tai khu.
fn is_kor([first, second, third]: [Letter; SIGHT]) -> bool {
    (third == MAI_TAI_KHU) & (second == KO_KAI) & (kind(first) != Kind::Leading)
}

/// A consonant under thanthakhat is silent and belongs to what stands before: no cut in กร์ or ทธิ์.
fn is_silenced([_, second, third]: [Letter; SIGHT]) -> bool {
    (second == THANTHAKHAT) | (kind(second) == Kind::Silenceable) & (third == THANTHAKHAT)
}

/// Sets `cuts[at]` for each place `at` of `letters` (from 0 to their number) to whether it can be cut.
pub fn mark_cuts(letters: &[Letter], cuts: &mut Vec<bool>) {
    cuts.clear();
    cuts.resize(letters.len() + 1, true);
    let [mut before, mut after] = [[0; SIGHT]; 2];
    let letter_at = |at: usize| letters.get(at).copied().unwrap_or(0);
    after.iter_mut().enumerate().for_each(|(at, letter)| *letter = letter_at(at));
    for (at, can_cut) in cuts.iter_mut().enumerate().take(letters.len()).skip(1) {
        before = [before[1], before[2], after[0]];
        after = [after[1], after[2], letter_at(at + SIGHT - 1)];
        *can_cut = may_cut(before, after);
    }
}
