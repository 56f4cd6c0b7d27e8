//! What a term is looked up by.

use super::stem;

/// Whether a term has a Thai letter in it.
pub fn is_thai_word(term: &str) -> bool {
    term.chars().any(|ch| ('\u{0E01}'..='\u{0E5B}').contains(&ch))
}

/// The key of a Thai term: its letters without spaces, dots and hyphens, so that it does not matter how it is cut.
pub fn thai_key(term: &str) -> String {
    let kept = term.chars().filter(|ch| ch.is_alphanumeric() || is_mark(*ch));
    kept.flat_map(char::to_lowercase).collect()
}

/// The key of an English term: the stems of its words, with spaces between.
pub fn english_key(term: &str) -> String {
    let words = term.split_whitespace().map(|word| {
        let plain: String = word.chars().filter(|ch| ch.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        stem::english(&plain).unwrap_or(plain)
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Thai marks are no letters to Unicode.
fn is_mark(ch: char) -> bool {
    matches!(ch, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}
