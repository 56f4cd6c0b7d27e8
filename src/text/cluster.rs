//! Where Thai text may be cut at all: between character clusters, never inside one.
//!
//! A cluster is a consonant with the vowels and marks that belong to it in writing, after
//! Theeramunkong et al., "Character cluster based Thai information retrieval" (IRAL 2000), told here
//! by the characters on both sides of a place alone.

use icu_segmenter::GraphemeClusterSegmenter;

use super::script::{is_consonant, is_leading_vowel, is_mark};

const THANTHAKHAT: char = '\u{0E4C}';

/// Whether Thai `text` may be cut at byte `offset`: a character boundary that is no cluster's inside.
pub fn is_boundary(text: &str, offset: usize) -> bool {
    if !text.is_char_boundary(offset) {
        return false;
    }
    let (before, after) = text.split_at(offset);
    match (before.chars().next_back(), after.chars().next()) {
        (Some(last), Some(next)) => !joined(before, last, next) && !begins_silenced(after),
        _ => true,
    }
}

fn joined(before: &str, last: char, next: char) -> bool {
    let follows_its_consonant = is_mark(next) || matches!(next, 'ะ' | 'า' | 'ำ' | 'ๅ');
    // Mai han akat and mai tai khu always stand before a final consonant: กั|น is no cut.
    let wants_a_final = matches!(last, '\u{0E31}' | '\u{0E47}') && !is_kor(before);
    follows_its_consonant || wants_a_final || is_leading_vowel(last)
}

/// Whether `before` ends with the word ก็ (then), the only one in which nothing follows mai tai khu.
fn is_kor(before: &str) -> bool {
    let word = before.strip_suffix("ก็");
    word.is_some_and(|word| !word.ends_with(is_leading_vowel))
}

/// A consonant under thanthakhat is silent and belongs to what stands before: no cut in กร์ or ทธิ์.
fn begins_silenced(after: &str) -> bool {
    let mut chars = after.chars();
    chars.next().is_some_and(is_consonant)
        && match chars.next() {
            Some(THANTHAKHAT) => true,
            Some('\u{0E34}' | '\u{0E38}') => chars.next() == Some(THANTHAKHAT),
            _ => false,
        }
}

/// The last place at or before byte `offset` where `text` can be cut for people to read: a grapheme
/// cluster boundary, and in Thai a character cluster boundary.
pub fn floor(text: &str, offset: usize) -> usize {
    graphemes(text).take_while(|&at| at <= offset).filter(|&at| is_boundary(text, at)).last().unwrap_or(0)
}

fn graphemes(text: &str) -> impl Iterator<Item = usize> {
    GraphemeClusterSegmenter::new().segment_str(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts `text` at every place that is allowed, shown with bars.
    fn check(text: &str, expected: &str) {
        let mut shown = String::new();
        for (at, ch) in text.char_indices() {
            if at > 0 && is_boundary(text, at) {
                shown.push('|');
            }
            shown.push(ch);
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn clusters_are_not_cut() {
        check("ทุจริต", "ทุ|จ|ริ|ต");
        check("เปิดเผย", "เปิ|ด|เผ|ย");
        check("วันศุกร์", "วัน|ศุ|กร์");
        check("สิทธิ์", "สิ|ทธิ์");
        check("น้ำ", "น้ำ");
        check("ก็เก็บ", "ก็|เก็บ");
    }

    #[test]
    fn cutting_for_people_keeps_clusters_whole() {
        let text = "ก้ำ👍🏽ข";
        assert_eq!(floor(text, 4), 0);
        assert_eq!(floor(text, "ก้ำ👍".len()), "ก้ำ".len());
    }
}
