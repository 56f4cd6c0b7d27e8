//! What was worked out of a commit, in a file beside those of the engine.
//!
//! The name of the commit, a checksum of what follows, and that. It is only ever a short cut: where the file is missing,
//! of another commit or damaged, it is as if nothing had been kept.

use std::fs;
use std::path::Path;

use crate::index::{CommitName, IndexError, Readers, write_durably};

const FILE: &str = "kept";

/// What was kept in the folder of a generation, if it is of this commit.
pub(super) fn read(folder: &Path, name: CommitName) -> Option<Vec<u8>> {
    let mut file = fs::read(folder.join(FILE)).ok()?;
    let (of, rest) = file.split_first_chunk::<32>()?;
    let (checksum, content) = rest.split_first_chunk::<32>()?;
    if *of != name.0 || blake3::hash(content) != *checksum {
        return None;
    }
    let length = content.len();
    file.drain(..file.len() - length);
    Some(file)
}

/// Puts it there.
pub(super) fn write(folder: &Path, name: CommitName, content: &[u8]) -> Result<(), IndexError> {
    let checksum = blake3::hash(content);
    write_durably(&folder.join(FILE), &[&name.0, checksum.as_bytes(), content], Readers::Everyone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_whole_and_of_its_commit_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (name, other) = (CommitName([1; 32]), CommitName([2; 32]));
        assert_eq!(read(folder.path(), name), None);
        write(folder.path(), name, b"words").expect("it can be written");
        assert_eq!(read(folder.path(), name).as_deref(), Some(&b"words"[..]));
        assert_eq!(read(folder.path(), other), None);
        let path = folder.path().join(FILE);
        let mut file = fs::read(&path).expect("it can be read");
        *file.last_mut().expect("a byte") += 1;
        fs::write(&path, file).expect("it can be written");
        assert_eq!(read(folder.path(), name), None);
    }
}
