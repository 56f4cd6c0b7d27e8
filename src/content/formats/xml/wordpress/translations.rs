//! Posts that are translations of each other, which may stand anywhere in an export.
//!
//! Only where they are is kept until all of the file is read; then they are read once more.

use std::collections::HashMap;
use std::io;
use std::ops::Range;

use super::scan;
use crate::text::Language;

/// Groups of posts, in the order of their first ones.
#[derive(Default)]
pub(super) struct Translations {
    groups: Vec<Vec<Member>>,
    by_name: HashMap<String, usize>,
}

/// A post of a group.
pub(super) struct Member {
    pub(super) language: Language,
    pub(super) line: usize,
    range: Range<u64>,
    hash: blake3::Hash,
}

impl Translations {
    pub(super) fn add(&mut self, group: String, member: Member) {
        let number = *self.by_name.entry(group).or_insert(self.groups.len());
        match self.groups.get_mut(number) {
            Some(group) => group.push(member),
            None => self.groups.push(vec![member]),
        }
    }

    pub(super) fn groups(self) -> impl Iterator<Item = Vec<Member>> {
        self.groups.into_iter()
    }
}

impl Member {
    pub(super) fn new(language: Language, piece: &scan::Element) -> Member {
        Member { language, line: piece.line, range: piece.range.clone(), hash: blake3::hash(&piece.bytes) }
    }

    /// Its bytes, as they were.
    ///
    /// # Errors
    /// What the system says, or that the file is another one by now.
    pub(super) fn bytes(&self, again: &dyn Fn(Range<u64>) -> io::Result<Vec<u8>>) -> io::Result<Vec<u8>> {
        let bytes = again(self.range.clone())?;
        if blake3::hash(&bytes) != self.hash {
            return Err(io::Error::other("it was changed while it was read"));
        }
        Ok(bytes)
    }
}
