//! What stands in a post to Markdown: HTML of either editor, with shortcodes.

use super::shortcode;
use crate::content::formats::markup;

/// The mark of the block editor, which writes whole HTML.
const BLOCK: &str = "<!-- wp:";
/// Elements that are no part of a paragraph.
const BLOCKS: [&str; 34] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "ul",
    "tr",
    "td",
    "th",
];

/// The Markdown of a post.
pub(super) fn to_markdown(content: &str) -> String {
    let has_blocks = content.contains(BLOCK);
    let html = shortcode::without(&without_comments(content));
    markup::to_markdown(&if has_blocks { html } else { paragraphs(&html) })
}

/// Comments are for the editor: where blocks and pages begin, and where an excerpt ends.
fn without_comments(html: &str) -> String {
    let mut parts = html.split("<!--");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // A comment that does not end is none.
        kept.push_str(part.split_once("-->").map_or(part, |(_, after)| after));
    }
    kept
}

/// The older editor writes paragraphs as lines with an empty one between, and breaks as line breaks.
fn paragraphs(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for (number, part) in text.replace("\r\n", "\n").split("<pre").enumerate() {
        let (verbatim, rest) = match part.find("</pre>") {
            Some(end) if number > 0 => part.split_at(end + "</pre>".len()),
            _ => ("", part),
        };
        if number > 0 {
            html.push_str("<pre");
        }
        html.push_str(verbatim);
        if number > 0 && verbatim.is_empty() {
            html.push_str(rest);
        } else {
            push_paragraphs(&mut html, &apart(rest));
        }
    }
    html
}

fn push_paragraphs(html: &mut String, text: &str) {
    let mut paragraph = Vec::new();
    for line in text.split('\n').map(str::trim).chain([""]) {
        if !line.is_empty() {
            paragraph.push(line);
        } else if !paragraph.is_empty() {
            let is_block = tag(paragraph[0]).is_some_and(|(_, name, _)| BLOCKS.contains(&name.as_str()));
            if is_block {
                html.push_str(&paragraph.join("\n"));
            } else {
                html.push_str(&format!("<p>{}</p>", paragraph.join("<br>")));
            }
            html.push('\n');
            paragraph.clear();
        }
    }
}

/// A text with empty lines before and after its blocks.
fn apart(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        parted.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((is_end, name, length)) = tag(rest) else {
            parted.push('<');
            rest = &rest[1..];
            continue;
        };
        let is_block = BLOCKS.contains(&name.as_str());
        parted.push_str(if is_block && !is_end { "\n\n" } else { "" });
        parted.push_str(&rest[..length]);
        parted.push_str(if is_block && (is_end || name == "hr") { "\n\n" } else { "" });
        rest = &rest[length..];
    }
    parted.push_str(rest);
    parted
}

/// Whether the tag that a text begins with is one of an end, its name, and its length.
fn tag(text: &str) -> Option<(bool, String, usize)> {
    let inside = text.strip_prefix('<')?;
    let is_end = inside.starts_with('/');
    let name: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    let length = text.find('>')? + 1;
    (!name.is_empty()).then(|| (is_end, name.to_ascii_lowercase(), length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::lines("หนึ่ง\r\nสอง\r\n\r\nสาม", "หนึ่ง  \nสอง\n\nสาม")]
    #[case::list("ก่อน\n<ul>\n<li>หนึ่ง</li>\n<li>สอง</li>\n</ul>\nหลัง", "ก่อน\n\n- หนึ่ง\n- สอง\n\nหลัง")]
    #[case::heading("ก<h2>ข</h2>ค\nง", "ก\n\n## ข\n\nค  \nง")]
    #[case::pre("a\n<pre>b\n\nc</pre>\nd", "a\n\nb\n\nc\n\nd")]
    #[case::space("<p>ก&nbsp;ข</p>\n<p>&nbsp;</p>\nค", "ก ข\n\nค")]
    #[case::more("ก<!--more-->\n\nข", "ก\n\nข")]
    #[case::blocks(
        "<!-- wp:paragraph -->\n<p>ก\nข</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>ค</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->",
        "ก ข\n\n- ค"
    )]
    #[case::caption(
        "ก\n\n[caption id=\"a\" width=\"300\"]<img src=\"x.jpg\" alt=\"ภาพ\" /> คำบรรยาย[/caption]\n\nข",
        "ก\n\n![ภาพ](x.jpg) คำบรรยาย\n\nข"
    )]
    #[case::embed("ก\n[embed]https://example.org/v[/embed]", "ก\n\nhttps://example.org/v")]
    #[case::table(
        "<table><tbody><tr><td>ปี</td><td>สัญญา</td></tr><tr><td>2566</td><td>12</td></tr></tbody></table>",
        "| ปี   | สัญญา |\n| ---- | ----- |\n| 2566 | 12    |"
    )]
    fn posts_of_either_editor_are_read_as_they_are_shown(#[case] content: &str, #[case] expected: &str) {
        assert_eq!(to_markdown(content), expected);
    }
}
