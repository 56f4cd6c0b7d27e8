//! What is in the content folder: which article files there are, each with the hash of its bytes.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::folder::{Folder, Look};
use super::formats::{self, Format, Holds};
use super::problem::{ContentError, Problem};
use super::sidecar;
use super::site::Site;
use super::snapshot::{FileState, FolderId, Snapshot, Stamp, device};

/// What is in `folder` now. Files that cannot be read for the moment stay as they are in `known`.
///
/// # Errors
/// [`ContentError`] if the folder itself cannot be read: that is no empty folder.
pub(super) fn scan(folder: &Folder, known: &Snapshot, look: Look<'_>) -> Result<Snapshot, ContentError> {
    let unreadable = |source| ContentError::Unreadable { path: folder.root().to_owned(), source };
    let root = folder.root().canonicalize().map_err(unreadable)?;
    fs::read_dir(&root).map_err(unreadable)?;
    let scan = Scan {
        folder,
        root: &root,
        device: fs::metadata(&root).map(|metadata| device(&metadata)).map_err(unreadable)?,
        known,
        look,
        now: SystemTime::now(),
        seen: Snapshot::default(),
        keep: Vec::new(),
    };
    Ok(match look {
        Look::Files(files) => scan.files(files).unwrap_or_else(|| scan.all()),
        Look::Quick | Look::Full => scan.all(),
    })
}

/// Whether to look into a folder.
#[derive(PartialEq, Eq)]
enum Enter {
    Yes,
    No,
}

/// Whether it is hidden, an editor's temporary file, or a draft by convention.
fn is_hidden(name: &str) -> bool {
    name.starts_with(['.', '_', '~', '#'])
}

/// The hash of a file of any length, with that of its metadata.
fn hash(file: File, sidecar: Option<&[u8]>) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file)?;
    Ok(sidecar::mixed(hasher.finalize(), sidecar))
}

struct Scan<'a> {
    folder: &'a Folder,
    /// The canonical root.
    root: &'a Path,
    /// The device that the root lies on.
    device: u64,
    known: &'a Snapshot,
    look: Look<'a>,
    now: SystemTime,
    seen: Snapshot,
    /// Files and folders that cannot be read for the moment.
    keep: Vec<String>,
}

/// Why a file has no state.
enum NoState {
    /// It must not be read.
    Refused(String),
    /// It cannot be read for the moment.
    Unreadable(io::Error),
}

impl Scan<'_> {
    /// What is in the whole folder.
    fn all(mut self) -> Snapshot {
        let mut entries = WalkDir::new(self.root).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if self.entry(&entry) == Enter::No && entry.file_type().is_dir() => {
                    entries.skip_current_dir();
                }
                Ok(_) => {}
                Err(error) => self.unreadable(&error),
            }
        }
        self.finish()
    }

    /// What is known, with what is now at `paths`; `None` where a look at these does not tell what has changed.
    fn files(&self, paths: &BTreeSet<String>) -> Option<Snapshot> {
        // What could not be read may be readable now.
        let mut seen = (self.known.unreadable == 0).then(|| self.known.clone())?;
        seen.problems.retain(|problem| !paths.contains(&problem.path));
        for path in paths {
            match self.file_now(path)? {
                Some(state) => seen.files.insert(self.shared(path), state),
                None => Some(seen.files.remove(path.as_str())?),
            };
        }
        Some(seen)
    }

    /// The file that is now at `path`, or that none is there any more; `None` where a walk has to tell: for links, for
    /// what is refused or cannot be read, and below folders that are new or not looked into.
    fn file_now(&self, path: &str) -> Option<Option<FileState>> {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let format = formats::of(path).filter(|_| !is_hidden(name) && !Site::FILES.contains(&path))?;
        let folder = FolderId::of(&fs::metadata(self.root.join(parent)).ok()?);
        let file = self.root.join(path);
        match fs::symlink_metadata(&file) {
            _ if self.known.folders.get(parent) != Some(&folder) => None,
            Ok(metadata) if metadata.is_file() => self.state(path, &file, &metadata, format).ok().map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(None),
            Ok(_) | Err(_) => None,
        }
    }

    fn entry(&mut self, entry: &DirEntry) -> Enter {
        let path = self.relative(entry.path());
        if entry.depth() > 0 && is_hidden(&entry.file_name().to_string_lossy()) {
            return Enter::No;
        }
        if entry.path_is_symlink() && !self.stays_inside(entry.path()) {
            self.refuse(&path, "is a symbolic link out of the content folder; put the file itself there");
            return Enter::No;
        }
        if entry.file_type().is_file() {
            self.file(&path, entry);
        } else if let Ok(metadata) = entry.metadata() {
            self.subfolder(path, &metadata);
        }
        Enter::Yes
    }

    fn subfolder(&mut self, path: String, metadata: &Metadata) {
        if device(metadata) != self.device {
            self.seen.mounts.insert(path.clone());
        }
        self.seen.folders.insert(path, FolderId::of(metadata));
    }

    fn file(&mut self, path: &str, entry: &DirEntry) {
        if Site::FILES.contains(&path) {
            return;
        }
        let Some(format) = formats::of(path) else {
            return self.other_file(path, entry);
        };
        if entry.path().to_str().is_none() {
            return self.refuse(path, "has a name that is not UTF-8; rename it");
        }
        let metadata = entry.metadata().map_err(|error| NoState::Unreadable(error.into()));
        match metadata.and_then(|metadata| self.state(path, entry.path(), &metadata, format)) {
            Ok(state) => drop(self.seen.files.insert(self.shared(path), state)),
            Err(NoState::Refused(reason)) => self.refuse(path, &reason),
            Err(NoState::Unreadable(error)) => self.unreadable_for_now(path, &error.to_string()),
        }
    }

    /// A file of no known format: the metadata of another one, or none of ours.
    fn other_file(&mut self, path: &str, entry: &DirEntry) {
        let Some(extensions) = sidecar::stands_beside(path) else {
            self.seen.other_files += 1;
            return;
        };
        if entry.path_is_symlink() {
            return self.refuse(path, "is a symbolic link, which no metadata is read from; put the file itself there");
        }
        if !sidecar::has_file(entry.path(), extensions) {
            self.seen.other_files += 1;
            let file = Path::new(path).with_extension(extensions[0]);
            let reason = format!("is metadata of no file: there is no {}; name both alike", file.display());
            self.seen.problems.push(Problem::warning(path, None, reason));
        }
    }

    /// The file's hash, taken from what is known where its stamp has not changed.
    fn state(&self, path: &str, file: &Path, metadata: &Metadata, format: &dyn Format) -> Result<FileState, NoState> {
        let bytes = metadata.len();
        if format.holds() == Holds::One {
            self.folder.check_size(path, bytes, format).map_err(|problem| NoState::Refused(problem.reason))?;
        }
        let sidecar = sidecar::of(file, format);
        let stamp = Stamp::of(metadata, sidecar.as_ref().map(|(_, metadata)| metadata), self.now);
        let known = self.known.files.get(path).filter(|known| stamp.is_some() && known.stamp == stamp);
        if let (Look::Quick | Look::Files(_), Some(known)) = (self.look, known) {
            return Ok(*known);
        }
        self.read(file, sidecar.map(|(path, _)| path)).map_err(NoState::Unreadable)
    }

    /// Reads a file with its metadata. The stamp is that of what was read, even if the folder was exchanged meanwhile and
    /// soon is back: else the one would count for the other from then on.
    fn read(&self, file: &Path, sidecar: Option<PathBuf>) -> io::Result<FileState> {
        let file = File::open(file)?;
        let metadata = file.metadata()?;
        let sidecar = sidecar.map(|path| sidecar::read(&path, self.folder.most())).transpose()?;
        let stamp = Stamp::of(&metadata, sidecar.as_ref().map(|(_, metadata)| metadata), self.now);
        let hash = hash(file, sidecar.as_ref().map(|(bytes, _)| bytes.as_slice()))?;
        Ok(FileState { hash, bytes: metadata.len(), stamp })
    }

    /// Reports what the walk could not enter, and keeps what is known of it: it may only be closed for the
    /// moment.
    fn unreadable(&mut self, error: &walkdir::Error) {
        let Some(path) = error.path() else {
            // Which part of the folder was not listed is not known, so nothing counts as gone.
            self.keep.push(String::new());
            self.seen.unreadable += 1;
            return self.refuse("", &format!("cannot be listed: {error}"));
        };
        let name = self.relative(path);
        let gone = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
        if error.loop_ancestor().is_some() {
            self.refuse(&name, "is a symbolic link to a folder that it lies in");
        } else if gone && path.is_symlink() {
            self.refuse(&name, "is a symbolic link to nothing");
        } else if !gone {
            self.unreadable_for_now(&name, &error.to_string());
        }
    }

    fn unreadable_for_now(&mut self, path: &str, reason: &str) {
        self.refuse(path, &format!("cannot be read: {reason}"));
        self.seen.unreadable += 1;
        self.keep.push(path.to_owned());
    }

    fn refuse(&mut self, path: &str, reason: &str) {
        self.seen.problems.push(Problem::error(path, None, reason));
    }

    /// Where something was mounted and now an empty folder lies, what was there is not gone.
    fn keep_unmounted(&mut self) {
        for mount in self.known.mounts.difference(&self.seen.mounts.clone()) {
            let is_empty = fs::read_dir(self.root.join(mount)).is_ok_and(|mut entries| entries.next().is_none());
            if is_empty {
                self.unreadable_for_now(mount, "what was mounted there is away");
                self.seen.mounts.insert(mount.clone());
            }
        }
    }

    /// What was seen, and of what could not be read what was known.
    fn finish(mut self) -> Snapshot {
        self.keep_unmounted();
        for (path, state) in &self.known.files {
            let is_below = |kept: &String| {
                kept.is_empty() || path.strip_prefix(kept).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            if !self.seen.files.contains_key(path) && self.keep.iter().any(is_below) {
                self.seen.files.insert(path.clone(), *state);
            }
        }
        self.seen
    }

    /// A path, with the text of the known one.
    fn shared(&self, path: &str) -> Arc<str> {
        self.known.files.get_key_value(path).map_or_else(|| path.into(), |(known, _)| Arc::clone(known))
    }

    fn stays_inside(&self, link: &Path) -> bool {
        link.canonicalize().is_ok_and(|target| target.starts_with(self.root))
    }

    fn relative(&self, path: &Path) -> String {
        let relative = path.strip_prefix(self.root).unwrap_or(path);
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Part;
    use std::os::unix::fs::symlink;
    use tempfile::TempDir;

    fn folder(files: &[(&str, &str)]) -> (TempDir, Folder) {
        let temp = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let file = temp.path().join(path);
            fs::create_dir_all(file.parent().expect("a file has a parent")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        let folder = Folder::new(temp.path(), 100);
        (temp, folder)
    }

    fn scan(folder: &Folder) -> (Vec<String>, Vec<String>) {
        let seen = folder.scan(&Snapshot::default(), Look::Full).expect("the folder is there");
        let problems = seen.problems.iter().map(Problem::to_string).collect();
        (seen.files.keys().map(ToString::to_string).collect(), problems)
    }

    #[test]
    fn article_files_are_found_and_others_passed_over() {
        let files = [
            ("b/c.md", ""),
            ("a.markdown", ""),
            ("logo.png", ""),
            (".git/x.md", ""),
            ("_draft.md", ""),
            ("topics.toml", ""),
        ];
        let (_temp, folder) = folder(&files);
        assert_eq!(scan(&folder), (vec!["a.markdown".to_owned(), "b/c.md".to_owned()], vec![]));
    }

    #[test]
    fn links_out_of_the_folder_and_large_files_are_refused() {
        let (_outside, elsewhere) = self::folder(&[("secret.md", "x")]);
        let (temp, folder) = folder(&[("large.md", &"x".repeat(101)), ("a.md", "x")]);
        symlink(elsewhere.root().join("secret.md"), temp.path().join("link.md")).expect("a link");
        symlink(elsewhere.root(), temp.path().join("links")).expect("a link");
        symlink(temp.path().join("a.md"), temp.path().join("inside.md")).expect("a link");
        let (files, problems) = scan(&folder);
        assert_eq!(files, ["a.md", "inside.md"]);
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems[0].contains("101 bytes") && problems[1].contains("symbolic link out of"), "{problems:?}");
    }

    #[test]
    fn a_loop_of_links_ends() {
        let (temp, folder) = folder(&[("a/b.md", "x")]);
        symlink(temp.path().join("a"), temp.path().join("a/again")).expect("a link");
        let (files, problems) = scan(&folder);
        assert_eq!(files, ["a/b.md"]);
        assert!(problems[0].contains("a folder that it lies in"), "{problems:?}");
    }

    #[test]
    fn a_link_to_nothing_is_told() {
        let (temp, folder) = folder(&[]);
        symlink("nowhere.md", temp.path().join("link.md")).expect("a link");
        assert_eq!(scan(&folder).1, ["link.md: error: is a symbolic link to nothing"]);
    }

    #[test]
    fn a_vanished_folder_is_no_empty_folder() {
        let (temp, folder) = folder(&[]);
        drop(temp);
        assert!(folder.scan(&Snapshot::default(), Look::Quick).is_err());
    }

    #[test]
    fn what_was_mounted_below_and_is_away_is_kept_and_told() {
        let (temp, folder) = folder(&[("a.md", "x"), ("mounted/b.md", "x")]);
        let mut known = folder.scan(&Snapshot::default(), Look::Quick).expect("a scan");
        known.mounts.insert("mounted".to_owned());
        fs::remove_file(temp.path().join("mounted/b.md")).expect("a file to remove");
        for _ in 0..2 {
            known = folder.scan(&known, Look::Quick).expect("a scan");
            assert_eq!(known.files.keys().map(|path| &**path).collect::<Vec<_>>(), ["a.md", "mounted/b.md"]);
            assert_eq!((known.unreadable, known.problems[0].path.as_str()), (1, "mounted"));
        }
        fs::remove_dir(temp.path().join("mounted")).expect("a folder to remove");
        assert_eq!(folder.scan(&known, Look::Quick).expect("a scan").files.len(), 1);
    }

    #[test]
    fn a_change_that_keeps_length_is_seen_at_once() {
        let (temp, folder) = folder(&[("a.md", "one")]);
        let before = folder.scan(&Snapshot::default(), Look::Quick).expect("a scan");
        fs::write(temp.path().join("a.md"), "two").expect("a file");
        let after = folder.scan(&before, Look::Quick).expect("a scan");
        assert_ne!(before.files["a.md"].hash, after.files["a.md"].hash);
    }

    /// What a look at `path` alone sees, and whether it had to walk.
    fn look_at(folder: &Folder, known: &Snapshot, path: &str) -> (Vec<String>, bool) {
        // A walk alone notices this one.
        fs::write(folder.root().join("unnoticed.md"), "x").expect("a file");
        let seen = folder.scan(known, Look::Files(&[path.to_owned()].into())).expect("a scan");
        fs::remove_file(folder.root().join("unnoticed.md")).expect("a file to remove");
        let mut files: Vec<String> = seen.files.keys().map(ToString::to_string).collect();
        let before = files.len();
        files.retain(|file| file != "unnoticed.md");
        let walked = files.len() < before;
        (files, walked)
    }

    #[test]
    fn a_look_at_a_file_sees_that_it_is_new_or_gone() {
        let (temp, folder) = folder(&[("a/b.md", "x")]);
        let known = folder.scan(&Snapshot::default(), Look::Quick).expect("a scan");
        fs::write(temp.path().join("a/c.md"), "y").expect("a file");
        assert_eq!(look_at(&folder, &known, "a/c.md"), (vec!["a/b.md".to_owned(), "a/c.md".to_owned()], false));
        fs::remove_file(temp.path().join("a/b.md")).expect("a file to remove");
        assert_eq!(look_at(&folder, &known, "a/b.md"), (vec![], false));
    }

    #[test]
    fn a_look_at_a_file_walks_where_that_does_not_tell_what_changed() {
        let (temp, folder) = folder(&[("a/b.md", "x"), ("a/large.md", ""), ("a/folder.md/c.md", "x")]);
        let known = folder.scan(&Snapshot::default(), Look::Quick).expect("a scan");
        fs::create_dir(temp.path().join("new")).expect("a folder");
        fs::write(temp.path().join("new/d.md"), "x").expect("a file");
        fs::write(temp.path().join("a/large.md"), "x".repeat(101)).expect("a file");
        symlink(temp.path().join("a/b.md"), temp.path().join("a/link.md")).expect("a link");
        for path in
            ["new/d.md", "a/large.md", "a/link.md", "a/folder.md", "a/unknown.md", "a", "a/.hidden.md", "x/../a/b.md"]
        {
            assert!(look_at(&folder, &known, path).1, "{path}");
        }
        assert!(look_at(&folder, &Snapshot { unreadable: 1, ..known.clone() }, "a/b.md").1);
        assert!(!look_at(&folder, &known, "a/b.md").1);
    }

    #[test]
    fn text_that_is_not_utf8_is_reported_with_its_line() {
        let (temp, folder) = folder(&[]);
        fs::write(temp.path().join("a.md"), b"ok\n\xFF").expect("a file");
        let mut read = None;
        let mut found = |part: Part| read = Some(part.read);
        folder.read("a.md", &Site::default(), &mut found).expect("it can be read");
        let problem = read.expect("the file has an answer").expect_err("this is no UTF-8");
        assert_eq!(problem.to_string(), "a.md:2: error: is not UTF-8 text; save it as UTF-8");
    }
}
