//! Text without all that is not spoken.

use super::normalize::normalize;
use super::thai::letter::is_mark;

/// The letters and digits of `original`, normalised, without all that stands between them.
pub fn bare(original: &str) -> String {
    normalize(original).text().chars().filter(|&ch| is_spoken(ch)).collect()
}

/// Whether it is a letter, a digit or a mark of Thai. For Thai the tables of Unicode take longer than all else here.
fn is_spoken(ch: char) -> bool {
    match ch {
        '\0'..='\x7F' => ch.is_ascii_alphanumeric(),
        'ก'..='\u{0E3A}' | 'เ'..='\u{0E4E}' | '๐'..='๙' => true,
        _ => ch.is_alphanumeric() || is_mark(ch),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_and_marks_are_spoken() {
        let by_tables = |ch: &char| ch.is_alphanumeric() || is_mark(*ch);
        let differ: Vec<char> = ('\0'..=char::MAX).filter(|ch| is_spoken(*ch) != by_tables(ch)).collect();
        assert!(differ.is_empty(), "{differ:?}");
    }
}
