//! Why counts cannot be kept.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why counts cannot be kept or read.
#[derive(Debug, Error)]
pub enum AnalyticsError {
    /// The system refuses a file or the folder.
    #[error("cannot {action} {}: {source}; make room or access there, or choose another folder for analytics", .path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another process counts into the folder.
    #[error(
        "another khonha serve counts into {}; stop it, or choose another folder for analytics", .0.display()
    )]
    Locked(PathBuf),
    /// A file is not what this program writes.
    #[error("{} cannot be read as counts of a day: {reason}; its counts are left out", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The place that is shared with others cannot be used.
    #[error("the counts of searches cannot be reached: {0}")]
    Away(String),
}

impl AnalyticsError {
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> AnalyticsError {
        let path = path.to_owned();
        move |source| AnalyticsError::Io { action, path, source }
    }

    pub(super) fn damaged(path: &Path, reason: impl ToString) -> AnalyticsError {
        AnalyticsError::Damaged { path: path.to_owned(), reason: reason.to_string() }
    }
}
