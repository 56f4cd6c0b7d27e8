//! What holds of the analysis of any text. The fuzz target holds it to the same rules.

use khonha::text::{Analyzer, Form, Token, cluster, normalize};

/// The longest term, in bytes.
const LONGEST_TERM: usize = 240;

/// Panics where the analysis of `text` breaks a rule.
pub fn check(analyzer: &Analyzer, text: &str) {
    let normalized = normalize(text);
    let normalized = normalized.text();
    assert_eq!(normalize(normalized).text(), normalized, "normalising twice changes {text:?}");
    for text in [text, normalized] {
        check_segments(text, &analyzer.segment(text));
        check_tokens(text, &analyzer.analyze(text));
    }
    // Clusters are those of text in its right order.
    for Token { offsets, term, .. } in analyzer.analyze(normalized) {
        let ends = [offsets.start, offsets.end];
        assert!(ends.iter().all(|&at| is_between_clusters(normalized, at)), "{term} at {offsets:?} of {normalized:?}");
    }
}

fn check_segments(text: &str, ends: &[usize]) {
    assert!(ends.is_sorted(), "{ends:?} of {text:?}");
    assert!(ends.iter().all(|&end| text.is_char_boundary(end)), "{ends:?} of {text:?}");
    // What is invisible alone makes no segment.
    assert!(ends.last().is_none_or(|&end| end == text.len()), "{ends:?} of {text:?}");
}

fn check_tokens(text: &str, tokens: &[Token]) {
    let words = tokens.chunk_by(|left, right| left.position == right.position);
    let mut start = 0;
    for (position, forms) in words.enumerate() {
        // The word comes first at its position, and once.
        let is_word: Vec<bool> = forms.iter().map(|token| token.form == Form::Word).collect();
        assert!(is_word[0] && is_word[1..].iter().all(|is_word| !is_word), "{forms:?} of {text:?}");
        assert!(forms[0].position as usize == position && forms[0].offsets.start >= start, "{forms:?} of {text:?}");
        start = forms[0].offsets.start;
    }
    for token in tokens {
        let Token { term, offsets, .. } = token;
        assert!(!term.is_empty() && term.len() <= LONGEST_TERM, "{token:?} of {text:?}");
        assert!(term != "-" && !term.contains(Token::SEPARATORS), "{token:?} of {text:?}");
        assert!(text.get(offsets.clone()).is_some_and(|word| !word.is_empty()), "{token:?} of {text:?}");
    }
}

/// Whether `at` is no place between two Thai letters of one cluster. Digits and signs make no clusters, whatever marks and
/// vowels were typed after them.
fn is_between_clusters(text: &str, at: usize) -> bool {
    let base = text[..at].chars().rev().find(|&ch| !is_follower(ch));
    let next = text[at..].chars().next();
    !(base.is_some_and(is_letter) && next.is_some_and(is_letter)) || cluster::is_boundary(text, at)
}

fn is_letter(ch: char) -> bool {
    matches!(ch, 'ก'..='\u{0E3A}' | '\u{0E40}'..='\u{0E4E}')
}

/// A mark, or a vowel that stands after its consonant.
fn is_follower(ch: char) -> bool {
    matches!(ch, '\u{0E30}'..='\u{0E3A}' | '\u{0E45}' | '\u{0E47}'..='\u{0E4E}')
}
