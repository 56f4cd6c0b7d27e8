//! What a look at the folder led to, or why it led to nothing.

use std::path::PathBuf;

use jiff::Timestamp;
use thiserror::Error;

use crate::content::{ContentError, Problem};
use crate::index::{Change, IndexError};

/// Why the index could not be brought up to date. What was applied before stays.
#[derive(Debug, Error)]
pub enum WatchError {
    /// The folder cannot be read.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The folder has nothing where it had articles, and may be another one: a place where nothing is mounted.
    #[error(
        "the content folder {} has no articles, though the index has: is it not mounted? The index keeps what it has \
         until they are back, or until khonha index --accept-empty says that they are gone",
        .0.display()
    )]
    Vanished(PathBuf),
    /// Another process keeps the index up to date.
    #[error("another process writes to the index; this one stands by, to go on when that ends")]
    StandingBy,
    /// The index cannot be written.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl WatchError {
    /// Whether it is the folder that is away, which is no reason to stop serving what is indexed.
    pub fn is_of_folder(&self) -> bool {
        matches!(self, WatchError::Content(_) | WatchError::Vanished(_))
    }

    /// Whether it is a cluster that does not do what it is asked.
    pub fn is_of_cluster(&self) -> bool {
        matches!(self, WatchError::Index(IndexError::Cluster(_)))
    }
}

/// What one look at the folder led to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Articles read and indexed again, and files and items read again that are none.
    pub updated: usize,
    /// Articles gone.
    pub removed: usize,
    /// Whether a new generation was built.
    pub rebuilt: Rebuilt,
    /// Articles in the index now.
    pub articles: usize,
    /// Files of no known format, passed over.
    pub other_files: usize,
    /// Files and folders that cannot be read for the moment: of these the index keeps what it had.
    pub unreadable: usize,
    /// Whether the folders in it are those of the look before.
    pub folders: Folders,
    /// Everything that is wrong now with files that were read, by path.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Whether the look changed the index.
    pub fn has_changes(&self) -> bool {
        self.updated + self.removed > 0 || self.rebuilt == Rebuilt::Yes
    }

    /// The change as the status of the index tells it, if there was one.
    pub(super) fn change(&self) -> Option<Change> {
        let Report { updated, removed, rebuilt, .. } = *self;
        let change = Change { at: Timestamp::now(), updated, removed, rebuilt: rebuilt == Rebuilt::Yes };
        self.has_changes().then_some(change)
    }
}

/// Whether the folders below the content folder are those of the look before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Folders {
    /// The same folders are at the same paths.
    #[default]
    AsBefore,
    /// One is new, gone, or another one in its place.
    Others,
}

/// Whether a look built a new generation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rebuilt {
    /// The one in use was changed.
    #[default]
    No,
    /// There was none, or it was made for another analyzer or other site data.
    Yes,
}

/// What to do about a folder without articles whose index has some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emptied {
    /// Keep the index and report it, unless the folder is the very one that was followed before.
    Keep,
    /// Empty the index: the operator says that it is meant.
    Accept,
}
