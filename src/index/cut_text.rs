//! Terms that our analyzer has cut, as one text for an engine.
//!
//! Places (see [`Token::place`]) are parted by a space, and the terms that share one by a bar, which JSON need
//! not escape. What stands at a place where no term begins is the engine's to say.

use crate::text::Token;

pub(super) const NEXT_PLACE: char = Token::SEPARATORS[0];
pub(super) const SAME_PLACE: char = Token::SEPARATORS[1];

/// The text of `tokens`, which come by place, with `nothing` at each place where none begins.
pub(super) fn cut_text(tokens: &[Token], nothing: &str) -> String {
    let mut text = String::with_capacity(tokens.iter().map(|token| token.term.len() + 1).sum());
    let (mut place, mut is_empty) = (0, true);
    for token in tokens {
        debug_assert!(!token.term.contains([NEXT_PLACE, SAME_PLACE]), "{:?}", token.term);
        while place < token.place {
            if is_empty {
                text.push_str(nothing);
            }
            text.push(NEXT_PLACE);
            (place, is_empty) = (place + 1, true);
        }
        if !is_empty {
            text.push(SAME_PLACE);
        }
        text.push_str(&token.term);
        is_empty = false;
    }
    text
}
