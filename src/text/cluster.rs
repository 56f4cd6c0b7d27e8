//! Where text may be cut: Thai between its character clusters, all else between grapheme clusters.

use icu_segmenter::GraphemeClusterSegmenter;

use super::thai::cluster::{SIGHT, may_cut};
use super::thai::letter::{Letter, letters};

/// Whether Thai `text` may be cut at byte `offset`: a character boundary with no Thai character cluster
/// around it (a consonant with the vowels and marks that belong to it in writing).
pub fn is_boundary(text: &str, offset: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(offset) else { return false };
    before.is_empty() || after.is_empty() || may_cut(nearest_before(before), nearest_after(after))
}

fn nearest_before(text: &str) -> [Letter; SIGHT] {
    let mut nearest = nearest(letters(text).rev());
    nearest.reverse();
    nearest
}

fn nearest_after(text: &str) -> [Letter; SIGHT] {
    nearest(letters(text))
}

fn nearest(mut letters: impl Iterator<Item = Letter>) -> [Letter; SIGHT] {
    [(); SIGHT].map(|()| letters.next().unwrap_or(0))
}
/// The last place at or before byte `offset` where `text` can be cut for people to read: a grapheme
/// cluster boundary, and in Thai a character cluster boundary.
pub fn floor(text: &str, offset: usize) -> usize {
    // Text can be cut before most spaces, so that what is before the last one need not be read.
    let mut spaces = text[..text.floor_char_boundary(offset)].rmatch_indices(' ').map(|(at, _)| at);
    let start = spaces.find(|&at| is_boundary(text, at)).unwrap_or(0);
    let places = graphemes(&text[start..]).map(|at| start + at).take_while(|&at| at <= offset);
    places.collect::<Vec<_>>().into_iter().rev().find(|&at| is_boundary(text, at)).unwrap_or(0)
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
        let [after_space, broken] = ["กา ข้า", "กา เ ข้า"];
        assert_eq!(floor(after_space, "กา ข้".len()), "กา ".len());
        assert_eq!(floor(broken, "กา เ ข้".len()), "กา เ ".len());
    }
}
