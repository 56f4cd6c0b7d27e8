//! How long requests may wait for their turn: some turns in a burst, few under load that lasts.
//!
//! Controlled delay as in B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015: while nobody has found a turn at once for some
//! time, the load is more than a burst. What is long is told by how long turns take on the machine.

use std::time::Duration;

use tokio::time::Instant;

/// A burst is waited out for as long as so many turns take.
const BURST: u32 = 8;
/// Load that lasts is waited for as long as so many turns take.
const LASTING: u32 = 3;
/// Waits that nobody notices.
const SHORTEST: Duration = Duration::from_millis(25);
/// Nobody waits longer.
pub(super) const LONGEST: Duration = Duration::from_millis(500);
/// The mean moves by one part of so many with each turn.
const WEIGHT: u32 = 8;

/// The pace of turns.
pub(super) struct Pace {
    /// When a turn was free at once for the last time.
    calm: Instant,
    /// How long the last turns took, on average.
    mean: Duration,
}

impl Pace {
    /// As nothing is known yet, turns may take long.
    pub(super) fn new() -> Pace {
        Pace { calm: Instant::now(), mean: LONGEST }
    }

    /// Notes that a turn was free at once.
    pub(super) fn was_free(&mut self) {
        self.calm = Instant::now();
    }

    /// Notes how long a turn took.
    pub(super) fn took(&mut self, time: Duration) {
        self.mean = (self.mean * (WEIGHT - 1) + time.min(LONGEST)) / WEIGHT;
    }

    /// How long a request that comes now may wait.
    pub(super) fn longest_wait(&self) -> Duration {
        let turns = |count: u32| (self.mean * count).clamp(SHORTEST, LONGEST);
        if self.calm.elapsed() >= turns(BURST) { turns(LASTING) } else { turns(BURST) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(turn: u64) -> Pace {
        let mut pace = Pace::new();
        (0..100).for_each(|_| pace.took(Duration::from_millis(turn)));
        pace
    }

    #[tokio::test(start_paused = true)]
    async fn waits_are_short_under_load_that_lasts_and_long_again_after_it() {
        let mut pace = pace(20);
        let burst = pace.longest_wait();
        tokio::time::advance(burst).await;
        assert!(pace.longest_wait() < burst / 2);
        pace.was_free();
        assert_eq!(pace.longest_wait(), burst);
    }

    #[tokio::test(start_paused = true)]
    async fn waits_are_as_long_as_the_machine_is_slow_within_bounds() {
        let waits = [0, 10, 20, 50, 10_000].map(|turn| pace(turn).longest_wait());
        assert!(waits.is_sorted() && waits[1] < waits[2], "{waits:?}");
        assert_eq!((waits[0], waits[4]), (SHORTEST, LONGEST));
    }
}
