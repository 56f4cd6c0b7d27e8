//! The generation that `CURRENT` names, and whether it can be used.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io, thread};

use serde::{Deserialize, Serialize};

use super::folder::GenerationFolder;
use super::{EmbeddedIndex, damaged};
use crate::content::Site;
use crate::index::generation::{DOCUMENTS, Fingerprint, Generation};
use crate::index::store::Access;
use crate::index::{Awaited, IndexError};

pub(super) const CURRENT: &str = "CURRENT";
pub(super) const MANIFEST: &str = "generation.json";
const GENERATION: &str = "generation-";
/// Before the name of a generation that was damaged.
const SET_ASIDE: &str = "damaged-";

/// How often, and how long after the time before, whoever only reads tries again to open an index that seems damaged: the
/// one who writes may have replaced it meanwhile.
const TRIES: usize = 5;
const PAUSE: Duration = Duration::from_millis(50);

/// What `CURRENT` names.
pub(super) enum Named {
    Usable(Stored),
    Unusable(Unusable),
    Nothing,
}

/// A generation and the folder it is in.
pub(super) struct Stored {
    pub(super) generation: Arc<Generation>,
    pub(super) folder: Arc<GenerationFolder>,
}

/// A generation that has to be built anew.
pub(super) struct Unusable {
    pub(super) why: Awaited,
    /// Its folder, to be removed when another one is in use.
    pub(super) folder: Option<PathBuf>,
}

/// What a generation was built with.
#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) fingerprint: Fingerprint,
    /// The [`DOCUMENTS`] of the program.
    #[serde(default)]
    pub(super) documents: u32,
    pub(super) site: Site,
}

/// Opens what is named in the index folder `dir`. Whoever writes sets a damaged generation aside.
pub(super) fn open(dir: &Path, access: Access) -> Result<Named, IndexError> {
    match access {
        Access::Write => match open_named(dir, access) {
            Err(error @ IndexError::Damaged { .. }) => set_aside(dir, &error),
            named => named,
        },
        Access::Read => {
            let mut named = open_named(dir, access);
            for _ in 1..TRIES {
                if matches!(named, Err(IndexError::Damaged { .. })) {
                    thread::sleep(PAUSE);
                    named = open_named(dir, access);
                }
            }
            named
        }
    }
}

fn open_named(dir: &Path, access: Access) -> Result<Named, IndexError> {
    let current = dir.join(CURRENT);
    let name = match fs::read_to_string(&current) {
        Ok(name) => name,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Named::Nothing),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => String::new(),
        Err(error) => return Err(IndexError::io("read", &current)(error)),
    };
    if !is_generation(name.trim()) {
        return Err(damaged(dir, "CURRENT names no generation"));
    }
    open_generation(dir.join(name.trim()), access)
}

/// Opens the generation in the folder `path`. One whose documents are as they are now, with terms that were cut by other
/// rules, finds most of what is looked for, and serves until it is built anew.
pub(super) fn open_generation(path: PathBuf, access: Access) -> Result<Named, IndexError> {
    let Some(manifest) = read_manifest(&path)?.filter(|manifest| manifest.documents == DOCUMENTS) else {
        tracing::info!(index = %path.display(), "the index was built by another version and is to be built anew");
        return Ok(Named::Unusable(Unusable { why: Awaited::Renewed, folder: Some(path) }));
    };
    let folder = Arc::new(GenerationFolder::in_use(path));
    let index = EmbeddedIndex::open(Arc::clone(&folder), access)?;
    let generation =
        Generation { fingerprint: manifest.fingerprint, ..Generation::new(Arc::new(index), manifest.site) };
    Ok(Named::Usable(Stored { generation: Arc::new(generation), folder }))
}

/// The manifest of a generation; `None` for one that another version wrote in another form.
fn read_manifest(generation: &Path) -> Result<Option<Manifest>, IndexError> {
    let path = generation.join(MANIFEST);
    match fs::read(&path) {
        Ok(json) => match serde_json::from_slice(&json) {
            Err(error) if !error.is_data() => Err(damaged(generation, format!("{MANIFEST} is no JSON: {error}"))),
            manifest => Ok(manifest.ok()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(damaged(generation, format!("{MANIFEST} is missing")))
        }
        Err(error) => Err(IndexError::io("read", &path)(error)),
    }
}

/// Keeps the damaged generation for whoever wants to know what happened, in place of one that was set aside before.
fn set_aside(dir: &Path, error: &IndexError) -> Result<Named, IndexError> {
    let name = fs::read_to_string(dir.join(CURRENT)).unwrap_or_default();
    let name = Some(name.trim()).filter(|name| is_generation(name) && dir.join(name).is_dir());
    if let Some(name) = name {
        let entries = fs::read_dir(dir).map_err(IndexError::io("read", dir))?.filter_map(Result::ok);
        for before in entries.filter(|entry| is_set_aside(&entry.file_name().to_string_lossy())) {
            fs::remove_dir_all(before.path()).map_err(IndexError::io("remove", &before.path()))?;
        }
        let (from, to) = (dir.join(name), dir.join(format!("{SET_ASIDE}{name}")));
        fs::rename(&from, &to).map_err(IndexError::io("set aside", &from))?;
        tracing::error!("{error}; it is set aside as {} and is built anew", to.display());
    } else {
        tracing::error!("{error}; it is built anew");
    }
    Ok(Named::Unusable(Unusable { why: Awaited::Mended, folder: None }))
}

/// The name of the generation with this number.
pub(super) fn name(number: u64) -> String {
    format!("{GENERATION}{number:010}")
}

/// The number in the name of a generation, or of one that was set aside.
pub(super) fn number(name: &str) -> Option<u64> {
    let name = name.strip_prefix(SET_ASIDE).unwrap_or(name);
    Some(name).filter(|name| is_generation(name))?.strip_prefix(GENERATION)?.parse().ok()
}

/// Whether `name` is that of a generation's folder. Nothing else is ever opened or removed.
pub(super) fn is_generation(name: &str) -> bool {
    let number = name.strip_prefix(GENERATION);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_set_aside(name: &str) -> bool {
    name.strip_prefix(SET_ASIDE).is_some_and(is_generation)
}
