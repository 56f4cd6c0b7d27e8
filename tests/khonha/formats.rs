//! What every format must keep to. Each has a folder of examples in `formats/`, named as it is in small letters: files of
//! the format beside the site's own files (`formats.toml`, `topics.toml`), `counts.toml` with how many articles each file
//! of many has, counted by hand, and as snapshots what is read of each file, to be checked by eye.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use khonha::content::{Ending, Folder, Look, Origin, Part, Problem, Site, Snapshot, Whole, formats, to_html};
use khonha::text::Language;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

/// The largest article of these tests, in bytes.
const MOST: u64 = 1 << 20;
/// Random inputs for each extension.
const CASES: u32 = 64;
/// Lengths that each example is cut to.
const CUTS: usize = 24;

/// A file of a format that is there to be read.
struct Example {
    format: &'static str,
    folder: PathBuf,
    /// Relative to the folder.
    path: String,
}

/// What a file says.
struct Read {
    parts: Vec<Part>,
    whole: Whole,
}

impl Example {
    fn bytes(&self) -> Vec<u8> {
        fs::read(self.folder.join(&self.path)).expect("the example can be read")
    }

    fn site(&self) -> Site {
        let (site, problems) = Site::read(&self.folder, &Site::default());
        assert_eq!(problems, [], "{}", self.folder.display());
        site
    }

    fn read(&self) -> Read {
        read(&folder(&self.folder), &self.path, &self.site())
    }

    /// What is read of other bytes in its place.
    fn read_as(&self, bytes: &[u8]) -> Read {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let file = temp.path().join(&self.path);
        fs::create_dir_all(file.parent().expect("a file has a parent")).expect("a folder");
        fs::write(&file, bytes).expect("a file");
        read(&folder(temp.path()), &self.path, &self.site())
    }
}

impl Read {
    /// What is wrong, in the order of the file.
    fn problems(&self) -> Vec<&Problem> {
        let of_parts = self.parts.iter().flat_map(|part| match &part.read {
            Ok(parsed) => parsed.problems.iter().collect(),
            Err(problem) => vec![problem],
        });
        let broken = match &self.whole.ending {
            Ending::Complete => None,
            Ending::BrokenOff(problem) | Ending::Unreadable(problem) => Some(problem),
        };
        of_parts.chain(&self.whole.problems).chain(broken).collect()
    }

    fn articles(&self) -> usize {
        self.parts.iter().filter(|part| part.read.is_ok()).count()
    }

    fn errors(&self) -> usize {
        self.problems().iter().filter(|problem| problem.keeps_out()).count()
    }

    /// That whatever was read is reported, and brought out no defect.
    fn is_sound(&self, told: &str) {
        assert!(self.articles() + self.problems().len() > 0, "{told}: neither articles nor problems");
        let defect = self.problems().into_iter().find(|problem| problem.reason.contains("defect"));
        assert_eq!(defect, None, "{told}");
        self.parts.iter().for_each(|part| sound(part, told));
    }
}

fn folder(root: &Path) -> Folder {
    Folder::new(root, MOST).with_pdf_reader(crate::pdf::reader())
}

fn read(folder: &Folder, path: &str, site: &Site) -> Read {
    let mut parts = Vec::new();
    let whole = folder.read(path, site, &mut |part| parts.push(part)).expect("the file can be read");
    Read { parts, whole }
}

/// What holds for every part of every file.
fn sound(part: &Part, told: &str) {
    let Ok(parsed) = &part.read else { return };
    let article = &parsed.article;
    assert_eq!(article.origin, part.origin, "{told}");
    assert!(article.title.best(Language::Thai).is_some_and(|(_, title)| !title.trim().is_empty()), "{told}: no title");
    assert!(!article.languages.is_empty(), "{told}: no language");
    assert!(
        !article.id.as_str().is_empty() && !article.id.as_str().contains("//"),
        "{told}: {:?} is no id",
        article.id
    );
    for block in &article.blocks {
        assert!(!block.text.trim().is_empty() && block.text == block.text.trim(), "{told}: {block:?}");
    }
    assert!(article.body.is_empty() || article.blocks.is_empty() || !to_html(&article.body).is_empty(), "{told}");
    assert!(parsed.problems.iter().all(|problem| !problem.keeps_out()), "{told}: an error of an article that is one");
}

/// Every example of every format; a format without one fails.
fn examples() -> Vec<Example> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/khonha/formats");
    let mut examples = Vec::new();
    for (format, extensions) in formats() {
        let folder = root.join(format.to_lowercase());
        let before = examples.len();
        let seen = self::folder(&folder).scan(&Snapshot::default(), Look::Full);
        let files = seen.map(|seen| seen.files).unwrap_or_default();
        let is_of = |path: &String| extensions.iter().any(|extension| path.ends_with(&format!(".{extension}")));
        let paths = files.keys().map(ToString::to_string).filter(is_of);
        examples.extend(paths.map(|path| Example { format, folder: folder.clone(), path }));
        assert!(examples.len() > before, "{format} has no example in {}", folder.display());
    }
    examples
}

#[test]
fn every_example_is_read_as_expected() {
    for example in examples() {
        let read = example.read();
        let told = format!("{} of {}", example.path, example.format);
        read.is_sound(&told);
        let articles: Vec<_> = read.parts.iter().filter_map(|part| Some(&part.read.as_ref().ok()?.article)).collect();
        let problems: Vec<String> = read.problems().iter().map(|problem| problem.to_string()).collect();
        insta::with_settings!({snapshot_path => &example.folder, prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_json_snapshot!(example.path.replace('/', "-"), json!({"articles": articles, "problems": problems}));
        });
    }
}

#[test]
fn the_same_file_is_read_the_same_twice() {
    for example in examples() {
        let (one, other) = (example.read(), example.read());
        assert!(one.parts == other.parts && one.whole == other.whole, "{} of {}", example.path, example.format);
    }
}

#[test]
fn nothing_is_lost() {
    for example in examples() {
        let read = example.read();
        let holds_items = read.parts.iter().any(|part| part.origin.item.is_some());
        let counted = counts(&example.folder).get(&example.path).copied();
        let expected = if holds_items { counted } else { Some(1) };
        let told = format!("{} of {} (counts.toml says how many it has)", example.path, example.format);
        assert_eq!(Some(read.articles() + read.errors()), expected, "{told}");
    }
}

fn counts(folder: &Path) -> BTreeMap<String, usize> {
    let text = fs::read_to_string(folder.join("counts.toml")).unwrap_or_default();
    let counts: toml::Table = text.parse().expect("counts.toml is TOML");
    counts.into_iter().map(|(path, count)| (path, count.as_integer().expect("a number") as usize)).collect()
}

#[test]
fn no_two_parts_have_one_origin() {
    for example in examples() {
        let origins: Vec<Origin> = example.read().parts.into_iter().map(|part| part.origin).collect();
        let mut alone = origins.clone();
        alone.sort();
        alone.dedup();
        assert_eq!(alone.len(), origins.len(), "{} of {} has two parts of one name", example.path, example.format);
    }
}

#[test]
fn empty_and_cut_files_are_told_and_keep_what_came_before() {
    for example in examples() {
        let (bytes, whole) = (example.bytes(), example.read());
        for length in (0..CUTS).map(|cut| bytes.len() * cut / CUTS) {
            let told = format!("{} of {} cut to {length} bytes", example.path, example.format);
            let cut = example.read_as(&bytes[..length]);
            cut.is_sound(&told);
            // The last one may have been cut without a trace.
            let kept = cut.parts.len().saturating_sub(1);
            let same = cut.parts.iter().zip(&whole.parts).take(kept).all(|(cut, whole)| cut.hash == whole.hash);
            assert!(same, "{told}: another article than in the whole file");
        }
    }
}

/// Random bytes, and examples with some of their bytes changed.
#[test]
fn whatever_bytes_a_file_has_they_bring_out_no_defect() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(CASES) });
    for example in examples() {
        let bytes = example.bytes();
        let noise = prop::collection::vec(any::<u8>(), 0..600);
        let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
        let told = format!("{} of {}", example.path, example.format);
        let checked = runner.run(&(noise, changes), |(noise, changes)| {
            let mut changed = bytes.clone();
            for (at, byte) in changes {
                let at = at.index(changed.len());
                changed[at] = byte;
            }
            for bytes in [noise, changed] {
                example.read_as(&bytes).is_sound(&format!("{told} with the bytes {bytes:?}"));
            }
            Ok(())
        });
        assert_eq!(checked.err().map(|failure| failure.to_string()), None);
    }
}
