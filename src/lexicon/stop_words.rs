//! Words that every text has, and those of questions, in both languages.

use std::collections::HashSet;
use std::sync::LazyLock;

type Words = HashSet<&'static str>;

static STOP_WORDS: LazyLock<Words> = LazyLock::new(|| listed(include_str!("data/stop_words.txt")));
static QUESTION_WORDS: LazyLock<Words> = LazyLock::new(|| listed(include_str!("data/question_words.txt")));
static ASKED_WORDS: LazyLock<Words> = LazyLock::new(|| listed(include_str!("data/asked_words.txt")));

/// Whether `word` (normalised) says so little by itself that a search need not insist on it.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word) || is_question_word(word)
}

/// Whether `word` (normalised) asks, as "ใคร" does; of English words some are relative pronouns as well.
pub fn is_question_word(word: &str) -> bool {
    QUESTION_WORDS.contains(word)
}

/// Whether `word` (normalised) says in a question what is asked for, as "called" does.
pub fn is_asked_word(word: &str) -> bool {
    ASKED_WORDS.contains(word)
}

fn listed(list: &'static str) -> Words {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_grammar_are_stop_words() {
        assert!(["ของ", "การ", "ที่", "the", "what"].into_iter().all(is_stop_word));
        assert!(!["รัฐ", "ทุจริต", "state", "ใคร่"].into_iter().any(is_stop_word));
    }

    #[test]
    fn words_that_ask_are_question_words() {
        assert!(["อะไร", "เท่าไร", "how"].into_iter().all(is_question_word));
        assert!(!["ของ", "the", "ใคร่"].into_iter().any(is_question_word));
    }

    #[test]
    fn words_of_what_is_asked_for_say_something_elsewhere() {
        for word in ["ชื่อ", "จำนวน", "called"] {
            assert!(is_asked_word(word) && !is_stop_word(word), "{word}");
        }
    }
}
