//! The formats that articles come in. A new one is a file here and a line in [`FORMATS`].
//!
//! A format makes [`Draft`]s of bytes and nothing more: what the names, dates and languages in them mean is told in one
//! place for all ([`read`](super::read)), so that an article is the same whatever it came in.

mod archive;
mod depth;
mod docx;
mod encoding;
mod epub;
mod html;
mod hub;
mod input;
mod json;
mod markdown;
mod markup;
mod ndjson;
mod pdf;
mod record;
mod settings;
mod table;
mod text;
mod xml;

use std::path::Path;

use super::draft::Draft;
use super::problem::Problem;

pub(super) use input::{Broken, Input};
pub use pdf::{PdfReader, extract as extract_pdf};
pub use settings::FormatSettings;

/// Every format.
const FORMATS: &[&dyn Format] = &[
    &markdown::Markdown,
    &html::Html,
    &text::Text,
    &json::Json,
    &ndjson::Ndjson,
    &table::Csv,
    &table::Tsv,
    &xml::Xml,
    &docx::Docx,
    &epub::Epub,
    &pdf::Pdf,
];

/// A kind of file that articles come in.
pub(super) trait Format: Sync {
    /// What it is called, to people.
    fn name(&self) -> &'static str;

    /// The extensions of its files, in lower case and without a dot.
    fn extensions(&self) -> &'static [&'static str];

    /// How many articles a file of it holds.
    fn holds(&self) -> Holds;

    /// How many bytes a file that is one article may have, where an article may have `most`: files that hold much beside its
    /// text may be larger.
    fn most(&self, most: u64) -> u64 {
        most
    }

    /// The extension of a file of metadata that may stand beside each of its files.
    fn sidecar(&self) -> Option<&'static str> {
        None
    }

    /// Gives each article of a file to `found`, or why it is none, in the order of the file. Nothing may get lost: whatever
    /// stands in the file for an article is one call. Of a file that holds many never all may be in memory.
    ///
    /// # Errors
    /// [`Broken`] if the rest of the file cannot be read.
    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Broken>;
}

/// Whom a format tells what it finds.
pub(super) type Found<'a> = dyn FnMut(Result<Draft, Problem>) + 'a;

/// A format whose files are one article each, made of all bytes of the file.
trait Single: Sync {
    /// See [`Format::name`].
    const NAME: &'static str;
    /// See [`Format::extensions`].
    const EXTENSIONS: &'static [&'static str];

    /// The article that these bytes of the file are.
    ///
    /// # Errors
    /// The [`Problem`] of a file that is none.
    fn draft(input: &Input<'_>, bytes: Vec<u8>) -> Result<Draft, Problem>;
}

impl<T: Single> Format for T {
    fn name(&self) -> &'static str {
        T::NAME
    }

    fn extensions(&self) -> &'static [&'static str] {
        T::EXTENSIONS
    }

    fn holds(&self) -> Holds {
        Holds::One
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Broken> {
        let bytes = input.bytes()?;
        found(T::draft(input, bytes));
        Ok(())
    }
}

/// How many articles a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// It is an article, named by its path. It is read at once.
    One,
    /// Any number of them, each named by its item. It is read as a stream.
    Many,
}

/// The format of the file at `path`, by its extension.
pub(super) fn of(path: &str) -> Option<&'static dyn Format> {
    let extension = Path::new(path).extension()?.to_string_lossy().to_lowercase();
    FORMATS.iter().find(|format| format.extensions().contains(&extension.as_str())).copied()
}

/// The format whose files may have a file of metadata with this extension beside them.
pub(super) fn with_sidecar(extension: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().find(|format| format.sidecar() == Some(extension)).copied()
}

/// The draft of a Markdown text.
///
/// # Errors
/// The [`Problem`] of a head that cannot be read.
pub(super) fn markdown(path: &str, text: &str) -> Result<Draft, Problem> {
    markdown::draft(path, text)
}

/// The names of the formats, each with its extensions: for tests that go through all of them.
pub fn formats() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    FORMATS.iter().map(|format| (format.name(), format.extensions()))
}
