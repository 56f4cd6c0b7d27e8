//! The generations in the index folder, beside each other, and a file that names the one in use.
//!
//! ```text
//! index/
//!   CURRENT                 the name of the generation in use, replaced by renaming
//!   restored/               a backup that the one who writes is to take into use
//!   generation-0000000001/
//!     generation.json       fingerprint and site data it was built with
//!     kept                  what was worked out of its last commit, see `kept`
//!     ...                   tantivy's files
//! ```
//! A generation is written whole before `CURRENT` names it, and what `CURRENT` does not name is
//! removed by the next process that writes: a crash at any moment leaves the last one in use. One that is damaged is set
//! aside as `damaged-generation-…` before it is built anew.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwapOption;

use super::named::{self, CURRENT, MANIFEST, Manifest, Named, Stored, Unusable, is_generation, number};
use super::restore::{RESTORED, has_restored, place};
use super::{EmbeddedIndex, damaged};
use crate::content::Site;
use crate::index::generation::{Building, DOCUMENTS, Generation, Generations};
use crate::index::store::Access;
use crate::index::{Awaited, IndexError, Readers, TEMPORARY, write_durably};

/// How the names of files begin that the engine writes and has not yet put in place.
const TEMPORARY_OF_ENGINE: &str = ".tmp";

/// The generations in an index folder.
pub(in crate::index) struct Folder {
    shared: Arc<Shared>,
    access: Access,
}

struct Shared {
    dir: PathBuf,
    current: ArcSwapOption<Stored>,
    /// What `CURRENT` named when it could not be used; kept until another generation takes its place.
    unusable: ArcSwapOption<Unusable>,
}

impl Folder {
    /// Opens the generation in use, if there is one that this program can read. With [`Access::Write`] leftovers are
    /// removed.
    pub(in crate::index) fn open(dir: &Path, access: Access) -> Result<Folder, IndexError> {
        let (stored, unusable) = match named::open(dir, access)? {
            Named::Usable(stored) => (Some(stored), None),
            Named::Unusable(unusable) => (None, Some(unusable)),
            Named::Nothing => (None, None),
        };
        let shared = Shared {
            dir: dir.to_owned(),
            current: ArcSwapOption::from_pointee(stored),
            unusable: ArcSwapOption::from_pointee(unusable),
        };
        if access == Access::Write {
            shared.remove_leftovers()?;
        }
        Ok(Folder { shared: Arc::new(shared), access })
    }
}

impl Generations for Folder {
    fn current(&self) -> Result<Arc<Generation>, Awaited> {
        let current = self.shared.current.load();
        let awaited = || self.shared.unusable.load().as_ref().map_or(Awaited::First, |unusable| unusable.why);
        current.as_ref().map(|stored| Arc::clone(&stored.generation)).ok_or_else(awaited)
    }

    fn bytes(&self) -> u64 {
        let current = self.shared.current.load();
        let entries = current.as_ref().and_then(|stored| fs::read_dir(&stored.folder.path).ok());
        let metadata = entries.into_iter().flatten().filter_map(|entry| entry.ok()?.metadata().ok());
        metadata.map(|metadata| metadata.len()).sum()
    }

    fn begin(&self, site: Site) -> Result<Building, IndexError> {
        let path = unused_path(&self.shared.dir)?;
        fs::create_dir(&path).map_err(IndexError::io("create", &path))?;
        let folder = Arc::new(GenerationFolder { path, retired: AtomicBool::new(true) });
        let index = EmbeddedIndex::create(Arc::clone(&folder))?;
        let generation = Generation::new(Arc::new(index), site);
        let (fingerprint, site) = (generation.fingerprint.clone(), generation.site.clone());
        let manifest = Manifest { fingerprint, documents: DOCUMENTS, site };
        let path = folder.path.join(MANIFEST);
        let json =
            serde_json::to_vec_pretty(&manifest).map_err(io::Error::from).map_err(IndexError::io("write", &path))?;
        write_durably(&path, &json, Readers::Everyone)?;
        let shared = Arc::clone(&self.shared);
        Ok(Building::new(generation, move |generation| {
            shared.put_into_use(Stored { generation: Arc::new(generation), folder })
        }))
    }

    fn writing(&self) -> Result<Option<u64>, IndexError> {
        Ok((self.access == Access::Write).then_some(0))
    }

    fn is_writing(&self) -> bool {
        self.access == Access::Write
    }

    fn is_reachable(&self) -> bool {
        true
    }

    /// All is in the folder.
    fn discard(&self) -> Result<(), IndexError> {
        Ok(())
    }

    fn has_restored(&self) -> bool {
        has_restored(&self.shared.dir)
    }

    fn take_restored(&self) -> Result<(), IndexError> {
        let dir = &self.shared.dir;
        let path = place(dir, &dir.join(RESTORED))?;
        let taken = match named::open_generation(path.clone(), Access::Write) {
            Ok(Named::Usable(stored)) => self.shared.put_into_use(stored),
            Ok(_) => Err(damaged(&path, "the backup was made by another version of khonha")),
            Err(error) => Err(error),
        };
        if taken.is_err() {
            remove(&path);
        }
        taken
    }
}

impl Shared {
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

    /// Removes what a crash has left: generations that are neither in use nor being built by us, and files half written.
    fn remove_leftovers(&self) -> Result<(), IndexError> {
        let in_use = self.current.load().as_ref().map(|stored| stored.folder.path.clone());
        let kept = [in_use.clone(), self.unusable.load().as_ref().and_then(|unusable| unusable.folder.clone())];
        let mut half_written = entries(&self.dir, |name| name.starts_with(TEMPORARY))?;
        if let Some(in_use) = &in_use {
            let is_temporary = |name: &str| [TEMPORARY, TEMPORARY_OF_ENGINE].iter().any(|it| name.starts_with(it));
            half_written.extend(entries(in_use, is_temporary)?);
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
pub(super) fn unused_path(dir: &Path) -> Result<PathBuf, IndexError> {
    let taken = entries(dir, |name| number(name).is_some())?;
    let taken = taken.iter().filter_map(|path| number(&path.file_name()?.to_string_lossy()));
    let current = fs::read_to_string(dir.join(CURRENT)).ok().and_then(|name| number(name.trim()));
    let last = taken.chain(current).max().unwrap_or_default();
    Ok(dir.join(named::name(last + 1)))
}

/// Has `CURRENT` name the generation in the folder `path`.
pub(super) fn name_current(dir: &Path, path: &Path) -> Result<(), IndexError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    write_durably(&dir.join(CURRENT), name.as_bytes(), Readers::Everyone)
}

/// What lies in a folder under such a name.
fn entries(dir: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, IndexError> {
    let entries = fs::read_dir(dir).map_err(IndexError::io("read", dir))?;
    let named = |path: &PathBuf| path.file_name().is_some_and(|name| is_wanted(&name.to_string_lossy()));
    Ok(entries.filter_map(Result::ok).map(|entry| entry.path()).filter(named).collect())
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
