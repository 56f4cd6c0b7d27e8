//! Words of scripts that are written with spaces: one form for the ways a word is written together, and its parts.

use std::ops::Range;

/// The most parts of a word; longer chains are no words.
const MOST_PARTS: usize = 8;
/// The fewest letters before digits that are a part by themselves: covid19, but not h1n1.
const FEWEST_LETTERS: usize = 2;

/// A normalised word as it is indexed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Latin {
    /// Without dots of abbreviations (u.s. is us), hyphens (e-gp is egp), commas in numbers and the possessive 's.
    pub(super) term: String,
    /// Byte ranges in the word of what is found by itself: e and gp of e-gp, covid and 19 of covid-19.
    pub(super) parts: Vec<Range<usize>>,
}

/// Reads a word as UAX #29 cuts it, with its hyphens.
pub(super) fn read(word: &str) -> Latin {
    let word = word.strip_suffix("'s").filter(|rest| !rest.is_empty()).unwrap_or(word);
    if is_number(word) {
        return Latin { term: word.replace(',', ""), parts: Vec::new() };
    }
    if is_dotted_letters(word) {
        return Latin { term: word.replace('.', ""), parts: Vec::new() };
    }
    let mut parts = parts(word);
    if parts.len() < 2 || parts.len() > MOST_PARTS {
        parts.clear();
    }
    let term = word.replace('-', "");
    Latin { term: if term.is_empty() { word.to_owned() } else { term }, parts }
}

/// Whether a hyphen between two words makes one of them: e-bidding, covid-19, but not 2565-2567.
pub(super) fn joins(left: &str, right: &str) -> bool {
    !(is_number(left) && is_number(right))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|ch: char| ch.is_ascii_digit()) && !word.contains(|ch: char| ch.is_alphabetic() || ch == '-')
}

/// u.s, e.g, ph.d: single letters between dots, or two before the last.
fn is_dotted_letters(word: &str) -> bool {
    let is_letters = |group: &str| group.len() <= 2 && group.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut groups = word.rsplit('.');
    groups.next().is_some_and(|last| last.len() == 1 && is_letters(last))
        && word.contains('.')
        && groups.all(|group| !group.is_empty() && is_letters(group))
}

fn parts(word: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, ch) in word.char_indices() {
        if is_joint(word, at, ch) {
            add(word, start..at, &mut parts);
            start = at + ch.len_utf8();
        }
    }
    add(word, start..word.len(), &mut parts);
    parts
}

/// A hyphen, an underline, or a dot that is no decimal point.
fn is_joint(word: &str, at: usize, ch: char) -> bool {
    let is_digit = |ch: Option<char>| ch.is_some_and(|ch| ch.is_ascii_digit());
    match ch {
        '-' | '_' => true,
        '.' => !(is_digit(word[..at].chars().next_back()) && is_digit(word[at + 1..].chars().next())),
        _ => false,
    }
}

/// Adds a part, as two if it is letters followed by a number.
fn add(word: &str, part: Range<usize>, parts: &mut Vec<Range<usize>>) {
    let text = &word[part.clone()];
    let letters = text.find(|ch: char| !ch.is_alphabetic()).unwrap_or(text.len());
    let border = part.start + letters;
    if text[..letters].chars().count() >= FEWEST_LETTERS && is_number(&text[letters..]) {
        parts.extend([part.start..border, border..part.end]);
    } else if !part.is_empty() {
        parts.push(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        let Latin { term, parts } = read(word);
        let parts: Vec<&str> = parts.into_iter().map(|part| &word[part]).collect();
        assert_eq!(format!("{term} {}", parts.join(" ")).trim_end(), expected, "of {word}");
    }

    #[test]
    fn words_have_one_form_and_their_parts() {
        check("e-bidding", "ebidding e bidding");
        check("covid-19", "covid19 covid 19");
        check("covid19", "covid19 covid 19");
        check("state-of-the-art", "stateoftheart state of the art");
        check("web3.0", "web3.0 web 3.0");
        check("h1n1", "h1n1");
        check("u.s", "us");
        check("ph.d", "phd");
        check("nacc.go.th", "nacc.go.th nacc go th");
        check("firm's", "firm");
        check("1,500.25", "1500.25");
        check("3.2.1", "3.2.1");
        check("open_data", "open_data open data");
        check("'s", "'s");
    }
}
