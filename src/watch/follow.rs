//! The loop that keeps looking.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep};
use tokio_util::sync::CancellationToken;

use super::indexer::Indexer;
use super::trigger::Trigger;
use crate::content::Look;

/// How long to wait for what.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two looks that read every file, whatever events came.
    pub full_look: Duration,
    /// Before another try after a failure.
    pub retry: Duration,
}

/// Follows the folder until `stop` is cancelled: a quick look after each trigger, a full one by the clock, and
/// another try after a failure. The look under way is finished first.
pub async fn follow(indexer: Indexer, mut trigger: Trigger, pace: Pace, stop: CancellationToken) {
    let indexer = Arc::new(Mutex::new(indexer));
    let mut full_looks = interval_at(Instant::now() + pace.full_look, pace.full_look);
    full_looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut retry = None;
    loop {
        if let Err(error) = trigger.keep() {
            tracing::debug!(%error, "cannot watch the folder; looking by the clock");
            retry = Some(pace.retry);
        }
        let again = async {
            match retry {
                Some(wait) => sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        let look = tokio::select! {
            () = stop.cancelled() => return,
            () = trigger.wait() => Look::Quick,
            () = again => Look::Quick,
            _ = full_looks.tick() => Look::Full,
        };
        retry = match look_once(Arc::clone(&indexer), look).await {
            Ok(()) => None,
            Err(reason) => {
                tracing::error!("the folder was not applied: {reason}; trying again");
                Some(pace.retry)
            }
        };
    }
}

/// Looks on a thread that may block.
async fn look_once(indexer: Arc<Mutex<Indexer>>, look: Look) -> Result<(), String> {
    let looked = tokio::task::spawn_blocking(move || {
        let mut indexer = indexer.lock().unwrap_or_else(PoisonError::into_inner);
        indexer.reconcile(look, &|_, _| {}).map(drop)
    });
    match looked.await {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(panicked) => Err(panicked.to_string()),
    }
}
