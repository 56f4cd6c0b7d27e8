//! What every format makes of an article, before the names and dates of the site are looked up.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::problem::Problem;

/// An article in the words that all formats share.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    /// What tells it from the others of a file that holds many, such as a guid: never its place in the file. Without it
    /// the `id` of the metadata does.
    pub(super) item: Option<String>,
    /// The keys of the front matter of Markdown, with values of the same kinds; others are kept as they are.
    pub(super) metadata: Map<String, Value>,
    /// Markdown; HTML in it is sanitised when it is shown. A comment such as `<!-- lang: en -->` in a line of its own
    /// says in which language the text goes on.
    pub(super) body: String,
    /// Where its parts are in the file, for those who have to mend it.
    pub(super) lines: Lines,
    /// What the format found wrong, which costs the article no more than that.
    pub(super) warnings: Vec<Problem>,
}

/// Lines of a draft in its file, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lines {
    /// The first, counted from 1.
    pub(super) start: Option<usize>,
    /// The text of the metadata as it is in the file, where that is from its second line on.
    pub(super) head: Option<String>,
    /// Those that set keys, where the metadata are no text of their own.
    pub(super) keys: BTreeMap<String, usize>,
    /// How many come before the body, where the body is as it is in the file.
    pub(super) before_body: Option<usize>,
}

impl Draft {
    /// The hash of what it says; where in the file it says so makes no difference.
    pub(super) fn hash(&self) -> blake3::Hash {
        // Texts, numbers and maps of them do not fail.
        let said = serde_json::to_vec(&(&self.item, &self.metadata, &self.body)).unwrap_or_default();
        blake3::hash(&said)
    }
}

impl Lines {
    /// The line that sets `key`, or else the first of all.
    pub(super) fn of_key(&self, key: &str) -> Option<usize> {
        let sets_key = |line: &str| {
            let after = line.trim_start().strip_prefix(key).map(str::trim_start);
            after.is_some_and(|after| after.starts_with([':', '=']))
        };
        match &self.head {
            Some(head) => head.lines().position(sets_key).map(|line| line + 2),
            None => self.keys.get(key).copied().or(self.start),
        }
    }

    /// The line of the file that is this line of the body.
    pub(super) fn of_body(&self, line: usize) -> Option<usize> {
        self.before_body.map(|before| before + line).or(self.start)
    }
}
