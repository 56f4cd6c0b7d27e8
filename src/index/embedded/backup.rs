//! One commit of an index in one file, to be kept elsewhere and put back.
//!
//! It is a tar archive, which many programs read: first `backup.json` with the length and the checksum of each file,
//! then those files. The engine never changes a file that it has written, so that those of a commit that are open stay
//! as they are while others are written and these removed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tantivy::TantivyError;
use tempfile::TempDir;

use super::damaged;
use super::named::{CURRENT, MANIFEST, is_generation};
use super::read_only::ReadOnly;
use crate::index::store::JOURNAL;
use crate::index::{IndexError, TEMPORARY};

/// The file that tells of the others, the first of a backup.
const CONTENTS: &str = "backup.json";
/// What the engine calls the file that names those of its last commit.
const META: &str = "meta.json";
/// What the engine calls the list of the files that are its own.
const MANAGED: &str = ".managed.json";
/// The longest `backup.json`, in bytes.
const LONGEST_CONTENTS: u64 = 16 << 20;
/// How often a commit is looked for whose files are not being removed meanwhile.
const TRIES: usize = 20;

/// A backup that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// Its length.
    pub bytes: u64,
    /// How many articles it has.
    pub articles: u64,
}

/// What `backup.json` says.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Contents {
    /// When the backup was begun.
    taken: Timestamp,
    articles: u64,
    files: Vec<Listed>,
}

/// A file of a backup.
#[derive(Debug, Serialize, Deserialize)]
struct Listed {
    name: String,
    bytes: u64,
    /// BLAKE3, in hexadecimal.
    hash: String,
}

/// A file as it is to be written.
struct Source {
    name: String,
    content: Content,
}

enum Content {
    Open(File),
    Bytes(Vec<u8>),
}

/// Writes the last commit of the index folder `dir` to the new file `to`, or into the folder `to`, whoever writes to the
/// index meanwhile.
///
/// # Errors
/// [`IndexError`] if there is no index, it is damaged, or the file cannot be written; then there is none.
pub fn back_up(dir: &Path, to: &Path) -> Result<Backup, IndexError> {
    let taken = Timestamp::now();
    let to = if to.is_dir() { to.join(taken.strftime("khonha-%Y%m%dT%H%M%SZ.tar").to_string()) } else { to.to_owned() };
    if to.exists() {
        let exists = io::Error::new(io::ErrorKind::AlreadyExists, "it is there already; name another file");
        return Err(IndexError::io("write", &to)(exists));
    }
    let (articles, mut sources) = sources(dir)?;
    let bytes = write(&to, taken, articles, &mut sources).map_err(IndexError::io("write", &to))?;
    Ok(Backup { path: to, bytes, articles })
}

/// The files of the last commit, open, and how many articles it has.
fn sources(dir: &Path) -> Result<(u64, Vec<Source>), IndexError> {
    let mut found = commit(dir);
    for _ in 1..TRIES {
        if !matches!(found, Ok(None)) {
            break;
        }
        found = commit(dir);
    }
    let (articles, mut sources) = found?.ok_or_else(|| damaged(dir, "files are missing, or replaced all the time"))?;
    match fs::read(dir.join(JOURNAL)) {
        Ok(mut journal) => {
            // The last line may be half written.
            journal.truncate(journal.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1));
            sources.push(Source { name: JOURNAL.to_owned(), content: Content::Bytes(journal) });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(IndexError::io("read", &dir.join(JOURNAL))(error)),
    }
    Ok((articles, sources))
}

/// The files of the last commit; `None` if another one came while they were opened, so that some may be gone.
fn commit(dir: &Path) -> Result<Option<(u64, Vec<Source>)>, IndexError> {
    let current = dir.join(CURRENT);
    let name = fs::read_to_string(&current).map_err(IndexError::io("read", &current))?;
    if !is_generation(name.trim()) {
        return Err(damaged(dir, "CURRENT names no generation"));
    }
    let generation = dir.join(name.trim());
    let Ok(meta) = fs::read(generation.join(META)) else { return Ok(None) };
    let opened = ReadOnly::open(&generation).map_err(TantivyError::from).and_then(tantivy::Index::open);
    let Ok(metas) = opened.and_then(|index| index.load_metas()) else { return Ok(None) };
    let listed = metas.list_segment_files().into_iter();
    let names: BTreeSet<String> = listed.map(|path| path.to_string_lossy().into_owned()).collect();
    let mut sources = Vec::new();
    for name in names.iter().map(String::as_str).chain([MANIFEST]) {
        match File::open(generation.join(name)) {
            Ok(file) => sources.push(Source { name: name.to_owned(), content: Content::Open(file) }),
            // Not every segment has every kind of file.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(IndexError::io("open", &generation.join(name))(error)),
        }
    }
    let is_last = fs::read(generation.join(META)).ok() == Some(meta.clone());
    let managed: Vec<&str> =
        sources.iter().map(|source| source.name.as_str()).filter(|name| *name != MANIFEST).collect();
    let managed = serde_json::to_vec(&[managed, vec![META]].concat()).unwrap_or_default();
    sources.push(Source { name: META.to_owned(), content: Content::Bytes(meta) });
    sources.push(Source { name: MANAGED.to_owned(), content: Content::Bytes(managed) });
    let articles = metas.segments.iter().map(|segment| u64::from(segment.num_docs())).sum();
    Ok(is_last.then_some((articles, sources)))
}

fn write(to: &Path, taken: Timestamp, articles: u64, sources: &mut [Source]) -> io::Result<u64> {
    let folder = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = sources.iter_mut().map(Source::listed).collect::<io::Result<Vec<Listed>>>()?;
    let contents = serde_json::to_vec_pretty(&Contents { taken, articles, files })?;
    let file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
    let mut archive = tar::Builder::new(io::BufWriter::new(file));
    append(&mut archive, CONTENTS, taken, contents.len() as u64, contents.as_slice())?;
    for Source { name, content } in sources {
        match content {
            Content::Bytes(bytes) => append(&mut archive, name, taken, bytes.len() as u64, bytes.as_slice())?,
            Content::Open(file) => {
                let bytes = file.metadata()?.len();
                append(&mut archive, name, taken, bytes, file)?;
            }
        }
    }
    let file = archive.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    let bytes = file.as_file().metadata()?.len();
    file.persist_noclobber(to)?;
    File::open(folder)?.sync_all()?;
    Ok(bytes)
}

fn append(
    archive: &mut tar::Builder<impl Write>,
    name: &str,
    taken: Timestamp,
    bytes: u64,
    content: impl Read,
) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_mode(0o644);
    header.set_mtime(u64::try_from(taken.as_second()).unwrap_or_default());
    header.set_size(bytes);
    archive.append_data(&mut header, name, content)
}

impl Source {
    fn listed(&mut self) -> io::Result<Listed> {
        let mut hasher = blake3::Hasher::new();
        let bytes = match &mut self.content {
            Content::Bytes(content) => io::copy(&mut content.as_slice(), &mut hasher)?,
            Content::Open(file) => {
                let bytes = io::copy(file, &mut hasher)?;
                file.rewind()?;
                bytes
            }
        };
        Ok(Listed { name: self.name.clone(), bytes, hash: hasher.finalize().to_hex().to_string() })
    }
}

/// Unpacks the backup `from` into a new folder within `dir`, and compares everything with its checksums.
///
/// # Errors
/// [`IndexError`] if the file cannot be read, is no backup or is damaged, or the folder cannot be written; then nothing is
/// left of it.
pub(super) fn unpack(from: &Path, dir: &Path) -> Result<(TempDir, Contents), IndexError> {
    let file = File::open(from).map_err(IndexError::io("open", from))?;
    let folder = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(dir).map_err(IndexError::io("write to", dir))?;
    let contents = unpack_into(folder.path(), file).map_err(IndexError::io("restore", from))?;
    let is_everyones = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(folder.path(), is_everyones).map_err(IndexError::io("open to others", folder.path()))?;
    Ok((folder, contents))
}

impl Contents {
    /// How many articles the backup has.
    pub(super) fn articles(&self) -> u64 {
        self.articles
    }
}

fn unpack_into(folder: &Path, file: File) -> io::Result<Contents> {
    let mut archive = tar::Archive::new(io::BufReader::new(file));
    let mut entries = archive.entries()?;
    let first = entries.next().ok_or_else(no_backup)?.map_err(|_| no_backup())?;
    if first.path()?.as_os_str() != CONTENTS {
        return Err(no_backup());
    }
    let contents: Contents = serde_json::from_reader(first.take(LONGEST_CONTENTS)).map_err(|_| no_backup())?;
    for listed in &contents.files {
        let entry = entries.next().ok_or_else(|| changed(&listed.name))??;
        let is_listed = is_plain(&listed.name) && entry.path()?.as_os_str() == listed.name.as_str();
        if !is_listed || unpack_file(&folder.join(&listed.name), entry)? != (listed.bytes, listed.hash.clone()) {
            return Err(changed(&listed.name));
        }
    }
    File::open(folder)?.sync_all()?;
    Ok(contents)
}

/// Writes what `content` has to a new file; gives its length and its hash.
fn unpack_file(path: &Path, mut content: impl Read) -> io::Result<(u64, String)> {
    let mut file = File::create_new(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 64 << 10];
    let mut bytes = 0;
    loop {
        let read = content.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        file.write_all(&buffer[..read])?;
        bytes += read as u64;
    }
    file.sync_all()?;
    Ok((bytes, hasher.finalize().to_hex().to_string()))
}

/// Whether a file of this name lies in the folder that it is put into, and nowhere else.
fn is_plain(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !matches!(name, "" | "." | "..") && name.bytes().all(is_letter)
}

fn no_backup() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is no backup that khonha snapshot has written")
}

fn changed(name: &str) -> io::Error {
    let reason = format!("it is damaged: {name} is missing or has other bytes than were written; use another backup");
    io::Error::new(io::ErrorKind::InvalidData, reason)
}
