//! The text of a query to an [`Ast`], within bounds. Whatever is typed has a meaning: what cannot be taken as an
//! operator is words or left out, and a warning says so.
//!
//! ```text
//! a b            all of them             a OR b, a | b    any of them; binds tighter than the space
//! "a b"          in this order           -a, NOT a        not it
//! a*             words that begin so     ( )              a group, for OR, - and fields
//! title:a        in a field              year:2560-2567, year:>=2020, lang:th
//! ```
//!
//! Text is cut into tokens (`tokens`), whose parentheses are put in order (`groups`), of which the tree is built
//! (`tree`). The fields and their values are in `fields`.

mod fields;
mod groups;
mod tokens;
mod tree;

use super::ast::{Ast, Node};
use super::warning::Warning;
use crate::text::cluster;

use tokens::Token;

/// The longest query, in characters.
const LONGEST_QUERY: usize = 256;

/// Parses `text`; also says what of it was ignored.
pub fn parse(text: &str) -> (Ast, Vec<Warning>) {
    let mut warnings = Vec::new();
    let tokens = tokens::tokens(bounded(text, &mut warnings), &mut warnings);
    let ends_in_word = tokens.last().is_some_and(Token::is_word) && text.ends_with(tokens::is_letter_or_digit);
    let tokens = groups::in_order(tokens, &mut warnings);
    let root = tree::tree(&tokens, &mut warnings).unwrap_or(Node::All(Vec::new()));
    let is_cut = |warning: &Warning| matches!(warning, Warning::Long { .. } | Warning::ManyWords { .. });
    let open_end = ends_in_word && root.ends_in_word() && !warnings.iter().any(is_cut);
    (Ast { root, open_end }, warnings)
}

fn bounded<'a>(text: &'a str, warnings: &mut Vec<Warning>) -> &'a str {
    let bounded = searched(text);
    if bounded.len() < text.trim().len() {
        warnings.push(Warning::Long { searched: LONGEST_QUERY });
    }
    bounded
}

/// The part of `text` that is searched.
pub(super) fn searched(text: &str) -> &str {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(LONGEST_QUERY) else {
        return text;
    };
    match cluster::floor(text, end) {
        // One cluster that has no end: a cut within it is as good as any.
        0 => &text[..end],
        end => &text[..end],
    }
}

/// Says it, if it has not been said.
fn warn(warnings: &mut Vec<Warning>, warning: Warning) {
    if !warnings.contains(&warning) {
        warnings.push(warning);
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
