//! Why an index cannot be read or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::opensearch::ClusterError;

/// Why an index cannot be read or written.
#[derive(Debug, Error)]
pub enum IndexError {
    /// No generation is complete yet.
    #[error("the index {0}; run khonha index, or wait for khonha serve to build it")]
    NotReady(Awaited),
    /// Another process writes to the same index.
    #[error("another khonha writes to the index {}; stop it, or name another folder with --index", .0.display())]
    Locked(PathBuf),
    /// The file system said no.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried, such as "create".
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Files of a generation are missing or have been changed.
    #[error("the index {} is damaged: {reason}; khonha index and khonha serve build it anew", path.display())]
    Damaged {
        /// The folder of the generation.
        path: PathBuf,
        /// What the engine says.
        reason: String,
    },
    /// A commit that was to be searched is not held any more.
    #[error("version {0} of the index is no longer kept; search the last one")]
    NotHeld(u64),
    /// The cluster said no.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The engine said no.
    #[error("the index {} cannot be used: {reason}", path.display())]
    Engine {
        /// The folder of the generation.
        path: PathBuf,
        /// What the engine says.
        reason: String,
    },
}

/// Why there is no generation to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// None was built yet.
    First,
    /// The last one was built by another version of the program.
    Renewed,
    /// The last one was damaged.
    Mended,
}

impl fmt::Display for Awaited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Awaited::First => "is not built yet",
            Awaited::Renewed => "was built by another version and is to be built anew",
            Awaited::Mended => "was damaged and is to be built anew",
        })
    }
}

impl IndexError {
    /// For `map_err`: an I/O error with what was tried and where.
    pub(super) fn io<'a>(action: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> IndexError + 'a {
        move |source| IndexError::Io { action, path: path.to_owned(), source }
    }
}
