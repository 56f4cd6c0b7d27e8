//! Compares an index with its folder: is it what would be built anew?

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::learn::learned_from;
use super::names::folder_names;
use super::report::WatchError;
use crate::content::{Ending, Entry, FileState, Folder, Ledger, Look, Origin, Part, Problem, Site, Snapshot, guarded};
use crate::index::{Digests, Document, Generation, IndexError, IndexedOrigin};

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
    /// The index lacks the article from there.
    Missing(Origin),
    /// The index has an article from there, which is gone or no article any more.
    Surplus(Origin),
    /// The index has several documents from there.
    Repeated(Origin),
    /// The index has the article from there with something else in these fields.
    Differs(Origin, Vec<String>),
    /// The file cannot be read to its end, so that nobody knows whether the index is right.
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
            Difference::Missing(origin) => write!(f, "{origin}: is not in the index"),
            Difference::Surplus(origin) => write!(f, "{origin}: is in the index, and no article in the folder"),
            Difference::Repeated(origin) => write!(f, "{origin}: is in the index more than once"),
            Difference::Differs(origin, fields) => write!(f, "{origin}: differs in {}", fields.join(", ")),
            Difference::Unread(problem) => write!(f, "{problem}, so that it cannot be compared"),
            Difference::Site => write!(f, "the index was built with another {}", Site::FILES.join(", ")),
            Difference::Names => {
                f.write_str("names of authors or organisations are new, and count from the next full look on")
            }
            Difference::Learned => {
                f.write_str("learned terms are those of other articles, until they are learned again")
            }
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
    let indexed = generation.index.origins()?;
    let seen = folder.scan(&known(&indexed), Look::Full)?;
    let Claims { ledger, unread } = Claims::read(folder, &seen, &generation.site, &indexed);
    let expected = expected(folder, &ledger, &unread, generation)?;
    let mut differences = compare(&expected, &found, &unread);
    differences.extend(unread.into_values().map(Difference::Unread));
    differences.extend(of_site(folder, &seen, generation)?);
    differences.sort();
    Ok(Verified { articles: ledger.articles(), differences })
}

/// What the index knows of its files, so that those that cannot be read now are seen all the same.
fn known(indexed: &[IndexedOrigin]) -> Snapshot {
    let files = indexed.iter().map(|it| (it.origin.path.clone(), FileState::unknown()));
    Snapshot { files: files.collect(), ..Snapshot::default() }
}

/// Which file or item has which article.
#[derive(Default)]
struct Claims {
    ledger: Ledger,
    /// Files that cannot be read to their ends, by path.
    unread: BTreeMap<Arc<str>, Problem>,
}

impl Claims {
    fn read(folder: &Folder, seen: &Snapshot, site: &Site, indexed: &[IndexedOrigin]) -> Claims {
        let mut claims = Claims::default();
        for path in seen.files.keys() {
            if let Some(problem) = claims.file(folder, path, site) {
                claims.keep(path, indexed);
                claims.unread.insert(path.clone(), problem);
            }
        }
        claims
    }

    /// Reads a file; gives why it could not be read to its end.
    fn file(&mut self, folder: &Folder, path: &str, site: &Site) -> Option<Problem> {
        let mut part = |part: Part| drop(self.ledger.set(&part.origin, Some(Entry::of(&part))));
        match folder.read(path, site, &mut part).map(|whole| whole.ending) {
            Ok(Ending::Complete) => None,
            Ok(Ending::BrokenOff(problem) | Ending::Unreadable(problem)) | Err(problem) => Some(problem),
        }
    }

    /// What was not read of a file has the articles that it had.
    fn keep(&mut self, path: &str, indexed: &[IndexedOrigin]) {
        for IndexedOrigin { origin, id, .. } in indexed.iter().filter(|it| &*it.origin.path == path) {
            if self.ledger.entry(origin).is_none() {
                self.ledger.set(origin, Some(Entry { claim: Some(id.clone()), ..Entry::default() }));
            }
        }
    }
}

/// What the index would hold.
fn expected(
    folder: &Folder,
    ledger: &Ledger,
    unread: &BTreeMap<Arc<str>, Problem>,
    generation: &Generation,
) -> Result<Digests, IndexError> {
    let paths: BTreeSet<&str> = ledger.owned().map(|(_, origin)| &*origin.path).collect();
    let mut building = Building { generation, documents: Vec::new(), digests: Digests::default(), failed: Ok(()) };
    for path in paths.into_iter().filter(|path| !unread.contains_key(*path)) {
        let mut part = |part: Part| {
            if ledger.owns(&part.origin) {
                building.part(part);
            }
        };
        // Whether it can be read was told when the claims were.
        let _ = folder.read(path, &generation.site, &mut part);
    }
    building.finish()
}

/// Documents that are built, some at a time.
struct Building<'a> {
    generation: &'a Generation,
    documents: Vec<Document>,
    digests: Digests,
    failed: Result<(), IndexError>,
}

impl Building<'_> {
    fn part(&mut self, part: Part) {
        let Generation { analyzer, site, .. } = self.generation;
        let Ok(parsed) = part.read else { return };
        let document = guarded(&part.origin.path, || Document::new(parsed.article, part.hash, analyzer, site));
        self.documents.extend(document.ok());
        if self.documents.len() == AT_ONCE {
            self.digest();
        }
    }

    fn digest(&mut self) {
        match self.generation.index.digests_of(&std::mem::take(&mut self.documents)) {
            Ok(Digests { fields, documents }) => {
                self.digests.fields = fields;
                self.digests.documents.extend(documents);
            }
            Err(error) => self.failed = Err(error),
        }
    }

    fn finish(mut self) -> Result<Digests, IndexError> {
        if !self.documents.is_empty() {
            self.digest();
        }
        self.failed.map(|()| self.digests)
    }
}

fn compare(expected: &Digests, found: &Digests, unread: &BTreeMap<Arc<str>, Problem>) -> Vec<Difference> {
    let mut missing: BTreeMap<&Origin, &[u128]> =
        expected.documents.iter().map(|(origin, hashes)| (origin, hashes.as_slice())).collect();
    let (mut differences, mut met) = (Vec::new(), BTreeSet::new());
    for (origin, hashes) in &found.documents {
        match missing.remove(origin) {
            _ if !met.insert(origin) => differences.push(Difference::Repeated(origin.clone())),
            Some(wanted) if wanted == hashes => {}
            Some(wanted) => {
                let fields = found.differing(wanted, hashes).into_iter().map(str::to_owned).collect();
                differences.push(Difference::Differs(origin.clone(), fields));
            }
            None if unread.contains_key(&origin.path) => {}
            None => differences.push(Difference::Surplus(origin.clone())),
        }
    }
    differences.extend(missing.into_keys().map(|origin| Difference::Missing(origin.clone())));
    differences
}

/// What differs in all that is known beside the articles.
fn of_site(folder: &Folder, seen: &Snapshot, generation: &Generation) -> Result<Vec<Difference>, IndexError> {
    let Generation { site, index, .. } = generation;
    let checks = [
        (folder.site(site).0 == *site, Difference::Site),
        (folder_names(folder, seen, site) == site.names, Difference::Names),
        (learned_from(generation)? == index.learned()?.lines, Difference::Learned),
    ];
    Ok(checks.into_iter().filter(|(is_right, _)| !is_right).map(|(_, difference)| difference).collect())
}
