//! What the process that reads a PDF tells the one that asked for it.

use serde::{Deserialize, Serialize};

use super::info::Info;
use super::quality::Quality;

/// Counts the changes of what is read of a file. Raise it with each, so that nothing old is taken for new.
pub(super) const RULES: u32 = 1;

/// An answer with the rules that it was made by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Answer {
    pub(super) rules: u32,
    pub(super) outcome: Result<Reading, Failure>,
}

/// A file that was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Reading {
    /// What it says of itself.
    pub(super) info: Info,
    /// Its title, as the largest letters of the first page say.
    pub(super) title: Option<String>,
    /// Its text, put right.
    pub(super) pieces: Vec<Piece>,
    pub(super) pages: u32,
    /// Of those, how many could not be read.
    pub(super) unread: u32,
    pub(super) quality: Quality,
}

/// A heading or a paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    /// One for each page that it stands on.
    pub(super) parts: Vec<Part>,
}

/// What stands of a piece on one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) page: u32,
    pub(super) text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    Heading,
    Paragraph,
}

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Failure {
    /// It opens with a password.
    Locked,
    /// It is damaged; with what the library says.
    Damaged(String),
    /// It has so many pages, and no text.
    Textless(u32),
    /// The program that was to read it is not there.
    Absent,
    /// The process was ended; with the reason.
    Stopped(String),
}

impl Piece {
    pub(super) fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }
}
