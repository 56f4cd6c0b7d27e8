//! Words that every text has, in both languages.

use std::collections::HashSet;
use std::sync::LazyLock;

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("data/stop_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether `word` (normalised) says so little by itself that a search need not insist on it.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_grammar_are_stop_words() {
        assert!(["ของ", "การ", "ที่", "the", "what"].into_iter().all(is_stop_word));
        assert!(!["รัฐ", "ทุจริต", "state", "ใคร่"].into_iter().any(is_stop_word));
    }
}
