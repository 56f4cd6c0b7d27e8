//! English words to their stems, by the Snowball "english" (Porter2) algorithm.

use frostem::{Algorithm, Stemmer};

/// The stem of a normalised word, or `None` for what is no English word (digits, other letters).
pub(super) fn english(word: &str) -> Option<String> {
    let is_english = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'');
    is_english.then(|| Stemmer::new(Algorithm::English).stem(word).into_owned())
}
