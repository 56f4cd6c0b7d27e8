//! When to look at the folder: soon after the file system says that something happened, or by a clock.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout_at};

use super::measure;
use super::root::Identity;

/// A folder that never becomes quiet is looked at after so many times the wanted quiet.
const MOST_QUIETS: u32 = 4;

/// Where more files may have changed, the whole folder is looked at.
const MOST_FILES: usize = 100;

/// Between two looks at which folder lies at the path: no event tells that it was mounted over, or that a link to it now
/// leads to another one.
const GLANCE: Duration = Duration::from_secs(1);

/// What tells that the folder may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// Events of the file system, once a file is whole or none came for so long.
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

/// What may have changed.
#[derive(Debug, PartialEq, Eq)]
pub enum What {
    /// These files, by path relative to the folder.
    Files(BTreeSet<String>),
    /// Anything in the folder.
    Anything,
}

/// What was heard.
#[derive(Debug)]
pub struct Heard {
    /// When the first event was heard, or the clock struck.
    pub first: Instant,
    /// What may have changed since the last wait.
    pub what: What,
}

/// Events that nobody has looked after yet.
#[derive(Default)]
struct News {
    files: BTreeSet<String>,
    /// Whether more than files may have changed.
    is_more: bool,
    /// Whether a file was closed, or came whole by another name: nobody is about to write more of it.
    is_whole: bool,
}

/// Wakes whoever waits when it is time to look.
pub struct Trigger {
    root: PathBuf,
    watching: Watching,
    wake: Arc<Notify>,
    news: Arc<Mutex<News>>,
    /// The watch, and the folder it was set on.
    watch: Option<(RecommendedWatcher, Option<Identity>)>,
}

impl Trigger {
    /// A trigger for `root`. It hears events from the first call of [`Trigger::keep`] on.
    pub fn new(root: &Path, watching: Watching) -> Trigger {
        Trigger { root: root.to_owned(), watching, wake: Arc::default(), news: Arc::default(), watch: None }
    }

    /// Waits for the next time to look; events since the last wait count. Whoever gives up waiting has to look.
    pub async fn wait(&self) -> Heard {
        match self.watching {
            Watching::Polling { every } => {
                sleep(every).await;
                Heard { first: Instant::now(), what: What::Anything }
            }
            Watching::Events { quiet } => {
                loop {
                    self.event().await;
                    let first = Instant::now();
                    self.calm(quiet).await;
                    // What woke may have been looked after already.
                    if let Some(what) = self.news().take() {
                        return Heard { first, what };
                    }
                }
            }
        }
    }

    fn news(&self) -> MutexGuard<'_, News> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
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
        let (wake, news) = (Arc::clone(&self.wake), Arc::clone(&self.news));
        let root = std::path::absolute(&self.root)?;
        let handler = move |event: notify::Result<Event>| {
            if event.as_ref().is_ok_and(|event| !changes_something(&event.kind)) {
                return;
            }
            measure::heard();
            news.lock().unwrap_or_else(PoisonError::into_inner).add(event, &root);
            wake.notify_one();
        };
        let mut watch = notify::recommended_watcher(handler)?;
        watch.watch(&self.root, RecursiveMode::Recursive)?;
        self.watch = Some((watch, identity));
        self.news().is_more = true;
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
            () = glances => self.news().is_more = true,
        }
    }

    /// Waits until a file is whole, or no event came for so long.
    async fn calm(&self, quiet: Duration) {
        let latest = Instant::now() + quiet * MOST_QUIETS;
        let next = || timeout_at(latest.min(Instant::now() + quiet), self.wake.notified());
        while !self.news().is_whole && next().await.is_ok() && Instant::now() < latest {}
    }

    /// Whether another folder lies where the watched one was.
    fn is_elsewhere(&self) -> bool {
        self.watch.as_ref().is_some_and(|(_, watched)| *watched != Identity::of(&self.root))
    }
}

impl News {
    /// Takes in an event below `root`.
    fn add(&mut self, event: notify::Result<Event>, root: &Path) {
        // An error, such as a lost event, is a reason to look at everything.
        let event = event.ok().filter(|event| !event.need_rescan() && !event.paths.is_empty());
        let Some(event) = event.filter(|_| self.files.len() < MOST_FILES) else { return self.is_more = true };
        self.is_whole |= is_whole(&event.kind);
        for path in event.paths {
            match path.strip_prefix(root).ok().and_then(Path::to_str) {
                Some(path) => _ = self.files.insert(path.replace(std::path::MAIN_SEPARATOR, "/")),
                None => self.is_more = true,
            }
        }
    }

    /// What may have changed, if anything; forgets it.
    fn take(&mut self) -> Option<What> {
        let News { files, is_more, .. } = std::mem::take(self);
        match files.is_empty() && !is_more {
            true => None,
            false => Some(if is_more { What::Anything } else { What::Files(files) }),
        }
    }
}

/// Whether a file is whole after an event. No program but the one that wrote it can tell better.
fn is_whole(kind: &EventKind) -> bool {
    let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
    *kind == closed || matches!(kind, EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_))
}

/// Reading a file is an event too, and looking at the folder reads files.
fn changes_something(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if *access != AccessKind::Close(AccessMode::Write))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, RenameMode};

    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));

    fn news(events: impl IntoIterator<Item = Event>) -> News {
        let mut news = News::default();
        events.into_iter().for_each(|event| news.add(Ok(event), Path::new("/content")));
        news
    }

    fn at(kind: EventKind, path: &str) -> Event {
        Event::new(kind).add_path(path.into())
    }

    #[test]
    fn files_are_named_as_within_the_folder() {
        let mut news = news([at(CLOSED, "/content/a/b.md"), at(EventKind::Create(CreateKind::File), "/content/c.md")]);
        assert_eq!(news.take(), Some(What::Files(["a/b.md".to_owned(), "c.md".to_owned()].into())));
        assert_eq!(news.take(), None);
    }

    #[test]
    fn what_names_no_file_may_be_anything() {
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        let many = (0..=MOST_FILES).map(|number| at(CLOSED, &format!("/content/{number}.md")));
        let elsewhere = at(CLOSED, "/elsewhere/a.md");
        for mut news in [news([lost]), news([Event::new(EventKind::Other)]), news(many), news([elsewhere])] {
            assert_eq!(news.take(), Some(What::Anything));
        }
    }

    #[test]
    fn a_file_is_whole_when_it_was_closed_or_renamed() {
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::To));
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let is_whole = |kind| news([at(kind, "/content/a.md")]).is_whole;
        assert_eq!([CLOSED, renamed, written].map(is_whole), [true, true, false]);
    }
}
