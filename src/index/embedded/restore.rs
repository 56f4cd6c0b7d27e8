//! A backup put back into the place of the generation in use.

use std::fs;
use std::path::{Path, PathBuf};

use super::backup;
use super::folder::{name_current, unused_path};
use crate::index::IndexError;
use crate::index::lock::lock;
use crate::index::store::JOURNAL;

/// A generation that was restored while another process writes, which is to take it into use.
pub(super) const RESTORED: &str = "restored";

/// Whether a backup waits in the index folder `dir`.
pub(in crate::index) fn has_restored(dir: &Path) -> bool {
    dir.join(RESTORED).is_dir()
}

/// What became of a backup that was restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restored {
    /// It is in use.
    InUse,
    /// The process that writes to the index is to take it into use.
    Waiting,
}

/// Puts the backup `from` in the place of the generation in use in the index folder `dir`, or where another process writes
/// there, asks that one to do so. Gives how many articles it has. The journal of a backup is put back only where there is
/// none: another one knows more.
///
/// # Errors
/// [`IndexError`] if the file is no backup or is damaged, another one waits already, or the folder cannot be written; then
/// nothing has changed.
pub fn restore(from: &Path, dir: &Path) -> Result<(u64, Restored), IndexError> {
    fs::create_dir_all(dir).map_err(IndexError::io("create", dir))?;
    let (unpacked, contents) = backup::unpack(from, dir)?;
    let restored = match lock(dir) {
        Ok(_lock) => {
            name_current(dir, &place(dir, unpacked.path())?)?;
            Restored::InUse
        }
        Err(IndexError::Locked(_)) => {
            let waiting = dir.join(RESTORED);
            fs::rename(unpacked.path(), &waiting).map_err(IndexError::io("leave a backup to be taken in", &waiting))?;
            Restored::Waiting
        }
        Err(error) => return Err(error),
    };
    Ok((contents.articles(), restored))
}

/// Makes a generation of what was unpacked in the folder `unpacked`.
pub(super) fn place(dir: &Path, unpacked: &Path) -> Result<PathBuf, IndexError> {
    let (journal, kept) = (unpacked.join(JOURNAL), dir.join(JOURNAL));
    let placed = match fs::exists(&journal) {
        Ok(true) if !kept.exists() => fs::rename(&journal, &kept),
        Ok(true) => fs::remove_file(&journal),
        nothing => nothing.map(drop),
    };
    placed.map_err(IndexError::io("put back", &kept))?;
    let path = unused_path(dir)?;
    fs::rename(unpacked, &path).map_err(IndexError::io("put back", &path))?;
    Ok(path)
}
