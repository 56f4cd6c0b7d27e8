//! Terms that our analyzer has cut, as one text for an engine.
//!
//! A line is a place in the text (see [`Token::place`]), and the terms that share it are parted by U+001F. What is on the
//! line of a place where no term begins is the engine's to say.

use crate::text::Token;

pub(super) const NEXT_PLACE: char = '\n';
pub(super) const SAME_PLACE: char = '\u{1F}';

/// The terms of `tokens`, which come by place, with `nothing` on each line without a term.
pub(super) fn to_lines(tokens: &[Token], nothing: &str) -> String {
    let mut lines = String::with_capacity(tokens.iter().map(|token| token.term.len() + 1).sum());
    let (mut place, mut is_empty) = (0, true);
    for token in tokens {
        while place < token.place {
            if is_empty {
                lines.push_str(nothing);
            }
            lines.push(NEXT_PLACE);
            (place, is_empty) = (place + 1, true);
        }
        if !is_empty {
            lines.push(SAME_PLACE);
        }
        lines.push_str(&token.term);
        is_empty = false;
    }
    lines
}
