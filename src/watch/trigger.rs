//! When to look at the folder: soon after the file system says that something happened, or by a clock.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout_at};

use super::measure;
use super::root::Identity;

/// A folder that never becomes quiet is looked at after so many times the wanted quiet.
const MOST_QUIETS: u32 = 4;

/// Between two looks at which folder lies at the path: no event tells that it was mounted over, or that a link to it now
/// leads to another one.
const GLANCE: Duration = Duration::from_secs(1);

/// What tells that the folder may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// Events of the file system, once none came for so long.
    Events {
        /// How long.
        quiet: Duration,
    },
    /// A clock alone: for network file systems, which have no events of what other machines change. Each time the folder
    /// is compared by lengths and times, which is all that a watcher that polls could do as well.
    Polling {
        /// Time between two looks.
        every: Duration,
    },
}

/// Wakes whoever waits when it is time to look.
pub struct Trigger {
    root: PathBuf,
    watching: Watching,
    wake: Arc<Notify>,
    /// The watch, and the folder it was set on.
    watch: Option<(RecommendedWatcher, Option<Identity>)>,
}

impl Trigger {
    /// A trigger for `root`. It hears events from the first call of [`Trigger::keep`] on.
    pub fn new(root: &Path, watching: Watching) -> Trigger {
        Trigger { root: root.to_owned(), watching, wake: Arc::new(Notify::new()), watch: None }
    }

    /// Waits for the next time to look; events since the last wait count. Whoever gives up waiting has to look. Gives
    /// when the first event was heard, or the clock struck.
    pub async fn wait(&self) -> Instant {
        match self.watching {
            Watching::Polling { every } => {
                sleep(every).await;
                Instant::now()
            }
            Watching::Events { quiet } => {
                self.event().await;
                let first = Instant::now();
                self.calm(quiet).await;
                first
            }
        }
    }

    /// Sets the watch where it is missing or rests on a folder that was replaced, and then wakes, since
    /// what happened in between was not seen. Polling needs none.
    ///
    /// # Errors
    /// The system's word if the folder cannot be watched; looks by the clock go on.
    pub fn keep(&mut self) -> notify::Result<()> {
        if matches!(self.watching, Watching::Polling { .. }) || self.watch.is_some() && !self.is_elsewhere() {
            return Ok(());
        }
        self.watch = None;
        let identity = Identity::of(&self.root);
        let wake = Arc::clone(&self.wake);
        let handler = move |event: notify::Result<Event>| {
            // An error, such as a lost event, is a reason to look as well.
            if event.map_or(true, |event| changes_something(&event.kind)) {
                measure::heard();
                wake.notify_one();
            }
        };
        let mut watch = notify::recommended_watcher(handler)?;
        watch.watch(&self.root, RecursiveMode::Recursive)?;
        self.watch = Some((watch, identity));
        self.wake.notify_one();
        Ok(())
    }

    /// Sets the watch anew with the next [`Trigger::keep`]: folders that could not be read could not be watched.
    pub fn renew(&mut self) {
        self.watch = None;
    }

    async fn event(&self) {
        let glances = async {
            while !self.is_elsewhere() {
                sleep(GLANCE).await;
            }
        };
        tokio::select! {
            () = self.wake.notified() => {}
            () = glances => {}
        }
    }

    /// Waits until no event came for so long.
    async fn calm(&self, quiet: Duration) {
        let latest = Instant::now() + quiet * MOST_QUIETS;
        let next = || timeout_at(latest.min(Instant::now() + quiet), self.wake.notified());
        while next().await.is_ok() && Instant::now() < latest {}
    }

    /// Whether another folder lies where the watched one was.
    fn is_elsewhere(&self) -> bool {
        self.watch.as_ref().is_some_and(|(_, watched)| *watched != Identity::of(&self.root))
    }
}

/// Reading a file is an event too, and looking at the folder reads files.
fn changes_something(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if *access != AccessKind::Close(AccessMode::Write))
}
