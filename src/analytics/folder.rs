//! The files of the days: read, replaced durably, set aside where they are damaged, removed when they are old.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::written::{decode, encode};
use super::{AnalyticsError, Counts, Day, Period, Storage};

const LOCK: &str = "LOCK";
/// What the file of a day is called after its date.
const EXTENSION: &str = ".ndjson";
/// What stands after that in the name of a file that is set aside.
const DAMAGED: &str = ".damaged-";
/// How the names of files begin that are being written; a crash may leave one.
const UNFINISHED: &str = ".unfinished-";

/// A folder with a file of counts for each day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
}

/// That this process writes into the folder, and no other, until it is dropped.
pub(super) struct Taken(File);

impl Drop for Taken {
    /// Closing the file would do, but not while a program that is being started still has it open as well.
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the folder for counts is given up when the program ends");
        }
    }
}

impl Folder {
    /// The folder at `path`, which need not exist.
    pub fn new(path: impl Into<PathBuf>) -> Folder {
        Folder { path: path.into() }
    }

    /// The file of `day`.
    pub fn file_of(&self, day: Date) -> PathBuf {
        self.path.join(format!("{day}{EXTENSION}"))
    }

    /// The counts of `day`; `None` if there is no file.
    ///
    /// # Errors
    /// [`AnalyticsError::Damaged`], or what the system says.
    pub fn read(&self, day: Date) -> Result<Option<Day>, AnalyticsError> {
        let path = self.file_of(day);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(AnalyticsError::io("read", &path)(error)),
        };
        decode(&bytes, day).map(Some).map_err(|reason| AnalyticsError::damaged(&path, reason))
    }

    /// The days that have a file, in order; none if there is no folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn days(&self) -> Result<BTreeSet<Date>, AnalyticsError> {
        let names = self.names()?;
        Ok(names.iter().filter_map(|name| name.strip_suffix(EXTENSION)?.parse().ok()).collect())
    }

    /// The names of files that were set aside, of days that `is_wanted`.
    ///
    /// # Errors
    /// What the system says.
    pub fn set_aside(&self, is_wanted: impl Fn(Date) -> bool) -> Result<Vec<String>, AnalyticsError> {
        let names = self.names()?.into_iter();
        Ok(names.filter(|name| name.contains(DAMAGED) && day_of(name).is_some_and(&is_wanted)).collect())
    }

    /// Makes the folder and takes it for this process, until what is given is dropped; removes what a crash left.
    pub(super) fn take(&self) -> Result<Taken, AnalyticsError> {
        fs::create_dir_all(&self.path).map_err(AnalyticsError::io("make", &self.path))?;
        let path = self.path.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(AnalyticsError::io("open", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(AnalyticsError::Locked(self.path.clone())),
            Err(TryLockError::Error(error)) => return Err(AnalyticsError::io("lock", &path)(error)),
        }
        self.remove_where(|name| name.starts_with(UNFINISHED))?;
        Ok(Taken(file))
    }

    fn put_aside(&self, day: Date) -> Result<(), AnalyticsError> {
        let path = self.file_of(day);
        let free = (1_u32..).map(|number| self.path.join(format!("{day}{EXTENSION}{DAMAGED}{number}")));
        let Some(aside) = free.into_iter().find(|path| !path.exists()) else { return Ok(()) };
        fs::rename(&path, aside).map_err(AnalyticsError::io("set aside", &path))
    }

    fn remove_where(&self, is_unwanted: impl Fn(&str) -> bool) -> Result<(), AnalyticsError> {
        for name in self.names()?.into_iter().filter(|name| is_unwanted(name)) {
            let path = self.path.join(name);
            fs::remove_file(&path).map_err(AnalyticsError::io("remove", &path))?;
        }
        Ok(())
    }

    /// The names in the folder, in order.
    fn names(&self) -> Result<Vec<String>, AnalyticsError> {
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(AnalyticsError::io("read", &self.path)(error)),
        };
        let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.sort();
        Ok(names)
    }
}

impl Storage for Folder {
    fn counts(&self, period: Period) -> Result<Counts, AnalyticsError> {
        let mut counts = Counts { damaged: self.set_aside(|day| period.has(day))?, ..Counts::default() };
        for day in self.days()?.into_iter().filter(|&day| period.has(day)) {
            match self.read(day) {
                Ok(read) => _ = counts.days.insert(day, read.unwrap_or_default()),
                Err(error @ AnalyticsError::Damaged { .. }) => counts.damaged.push(error.to_string()),
                Err(error) => return Err(error),
            }
        }
        Ok(counts)
    }

    /// A file that cannot be read as counts is set aside first, and told.
    fn add(&self, day: Date, more: &Day) -> Result<(), AnalyticsError> {
        let before = match self.read(day) {
            Err(error @ AnalyticsError::Damaged { .. }) => {
                tracing::error!("{error}; it is set aside");
                self.put_aside(day)?;
                None
            }
            read => read?,
        };
        let mut all = before.unwrap_or_default();
        all.merge(more.clone());
        let path = self.file_of(day);
        let written = encode(day, all).and_then(|text| replace(&path, text.as_bytes()));
        written.map_err(AnalyticsError::io("write", &path))
    }

    /// Those that were set aside as well.
    fn remove_before(&self, first: Date) -> Result<(), AnalyticsError> {
        self.remove_where(|name| day_of(name).is_some_and(|day| day < first))
    }
}

/// The day that a file is of; nothing else is ever removed.
fn day_of(name: &str) -> Option<Date> {
    let (day, rest) = name.split_once(EXTENSION)?;
    (rest.is_empty() || rest.starts_with(DAMAGED)).then(|| day.parse().ok()).flatten()
}

/// Replaces a file so that a crash leaves either the old or the new content. Other users cannot read it.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use tempfile::TempDir;

    use super::*;
    use crate::analytics::{Found, Search, Text};

    fn folder() -> (TempDir, Folder) {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(temp.path());
        (temp, folder)
    }

    fn one_search(query: &str) -> Day {
        let mut day = Day::default();
        let text = Text::of(query).expect("a text");
        day.search(Search { text, found: Found::Nothing, took: std::time::Duration::ZERO });
        day
    }

    #[test]
    fn what_is_added_is_read() {
        let (_temp, folder) = folder();
        let day = date(2024, 7, 10);
        assert_eq!(folder.read(day).expect("readable"), None);
        folder.add(day, &one_search("ธรรมาภิบาล")).expect("written");
        folder.add(day, &one_search("ธรรมาภิบาล")).expect("written");
        let read = folder.read(day).expect("readable").expect("a file");
        assert_eq!(read.queries["ธรรมาภิบาล"].tally.searches, 2);
        assert_eq!(folder.days().expect("readable"), [day].into());
    }

    #[test]
    fn a_damaged_file_is_told_and_set_aside() {
        let (_temp, folder) = folder();
        let day = date(2024, 7, 10);
        for number in 1..3 {
            fs::write(folder.file_of(day), "{\"version\":1,").expect("a file");
            let error = folder.read(day).expect_err("damaged").to_string();
            assert!(error.contains("2024-07-10.ndjson") && error.contains("line 1"), "{error}");
            folder.add(day, &one_search("a")).expect("written");
            assert_eq!(folder.read(day).expect("readable"), Some(one_search("a")));
            assert_eq!(folder.set_aside(|_| true).expect("readable").len(), number);
        }
        assert_eq!(folder.days().expect("readable").len(), 1);
    }

    #[test]
    fn a_file_that_was_cut_short_is_damaged() {
        let (_temp, folder) = folder();
        let day = date(2024, 7, 10);
        folder.add(day, &one_search("a")).expect("written");
        let whole = fs::read_to_string(folder.file_of(day)).expect("a file");
        fs::write(folder.file_of(day), whole.lines().next().unwrap_or_default()).expect("a file");
        assert!(folder.read(day).expect_err("damaged").to_string().contains("0 queries where it says 1"));
    }

    #[test]
    fn old_days_are_removed_and_nothing_else() {
        let (temp, folder) = folder();
        for name in ["2024-07-09.ndjson", "2024-07-09.ndjson.damaged-1", "2024-07-10.ndjson", "2024-07-09.txt", "x"] {
            fs::write(temp.path().join(name), "").expect("a file");
        }
        folder.remove_before(date(2024, 7, 10)).expect("removed");
        assert_eq!(folder.names().expect("readable"), ["2024-07-09.txt", "2024-07-10.ndjson", "x"]);
    }

    #[test]
    fn one_process_writes_at_a_time() {
        let (temp, folder) = folder();
        fs::write(temp.path().join(".unfinished-x"), "").expect("a file");
        let held = folder.take().expect("free");
        assert_eq!(folder.names().expect("readable"), [LOCK]);
        assert!(matches!(folder.take(), Err(AnalyticsError::Locked(_))));
        drop(held);
        folder.take().expect("free again");
    }
}
