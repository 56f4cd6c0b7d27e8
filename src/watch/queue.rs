//! Changes on their way into an index: while one article is cut into terms, the next is read.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::content::{Article, Origin, Problem, guarded};
use crate::index::{Document, Generation, IndexError};

/// So many changes wait at most, with their articles in memory.
const MOST_WAITING: usize = 4;

/// Takes changes, which are made in the order in which they come.
pub(super) struct Queue {
    sender: SyncSender<Change>,
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
            let (sender, receiver) = sync_channel(MOST_WAITING);
            let writer = scope.spawn(move || write(generation, receiver));
            let queue = Queue { sender, has_stopped: Cell::new(false) };
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
        if self.sender.send(change).is_err() {
            self.has_stopped.set(true);
        }
    }
}

/// Makes changes until there are no more. An article that brings out a defect goes, and is told.
fn write(generation: &Generation, changes: Receiver<Change>) -> Result<Vec<Problem>, IndexError> {
    let Generation { analyzer, site, index, .. } = generation;
    let mut problems = Vec::new();
    for change in changes {
        match change {
            Change::Add { origin, hash, article } => {
                match guarded(&origin.path, || Document::new(*article, hash, analyzer, site)) {
                    Ok(document) => index.add(document)?,
                    Err(problem) => {
                        problems.push(problem);
                        index.remove(&origin)?;
                    }
                }
            }
            Change::Remove(origin) => index.remove(&origin)?,
        }
    }
    Ok(problems)
}
