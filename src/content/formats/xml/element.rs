//! An element of a feed with all that is in it, as far as it can be read.
//!
//! Exports are made by printing texts between tags, so that many are not quite XML: signs that nobody escaped, control
//! characters, letters of another encoding, tags in a wrong order. All that is put up with, and told.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::syntax::Syntax;
use super::token::begins_tag;

/// Elements below these are texts of their own; deeper ones belong to them.
const DEEPEST: usize = 6;
/// Elements that may hold markup as it is, not escaped.
const MARKUP: [&str; 5] = ["content", "content:encoded", "description", "summary", "title"];
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

/// Reads an element of a file of this syntax.
pub(super) fn read(text: &str, syntax: &Syntax) -> Parsed {
    let source = with_escaped_signs(text);
    let mut builder = Builder { syntax, source: &source, open: Vec::new(), faults: Vec::new() };
    let element = builder.read();
    Parsed { element, faults: builder.faults }
}

/// A text in which `<` is escaped where no tag begins.
fn with_escaped_signs(text: &str) -> Cow<'_, str> {
    let is_bare = |(at, _): &(usize, &str)| {
        !text.as_bytes().get(at + 1).is_some_and(|&next| begins_tag(next) || matches!(next, b'!' | b'?'))
    };
    if !text.match_indices('<').any(|sign| is_bare(&sign)) {
        return Cow::Borrowed(text);
    }
    let (mut escaped, mut from) = (String::with_capacity(text.len() + 64), 0);
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        // Sections of character data are as they are.
        let verbatim = text[at..].strip_prefix("<![CDATA[").and_then(|section| section.find("]]>"));
        let end = at + verbatim.map_or(1, |length| "<![CDATA[".len() + length);
        escaped.push_str(&text[from..at]);
        escaped.push_str(if is_bare(&(at, "")) { "&lt;" } else { &text[at..end] });
        from = end;
    }
    escaped.push_str(&text[from..]);
    Cow::Owned(escaped)
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
pub(super) fn attributes<'a>(start: &'a BytesStart<'_>) -> impl Iterator<Item = (String, String)> + 'a {
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
    fn signs_that_nobody_escaped_are_signs() {
        let element = parsed("<item><title>a < b <3 <ราคา</title><x><![CDATA[a < b]]> < c</x></item>").element;
        assert_eq!(element.text_of("title"), Some("a < b <3 <ราคา"));
        assert_eq!(element.text_of("x"), Some("a < b < c"));
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
