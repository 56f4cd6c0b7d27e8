//! A walk through the trie of a vocabulary, over the words that can be near a typed one.
//!
//! Goes from byte to byte and puts the bytes together to characters, with a row of the distance matrix for each;
//! turns back where no word can be within the limit.

use bytes::Bytes;
use fst::raw::{Fst, Node, Output};

use super::distance::{Matrix, Row};

/// Calls `visit` with each word that `words` has near the typed word of `matrix`, its count, and its last row.
///
/// A word is near if any beginning of what was typed is within the limit. Recursion is as deep as the bytes of
/// such a word.
pub fn walk(words: &Fst<Bytes>, matrix: Matrix, visit: impl FnMut(&str, u64, &Row)) {
    let mut walk = Walk { words, matrix, word: String::new(), visit };
    walk.descend(&words.root(), Output::zero(), Partial::default());
}

struct Walk<'a, Visit> {
    words: &'a Fst<Bytes>,
    matrix: Matrix,
    word: String,
    visit: Visit,
}

impl<Visit: FnMut(&str, u64, &Row)> Walk<'_, Visit> {
    fn descend(&mut self, node: &Node<'_>, output: Output, partial: Partial) {
        for transition in node.transitions() {
            let next = self.words.node(transition.addr);
            let output = output.cat(transition.out);
            let partial = partial.with(transition.inp);
            match partial.character() {
                Some(ch) => self.letter(ch, &next, output),
                None => self.descend(&next, output, partial),
            }
        }
    }

    fn letter(&mut self, ch: char, node: &Node<'_>, output: Output) {
        let is_hopeful = self.matrix.push(ch);
        if is_hopeful {
            self.word.push(ch);
            if node.is_final() {
                (self.visit)(&self.word, output.cat(node.final_output()).value(), self.matrix.row());
            }
            self.descend(node, output, Partial::default());
            self.word.pop();
        }
        self.matrix.pop();
    }
}

/// The first bytes of a character in UTF-8.
#[derive(Clone, Copy, Default)]
struct Partial {
    code: u32,
    /// How many bytes are to come.
    missing: u32,
}

impl Partial {
    fn with(self, byte: u8) -> Partial {
        match (self.missing, byte.leading_ones()) {
            (0, 0) => Partial { code: u32::from(byte), missing: 0 },
            (0, length) => Partial { code: u32::from(byte & (0x7F >> length)), missing: length.saturating_sub(1) },
            _ => Partial { code: self.code << 6 | u32::from(byte & 0x3F), missing: self.missing - 1 },
        }
    }

    fn character(self) -> Option<char> {
        if self.missing == 0 { char::from_u32(self.code) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_become_the_characters_they_came_from(ch in any::<char>()) {
            let mut bytes = [0; 4];
            let bytes = ch.encode_utf8(&mut bytes).as_bytes();
            let characters = bytes.iter().scan(Partial::default(), |partial, &byte| {
                *partial = partial.with(byte);
                Some(partial.character())
            });
            let characters: Vec<Option<char>> = characters.collect();
            prop_assert_eq!(characters.last(), Some(&Some(ch)));
            prop_assert!(characters[..bytes.len() - 1].iter().all(Option::is_none));
        }
    }
}
