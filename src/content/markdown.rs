//! The body of an article: Markdown to blocks of plain text by language, and to safe HTML.

use std::collections::HashSet;

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::article::{Block, BlockKind};
use crate::text::Language;

/// The blocks of a Markdown text. Their language is that of their letters; a block without letters
/// has that of the block before. `<!-- lang: en -->` sets it by hand until `<!-- lang: auto -->`.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    with_languages(root)
        .filter_map(|(language, node)| {
            let text = plain_text(node);
            let kind = match node.data().value {
                NodeValue::Heading(_) => BlockKind::Heading,
                _ => BlockKind::Text,
            };
            (!text.is_empty()).then_some(Block { language, kind, text })
        })
        .collect()
}

/// The text of the first heading of level 1, for files whose front matter has no title.
pub(super) fn first_heading(markdown: &str) -> Option<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let is_title = |node: &Node<'_>| matches!(&node.data().value, NodeValue::Heading(heading) if heading.level == 1);
    root.children()
        .find(is_title)
        .map(plain_text)
        .filter(|text| !text.is_empty())
}

/// A Markdown text as sanitised HTML: no scripts, styles, frames or event handlers, whatever it held.
/// Blocks of one language stand together in a `<div lang>`.
pub fn to_html(markdown: &str) -> String {
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, markdown, &options);
    let mut html = String::new();
    let mut open = None;
    for (language, node) in with_languages(root) {
        if open != Some(language) {
            html.push_str(if open.is_some() { "</div>\n" } else { "" });
            html.push_str(&format!("<div lang=\"{}\">\n", language.tag()));
            open = Some(language);
        }
        // Writing to a String does not fail.
        let _ = comrak::format_html(node, &options, &mut html);
    }
    html.push_str(if open.is_some() { "</div>\n" } else { "" });
    sanitizer().clean(&html).to_string()
}

fn sanitizer() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tag_attributes("div", ["lang"])
        .url_schemes(HashSet::from(["http", "https", "mailto"]));
    builder
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options
}

/// The blocks at the top of the document with their language, without the language marks.
fn with_languages<'a>(root: Node<'a>) -> impl Iterator<Item = (Language, Node<'a>)> {
    let mut marked = None;
    let mut before = Language::Thai;
    root.children().filter_map(move |node| {
        if let Some(mark) = language_mark(node) {
            marked = mark;
            return None;
        }
        before = marked.or_else(|| Language::of(&plain_text(node))).unwrap_or(before);
        Some((before, node))
    })
}

/// `Some(None)` for `<!-- lang: auto -->`, `None` for a block that is no mark.
fn language_mark(node: Node<'_>) -> Option<Option<Language>> {
    let data = node.data();
    let NodeValue::HtmlBlock(html) = &data.value else {
        return None;
    };
    let comment = html.literal.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    let value = comment
        .trim()
        .strip_prefix("lang")?
        .trim_start()
        .strip_prefix(':')?
        .trim();
    if value == "auto" {
        Some(None)
    } else {
        Language::from_tag(value).map(Some)
    }
}

/// The letters of a block without its markup; items, rows and lines are parted by line breaks.
fn plain_text(block: Node<'_>) -> String {
    let mut text = String::new();
    for node in block.descendants() {
        match &node.data().value {
            NodeValue::Text(piece) => text.push_str(piece),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push('\n'),
            NodeValue::Item(_) | NodeValue::TableRow(_) | NodeValue::Paragraph => end_line(&mut text, '\n'),
            NodeValue::TableCell => end_line(&mut text, ' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn end_line(text: &mut String, separator: char) {
    if !text.is_empty() && !text.ends_with(['\n', ' ']) {
        text.push(separator);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(markdown: &str) -> Vec<(&'static str, String)> {
        blocks(markdown)
            .into_iter()
            .map(|block| (block.language.tag(), block.text))
            .collect()
    }

    fn expected(blocks: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        blocks.iter().map(|&(tag, text)| (tag, text.to_owned())).collect()
    }

    #[test]
    fn paragraphs_are_told_apart_by_script() {
        let markdown = "## ที่มา\n\nข้อมูล**เปิด** (Open Data)\n\n2567\n\n## Summary\n\nOpen *data*.";
        let blocks = [
            ("th", "ที่มา"),
            ("th", "ข้อมูลเปิด (Open Data)"),
            ("th", "2567"),
            ("en", "Summary"),
            ("en", "Open data."),
        ];
        assert_eq!(languages(markdown), expected(&blocks));
    }

    #[test]
    fn a_language_may_be_marked_by_hand() {
        let markdown = "<!-- lang: en -->\n\nสมชาย สมหญิง met.\n\n<!-- lang: auto -->\n\nจบ";
        assert_eq!(
            languages(markdown),
            expected(&[("en", "สมชาย สมหญิง met."), ("th", "จบ")])
        );
    }

    #[test]
    fn items_and_cells_do_not_run_together() {
        let markdown = "- หนึ่ง\n- สอง\n\n| ก | ข |\n|---|---|\n| ค | ง |\n";
        assert_eq!(languages(markdown), expected(&[("th", "หนึ่ง\nสอง"), ("th", "ก ข\nค ง")]));
    }

    #[test]
    fn html_is_safe_and_knows_its_languages() {
        let markdown = "ภาษาไทยอยู่ตรงนี้ <script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick='x()'>y</b>\n\n<iframe src='//e'></iframe>";
        let html = to_html(markdown);
        assert!(html.starts_with("<div lang=\"th\">\n<p>ภาษาไทย"), "{html}");
        for danger in ["<script", "javascript:", "onclick", "<iframe"] {
            assert!(!html.contains(danger), "{danger} in {html}");
        }
    }

    #[test]
    fn deep_nesting_is_survived() {
        for opening in [">", "- ", "[", "*a "] {
            let markdown = opening.repeat(1_000);
            let _ = (blocks(&markdown), to_html(&markdown));
        }
    }
}
