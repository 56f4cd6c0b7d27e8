//! When to look at the folder: soon after the file system says that something happened.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};
use tokio::sync::Notify;

/// Wakes whoever waits after events in a folder have been quiet for a moment.
pub struct Trigger {
    wake: Arc<Notify>,
    /// The watch, and the folder it was set on: a folder that was replaced has another identity.
    watch: Option<(Watch, Option<Identity>)>,
    root: PathBuf,
    quiet: Duration,
}

type Watch = Debouncer<RecommendedWatcher, NoCache>;

/// Device and number of a folder on Unix; elsewhere nothing, and a replaced folder is found by the
/// periodic look.
type Identity = (u64, u64);

impl Trigger {
    /// A trigger for `root` that waits until its events are `quiet` old. It watches from the first call
    /// of [`Trigger::keep`] on.
    pub fn new(root: &Path, quiet: Duration) -> Trigger {
        Trigger { wake: Arc::new(Notify::new()), watch: None, root: root.to_owned(), quiet }
    }

    /// Waits for the next event; events since the last wait count.
    pub async fn wait(&self) {
        self.wake.notified().await;
    }

    /// Sets the watch where it is missing or rests on a folder that was replaced, and then wakes, since
    /// what happened in between was not seen.
    ///
    /// # Errors
    /// The system's word if the folder cannot be watched; looks by the clock go on.
    pub fn keep(&mut self) -> notify::Result<()> {
        let identity = identity(&self.root);
        if self.watch.as_ref().is_some_and(|(_, watched)| *watched == identity) {
            return Ok(());
        }
        self.watch = None;
        let wake = Arc::clone(&self.wake);
        let handler = move |result: DebounceEventResult| {
            // An error, such as a lost event, is a reason to look as well.
            if result.map_or(true, |events| events.iter().any(|event| changes_something(&event.kind))) {
                wake.notify_one();
            }
        };
        let mut watch: Watch = new_debouncer_opt(self.quiet, None, handler, NoCache, notify::Config::default())?;
        watch.watch(&self.root, RecursiveMode::Recursive)?;
        self.watch = Some((watch, identity));
        self.wake.notify_one();
        Ok(())
    }
}

/// Reading a file is an event too, and looking at the folder reads files.
fn changes_something(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if *access != AccessKind::Close(AccessMode::Write))
}

#[cfg(unix)]
fn identity(root: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(root).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}
