//! What an index keeps of what was learned from its articles.

use serde::{Deserialize, Serialize};

/// What was learned from the articles of an index, and whether it still is what they teach.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    /// A line for each term.
    pub lines: String,
    /// The rules by which the articles of the last commit teach just this; empty where others may have taught it.
    #[serde(default)]
    pub by: String,
}
