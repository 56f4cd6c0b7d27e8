//! HTML to Markdown and to plain text.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use htmd::HtmlToMarkdown;
use htmd::options::{BulletListMarker, Options};

use super::depth::{DEEPEST, depth};

/// Elements whose text is for machines.
const SILENT: [&str; 10] =
    ["script", "style", "noscript", "template", "iframe", "object", "svg", "form", "title", "head"];

static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    HtmlToMarkdown::builder().options(options).skip_tags(SILENT.to_vec()).build()
});
/// Takes out all markup.
static TEXT: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder.clean_content_tags(HashSet::from(["script", "style"]));
    builder
});

/// What HTML says, as Markdown.
pub(super) fn to_markdown(html: &str) -> String {
    if depth(html) > DEEPEST {
        return to_text(html);
    }
    // Spaces that do not break are typed by editors, not by authors.
    let spaced = html.replace("&nbsp;", " ").replace('\u{A0}', " ");
    CONVERTER.convert(&with_table_heads(&spaced)).unwrap_or_else(|_| to_text(html))
}

/// Tables of Markdown have a head; one without has its first row as such.
fn with_table_heads(html: &str) -> String {
    let mut parts = html.split("<table");
    let mut headed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        headed.push_str("<table");
        let table = part.split_once("</table>").map_or(part, |(table, _)| table);
        let row = table.find("</tr>").unwrap_or_default();
        // Tables of one column, and those with others in them, are there for how the page looks.
        if table.contains("<th") || table[..row].matches("<td").count() < 2 {
            headed.push_str(part);
        } else {
            headed.push_str(&table[..row].replace("<td", "<th").replace("</td", "</th"));
            headed.push_str(&part[row..]);
        }
    }
    headed
}

/// What HTML says, in one line and without any markup.
pub(super) fn to_line(html: &str) -> String {
    to_text(html).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as HTML that says the same.
pub(super) fn escaped(text: &str) -> String {
    ammonia::clean_text(text)
}

fn to_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let text = if depth(html) > DEEPEST { without_tags(html) } else { TEXT.clean(html).to_string() };
    let text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&amp;", "&")
}

/// A last resort, which looks at nothing but the brackets.
fn without_tags(html: &str) -> String {
    let parts = html.split('<').enumerate();
    parts.map(|(number, part)| if number == 0 { part } else { part.split_once('>').map_or("", |it| it.1) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_without_a_head_has_its_first_row_as_one() {
        let html = "<table><tbody><tr><td>ปี</td><td>สัญญา</td></tr><tr><td>2566</td><td>12</td></tr></tbody></table>ก";
        assert_eq!(to_markdown(html), "| ปี   | สัญญา |\n| ---- | ----- |\n| 2566 | 12    |\n\nก");
    }

    #[test]
    fn signs_of_markdown_in_texts_stay_signs() {
        assert_eq!(to_markdown("<p>1. a *b* &lt;c&gt; # d</p>"), "1\\. a \\*b\\* \\<c> # d");
        assert_eq!(to_line("a &amp; <b>b</b> &lt;c&gt;\n&nbsp;&amp;lt;"), "a & b <c> &lt;");
    }

    #[test]
    fn what_is_for_machines_is_left_out() {
        assert_eq!(to_markdown("<style>a{}</style><p>ก</p><script>b()</script><iframe src='x'></iframe>"), "ก");
    }

    #[test]
    fn depth_that_nobody_writes_does_no_harm() {
        for tag in ["div", "b", "blockquote", "p", "ul"] {
            let html = format!("{}ก", format!("<{tag}>").repeat(50_000));
            assert_eq!((to_markdown(&html).trim(), to_line(&html).as_str()), ("ก", "ก"), "{tag}");
        }
        assert_eq!(to_markdown(&"<p>ก<br>".repeat(300)).matches('ก').count(), 300);
    }
}
