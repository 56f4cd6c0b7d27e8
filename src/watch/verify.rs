//! Compares an index with its folder: is it what would be built anew?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::batch::guarded;
use super::learn::learned_from;
use super::names::folder_names;
use super::report::WatchError;
use crate::content::{Entry, FileState, Folder, Ledger, Loaded, Look, Problem, Site, Snapshot};
use crate::index::{Digests, Document, Generation, IndexError, IndexedFile, fresh_digests};

/// How many documents are built at a time, so that memory has them all at no time.
const AT_ONCE: usize = 500;

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Articles that the folder has.
    pub articles: usize,
    /// Where the index is not as it would be built anew.
    pub differences: Vec<Difference>,
}

/// One thing in which an index is not as it would be built anew.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The index lacks the article of this file.
    Missing(String),
    /// The index has an article of this file, which is gone or no article any more.
    Surplus(String),
    /// The index has several documents of this file.
    Repeated(String),
    /// The index has the article of this file with something else in these fields.
    Differs(String, Vec<String>),
    /// The file cannot be read, so that nobody knows whether the index is right.
    Unread(Problem),
    /// The index was built with other data of the site.
    Site,
    /// The words in names of authors and organisations are others.
    Names,
    /// What the articles teach is something else.
    Learned,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Missing(path) => write!(f, "{path}: is not in the index"),
            Difference::Surplus(path) => write!(f, "{path}: is in the index, and no article in the folder"),
            Difference::Repeated(path) => write!(f, "{path}: is in the index more than once"),
            Difference::Differs(path, fields) => write!(f, "{path}: differs in {}", fields.join(", ")),
            Difference::Unread(problem) => write!(f, "{problem}, so that it cannot be compared"),
            Difference::Site => write!(f, "the index was built with another {}", Site::FILES.join(", ")),
            Difference::Names => {
                f.write_str("names of authors or organisations are new, and count from the next full look on")
            }
            Difference::Learned => f.write_str("learned terms are those of other articles, until the next full look"),
        }
    }
}

/// Compares the last commit of `generation` with `folder`: each document with the one that would be built of its file, and
/// what is known of the site.
///
/// # Errors
/// [`WatchError`] if the folder or the index cannot be read.
pub fn verify(folder: &Folder, generation: &Generation) -> Result<Verified, WatchError> {
    let found = generation.index.digests()?;
    let files: BTreeMap<_, _> = generation.index.files()?.into_iter().map(|file| (file.path.clone(), file)).collect();
    let seen = folder.scan(&known(&files), Look::Full)?;
    let (ledger, unread) = claims(folder, &seen, generation, &files);
    let expected = expected(folder, &ledger, &unread, generation)?;
    let mut differences = compare(&expected, &found, &unread);
    differences.extend(unread.into_values().map(Difference::Unread));
    differences.extend(of_site(folder, &seen, generation)?);
    differences.sort();
    Ok(Verified { articles: ledger.articles(), differences })
}

/// What the index knows of its files, so that those that cannot be read now are seen all the same.
fn known(files: &BTreeMap<String, IndexedFile>) -> Snapshot {
    let state = |file: &IndexedFile| Some(FileState { hash: blake3::Hash::from_hex(&file.hash).ok()?, stamp: None });
    let files = files.iter().filter_map(|(path, file)| Some((path.clone(), state(file)?)));
    Snapshot { files: files.collect(), ..Snapshot::default() }
}

/// Which file has which article; and the files that cannot be read, which have those that they had.
fn claims(
    folder: &Folder,
    seen: &Snapshot,
    generation: &Generation,
    files: &BTreeMap<String, IndexedFile>,
) -> (Ledger, BTreeMap<String, Problem>) {
    let (mut ledger, mut unread) = (Ledger::default(), BTreeMap::new());
    for path in seen.files.keys() {
        match load(folder, path, &generation.site) {
            Ok(loaded) => drop(ledger.set(path, Some(Entry::of(&loaded.read)))),
            Err(problem) => {
                let claim = files.get(path).map(|file| file.id.clone());
                ledger.set(path, claim.map(|id| Entry { claim: Some(id), problems: Vec::new() }));
                unread.insert(path.clone(), problem);
            }
        }
    }
    (ledger, unread)
}

fn load(folder: &Folder, path: &str, site: &Site) -> Result<Loaded, Problem> {
    guarded(path, || folder.load(path, site)).and_then(std::convert::identity)
}

/// What the index would hold.
fn expected(
    folder: &Folder,
    ledger: &Ledger,
    unread: &BTreeMap<String, Problem>,
    generation: &Generation,
) -> Result<Digests, IndexError> {
    let paths: Vec<&str> = ledger.owned().map(|(_, path)| path).filter(|path| !unread.contains_key(*path)).collect();
    let mut expected = Digests::default();
    for paths in paths.chunks(AT_ONCE) {
        let documents: Vec<Document> = paths.iter().filter_map(|path| document(folder, path, generation)).collect();
        let Digests { fields, documents } = fresh_digests(&documents)?;
        expected.fields = fields;
        expected.documents.extend(documents);
    }
    Ok(expected)
}

fn document(folder: &Folder, path: &str, generation: &Generation) -> Option<Document> {
    let Generation { analyzer, site, .. } = generation;
    let Loaded { hash, read } = load(folder, path, site).ok()?;
    let article = read.ok()?.article;
    guarded(path, || Document::new(article, hash, analyzer, site)).ok()
}

fn compare(expected: &Digests, found: &Digests, unread: &BTreeMap<String, Problem>) -> Vec<Difference> {
    let mut missing: BTreeMap<&str, &[u128]> =
        expected.documents.iter().map(|(path, hashes)| (path.as_str(), hashes.as_slice())).collect();
    let (mut differences, mut met) = (Vec::new(), BTreeSet::new());
    for (path, hashes) in &found.documents {
        match missing.remove(path.as_str()) {
            _ if !met.insert(path) => differences.push(Difference::Repeated(path.clone())),
            Some(wanted) if wanted == hashes => {}
            Some(wanted) => {
                let fields = found.differing(wanted, hashes).into_iter().map(str::to_owned).collect();
                differences.push(Difference::Differs(path.clone(), fields));
            }
            None if unread.contains_key(path) => {}
            None => differences.push(Difference::Surplus(path.clone())),
        }
    }
    differences.extend(missing.into_keys().map(|path| Difference::Missing(path.to_owned())));
    differences
}

/// What differs in all that is known beside the articles.
fn of_site(folder: &Folder, seen: &Snapshot, generation: &Generation) -> Result<Vec<Difference>, IndexError> {
    let Generation { site, index, .. } = generation;
    let checks = [
        (folder.site(site).0 == *site, Difference::Site),
        (folder_names(folder, seen, site) == site.names, Difference::Names),
        (learned_from(generation)? == index.learned()?, Difference::Learned),
    ];
    Ok(checks.into_iter().filter(|(is_right, _)| !is_right).map(|(_, difference)| difference).collect())
}
