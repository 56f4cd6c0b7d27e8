//! Tokens to a tree: alternatives bind tighter than neighbours, and what negates or names a field tighter still.

use super::fields::{self, Field};
use super::tokens::Token;
use super::warn;
use crate::search::Warning;
use crate::search::ast::Node;
use crate::text::calendar::{self, Year};

/// The tree of `tokens`, whose groups must be in order; `None` if nothing is searched for.
pub(super) fn tree(tokens: &[Token<'_>], warnings: &mut Vec<Warning>) -> Option<Node> {
    Parser { tokens, at: 0, within: None, warnings }.sequence()
}

struct Parser<'a, 'w> {
    tokens: &'a [Token<'a>],
    at: usize,
    /// The innermost field.
    within: Option<Field>,
    warnings: &'w mut Vec<Warning>,
}

impl<'a> Parser<'a, '_> {
    /// What is wanted together, up to the end of the group.
    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            match self.peek() {
                None | Some(Token::Close) => return Node::all(nodes),
                Some(Token::And) => self.at += 1,
                Some(Token::Or) => {
                    self.at += 1;
                    self.warn(Warning::MissingOperand { operator: "OR" });
                }
                Some(_) => nodes.extend(self.run().or_else(|| self.alternatives())),
            }
        }
    }

    /// Words in a row that no operator has to do with.
    fn run(&mut self) -> Option<Node> {
        if matches!(self.within, Some(Field::Year | Field::Language)) {
            return None;
        }
        let mut words = Vec::new();
        while let [Token::Word(word), after @ ..] = &self.tokens[self.at..] {
            if after.first() == Some(&Token::Or) || self.year().is_some() {
                break;
            }
            words.push(*word);
            self.at += 1;
        }
        (!words.is_empty()).then(|| Node::Words(words.join(" ")))
    }

    fn alternatives(&mut self) -> Option<Node> {
        let mut nodes: Vec<Node> = self.unary().into_iter().collect();
        while self.take(&Token::Or) {
            match self.peek() {
                None | Some(Token::Close | Token::Or | Token::And) => {
                    self.warn(Warning::MissingOperand { operator: "OR" });
                }
                Some(_) => nodes.extend(self.unary()),
            }
        }
        Node::any(nodes)
    }

    /// An operand with what stands before it, of which only the last field counts.
    fn unary(&mut self) -> Option<Node> {
        let mut is_negated = false;
        let mut field = None;
        while let Some(token) = self.peek() {
            match token {
                Token::Not => is_negated = !is_negated,
                Token::Field(next, name) => {
                    let without_value = field.replace((*next, *name));
                    without_value.into_iter().for_each(|(_, name)| self.warn(Warning::EmptyField(name.to_owned())));
                }
                _ => break,
            }
            self.at += 1;
        }
        let node = match field {
            Some((field, name)) => self.value(field, name),
            None => self.operand(),
        }?;
        Some(if is_negated { node.negated() } else { node })
    }

    fn value(&mut self, field: Field, name: &str) -> Option<Node> {
        if matches!(self.peek(), None | Some(Token::Nothing | Token::Close | Token::Or | Token::And)) {
            self.take(&Token::Nothing);
            self.warn(Warning::EmptyField(name.to_owned()));
            return None;
        }
        let outer = self.within.replace(field);
        let node = self.operand();
        self.within = outer;
        match field {
            Field::In(scope) => node.map(|node| node.scoped(scope)),
            Field::Year | Field::Language => node,
        }
    }

    /// A group or a term.
    fn operand(&mut self) -> Option<Node> {
        let Some(token) = self.peek().filter(|token| !matches!(token, Token::Close | Token::Or | Token::And)) else {
            self.warn(Warning::MissingOperand { operator: "NOT" });
            return None;
        };
        match token {
            Token::Open => return self.group(),
            Token::Nothing => {
                self.at += 1;
                return None;
            }
            _ => {}
        }
        match self.within.and_then(|field| fields::value(field, token)) {
            Some(Ok(node)) => {
                self.at += 1;
                return Some(node);
            }
            Some(Err(warning)) => self.warn(warning),
            None => {}
        }
        self.term(token)
    }

    fn group(&mut self) -> Option<Node> {
        self.at += 1;
        if self.peek() == Some(&Token::Close) {
            self.warn(Warning::EmptyGroup);
        }
        let node = self.sequence();
        self.take(&Token::Close);
        node
    }

    fn term(&mut self, token: &Token<'_>) -> Option<Node> {
        let year = self.year();
        self.at += year.map_or(1, |(_, tokens)| tokens);
        match (year, token) {
            (Some((year, _)), _) => Some(Node::Year(year)),
            (_, Token::Word(word)) => Some(Node::Words((*word).to_owned())),
            (_, Token::Prefix(stem)) => Some(Node::Prefix((*stem).to_owned())),
            (_, Token::Phrase(phrase)) => Some(Node::Phrase(phrase.clone())),
            _ => None,
        }
    }

    /// The year that the next words name, and how many of them do.
    fn year(&self) -> Option<(Year, usize)> {
        let words = self.tokens[self.at..].iter().map_while(|token| match token {
            Token::Word(word) => Some(*word),
            _ => None,
        });
        calendar::leading_year(words)
    }

    fn peek(&self) -> Option<&'a Token<'a>> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, token: &Token<'_>) -> bool {
        let is_next = self.peek() == Some(token);
        self.at += usize::from(is_next);
        is_next
    }

    fn warn(&mut self, warning: Warning) {
        warn(self.warnings, warning);
    }
}
