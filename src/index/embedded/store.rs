//! The index folder: generations beside each other, and a file that names the one in use.
//!
//! ```text
//! index/
//!   CURRENT                 the name of the generation in use, replaced by renaming
//!   LOCK                    held by the one process that writes
//!   SECRET                  32 random bytes that sign what is given out and taken back
//!   JOURNAL                 when each article last changed, through all generations
//!   generation-0000000001/
//!     generation.json       fingerprint and site data it was built with
//!     ...                   tantivy's files
//! ```
//! A generation is written whole before `CURRENT` names it, and what `CURRENT` does not name is
//! removed by the next process that writes: a crash at any moment leaves the last one in use.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwapOption;
use serde::{Deserialize, Serialize};

use super::EmbeddedIndex;
use crate::content::Site;
use crate::index::generation::{Fingerprint, Generation};
use crate::index::journal::Journal;
use crate::index::{IndexError, Readers, write_durably};

const CURRENT: &str = "CURRENT";
const LOCK: &str = "LOCK";
const SECRET: &str = "SECRET";
const JOURNAL: &str = "JOURNAL";
const MANIFEST: &str = "generation.json";
const PREFIX: &str = "generation-";

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
    current: ArcSwapOption<Stored>,
    /// What `CURRENT` named when it could not be used; kept until another generation takes its place.
    unusable: ArcSwapOption<PathBuf>,
}

/// What `CURRENT` names.
enum Named {
    Usable(Stored),
    /// Made by another version of this program, or damaged: to be built anew.
    Unusable(PathBuf),
    Nothing,
}

/// A generation and the folder it is in.
struct Stored {
    generation: Arc<Generation>,
    folder: Arc<GenerationFolder>,
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

/// What a generation was built with.
#[derive(Serialize, Deserialize)]
struct Manifest {
    fingerprint: Fingerprint,
    site: Site,
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
        let (stored, unusable) = match Store::open_current(dir, access)? {
            Named::Usable(stored) => (Some(stored), None),
            Named::Unusable(path) => (None, Some(path)),
            Named::Nothing => (None, None),
        };
        let store = Store {
            dir: dir.to_owned(),
            secret: secret(dir, access)?,
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
        current.as_ref().map(|stored| Arc::clone(&stored.generation)).ok_or(IndexError::NotReady)
    }

    /// What signs texts that are given out and taken back: the same for all that open the folder, and in every run.
    pub fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// When each article last changed. Only a store opened with [`Access::Write`] has read it.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Begins a generation for `site` beside the one in use. If it is dropped before
    /// [`Store::switch_to`], its files are removed.
    ///
    /// # Errors
    /// [`IndexError`] if its folder cannot be written.
    pub fn begin(&self, site: Site) -> Result<Building, IndexError> {
        let path = self.unused_path()?;
        fs::create_dir(&path).map_err(IndexError::io("create", &path))?;
        let folder = Arc::new(GenerationFolder { path, retired: AtomicBool::new(true) });
        let index = EmbeddedIndex::create(Arc::clone(&folder))?;
        let generation = Generation::new(Box::new(index), site);
        let manifest = Manifest { fingerprint: generation.fingerprint.clone(), site: generation.site.clone() };
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
        let name = folder.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        write_durably(&self.dir.join(CURRENT), name.as_bytes(), Readers::Everyone)?;
        folder.retired.store(false, Ordering::Release);
        // Where the folder of the unusable one is gone, the new one may have got its name.
        let unusable = self.unusable.swap(None).filter(|path| **path != folder.path);
        let stored = Stored { generation: Arc::new(generation), folder };
        if let Some(before) = self.current.swap(Some(Arc::new(stored))) {
            before.folder.retired.store(true, Ordering::Release);
        }
        if let Some(path) = unusable {
            remove(&path);
        }
        Ok(())
    }

    fn open_current(dir: &Path, access: Access) -> Result<Named, IndexError> {
        let current = dir.join(CURRENT);
        let name = match fs::read_to_string(&current) {
            Ok(name) => name,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Named::Nothing),
            Err(error) => return Err(IndexError::io("read", &current)(error)),
        };
        if !is_generation(name.trim()) {
            tracing::error!(file = %current.display(), "names no generation; building one anew");
            return Ok(Named::Nothing);
        }
        let path = dir.join(name.trim());
        let manifest = read_manifest(&path.join(MANIFEST))?;
        let Some(manifest) = manifest.filter(|it| it.fingerprint == Fingerprint::for_site(&it.site)) else {
            tracing::info!(index = %path.display(), "the index was built by another version and is to be built anew");
            return Ok(Named::Unusable(path));
        };
        let folder = Arc::new(GenerationFolder { path, retired: AtomicBool::new(false) });
        match EmbeddedIndex::open(Arc::clone(&folder)) {
            Ok(index) => {
                let generation = Arc::new(Generation::new(Box::new(index), manifest.site));
                Ok(Named::Usable(Stored { generation, folder }))
            }
            Err(error @ IndexError::Damaged { .. }) if access == Access::Write => {
                tracing::error!("{error}; building it anew");
                Ok(Named::Unusable(folder.path.clone()))
            }
            Err(error) => Err(error),
        }
    }

    /// Removes generations that are neither in use nor being built by us: those of a crash.
    fn remove_leftovers(&self) -> Result<(), IndexError> {
        let in_use = self.current.load().as_ref().map(|stored| stored.folder.path.clone());
        let kept = [in_use, self.unusable.load().as_deref().cloned()];
        let is_leftover = |path: &PathBuf| path.is_dir() && !kept.contains(&Some(path.clone()));
        for path in self.generations()?.into_iter().filter(is_leftover) {
            fs::remove_dir_all(&path).map_err(IndexError::io("remove", &path))?;
        }
        Ok(())
    }

    fn generations(&self) -> Result<Vec<PathBuf>, IndexError> {
        let entries = fs::read_dir(&self.dir).map_err(IndexError::io("read", &self.dir))?;
        let named = |path: &PathBuf| path.file_name().is_some_and(|name| is_generation(&name.to_string_lossy()));
        Ok(entries.filter_map(Result::ok).map(|entry| entry.path()).filter(named).collect())
    }

    fn unused_path(&self) -> Result<PathBuf, IndexError> {
        let number = |path: &PathBuf| path.file_name()?.to_str()?.strip_prefix(PREFIX)?.parse::<u64>().ok();
        let last = self.generations()?.iter().filter_map(number).max().unwrap_or(0);
        Ok(self.dir.join(format!("{PREFIX}{:010}", last + 1)))
    }
}

/// Whether `name` is that of a generation's folder. Nothing else is ever opened or removed.
fn is_generation(name: &str) -> bool {
    let number = name.strip_prefix(PREFIX);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
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

/// `None` for a manifest that is missing or that another version wrote in another form.
fn read_manifest(path: &Path) -> Result<Option<Manifest>, IndexError> {
    match fs::read(path) {
        Ok(json) => Ok(serde_json::from_slice(&json).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(IndexError::io("read", path)(error)),
    }
}

/// The folder of one generation, removed with its last user once it is retired.
pub(super) struct GenerationFolder {
    pub(super) path: PathBuf,
    retired: AtomicBool,
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
