//! Files that a crash leaves whole.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::IndexError;

/// How the names of files begin that are written and not yet in place. A crash may leave some, which mean nothing.
pub(super) const TEMPORARY: &str = ".khonha-";

/// Replaces a file so that a crash leaves either the old or the new content.
pub(super) fn write_durably(path: &Path, content: &[u8], readers: Readers) -> Result<(), IndexError> {
    replace(path, readers, &mut |file| file.write_all(content)).map_err(IndexError::io("write", path))
}

/// As [`write_durably`], with what `write` writes.
pub(super) fn replace(
    path: &Path,
    readers: Readers,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // Temporary files are closed to other users, and another user may search.
    let readable = std::os::unix::fs::PermissionsExt::from_mode(readers.mode());
    let file = tempfile::Builder::new().prefix(TEMPORARY).permissions(readable).tempfile_in(folder)?;
    let mut buffered = BufWriter::new(file);
    write(&mut buffered)?;
    let file = buffered.into_inner()?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    File::open(folder)?.sync_all()
}

/// Who may read a file of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    /// Also another user, who searches.
    Everyone,
    /// The owner of the index alone.
    Owner,
}

impl Readers {
    fn mode(self) -> u32 {
        match self {
            Readers::Everyone => 0o644,
            Readers::Owner => 0o600,
        }
    }
}
