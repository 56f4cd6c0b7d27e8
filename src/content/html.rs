//! The body of an article as HTML: sanitised, with the language of each part, headings that can be linked to, and what
//! a search found in it marked.

use std::collections::HashSet;
use std::ops::Range;

use comrak::nodes::{AstNode, Node, NodeValue};
use comrak::{Anchorizer, Arena, Options, parse_document};

use super::markdown::{is_too_complex, options, plain_text, with_languages};
use crate::text::Language;

/// Blocks of more HTML than this many bytes are shown as plain text.
const LONGEST_BLOCK: usize = 256 << 10;
/// What the ids of headings begin with, so that none is that of something else on the page.
const PREFIX: &str = "section-";
/// The title of the page is its heading of level 1, so those of the text begin below it.
const HIGHEST_LEVEL: u8 = 2;

/// A body as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// No scripts, styles, frames or event handlers, whatever the text held. Blocks of one language stand together in
    /// a `<div lang>`.
    pub html: String,
    /// The headings that have an id, in their order.
    pub headings: Vec<Heading>,
}

/// A heading of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// From 2, the highest.
    pub level: u8,
    /// The id of its element.
    pub id: String,
    /// The language of its text.
    pub language: Language,
    /// What it says, without markup.
    pub text: String,
}

/// A Markdown text as sanitised HTML.
pub fn to_html(markdown: &str) -> String {
    rendered(markdown, &|_| Vec::new()).html
}

/// A Markdown text as sanitised HTML with its headings. What `marks` finds in a piece of text, as byte ranges that are
/// ascending and apart, is in `<mark>`; code and HTML within Markdown are not looked at.
pub fn rendered(markdown: &str, marks: &dyn Fn(&str) -> Vec<Range<usize>>) -> Rendered {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let mut writer = Writer::new();
    for (language, node) in with_languages(root) {
        writer.enter(language);
        writer.write(node, language, &|node| mark(&arena, node, marks));
    }
    writer.end()
}

/// Writes block after block.
struct Writer {
    rendered: Rendered,
    open: Option<Language>,
    ids: Anchorizer,
    /// The headings that the next one may lie below: the levels that the text gives them and those that they have.
    outline: Vec<(u8, u8)>,
    options: Options<'static>,
    sanitizer: ammonia::Builder<'static>,
}

impl Writer {
    fn new() -> Writer {
        Writer {
            rendered: Rendered::default(),
            open: None,
            ids: Anchorizer::new(),
            outline: Vec::new(),
            options: options(),
            sanitizer: sanitizer(),
        }
    }

    fn enter(&mut self, language: Language) {
        if self.open != Some(language) {
            self.close();
            self.rendered.html.push_str(&format!("<div lang=\"{}\">\n", language.tag()));
            self.open = Some(language);
        }
    }

    fn close(&mut self) {
        self.rendered.html.push_str(if self.open.is_some() { "</div>\n" } else { "" });
    }

    fn write<'a>(&mut self, node: Node<'a>, language: Language, mark: &dyn Fn(Node<'a>)) {
        // Marks are tags as well, but not of the author's.
        let is_plain = is_too_complex(node);
        let heading = if is_plain { None } else { self.heading(node, language) };
        let text = plain_text(node);
        if !is_plain {
            mark(node);
        }
        let html = if is_plain { None } else { block_html(node, &self.options, &self.sanitizer) };
        let html = html.map_or_else(|| plain_html(&text), |html| scrollable(node, html));
        self.rendered.html.push_str(&match &heading {
            Some(Heading { level, id, .. }) => {
                html.replacen(&format!("<h{level}>"), &format!("<h{level} id=\"{id}\">"), 1)
            }
            None => html,
        });
        self.rendered.headings.extend(heading);
    }

    /// The heading that `node` is, put below the title of the page.
    fn heading(&mut self, node: Node<'_>, language: Language) -> Option<Heading> {
        let text = plain_text(node).replace('\n', " ");
        let mut data = node.data_mut();
        let NodeValue::Heading(heading) = &mut data.value else { return None };
        heading.level = self.level(heading.level.max(HIGHEST_LEVEL));
        // What is left of the text are letters, digits, marks and hyphens, which need no escaping.
        let id = format!("{PREFIX}{}", self.ids.anchorize(&text));
        Some(Heading { level: heading.level, id, language, text })
    }

    /// The level of a heading on the page, where none is left out: screen readers take a gap for something missing.
    fn level(&mut self, written: u8) -> u8 {
        while self.outline.pop_if(|(above, _)| *above >= written).is_some() {}
        let level = self.outline.last().map_or(HIGHEST_LEVEL, |(_, above)| above + 1);
        self.outline.push((written, level));
        level
    }

    fn end(mut self) -> Rendered {
        self.close();
        self.rendered
    }
}

/// Each block is sanitised alone, so that a tag that is not closed ends with it. `None` for what is too much.
fn block_html(node: Node<'_>, options: &Options<'_>, sanitizer: &ammonia::Builder<'_>) -> Option<String> {
    let mut html = String::new();
    comrak::format_html(node, options, &mut html).ok()?;
    (html.len() <= LONGEST_BLOCK).then(|| sanitizer.clean(&html).to_string())
}

/// A wide table moves within a frame of its own, which the keyboard reaches.
fn scrollable(node: Node<'_>, html: String) -> String {
    match &node.data().value {
        NodeValue::Table(_) => format!("<div class=\"wide\" tabindex=\"0\">\n{html}</div>\n"),
        _ => html,
    }
}

fn plain_html(text: &str) -> String {
    format!("<pre>{}</pre>\n", ammonia::clean_text(text))
}

fn sanitizer() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    builder.url_schemes(HashSet::from(["http", "https", "mailto"]));
    builder
}

/// Puts what is found in the texts of a block into `<mark>`.
fn mark<'a>(arena: &'a Arena<'a>, block: Node<'a>, marks: &dyn Fn(&str) -> Vec<Range<usize>>) {
    for node in block.descendants().collect::<Vec<_>>() {
        let text = match &node.data().value {
            NodeValue::Text(text) => text.to_string(),
            _ => continue,
        };
        let found = marks(&text);
        if found.is_empty() {
            continue;
        }
        for value in pieces(&text, &found) {
            node.insert_before(arena.alloc(AstNode::from(value)));
        }
        node.detach();
    }
}

/// A text as texts between tags.
fn pieces(text: &str, marks: &[Range<usize>]) -> Vec<NodeValue> {
    let piece = |range: Range<usize>| NodeValue::Text(text.get(range).unwrap_or_default().to_owned().into());
    let tag = |tag: &str| NodeValue::HtmlInline(tag.to_owned());
    let mut pieces = Vec::new();
    let mut done = 0;
    for mark in marks {
        pieces.extend([piece(done..mark.start), tag("<mark>"), piece(mark.clone()), tag("</mark>")]);
        done = mark.end;
    }
    pieces.push(piece(done..text.len()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::markdown::{DEEPEST_NESTING, read};

    /// The places of `word`.
    fn places(word: &'static str) -> impl Fn(&str) -> Vec<Range<usize>> {
        move |text| text.match_indices(word).map(|(at, word)| at..at + word.len()).collect()
    }

    #[test]
    fn headings_can_be_linked_to_and_stand_below_the_title() {
        let Rendered { html, headings } = rendered("# ที่มา\n\nก\n\n## ที่มา\n\n### *Aims* & \"means\"", &|_| Vec::new());
        let expected = [(2, "section-ที่มา"), (2, "section-ที่มา-1"), (3, "section-aims--means")];
        let found: Vec<(u8, &str)> = headings.iter().map(|heading| (heading.level, heading.id.as_str())).collect();
        assert_eq!(found, expected, "{html}");
        for (level, id) in expected {
            assert!(html.contains(&format!("<h{level} id=\"{id}\">")), "{html}");
        }
        assert_eq!((headings[2].language, headings[2].text.as_str()), (Language::English, "Aims & \"means\""));
    }

    #[test]
    fn no_level_is_left_out_between_headings() {
        let markdown = "### ก\n\n##### ข\n\n#### ค\n\n## ง\n\n###### จ";
        let levels: Vec<u8> = rendered(markdown, &|_| Vec::new()).headings.iter().map(|it| it.level).collect();
        assert_eq!(levels, [2, 3, 3, 2, 3]);
    }

    #[test]
    fn what_is_found_is_marked_in_texts_alone() {
        let markdown =
            "open **open** `open` [open](/open \"open\") <i title=\"open\">open</i> <open>\n\n## An open end";
        let Rendered { html, headings } = rendered(markdown, &places("open"));
        assert!(html.contains("<p><mark>open</mark> <strong><mark>open</mark></strong> <code>open</code>"), "{html}");
        assert!(html.contains("href=\"/open\"") && html.contains("title=\"open\">"), "{html}");
        assert!(html.contains("<h2 id=\"section-an-open-end\">An <mark>open</mark> end</h2>"), "{html}");
        assert_eq!(headings[0].text, "An open end");
    }

    #[test]
    fn a_wide_table_can_be_moved() {
        let html = rendered("| ก | ข |\n|---|---|\n| ค | ง |\n", &|_| Vec::new()).html;
        assert!(html.contains("<div class=\"wide\" tabindex=\"0\">\n<table>"), "{html}");
    }

    #[test]
    fn marks_open_no_door() {
        let html = rendered("&lt;script&gt;alert(1)&lt;/script&gt; <b", &places("script")).html;
        assert!(html.contains("&lt;<mark>script</mark>&gt;alert(1)") && !html.contains("<script"), "{html}");
    }

    #[test]
    fn many_marks_are_not_too_much() {
        let html = rendered(&"open ".repeat(3_000), &places("open")).html;
        assert_eq!(html.matches("<mark>").count(), 3_000);
    }

    #[test]
    fn html_is_safe_and_knows_its_languages() {
        let markdown = "ภาษาไทยอยู่ตรงนี้ <script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick='x()'>y</b>\n\n\
                        <iframe src='//e'></iframe>\n\n<img src=x onerror=alert(1)>\n\n<style>p{}</style>";
        let html = to_html(markdown);
        assert!(html.starts_with("<div lang=\"th\">\n<p>ภาษาไทยอยู่ตรงนี้"), "{html}");
        assert!(html.contains("<b>y</b>"), "{html}");
        for danger in ["<script", "alert(1)<", "javascript:", "onclick", "<iframe", "onerror", "<style"] {
            assert!(!html.contains(danger), "{danger} in {html}");
        }
    }

    #[test]
    fn what_is_too_complex_is_plain_text() {
        for piece in ["> ", "- ", "[", "*a **b ", "<b>", "<div>", "&"] {
            let markdown = format!("{}<i>", piece.repeat(2_000));
            let html = to_html(&markdown);
            assert_eq!(html.contains("<pre>"), read(&markdown).too_complex > 0, "{piece}");
            assert!(html.matches("<blockquote>").count() <= DEEPEST_NESTING, "{piece}");
        }
    }
}
