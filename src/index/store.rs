//! The index folder, and the engine that keeps the generations.
//!
//! ```text
//! index/
//!   LOCK        held by the one process that writes
//!   SECRET      32 random bytes that sign what is given out and taken back
//!   JOURNAL     when each article last changed, through all generations
//!   ...         the generations, where the engine keeps them here
//! ```

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::embedded;
use super::generation::{Building, Generation, Generations};
use super::journal::{Journal, JournalFile};
use super::lock::lock;
use super::opensearch::{Cluster, ClusterSettings, Notes, Opened};
use super::status::Status;
use super::{Awaited, IndexError, Readers, write_durably};
use crate::content::Site;

const SECRET: &str = "SECRET";
pub(super) const JOURNAL: &str = "JOURNAL";

/// What a process means to do with the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Search only; any number of processes.
    Read,
    /// Build, change and search; one process at a time.
    Write,
}

/// What keeps the generations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// This process, in the index folder.
    Embedded,
    /// An OpenSearch cluster.
    OpenSearch(ClusterSettings),
}

/// An index, opened.
pub struct Store {
    dir: PathBuf,
    secret: [u8; 32],
    /// The lock is held as long as the file is open.
    _lock: Option<File>,
    journal: Arc<Journal>,
    status: Status,
    generations: Box<dyn Generations>,
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
        let generations = Box::new(embedded::Folder::open(dir, access)?);
        let journal = Arc::new(Journal::new(JournalFile::new(dir.join(JOURNAL))));
        let (secret, status) = (secret(dir, access)?, Status::default());
        Ok(Store { dir: dir.to_owned(), secret, _lock: lock, journal, status, generations })
    }

    /// Opens an index on `engine`. What is kept of an index in a cluster is kept there; `dir` is a folder of this machine for
    /// what is read again and again. Any number of processes may open it with [`Access::Write`], and one of them
    /// [writes](Store::writing).
    ///
    /// # Errors
    /// [`IndexError`] if another process writes to the folder, or the folder or the cluster cannot be used.
    pub fn open_on(engine: &Engine, dir: &Path, access: Access) -> Result<Store, IndexError> {
        let Engine::OpenSearch(settings) = engine else { return Store::open(dir, access) };
        let Opened { cluster, journal, secret } = Cluster::open(settings.clone(), access)?;
        let (status, generations) = (Status::default(), Box::new(cluster));
        Ok(Store { dir: dir.to_owned(), secret, _lock: None, journal, status, generations })
    }

    /// Whether this process is the one that writes; takes the right to do so where it is free. Gives a number that is
    /// another one each time that the right was taken: meanwhile somebody else may have written. A store on a folder has it
    /// since it was opened with [`Access::Write`].
    ///
    /// # Errors
    /// [`IndexError`] if the cluster cannot be asked.
    pub fn writing(&self) -> Result<Option<u64>, IndexError> {
        self.generations.writing()
    }

    /// Whether this process has the right to write by now.
    pub fn is_writing(&self) -> bool {
        self.generations.is_writing()
    }

    /// Whether the engine answers.
    pub fn is_reachable(&self) -> bool {
        self.generations.is_reachable()
    }

    /// The generation in use. It stays whole and readable as long as it is held.
    ///
    /// # Errors
    /// [`IndexError::NotReady`] where none is built yet.
    pub fn current(&self) -> Result<Arc<Generation>, IndexError> {
        self.generations.current().map_err(IndexError::NotReady)
    }

    /// Whether the index has documents, or had some before it could not be used any more.
    pub fn had_documents(&self) -> bool {
        match self.generations.current() {
            Ok(generation) => generation.index.documents() > 0,
            Err(awaited) => awaited != Awaited::First,
        }
    }

    /// The index folder.
    pub fn folder(&self) -> &Path {
        &self.dir
    }

    /// What signs texts that are given out and taken back: the same for all that open the folder, and in every run.
    pub fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// When each article last changed.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Takes over the journal of another store where this one has none; gives how many entries that are.
    ///
    /// # Errors
    /// [`IndexError`] if one cannot be read or the other not be written.
    pub fn take_journal(&self, from: &Store) -> Result<usize, IndexError> {
        self.journal.begin_as(&from.journal)
    }

    /// What the one who keeps the index up to date says of its work.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// What the generation in use takes on disk, in bytes.
    pub fn bytes(&self) -> u64 {
        self.generations.bytes()
    }

    /// Begins a generation for `site` beside the one in use. If it is dropped before
    /// [`Store::switch_to`], it is removed.
    ///
    /// # Errors
    /// [`IndexError`] if it cannot be written.
    pub fn begin(&self, site: Site) -> Result<Building, IndexError> {
        self.generations.begin(site)
    }

    /// Puts a generation into use that has been committed. The one before is removed when nobody holds
    /// it any more.
    ///
    /// # Errors
    /// [`IndexError`] if the engine cannot name another one; then nothing has changed.
    pub fn switch_to(&self, building: Building) -> Result<(), IndexError> {
        building.put_into_use()
    }

    /// Removes all that is kept of the index elsewhere than in its folder. It can be searched no more.
    ///
    /// # Errors
    /// [`IndexError`] if the cluster cannot be asked.
    pub fn discard(&self) -> Result<(), IndexError> {
        self.generations.discard()
    }

    /// The notes of this kind, which all servers of a site read and write; `None` where only one process serves it.
    pub fn notes(&self, kind: &str) -> Option<Notes> {
        self.generations.notes(kind)
    }

    /// Whether a backup waits to be taken into use.
    pub fn has_restored(&self) -> bool {
        self.generations.has_restored()
    }

    /// Whether a backup waits in the index folder `dir`.
    pub fn has_restored_in(dir: &Path) -> bool {
        embedded::has_restored(dir)
    }

    /// Takes a backup that waits into use, in place of the generation before. It is brought up to date like any other.
    ///
    /// # Errors
    /// [`IndexError`] if it cannot be used; then it is removed, and nothing has changed.
    pub fn take_restored(&self) -> Result<(), IndexError> {
        self.generations.take_restored()
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
