//! How many requests are worked on at once, how many wait, and how long.
//!
//! Searching keeps a core busy, so that more searches than cores make each slower and none faster. As many as there are
//! cores run, some wait a moment, and who comes beyond that is told at once to come back. A burst is waited out; while
//! nobody has found a turn at once for some time, the load is more than a burst, and waits are so short that what is
//! accepted keeps its pace: controlled delay as in B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use crate::http::problem::Problem;

/// Requests that may wait for each that may run.
const WAITING_FOR_EACH: usize = 32;
/// How long a request of a burst waits for its turn, and how long after a turn that was free at once others are a burst.
const BURST: Duration = Duration::from_millis(100);
/// How long a request waits for its turn under load that lasts: about as long as a search takes.
const UNDER_LOAD: Duration = Duration::from_millis(25);
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
    /// When a turn was free at once for the last time.
    calm: Mutex<Instant>,
}

/// The turn of a request: it ends when it is dropped.
pub(in crate::http) type Turn = OwnedSemaphorePermit;

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
        Admission { most, running: Arc::new(Semaphore::new(most)), waiting, calm: Mutex::new(Instant::now()) }
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
        if let Ok(turn) = Arc::clone(&self.running).try_acquire_owned() {
            *self.calm.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
            return Some(turn);
        }
        let _waiting = self.waiting.try_acquire().ok()?;
        let start = Instant::now();
        let turn = timeout(self.longest_wait(), Arc::clone(&self.running).acquire_owned()).await;
        metrics::histogram!(WAIT_DURATION).record(start.elapsed());
        turn.ok()?.ok()
    }

    fn longest_wait(&self) -> Duration {
        let calm = *self.calm.lock().unwrap_or_else(PoisonError::into_inner);
        if calm.elapsed() >= BURST { UNDER_LOAD } else { BURST }
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
    async fn waits_are_short_under_load_that_lasts_and_long_again_after_it() {
        let admission = Admission::of(1);
        let wait = async || {
            let before = Instant::now();
            assert!(admission.turn().await.is_none());
            before.elapsed()
        };
        let first = admission.turn().await.expect("a turn");
        assert!((BURST..BURST * 2).contains(&wait().await));
        assert!((UNDER_LOAD..UNDER_LOAD * 2).contains(&wait().await));
        drop(first);
        let _second = admission.turn().await.expect("a turn");
        assert!(wait().await >= BURST);
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
