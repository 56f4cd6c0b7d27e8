//! Applies what differs between the folder and the index.

use std::collections::BTreeSet;
use std::sync::Arc;

use thiserror::Error;

use crate::content::{
    Changes, ContentError, Entry, FileState, Folder, Ledger, Look, Parsed, Problem, Site, Snapshot, parse,
};
use crate::index::{Document, Fingerprint, Generation, IndexError, Store};

/// Why the index could not be brought up to date. What was applied before stays.
#[derive(Debug, Error)]
pub enum WatchError {
    /// The folder cannot be read.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The index cannot be written.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// What one look at the folder led to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files read and indexed again.
    pub updated: usize,
    /// Files gone.
    pub removed: usize,
    /// Whether a new generation was built.
    pub rebuilt: Rebuilt,
    /// Articles in the index now.
    pub articles: usize,
    /// Files of no known format, passed over.
    pub other_files: usize,
    /// Everything that is wrong now with files that were read, by path.
    pub problems: Vec<Problem>,
}

/// Whether a look built a new generation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rebuilt {
    /// The one in use was changed.
    #[default]
    No,
    /// There was none, or it was made for another analyzer or other site data.
    Yes,
}

/// Brings the index up to date with the folder. What it knows moves on only when a commit succeeded.
pub struct Indexer {
    folder: Folder,
    store: Arc<Store>,
    /// `None` until read from the index, and again after a failure.
    applied: Option<Applied>,
    /// What was wrong at the last look, to log only what is new.
    reported: BTreeSet<Problem>,
}

/// What the index holds.
#[derive(Default)]
struct Applied {
    snapshot: Snapshot,
    ledger: Ledger,
}

/// Told how many of how many files are done.
type Progress<'a> = &'a dyn Fn(usize, usize);

impl Indexer {
    /// An indexer of `folder` into `store`.
    pub fn new(folder: Folder, store: Arc<Store>) -> Indexer {
        Indexer {
            folder,
            store,
            applied: None,
            reported: BTreeSet::new(),
        }
    }

    /// The folder it follows.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Looks at the folder and applies what differs; a change of the site's data or of the analyzer
    /// leads to a new generation. `progress` is told the files done and their number.
    ///
    /// # Errors
    /// [`WatchError`]; the index then holds what it held.
    pub fn reconcile(&mut self, look: Look, progress: Progress<'_>) -> Result<Report, WatchError> {
        let (site, site_problem) = self.site();
        let before = self.applied.take();
        let (applied, mut report) = match self.store.current() {
            Ok(generation) if generation.fingerprint == Fingerprint::for_site(&site) => {
                let applied = before.map_or_else(|| Applied::read(&generation), Ok)?;
                self.update(&generation, applied, look, progress)?
            }
            Ok(_) | Err(IndexError::NotReady) => self.rebuild(site, progress)?,
            Err(error) => return Err(error.into()),
        };
        report.articles = applied.ledger.articles();
        report.other_files = applied.snapshot.other_files;
        report.problems = applied.ledger.problems();
        report
            .problems
            .extend(applied.snapshot.problems.iter().cloned().chain(site_problem));
        report.problems.sort();
        report.problems.dedup();
        self.applied = Some(applied);
        self.log(&report);
        Ok(report)
    }

    /// The site's data, or while it cannot be read what was last in use.
    fn site(&self) -> (Site, Option<Problem>) {
        self.folder.site().map(|site| (site, None)).unwrap_or_else(|error| {
            let in_use = self
                .store
                .current()
                .map(|generation| generation.site.clone())
                .unwrap_or_default();
            (
                in_use,
                Some(Problem::error(
                    "",
                    None,
                    format!("{error}; the last data that could be read is used"),
                )),
            )
        })
    }

    fn rebuild(&self, site: Site, progress: Progress<'_>) -> Result<(Applied, Report), WatchError> {
        let building = self.store.begin(site)?;
        let (applied, report) = self.update(building.generation(), Applied::default(), Look::Full, progress)?;
        self.store.switch_to(building)?;
        Ok((
            applied,
            Report {
                rebuilt: Rebuilt::Yes,
                ..report
            },
        ))
    }

    fn update(
        &self,
        generation: &Generation,
        mut applied: Applied,
        look: Look,
        progress: Progress<'_>,
    ) -> Result<(Applied, Report), WatchError> {
        let seen = self.folder.scan(&applied.snapshot, look)?;
        let changes = Changes::between(&applied.snapshot.files, &seen.files);
        let is_new = applied.snapshot.files.is_empty();
        applied.snapshot = seen;
        if changes.is_empty() && !is_new {
            return Ok((applied, Report::default()));
        }
        let mut batch = Batch {
            folder: &self.folder,
            generation,
            applied,
            decided_elsewhere: BTreeSet::new(),
        };
        for path in &changes.deletes {
            batch.delete(path)?;
        }
        for (done, path) in changes.upserts.iter().enumerate() {
            batch.upsert(path)?;
            progress(done + 1, changes.upserts.len());
        }
        batch.settle_others()?;
        generation.index.commit()?;
        let report = Report {
            updated: changes.upserts.len(),
            removed: changes.deletes.len(),
            ..Report::default()
        };
        Ok((batch.applied, report))
    }

    fn log(&mut self, report: &Report) {
        let now: BTreeSet<Problem> = report.problems.iter().cloned().collect();
        for problem in now.difference(&self.reported) {
            tracing::warn!("{problem}");
        }
        self.reported = now;
        if report.updated + report.removed > 0 || report.rebuilt == Rebuilt::Yes {
            let Report {
                updated,
                removed,
                articles,
                ..
            } = report;
            tracing::info!(updated, removed, articles, rebuilt = ?report.rebuilt, "the index follows the folder");
        }
    }
}

impl Applied {
    fn read(generation: &Generation) -> Result<Applied, IndexError> {
        let mut applied = Applied::default();
        for file in generation.index.files()? {
            let Ok(hash) = blake3::Hash::from_hex(&file.hash) else {
                continue;
            };
            applied
                .snapshot
                .files
                .insert(file.path.clone(), FileState { hash, stamp: None });
            applied.ledger.set(
                &file.path,
                Some(Entry {
                    claim: Some(file.id),
                    problems: Vec::new(),
                }),
            );
        }
        Ok(applied)
    }
}

/// One batch of changes, applied to the index and to what is known of it at once.
struct Batch<'a> {
    folder: &'a Folder,
    generation: &'a Generation,
    applied: Applied,
    /// Files that did not change but whose id became free or taken.
    decided_elsewhere: BTreeSet<String>,
}

impl Batch<'_> {
    fn delete(&mut self, path: &str) -> Result<(), IndexError> {
        self.generation.index.remove(path)?;
        let others = self.applied.ledger.set(path, None);
        self.decided_elsewhere.extend(others);
        Ok(())
    }

    fn upsert(&mut self, path: &str) -> Result<(), IndexError> {
        let read = self.folder.read(path);
        let hash = read.as_ref().ok().map(|(_, hash)| *hash);
        match read.and_then(|(text, _)| parse(path, &text, &self.generation.site)) {
            Ok(parsed) => self.article(path, hash, parsed),
            Err(problem) => self.no_article(path, hash, problem),
        }
    }

    fn article(&mut self, path: &str, hash: Option<blake3::Hash>, parsed: Parsed) -> Result<(), IndexError> {
        let Parsed { article, problems } = parsed;
        let entry = Entry {
            claim: Some(article.id.clone()),
            problems,
        };
        self.note(path, hash, entry);
        match hash {
            Some(hash) if self.applied.ledger.owns(path) => {
                let Generation {
                    analyzer, site, index, ..
                } = self.generation;
                index.add(Document::new(article, hash, analyzer, site))
            }
            _ => self.generation.index.remove(path),
        }
    }

    fn no_article(&mut self, path: &str, hash: Option<blake3::Hash>, problem: Problem) -> Result<(), IndexError> {
        self.note(
            path,
            hash,
            Entry {
                claim: None,
                problems: vec![problem],
            },
        );
        self.generation.index.remove(path)
    }

    /// What was read may be newer than what was seen; what could not be read is looked at again.
    fn note(&mut self, path: &str, hash: Option<blake3::Hash>, entry: Entry) {
        match (hash, self.applied.snapshot.files.get_mut(path)) {
            (Some(hash), Some(state)) if state.hash != hash => *state = FileState { hash, stamp: None },
            (Some(_), _) => {}
            (None, _) => drop(self.applied.snapshot.files.remove(path)),
        }
        let others = self.applied.ledger.set(path, Some(entry));
        self.decided_elsewhere.extend(others);
    }

    /// Files that lost their id to a changed one leave the index, and those that gained it enter.
    fn settle_others(&mut self) -> Result<(), IndexError> {
        for path in std::mem::take(&mut self.decided_elsewhere) {
            if self.applied.ledger.owns(&path) {
                self.upsert(&path)?;
            } else {
                self.generation.index.remove(&path)?;
            }
        }
        Ok(())
    }
}
