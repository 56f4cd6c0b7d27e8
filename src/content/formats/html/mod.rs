//! HTML: the article of a web page, with what its head says of it.

mod json_ld;
mod lines;
mod main_text;
mod metadata;
mod settings;

use dom_query::Document;
use encoding_rs::Encoding;

use super::depth::{DEEPEST, depth};
use super::hub::{Context, Page, Paragraphs};
use super::{Input, Single, encoding};
use crate::content::draft::Draft;
use crate::content::problem::Problem;
use crate::content::site::Site;

pub use settings::HtmlSettings;

/// Where a page says how it is encoded, it does so within so many bytes.
const HEAD: usize = 4096;

/// HTML.
pub(super) struct Html;

impl Single for Html {
    const NAME: &'static str = "HTML";
    const EXTENSIONS: &'static [&'static str] = &["html", "htm", "xhtml"];

    fn draft(input: &Input<'_>, bytes: Vec<u8>) -> Result<Draft, Problem> {
        draft(input.path, &bytes, input.site)
    }
}

fn draft(path: &str, bytes: &[u8], site: &Site) -> Result<Draft, Problem> {
    let (html, told) = encoding::text(path, bytes, declared(bytes))?;
    if depth(&html) > DEEPEST {
        let reason =
            format!("nests elements more than {DEEPEST} deep; close them, or bring the text in another format");
        return Err(Problem::error(path, None, reason));
    }
    let (document, context) = (Document::from(html), Context::new(path, site));
    let metadata = metadata::read(&document, &site.formats.html);
    let address = metadata.address();
    let (lines, problems) = main_text::find(&document, address.as_ref(), &site.formats.html, &context);
    let page = Page { titles: metadata.titles, metadata: metadata.values, lines, paragraphs: Paragraphs::Gaps };
    let mut draft = context.draft(page);
    draft.warnings.splice(0..0, told.into_iter().chain(problems));
    Ok(draft)
}

/// How a page says that it is encoded.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset").or_else(|| head.split_once("encoding"))?;
    let label = after.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
    let end = label.find(|ch: char| !ch.is_ascii_alphanumeric() && !"-_.:".contains(ch)).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One recogniser reads both.
    #[test]
    fn a_page_says_the_same_as_html_and_as_plain_text() {
        let text = include_str!("../../../../tests/khonha/formats/text/01-usual.txt");
        let elements: String = text.lines().map(|line| format!("<p>{line}</p>")).collect();
        let (html, site) = (format!("<body>{elements}"), Site::default());
        let of_html = draft("a.html", html.as_bytes(), &site).expect("a page");
        let of_text = crate::content::formats::text::draft("a.txt", text.as_bytes(), &site).expect("a page");
        assert_eq!((of_html.metadata, of_html.body), (of_text.metadata, of_text.body));
    }

    #[test]
    fn a_page_that_nests_too_deep_is_told_at_once() {
        for tag in ["<div>", "<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<i></b>"] {
            let told =
                draft("a.html", tag.repeat(100_000).as_bytes(), &Site::default()).expect_err("it nests too deep");
            assert!(told.reason.starts_with("nests elements more than"), "{told}");
        }
    }

    /// Elements that are as deep as may be are read on the stack that there is.
    #[test]
    fn a_page_that_nests_as_deep_as_may_be_is_read() {
        for tag in ["<div>", "<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<div><table></div>"] {
            let html = format!("<title>ชื่อ</title>{}เนื้อหา", tag.repeat(DEEPEST / 2));
            let draft = draft("a.html", html.as_bytes(), &Site::default()).expect("a page");
            assert!(draft.body.contains("เนื้อหา"), "{tag}");
        }
    }
}
