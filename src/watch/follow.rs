//! The loop that keeps looking.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use super::indexer::Indexer;
use super::measure;
use super::report::{Folders, Report, WatchError};
use super::trigger::{Heard, Trigger, What};
use crate::content::Look;
use crate::index::Store;

/// So long after a change the whole folder is looked at: a file that was written into a new folder before that was
/// watched has no event.
const SETTLING: Duration = Duration::from_secs(1);
/// After a look that takes long the next of its kind waits so many times as long: what is saved meanwhile waits for it.
const REST: u32 = 10;

/// Between two looks whether somebody wants something, and before it is done.
const GLANCE: Duration = Duration::from_millis(500);

/// How long to wait for what.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two looks that read every file, whatever events came, or longer where they take long.
    pub full_look: Duration,
    /// Before another try after a failure.
    pub retry: Duration,
}

/// Follows the folder until `stop` is cancelled: a look after each trigger, a quick one of the whole folder when it has
/// changed something, a full one by the clock, and another try after a failure. A look under way is left to itself: what it has
/// not committed is found again at the next start.
pub async fn follow(indexer: Indexer, mut trigger: Trigger, pace: Pace, stop: CancellationToken) {
    let (store, has_learned) = (Arc::clone(indexer.store()), indexer.has_learned());
    let indexer = Arc::new(Mutex::new(indexer));
    let mut full_look = Instant::now() + pace.full_look;
    let mut left = Left::default();
    loop {
        let watching =
            trigger.keep().map_err(|error| Trouble::Failure(format!("the folder cannot be watched: {error}")));
        if let Err(trouble) = &watching {
            left.trouble(trouble);
        }
        let (why, since) = tokio::select! {
            () = stop.cancelled() => return,
            Heard { first, what } = trigger.wait() => (Why::Heard(what), Some(first)),
            () = wait_until(left.next(pace.retry)) => (Why::Heard(What::Anything), None),
            () = wanted(&store) => (Why::Thorough, None),
            () = learned(&has_learned) => (Why::Heard(What::Anything), None),
            () = sleep_until(full_look) => (Why::Thorough, None),
        };
        let (begin, extent) = (Instant::now(), why.extent());
        let looked = tokio::select! {
            () = stop.cancelled() => return,
            looked = look_once(Arc::clone(&indexer), why) => looked,
        };
        if extent == Extent::Full {
            full_look = Instant::now() + pace.full_look.max(begin.elapsed() * REST);
        }
        if let (Some(first), Ok(Report { updated: 1.., .. })) = (since, &looked) {
            measure::found_since(first.into_std());
        }
        let looked = looked.and_then(|report| watching.map(|()| report));
        if left.after(extent, begin.elapsed(), looked) == Watch::IsStale {
            trigger.renew();
        }
    }
}

/// Why to look.
enum Why {
    /// This may have changed.
    Heard(What),
    /// Every file is to be read.
    Thorough,
}

/// How much of the folder is looked at; see [`Look`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Files,
    Quick,
    Full,
}

impl Why {
    fn extent(&self) -> Extent {
        match self {
            Why::Heard(What::Files(_)) => Extent::Files,
            Why::Heard(What::Anything) => Extent::Quick,
            Why::Thorough => Extent::Full,
        }
    }
}

/// Why a look led to nothing.
#[derive(Clone, PartialEq, Eq)]
enum Trouble {
    /// Another process writes.
    StandingBy,
    Failure(String),
}

impl From<WatchError> for Trouble {
    fn from(error: WatchError) -> Trouble {
        match error {
            WatchError::StandingBy => Trouble::StandingBy,
            error => Trouble::Failure(error.to_string()),
        }
    }
}

/// What the last look has left to do.
#[derive(Default)]
struct Left {
    trouble: Option<Trouble>,
    /// When to look at the whole folder after a change.
    again: Option<Instant>,
    /// How long the last quick look at the whole folder took that had nothing to do.
    took: Duration,
    unreadable: usize,
}

/// Whether the watch may lack folders. It does where one could not be read and now can be; and where one was put in the
/// place of another, the watch of the new one may have ended with that of the old.
#[derive(PartialEq, Eq)]
enum Watch {
    IsStale,
    IsGood,
}

impl Left {
    /// When to look again, whatever happens meanwhile.
    fn next(&self, retry: Duration) -> Option<Instant> {
        if self.trouble.is_some() { Some(Instant::now() + retry) } else { self.again }
    }

    fn after(&mut self, extent: Extent, took: Duration, looked: Result<Report, Trouble>) -> Watch {
        if extent != Extent::Files {
            self.again = None;
        }
        match looked {
            Err(trouble) => {
                self.trouble(&trouble);
                Watch::IsGood
            }
            Ok(report) => {
                self.trouble = None;
                if extent == Extent::Quick && !report.has_changes() {
                    self.took = took;
                }
                let settled = || Instant::now() + SETTLING.max(self.took * REST);
                self.again = self.again.or_else(|| report.has_changes().then(settled));
                let before = std::mem::replace(&mut self.unreadable, report.unreadable);
                let is_stale = report.unreadable < before || report.folders == Folders::Others;
                if is_stale { Watch::IsStale } else { Watch::IsGood }
            }
        }
    }

    /// Logs a trouble once, however often it is met.
    fn trouble(&mut self, trouble: &Trouble) {
        if self.trouble.as_ref() == Some(trouble) {
            return;
        }
        match trouble {
            Trouble::StandingBy => tracing::info!("{}", WatchError::StandingBy),
            Trouble::Failure(reason) => tracing::error!("{reason}; trying again"),
        }
        self.trouble = Some(trouble.clone());
    }
}

/// Waits until then, or for ever.
async fn wait_until(then: Option<Instant>) {
    match then {
        Some(then) => sleep_until(then).await,
        None => std::future::pending().await,
    }
}

/// Waits until somebody wants more than that the folder is followed.
async fn wanted(store: &Store) {
    while !Indexer::is_wanted(store) {
        sleep(GLANCE).await;
    }
    // What cannot be done is not tried all the time.
    sleep(GLANCE).await;
}

/// Waits until something was learned that is to be committed.
async fn learned(has_learned: &AtomicBool) {
    while !has_learned.swap(false, Ordering::AcqRel) {
        sleep(GLANCE).await;
    }
}

/// Looks on a thread that may block.
async fn look_once(indexer: Arc<Mutex<Indexer>>, why: Why) -> Result<Report, Trouble> {
    let looked = tokio::task::spawn_blocking(move || {
        let look = match &why {
            Why::Heard(What::Files(files)) => Look::Files(files),
            Why::Heard(What::Anything) => Look::Quick,
            Why::Thorough => Look::Full,
        };
        let mut indexer = indexer.lock().unwrap_or_else(PoisonError::into_inner);
        indexer.reconcile(look, &|_, _| {})
    });
    match looked.await {
        Ok(result) => result.map_err(Trouble::from),
        Err(panicked) => Err(Trouble::Failure(panicked.to_string())),
    }
}
