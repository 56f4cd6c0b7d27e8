//! A file of PDF by the library that reads it: its runs of glyphs as lines, and what it says of itself. The one place that
//! names the library.

use std::collections::HashMap;

use pdf_oxide::layout::TextSpan;
use pdf_oxide::object::Object;
use pdf_oxide::optional_content::decode_pdf_text_string;
use pdf_oxide::{Error, PdfDocument};

use super::info::Info;
use super::lines::{Glyph, Line, Rank, Run, lines};
use super::reading::Failure;
use super::xmp;

/// Text that is turned further than so many degrees is a stamp or a label of an axis.
const TURNED: f32 = 2.0;

/// The pages of a file.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) info: Info,
    /// The lines of each page.
    pub(super) pages: Vec<Vec<Line>>,
    /// How many pages could not be read.
    pub(super) unread: u32,
}

/// Reads a file.
///
/// # Errors
/// Why nothing of it can be read.
pub(super) fn read(bytes: Vec<u8>) -> Result<Pages, Failure> {
    let document = PdfDocument::from_bytes(bytes).map_err(failure)?;
    if document.is_encrypted() && !document.is_authenticated() {
        return Err(Failure::Locked);
    }
    let count = document.page_count().map_err(failure)?;
    let mut read = Pages { info: info(&document), ..Pages::default() };
    for page in 0..count {
        match document.extract_spans(page) {
            Ok(spans) => read.pages.push(lines_of(spans)),
            Err(_) => {
                read.unread += 1;
                read.pages.push(Vec::new());
            }
        }
    }
    if count > 0 && read.unread as usize == count {
        return Err(Failure::Damaged("none of its pages can be read".to_owned()));
    }
    Ok(read)
}

fn failure(error: Error) -> Failure {
    match error {
        Error::EncryptedPdf => Failure::Locked,
        error => Failure::Damaged(error.to_string()),
    }
}

fn lines_of(mut spans: Vec<TextSpan>) -> Vec<Line> {
    spans.retain(|span| span.artifact_type.is_none() && span.rotation_degrees.abs() < TURNED);
    spans.sort_by_key(|span| span.sequence);
    let tails = tails(&spans);
    let runs: Vec<Run> = spans.iter().map(|span| run(span, &tails)).collect();
    lines(&runs)
}

/// The width of า in each font, in shares of the size.
fn tails(spans: &[TextSpan]) -> HashMap<String, f32> {
    let mut tails = HashMap::new();
    for span in spans.iter().filter(|span| span.font_size > 0.0) {
        let widths = span.text.chars().zip(&span.char_widths).filter(|&(ch, _)| ch == 'า');
        // The widest: some fonts have it as a part of wider glyphs, whose width is told in parts.
        let widest = widths.map(|(_, &width)| width / span.font_size).fold(0.0, f32::max);
        let known: &mut f32 = tails.entry(span.font_name.clone()).or_default();
        *known = known.max(widest);
    }
    tails.retain(|_, tail| *tail > 0.0);
    tails
}

fn run(span: &TextSpan, tails: &HashMap<String, f32>) -> Run {
    let count = span.text.chars().count();
    let widths = match span.char_widths.len() == count {
        true => span.char_widths.clone(),
        false => vec![span.bbox.width / count.max(1) as f32; count],
    };
    let places = places(span.bbox.x, &widths);
    let glyphs = span.text.chars().zip(places).zip(widths).map(|((ch, x), advance)| Glyph { ch, x, advance });
    Run {
        glyphs: glyphs.collect(),
        y: span.bbox.y,
        size: span.font_size,
        tail: tails.get(&span.font_name).copied(),
        rank: if span.heading_level.is_some() { Rank::Heading } else { Rank::Text },
    }
}

/// Where each glyph is, by the widths of those before it. (The library has places too, which are those of other glyphs where
/// one glyph stands for several letters.)
fn places(start: f32, widths: &[f32]) -> Vec<f32> {
    let starts = widths.iter().scan(start, |x, width| {
        let start = *x;
        *x += width;
        Some(start)
    });
    starts.collect()
}

fn info(document: &PdfDocument) -> Info {
    let dictionary = entry(document, document.trailer(), "Info");
    let xmp = document.catalog().ok().and_then(|catalog| entry(document, &catalog, "Metadata"));
    let xmp = xmp.and_then(|stream| stream.decode_stream_data().ok());
    let xmp = xmp.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let field = |key: &str, element: &str| {
        let value = dictionary.as_ref().and_then(|dictionary| entry(document, dictionary, key));
        let text = value.and_then(|value| Some(decode_pdf_text_string(value.as_string()?)));
        text.filter(|text| !text.trim().is_empty()).or_else(|| xmp::field(&xmp, element))
    };
    Info {
        title: field("Title", "dc:title"),
        author: field("Author", "dc:creator"),
        keywords: field("Keywords", "pdf:Keywords"),
        created: field("CreationDate", "xmp:CreateDate"),
    }
}

/// An entry of a dictionary.
fn entry(document: &PdfDocument, dictionary: &Object, key: &str) -> Option<Object> {
    document.resolve_object(dictionary.as_dict()?.get(key)?).ok()
}
