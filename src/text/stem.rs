//! English words to their stems, by the Snowball "english" (Porter2) algorithm.

use frostem::{Algorithm, Stemmer};
use icu_normalizer::DecomposingNormalizerBorrowed;

/// The stem of a normalised word without its accents, or `None` for what is no Latin word (digits, other letters).
pub(super) fn english(word: &str) -> Option<String> {
    let plain = without_accents(word);
    let is_english = plain.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'');
    is_english.then(|| Stemmer::new(Algorithm::English).stem(&plain).into_owned())
}

/// Latin letters without what is drawn over, under or through them (café is cafe), ligatures as letters.
fn without_accents(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(word).into_owned();
    decomposed.chars().filter(|ch| !matches!(ch, '\u{0300}'..='\u{036F}')).fold(String::new(), |mut plain, ch| {
        match ch {
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            _ => plain.push(ch),
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_left_out_of_stems() {
        for (word, stem) in [("cafés", "cafe"), ("naïve", "naiv"), ("smørrebrød", "smorrebrod"), ("reports", "report")]
        {
            assert_eq!(english(word).as_deref(), Some(stem));
        }
        assert_eq!((english("2567"), english("σασ")), (None, None));
    }
}
