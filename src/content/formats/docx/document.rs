//! The text of a document as simple HTML.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::relations::Relations;
use super::styles::{Item, Mark, Properties, Role, Styles};
use crate::content::formats::markup::{escaped, to_line};

/// Elements of which nothing is shown: what was deleted or moved away, former properties, and what older programs show.
const NOT_SHOWN: [&str; 9] =
    ["del", "moveFrom", "pPrChange", "rPrChange", "tblPrChange", "tcPrChange", "sectPr", "Fallback", "instrText"];

/// A document.
#[derive(Default)]
pub(super) struct Document {
    /// All of it but its titles.
    pub(super) html: String,
    pub(super) titles: Vec<String>,
    /// The first paragraph.
    pub(super) first: Option<String>,
    /// Whether there is a heading of level 1.
    pub(super) has_first_heading: bool,
    /// The notes that it refers to, in their order.
    pub(super) notes: Vec<Note>,
}

/// A note, by its id.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// At the foot of a page.
    Foot(String),
    /// At the end of the document.
    End(String),
}

impl Document {
    /// Reads the XML of a document.
    pub(super) fn read(xml: &str, styles: &Styles, relations: &Relations) -> Document {
        let mut writer = Writer::new(styles, relations);
        writer.all(xml, &mut |_, _| {});
        writer.end_lists();
        writer.document
    }

    /// Reads the notes of a part, each as one paragraph of HTML by its id.
    pub(super) fn notes(xml: &str, tag: &str, styles: &Styles, relations: &Relations) -> HashMap<String, String> {
        let mut notes = HashMap::new();
        let mut writer = Writer::new(styles, relations);
        let mut open: Option<String> = None;
        writer.all(xml, &mut |writer, event| match event {
            Event::Start(start) if start.local_name().as_ref() == tag => open = attribute(start, "id"),
            Event::End(end) if end.local_name().as_ref() == tag => {
                writer.end_lists();
                let html = std::mem::take(&mut writer.document.html);
                let text = escaped(&to_line(&html));
                if let Some(id) = open.take().filter(|_| !text.is_empty()) {
                    notes.insert(id, text);
                }
            }
            _ => {}
        });
        notes
    }
}

/// Writes HTML while a document is read.
struct Writer<'a> {
    styles: &'a Styles,
    relations: &'a Relations,
    document: Document,
    /// Paragraphs that are open: those of text boxes are within others.
    paragraphs: Vec<Paragraph>,
    /// Cells of tables that are open, each with the paragraphs in it so far and the columns that it has.
    cells: Vec<(Vec<String>, usize)>,
    tables: usize,
    /// The lists that are open.
    lists: Vec<Mark>,
    /// How many elements that are not shown are open.
    hidden: usize,
    in_text: bool,
    in_properties: bool,
    /// The links that are open, each with whether it leads anywhere.
    links: Vec<&'static str>,
}

#[derive(Default)]
struct Paragraph {
    html: String,
    properties: Properties,
}

impl<'a> Writer<'a> {
    fn new(styles: &'a Styles, relations: &'a Relations) -> Writer<'a> {
        Writer {
            styles,
            relations,
            document: Document::default(),
            paragraphs: Vec::new(),
            cells: Vec::new(),
            tables: 0,
            lists: Vec::new(),
            hidden: 0,
            in_text: false,
            in_properties: false,
            links: Vec::new(),
        }
    }

    /// Reads all of a part, as far as it is well-formed, and shows each event to `watch` after it.
    fn all(&mut self, xml: &str, watch: &mut dyn FnMut(&mut Self, &Event<'_>)) {
        let mut reader = Reader::from_str(xml);
        while let Ok(event) = reader.read_event() {
            match &event {
                Event::Start(start) => self.start(start),
                Event::Empty(start) => {
                    self.start(start);
                    self.end(start.local_name().as_ref());
                }
                Event::End(end) => self.end(end.local_name().as_ref()),
                Event::Text(text) if self.in_text => self.text(&text.xml10_content()),
                Event::CData(text) if self.in_text => self.text(&text.xml10_content()),
                Event::GeneralRef(reference) if self.in_text => match reference.resolve_char_ref() {
                    Ok(Some(ch)) => self.text(ch.encode_utf8(&mut [0; 4])),
                    _ => self.text(resolve_xml_entity(reference).unwrap_or_default()),
                },
                Event::Eof => break,
                _ => {}
            }
            watch(self, &event);
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.local_name();
        let name = name.as_ref();
        if self.hidden > 0 || NOT_SHOWN.contains(&name) {
            self.hidden += 1;
            return;
        }
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "pPr" => self.in_properties = true,
            "t" => self.in_text = true,
            "tab" | "ptab" if !self.in_properties => self.html(" "),
            "br" | "cr" => self.html(if attribute(start, "type").is_some() { " " } else { "<br>" }),
            "noBreakHyphen" => self.html("-"),
            "hyperlink" => self.link(start),
            "footnoteReference" => self.note(attribute(start, "id").map(Note::Foot)),
            "endnoteReference" => self.note(attribute(start, "id").map(Note::End)),
            "tbl" => self.table(),
            "tr" if self.tables == 1 => self.document.html.push_str("<tr>"),
            "tc" => self.cells.push((Vec::new(), 1)),
            "gridSpan" => self.span(start),
            _ => self.property(name, start),
        }
    }

    fn end(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        match name {
            "p" => self.paragraph(),
            "pPr" => self.in_properties = false,
            "t" => self.in_text = false,
            "hyperlink" => {
                let end = self.links.pop().unwrap_or_default();
                self.html(end);
            }
            "tbl" => self.end_table(),
            "tr" if self.tables == 1 => self.document.html.push_str("</tr>\n"),
            "tc" => self.cell(),
            _ => {}
        }
    }

    /// A property of the paragraph that is open.
    fn property(&mut self, name: &str, start: &BytesStart<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut().filter(|_| self.in_properties) else { return };
        let (properties, value) = (&mut paragraph.properties, attribute(start, "val"));
        match name {
            "pStyle" => properties.style = value,
            "outlineLvl" => properties.outline = value.and_then(|level| level.parse().ok()),
            "numId" => properties.numbering = value,
            "ilvl" => properties.level = value.and_then(|level| level.parse().ok()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        self.html(&text);
    }

    fn html(&mut self, html: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.html.push_str(html);
        }
    }

    fn link(&mut self, start: &BytesStart<'_>) {
        let relation = attribute(start, "id").and_then(|id| self.relations.target(&id));
        match relation {
            Some(target) => {
                self.html(&format!("<a href=\"{}\">", escaped(target)));
                self.links.push("</a>");
            }
            None => self.links.push(""),
        }
    }

    fn note(&mut self, note: Option<Note>) {
        if let Some(note) = note {
            self.document.notes.push(note);
            self.html(&format!("[{}]", self.document.notes.len()));
        }
    }

    /// Ends a paragraph.
    fn paragraph(&mut self) {
        let Some(Paragraph { html, properties }) = self.paragraphs.pop() else { return };
        let html = html.trim();
        if html.is_empty() {
            return;
        }
        if let Some((paragraphs, _)) = self.cells.last_mut() {
            return paragraphs.push(html.to_owned());
        }
        let role = self.styles.role(&properties);
        match role {
            Role::Item(item) => self.item(item, html),
            _ => self.end_lists(),
        }
        self.document.first.get_or_insert_with(|| to_line(html));
        match role {
            Role::Title => self.document.titles.push(to_line(html)),
            Role::Heading(level) => {
                self.document.has_first_heading |= level == 1;
                self.document.html.push_str(&format!("<h{level}>{}</h{level}>\n", escaped(&to_line(html))));
            }
            Role::Plain => self.document.html.push_str(&format!("<p>{html}</p>\n")),
            Role::Item(_) => {}
        }
    }

    /// An item of a list: lists are opened and closed as far as it takes.
    fn item(&mut self, item: Item, html: &str) {
        let level = item.level.min(self.lists.len());
        self.end_lists_to(level + 1);
        if self.lists.get(level).is_some_and(|mark| *mark != item.mark) {
            self.end_lists_to(level);
        }
        if self.lists.len() > level {
            self.document.html.push_str("</li>\n");
        } else {
            self.document.html.push_str(if item.mark == Mark::Bullet { "<ul>\n" } else { "<ol>\n" });
            self.lists.push(item.mark);
        }
        self.document.html.push_str(&format!("<li>{html}"));
    }

    fn end_lists(&mut self) {
        self.end_lists_to(0);
    }

    fn end_lists_to(&mut self, level: usize) {
        while self.lists.len() > level {
            let mark = self.lists.pop();
            self.document.html.push_str(if mark == Some(Mark::Bullet) { "</li></ul>\n" } else { "</li></ol>\n" });
        }
    }

    /// Tables within tables are no more than text in a cell.
    fn table(&mut self) {
        self.tables += 1;
        if self.tables == 1 {
            self.end_lists();
            self.document.html.push_str("<table>\n");
        }
    }

    fn end_table(&mut self) {
        self.tables = self.tables.saturating_sub(1);
        if self.tables == 0 {
            self.document.html.push_str("</table>\n");
        }
    }

    fn span(&mut self, start: &BytesStart<'_>) {
        let columns = attribute(start, "val").and_then(|columns| columns.parse::<usize>().ok());
        if let Some((cell, columns)) = self.cells.last_mut().zip(columns) {
            cell.1 = columns.clamp(1, 64);
        }
    }

    fn cell(&mut self) {
        let Some((paragraphs, columns)) = self.cells.pop() else { return };
        match self.cells.last_mut() {
            Some((outer, _)) => outer.extend(paragraphs),
            None => {
                let empty = "<td></td>".repeat(columns - 1);
                self.document.html.push_str(&format!("<td>{}</td>{empty}", paragraphs.join(" ")));
            }
        }
    }
}

/// The attribute of this name, whatever its prefix.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}
