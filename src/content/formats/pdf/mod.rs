//! PDF: each file is read by a process of its own, its Thai is put right, and what cannot be read well is not indexed.
//!
//! What the file does not say of itself stands in a file of metadata beside it, `paper.yaml` beside `paper.pdf`, with the keys
//! of front matter.

mod child;
mod flow;
mod glyphs;
mod info;
mod library;
mod lines;
mod pdftotext;
mod quality;
mod reader;
mod reading;
mod repair;
mod xmp;

use std::path::Path;

use serde_json::{Map, Value};

use super::{Broken, Format, Found, Holds, Input};
use crate::content::draft::Draft;
use crate::content::markdown::escaped;
use crate::content::problem::Problem;

pub use child::extract;
pub use reader::PdfReader;
use reader::{By, Otherwise};
use reading::{Failure, Kind, Piece, Reading};

/// Files of PDF hold pictures and fonts beside their text.
const MOST: u64 = 64 << 20;
/// What they begin with, within so many bytes.
const MAGIC: &[u8] = b"%PDF-";
const MAGIC_WITHIN: usize = 1_024;

/// PDF.
pub(super) struct Pdf;

impl Format for Pdf {
    fn name(&self) -> &'static str {
        "PDF"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn holds(&self) -> Holds {
        Holds::One
    }

    fn most(&self, most: u64) -> u64 {
        most.max(MOST)
    }

    fn sidecar(&self) -> Option<&'static str> {
        Some("yaml")
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Broken> {
        let bytes = input.bytes()?;
        let sidecar = input.sidecar.map(|bytes| metadata(input, bytes)).unwrap_or_else(|| Ok(Map::new()));
        found(match (sidecar, input.pdf) {
            (Err(problem), _) => Err(problem),
            (_, None) => Err(Problem::error(input.path, None, "is PDF, and no program was named that reads it")),
            (Ok(metadata), Some(reader)) => draft(input, &bytes, reader, metadata)?,
        });
        Ok(())
    }
}

/// The metadata of a sidecar.
fn metadata(input: &Input<'_>, bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    let path = sidecar_of(input.path);
    if bytes.len() as u64 > input.most {
        let reason = format!("has more than max_file_bytes = {}; raise it in khonha.toml", input.most);
        return Err(Problem::error(&path, None, reason));
    }
    let text = super::input::decoded(&path, 1, bytes)?;
    super::markdown::yaml(&path, text, 0)
}

fn sidecar_of(path: &str) -> String {
    Path::new(path).with_extension("yaml").display().to_string()
}

fn draft(
    input: &Input<'_>,
    bytes: &[u8],
    reader: &PdfReader,
    sidecar: Map<String, Value>,
) -> Result<Result<Draft, Problem>, Broken> {
    let read = best(input.path, bytes, reader)?;
    Ok(read.and_then(|(reading, warnings)| {
        let body = body(&reading.pieces);
        if body.len() as u64 > input.most {
            return Err(Problem::too_large(input.path, 1, input.most));
        }
        let mut draft = Draft { body, warnings, ..Draft::default() };
        describe(&mut draft, input.path, &reading, sidecar);
        Ok(draft)
    }))
}

/// What is read of a file, by the other program where that reads it better, with a warning.
fn best(path: &str, bytes: &[u8], reader: &PdfReader) -> Result<Result<(Reading, Vec<Problem>), Problem>, Broken> {
    if !bytes[..bytes.len().min(MAGIC_WITHIN)].windows(MAGIC.len()).any(|window| window == MAGIC) {
        return Ok(Err(Problem::error(
            path,
            None,
            "is no PDF; save it as PDF, or give it the extension of what it is",
        )));
    }
    let own = reader.read(bytes, By::Library)?;
    let reason = match &own {
        Ok(reading) if !reading.quality.is_poor() => return Ok(Ok((reading.clone(), unread(path, reading)))),
        Ok(reading) => format!("is read badly: {}", reading.quality.told()),
        Err(Failure::Locked) => return Ok(Err(Problem::error(path, None, LOCKED))),
        Err(failure) => told(failure),
    };
    if reader.otherwise() == Otherwise::Nobody {
        return Ok(Err(Problem::error(path, None, format!("{reason}; {}", way_out(&own, "")))));
    }
    Ok(match reader.read(bytes, By::Pdftotext)? {
        Ok(mut reading) if !reading.quality.is_poor() => {
            // The other program tells nothing of this.
            reading.info = own.map(|own| own.info).unwrap_or_default();
            Ok((
                reading,
                vec![Problem::warning(path, None, format!("{reason}; its text is that of pdftotext instead"))],
            ))
        }
        Err(Failure::Absent) => Err(Problem::error(path, None, format!("{reason}; {}", way_out(&own, INSTALL)))),
        _ => Err(Problem::error(path, None, format!("{reason}, and no better by pdftotext; {}", way_out(&own, "")))),
    })
}

const LOCKED: &str = "opens with a password only; save it without one";
const INSTALL: &str = "install pdftotext, which may read it, or ";

/// What can be done about a file that is not read, or read badly.
fn way_out(own: &Result<Reading, Failure>, first: &str) -> String {
    let otherwise = match own {
        Ok(_) => "give its text as Markdown or DOCX, or recognise its letters with OCR (ocrmypdf --force-ocr)",
        Err(Failure::Textless(_)) => "recognise its letters with OCR first (ocrmypdf)",
        Err(_) => "save it anew with another program",
    };
    format!("{first}{otherwise}")
}

fn told(failure: &Failure) -> String {
    match failure {
        Failure::Locked => LOCKED.to_owned(),
        Failure::Damaged(reason) => format!("is damaged: {reason}"),
        Failure::Textless(pages) => format!("has {pages} pages without text, as when they are pictures"),
        Failure::Absent => "is read by a program that is not installed".to_owned(),
        Failure::Stopped(reason) => format!("cannot be read: {reason}"),
    }
}

fn unread(path: &str, reading: &Reading) -> Vec<Problem> {
    let reason = || format!("{} of its {} pages cannot be read and are left out", reading.unread, reading.pages);
    (reading.unread > 0).then(|| Problem::warning(path, None, reason())).into_iter().collect()
}

/// Puts the metadata into a draft: what the sidecar says, or else the file, or else what can be guessed, with a warning.
fn describe(draft: &mut Draft, path: &str, reading: &Reading, sidecar: Map<String, Value>) {
    let has_title = sidecar.keys().any(|key| key.starts_with("title"));
    let given = sidecar_of(path);
    let mut warn = |reason: String| draft.warnings.push(Problem::warning(path, None, reason));
    draft.metadata = reading.info.metadata();
    if draft.metadata.contains_key("date") && !sidecar.contains_key("date") {
        warn(format!("has the day on which the file was made for its date; give the date in {given}"));
    }
    if !has_title {
        let title = reading.info.title().unwrap_or_else(|| {
            let (title, source) = match &reading.title {
                Some(title) => (title.clone(), "its largest letters"),
                None => (file_name(path), "the name of the file"),
            };
            warn(format!("says no title, and has {source} for it; give the title in {given}"));
            title
        });
        draft.metadata.insert("title".to_owned(), title.into());
    }
    draft.metadata.extend(sidecar);
}

fn file_name(path: &str) -> String {
    let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    stem.unwrap_or_default().replace(['_', '-'], " ")
}

/// A text as Markdown, with a mark where each page begins.
fn body(pieces: &[Piece]) -> String {
    let (mut body, mut page) = (String::new(), None);
    for piece in pieces {
        let first = piece.parts.first().map(|part| part.page);
        if first != page {
            body.extend(first.map(|page| format!("{}\n\n", mark(page))));
        }
        body.push_str(if piece.kind == Kind::Heading { "## " } else { "" });
        page = first;
        for part in &piece.parts {
            if page != Some(part.page) {
                body.push_str(&mark(part.page));
            }
            let text = if page == first && Some(part.page) == first { part.text.trim_start() } else { &part.text };
            body.push_str(&escaped(text));
            page = Some(part.page);
        }
        body.push_str("\n\n");
    }
    body
}

fn mark(page: u32) -> String {
    format!("<!-- page: {page} -->")
}

#[cfg(test)]
mod tests {
    use super::*;
    use reading::Part;

    fn piece(kind: Kind, parts: &[(u32, &str)]) -> Piece {
        let parts = parts.iter().map(|&(page, text)| Part { page, text: text.to_owned() });
        Piece { kind, parts: parts.collect() }
    }

    #[test]
    fn pages_are_marked_where_they_begin() {
        let pieces = [
            piece(Kind::Heading, &[(1, "ที่มา")]),
            piece(Kind::Paragraph, &[(1, "งบ"), (2, "ประมาณ")]),
            piece(Kind::Paragraph, &[(2, "1. *ข้อ* <b>")]),
            piece(Kind::Paragraph, &[(4, "- ก")]),
        ];
        let expected = "<!-- page: 1 -->\n\n## ที่มา\n\nงบ<!-- page: 2 -->ประมาณ\n\n1\\. \\*ข้อ\\* \\<b>\n\n\
                        <!-- page: 4 -->\n\n\\- ก\n\n";
        assert_eq!(body(&pieces), expected);
    }

    #[test]
    fn the_sidecar_is_believed_before_the_file() {
        let info =
            info::Info { title: Some("แผน".to_owned()), author: Some("ก".to_owned()), ..Default::default() };
        let reading = Reading { info, ..Reading::default() };
        let describe = |sidecar: Value| {
            let mut draft = Draft::default();
            describe(&mut draft, "a/paper.pdf", &reading, sidecar.as_object().cloned().unwrap_or_default());
            Value::Object(draft.metadata)
        };
        assert_eq!(describe(serde_json::json!({})), serde_json::json!({"authors": ["ก"], "title": "แผน"}));
        let given = serde_json::json!({"title_en": "Plan", "authors": "ข"});
        assert_eq!(describe(given.clone()), given);
    }
}
