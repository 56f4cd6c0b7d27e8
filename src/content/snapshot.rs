//! What the content folder held at one moment, and what differs between two.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::problem::Problem;

/// Files changed this shortly before they were looked at are hashed again next time: a second change
/// within the resolution of the file system's clock would leave no trace in their times.
const CLOCK_RESOLUTION: Duration = Duration::from_secs(2);

/// Article files by path relative to the folder.
pub type Files = BTreeMap<Arc<str>, FileState>;

/// The article files of the folder at one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// What is known of each.
    pub files: Files,
    /// Files and links that were refused.
    pub problems: Vec<Problem>,
    /// How many files are of no known format and were passed over.
    pub other_files: usize,
    /// How many files and folders could not be read for the moment.
    pub unreadable: usize,
    /// The folders that were looked into, by path, each with what tells it from another one in its place.
    pub folders: BTreeMap<String, FolderId>,
    /// Folders on another device than the content folder: what is mounted below it.
    pub mounts: BTreeSet<String>,
}

/// Device and number of a folder; zeroes where the system has none of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderId(u64, u64);

impl FolderId {
    /// The id of a folder.
    pub(super) fn of(metadata: &Metadata) -> FolderId {
        let Inode { device, number, .. } = Inode::of(metadata);
        FolderId(device, number)
    }
}

/// What is known of one file without reading it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileState {
    /// The BLAKE3 hash of its bytes.
    pub hash: blake3::Hash,
    /// How many they are, for those who tell how much is done; 0 where that was not seen.
    pub bytes: u64,
    /// When and how long it was when it was hashed; `None` where that was not seen, as for files known
    /// from the index alone.
    pub stamp: Option<Stamp>,
}

impl FileState {
    /// The state of a file of which nothing but the hash is known.
    pub fn known(hash: blake3::Hash) -> FileState {
        FileState { hash, bytes: 0, stamp: None }
    }

    /// The state of a file that was there, and of which is not known what it held: whatever it holds now is new.
    pub fn unknown() -> FileState {
        FileState::known(blake3::Hash::from_bytes([0; blake3::OUT_LEN]))
    }
}

/// What tells that a file, and the one of metadata beside it, were left alone: a digest of both [`Version`]s, as there are many.
/// Length and time of last change are not enough: programs that copy set that time, so that another file may come into
/// its place with both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(u64);

/// What tells one file from another that was in its place.
#[derive(Hash)]
struct Version {
    bytes: u64,
    modified: SystemTime,
    inode: Inode,
}

/// Device and number of a file, and when its data, its name or its rights changed: nobody can set that time. Zeroes where
/// the system has none of these.
#[derive(Default, PartialEq, Eq, Hash)]
struct Inode {
    device: u64,
    number: u64,
    changed: Duration,
}

impl Stamp {
    /// The stamp of a file, and of the one with its metadata, at the time `now`; `None` while a change within the
    /// resolution of the file system's clock could still come and leave it as it is.
    pub(super) fn of(file: &Metadata, sidecar: Option<&Metadata>, now: SystemTime) -> Option<Stamp> {
        let sidecar = match sidecar {
            Some(sidecar) => Some(Version::of(sidecar, now)?),
            None => None,
        };
        let mut hasher = DefaultHasher::new();
        (Version::of(file, now)?, sidecar).hash(&mut hasher);
        Some(Stamp(hasher.finish()))
    }
}

impl Version {
    fn of(metadata: &Metadata, now: SystemTime) -> Option<Version> {
        let (modified, inode) = (metadata.modified().ok()?, Inode::of(metadata));
        let last = if inode == Inode::default() { modified } else { SystemTime::UNIX_EPOCH + inode.changed };
        let is_settled = now.duration_since(last).is_ok_and(|age| age > CLOCK_RESOLUTION);
        is_settled.then_some(Version { bytes: metadata.len(), modified, inode })
    }
}

/// The device that a file lies on; 0 where the system tells none.
pub(super) fn device(metadata: &Metadata) -> u64 {
    Inode::of(metadata).device
}

impl Inode {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Inode {
        use std::os::unix::fs::MetadataExt;
        let seconds = u64::try_from(metadata.ctime()).unwrap_or_default();
        let nanoseconds = u32::try_from(metadata.ctime_nsec()).unwrap_or_default();
        let changed = Duration::new(seconds, nanoseconds);
        Inode { device: metadata.dev(), number: metadata.ino(), changed }
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Inode {
        Inode::default()
    }
}

/// The paths to read again and the paths to forget. A renamed file is one of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New or changed.
    pub upserts: Vec<Arc<str>>,
    /// Gone.
    pub deletes: Vec<Arc<str>>,
}

impl Changes {
    /// What leads from one state of the folder to the other, by content.
    pub fn between(before: &Files, after: &Files) -> Changes {
        let is_new =
            |(path, state): &(&Arc<str>, &FileState)| before.get(*path).map(|known| known.hash) != Some(state.hash);
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

    fn folder(files: &[(&str, &str)]) -> Files {
        let state = |text: &str| FileState::known(blake3::hash(text.as_bytes()));
        files.iter().map(|&(path, text)| (path.into(), state(text))).collect()
    }

    fn check(before: &[(&str, &str)], after: &[(&str, &str)], upserts: &[&str], deletes: &[&str]) {
        let changes = Changes::between(&folder(before), &folder(after));
        assert_eq!(
            (changes.upserts, changes.deletes),
            (upserts.iter().map(|&it| it.into()).collect(), deletes.iter().map(|&it| it.into()).collect())
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
