//! The tokens of XML, as bytes: only where each begins and ends.

use std::io::{self, BufRead, Read};

/// How much is read at a time, in bytes; no tag is longer.
const STEP: u64 = 64 << 10;
/// What is kept of the end of a token that is too long, to see where it ends.
const TAIL: usize = 16;

/// Reads a file token by token.
pub(super) struct Tokens<'a> {
    reader: &'a mut dyn BufRead,
    /// Of longer texts, comments and sections only the end is kept.
    pub(super) most: usize,
    /// How many bytes were read, and how many line breaks were in them.
    pub(super) at: u64,
    pub(super) breaks: usize,
}

/// What stands between two others.
pub(super) enum Token {
    Text,
    Start,
    /// A tag that is start and end at once.
    Empty,
    Close,
    Declaration,
    /// A comment, a section of character data and the like.
    Other,
    /// The end of the file.
    None,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(reader: &'a mut dyn BufRead, most: u64) -> Tokens<'a> {
        Tokens { reader, most: usize::try_from(most).unwrap_or(usize::MAX), at: 0, breaks: 0 }
    }

    /// Reads a token behind what `bytes` has.
    pub(super) fn next(&mut self, bytes: &mut Vec<u8>) -> io::Result<Token> {
        let start = bytes.len();
        if self.peek()? != Some(b'<') {
            return Ok(if self.text(bytes)? { Token::Text } else { Token::None });
        }
        self.take(1, bytes)?;
        match self.peek()? {
            Some(b'!' | b'?') => self.declared(bytes, start),
            Some(byte) if begins_tag(byte) => self.tag(bytes, start),
            // A sign that nobody escaped.
            _ => Ok(Token::Text),
        }
    }

    /// Text up to the next tag; whether there is any.
    fn text(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let start = self.at;
        while self.peek()?.is_some_and(|byte| byte != b'<') {
            let available = self.reader.fill_buf()?;
            let length = available.iter().position(|&byte| byte == b'<').unwrap_or(available.len());
            self.take(length, bytes)?;
            self.shorten(bytes);
        }
        Ok(self.at > start)
    }

    fn tag(&mut self, bytes: &mut Vec<u8>, start: usize) -> io::Result<Token> {
        // Signs of larger may stand within quotes.
        while self.until(b">", bytes)? {
            if !is_within_quotes(&bytes[start..]) || (bytes.len() - start) as u64 > STEP {
                return Ok(match &bytes[start..] {
                    [b'<', b'/', ..] => Token::Close,
                    [.., b'/', b'>'] => Token::Empty,
                    _ => Token::Start,
                });
            }
        }
        Ok(Token::None)
    }

    /// What begins with `<!` or `<?`.
    fn declared(&mut self, bytes: &mut Vec<u8>, start: usize) -> io::Result<Token> {
        self.until(b">", bytes)?;
        let (end, token): (&[u8], Token) = match &bytes[start..] {
            declared if declared.starts_with(b"<!--") => (b"-->", Token::Other),
            declared if declared.starts_with(b"<![CDATA[") => (b"]]>", Token::Other),
            declared if declared.starts_with(b"<?xml ") => (b"?>", Token::Declaration),
            declared if declared.starts_with(b"<?") => (b"?>", Token::Other),
            declared if declared.contains(&b'[') => (b"]>", Token::Other),
            _ => (b">", Token::Other),
        };
        let is_whole = bytes.ends_with(end) || self.within(end, bytes)?;
        Ok(if is_whole { token } else { Token::None })
    }

    /// Reads on to where `end` is.
    fn within(&mut self, end: &[u8], bytes: &mut Vec<u8>) -> io::Result<bool> {
        while self.until(b">", bytes)? {
            if bytes.ends_with(end) {
                return Ok(true);
            }
            self.shorten(bytes);
        }
        Ok(false)
    }

    /// Reads to the next `end`, a byte, or as far as one step goes; whether anything was read.
    fn until(&mut self, end: &[u8; 1], bytes: &mut Vec<u8>) -> io::Result<bool> {
        let before = bytes.len();
        Read::take(&mut *self.reader, STEP).read_until(end[0], bytes)?;
        self.count(&bytes[before..]);
        Ok(bytes.len() > before)
    }

    fn take(&mut self, length: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
        let before = bytes.len();
        Read::take(&mut *self.reader, length as u64).read_to_end(bytes)?;
        self.count(&bytes[before..]);
        Ok(())
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.reader.fill_buf()?.first().copied())
    }

    fn count(&mut self, read: &[u8]) {
        self.at += read.len() as u64;
        self.breaks += read.iter().filter(|&&byte| byte == b'\n').count();
    }

    /// Lets go of what is too long already.
    fn shorten(&self, bytes: &mut Vec<u8>) {
        if bytes.len() > self.most.saturating_add(TAIL) {
            bytes.drain(..bytes.len() - TAIL);
        }
    }
}

/// Whether a byte after `<` begins a tag: all names of feeds are of Latin letters, and what else comes there is text.
pub(super) fn begins_tag(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'_')
}

fn is_within_quotes(tag: &[u8]) -> bool {
    let mut open = None;
    for &byte in tag.iter().filter(|byte| matches!(byte, b'"' | b'\'')) {
        match open {
            None => open = Some(byte),
            Some(quote) if quote == byte => open = None,
            Some(_) => {}
        }
    }
    open.is_some()
}
