//! The body of an article: Markdown to blocks of plain text by language. As HTML it is in [`html`](super::html).

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::article::{Block, BlockKind, PageStart};
use crate::text::Language;

/// Blocks with deeper nesting are shown as plain text: nobody writes them, and the time to sanitise them
/// grows with its square.
pub(super) const DEEPEST_NESTING: usize = 64;
/// Blocks with more HTML tags of their own are shown as plain text, for the same reason.
const MOST_TAGS: usize = 1_000;

/// What a Markdown text says.
pub(super) struct Body {
    /// Its blocks. Their language is that of their letters; a block without letters has that of the block
    /// before. `<!-- lang: en -->` sets it by hand until `<!-- lang: auto -->`. Where a page of a file begins,
    /// `<!-- page: 7 -->` says so, as a line of its own or within a line.
    pub(super) blocks: Vec<Block>,
    /// The first heading of level 1, for files whose front matter has no title.
    pub(super) first_heading: Option<String>,
    /// How many blocks are too much to be shown as more than plain text.
    pub(super) too_complex: usize,
    /// The lines, counted from 1, of language marks that name no language.
    pub(super) unknown_marks: Vec<usize>,
}

/// Reads a Markdown text.
pub(super) fn read(markdown: &str) -> Body {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let mut page = None;
    let blocks = with_languages(root).map(|(language, node)| {
        let kind = match node.data().value {
            NodeValue::Heading(_) => BlockKind::Heading,
            _ => BlockKind::Text,
        };
        let (text, pages) = text_of_pages(node, &mut page);
        Block { language, kind, text, pages }
    });
    let is_title = |node: &Node<'_>| matches!(&node.data().value, NodeValue::Heading(heading) if heading.level == 1);
    Body {
        blocks: blocks.filter(|block| !block.text.is_empty()).collect(),
        first_heading: root.children().find(is_title).map(plain_text).filter(|text| !text.is_empty()),
        unknown_marks: unknown_marks(root),
        too_complex: root.children().filter(|&node| is_too_complex(node)).count(),
    }
}

/// The texts of the links of a Markdown text.
pub(super) fn links(markdown: &str) -> Vec<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let links = root.descendants().filter(|node| matches!(node.data().value, NodeValue::Link(_)));
    links.map(plain_text).collect()
}

/// Whether a block is shown as plain text.
pub(super) fn is_too_complex(node: Node<'_>) -> bool {
    depth(node) > DEEPEST_NESTING || tags(node) > MOST_TAGS
}

/// How many HTML tags of its own a block has, at most.
fn tags(block: Node<'_>) -> usize {
    let in_node = |node: Node<'_>| match &node.data().value {
        NodeValue::HtmlBlock(html) => html.literal.matches('<').count(),
        NodeValue::HtmlInline(html) => html.matches('<').count(),
        _ => 0,
    };
    block.descendants().map(in_node).sum()
}

/// How many levels of blocks and inlines a block has.
fn depth(node: Node<'_>) -> usize {
    let (mut depth, mut deepest) = (0usize, 0);
    for edge in node.traverse() {
        match edge {
            NodeEdge::Start(_) => depth += 1,
            NodeEdge::End(_) => depth -= 1,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// How Markdown is read.
pub(super) fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    // HTML within Markdown is kept, and sanitised with the rest.
    options.render.r#unsafe = true;
    options
}

/// The blocks at the top of the document with their language, without the language marks.
pub(super) fn with_languages<'a>(root: Node<'a>) -> impl Iterator<Item = (Language, Node<'a>)> {
    let mut marked = None;
    let mut before = Language::Thai;
    root.children().filter_map(move |node| {
        if let Some(mark) = language_mark(node) {
            marked = match mark {
                Mark::Language(language) => Some(language),
                Mark::Auto => None,
                Mark::Unknown => marked,
            };
            return None;
        }
        before = marked.or_else(|| Language::of(&plain_text(node))).unwrap_or(before);
        Some((before, node))
    })
}

/// What stands after `key` and a colon in an HTML comment.
fn comment<'a>(html: &'a str, key: &str) -> Option<&'a str> {
    let comment = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim_start();
    let (name, value) = comment.split_once(':')?;
    name.trim_end().eq_ignore_ascii_case(key).then(|| value.trim())
}

/// What a `<!-- lang: … -->` line asks for.
enum Mark {
    Language(Language),
    Auto,
    Unknown,
}

/// The mark that a block is, if it is one.
fn language_mark(node: Node<'_>) -> Option<Mark> {
    let data = node.data();
    let NodeValue::HtmlBlock(html) = &data.value else {
        return None;
    };
    let value = comment(&html.literal, "lang")?.to_lowercase();
    Some(match Language::from_tag(&value) {
        Some(language) => Mark::Language(language),
        None if value == "auto" => Mark::Auto,
        None => Mark::Unknown,
    })
}

/// The lines of marks that name no language, counted from 1.
fn unknown_marks(root: Node<'_>) -> Vec<usize> {
    let unknown = root.children().filter(|&node| matches!(language_mark(node), Some(Mark::Unknown)));
    unknown.map(|node| node.data().sourcepos.start.line).collect()
}

/// The letters of a block without its markup; items, rows and lines are parted by line breaks.
pub(super) fn plain_text(block: Node<'_>) -> String {
    text_of_pages(block, &mut None).0
}

/// The letters of a block, and where pages begin in them. `page` is the one that the block begins on, and then that it
/// ends on.
fn text_of_pages(block: Node<'_>, page: &mut Option<u32>) -> (String, Vec<PageStart>) {
    let mut text = String::new();
    let mut pages: Vec<PageStart> = page.iter().map(|&number| PageStart { at: 0, number }).collect();
    for node in block.descendants() {
        if let Some(number) = page_mark(node) {
            *page = Some(number);
            pages.push(PageStart { at: text.len(), number });
            continue;
        }
        match &node.data().value {
            NodeValue::Text(piece) => text.push_str(piece),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&code.literal),
            NodeValue::HtmlBlock(html) => text.push_str(&text_of_html(&html.literal)),
            NodeValue::HtmlInline(tag) if !tag.starts_with("<br") => {}
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::HtmlInline(_) => text.push('\n'),
            NodeValue::Item(_) | NodeValue::TableRow(_) | NodeValue::Paragraph => end_line(&mut text, '\n'),
            NodeValue::TableCell => end_line(&mut text, ' '),
            _ => {}
        }
    }
    let before = text.len() - text.trim_start().len();
    let text = text.trim().to_owned();
    for page in &mut pages {
        page.at = page.at.saturating_sub(before).min(text.len());
    }
    (text, pages)
}

/// The page that begins where `node` is, if it is such a mark.
fn page_mark(node: Node<'_>) -> Option<u32> {
    match &node.data().value {
        NodeValue::HtmlBlock(html) => comment(&html.literal, "page")?.parse().ok(),
        NodeValue::HtmlInline(html) => comment(html, "page")?.parse().ok(),
        _ => None,
    }
}

/// Text in Markdown that says the same: what would mean something there is escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let digits = text.len() - text.trim_start_matches(|ch: char| ch.is_ascii_digit()).len();
    let mut before = None;
    for (at, ch) in text.char_indices() {
        let after = text[at + ch.len_utf8()..].chars().next();
        let numbers_item = at == digits && at > 0 && matches!(ch, '.' | ')');
        if numbers_item || means_something(before, ch, after) {
            escaped.push('\\');
        }
        escaped.push(ch);
        before = Some(ch);
    }
    escaped
}

fn means_something(before: Option<char>, ch: char, after: Option<char>) -> bool {
    let is_letter = |ch: Option<char>| ch.is_some_and(char::is_alphanumeric);
    match ch {
        '#' | '>' | '+' | '-' | '=' | ':' | '|' => before.is_none(),
        '_' => !(is_letter(before) && is_letter(after)),
        '\\' | '`' | '*' | '[' | ']' => true,
        '<' => after.is_some_and(|after| after.is_alphabetic() || "/!?".contains(after)),
        '&' => after.is_some_and(|after| after.is_ascii_alphanumeric() || after == '#'),
        '~' => before == Some('~') || after == Some('~'),
        _ => false,
    }
}

/// The text between the tags of `html`, without scripts and comments.
fn text_of_html(html: &str) -> String {
    let parted = html.replace('<', " <");
    let clean = ammonia::Builder::empty().clean(&parted).to_string();
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")];
    let text = entities.iter().fold(clean, |text, (entity, character)| text.replace(entity, character));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
        read(markdown).blocks.into_iter().map(|block| (block.language.tag(), block.text)).collect()
    }

    fn expected(blocks: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        blocks.iter().map(|&(tag, text)| (tag, text.to_owned())).collect()
    }

    #[test]
    fn paragraphs_are_told_apart_by_script() {
        let markdown = "## ที่มา\n\nข้อมูล**เปิด** (Open Data)\n\n2567\n\n## Summary\n\nOpen *data*.";
        let blocks =
            [("th", "ที่มา"), ("th", "ข้อมูลเปิด (Open Data)"), ("th", "2567"), ("en", "Summary"), ("en", "Open data.")];
        assert_eq!(languages(markdown), expected(&blocks));
    }

    #[test]
    fn a_language_may_be_marked_by_hand() {
        let markdown = "<!-- LANG: en -->\n\nสมชาย สมหญิง met.\n\n<!-- lang: auto -->\n\nจบ";
        assert_eq!(languages(markdown), expected(&[("en", "สมชาย สมหญิง met."), ("th", "จบ")]));
    }

    #[test]
    fn escaped_text_says_the_same() {
        let texts = [
            "a_b *c* [d](e) <b> `f` ~~g~~ &amp; \\h",
            "# ก",
            "> ก",
            "= = =",
            "- ก",
            "+ ก",
            ": ก",
            "| ก | ข |",
            "2567. ปี",
            "1) ก",
            "1.5 ล้าน",
            "AT&T a < b",
        ];
        for text in texts {
            let blocks = read(&escaped(text)).blocks;
            assert_eq!(blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>(), [text]);
        }
    }

    #[test]
    fn the_pages_that_a_block_stands_on_are_known() {
        let markdown =
            "ก\n\n<!-- page: 1 -->\n\nข\n\nการ<!-- page: 2 -->ทำงาน <!-- page: x -->\n\n<!-- Page:3 -->\n\nค";
        let start = |at, number| PageStart { at, number };
        let pages: Vec<_> = read(markdown).blocks.into_iter().map(|block| (block.text, block.pages)).collect();
        let expected = [
            ("ก", vec![]),
            ("ข", vec![start(0, 1)]),
            ("การทำงาน", vec![start(0, 1), start(9, 2)]),
            ("ค", vec![start(0, 3)]),
        ];
        assert_eq!(pages, expected.map(|(text, pages)| (text.to_owned(), pages)));
    }

    #[test]
    fn items_and_cells_do_not_run_together() {
        let markdown = "- หนึ่ง\n- สอง\n\n| ก | ข |\n|---|---|\n| ค | ง |\n";
        assert_eq!(languages(markdown), expected(&[("th", "หนึ่ง\nสอง"), ("th", "ก ข\nค ง")]));
    }

    #[test]
    fn html_within_markdown_is_read_and_shown() {
        let markdown = "<div class='x'>ข้อมูล<p>เปิด &amp; ปลอดภัย</p>\n\nหนึ่ง<br>สอง";
        assert_eq!(languages(markdown), expected(&[("th", "ข้อมูล เปิด & ปลอดภัย"), ("th", "หนึ่ง\nสอง")]));
        let html = crate::content::to_html(markdown);
        assert!(html.contains("<div>ข้อมูล<p>เปิด &amp; ปลอดภัย</p>\n</div>"), "{html}");
    }
}
