//! What is wrong with the content, told so that its author can mend it.

use std::fmt;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use serde::Serialize;
use thiserror::Error;

/// One thing that is not as it should be in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file, relative to the content folder.
    pub path: String,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What it means for the article.
    pub severity: Severity,
    /// What is wrong and what would be right, in lower case and without a full stop.
    pub reason: String,
}

/// What a problem means for the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file is not indexed.
    Error,
    /// The article is indexed without what is wrong.
    Warning,
    /// Nothing is wrong: it tells what was passed over by rule, so that nothing gets lost in silence.
    Note,
}

impl Problem {
    /// A problem that keeps the file out of the index.
    pub fn error(path: &str, line: Option<usize>, reason: impl Into<String>) -> Problem {
        Problem { path: path.to_owned(), line, severity: Severity::Error, reason: reason.into() }
    }

    /// A problem that costs the article only what is wrong.
    pub fn warning(path: &str, line: Option<usize>, reason: impl Into<String>) -> Problem {
        Problem { path: path.to_owned(), line, severity: Severity::Warning, reason: reason.into() }
    }

    /// What was passed over by rule, in a file that is as it should be.
    pub fn note(path: &str, line: Option<usize>, reason: impl Into<String>) -> Problem {
        Problem { path: path.to_owned(), line, severity: Severity::Note, reason: reason.into() }
    }

    /// The problem of an article in a file of many that has more bytes than `most`.
    pub(super) fn too_large(path: &str, line: usize, most: u64) -> Problem {
        let reason = format!("is an article of more than max_file_bytes = {most}; raise it in khonha.toml");
        Problem::error(path, Some(line), reason)
    }

    /// The problem of a file that brings out a mistake of the program.
    pub(super) fn defect(path: &str) -> Problem {
        Problem::error(path, None, "brings out a defect of khonha; please report it with the file")
    }

    /// Whether somebody has to mend it.
    pub fn is_wrong(&self) -> bool {
        self.severity != Severity::Note
    }

    /// Whether it keeps the file out of the index.
    pub fn keeps_out(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Does `work`; a defect that the file at `path` brings out is reported with it and does not stop the others.
///
/// # Errors
/// The [`Problem`] that reports it.
pub fn guarded<T>(path: &str, work: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Problem::defect(path))
}

/// `news/2567-07.md:4: warning: …`, as compilers and editors write it.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        match self.line {
            Some(line) => write!(f, "{}:{line}: {severity}: {}", self.path, self.reason),
            None => write!(f, "{}: {severity}: {}", self.path, self.reason),
        }
    }
}

/// Why the content folder as a whole cannot be read.
#[derive(Debug, Error)]
pub enum ContentError {
    /// The folder is away or closed to us.
    #[error("cannot read the content folder {}: {source}; name another one with --content", path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// What is to be imported is away or closed to us.
    #[error("cannot read {}: {source}", path.display())]
    NoSource {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}
