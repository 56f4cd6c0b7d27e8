//! Parentheses put in order: each has its partner, none is too deep, and none is there for nothing. Also bounds the
//! number of terms, since what is cut off takes its parentheses with it.

use super::tokens::Token;
use super::warn;
use crate::search::Warning;

/// The most words, phrases and values.
const MOST_TERMS: usize = 32;
/// The most parentheses within each other: the depth of every recursion over a query.
const DEEPEST: usize = 16;

/// Tokens of which every prefix opens at most [`DEEPEST`] groups, and which close them all.
pub(super) fn in_order<'a>(tokens: Vec<Token<'a>>, warnings: &mut Vec<Warning>) -> Vec<Token<'a>> {
    let tokens = balanced(tokens, warnings);
    let tokens = bounded(tokens, warnings);
    without_plain_groups(tokens)
}

fn balanced<'a>(tokens: Vec<Token<'a>>, warnings: &mut Vec<Warning>) -> Vec<Token<'a>> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut depth = 0;
    for token in tokens {
        match token {
            Token::Open => {
                depth += 1;
                if depth > DEEPEST {
                    warn(warnings, Warning::Deep { levels: DEEPEST });
                    continue;
                }
            }
            Token::Close if depth == 0 => {
                warn(warnings, Warning::CloseParenthesis);
                continue;
            }
            Token::Close => {
                depth -= 1;
                if depth >= DEEPEST {
                    continue;
                }
            }
            _ => {}
        }
        kept.push(token);
    }
    if depth > 0 {
        warn(warnings, Warning::OpenParenthesis);
    }
    closed(kept)
}

fn bounded<'a>(mut tokens: Vec<Token<'a>>, warnings: &mut Vec<Warning>) -> Vec<Token<'a>> {
    let mut terms = tokens.iter().enumerate().filter(|(_, token)| token.is_term());
    let Some((end, _)) = terms.nth(MOST_TERMS) else {
        return tokens;
    };
    warn(warnings, Warning::ManyWords { searched: MOST_TERMS });
    tokens.truncate(end);
    while tokens.pop_if(|token| token.is_operator() || *token == Token::And).is_some() {}
    closed(tokens)
}

/// The tokens with the groups closed that are open at the end, or left out if nothing is in them yet.
fn closed(mut tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    while tokens.pop_if(|token| *token == Token::Open).is_some() {
        while tokens.pop_if(|token| token.is_operator()).is_some() {}
    }
    let count = |wanted: Token<'_>| tokens.iter().filter(|&token| *token == wanted).count();
    let open = count(Token::Open).saturating_sub(count(Token::Close));
    tokens.extend(std::iter::repeat_n(Token::Close, open));
    tokens
}

/// The tokens without the parentheses that change nothing, so that "การเปิดเผยข้อมูล (Open Data)" is one run of words.
fn without_plain_groups(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut is_plain = vec![false; tokens.len()];
    let mut open = Vec::new();
    for (end, token) in tokens.iter().enumerate() {
        match token {
            Token::Open => open.push(end),
            Token::Close => {
                let start = open.pop().filter(|&start| is_plain_group(&tokens, start, end));
                start.into_iter().for_each(|start| [is_plain[start], is_plain[end]] = [true; 2]);
            }
            _ => {}
        }
    }
    tokens.into_iter().zip(is_plain).filter(|(_, is_plain)| !is_plain).map(|(token, _)| token).collect()
}

/// Whether no operator reaches over the parentheses at `start` and `end`, and there is something between them.
fn is_plain_group(tokens: &[Token<'_>], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(end + 1);
    let within = &tokens[start + 1..end];
    !before.is_some_and(Token::is_operator)
        && after != Some(&Token::Or)
        && within.first().is_some_and(|first| *first != Token::Or)
        && within.last().is_some_and(|last| !last.is_operator())
}
