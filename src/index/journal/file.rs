//! The entries on disk: JSON lines that are added to, and written anew when most of them are outdated.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::Entry;
use super::known::{Known, Name};
use crate::content::ArticleId;
use crate::index::{IndexError, Readers, write_durably};

/// A file is written anew when it has twice as many lines as entries, and so many more.
const SPARE_LINES: usize = 64;

/// What the file at `path` says, and how many lines it has if it can be added to. A file that is not there says nothing.
pub(super) fn read(path: &Path) -> Result<(Known, Option<usize>), IndexError> {
    match fs::read(path) {
        Ok(bytes) => Ok(parse(path, &bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((Known::default(), None)),
        Err(error) => Err(IndexError::io("read", path)(error)),
    }
}

fn parse(path: &Path, bytes: &[u8]) -> (Known, Option<usize>) {
    let mut known = Known::default();
    let mut is_whole = bytes.ends_with(b"\n");
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let mut count = 0;
    for (number, line) in (1..).zip(lines) {
        count = number;
        let read = match number {
            1 => serde_json::from_slice(line).map(|name| known.name = Some(name)),
            _ => serde_json::from_slice(line).map(|entry| known.set(entry)),
        };
        if let Err(error) = read {
            is_whole = false;
            tracing::warn!(file = %path.display(), line = number, %error, "a line of the journal is damaged; passing over it");
        }
    }
    (known, is_whole.then_some(count))
}

/// Adds entries to a file of so many lines, or writes it anew. Gives how many lines it has then.
pub(super) fn write(
    path: &Path,
    known: &Known,
    name: Name,
    added: &[Entry],
    lines: Option<usize>,
) -> Result<usize, IndexError> {
    let most = 2 * (known.entries.len() + added.len()) + SPARE_LINES;
    match lines.map(|lines| lines + added.len()).filter(|lines| *lines <= most && known.name.is_some()) {
        Some(lines) => append(path, &lines_of(added)).map(|()| lines),
        None => {
            let replaced: HashSet<&ArticleId> = added.iter().map(|entry| &entry.id).collect();
            let kept: Vec<&Entry> = known.entries.values().filter(|it| !replaced.contains(&it.id)).collect();
            let text = [lines_of([name]), lines_of(&kept), lines_of(added)].concat();
            write_durably(path, &text, Readers::Everyone).map(|()| 1 + kept.len() + added.len())
        }
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
