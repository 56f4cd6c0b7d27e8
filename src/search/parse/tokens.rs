//! The text of a query to tokens. Each is as typed; only what is beside it tells whether it is an operator.

use super::fields::{self, Field};
use super::warn;
use crate::search::Warning;

/// A sign, an operator or something to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    Or,
    And,
    /// NOT, or the minus before something.
    Not,
    /// A field, and its name as typed. Its value follows.
    Field(Field, &'a str),
    /// A word that is no operator, or that one stands directly before.
    Word(&'a str),
    /// A word without the star after it.
    Prefix(&'a str),
    /// What stood between quotes, with one space between words.
    Phrase(String),
    /// Something to search for with nothing in it, where an operator would else take what follows.
    Nothing,
}

impl Token<'_> {
    /// Whether it is a whole word.
    pub(super) fn is_word(&self) -> bool {
        matches!(self, Token::Word(_))
    }

    /// Whether it is something to search for.
    pub(super) fn is_term(&self) -> bool {
        matches!(self, Token::Word(_) | Token::Prefix(_) | Token::Phrase(_))
    }

    /// Whether it belongs to what follows.
    pub(super) fn is_operator(&self) -> bool {
        matches!(self, Token::Or | Token::Not | Token::Field(..))
    }
}

/// Cuts `text` into tokens.
pub(super) fn tokens<'a>(text: &'a str, warnings: &mut Vec<Warning>) -> Vec<Token<'a>> {
    let mut lexer = Lexer { rest: text, before: Before::Gap, tokens: Vec::new(), warnings };
    while let Some(ch) = lexer.rest.chars().next() {
        lexer.step(ch);
    }
    lexer.tokens
}

/// Whether a word can end in `ch` without a sign that ends a sentence.
pub(super) fn is_letter_or_digit(ch: char) -> bool {
    is_letter(ch) || ch.is_alphanumeric()
}

/// Whether words are written with `ch`. Unicode counts the vowel signs of Thai among the letters, but not its tone
/// marks.
pub(super) fn is_letter(ch: char) -> bool {
    ch.is_alphabetic() || matches!(ch, '\u{0E47}'..='\u{0E4E}')
}

/// Whether something that is no word begins with `ch`.
pub(super) fn opens(ch: char) -> bool {
    is_quote(ch) || plain(ch) == '('
}

/// The ASCII form of a full-width sign or letter.
pub(super) fn plain(ch: char) -> char {
    match ch {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        _ => ch,
    }
}

/// What stands directly before a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, a space, or a sign that something begins after.
    Gap,
    /// A minus or the colon of a field.
    Operator,
    /// Something to search for.
    Operand,
}

struct Lexer<'a, 'w> {
    rest: &'a str,
    before: Before,
    tokens: Vec<Token<'a>>,
    warnings: &'w mut Vec<Warning>,
}

impl<'a> Lexer<'a, '_> {
    /// Reads on from `first`, the first character of the rest.
    fn step(&mut self, first: char) {
        match plain(first) {
            _ if is_gap(first) => {
                self.rest = self.rest.trim_start_matches(is_gap);
                self.before = Before::Gap;
            }
            '(' => self.sign(first, Token::Open, Before::Gap),
            ')' => self.sign(first, Token::Close, Before::Operand),
            '|' => {
                self.rest = self.rest.trim_start_matches(|ch| plain(ch) == '|');
                self.push(Token::Or, Before::Gap);
            }
            _ if is_quote(first) => self.phrase(first),
            _ if is_minus(first) => self.minus(first),
            _ => self.word(),
        }
    }

    fn push(&mut self, token: Token<'a>, before: Before) {
        self.tokens.push(token);
        self.before = before;
    }

    fn sign(&mut self, sign: char, token: Token<'a>, before: Before) {
        self.rest = &self.rest[sign.len_utf8()..];
        self.push(token, before);
    }

    fn phrase(&mut self, quote: char) {
        let quoted = &self.rest[quote.len_utf8()..];
        let (phrase, after) = quoted.split_once(is_quote).unwrap_or_else(|| {
            warn(self.warnings, Warning::OpenQuote);
            (quoted, "")
        });
        self.rest = after;
        let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
        if phrase.is_empty() { self.nothing() } else { self.push(Token::Phrase(phrase), Before::Operand) }
    }

    /// One minus negates what it stands directly before. Between two things it joins them, and several are a dash.
    fn minus(&mut self, first: char) {
        let after = self.rest.trim_start_matches(is_minus);
        let is_single = self.rest.len() - after.len() == first.len_utf8();
        let is_sign = |ch| is_gap(ch) || matches!(plain(ch), ')' | '|');
        let negates = !after.is_empty() && !after.starts_with(is_sign);
        self.rest = after;
        if is_single && negates && self.before != Before::Operand {
            self.push(Token::Not, Before::Operator);
        }
    }

    /// A quote or parenthesis ends a word wherever it stands: Thai has no space before it.
    fn word(&mut self) {
        let ends = |ch: char| ch.is_whitespace() || is_quote(ch) || matches!(plain(ch), '(' | ')' | '|');
        let (word, after) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        if let Some((field, name, value)) = fields::field(word) {
            self.rest = &self.rest[word.len() - value.len()..];
            return self.push(Token::Field(field, name), Before::Operator);
        }
        self.rest = after;
        let is_value = matches!(self.tokens.last(), Some(Token::Field(..)));
        if let Some(name) = fields::unknown(word, after).filter(|_| !is_value) {
            warn(self.warnings, Warning::UnknownField(name.to_owned()));
        }
        let word = word.trim_end_matches(is_gap);
        match operator(word) {
            Some((_, word)) if self.before == Before::Operator => self.push(Token::Word(word), Before::Operand),
            Some((operator, _)) => self.push(operator, Before::Gap),
            None => self.word_or_prefix(word),
        }
    }

    fn word_or_prefix(&mut self, word: &'a str) {
        let stem = word.trim_end_matches(is_star);
        let is_prefix = stem.len() < word.len() && !stem.contains(is_star) && stem.contains(is_base);
        match (stem, is_prefix) {
            ("", _) => self.nothing(),
            (stem, true) => self.push(Token::Prefix(stem), Before::Operand),
            (_, false) => self.push(Token::Word(word), Before::Operand),
        }
    }

    fn nothing(&mut self) {
        if self.tokens.last().is_some_and(Token::is_operator) {
            self.tokens.push(Token::Nothing);
        }
        self.before = Before::Operand;
    }
}

/// An operator in capitals, and the word that it is where something stands directly before it.
fn operator(word: &str) -> Option<(Token<'static>, &'static str)> {
    match word.chars().take(4).map(plain).collect::<String>().as_str() {
        "OR" => Some((Token::Or, "or")),
        "AND" => Some((Token::And, "and")),
        "NOT" => Some((Token::Not, "not")),
        _ => None,
    }
}

/// Spaces, and what is not seen at all.
fn is_gap(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn is_quote(ch: char) -> bool {
    matches!(plain(ch), '"' | '“' | '”' | '„' | '«' | '»')
}

fn is_minus(ch: char) -> bool {
    matches!(plain(ch), '-' | '\u{2010}' | '\u{2011}' | '\u{2212}')
}

fn is_star(ch: char) -> bool {
    plain(ch) == '*'
}

/// Whether `ch` makes a cluster by itself, unlike a vowel that waits for its consonant (เ แ โ ใ ไ).
fn is_base(ch: char) -> bool {
    ch.is_alphanumeric() && !matches!(ch, '\u{0E40}'..='\u{0E44}')
}
