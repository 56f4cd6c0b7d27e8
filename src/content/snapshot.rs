//! What the content folder held at one moment, and what differs between two.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::problem::Problem;

/// The article files of the folder at one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// By path relative to the folder.
    pub files: BTreeMap<String, FileState>,
    /// Files and links that were refused.
    pub problems: Vec<Problem>,
    /// How many files are of no known format and were passed over.
    pub other_files: usize,
}

/// What is known of one file without reading it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileState {
    /// The BLAKE3 hash of its bytes.
    pub hash: blake3::Hash,
    /// When and how long it was when it was hashed; `None` where that was not seen, as for files known
    /// from the index alone.
    pub stamp: Option<Stamp>,
}

/// Length and time of last change: enough to tell that a file was left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub(super) bytes: u64,
    pub(super) modified: SystemTime,
}

/// The paths to read again and the paths to forget. A renamed file is one of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New or changed.
    pub upserts: Vec<String>,
    /// Gone.
    pub deletes: Vec<String>,
}

impl Changes {
    /// What leads from one state of the folder to the other, by content.
    pub fn between(before: &BTreeMap<String, FileState>, after: &BTreeMap<String, FileState>) -> Changes {
        let is_new =
            |(path, state): &(&String, &FileState)| before.get(*path).map(|known| known.hash) != Some(state.hash);
        let upserts = after.iter().filter(is_new).map(|(path, _)| path.clone()).collect();
        let deletes = before.keys().filter(|path| !after.contains_key(*path)).cloned().collect();
        Changes { upserts, deletes }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.upserts.is_empty() && self.deletes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> BTreeMap<String, FileState> {
        let state = |text: &str| FileState { hash: blake3::hash(text.as_bytes()), stamp: None };
        files.iter().map(|&(path, text)| (path.to_owned(), state(text))).collect()
    }

    fn check(before: &[(&str, &str)], after: &[(&str, &str)], upserts: &[&str], deletes: &[&str]) {
        let changes = Changes::between(&folder(before), &folder(after));
        assert_eq!(
            (changes.upserts, changes.deletes),
            (upserts.iter().map(|it| it.to_string()).collect(), deletes.iter().map(|it| it.to_string()).collect())
        );
    }

    #[test]
    fn a_renamed_file_is_one_delete_and_one_upsert() {
        check(&[("a.md", "x")], &[("b.md", "x")], &["b.md"], &["a.md"]);
    }

    #[test]
    fn only_content_counts() {
        check(&[("a.md", "x"), ("b.md", "y")], &[("a.md", "x"), ("b.md", "z"), ("c.md", "")], &["b.md", "c.md"], &[]);
        check(&[("a.md", "x")], &[("a.md", "x")], &[], &[]);
    }
}
