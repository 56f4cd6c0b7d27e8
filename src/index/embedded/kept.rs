//! What was worked out of a commit, in a file beside those of the engine.
//!
//! What was worked out, and a checksum of it. It is only ever a short cut: where the file is missing or damaged, it is as if
//! nothing had been kept.

use std::io::{self, Write};
use std::path::Path;

use bytes::Bytes;
use tantivy::directory::{Directory, MmapDirectory};

use super::checked::is_whole;
use crate::index::store::Access;
use crate::index::{IndexError, Readers, replace};

const FILE: &str = "kept";
const HASH: usize = blake3::OUT_LEN;

/// What was kept in the folder of a generation. It stays in the file, which is never written again: what is kept next
/// comes in its place.
pub(super) fn read(folder: &Path, access: Access) -> Option<Bytes> {
    let file = MmapDirectory::open(folder).ok()?.get_file_handle(Path::new(FILE)).ok()?;
    let mut file = Bytes::from_owner(file.read_bytes(0..file.len()).ok()?);
    let (content, checksum) = file.split_last_chunk::<HASH>()?;
    if !is_whole(folder, FILE, access, || blake3::hash(content) == *checksum) {
        return None;
    }
    file.truncate(file.len() - HASH);
    Some(file)
}

/// Keeps what `write` writes.
pub(super) fn write(folder: &Path, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), IndexError> {
    let path = folder.join(FILE);
    let hashed = &mut |to: &mut dyn Write| {
        let mut hashing = Hashing { to, hasher: blake3::Hasher::new() };
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
    fn what_was_kept_is_read_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_eq!(read(folder.path(), Access::Write), None);
        write(folder.path(), &|to| to.write_all(b"words")).expect("it can be written");
        assert_eq!(read(folder.path(), Access::Write).as_deref(), Some(&b"words"[..]));
        let path = folder.path().join(FILE);
        let mut file = fs::read(&path).expect("it can be read");
        file[0] += 1;
        fs::write(&path, file).expect("it can be written");
        assert_eq!(read(folder.path(), Access::Write), None);
    }

    #[test]
    fn what_cannot_be_written_leaves_what_was_there() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), &|to| to.write_all(b"words")).expect("it can be written");
        let failed = write(folder.path(), &|_| Err(io::ErrorKind::StorageFull.into()));
        assert!(failed.is_err());
        assert_eq!(read(folder.path(), Access::Write).as_deref(), Some(&b"words"[..]));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
