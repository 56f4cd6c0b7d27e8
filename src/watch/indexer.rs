//! Applies what differs between the folder and the index.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use thiserror::Error;

use super::batch::{Batch, guarded};
use super::learn::learn;
use crate::content::{
    ArticleId, Changes, ContentError, Entry, FileState, Folder, Ledger, Look, Problem, Site, Snapshot,
};
use crate::index::{Facet, Generation, IndexError, Plan, Query, Store, site_names};

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
    /// Whether the articles are still those that were learned from.
    learned: Learned,
    /// Whether the journal has all changes.
    noted: Noted,
    /// What was wrong at the last look, to log only what is new.
    reported: BTreeSet<Problem>,
}

/// Whether the articles are those that were learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Learned {
    FromThese,
    FromOthers,
}

/// Whether the journal has all changes of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noted {
    All,
    NotAll,
}

/// What the index holds.
#[derive(Default)]
pub(super) struct Applied {
    pub(super) snapshot: Snapshot,
    pub(super) ledger: Ledger,
}

/// Told how many of how many files are done.
type Progress<'a> = &'a dyn Fn(usize, usize);

impl Indexer {
    /// An indexer of `folder` into `store`.
    pub fn new(folder: Folder, store: Arc<Store>) -> Indexer {
        let reported = BTreeSet::new();
        Indexer { folder, store, applied: None, learned: Learned::FromThese, noted: Noted::NotAll, reported }
    }

    /// The folder it follows.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Looks at the folder and applies what differs; a change of the site's data leads to a new
    /// generation. `progress` is told the files done and their number.
    ///
    /// # Errors
    /// [`WatchError`]; the index then holds what it held.
    pub fn reconcile(&mut self, look: Look, progress: Progress<'_>) -> Result<Report, WatchError> {
        let current = match self.store.current() {
            Ok(generation) => Some(generation),
            Err(IndexError::NotReady) => None,
            Err(error) => return Err(error.into()),
        };
        let last = current.as_ref().map(|generation| generation.site.clone()).unwrap_or_default();
        let (site, site_problems) = self.folder.site(&last);
        let before = self.applied.take();
        let (applied, mut report) = match current {
            Some(generation) if generation.site == site => {
                let applied = before.map_or_else(|| Applied::read(&generation, &self.folder), Ok)?;
                let updated = self.update(&generation, applied, look, progress)?;
                self.learn_if_due(&generation, &updated.1, look)?;
                let names = if look == Look::Full { indexed_names(&generation)? } else { site.names.clone() };
                // New names wait for a full look: a generation for each new author would be too many.
                if names == site.names { updated } else { self.rebuild(Site { names, ..site }, progress)? }
            }
            _ => self.rebuild(Site { names: self.names(&site)?, ..site }, progress)?,
        };
        self.note(&applied, &report)?;
        report.articles = applied.ledger.articles();
        report.other_files = applied.snapshot.other_files;
        report.problems = [applied.ledger.problems(), applied.snapshot.problems.clone(), site_problems].concat();
        report.problems.sort();
        report.problems.dedup();
        self.applied = Some(applied);
        self.log(&report);
        Ok(report)
    }

    /// Learning reads every article twice, so that it waits for a full look, as new names do.
    fn learn_if_due(&mut self, generation: &Generation, report: &Report, look: Look) -> Result<(), IndexError> {
        if report.updated + report.removed > 0 {
            self.learned = Learned::FromOthers;
        }
        if look == Look::Full && self.learned == Learned::FromOthers {
            learn(generation)?;
            self.learned = Learned::FromThese;
        }
        Ok(())
    }

    fn rebuild(&self, site: Site, progress: Progress<'_>) -> Result<(Applied, Report), WatchError> {
        let building = self.store.begin(site)?;
        let (applied, report) = self.update(building.generation(), Applied::default(), Look::Full, progress)?;
        learn(building.generation())?;
        self.store.switch_to(building)?;
        Ok((applied, Report { rebuilt: Rebuilt::Yes, ..report }))
    }

    /// Notes in the journal what has changed since it was noted last, be it by this process or by one that was stopped
    /// between its commit and its note.
    fn note(&mut self, applied: &Applied, report: &Report) -> Result<(), IndexError> {
        if report.updated + report.removed > 0 || report.rebuilt == Rebuilt::Yes {
            self.noted = Noted::NotAll;
        }
        if self.noted == Noted::NotAll {
            let index = &self.store.current()?.index;
            let topics = |id: &_| Ok(index.article(id)?.map(|article| article.topics));
            self.store.journal().follow(applied.articles(), topics, Timestamp::now)?;
            self.noted = Noted::All;
        }
        Ok(())
    }

    /// The names in the folder, for a generation that is not built yet.
    fn names(&self, site: &Site) -> Result<Vec<String>, WatchError> {
        let seen = self.folder.scan(&Snapshot::default(), Look::Full)?;
        let load = |path: &String| guarded(path, || self.folder.load(path, site)).and_then(std::convert::identity);
        let read = |path: &String| load(path).ok()?.read.ok();
        let articles = seen.files.keys().filter_map(read).map(|parsed| parsed.article);
        let names: Vec<String> = articles.flat_map(|it| it.authors.into_iter().chain(it.organisations)).collect();
        Ok(site_names(site, names.iter().map(String::as_str)))
    }

    fn update(
        &self,
        generation: &Generation,
        applied: Applied,
        look: Look,
        progress: Progress<'_>,
    ) -> Result<(Applied, Report), WatchError> {
        let seen = self.folder.scan(&applied.snapshot, look)?;
        let changes = Changes::between(&applied.snapshot.files, &seen.files);
        let mut batch = Batch::new(&self.folder, generation, applied, seen);
        for path in &changes.deletes {
            batch.delete(path)?;
        }
        for (done, path) in changes.upserts.iter().enumerate() {
            batch.upsert(path)?;
            progress(done + 1, changes.upserts.len());
        }
        let applied = batch.finish()?;
        if !changes.is_empty() {
            generation.index.commit()?;
        }
        let report = Report { updated: changes.upserts.len(), removed: changes.deletes.len(), ..Report::default() };
        Ok((applied, report))
    }

    fn log(&mut self, report: &Report) {
        let now: BTreeSet<Problem> = report.problems.iter().cloned().collect();
        for problem in now.difference(&self.reported) {
            tracing::warn!("{problem}");
        }
        self.reported = now;
        if report.updated + report.removed > 0 || report.rebuilt == Rebuilt::Yes {
            let Report { updated, removed, articles, .. } = report;
            tracing::info!(updated, removed, articles, rebuilt = ?report.rebuilt, "the index follows the folder");
        }
    }
}

/// The names in a generation.
fn indexed_names(generation: &Generation) -> Result<Vec<String>, IndexError> {
    let plan = Plan::counting(Query::Everything, vec![Facet::Author, Facet::Organisation]);
    let counts = generation.index.search(&plan)?.facets;
    let names = counts.values().flatten().map(|(name, _)| name.as_str());
    Ok(site_names(&generation.site, names))
}

impl Applied {
    /// The articles that the index holds, with the hashes of their files.
    fn articles(&self) -> impl Iterator<Item = (&ArticleId, blake3::Hash)> {
        let Applied { snapshot, ledger } = self;
        ledger.owned().filter_map(|(id, path)| Some((id, snapshot.files.get(path)?.hash)))
    }

    /// What `generation` holds. The files are read for what is wrong with them, which no index keeps.
    fn read(generation: &Generation, folder: &Folder) -> Result<Applied, IndexError> {
        let mut applied = Applied::default();
        for file in generation.index.files()? {
            let Ok(hash) = blake3::Hash::from_hex(&file.hash) else { continue };
            let loaded = folder.load(&file.path, &generation.site).ok().filter(|loaded| loaded.hash == hash);
            let problems = loaded.and_then(|loaded| loaded.read.ok()).map(|parsed| parsed.problems).unwrap_or_default();
            applied.ledger.set(&file.path, Some(Entry { claim: Some(file.id), problems }));
            applied.snapshot.files.insert(file.path, FileState { hash, stamp: None });
        }
        Ok(applied)
    }
}
