//! One file to its parts: the articles that it holds, each as soon as it is read.

use std::cell::Cell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::article::ArticleId;
use super::draft::Draft;
use super::folder::Folder;
use super::formats::{self, Broken, Format, Holds, Input};
use super::metadata::scalar;
use super::origin::Origin;
use super::problem::{Problem, guarded};
use super::read::{Parsed, article};
use super::sidecar;
use super::site::Site;

/// How much of a file is read at a time, in bytes.
const BUFFER: usize = 64 << 10;

/// An article of a file, or why it is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Where it comes from.
    pub origin: Origin,
    /// The hash of what it says; of a file that is an article, that of its bytes.
    pub hash: blake3::Hash,
    /// The line that it begins in, counted from 1, for an item of a file.
    pub line: Option<usize>,
    /// The article, or why it is none.
    pub read: Result<Parsed, Problem>,
    /// How many bytes of the file were read when it was found.
    pub at: u64,
}

/// A file after its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The hash of its bytes.
    pub hash: blake3::Hash,
    /// What is wrong with it, and with what it holds that is not even known to be a part.
    pub problems: Vec<Problem>,
    /// Whether all parts were found.
    pub ending: Ending,
}

/// Whether all parts of a file were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// They were.
    Complete,
    /// Nobody can tell what comes after those that were found. That is so until the file is another one.
    BrokenOff(Problem),
    /// The system did not give the rest for the moment.
    Unreadable(Problem),
}

/// A file that is about to be read.
pub(super) struct FileReader<'a> {
    path: &'a str,
    site: &'a Site,
    format: &'static dyn Format,
    file: File,
    sidecar: Option<Vec<u8>>,
    folder: &'a Folder,
}

/// What came of a file's bytes.
struct Bytes {
    hash: blake3::Hash,
    end: Result<(), Broken>,
}

impl<'a> FileReader<'a> {
    pub(super) fn open(folder: &'a Folder, path: &'a str, site: &'a Site) -> Result<FileReader<'a>, Problem> {
        let format = formats::of(path).ok_or_else(|| Problem::error(path, None, "is of no known format"))?;
        let file = File::open(folder.root().join(path)).map_err(|error| unreadable(path, &error))?;
        if format.holds() == Holds::One {
            let bytes = file.metadata().map_err(|error| unreadable(path, &error))?.len();
            folder.check_size(path, bytes, format)?;
        }
        let sidecar = sidecar::of(&folder.root().join(path), format);
        let sidecar = sidecar.map(|(sidecar, _)| sidecar::read(&sidecar, folder.most())).transpose();
        let sidecar = sidecar.map_err(|error| unreadable(path, &error))?.map(|(bytes, _)| bytes);
        Ok(FileReader { path, site, format, file, sidecar, folder })
    }

    pub(super) fn read(self, found: &mut dyn FnMut(Part)) -> Result<Whole, Problem> {
        match self.format.holds() {
            Holds::One => self.one(found),
            Holds::Many => self.many(found),
        }
    }

    /// The hash of the part is that of the file, which is known when all of it is read.
    fn one(self, found: &mut dyn FnMut(Part)) -> Result<Whole, Problem> {
        let (path, site, at) = (self.path, self.site, Cell::new(0));
        let mut draft = None;
        let Bytes { hash, end } = self.drafts(&at, &mut |read| draft = draft.take().or(Some(read)))?;
        let draft = match end {
            Ok(()) => draft.unwrap_or_else(|| Err(Problem::error(path, None, "holds no article"))),
            Err(Broken::Off(problem)) => Err(problem),
            Err(Broken::Unreadable(error)) => return Err(unreadable(path, &error)),
        };
        let origin = Origin::file(path);
        let read = draft.and_then(|draft| parsed(origin.clone(), ArticleId::of_file(path), draft, site));
        found(Part { origin, hash, line: None, read, at: at.get() });
        Ok(Whole { hash, problems: Vec::new(), ending: Ending::Complete })
    }

    fn many(self, found: &mut dyn FnMut(Part)) -> Result<Whole, Problem> {
        let (path, site, at) = (self.path, self.site, Cell::new(0));
        let mut items = Items::of(path);
        let Bytes { hash, end } = self.drafts(&at, &mut |read| {
            let Some((origin, id, draft)) = items.named(read) else { return };
            let (line, hash) = (draft.lines.start, draft.hash());
            let read = parsed(origin.clone(), id, draft, site);
            found(Part { origin, hash, line, read, at: at.get() });
        })?;
        let ending = match end {
            Ok(()) => Ending::Complete,
            Err(Broken::Off(problem)) => Ending::BrokenOff(problem),
            Err(Broken::Unreadable(error)) => Ending::Unreadable(unreadable(path, &error)),
        };
        Ok(Whole { hash, problems: items.into_problems(&ending), ending })
    }

    /// Reads all bytes, and tells what the format finds in them.
    fn drafts(self, at: &Cell<u64>, found: &mut formats::Found<'_>) -> Result<Bytes, Problem> {
        let mut hashed = Hashed::new(&self.file, at);
        let mut reader = BufReader::with_capacity(BUFFER, &mut hashed);
        let mut input = Input {
            path: self.path,
            site: self.site,
            most: self.folder.most(),
            sidecar: self.sidecar.as_deref(),
            pdf: self.folder.pdf(),
            reader: &mut reader,
            again: &|range| again(&self.file, range),
        };
        let end = match catch_unwind(AssertUnwindSafe(|| self.format.read(&mut input, found))) {
            Ok(end) => end,
            Err(_) if self.format.holds() == Holds::One => return Err(Problem::defect(self.path)),
            Err(_) => Err(Broken::Off(Problem::defect(self.path))),
        };
        // Whatever the format left counts for the hash.
        let rest = io::copy(&mut reader, &mut io::sink());
        drop(reader);
        let hash = sidecar::mixed(hashed.hasher.finalize(), self.sidecar.as_deref());
        Ok(Bytes { hash, end: end.and(rest.map(drop).map_err(Broken::from)) })
    }
}

fn parsed(origin: Origin, id: ArticleId, draft: Draft, site: &Site) -> Result<Parsed, Problem> {
    let path = origin.path.clone();
    guarded(&path, || article(origin, id, draft, site)).and_then(std::convert::identity)
}

fn unreadable(path: &str, error: &io::Error) -> Problem {
    Problem::error(path, None, format!("cannot be read: {error}"))
}

/// Gives the items of one file names that tell them apart.
struct Items<'a> {
    path: &'a str,
    /// How many were found, with those that are no articles.
    found: usize,
    /// How often each name was met.
    names: HashMap<String, usize>,
    /// The first one without a name, by its line.
    unnamed: Option<Option<usize>>,
    problems: Vec<Problem>,
}

impl<'a> Items<'a> {
    fn of(path: &'a str) -> Items<'a> {
        Items { path, found: 0, names: HashMap::new(), unnamed: None, problems: Vec::new() }
    }

    /// An item with its origin and the id that it has if it does not say another. Its place in the file names it only where
    /// it has nothing better, and of several with one name the first has it alone.
    fn named(&mut self, read: Result<Draft, Problem>) -> Option<(Origin, ArticleId, Draft)> {
        self.found += 1;
        let draft = read.map_err(|problem| self.problems.push(problem)).ok()?;
        let given = draft.item.clone().or_else(|| draft.metadata.get("id").and_then(scalar));
        let name = given.filter(|name| !name.is_empty()).unwrap_or_else(|| {
            self.unnamed.get_or_insert(draft.lines.start);
            self.found.to_string()
        });
        let id = ArticleId::of_item(self.path, &name);
        Some((Origin::item(self.path, &self.alone(name)), id, draft))
    }

    /// The name, or one with a number where another item has it.
    fn alone(&mut self, name: String) -> String {
        loop {
            let times = self.names.entry(name.clone()).or_default();
            *times += 1;
            if *times == 1 {
                return name;
            }
            let numbered = format!("{name} ({times})");
            if self.names.insert(numbered.clone(), 1).is_none() {
                return numbered;
            }
        }
    }

    fn into_problems(mut self, ending: &Ending) -> Vec<Problem> {
        if self.found == 0 && *ending == Ending::Complete {
            self.problems.push(Problem::warning(self.path, None, "holds no article"));
        }
        if let Some(line) = self.unnamed {
            let reason = "articles without an id are numbered as they come, so that their addresses change when others come \
                          or go before them; give each an id";
            self.problems.push(Problem::warning(self.path, line, reason));
        }
        self.problems
    }
}

/// Bytes that were read before. What is read next is the end, as it was for those who have read all.
fn again(mut file: &File, range: Range<u64>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(range.start))?;
    file.take(range.end - range.start).read_to_end(&mut bytes)?;
    file.seek(SeekFrom::End(0))?;
    Ok(bytes)
}

/// Hashes and counts what is read through it.
struct Hashed<'a> {
    file: &'a File,
    hasher: blake3::Hasher,
    bytes: &'a Cell<u64>,
    /// Where the file once ended it ends: what is written behind it meanwhile was not read, and is not hashed.
    has_ended: bool,
}

impl<'a> Hashed<'a> {
    fn new(file: &'a File, bytes: &'a Cell<u64>) -> Hashed<'a> {
        Hashed { file, hasher: blake3::Hasher::new(), bytes, has_ended: false }
    }
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.has_ended {
            return Ok(0);
        }
        let read = self.file.read(buffer)?;
        self.has_ended = read == 0 && !buffer.is_empty();
        self.hasher.update(&buffer[..read]);
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_comes_behind_the_end_of_a_file_that_was_read_is_not_hashed() {
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(b"half").expect("it can be written");
        let (reading, at) = (file.try_clone().expect("the same file"), Cell::new(0));
        io::Seek::rewind(&mut &reading).expect("its beginning");
        let (mut hashed, mut text) = (Hashed::new(&reading, &at), String::new());
        hashed.read_to_string(&mut text).expect("it can be read");
        file.write_all(b" and half").expect("it can be written");
        io::Seek::seek(&mut &reading, io::SeekFrom::Start(4)).expect("where it ended");
        hashed.read_to_string(&mut text).expect("it can be read");
        assert_eq!((text.as_str(), hashed.hasher.finalize(), at.get()), ("half", blake3::hash(b"half"), 4));
    }
}
