//! The terms of cut texts for the engine, which calls places positions. Its own form of cut text would go through JSON
//! for each document.

use tantivy::tokenizer::{Token as EngineToken, TokenStream, Tokenizer};

use crate::index::cut_text::{NEXT_PLACE, SAME_PLACE};

/// The name by which the schema knows [`CutText`].
pub(super) const CUT_TEXT: &str = "cut_text";

/// Gives the terms of [`cut_text`](crate::index::cut_text::cut_text) to the engine; a place without one is empty.
#[derive(Clone, Default)]
pub(super) struct CutText {
    token: EngineToken,
}

impl Tokenizer for CutText {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.position = 0;
        TermStream { rest: text, token: &mut self.token }
    }
}

/// The term at hand, and what comes after it.
pub(super) struct TermStream<'a> {
    rest: &'a str,
    token: &'a mut EngineToken,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(first) = self.rest.chars().next() {
            if first == NEXT_PLACE || first == SAME_PLACE {
                self.token.position += usize::from(first == NEXT_PLACE);
                self.rest = &self.rest[1..];
                continue;
            }
            let end = self.rest.find([NEXT_PLACE, SAME_PLACE]).unwrap_or(self.rest.len());
            let (term, rest) = self.rest.split_at(end);
            self.token.text.clear();
            self.token.text.push_str(term);
            self.rest = rest;
            return true;
        }
        false
    }

    fn token(&self) -> &EngineToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut EngineToken {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::cut_text::cut_text;
    use crate::text::{Form, Token};

    #[test]
    fn the_engine_gets_the_terms_at_their_places() {
        let terms = [("จัดซื้อจัดจ้าง", 1), ("จัดซื้อ", 1), ("จัดจ้าง", 1), ("open", 2), ("~open", 2), ("data", 9)];
        let token = |(term, place): (&str, u32)| Token {
            term: term.into(),
            form: Form::Word,
            offsets: 0..0,
            position: 0,
            place,
        };
        let text = cut_text(&terms.map(token), "");
        let mut tokenizer = CutText::default();
        let mut stream = tokenizer.token_stream(&text);
        let mut given = Vec::new();
        while let Some(token) = stream.next() {
            given.push((token.text.clone(), token.position));
        }
        assert_eq!(given, terms.map(|(term, place)| (term.to_owned(), usize::try_from(place).unwrap_or(0))));
    }
}
