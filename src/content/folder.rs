//! The content folder on disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::formats::{Format, PdfReader};
use super::part::{FileReader, Part, Whole};
use super::problem::{ContentError, Problem};
use super::scan;
use super::site::Site;
use super::snapshot::Snapshot;

/// A folder of articles.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    max_file_bytes: u64,
    pdf: Option<PdfReader>,
}

/// How closely to look at the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look<'a> {
    /// Only at these files, by path; for all others what is known is trusted. It is a quick look where one of them is
    /// not a file among others that are known, and that is all that could have changed.
    Files(&'a BTreeSet<String>),
    /// Trusts lengths and times of files that are known.
    Quick,
    /// Reads every file.
    Full,
}

impl Folder {
    /// The folder at `root`; articles of more than `max_file_bytes` are refused.
    pub fn new(root: impl Into<PathBuf>, max_file_bytes: u64) -> Folder {
        Folder { root: root.into(), max_file_bytes, pdf: None }
    }

    /// The same, whose files of PDF are read by `reader`; without it none is.
    pub fn with_pdf_reader(self, reader: PdfReader) -> Folder {
        Folder { pdf: Some(reader), ..self }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The site's own data in it, and what is wrong with it; see [`Site::read`].
    pub fn site(&self, last: &Site) -> (Site, Vec<Problem>) {
        Site::read(&self.root, last)
    }

    /// What is there now. Files that cannot be read for the moment stay as they are in `known`.
    ///
    /// # Errors
    /// [`ContentError`] if the folder itself cannot be read: that is no empty folder.
    pub fn scan(&self, known: &Snapshot, look: Look<'_>) -> Result<Snapshot, ContentError> {
        scan::scan(self, known, look)
    }

    /// Reads the file at `path`, relative to the folder, with the names of `site`, and gives each of its articles to
    /// `found`, as soon as it is read.
    ///
    /// # Errors
    /// A [`Problem`] for a file that cannot be read for the moment, or is too large. Nothing was found then.
    pub fn read(&self, path: &str, site: &Site, found: &mut dyn FnMut(Part)) -> Result<Whole, Problem> {
        FileReader::open(self, path, site)?.read(found)
    }

    /// What an article may have at most, in bytes.
    pub(super) fn most(&self) -> u64 {
        self.max_file_bytes
    }

    /// What reads PDF.
    pub(super) fn pdf(&self) -> Option<&PdfReader> {
        self.pdf.as_ref()
    }

    pub(super) fn check_size(&self, path: &str, bytes: u64, format: &dyn Format) -> Result<(), Problem> {
        let most = format.most(self.max_file_bytes);
        let reason = || match most == self.max_file_bytes {
            true => format!("has {bytes} bytes, more than max_file_bytes = {most}; raise it in khonha.toml"),
            false => format!(
                "has {bytes} bytes, more than the {most} that a file of {} may have; raise max_file_bytes in khonha.toml above \
                 that",
                format.name()
            ),
        };
        if bytes > most { Err(Problem::error(path, None, reason())) } else { Ok(()) }
    }
}
