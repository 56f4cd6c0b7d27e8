//! Well-formed XML of any text: what is opened is closed, what has a meaning is escaped, what XML cannot hold is left out.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A document that is being written.
pub(super) struct Xml(Writer<Vec<u8>>);

/// Names and values of attributes.
type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A document with this root element.
    pub(super) fn document(root: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Xml)) -> String {
        let mut xml = Xml(Writer::new(Vec::new()));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.element(root, attributes, content);
        String::from_utf8(xml.0.into_inner()).unwrap_or_default()
    }

    /// An element with other elements in it.
    pub(super) fn element(&mut self, name: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Xml)) {
        self.write(Event::Start(start(name, attributes)));
        content(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with a text in it.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        let text = legal(text);
        self.element(name, attributes, |xml| xml.write(Event::Text(BytesText::new(&text))));
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    fn write(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("a vector takes all that is written to it");
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*legal(value)));
    }
    start
}

/// The text without the characters that no XML 1.0 document may have, not even escaped.
fn legal(text: &str) -> Cow<'_, str> {
    let is_legal =
        |ch: char| !matches!(ch, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    match text.chars().all(is_legal) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.chars().filter(|ch| is_legal(*ch)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_written_so_that_it_is_only_text() {
        let xml = Xml::document("a", &[("b", "\"<\u{0}&")], |xml| {
            xml.text("c", &[], "]]>\u{1F}<d>&\u{FFFF} ก่\t");
            xml.empty("e", &[]);
        });
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b=\"&quot;&lt;&amp;\">\
                        <c>]]&gt;&lt;d&gt;&amp; ก่\t</c><e/></a>";
        assert_eq!(xml, expected);
    }
}
