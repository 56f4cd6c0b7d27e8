//! What stands in brackets, and whether it is a term.

use super::{is_latin, is_thai};
use crate::lexicon::is_stop_word;

/// Longer texts in brackets, in bytes, are no terms.
const LONGEST: usize = 120;
/// The most words of an English term; a Thai one is one run, or two.
const MOST_ENGLISH: usize = 6;
const MOST_THAI: usize = 2;
/// Less is a numeral or a unit, if it is no acronym.
const FEWEST_LETTERS: usize = 3;
/// The most letters of an acronym.
const LONGEST_ACRONYM: usize = 8;
/// What may stand before a term in brackets to say what language it is in.
const LABELS: [&str; 6] = ["อังกฤษ", "ภาษาอังกฤษ", "ไทย", "ภาษาไทย", "english", "thai"];

/// A pair of brackets on one line.
pub(super) struct Bracket<'a> {
    /// The line up to it.
    pub(super) before: &'a str,
    pub(super) inside: &'a str,
}

/// The brackets of a text that have none within them.
pub(super) fn brackets(text: &str) -> impl Iterator<Item = Bracket<'_>> {
    text.lines().flat_map(|line| {
        line.match_indices(['(', '（']).filter_map(move |(at, open)| {
            let after = &line[at + open.len()..];
            let end = after.find(['(', '（', ')', '）'])?;
            let closes = after[end..].starts_with([')', '）']) && end <= LONGEST;
            closes.then_some(Bracket { before: &line[..at], inside: &after[..end] })
        })
    })
}

/// The terms in brackets: one, one and its acronym as in "Conflict of Interest: COI", or none.
pub(super) fn terms(inside: &str) -> Vec<String> {
    let labelled = inside.split_once([':', '：']).filter(|(label, _)| is_label(label));
    let inside = labelled.map_or(inside, |(_, rest)| rest);
    let parts = inside.split([':', ',', ';', '=', '/']).flat_map(|part| part.split(" - ")).map(trimmed);
    let parts: Vec<&str> = parts.collect();
    // What is enumerated is no gloss.
    let is_gloss = parts.len() == 1 || (parts.len() == 2 && parts.iter().any(|part| is_acronym(part)));
    let terms = parts.into_iter().filter(|part| is_gloss && is_term(part));
    let mut terms: Vec<String> = terms.map(str::to_owned).collect();
    terms.sort_by_key(|term| is_acronym(term));
    terms
}

pub(super) fn is_acronym(text: &str) -> bool {
    (2..=LONGEST_ACRONYM).contains(&text.chars().count()) && text.chars().all(char::is_uppercase)
}

fn is_label(text: &str) -> bool {
    LABELS.contains(&&*text.trim().to_lowercase())
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, '"' | '\'' | '“' | '”' | '‘' | '’' | '*'))
}

fn is_term(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let says_something = |word: Option<&String>| word.is_some_and(|word| !is_stop_word(word));
    let is_thai = text.chars().all(|ch| is_thai(ch) || ch == ' ') && words.len() <= MOST_THAI;
    let is_sign = |ch| matches!(ch, ' ' | '-' | '–' | '\'' | '’' | '&');
    let is_english = text.chars().all(|ch| is_latin(ch) || is_sign(ch)) && words.len() <= MOST_ENGLISH;
    (is_thai || is_english)
        && (text.chars().filter(|ch| ch.is_alphabetic()).count() >= FEWEST_LETTERS || is_acronym(text))
        && says_something(words.first())
        && says_something(words.last())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::a_term("Open Data", &["Open Data"])]
    #[case::with_its_acronym("Conflict of Interest: COI", &["Conflict of Interest", "COI"])]
    #[case::after_its_acronym("COI, Conflict of Interest", &["Conflict of Interest", "COI"])]
    #[case::an_acronym("OECD", &["OECD"])]
    #[case::labelled("อังกฤษ: Public Procurement", &["Public Procurement"])]
    #[case::thai("ธรรมาภิบาล", &["ธรรมาภิบาล"])]
    #[case::an_enumeration("Wrasse, Cichlid, Parrotfish", &[])]
    #[case::a_remark("an invented company", &[])]
    #[case::a_sentence("see the report of the committee on the budget", &[])]
    #[case::a_year("2567", &[])]
    #[case::both_scripts("กฎหมาย Open Data", &[])]
    #[case::an_address("https://example.org", &[])]
    #[case::nothing("", &[])]
    fn a_gloss_is_a_term(#[case] inside: &str, #[case] expected: &[&str]) {
        assert_eq!(terms(inside), expected);
    }

    #[test]
    fn brackets_close_on_their_line() {
        let found: Vec<_> = brackets("ก (a) ข (b\nค (d (e) f) ง （g）").map(|it| (it.before, it.inside)).collect();
        assert_eq!(found, [("ก ", "a"), ("ค (d ", "e"), ("ค (d (e) f) ง ", "g")]);
    }
}
