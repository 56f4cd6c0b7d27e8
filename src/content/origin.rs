//! Where an article comes from: a file, or one item of a file that holds many.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Parts the path from the item in a key; no path has it.
const SEPARATOR: char = '\0';

/// The file of an article, and which of its items it is. Files come before their items. Copies share their text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The file, relative to the content folder, with `/` between folders.
    pub path: Arc<str>,
    /// What tells the item from the others of its file, however they are ordered; `None` for the file itself.
    pub item: Option<Arc<str>>,
}

impl Origin {
    /// The file at `path` itself.
    pub fn file(path: impl Into<Arc<str>>) -> Origin {
        Origin { path: path.into(), item: None }
    }

    /// An item of the file at `path`.
    pub fn item(path: impl Into<Arc<str>>, item: &str) -> Origin {
        Origin { path: path.into(), item: Some(item.into()) }
    }

    /// Both parts as one text, by which the index keys its documents.
    pub fn key(&self) -> String {
        match &self.item {
            Some(item) => format!("{}{SEPARATOR}{item}", self.path),
            None => self.path.to_string(),
        }
    }

    /// The origin of a [`key`](Origin::key).
    pub fn from_key(key: &str) -> Origin {
        key.split_once(SEPARATOR).map_or_else(|| Origin::file(key), |(path, item)| Origin::item(path, item))
    }
}

/// `news.ndjson#17`.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.item {
            Some(item) => write!(f, "{}#{item}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_back_to_its_origin() {
        for origin in [Origin::file("a#b.md"), Origin::item("ก/a.ndjson", "x#1"), Origin::item("a", "")] {
            assert_eq!(Origin::from_key(&origin.key()), origin);
        }
    }
}
