//! Which files were found to be whole, noted beside them, so that a start need not read all of a large index.
//!
//! A file is taken for the one that was read as long as the system says that nothing was done to it: neither its length
//! nor its times nor its place on the disk differ. Disks that forget are found by `khonha verify`, which reads all.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tantivy::directory::error::OpenReadError;

use crate::index::store::Access;
use crate::index::{Readers, write_durably};

const FILE: &str = "checked.json";
/// The clock of a file system is coarse: what was changed just now may be changed again at the same time.
const SETTLED: Duration = Duration::from_secs(2);

/// Files that were found to be whole, by their names.
#[derive(Default, Serialize, Deserialize)]
struct Checked(BTreeMap<PathBuf, Stamp>);

/// What the system says of a file. Times are seconds and nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    inode: u64,
    bytes: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> Option<Stamp> {
        let file = fs::metadata(path).ok()?;
        let (modified, changed) = ((file.mtime(), file.mtime_nsec()), (file.ctime(), file.ctime_nsec()));
        Some(Stamp { inode: file.ino(), bytes: file.len(), modified, changed })
    }

    fn is_settled(&self, now: SystemTime) -> bool {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().saturating_sub(SETTLED);
        i64::try_from(now.as_secs()).is_ok_and(|now| self.changed.0 < now)
    }
}

impl Checked {
    /// What was noted in `folder`; nothing where nothing was, or something else.
    fn read(folder: &Path) -> Checked {
        let noted = fs::read(folder.join(FILE)).ok();
        noted.and_then(|noted| serde_json::from_slice(&noted).ok()).unwrap_or_default()
    }

    /// Whether `file` of `folder` is as it was when it was found to be whole.
    fn has(&self, folder: &Path, file: &Path) -> bool {
        self.0.get(file).is_some_and(|noted| Stamp::of(&folder.join(file)) == Some(*noted))
    }

    /// Notes in `folder` that these files of it are whole too. Those that were changed just now are left out.
    fn note<'a>(mut self, folder: &Path, files: impl IntoIterator<Item = &'a PathBuf>) {
        let now = SystemTime::now();
        let stamped = files.into_iter().filter_map(|file| Some((file.clone(), Stamp::of(&folder.join(file))?)));
        let settled: Vec<_> = stamped.filter(|(_, stamp)| stamp.is_settled(now)).collect();
        if settled.is_empty() {
            return;
        }
        self.0.extend(settled);
        // Numbers and names of files have JSON.
        let json = serde_json::to_vec(&self).unwrap_or_default();
        if let Err(error) = write_durably(&folder.join(FILE), &json, Readers::Everyone) {
            tracing::warn!(%error, "the next start reads all files of the index again");
        }
    }
}

/// Whether a file of `folder` is whole that is none of the engine's, as `check` tells of one that was not found so before.
pub(super) fn is_whole(folder: &Path, file: &str, access: Access, check: impl FnOnce() -> bool) -> bool {
    if access == Access::Read {
        return check();
    }
    let (checked, file) = (Checked::read(folder), PathBuf::from(file));
    if checked.has(folder, &file) {
        return true;
    }
    let is_whole = check();
    if is_whole {
        checked.note(folder, [&file]);
    }
    is_whole
}

/// The files of the last commit whose checksums are wrong. Those that are missing are found when they are opened. Who writes
/// does not read again what was [whole](Checked) before.
pub(super) fn changed_files(index: &tantivy::Index, folder: &Path, access: Access) -> tantivy::Result<Vec<String>> {
    let checked = if access == Access::Write { Checked::read(folder) } else { Checked::default() };
    let (mut whole, mut changed, mut has_read) = (Vec::new(), Vec::new(), false);
    for path in index.load_metas()?.list_segment_files() {
        if checked.has(folder, &path) {
            whole.push(path);
            continue;
        }
        match index.directory().validate_checksum(&path) {
            Ok(true) => {
                has_read = true;
                whole.push(path);
            }
            Err(OpenReadError::FileDoesNotExist(_)) => {}
            Ok(false) => changed.push(path.display().to_string()),
            Err(error) => return Err(error.into()),
        }
    }
    if access == Access::Write && has_read {
        Checked::default().note(folder, &whole);
    }
    changed.sort();
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_checked_until_something_is_done_to_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let folder = folder.path();
        let files = ["a", "b"].map(PathBuf::from);
        for file in &files {
            fs::write(folder.join(file), "whole").expect("it can be written");
        }
        let are_checked = || files.each_ref().map(|file| Checked::read(folder).has(folder, file));
        let note = || Checked::default().note(folder, &files);
        note();
        assert_eq!(are_checked(), [false, false], "they were changed just now");
        std::thread::sleep(SETTLED + Duration::from_secs(1));
        note();
        assert_eq!(are_checked(), [true, true]);
        assert!(is_whole(folder, "a", Access::Write, || false), "it was checked before");
        assert!(!is_whole(folder, "a", Access::Read, || false));
        assert!(!is_whole(folder, "c", Access::Write, || false));
        fs::write(folder.join("b"), "other").expect("it can be written");
        assert_eq!(are_checked(), [true, false]);
        fs::write(folder.join(FILE), "{").expect("it can be written");
        assert_eq!(are_checked(), [false, false]);
    }
}
