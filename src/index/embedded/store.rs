//! The index folder: generations beside each other, and a file that names the one in use.
//!
//! ```text
//! index/
//!   CURRENT                 the name of the generation in use, replaced by renaming
//!   LOCK                    held by the one process that writes
//!   SECRET                  32 random bytes that sign what is given out and taken back
//!   JOURNAL                 when each article last changed, through all generations
//!   restored/               a backup that the one who writes is to take into use
//!   generation-0000000001/
//!     generation.json       fingerprint and site data it was built with
//!     ...                   tantivy's files
//! ```
//! A generation is written whole before `CURRENT` names it, and what `CURRENT` does not name is
//! removed by the next process that writes: a crash at any moment leaves the last one in use. One that is damaged is set
//! aside as `damaged-generation-…` before it is built anew.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwapOption;

use super::named::{self, CURRENT, MANIFEST, Manifest, Named, Stored, Unusable, is_generation, number};
use super::{EmbeddedIndex, backup, damaged};
use crate::content::Site;
use crate::index::generation::{DOCUMENTS, Generation};
use crate::index::journal::Journal;
use crate::index::status::Status;
use crate::index::{Awaited, IndexError, Readers, TEMPORARY, write_durably};

const LOCK: &str = "LOCK";
const SECRET: &str = "SECRET";
pub(super) const JOURNAL: &str = "JOURNAL";
/// A generation that was restored while another process writes, which is to take it into use.
const RESTORED: &str = "restored";
/// How the names of files begin that the engine writes and has not yet put in place.
const TEMPORARY_OF_ENGINE: &str = ".tmp";

/// What a process means to do with the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Search only; any number of processes.
    Read,
    /// Build, change and search; one process at a time.
    Write,
}

/// The index folder, opened.
pub struct Store {
    dir: PathBuf,
    secret: [u8; 32],
    /// The lock is held as long as the file is open.
    _lock: Option<File>,
    journal: Journal,
    status: Status,
    current: ArcSwapOption<Stored>,
    /// What `CURRENT` named when it could not be used; kept until another generation takes its place.
    unusable: ArcSwapOption<Unusable>,
}

/// A generation that is being built and not in use.
pub struct Building {
    generation: Generation,
    folder: Arc<GenerationFolder>,
}

impl Building {
    /// The generation to add documents to.
    pub fn generation(&self) -> &Generation {
        &self.generation
    }
}

impl Store {
    /// Opens the index folder `dir` and the generation in use, if there is one that this program can
    /// read. With [`Access::Write`] the folder is made where it is missing, and leftovers are removed.
    ///
    /// # Errors
    /// [`IndexError`] if another process writes, or the folder cannot be used.
    pub fn open(dir: &Path, access: Access) -> Result<Store, IndexError> {
        let lock = match access {
            Access::Read => None,
            Access::Write => {
                fs::create_dir_all(dir).map_err(IndexError::io("create", dir))?;
                Some(lock(dir)?)
            }
        };
        let (stored, unusable) = match named::open(dir, access)? {
            Named::Usable(stored) => (Some(stored), None),
            Named::Unusable(unusable) => (None, Some(unusable)),
            Named::Nothing => (None, None),
        };
        let store = Store {
            dir: dir.to_owned(),
            secret: secret(dir, access)?,
            status: Status::default(),
            journal: match lock {
                Some(_) => Journal::open(dir.join(JOURNAL))?,
                None => Journal::new(dir.join(JOURNAL)),
            },
            _lock: lock,
            current: ArcSwapOption::from_pointee(stored),
            unusable: ArcSwapOption::from_pointee(unusable),
        };
        if access == Access::Write {
            store.remove_leftovers()?;
        }
        Ok(store)
    }

    /// The generation in use. It stays whole and readable as long as it is held.
    ///
    /// # Errors
    /// [`IndexError::NotReady`] where none is built yet.
    pub fn current(&self) -> Result<Arc<Generation>, IndexError> {
        let current = self.current.load();
        current.as_ref().map(|stored| Arc::clone(&stored.generation)).ok_or(IndexError::NotReady(self.awaited()))
    }

    /// Whether the index has documents, or had some before it could not be used any more.
    pub fn had_documents(&self) -> bool {
        let current = self.current.load();
        let documents = current.as_ref().map(|stored| stored.generation.index.documents());
        documents.map_or(self.awaited() != Awaited::First, |documents| documents > 0)
    }

    fn awaited(&self) -> Awaited {
        self.unusable.load().as_ref().map_or(Awaited::First, |unusable| unusable.why)
    }

    /// The index folder.
    pub fn folder(&self) -> &Path {
        &self.dir
    }

    /// What signs texts that are given out and taken back: the same for all that open the folder, and in every run.
    pub fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// When each article last changed. Only a store opened with [`Access::Write`] has read it.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What the one who keeps the index up to date says of its work.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// What the generation in use takes on disk, in bytes.
    pub fn bytes(&self) -> u64 {
        let current = self.current.load();
        let entries = current.as_ref().and_then(|stored| fs::read_dir(&stored.folder.path).ok());
        let metadata = entries.into_iter().flatten().filter_map(|entry| entry.ok()?.metadata().ok());
        metadata.map(|metadata| metadata.len()).sum()
    }

    /// Begins a generation for `site` beside the one in use. If it is dropped before
    /// [`Store::switch_to`], its files are removed.
    ///
    /// # Errors
    /// [`IndexError`] if its folder cannot be written.
    pub fn begin(&self, site: Site) -> Result<Building, IndexError> {
        let path = unused_path(&self.dir)?;
        fs::create_dir(&path).map_err(IndexError::io("create", &path))?;
        let folder = Arc::new(GenerationFolder { path, retired: AtomicBool::new(true) });
        let index = EmbeddedIndex::create(Arc::clone(&folder))?;
        let generation = Generation::new(Box::new(index), site);
        let (fingerprint, site) = (generation.fingerprint.clone(), generation.site.clone());
        let manifest = Manifest { fingerprint, documents: DOCUMENTS, site };
        let path = folder.path.join(MANIFEST);
        let json =
            serde_json::to_vec_pretty(&manifest).map_err(io::Error::from).map_err(IndexError::io("write", &path))?;
        write_durably(&path, &json, Readers::Everyone)?;
        Ok(Building { generation, folder })
    }

    /// Puts a generation into use that has been committed. The one before is removed when nobody holds
    /// it any more.
    ///
    /// # Errors
    /// [`IndexError`] if `CURRENT` cannot be replaced; then nothing has changed.
    pub fn switch_to(&self, building: Building) -> Result<(), IndexError> {
        let Building { generation, folder } = building;
        self.put_into_use(Stored { generation: Arc::new(generation), folder })
    }

    fn put_into_use(&self, stored: Stored) -> Result<(), IndexError> {
        name_current(&self.dir, &stored.folder.path)?;
        stored.folder.retired.store(false, Ordering::Release);
        let unusable = self.unusable.swap(None).and_then(|unusable| unusable.folder.clone());
        if let Some(before) = self.current.swap(Some(Arc::new(stored))) {
            before.folder.retired.store(true, Ordering::Release);
        }
        if let Some(path) = unusable {
            remove(&path);
        }
        Ok(())
    }

    /// Whether a backup waits to be taken into use.
    pub fn has_restored(&self) -> bool {
        Store::has_restored_in(&self.dir)
    }

    /// Whether a backup waits in the index folder `dir`.
    pub fn has_restored_in(dir: &Path) -> bool {
        dir.join(RESTORED).is_dir()
    }

    /// Takes a backup that waits into use, in place of the generation before. It is brought up to date like any other.
    ///
    /// # Errors
    /// [`IndexError`] if it cannot be used; then it is removed, and nothing has changed.
    pub fn take_restored(&self) -> Result<(), IndexError> {
        let path = place(&self.dir, &self.dir.join(RESTORED))?;
        let taken = match named::open_generation(path.clone(), Access::Write) {
            Ok(Named::Usable(stored)) => self.put_into_use(stored),
            Ok(_) => Err(damaged(&path, "the backup was made by another version of khonha")),
            Err(error) => Err(error),
        };
        if taken.is_err() {
            remove(&path);
        }
        taken
    }

    /// Removes what a crash has left: generations that are neither in use nor being built by us, and files half written.
    fn remove_leftovers(&self) -> Result<(), IndexError> {
        let in_use = self.current.load().as_ref().map(|stored| stored.folder.path.clone());
        let kept = [in_use.clone(), self.unusable.load().as_ref().and_then(|unusable| unusable.folder.clone())];
        let mut half_written = entries(&self.dir, |name| name.starts_with(TEMPORARY))?;
        if let Some(in_use) = &in_use {
            half_written.extend(entries(in_use, |name| name.starts_with(TEMPORARY_OF_ENGINE))?);
        }
        for path in half_written {
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(IndexError::io("remove", &path))?;
        }
        let is_leftover = |path: &PathBuf| path.is_dir() && !kept.contains(&Some(path.clone()));
        for path in entries(&self.dir, is_generation)?.into_iter().filter(is_leftover) {
            fs::remove_dir_all(&path).map_err(IndexError::io("remove", &path))?;
        }
        Ok(())
    }
}

/// A path that neither is taken nor was named before: a generation that is half built must never be taken for one that is
/// gone.
fn unused_path(dir: &Path) -> Result<PathBuf, IndexError> {
    let taken = entries(dir, |name| number(name).is_some())?;
    let taken = taken.iter().filter_map(|path| number(&path.file_name()?.to_string_lossy()));
    let current = fs::read_to_string(dir.join(CURRENT)).ok().and_then(|name| number(name.trim()));
    let last = taken.chain(current).max().unwrap_or_default();
    Ok(dir.join(named::name(last + 1)))
}

/// Has `CURRENT` name the generation in the folder `path`.
fn name_current(dir: &Path, path: &Path) -> Result<(), IndexError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    write_durably(&dir.join(CURRENT), name.as_bytes(), Readers::Everyone)
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
fn place(dir: &Path, unpacked: &Path) -> Result<PathBuf, IndexError> {
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

/// What lies in a folder under such a name.
fn entries(dir: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, IndexError> {
    let entries = fs::read_dir(dir).map_err(IndexError::io("read", dir))?;
    let named = |path: &PathBuf| path.file_name().is_some_and(|name| is_wanted(&name.to_string_lossy()));
    Ok(entries.filter_map(Result::ok).map(|entry| entry.path()).filter(named).collect())
}

fn lock(dir: &Path) -> Result<File, IndexError> {
    let path = dir.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(IndexError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(IndexError::Locked(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(IndexError::io("lock", &path)(error)),
    }
}

/// The secret of the folder. Who may not write one where there is none has one of its own.
fn secret(dir: &Path, access: Access) -> Result<[u8; 32], IndexError> {
    let path = dir.join(SECRET);
    match fs::read(&path) {
        Ok(bytes) if bytes.len() == 32 => return Ok(std::array::from_fn(|at| bytes[at])),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(IndexError::io("read", &path)(error)),
        _ => {}
    }
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| IndexError::io("make", &path)(io::Error::from(error)))?;
    if access == Access::Write {
        write_durably(&path, &secret, Readers::Owner)?;
    }
    Ok(secret)
}

/// The folder of one generation, removed with its last user once it is retired.
pub(super) struct GenerationFolder {
    pub(super) path: PathBuf,
    retired: AtomicBool,
}

impl GenerationFolder {
    /// The folder of the generation in use.
    pub(super) fn in_use(path: PathBuf) -> GenerationFolder {
        GenerationFolder { path, retired: AtomicBool::new(false) }
    }
}

impl Drop for GenerationFolder {
    fn drop(&mut self) {
        if self.retired.load(Ordering::Acquire) {
            remove(&self.path);
        }
    }
}

/// Removes a generation that nobody uses any more.
fn remove(path: &Path) {
    if let Err(error) = fs::remove_dir_all(path) {
        tracing::warn!(path = %path.display(), %error, "cannot remove an old generation; the next start will");
    }
}
