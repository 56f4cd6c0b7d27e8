//! The elements of a large XML file, one by one, as bytes.
//!
//! Parts a feed into the children of its `channel` (or of its root, in Atom), so that each can be parsed by itself: one that
//! is not well-formed does no harm to the next, and none takes more memory than it may. What is in them is not looked at.

use std::io::{self, BufRead};
use std::ops::Range;

use super::token::{Token, Tokens};

/// Reads a file element by element.
pub(super) struct Scanner<'a> {
    tokens: Tokens<'a>,
    /// The names of the root and of its channel, as long as they are open.
    open: Vec<Vec<u8>>,
    has_root: bool,
}

/// A piece of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The `<?xml …?>` line.
    Declaration(Vec<u8>),
    /// The start tag of the root.
    Root(Vec<u8>),
    /// An element.
    Element(Element),
    /// An element of this name that is longer than an article may be, with the line that it begins in.
    TooLong(Vec<u8>, usize),
    /// Nothing comes after this.
    End(End),
}

/// An element as bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) bytes: Vec<u8>,
    /// Where they are in the file.
    pub(super) range: Range<u64>,
    /// The line that they begin in, counted from 1.
    pub(super) line: usize,
}

/// How a file ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With the end of its root.
    Whole,
    /// Without any element.
    NoRoot,
    /// In the middle of an element, or between two, in this line.
    CutShort(usize),
}

impl<'a> Scanner<'a> {
    /// Reads `reader`, whose elements may have `most` bytes each.
    pub(super) fn new(reader: &'a mut dyn BufRead, most: u64) -> Scanner<'a> {
        Scanner { tokens: Tokens::new(reader, most), open: Vec::new(), has_root: false }
    }

    /// The next piece.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn next(&mut self) -> io::Result<Piece> {
        let mut bytes = Vec::new();
        while !(self.has_root && self.open.is_empty()) {
            bytes.clear();
            let (line, token) = self.after_text(&mut bytes)?;
            match token {
                Token::None if !self.has_root => return Ok(Piece::End(End::NoRoot)),
                Token::None => return Ok(Piece::End(End::CutShort(line))),
                Token::Declaration => return Ok(Piece::Declaration(bytes)),
                Token::Start if !self.has_root => {
                    self.enter(&bytes);
                    return Ok(Piece::Root(bytes));
                }
                Token::Start if self.is_channel(&bytes) => self.enter(&bytes),
                Token::Start | Token::Empty if self.has_root => return self.element(bytes, line, &token),
                Token::Close => self.leave(&bytes),
                _ => {}
            }
        }
        Ok(Piece::End(End::Whole))
    }

    fn enter(&mut self, tag: &[u8]) {
        self.has_root = true;
        self.open.push(name(tag).to_owned());
    }

    /// An end tag of nothing that is open is passed over.
    fn leave(&mut self, tag: &[u8]) {
        if let Some(at) = self.open.iter().rposition(|open| open == name(tag)) {
            self.open.truncate(at);
        }
    }

    /// RSS has its items in a `channel`; that of RSS 1.0 stands beside them.
    fn is_channel(&self, tag: &[u8]) -> bool {
        self.open.len() == 1 && self.open[0] == b"rss" && name(tag) == b"channel"
    }

    /// The element that begins with the tag in `bytes`, to its end.
    fn element(&mut self, mut bytes: Vec<u8>, line: usize, first: &Token) -> io::Result<Piece> {
        let start = self.tokens.at - bytes.len() as u64;
        let name = name(&bytes).to_owned();
        let mut depth = usize::from(matches!(first, Token::Start));
        let mut is_whole = true;
        while depth > 0 {
            let before = bytes.len();
            let token = self.tokens.next(&mut bytes)?;
            let has_name = |bytes: &[u8]| self::name(&bytes[before.min(bytes.len())..]) == name;
            match token {
                Token::None => return Ok(Piece::End(End::CutShort(line))),
                Token::Start if has_name(&bytes) => depth += 1,
                Token::Close if has_name(&bytes) => depth -= 1,
                _ => {}
            }
            if bytes.len() > self.tokens.most {
                is_whole = false;
                bytes.clear();
            }
        }
        let range = start..self.tokens.at;
        is_whole &= range.end - range.start == bytes.len() as u64;
        Ok(if is_whole { Piece::Element(Element { bytes, range, line }) } else { Piece::TooLong(name, line) })
    }

    /// The next token that is no text, and the line that it begins in.
    fn after_text(&mut self, bytes: &mut Vec<u8>) -> io::Result<(usize, Token)> {
        loop {
            bytes.clear();
            let line = self.tokens.breaks + 1;
            match self.tokens.next(bytes)? {
                Token::Text => {}
                token => return Ok((line, token)),
            }
        }
    }
}

/// The name of a tag, with its prefix.
fn name(tag: &[u8]) -> &[u8] {
    let name = tag.strip_prefix(b"</").or_else(|| tag.strip_prefix(b"<")).unwrap_or_default();
    let end = name.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    &name[..end.unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: u64 = 60;

    fn pieces(text: &str) -> Vec<String> {
        let mut reader = text.as_bytes();
        let mut scanner = Scanner::new(&mut reader, MOST);
        let mut pieces = Vec::new();
        loop {
            let lossy = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            pieces.push(match scanner.next().expect("memory can be read") {
                Piece::Declaration(bytes) | Piece::Root(bytes) => lossy(&bytes),
                Piece::Element(element) => {
                    let range = element.range.start as usize..element.range.end as usize;
                    assert_eq!(text.as_bytes()[range], element.bytes);
                    format!("{} {}", element.line, lossy(&element.bytes))
                }
                Piece::TooLong(name, line) => format!("{line} {} is too long", lossy(&name)),
                Piece::End(end) => break pieces.push(format!("{end:?}")),
            });
        }
        pieces
    }

    #[test]
    fn a_feed_is_parted_into_its_elements() {
        let text = "<?xml version='1.0'?>\n<!DOCTYPE rss [<!ENTITY a \"b\">]>\n<!-- <rss> -->\n<rss a='>'>\n<channel>\n\
            <title>a < b</title>\n<item>\n<![CDATA[</item>]]><item x=\"<\"/></item><a/></channel></rss>\n<x>";
        let expected = [
            "<?xml version='1.0'?>",
            "<rss a='>'>",
            "6 <title>a < b</title>",
            "7 <item>\n<![CDATA[</item>]]><item x=\"<\"/></item>",
            "8 <a/>",
            "Whole",
        ];
        assert_eq!(pieces(text), expected);
    }

    #[test]
    fn what_is_too_long_is_passed_over_alone() {
        let long = "ก".repeat(40);
        for long in
            [format!("<![CDATA[{long}]]>"), format!("<a>{long}</a>"), format!("{long}<b/>"), "<c></c>".repeat(9)]
        {
            let text = format!("<feed><entry>1</entry>\n<entry>{long}</entry>\n<entry>3</entry></feed>");
            let expected = ["<feed>", "1 <entry>1</entry>", "2 entry is too long", "3 <entry>3</entry>", "Whole"];
            assert_eq!(pieces(&text), expected);
        }
    }

    #[test]
    fn a_file_that_is_cut_short_says_where() {
        assert_eq!(pieces("<feed>\n<entry>\n<a>"), ["<feed>", "CutShort(2)"]);
        assert_eq!(pieces("<feed>\n<entry/>\n"), ["<feed>", "2 <entry/>", "CutShort(3)"]);
        assert_eq!(pieces("text"), ["NoRoot"]);
        assert_eq!(pieces(""), ["NoRoot"]);
    }
}
