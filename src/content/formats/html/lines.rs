//! Elements of a page to lines of Markdown.

use dom_query::{Document, NodeRef};
use url::Url;

use crate::content::formats::hub::{Gap, Kind, Line, kind, shown};
use crate::content::markdown;
use crate::text::Language;

/// Stands before the tag of a language in a paragraph of its own where the language changes.
const MARK: char = '\u{E0DF}';
/// Where links lead that lead nowhere from here.
const NOWHERE: &str = "nowhere:";
/// Elements within which a language cannot change for Markdown.
const WITHIN: &str = "li, td, th, blockquote, dd, figcaption, p, h1, h2, h3, h4, h5, h6";
/// Elements of text of their own.
const BLOCKS: &str = "div[lang], section[lang], article[lang], main[lang], aside[lang], p[lang], h1[lang], h2[lang], h3[lang], \
                      h4[lang], h5[lang], h6[lang], blockquote[lang], ul[lang], ol[lang], table[lang]";

/// The lines of an element of a page with this address.
pub(super) fn lines(root: &NodeRef<'_>, page: Option<&Url>) -> Vec<Line> {
    let copy = Document::from(root.html());
    prepare(&copy, page);
    let mut text = Lines::default();
    let own = root.ancestors_it(None).chain([*root]).filter_map(|node| language(&node)).last();
    text.outer = own;
    copy.md(Some(&[])).split('\n').for_each(|line| text.line(line));
    text.lines
}

/// Elements that Markdown has not become such as it has.
fn prepare(document: &Document, page: Option<&Url>) {
    document.select("dt, dd, figcaption, summary, address").rename("p");
    document.select("dl, figure, details").rename("div");
    for link in document.select("a[href^='#']").iter() {
        let text = link.text().trim().to_owned();
        let is_back = text.chars().all(|ch| !ch.is_alphanumeric());
        let is_note = text.chars().all(|ch| ch.is_ascii_digit());
        link.replace_with_html(if is_back {
            String::new()
        } else if is_note {
            format!("[{text}]")
        } else {
            link.inner_html().to_string()
        });
    }
    for link in document.select("a[href]").iter() {
        link.remove_attr("title");
        let address = address(&link.attr_or("href", ""), page);
        link.set_attr("href", address.as_ref().map_or(NOWHERE, Url::as_str));
    }
    for image in document.select("img").iter() {
        let alt = html_text(&image.attr_or("alt", ""));
        image.replace_with_html(alt);
    }
    labelled_rows(document);
    mark_languages(document);
}

/// What a link leads to, if that is an address on the web.
fn address(href: &str, page: Option<&Url>) -> Option<Url> {
    let address = match page {
        Some(page) => page.join(href.trim()),
        None => Url::parse(href.trim()),
    };
    address.ok().filter(|address| matches!(address.scheme(), "http" | "https" | "mailto"))
}

/// Markdown without links that lead nowhere; their texts stay.
fn without_nowhere(markdown: &str) -> String {
    let end = format!("]({NOWHERE})");
    let mut text = String::new();
    let mut pieces = markdown.split(&end).peekable();
    while let Some(piece) = pieces.next() {
        let opening = piece.rmatch_indices('[').map(|(at, _)| at).find(|&at| !piece[..at].ends_with('\\'));
        match opening.filter(|_| pieces.peek().is_some()) {
            Some(at) => text.extend([&piece[..at], &piece[at + 1..]]),
            None => text.push_str(piece),
        }
    }
    text
}

fn html_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Tables of two columns whose first column are headings are fields, a line each.
fn labelled_rows(document: &Document) {
    for table in document.select("table").iter() {
        let rows = table.select("tr");
        let is_field = |row: &dom_query::Selection<'_>| {
            let cells = row.select("th, td");
            cells.length() == 2 && cells.first().is("th") && cells.last().is("td")
        };
        if rows.exists() && rows.iter().all(|row| is_field(&row)) {
            let field = |row: dom_query::Selection<'_>| {
                let cells = row.select("th, td");
                format!("<p>{}: {}</p>", html_text(cells.first().text().trim()), html_text(cells.last().text().trim()))
            };
            let fields: String = rows.iter().map(field).collect();
            table.replace_with_html(fields);
        }
    }
}

/// Marks where the language changes, and where it is again what it was.
fn mark_languages(document: &Document) {
    let mark = |language: Option<Language>| format!("<p>{MARK}{}</p>", language.map_or("auto", Language::tag));
    for element in document.select(BLOCKS).iter() {
        let Some(node) = element.nodes().first() else { continue };
        let outer = node.ancestors_it(None).filter(|it| it.node_name().is_none_or(|name| name.as_ref() != "html"));
        let outer: Vec<NodeRef<'_>> = outer.collect();
        let is_within = outer.iter().any(|it| it.is(WITHIN));
        if let Some(own) = language(node).filter(|_| !is_within) {
            element.before_html(mark(Some(own)));
            element.after_html(mark(outer.iter().find_map(language)));
        }
    }
}

/// The language that an element says. That of the whole page says little: many pages in Thai say "en-US".
fn language(node: &NodeRef<'_>) -> Option<Language> {
    let is_page = node.node_name().is_some_and(|name| matches!(name.as_ref(), "html" | "body"));
    node.attr("lang").filter(|_| !is_page).and_then(|tag| Language::from_tag(&tag))
}

/// Lines of Markdown one after the other.
#[derive(Default)]
struct Lines {
    lines: Vec<Line>,
    /// Whether the last line was empty.
    gap: Option<Gap>,
    /// The fence of the code that goes on.
    fence: Option<String>,
    /// The language of the elements around.
    outer: Option<Language>,
}

impl Lines {
    fn line(&mut self, line: &str) {
        let is_fence = line.starts_with("```");
        if self.fence.is_some() || is_fence {
            return self.code(line, is_fence);
        }
        if line.trim().is_empty() {
            self.gap = Some(Gap::Usual);
            return;
        }
        if let Some(tag) = line.trim().strip_prefix(MARK) {
            return self.push(Kind::Mark(Language::from_tag(tag).or(self.outer)), line, String::new());
        }
        let (kind, text) = told(line);
        self.push(kind, line, text);
    }

    fn code(&mut self, line: &str, is_fence: bool) {
        let closes = self.fence.as_deref().is_some_and(|fence| line.trim_end() == fence);
        self.push(Kind::Inner, line, line.to_owned());
        if closes {
            self.fence = None;
        } else if is_fence && self.fence.is_none() {
            let ticks = line.len() - line.trim_start_matches('`').len();
            self.fence = Some("`".repeat(ticks));
        }
    }

    fn push(&mut self, kind: Kind, markdown: &str, text: String) {
        let gap = self.gap.take().unwrap_or(Gap::None);
        let is_mark = matches!(kind, Kind::Mark(_));
        if is_mark || !text.is_empty() || kind == Kind::Inner {
            let links = if kind == Kind::Inner { Vec::new() } else { links(markdown) };
            let markdown = without_nowhere(markdown.trim_end()).replace('\u{A0}', " ");
            self.lines.push(Line { number: None, markdown, text, kind, gap, links });
        }
    }
}

/// What a line of Markdown is, and what one reads of it.
fn told(line: &str) -> (Kind, String) {
    if line.starts_with([' ', '|', '>']) {
        return (Kind::Inner, plain(line.trim_start_matches([' ', '>'])));
    }
    let text = plain(line);
    if line.starts_with('#') {
        return (Kind::Heading, text);
    }
    if let Some(item) = line.strip_prefix("- ") {
        return (Kind::Bullet, plain(item));
    }
    let is_link = line.starts_with('[') && line.ends_with(')') && line.matches("](").count() == 1;
    match kind(&line.replace('\\', "")) {
        (Kind::Plain, _) if is_link => (Kind::Link, text),
        (Kind::Plain, _) => (Kind::Plain, text),
        (kind, rest) => (kind, plain(rest)),
    }
}

/// The texts of the links of a line.
fn links(line: &str) -> Vec<String> {
    if !line.contains("](") {
        return Vec::new();
    }
    markdown::links(line).iter().map(|text| shown(text)).collect()
}

/// What one reads of a line of Markdown.
fn plain(line: &str) -> String {
    let blocks = markdown::read(line).blocks;
    let text = blocks.iter().map(|block| block.text.replace('\n', " ")).collect::<Vec<_>>().join(" ");
    shown(&text.replace('\u{A0}', " "))
}
