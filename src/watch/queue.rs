//! Changes on their way into an index: while articles are cut into terms, the next are read.
//!
//! Several are cut at a time, in lanes that get one change after the other in turn. Who adds them to the index takes
//! them from the lanes in the same turn, so that they are made in the order in which they came.

use std::cell::Cell;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::content::{Article, Origin, Problem, guarded};
use crate::index::{Document, Generation, IndexError};

/// So many changes wait at most before and after each lane, with their articles in memory.
const MOST_WAITING: usize = 2;
/// The most lanes: beyond that the index is what takes the time.
const MOST_LANES: usize = 4;

/// Takes changes, which are made in the order in which they come.
pub(super) struct Queue {
    lanes: Vec<SyncSender<Change>>,
    /// The lane whose turn it is.
    turn: Cell<usize>,
    has_stopped: Cell<bool>,
}

enum Change {
    Add { origin: Origin, hash: blake3::Hash, article: Box<Article> },
    Remove(Origin),
}

impl Queue {
    /// Does `work` with a queue, and gives what it gives once all changes are made, none of them committed, with what
    /// could not be made into a document.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be written.
    pub(super) fn drained<T>(
        generation: &Generation,
        work: impl FnOnce(&Queue) -> T,
    ) -> Result<(T, Vec<Problem>), IndexError> {
        thread::scope(|scope| {
            let (mut lanes, mut ends) = (Vec::new(), Vec::new());
            for _ in 0..thread::available_parallelism().map_or(1, NonZero::get).min(MOST_LANES) {
                let ((lane, changes), (cut, end)) = (sync_channel(MOST_WAITING), sync_channel(MOST_WAITING));
                scope.spawn(move || cut_all(generation, changes, cut));
                lanes.push(lane);
                ends.push(end);
            }
            let writer = scope.spawn(move || write(generation, &ends));
            let queue = Queue { lanes, turn: Cell::new(0), has_stopped: Cell::new(false) };
            let done = work(&queue);
            drop(queue);
            let problems = writer.join().unwrap_or_else(|panic| resume_unwind(panic))?;
            Ok((done, problems))
        })
    }

    /// An article takes the place of what was indexed of the same origin.
    pub(super) fn add(&self, origin: Origin, hash: blake3::Hash, article: Article) {
        self.send(Change::Add { origin, hash, article: Box::new(article) });
    }

    /// What was indexed of `origin` goes.
    pub(super) fn remove(&self, origin: Origin) {
        self.send(Change::Remove(origin));
    }

    /// Whether a change failed, so that no more are made; [`Queue::drained`] tells why.
    pub(super) fn has_stopped(&self) -> bool {
        self.has_stopped.get()
    }

    fn send(&self, change: Change) {
        let lane = self.turn.get();
        if self.lanes[lane].send(change).is_err() {
            self.has_stopped.set(true);
        }
        self.turn.set((lane + 1) % self.lanes.len());
    }
}

/// A change that is ready to be made.
enum Cut {
    Add(Box<Document>),
    Remove(Origin),
    /// An article that brings out a defect goes, and is told.
    Spoiled(Origin, Problem),
}

/// Cuts what comes on one lane into terms, until there is no more or nobody takes it.
fn cut_all(generation: &Generation, changes: Receiver<Change>, ready: SyncSender<Cut>) {
    let Generation { analyzer, site, .. } = generation;
    let cut = |change| match change {
        Change::Add { origin, hash, article } => {
            match guarded(&origin.path, || Document::new(*article, hash, analyzer, site)) {
                Ok(document) => Cut::Add(Box::new(document)),
                Err(problem) => Cut::Spoiled(origin, problem),
            }
        }
        Change::Remove(origin) => Cut::Remove(origin),
    };
    for change in changes.into_iter().map(cut) {
        if ready.send(change).is_err() {
            break;
        }
    }
}

/// Makes the changes of the lanes, one of each in turn, until there are no more.
fn write(generation: &Generation, lanes: &[Receiver<Cut>]) -> Result<Vec<Problem>, IndexError> {
    let mut problems = Vec::new();
    // The first lane that has no more had the last turn.
    for change in lanes.iter().cycle().map_while(|lane| lane.recv().ok()) {
        match change {
            Cut::Add(document) => generation.index.add(*document)?,
            Cut::Remove(origin) => generation.index.remove(&origin)?,
            Cut::Spoiled(origin, problem) => {
                problems.push(problem);
                generation.index.remove(&origin)?;
            }
        }
    }
    Ok(problems)
}
