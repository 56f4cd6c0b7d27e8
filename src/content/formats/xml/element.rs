//! An element of a feed with all that is in it, as far as it can be read.
//!
//! Exports are made by printing texts between tags, so that many are not quite XML: signs that nobody escaped, control
//! characters, letters of another encoding, tags in a wrong order. All that is put up with, and told.

use std::borrow::Cow;
use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements below these are texts of their own; deeper ones belong to them.
const DEEPEST: usize = 6;
/// Elements that may hold markup as it is, not escaped.
const MARKUP: [&str; 5] = ["content", "content:encoded", "description", "summary", "title"];
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

/// An element.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::content::formats) struct Element {
    /// Its name, with the usual prefix of its namespace.
    pub(in crate::content::formats) name: String,
    attributes: Vec<(String, String)>,
    /// The text that is directly in it.
    pub(in crate::content::formats) text: String,
    pub(in crate::content::formats) children: Vec<Element>,
    /// What is in it as it stands in the file, where that is markup.
    markup: Option<String>,
}

impl Element {
    /// Its attribute of this name.
    pub(in crate::content::formats) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Its children of this name.
    pub(in crate::content::formats) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of its first child of this name that has any.
    pub(in crate::content::formats) fn text_of<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).map(|child| child.text.trim()).find(|text| !text.is_empty())
    }

    /// The HTML of its first child of this name that has any.
    pub(in crate::content::formats) fn html_of<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).map(Element::html).find(|html| !html.trim().is_empty())
    }

    /// What it holds as HTML, escaped or as it is.
    pub(in crate::content::formats) fn html(&self) -> &str {
        self.markup.as_deref().unwrap_or(&self.text)
    }
}

/// An element as it was read, with what was not right about it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::content::formats) struct Parsed {
    pub(in crate::content::formats) element: Element,
    /// In lower case and without a full stop.
    pub(in crate::content::formats) faults: Vec<&'static str>,
}

/// What the head of a file says of all elements in it.
pub(in crate::content::formats) struct Syntax {
    encoding: &'static Encoding,
    /// Prefixes of the file with the usual ones.
    prefixes: BTreeMap<String, &'static str>,
    /// The name of the root, with the usual prefix.
    pub(in crate::content::formats) root: String,
}

impl Syntax {
    /// Of a file without a head.
    pub(in crate::content::formats) fn new() -> Syntax {
        Syntax { encoding: UTF_8, prefixes: BTreeMap::new(), root: String::new() }
    }

    /// Takes the `<?xml …?>` line into account; the name of an encoding that is not known is given back.
    pub(in crate::content::formats) fn declared(&mut self, bytes: &[u8]) -> Result<(), String> {
        let text = String::from_utf8_lossy(bytes);
        let Some((_, after)) = text.split_once("encoding") else { return Ok(()) };
        let label = after.trim_start_matches(['=', ' ', '\t']).trim_start_matches(['"', '\'']);
        let label = label.split(['"', '\'', '?', ' ']).next().unwrap_or_default();
        self.encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| label.to_owned())?;
        Ok(())
    }

    /// Takes the start tag of the root into account.
    pub(in crate::content::formats) fn rooted(&mut self, tag: &[u8]) {
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
    pub(in crate::content::formats) fn has(&self, usual: &str) -> bool {
        self.prefixes.values().any(|prefix| *prefix == usual)
    }

    /// A name with the usual prefix. What is of Atom in a feed of Atom has none.
    fn name(&self, name: &str) -> String {
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
        let mut builder = Builder { syntax: self, source: &text, open: Vec::new(), faults: Vec::new() };
        if has_errors {
            builder.fault("has letters that are not of the encoding of the file, which are left out");
        }
        let element = builder.read();
        Parsed { element, faults: builder.faults }
    }
}

/// Puts an element together.
struct Builder<'a> {
    syntax: &'a Syntax,
    source: &'a str,
    /// The elements that are open, each with the place behind its start tag.
    open: Vec<(Element, usize)>,
    faults: Vec<&'static str>,
}

impl Builder<'_> {
    fn read(&mut self) -> Element {
        let mut reader = Reader::from_str(self.source);
        let config = reader.config_mut();
        (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
        loop {
            let before = position(&reader);
            match reader.read_event() {
                Ok(Event::Start(start)) => self.start(&start, position(&reader)),
                Ok(Event::Empty(start)) => {
                    self.start(&start, position(&reader));
                    self.end(position(&reader));
                }
                Ok(Event::End(end)) => self.end_of(&self.syntax.name(end.name().as_ref()), before),
                Ok(Event::Text(text)) => self.text(&text.xml10_content()),
                Ok(Event::CData(text)) => self.text(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => self.reference(&reference),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => {
                    self.fault("is not well-formed from some place on, and what comes after it is left out");
                    break;
                }
            }
            if self.open.len() == 1 && self.open[0].1 == usize::MAX {
                break;
            }
        }
        while self.open.len() > 1 {
            self.end(self.source.len());
        }
        self.open.pop().map(|(element, _)| element).unwrap_or_default()
    }

    fn start(&mut self, start: &BytesStart<'_>, after: usize) {
        let name = self.syntax.name(start.name().as_ref());
        self.open.push((Element { name, attributes: attributes(start).collect(), ..Element::default() }, after));
    }

    /// Ends the innermost element, whose end tag begins at `before`.
    fn end(&mut self, before: usize) {
        if self.open.len() < 2 {
            // What comes after the element itself is none of it.
            self.open.iter_mut().for_each(|(_, after)| *after = usize::MAX);
            return;
        }
        let Some((mut element, after)) = self.open.pop() else { return };
        if self.open.len() == 1 && !element.children.is_empty() && MARKUP.contains(&element.name.as_str()) {
            element.markup = self.source.get(after..before).map(str::to_owned);
        }
        let depth = self.open.len();
        let Some((parent, _)) = self.open.last_mut() else { return };
        if depth < DEEPEST {
            parent.children.push(element);
        } else {
            parent.text.push_str(&element.text);
        }
    }

    /// Ends the innermost element of this name and those in it; an end of nothing is passed over.
    fn end_of(&mut self, name: &str, before: usize) {
        if let Some(at) = self.open.iter().rposition(|(element, _)| element.name == name) {
            while self.open.len() > at.max(1) {
                self.end(before);
            }
            if at == 0 {
                self.end(before);
            }
        }
    }

    fn text(&mut self, text: &str) {
        let is_illegal =
            |ch: char| ch < ' ' && !matches!(ch, '\t' | '\n' | '\r') || matches!(ch, '\u{FFFE}' | '\u{FFFF}');
        let clean = if text.contains(is_illegal) {
            self.fault("has control characters, which are left out");
            Cow::Owned(text.replace(is_illegal, ""))
        } else {
            Cow::Borrowed(text)
        };
        if let Some((element, _)) = self.open.last_mut() {
            element.text.push_str(&clean);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        if let Ok(Some(ch)) = reference.resolve_char_ref() {
            return self.text(ch.encode_utf8(&mut [0; 4]));
        }
        match resolve_html5_entity(reference) {
            Some(text) => self.text(text),
            None => self.text(&format!("&{};", &**reference)),
        }
    }

    fn fault(&mut self, fault: &'static str) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The attributes of a tag; those that cannot be read are left out.
fn attributes<'a>(start: &'a BytesStart<'_>) -> impl Iterator<Item = (String, String)> + 'a {
    let mut attributes = start.html_attributes();
    attributes.with_checks(false);
    attributes.flatten().map(|attribute| {
        let value = unescape(&attribute.value).unwrap_or(Cow::Borrowed(&attribute.value)).into_owned();
        (attribute.key.as_ref().to_owned(), value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn syntax(root: &str) -> Syntax {
        let mut syntax = Syntax::new();
        syntax.rooted(root.as_bytes());
        syntax
    }

    fn parsed(text: &str) -> Parsed {
        syntax("<rss>").parse(text.as_bytes())
    }

    #[test]
    fn names_have_the_usual_prefixes_of_their_namespaces() {
        let syntax = syntax(
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xmlns:d='http://purl.org/dc/elements/1.1/' \
             xmlns:e='http://wordpress.org/export/1.2/'>",
        );
        assert_eq!(syntax.root, "feed");
        let element = syntax.parse(b"<a:entry><d:date>1</d:date><e:id>2</e:id><x:y>3</x:y></a:entry>").element;
        let names: Vec<_> = element.children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!((element.name.as_str(), names), ("entry", vec!["dc:date", "wp:id", "x:y"]));
        assert!(syntax.has("wp"));
    }

    #[test]
    fn texts_are_read_as_they_are_meant() {
        let parsed = parsed("<item><title>A &amp; B &nbsp;&#3585;<![CDATA[ <b>&amp;]]> &unknown; R&D</title></item>");
        assert_eq!(parsed.element.text_of("title"), Some("A & B \u{A0}ก <b>&amp; &unknown; R&D"));
        assert_eq!(parsed.faults, <[&str; 0]>::default());
    }

    #[test]
    fn markup_that_is_not_escaped_is_kept() {
        let element = parsed("<item><description>a <p>b<br/>c</p></description></item>").element;
        assert_eq!(element.html_of("description"), Some("a <p>b<br/>c</p>"));
    }

    #[test]
    fn faults_are_put_up_with_and_told() {
        let one = parsed("<item><title>a\u{8}b</title><link>x</i></link></b><guid>y</guid>");
        assert_eq!(one.faults, ["has control characters, which are left out"]);
        let texts: Vec<_> = ["title", "link", "guid"].iter().map(|name| one.element.text_of(name)).collect();
        assert_eq!(texts, [Some("ab"), Some("x"), Some("y")]);
        let other = syntax("<rss>").parse(b"<item><title>a\xFFb</title></item>");
        assert_eq!(other.faults.len(), 1);
    }

    #[test]
    fn other_encodings_are_read() {
        let mut syntax = syntax("<rss>");
        assert_eq!(syntax.declared(b"<?xml version=\"1.0\" encoding='TIS-620' ?>"), Ok(()));
        let element = syntax.parse(b"<item><title>\xA1\xD2\xC3</title></item>").element;
        assert_eq!(element.text_of("title"), Some("การ"));
        assert_eq!(syntax.declared(b"<?xml encoding=\"none\"?>"), Err("none".to_owned()));
    }
}
