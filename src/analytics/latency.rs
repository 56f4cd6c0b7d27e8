//! How long answers took, in classes: a day's worth in ten numbers.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The upper ends of the classes, in milliseconds; the last class has none.
const ENDS: [u64; 9] = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

/// How many answers took how long.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Latency([u64; ENDS.len() + 1]);

impl Latency {
    /// Counts one answer.
    pub fn add(&mut self, took: Duration) {
        let class = ENDS.partition_point(|&end| Duration::from_millis(end) < took);
        self.0[class] = self.0[class].saturating_add(1);
    }

    /// Counts all of `other` as well.
    pub fn merge(&mut self, other: &Latency) {
        for (own, more) in self.0.iter_mut().zip(other.0) {
            *own = own.saturating_add(more);
        }
    }

    /// How many answers were counted.
    pub fn count(&self) -> u64 {
        self.0.iter().fold(0, |sum, &count| sum.saturating_add(count))
    }

    /// Within how many milliseconds `percent` of the answers came: the upper end of a class. `None` if it is the class
    /// without one, or nothing was counted.
    pub fn within(&self, percent: u64) -> Option<u64> {
        let all = self.count();
        let wanted = u128::from(all) * u128::from(percent);
        let mut so_far = 0_u128;
        let class = self.0.iter().position(|&count| {
            so_far += u128::from(count) * 100;
            so_far >= wanted
        });
        class.filter(|_| all > 0).and_then(|class| ENDS.get(class).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_end_of_its_class() {
        let mut latency = Latency::default();
        assert_eq!(latency.within(50), None);
        for milliseconds in [1, 5, 6, 30, 3_000] {
            latency.add(Duration::from_millis(milliseconds));
        }
        assert_eq!((latency.within(40), latency.within(50), latency.within(80)), (Some(5), Some(10), Some(50)));
        assert_eq!(latency.within(95), None, "it took longer than the last end");
    }
}
