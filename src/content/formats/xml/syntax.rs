//! What the head of a file says of the elements in it: their encoding and their namespaces.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::element::{self, Parsed, attributes};

/// Namespaces, as they begin, with the prefix that they mostly have.
const NAMESPACES: [(&str, &str); 8] = [
    ("http://wordpress.org/export/1.2/excerpt/", "excerpt"),
    ("http://wordpress.org/export/1.1/excerpt/", "excerpt"),
    ("http://wordpress.org/export/", "wp"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://www.w3.org/2005/Atom", "atom"),
];

/// What the head of a file says of all elements in it.
pub(in crate::content::formats) struct Syntax {
    encoding: &'static Encoding,
    /// Prefixes of the file with the usual ones.
    prefixes: BTreeMap<String, &'static str>,
    /// The name of the root, with the usual prefix.
    pub(super) root: String,
}

impl Syntax {
    /// Of a file without a head.
    pub(in crate::content::formats) fn new() -> Syntax {
        Syntax { encoding: UTF_8, prefixes: BTreeMap::new(), root: String::new() }
    }

    /// Takes the `<?xml …?>` line into account; the name of an encoding that is not known is given back.
    pub(super) fn declared(&mut self, bytes: &[u8]) -> Result<(), String> {
        let text = String::from_utf8_lossy(bytes);
        let Some((_, after)) = text.split_once("encoding") else { return Ok(()) };
        let label = after.trim_start_matches(['=', ' ', '\t']).trim_start_matches(['"', '\'']);
        let label = label.split(['"', '\'', '?', ' ']).next().unwrap_or_default();
        self.encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| label.to_owned())?;
        Ok(())
    }

    /// Takes the start tag of the root into account.
    pub(super) fn rooted(&mut self, tag: &[u8]) {
        let text = String::from_utf8_lossy(tag);
        let mut reader = Reader::from_str(&text);
        if let Ok(Event::Start(start)) = reader.read_event() {
            for (key, address) in attributes(&start) {
                let Some(prefix) = key.strip_prefix("xmlns") else { continue };
                let usual = NAMESPACES.iter().find(|(known, _)| address.starts_with(known));
                if let Some((_, usual)) = usual {
                    self.prefixes.insert(prefix.trim_start_matches(':').to_owned(), usual);
                }
            }
            self.root = start.name().as_ref().to_owned();
            self.root = self.name(&self.root);
        }
    }

    /// Whether a namespace with this usual prefix is declared.
    pub(super) fn has(&self, usual: &str) -> bool {
        self.prefixes.values().any(|prefix| *prefix == usual)
    }

    /// A name with the usual prefix. What is of Atom in a feed of Atom has none.
    pub(super) fn name(&self, name: &str) -> String {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let usual = match self.prefixes.get(prefix) {
            Some(&"atom") if prefix.is_empty() || self.is_atom(local) => "",
            Some(usual) => usual,
            None => prefix,
        };
        if usual.is_empty() { local.to_owned() } else { format!("{usual}:{local}") }
    }

    fn is_atom(&self, local: &str) -> bool {
        self.root == "feed" || self.root.is_empty() || self.root.ends_with(":feed") || local == "feed"
    }

    /// Reads an element.
    pub(in crate::content::formats) fn parse(&self, bytes: &[u8]) -> Parsed {
        let (text, _, has_errors) = self.encoding.decode(bytes);
        let text = if has_errors { text.replace(char::REPLACEMENT_CHARACTER, "").into() } else { text };
        let mut parsed = element::read(&text, self);
        if has_errors {
            parsed.faults.push("has letters that are not of the encoding of the file, which are left out");
        }
        parsed
    }
}
