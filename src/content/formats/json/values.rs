//! The values of a JSON text, one after the other, as they stand there. Only what parts them is looked at here, so that
//! one that is broken within itself spoils no other, and that none but the last one read is in memory.

use crate::content::formats::{Broken, Input};
use crate::content::problem::Problem;

/// What a key may have in bytes: longer ones name nothing.
const LONGEST_KEY: u64 = 1_000;

/// A value as it stands in the text.
pub(super) struct Raw {
    /// The line that it begins in, counted from 1.
    pub(super) line: usize,
    /// Its bytes; `None` if they are more than an article may have.
    pub(super) bytes: Option<Vec<u8>>,
}

/// Told each value of a list of articles.
type Found<'a> = dyn FnMut(Raw) + 'a;

/// A JSON text that is being read.
pub(super) struct Values<'a, 'b> {
    input: &'a mut Input<'b>,
    line: usize,
}

impl<'a, 'b> Values<'a, 'b> {
    pub(super) fn new(input: &'a mut Input<'b>) -> Values<'a, 'b> {
        Values { input, line: 1 }
    }

    /// That the text cannot be read on from here.
    pub(super) fn broken(&self, reason: &str) -> Broken {
        let reason = format!("{reason}; articles that came after it stay as they were");
        Broken::Off(Problem::error(self.input.path, Some(self.line), reason))
    }

    /// The next byte that is no space, which stays where it is; `None` at the end.
    pub(super) fn next_byte(&mut self) -> Result<Option<u8>, Broken> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(&byte) {
                return Ok(Some(byte));
            }
            self.skip(byte);
        }
        Ok(None)
    }

    /// Reads a list, and gives each of its values.
    pub(super) fn list(&mut self, found: &mut Found<'_>) -> Result<(), Broken> {
        self.expect(b'[')?;
        while self.expect_byte()? != b']' {
            let value = self.value(self.input.most)?;
            found(value);
            if self.expect_byte()? != b']' {
                self.expect(b',')?;
            }
        }
        self.expect(b']')
    }

    /// Reads an object, and gives each value of the list in it that one of `lists` leads to, key by key. Gives the object
    /// itself if it has none.
    pub(super) fn object(&mut self, lists: &[Vec<&str>], found: &mut Found<'_>) -> Result<Option<Raw>, Broken> {
        let mut itself = Some(Raw { line: self.line, bytes: Some(b"{".to_vec()) });
        self.expect(b'{')?;
        while self.expect_byte()? != b'}' {
            let key = self.value(LONGEST_KEY)?.bytes.unwrap_or_default();
            self.expect(b':')?;
            let below = below(lists, &key);
            match self.expect_byte()? {
                b'[' if below.iter().any(Vec::is_empty) => {
                    self.list(found)?;
                    itself = None;
                }
                b'{' if below.iter().any(|keys| !keys.is_empty()) => {
                    self.object(&below, found)?;
                    itself = None;
                }
                _ => {
                    let value = self.value(self.input.most)?;
                    itself = itself.map(|itself| itself.with(&key, value, self.input.most));
                }
            }
            if self.expect_byte()? != b'}' {
                self.expect(b',')?;
            }
        }
        self.expect(b'}')?;
        Ok(itself.map(Raw::closed))
    }

    /// Reads one value. Of one with more bytes than `most` they are passed over.
    fn value(&mut self, most: u64) -> Result<Raw, Broken> {
        let first = self.expect_byte()?;
        let mut raw = Raw { line: self.line, bytes: Some(Vec::new()) };
        let mut end = End::of(first);
        while !end.is_reached {
            let buffer = self.input.reader.fill_buf()?;
            if buffer.is_empty() && end.kind == Kind::Plain {
                break;
            } else if buffer.is_empty() {
                return Err(self.broken(&format!("breaks off within what begins in line {}", raw.line)));
            }
            let used = buffer.iter().position(|&byte| end.is_before(byte)).unwrap_or(buffer.len());
            self.line += buffer[..used].iter().filter(|&&byte| byte == b'\n').count();
            raw.bytes = raw.bytes.filter(|bytes| (bytes.len() + used) as u64 <= most).map(|mut bytes| {
                bytes.extend_from_slice(&buffer[..used]);
                bytes
            });
            self.input.reader.consume(used);
        }
        match &raw.bytes {
            Some(bytes) if bytes.is_empty() => {
                Err(self.broken(&format!("has {} where a value should be", shown(first))))
            }
            _ => Ok(raw),
        }
    }

    fn expect(&mut self, expected: u8) -> Result<(), Broken> {
        let byte = self.expect_byte()?;
        if byte != expected {
            return Err(self.broken(&format!("has {} where {} should be", shown(byte), shown(expected))));
        }
        self.skip(byte);
        Ok(())
    }

    fn expect_byte(&mut self) -> Result<u8, Broken> {
        self.next_byte()?.ok_or_else(|| self.broken("breaks off"))
    }

    fn peek(&mut self) -> Result<Option<u8>, Broken> {
        Ok(self.input.reader.fill_buf()?.first().copied())
    }

    fn skip(&mut self, byte: u8) {
        self.line += usize::from(byte == b'\n');
        self.input.reader.consume(1);
    }
}

impl Raw {
    /// The object with one more key, as long as all of it is within `most`.
    fn with(self, key: &[u8], value: Raw, most: u64) -> Raw {
        let bytes = self.bytes.zip(value.bytes).map(|(mut bytes, value)| {
            bytes.extend_from_slice(if bytes.len() > 1 { b"," } else { b"" });
            bytes.extend([key, b":", &value].concat());
            bytes
        });
        Raw { bytes: bytes.filter(|bytes| bytes.len() as u64 <= most), ..self }
    }

    fn closed(self) -> Raw {
        let bytes = self.bytes.map(|bytes| [&bytes, b"}".as_slice()].concat());
        Raw { bytes, ..self }
    }
}

/// What is left of each of `lists` below this key, which stands in its quotes.
fn below<'k>(lists: &[Vec<&'k str>], key: &[u8]) -> Vec<Vec<&'k str>> {
    let key: String = serde_json::from_slice(key).unwrap_or_default();
    let of_key = lists.iter().filter(|keys| keys.first().is_some_and(|first| *first == key));
    of_key.map(|keys| keys[1..].to_vec()).collect()
}

fn shown(byte: u8) -> String {
    format!("'{}'", char::from(byte).escape_default())
}

/// How a value ends.
#[derive(PartialEq, Eq)]
enum Kind {
    /// With the bracket that closes the first.
    Nested,
    /// With a quotation mark.
    Text,
    /// Before whatever parts it from the next one.
    Plain,
}

/// Looks for the end of a value, byte by byte.
struct End {
    kind: Kind,
    depth: usize,
    is_in_text: bool,
    is_escaped: bool,
    is_reached: bool,
}

impl End {
    fn of(first: u8) -> End {
        let kind = match first {
            b'{' | b'[' => Kind::Nested,
            b'"' => Kind::Text,
            _ => Kind::Plain,
        };
        End { kind, depth: 0, is_in_text: false, is_escaped: false, is_reached: false }
    }

    /// Whether the value ends before this byte.
    fn is_before(&mut self, byte: u8) -> bool {
        if self.is_reached {
            return true;
        }
        if self.kind == Kind::Plain {
            self.is_reached = byte.is_ascii_whitespace() || b",:{}[]\"".contains(&byte);
            return self.is_reached;
        }
        if self.is_in_text {
            self.in_text(byte);
        } else {
            self.outside(byte);
        }
        false
    }

    fn in_text(&mut self, byte: u8) {
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' => self.is_escaped = true,
            b'"' => {
                self.is_in_text = false;
                self.is_reached = self.kind == Kind::Text;
            }
            _ => {}
        }
    }

    fn outside(&mut self, byte: u8) {
        match byte {
            b'"' => self.is_in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                self.is_reached = self.depth == 0;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::content::Site;

    /// The values of the lists in a text, with their lines, or the problem that they end with.
    fn cut(text: &str, most: u64, lists: &[Vec<&str>]) -> Result<Vec<(usize, Option<String>)>, String> {
        let (mut reader, site) = (text.as_bytes(), Site::default());
        let mut input = Input::of_text("a.json", &site, most, &mut reader);
        let mut values = Values::new(&mut input);
        let mut found = Vec::new();
        let mut keep = |raw: Raw| {
            found.push((raw.line, raw.bytes.map(|bytes| String::from_utf8(bytes).expect("UTF-8"))));
        };
        let done = match values.next_byte() {
            Ok(Some(b'[')) => values.list(&mut keep),
            Ok(_) => values.object(lists, &mut keep).map(|itself| itself.into_iter().for_each(&mut keep)),
            Err(broken) => Err(broken),
        };
        match done {
            Ok(()) => Ok(found),
            Err(Broken::Off(problem)) => Err(problem.to_string()),
            Err(Broken::Unreadable(error)) => Err(error.to_string()),
        }
    }

    fn some(line: usize, text: &str) -> (usize, Option<String>) {
        (line, Some(text.to_owned()))
    }

    #[test]
    fn values_are_cut_with_their_lines() {
        let text = "[\n  {\"a\": \"]}\\\"\"},\n  12 ,\"x\",\n\n [[1],{}]\n]";
        let expected = [some(2, "{\"a\": \"]}\\\"\"}"), some(3, "12"), some(3, "\"x\""), some(5, "[[1],{}]")];
        assert_eq!(cut(text, 100, &[]), Ok(expected.to_vec()));
    }

    #[test]
    fn a_value_that_is_too_large_is_passed_over_alone() {
        assert_eq!(cut("[\"long text\", 1, {\"a\": 1}]", 4, &[]), Ok(vec![(1, None), some(1, "1"), (1, None)]));
    }

    #[test]
    fn a_list_within_objects_is_found_by_its_keys() {
        let text = "{\"list\": [0], \"a\": {\"list\": [1, 2], \"b\": [3]}, \"c\": 4}";
        assert_eq!(cut(text, 100, &[vec!["a", "list"]]), Ok(vec![some(1, "1"), some(1, "2")]));
        assert_eq!(cut("{\"a\": 1, \"b\": [2]}", 100, &[vec!["c"]]), Ok(vec![some(1, "{\"a\":1,\"b\":[2]}")]));
        assert_eq!(cut("{}", 100, &[]), Ok(vec![some(1, "{}")]));
    }

    #[test]
    fn what_parts_values_must_be_right() {
        for (text, reason) in [
            ("[1 2]", "a.json:1: error: has '2' where ',' should be"),
            ("[1,\n,]", "a.json:2: error: has ',' where a value should be"),
            ("[1,\n{\"a\"", "a.json:2: error: breaks off within what begins in line 2"),
            ("[1", "a.json:1: error: breaks off"),
            ("{\"a\" 1}", "a.json:1: error: has '1' where ':' should be"),
        ] {
            let told = cut(text, 100, &[]).expect_err("this is no JSON");
            assert!(told.starts_with(reason), "{told}");
        }
    }

    proptest! {
        #[test]
        fn any_list_is_cut_into_its_values(texts in prop::collection::vec(any::<String>(), 0..6), key in any::<String>()) {
            let items: Vec<Value> = texts.iter().map(|text| json!({key.clone(): [text, {"a": text}], "n": 1.5})).collect();
            for text in [json!(items).to_string(), serde_json::to_string_pretty(&items).expect("JSON")] {
                let cut = cut(&text, 1 << 20, &[]).expect("a list");
                let read = cut.iter().map(|(_, raw)| serde_json::from_str(raw.as_deref().unwrap_or_default()));
                prop_assert_eq!(read.collect::<Result<Vec<Value>, _>>().expect("values"), items.clone());
            }
        }
    }
}
