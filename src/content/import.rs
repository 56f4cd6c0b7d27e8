//! Articles of any format to Markdown files, an article each.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use super::article::{Article, ArticleId};
use super::folder::{Folder, Look};
use super::part::{Ending, Part, Whole};
use super::problem::{ContentError, Problem};
use super::site::Site;
use super::snapshot::Snapshot;
use super::to_markdown::to_markdown;

/// The longest name of a file or folder without its extension, in bytes: file systems end at 255.
const LONGEST_NAME: usize = 200;

/// What to do about files that are there and say something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Keep them and report it.
    Keep,
    /// Write over them.
    Overwrite,
}

/// What was imported. Nothing is lost: what was `found` was written or is an error of `problems`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many there were, be they articles or not.
    pub found: usize,
    /// How many are there as files now.
    pub written: usize,
    /// How many are not.
    pub reported: usize,
    /// Everything that is not as it should be, by path and line.
    pub problems: Vec<Problem>,
    /// Files of no known format, which were passed over.
    pub other_files: usize,
}

/// An import that is about to be done.
pub struct Import {
    source: Folder,
    /// The files to read, with their lengths in bytes.
    files: Vec<(Arc<str>, u64)>,
    site: Site,
    writer: Writer,
}

/// Writes articles, and counts them.
struct Writer {
    target: PathBuf,
    existing: Existing,
    done: Imported,
    /// The files that were written, with the articles in them.
    written: HashMap<String, ArticleId>,
}

impl Import {
    /// The import of `source`, a file or a folder, into the folder `target`, with the names of the site in that. What
    /// fields are called is taken from the folder of `source` where it has a `formats.toml`. `open` makes the folder that is
    /// read of its path.
    ///
    /// # Errors
    /// [`ContentError`] if `source` cannot be read.
    pub fn of(
        source: &Path,
        target: &Path,
        open: impl FnOnce(&Path) -> Folder,
        existing: Existing,
    ) -> Result<Import, ContentError> {
        let no_source = |error| ContentError::NoSource { path: source.to_owned(), source: error };
        let metadata = fs::metadata(source).map_err(no_source)?;
        let (folder, file) = if metadata.is_dir() { (source, None) } else { file_of(source).map_err(no_source)? };
        let folder = open(folder);
        let mut done = Imported::default();
        let files = match file {
            Some(file) => vec![(file.into(), metadata.len())],
            None => {
                let seen = folder.scan(&Snapshot::default(), Look::Full)?;
                (done.other_files, done.reported, done.found) =
                    (seen.other_files, seen.problems.len(), seen.problems.len());
                done.problems = seen.problems;
                seen.files.into_iter().map(|(path, state)| (path, state.bytes)).collect()
            }
        };
        let (mut site, problems) = Site::read(target, &Site::default());
        done.problems.extend(problems);
        if folder.root().join("formats.toml").exists() {
            let (own, problems) = folder.site(&Site::default());
            site.formats = own.formats;
            done.problems.extend(problems);
        }
        let writer = Writer { target: target.to_owned(), existing, done, written: HashMap::new() };
        Ok(Import { source: folder, files, site, writer })
    }

    /// Does it; `progress` is told how many bytes of how many are read.
    pub fn run(self, progress: &dyn Fn(usize, usize)) -> Imported {
        let size = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        let Import { source, files, site, mut writer } = self;
        let all = files.iter().map(|(_, bytes)| bytes).sum();
        let mut before = 0;
        for (path, bytes) in &files {
            let read = source.read(path, &site, &mut |part| {
                progress(size(before + part.at.min(*bytes)), size(all));
                writer.part(part, &site);
            });
            writer.whole(read);
            before += bytes;
            progress(size(before), size(all));
        }
        writer.done.problems.sort();
        writer.done
    }
}

impl Writer {
    fn part(&mut self, part: Part, site: &Site) {
        let parsed = match part.read {
            Ok(parsed) => parsed,
            Err(problem) => return self.tell(problem),
        };
        self.done.problems.extend(parsed.problems);
        match self.write(&parsed.article, site) {
            Ok(()) => {
                self.done.found += 1;
                self.done.written += 1;
            }
            Err(reason) => self.tell(Problem::error(&part.origin.path, part.line, reason)),
        }
    }

    /// What is wrong with a file beside its parts.
    fn whole(&mut self, read: Result<Whole, Problem>) {
        let (problems, ending) = match read {
            Ok(whole) => (whole.problems, whole.ending),
            Err(problem) => (vec![problem], Ending::Complete),
        };
        problems.into_iter().for_each(|problem| self.tell(problem));
        if let Ending::BrokenOff(problem) | Ending::Unreadable(problem) = ending {
            self.tell(problem);
        }
    }

    /// A problem of something that is no article, or a warning.
    fn tell(&mut self, problem: Problem) {
        let is_error = usize::from(problem.keeps_out());
        self.done.found += is_error;
        self.done.reported += is_error;
        self.done.problems.push(problem);
    }

    /// Writes the file of an article, or says why not. One that is there and says the same is as good as written.
    fn write(&mut self, article: &Article, site: &Site) -> Result<(), String> {
        let path = path_of(&article.id);
        let (id, file) = (&article.id, self.target.join(&path));
        if let Some(other) = self.written.get(&path) {
            return Err(format!("has the id \"{id}\", and {path} was written for \"{other}\"; give one another id"));
        }
        let text = to_markdown(article, &path, site);
        match fs::read(&file) {
            Ok(before) if before == text.as_bytes() => {}
            Ok(_) if self.existing == Existing::Keep => {
                return Err(format!("{} is there and says something else; --force writes over it", file.display()));
            }
            _ => save(&file, &text).map_err(|error| format!("{} cannot be written: {error}", file.display()))?,
        }
        self.written.insert(path, id.clone());
        Ok(())
    }
}

/// The folder and the name of a file.
fn file_of(file: &Path) -> io::Result<(&Path, Option<String>)> {
    let name = file.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "its name is not UTF-8"))?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((folder, Some(name.to_owned())))
}

/// The file of an article, named by its id as far as a file can be, and so that it is not passed over.
fn path_of(id: &ArticleId) -> String {
    let names: Vec<String> = id.as_str().split('/').map(file_name).collect();
    format!("{}.md", names.join("/"))
}

fn file_name(part: &str) -> String {
    let shown = if part.starts_with(['.', '_', '~', '#']) { format!("x{part}") } else { part.to_owned() };
    let shown = shown.replace('\\', "-");
    if shown.len() <= LONGEST_NAME {
        return shown;
    }
    let hash = blake3::hash(part.as_bytes()).to_hex();
    format!("{}-{}", &shown[..shown.floor_char_boundary(LONGEST_NAME)], &hash[..8])
}

/// Whoever follows the folder sees the whole file or none.
fn save(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".importing-{}", std::process::id()));
    fs::write(&beside, text)?;
    fs::rename(&beside, file).inspect_err(|_| drop(fs::remove_file(&beside)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_so_that_they_are_found() {
        let path = |id: &str| path_of(&ArticleId::new(id));
        assert_eq!(path("insight/ข้อมูลเปิด"), "insight/ข้อมูลเปิด.md");
        assert_eq!(path("_a/.b"), "x_a/x.b.md");
        let long = path(&"ก".repeat(160));
        assert!(long.len() < 255 && long != path(&"ก".repeat(161)), "{long}");
    }
}
