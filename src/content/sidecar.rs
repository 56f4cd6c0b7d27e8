//! Metadata in a file of its own beside a file that has no place for them: `paper.yaml` beside `paper.pdf`.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::formats::{self, Format};

/// The file with the metadata of `file`, where its format has one and it is there. A link is none: it may lead anywhere.
pub(super) fn of(file: &Path, format: &dyn Format) -> Option<(PathBuf, Metadata)> {
    let sidecar = file.with_extension(format.sidecar()?);
    let metadata = fs::symlink_metadata(&sidecar).ok()?;
    metadata.is_file().then_some((sidecar, metadata))
}

/// All of a sidecar, or so much more than `most` bytes that its length tells it is too large; with what the system tells of
/// the file that was read.
pub(super) fn read(sidecar: &Path, most: u64) -> io::Result<(Vec<u8>, Metadata)> {
    let (file, mut bytes) = (File::open(sidecar)?, Vec::new());
    let metadata = file.metadata()?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes, metadata))
}

/// The hash of a file with its sidecar.
pub(super) fn mixed(file: blake3::Hash, sidecar: Option<&[u8]>) -> blake3::Hash {
    let Some(sidecar) = sidecar else { return file };
    let mut hasher = blake3::Hasher::new();
    hasher.update(file.as_bytes());
    hasher.update(sidecar);
    hasher.finalize()
}

/// Whether a file is named as sidecars are; within, the extensions of the files that it may stand beside.
pub(super) fn stands_beside(path: &str) -> Option<&'static [&'static str]> {
    let extension = Path::new(path).extension()?.to_str()?;
    formats::with_sidecar(extension).map(Format::extensions)
}

/// Whether a file with one of these extensions has the stem of `sidecar`.
pub(super) fn has_file(sidecar: &Path, extensions: &[&str]) -> bool {
    extensions.iter().flat_map(|it| [it.to_string(), it.to_uppercase()]).any(|it| sidecar.with_extension(it).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_sidecar_is_another_hash() {
        let file = blake3::hash(b"file");
        let hashes = [mixed(file, None), mixed(file, Some(b"")), mixed(file, Some(b"title: x"))];
        assert_eq!(hashes[0], file);
        assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2]);
    }

    #[test]
    fn a_sidecar_is_named_as_its_file() {
        assert_eq!(stands_beside("a/paper.yaml"), Some(["pdf"].as_slice()));
        assert_eq!(stands_beside("a/paper.yml"), None);
    }
}
