//! Applies what differs between the folder and the index.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use jiff::Timestamp;

use super::batch::{Batch, Done};
use super::learn::{Learner, learn_and_compact};
use super::measure;
use super::names::{folder_names, indexed_names};
use super::queue::Queue;
use super::report::{Emptied, Folders, Rebuilt, Report, WatchError};
use super::root::Identity;
use crate::content::{
    ArticleId, Changes, Entry, FileState, Files, Folder, Ledger, Look, Origin, Part, Problem, Site, Snapshot,
};
use crate::index::{Generation, Index, IndexError, Store, Work};

/// So many times what it takes to read the topics of the next article is about what it takes to look one up.
const DEARER: u64 = 32;

/// Brings the index up to date with the folder. What it knows moves on only when a commit succeeded.
pub struct Indexer {
    folder: Folder,
    store: Arc<Store>,
    /// `None` until read from the index, and again after a failure.
    applied: Option<Applied>,
    learner: Learner,
    /// Whether the journal has all changes.
    noted: Noted,
    /// What was wrong at the last look, to log only what is new.
    reported: BTreeSet<Problem>,
    emptied: Emptied,
    /// Since when it writes; see [`Store::writing`].
    writing: Option<u64>,
    /// The folder that the index was last brought up to date with.
    root: Option<Identity>,
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

/// Told how many bytes of how many are read.
type Progress<'a> = &'a dyn Fn(usize, usize);

/// What the index holds now, and what was done.
type Updated = Result<(Applied, Report), WatchError>;

impl Indexer {
    /// An indexer of `folder` into `store`.
    pub fn new(folder: Folder, store: Arc<Store>) -> Indexer {
        Indexer {
            folder,
            store,
            applied: None,
            learner: Learner::new(),
            noted: Noted::NotAll,
            reported: BTreeSet::new(),
            emptied: Emptied::Keep,
            writing: None,
            root: None,
        }
    }

    /// The same, with what the operator says about a folder that has nothing at the first look.
    pub fn with_emptied(self, emptied: Emptied) -> Indexer {
        Indexer { emptied, ..self }
    }

    /// The same, with looks that do not wait for what the articles teach: the next look after that is learned commits it.
    pub fn with_learning_aside(self) -> Indexer {
        Indexer { learner: Learner::aside(), ..self }
    }

    /// Set where something was learned [aside](Indexer::with_learning_aside) that a look is to commit.
    pub(super) fn has_learned(&self) -> Arc<AtomicBool> {
        self.learner.has_learned()
    }

    /// Where it keeps the index.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The folder it follows.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Looks at the folder and applies what differs; a change of the site's data leads to a new
    /// generation. `progress` is told how many bytes of how many are read.
    ///
    /// # Errors
    /// [`WatchError`]; the index then holds what it held.
    pub fn reconcile(&mut self, look: Look<'_>, progress: Progress<'_>) -> Result<Report, WatchError> {
        let store = Arc::clone(&self.store);
        store.status().work(Work::Looking);
        let start = Instant::now();
        let reconciled = self.reconcile_untold(look, progress);
        measure::looked(look, start, &reconciled);
        match &reconciled {
            Ok(report) => store.status().looked(&report.problems, report.change()),
            Err(error) => store.status().failed(error.to_string()),
        }
        reconciled
    }

    /// Whether there is something to do that no change of the folder tells of: a backup to take into use, or an index to
    /// build anew.
    pub fn is_wanted(store: &Store) -> bool {
        store.has_restored() || store.status().is_anew_wanted()
    }

    fn reconcile_untold(&mut self, look: Look<'_>, progress: Progress<'_>) -> Result<Report, WatchError> {
        let writing = self.store.writing()?;
        if writing != self.writing {
            // Whoever wrote meanwhile left another index than the one that is known.
            (self.applied, self.noted) = (None, Noted::NotAll);
            self.writing = writing;
        }
        if writing.is_none() {
            return Err(WatchError::StandingBy);
        }
        if self.store.has_restored() {
            self.take_restored()?;
        }
        let root = Identity::of(self.folder.root());
        let current = match self.store.current() {
            Ok(generation) => Some(generation),
            Err(IndexError::NotReady(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let last = current.as_ref().map(|generation| generation.site.clone()).unwrap_or_default();
        let (site, site_problems) = self.folder.site(&last);
        let (applied, mut report) = match current {
            Some(generation) if self.is_good(&generation, &site) => self.bring_up(&generation, look, progress)?,
            _ => self.rebuild(self.named(site)?, progress)?,
        };
        self.note(&applied, &report)?;
        report.articles = applied.ledger.articles();
        report.other_files = applied.snapshot.other_files;
        report.unreadable = applied.snapshot.unreadable;
        report.problems = [applied.ledger.problems(), applied.snapshot.problems.clone(), site_problems].concat();
        report.problems.sort();
        report.problems.dedup();
        self.applied = Some(applied);
        (self.root, self.emptied) = (root, Emptied::Keep);
        self.log(&report);
        Ok(report)
    }

    /// Whether a generation need not be built anew.
    fn is_good(&self, generation: &Generation, site: &Site) -> bool {
        generation.site == *site && !generation.is_outdated() && !self.store.status().is_anew_wanted()
    }

    fn take_restored(&mut self) -> Result<(), IndexError> {
        self.store.take_restored()?;
        (self.applied, self.noted) = (None, Noted::NotAll);
        tracing::info!("a backup of the index is in use, and is brought up to date with the folder");
        Ok(())
    }

    /// Applies what differs to the generation in use. New names wait for a full look: a generation for each new author
    /// would be too many. So does learning, which reads every article twice.
    fn bring_up(&mut self, generation: &Arc<Generation>, look: Look<'_>, progress: Progress<'_>) -> Updated {
        if self.applied.is_none() {
            self.applied = Some(Applied::read(generation, &self.folder)?);
        }
        self.learner.commit(generation)?;
        let nothing = Snapshot::default();
        let seen = self.scan(self.applied.as_ref().map_or(&nothing, |applied| &applied.snapshot), look)?;
        // After a failure nobody knows what the index has: it is read again.
        let applied = self.applied.take().unwrap_or_default();
        let (applied, report) =
            self.update(generation, applied, seen, |done, files| Work::Indexing { done, files }, progress)?;
        if look != Look::Full {
            return Ok((applied, report));
        }
        let names = indexed_names(generation)?;
        if names != generation.site.names {
            return self.rebuild(Site { names, ..generation.site.clone() }, progress);
        }
        self.learner.learn(generation)?;
        Ok((applied, report))
    }

    fn rebuild(&mut self, site: Site, progress: Progress<'_>) -> Updated {
        let building = self.store.begin(site)?;
        let seen = self.scan(&Snapshot::default(), Look::Full)?;
        let work = |done, files| Work::Building { done, files };
        let (applied, report) = self.update(building.generation(), Applied::default(), seen, work, progress)?;
        learn_and_compact(building.generation())?;
        self.store.switch_to(building)?;
        self.store.status().built_anew();
        Ok((applied, Report { rebuilt: Rebuilt::Yes, ..report }))
    }

    /// What the folder has now.
    fn scan(&self, known: &Snapshot, look: Look<'_>) -> Result<Snapshot, WatchError> {
        let seen = self.folder.scan(known, look)?;
        let has_vanished = seen.files.is_empty() && self.emptied == Emptied::Keep && !self.is_followed();
        if has_vanished && self.store.had_documents() {
            return Err(WatchError::Vanished(self.folder.root().to_owned()));
        }
        Ok(seen)
    }

    /// Whether the folder is the very one that was followed before: what is gone from it was deleted.
    fn is_followed(&self) -> bool {
        self.root.is_some() && self.root == Identity::of(self.folder.root())
    }

    /// Notes in the journal what has changed since it was noted last, be it by this process or by one that was stopped
    /// between its commit and its note.
    fn note(&mut self, applied: &Applied, report: &Report) -> Result<(), IndexError> {
        if report.has_changes() {
            self.noted = Noted::NotAll;
        }
        if self.noted == Noted::NotAll {
            let index = &self.store.current()?.index;
            let topics = |ids: &[&_]| topics(&**index, ids);
            self.store.journal().follow(applied.articles(), topics, Timestamp::now)?;
            self.noted = Noted::All;
        }
        Ok(())
    }

    /// `site` with the names in the folder, for a generation that is not built yet.
    fn named(&self, site: Site) -> Result<Site, WatchError> {
        let seen = self.scan(&Snapshot::default(), Look::Full)?;
        let names = folder_names(&self.folder, &seen, &site);
        Ok(Site { names, ..site })
    }

    /// Puts what differs from `applied` into `generation`. It is told that `work` is being done.
    fn update(
        &self,
        generation: &Generation,
        applied: Applied,
        seen: Snapshot,
        work: fn(usize, usize) -> Work,
        progress: Progress<'_>,
    ) -> Updated {
        let changes = Changes::between(&applied.snapshot.files, &seen.files);
        let folders = if applied.snapshot.folders == seen.folders { Folders::AsBefore } else { Folders::Others };
        let bytes = |path: &Arc<str>| seen.files.get(path).map_or(0, |state| state.bytes);
        let sizes: Vec<u64> = changes.upserts.iter().map(bytes).collect();
        let told = |done: u64| progress(size(done), size(sizes.iter().sum()));
        let (Done { mut applied, updated, removed }, problems) = Queue::drained(generation, |queue| {
            let mut batch = Batch::new(&self.folder, &generation.site, queue, applied, seen);
            changes.deletes.iter().for_each(|path| batch.delete(path));
            let mut read = 0;
            for (done, (path, bytes)) in changes.upserts.iter().zip(&sizes).enumerate() {
                if queue.has_stopped() {
                    break;
                }
                self.store.status().work(work(done, sizes.len()));
                batch.upsert(path, &|at| told(read + at.min(*bytes)));
                read += bytes;
                told(read);
            }
            batch.finish()
        })?;
        applied.snapshot.problems.extend(problems);
        let report = Report { updated, removed, folders, ..Report::default() };
        if report.has_changes() {
            generation.index.commit()?;
        }
        Ok((applied, report))
    }

    fn log(&mut self, report: &Report) {
        let now: BTreeSet<Problem> = report.problems.iter().cloned().collect();
        for problem in now.difference(&self.reported) {
            if problem.is_wrong() {
                tracing::warn!("{problem}");
            } else {
                tracing::info!("{problem}");
            }
        }
        self.reported = now;
        if report.has_changes() {
            let Report { updated, removed, articles, .. } = report;
            tracing::info!(updated, removed, articles, rebuilt = ?report.rebuilt, "the index follows the folder");
        }
    }
}

fn size(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

impl Applied {
    /// The articles that the index holds, with the hashes of what they say.
    fn articles(&self) -> impl Iterator<Item = (&ArticleId, blake3::Hash)> {
        self.ledger.owned().filter_map(|(id, origin)| Some((id, self.ledger.entry(origin)?.hash?)))
    }

    /// What `generation` holds. The files are read for what is wrong with them, which no index keeps; those of many
    /// articles are read by the first look, as if they had changed.
    fn read(generation: &Generation, folder: &Folder) -> Result<Applied, IndexError> {
        let (mut files, mut entries) = (Files::new(), Vec::new());
        for indexed in generation.index.origins()? {
            let Some(hash) = indexed.hash else { continue };
            let is_item = indexed.origin.item.is_some();
            let problems = if is_item { Vec::new() } else { problems(folder, &indexed.origin, hash, &generation.site) };
            let state = if is_item { FileState::unknown() } else { FileState::known(hash) };
            let entry = Entry { claim: Some(indexed.id), hash: Some(hash), line: None, problems };
            files.insert(Arc::clone(&indexed.origin.path), state);
            entries.push((indexed.origin, entry));
        }
        Ok(Applied { snapshot: Snapshot { files, ..Snapshot::default() }, ledger: entries.into_iter().collect() })
    }
}

/// The topics of the articles with these ids, without those above them. Those of all articles are read where many are wanted:
/// one after the other takes a fraction of the time of looking each up.
fn topics(index: &dyn Index, ids: &[&ArticleId]) -> Result<HashMap<ArticleId, Vec<String>>, IndexError> {
    let mut topics = HashMap::new();
    if ids.len() as u64 * DEARER < index.documents() {
        for id in ids {
            topics.extend(index.article(id)?.map(|article| (article.id, lowest(article.topics))));
        }
        return Ok(topics);
    }
    let wanted: HashSet<&ArticleId> = ids.iter().copied().collect();
    index.topics(&mut |id, of| {
        if wanted.contains(&id) {
            topics.insert(id, lowest(of));
        }
    })?;
    Ok(topics)
}

/// The topics that no other of them is below.
fn lowest(mut topics: Vec<String>) -> Vec<String> {
    topics.sort_unstable();
    let all = topics.clone();
    topics.retain(|topic| {
        !all.iter().any(|other| other.strip_prefix(topic.as_str()).is_some_and(|rest| rest.starts_with('/')))
    });
    topics
}

/// What is wrong with the article of a file, if that still is what the index has.
fn problems(folder: &Folder, origin: &Origin, hash: blake3::Hash, site: &Site) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut part = |part: Part| {
        if let (true, Ok(parsed)) = (part.hash == hash, part.read) {
            problems = parsed.problems;
        }
    };
    // Whether it can be read is told by the look that follows.
    let _ = folder.read(&origin.path, site, &mut part);
    problems
}
