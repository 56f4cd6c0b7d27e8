//! How many requests are worked on at once, how many wait, and how long.
//!
//! Searching keeps a core busy, so that more searches than cores make each slower and none faster. As many as there are
//! cores run, some wait a moment, and who comes beyond that is told at once to come back: what is accepted keeps its
//! pace whatever load there is.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use super::pace::Pace;
use crate::http::problem::Problem;

/// Requests that may wait for each that may run.
const WAITING_FOR_EACH: usize = 32;
/// How long a request may take until its answer begins; a search stops itself before.
const DEADLINE: Duration = Duration::from_secs(30);

/// How long requests that do not find a turn at once wait for one: a histogram of seconds.
pub(in crate::http) const WAIT_DURATION: &str = "khonha_http_request_wait_duration_seconds";

/// The turns of requests.
pub(in crate::http) struct Admission {
    /// Requests that may be worked on at once.
    most: usize,
    /// As many more as may be worked on.
    running: Arc<Semaphore>,
    /// As many more as may wait.
    waiting: Semaphore,
    pace: Arc<Mutex<Pace>>,
}

/// The turn of a request: it ends when it is dropped.
pub(in crate::http) struct Turn {
    start: Instant,
    pace: Arc<Mutex<Pace>>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Turn {
    fn drop(&mut self) {
        locked(&self.pace).took(self.start.elapsed());
    }
}

fn locked(pace: &Mutex<Pace>) -> MutexGuard<'_, Pace> {
    pace.lock().unwrap_or_else(PoisonError::into_inner)
}

tokio::task_local! {
    /// What gives the request under way its turn.
    static ADMISSION: Arc<Admission>;
}

impl Admission {
    /// One request for each core.
    pub(in crate::http) fn by_cores() -> Admission {
        Admission::of(std::thread::available_parallelism().map_or(1, usize::from))
    }

    /// `most` requests at once.
    pub(in crate::http) fn of(most: usize) -> Admission {
        let waiting = Semaphore::new(most * WAITING_FOR_EACH);
        let pace = Arc::new(Mutex::new(Pace::new()));
        Admission { most, running: Arc::new(Semaphore::new(most)), waiting, pace }
    }

    /// Requests that are worked on.
    pub(in crate::http) fn running(&self) -> usize {
        self.most - self.running.available_permits()
    }

    /// Requests that wait for their turn.
    pub(in crate::http) fn waiting(&self) -> usize {
        self.most * WAITING_FOR_EACH - self.waiting.available_permits()
    }

    async fn turn(&self) -> Option<Turn> {
        if let Ok(permit) = Arc::clone(&self.running).try_acquire_owned() {
            locked(&self.pace).was_free();
            return Some(self.begin(permit));
        }
        let _waiting = self.waiting.try_acquire().ok()?;
        let (start, longest) = (Instant::now(), locked(&self.pace).longest_wait());
        let permit = timeout(longest, Arc::clone(&self.running).acquire_owned()).await;
        metrics::histogram!(WAIT_DURATION).record(start.elapsed());
        Some(self.begin(permit.ok()?.ok()?))
    }

    fn begin(&self, permit: OwnedSemaphorePermit) -> Turn {
        Turn { start: Instant::now(), pace: Arc::clone(&self.pace), _permit: permit }
    }
}

/// Waits for the turn of the request under way; what asks outside of any request needs none.
///
/// # Errors
/// [`Problem::overloaded`] if too many wait, or have waited too long.
pub(in crate::http) async fn turn() -> Result<Option<Turn>, Problem> {
    match ADMISSION.try_with(Arc::clone) {
        Ok(admission) => admission.turn().await.map(Some).ok_or_else(Problem::overloaded),
        Err(_) => Ok(None),
    }
}

/// The middleware of what takes turns and has a deadline. A request waits for its turn when it has come whole, so that
/// no slow client keeps others from theirs.
pub(in crate::http) async fn admit(State(admission): State<Arc<Admission>>, request: Request, next: Next) -> Response {
    let answer = timeout(DEADLINE, ADMISSION.scope(admission, next.run(request))).await;
    answer.unwrap_or_else(|_| Problem::late().into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_waits_too_long_is_sent_away() {
        let admission = Admission::of(1);
        let first = admission.turn().await.expect("a turn");
        assert!(admission.turn().await.is_none());
        drop(first);
        assert!(admission.turn().await.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn who_finds_too_many_waiting_is_sent_away_at_once() {
        let admission = Arc::new(Admission::of(1));
        let _running = admission.turn().await.expect("a turn");
        let wait = || {
            let admission = Arc::clone(&admission);
            tokio::spawn(async move { admission.turn().await.is_some() })
        };
        let waiting: Vec<_> = (0..WAITING_FOR_EACH).map(|_| wait()).collect();
        tokio::task::yield_now().await;
        let before = Instant::now();
        assert!(admission.turn().await.is_none());
        assert_eq!(before.elapsed(), Duration::ZERO);
        waiting.into_iter().for_each(|task| task.abort());
    }
}
