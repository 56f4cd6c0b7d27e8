//! What was worked out of a commit, in a file beside those of the engine.
//!
//! The name of the commit, what was worked out, and a checksum of both. It is only ever a short cut: where the file is
//! missing, of another commit or damaged, it is as if nothing had been kept.

use std::io::{self, Write};
use std::path::Path;

use bytes::{Buf, Bytes};
use tantivy::directory::{Directory, MmapDirectory};

use super::checked::is_whole;
use crate::index::store::Access;
use crate::index::{CommitName, IndexError, Readers, replace};

const FILE: &str = "kept";
const HASH: usize = blake3::OUT_LEN;

/// What was kept in the folder of a generation, if it is of this commit. It stays in the file, which is never written again:
/// what is kept next comes in its place.
pub(super) fn read(folder: &Path, name: CommitName, access: Access) -> Option<Bytes> {
    let file = MmapDirectory::open(folder).ok()?.get_file_handle(Path::new(FILE)).ok()?;
    let mut file = Bytes::from_owner(file.read_bytes(0..file.len()).ok()?);
    let (content, checksum) = file.split_last_chunk::<HASH>()?;
    if !content.starts_with(&name.0) || !is_whole(folder, FILE, access, || blake3::hash(content) == *checksum) {
        return None;
    }
    file.truncate(file.len() - HASH);
    file.advance(name.0.len());
    Some(file)
}

/// Keeps what `write` writes.
pub(super) fn write(
    folder: &Path,
    name: CommitName,
    write: &dyn Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), IndexError> {
    let path = folder.join(FILE);
    let hashed = &mut |to: &mut dyn Write| {
        let mut hashing = Hashing { to, hasher: blake3::Hasher::new() };
        hashing.write_all(&name.0)?;
        write(&mut hashing)?;
        let checksum = hashing.hasher.finalize();
        to.write_all(checksum.as_bytes())
    };
    replace(&path, Readers::Everyone, hashed).map_err(IndexError::io("write", &path))
}

/// Hashes what it writes.
struct Hashing<'a> {
    to: &'a mut dyn Write,
    hasher: blake3::Hasher,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_was_kept_is_read_whole_and_of_its_commit_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (name, other) = (CommitName([1; 32]), CommitName([2; 32]));
        assert_eq!(read(folder.path(), name, Access::Write), None);
        write(folder.path(), name, &|to| to.write_all(b"words")).expect("it can be written");
        assert_eq!(read(folder.path(), name, Access::Write).as_deref(), Some(&b"words"[..]));
        assert_eq!(read(folder.path(), other, Access::Write), None);
        let path = folder.path().join(FILE);
        let mut file = fs::read(&path).expect("it can be read");
        file[name.0.len()] += 1;
        fs::write(&path, file).expect("it can be written");
        assert_eq!(read(folder.path(), name, Access::Write), None);
    }

    #[test]
    fn what_cannot_be_written_leaves_what_was_there() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let name = CommitName([1; 32]);
        write(folder.path(), name, &|to| to.write_all(b"words")).expect("it can be written");
        let failed = write(folder.path(), name, &|_| Err(io::ErrorKind::StorageFull.into()));
        assert!(failed.is_err());
        assert_eq!(read(folder.path(), name, Access::Write).as_deref(), Some(&b"words"[..]));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
