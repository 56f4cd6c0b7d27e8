//! The entries on disk: JSON lines that are added to, and written anew when most of them are outdated. The first names the
//! journal, each of the others says what became of one article, and the last of an article counts.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::Entry;
use super::known::{Known, Name};
use super::storage::{Kept, Storage};
use crate::content::ArticleId;
use crate::index::{IndexError, Readers, write_durably};

/// A file is written anew when it has twice as many lines as entries, and so many more.
const SPARE_LINES: usize = 64;

/// A journal in a file.
pub(in crate::index) struct JournalFile {
    path: PathBuf,
    /// How many lines the file has; `None` where it has to be written anew.
    lines: Mutex<Option<usize>>,
}

impl JournalFile {
    /// The file at `path`, which need not be there.
    pub(in crate::index) fn new(path: PathBuf) -> JournalFile {
        JournalFile { path, lines: Mutex::new(None) }
    }

    /// Lines that cannot be read are passed over and logged.
    fn parse(&self, bytes: &[u8]) -> Kept {
        let mut kept = Kept::default();
        let mut is_whole = bytes.ends_with(b"\n");
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let mut count = 0;
        for (number, line) in (1..).zip(lines) {
            count = number;
            let read = match number {
                1 => serde_json::from_slice(line).map(|name| kept.name = Some(name)),
                _ => serde_json::from_slice(line).map(|entry| kept.push(entry)),
            };
            if let Err(error) = read {
                is_whole = false;
                tracing::warn!(file = %self.path.display(), line = number, %error, "a line of the journal is damaged; passing over it");
            }
        }
        *self.lines.lock().unwrap_or_else(PoisonError::into_inner) = is_whole.then_some(count);
        kept
    }
}

impl Storage for JournalFile {
    fn read(&self, after: u64) -> Result<Kept, IndexError> {
        let mut kept = match fs::read(&self.path) {
            Ok(bytes) => self.parse(&bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Kept::default(),
            Err(error) => return Err(IndexError::io("read", &self.path)(error)),
        };
        kept.entries.retain(|entry| entry.sequence > after);
        Ok(kept)
    }

    /// Adds to the file, or writes it anew.
    fn write(&self, known: &Known, name: Name, added: &[Entry]) -> Result<(), IndexError> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let most = 2 * (known.entries.len() + added.len()) + SPARE_LINES;
        let with_added = lines.map(|lines| lines + added.len());
        let written = match with_added.filter(|lines| *lines <= most && known.name.is_some()) {
            Some(lines) => append(&self.path, &lines_of(added)).map(|()| lines),
            None => {
                let replaced: HashSet<&ArticleId> = added.iter().map(|entry| &entry.id).collect();
                let kept: Vec<&Entry> = known.entries.values().filter(|it| !replaced.contains(&it.id)).collect();
                let text = [lines_of([name]), lines_of(&kept), lines_of(added)].concat();
                write_durably(&self.path, &text, Readers::Everyone).map(|()| 1 + kept.len() + added.len())
            }
        };
        // A write that fails may leave half a line.
        *lines = written.as_ref().ok().copied();
        written.map(drop)
    }

    fn is_whole(&self) -> bool {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

fn lines_of(values: impl IntoIterator<Item = impl Serialize>) -> Vec<u8> {
    // Strings, numbers and times do not fail.
    let line = |value| [serde_json::to_vec(&value).unwrap_or_default(), b"\n".to_vec()].concat();
    values.into_iter().flat_map(line).collect()
}

fn append(path: &Path, text: &[u8]) -> Result<(), IndexError> {
    let add = || {
        let mut file = File::options().append(true).open(path)?;
        file.write_all(text)?;
        file.sync_data()
    };
    add().map_err(IndexError::io("write", path))
}
