//! What happens that is counted. There is no place here for who did it, and none for when but the day.

use std::time::Duration;

use super::Text;

/// A search that somebody meant, not one of those that are made while typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// What was typed.
    pub text: Text,
    /// Whether anything was found.
    pub found: Found,
    /// How long the answer took.
    pub took: Duration,
}

/// Whether a search found anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// At least one article.
    Something,
    /// Not one.
    Nothing,
}

/// An article opened from the hits of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Click {
    /// What was typed.
    pub text: Text,
    /// The id of the article; only such as exist, so that nobody fills the files with invented ones.
    pub article: String,
    /// The place of the hit, from 1.
    pub rank: u64,
}
