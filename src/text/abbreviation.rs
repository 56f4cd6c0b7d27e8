//! Thai abbreviations with dots (ป.ป.ช., พ.ร.บ., พ.ศ.), which must not fall apart into letters.

use super::thai::letter::{is_consonant, is_leading_vowel, is_mark, is_thai};
use super::{cluster, equivalents};

/// The most bare consonants between two dots, as in กทม.
const LONGEST_GROUP: usize = 3;
/// The most groups of an abbreviation that is written with spaces.
const MOST_SPACED_GROUPS: usize = 6;
/// The most marks over and under one consonant.
const MOST_MARKS: usize = 2;

/// Where in the Thai run `text[start..end]` an abbreviation begins that goes on with the dot at `end`, and its length
/// in bytes.
pub(super) fn at_end_of_run(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    if !text[end..].starts_with('.') {
        return None;
    }
    let near_end = text[start..end].char_indices().rev().take(LONGEST_GROUP + MOST_MARKS).map(|(at, _)| start + at);
    let near_end = near_end.filter(|&at| cluster::is_boundary(&text[start..end], at - start));
    // The longest abbreviation is the one meant: that which begins first.
    let mut found = None;
    for at in near_end {
        found = spaced_length_at(text, at).or_else(|| length_at(text, at)).map(|length| (at, length)).or(found);
    }
    found
}

/// The length of a known abbreviation that is written with spaces: ป. ป. ช.
fn spaced_length_at(text: &str, at: usize) -> Option<usize> {
    if text[..at].chars().next_back().is_some_and(is_thai) {
        return None;
    }
    let (mut length, mut letters, mut known) = (0, String::new(), None);
    for _ in 0..MOST_SPACED_GROUPS {
        let Some(group) = dotted_group(&text[at + length..], LONGEST_GROUP) else { break };
        letters.push_str(text[at + length..][..group].trim_end_matches('.'));
        length += group;
        if equivalents::is_abbreviation(&letters) && text[at..at + length].contains(' ') {
            known = Some(length);
        }
        length += usize::from(text[at + length..].starts_with(' '));
    }
    known
}

/// The length in bytes of the abbreviation that begins at byte `at` of `text`, if one does: two or
/// more groups, each but the last followed by a dot, or a known one of several letters and a dot (อบต.). A group is some consonants, or one with its
/// vowel: พ.ศ., เม.ย. (April), มิ.ย. (June).
///
/// Within a Thai run the first group is one cluster, since what stands before it is the word before:
/// จากป.ป.ช. (from the N.A.C.C.).
pub(super) fn length_at(text: &str, at: usize) -> Option<usize> {
    let inside_a_run = text[..at].chars().next_back().is_some_and(is_thai);
    let first = dotted_group(&text[at..], if inside_a_run { 1 } else { LONGEST_GROUP })?;
    let mut length = first;
    let mut groups = 1;
    while let Some(group) = dotted_group(&text[at + length..], LONGEST_GROUP) {
        length += group;
        groups += 1;
    }
    if let Some(group) = last_group(&text[at + length..]) {
        length += group;
        groups += 1;
    }
    let is_known = |length: usize| equivalents::is_abbreviation(&text[at..at + length].replace('.', ""));
    // อบต.อบจ. are two.
    if !inside_a_run && (groups == 1 || !is_known(length)) && text[at..].chars().nth(1) != Some('.') && is_known(first)
    {
        return Some(first);
    }
    (groups > 1).then_some(length)
}

/// A group with at most `longest` consonants and a dot: the length of both in bytes.
fn dotted_group(text: &str, longest: usize) -> Option<usize> {
    let cluster = with_vowel(text).unwrap_or_else(|| leading_consonants(text, longest));
    (cluster > 0 && text[cluster..].starts_with('.')).then_some(cluster + 1)
}

/// A consonant that ends the Thai run, as in พ.ร.บ with the last dot forgotten.
fn last_group(text: &str) -> Option<usize> {
    let letter = leading_consonants(text, 1);
    let run_ends = !text[letter..].chars().next().is_some_and(is_thai);
    (letter > 0 && run_ends).then_some(letter)
}

/// The length of one consonant with a vowel before, above or below it.
fn with_vowel(text: &str) -> Option<usize> {
    let vowel = text.chars().next().filter(|&ch| is_leading_vowel(ch)).map_or(0, char::len_utf8);
    let consonant = text[vowel..].chars().next().filter(|&ch| is_consonant(ch))?.len_utf8();
    let after = &text[vowel + consonant..];
    let marks: usize = after.chars().take(MOST_MARKS).take_while(|&ch| is_mark(ch)).map(char::len_utf8).sum();
    (vowel + marks > 0).then_some(vowel + consonant + marks)
}

fn leading_consonants(text: &str, most: usize) -> usize {
    text.chars().take(most).take_while(|&ch| is_consonant(ch)).map(char::len_utf8).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, at: &str, expected: Option<&str>) {
        let start = text.find(at).expect("the place is in the text");
        assert_eq!(length_at(text, start).map(|length| &text[start..start + length]), expected);
    }

    #[test]
    fn dotted_consonants_are_one_abbreviation() {
        check("ป.ป.ช. ระบุ", "ป.", Some("ป.ป.ช."));
        check("พ.ร.บ ฉบับนี้", "พ.", Some("พ.ร.บ"));
        check("จากป.ป.ช.", "ป.", Some("ป.ป.ช."));
        check("ก.ค.", "ก.", Some("ก.ค."));
        check("ถึงเม.ย. นี้", "เ", Some("เม.ย."));
        check("มิ.ย. 2567", "มิ", Some("มิ.ย."));
        check("จ.เชียงใหม่", "จ.", None);
        check("พ.ร.บ.ของรัฐ", "พ.", Some("พ.ร.บ."));
        check("จบ. แล้ว", "จบ", None);
        check("ข้อ ก. ข้อแรก", "ก.", None);
    }

    #[test]
    fn known_abbreviations_may_have_spaces() {
        let text = "คดี ป. ป. ช. แถลง"; // the case the N.A.C.C. announced
        let start = text.find("ป.").expect("it is there");
        assert_eq!(at_end_of_run(text, start, start + 3), Some((start, "ป. ป. ช.".len())));
        assert_eq!(at_end_of_run("ข้อ ก. ข. ค.", 10, 13), None);
    }
}
