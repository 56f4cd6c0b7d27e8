//! What counts are kept in.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{AnalyticsError, Day, Period};

/// A place for counts that outlives the process.
pub trait Storage: Send + Sync {
    /// What is kept of the days of `period`.
    ///
    /// # Errors
    /// [`AnalyticsError`] if it cannot be read. What is damaged is no error: it is left out and named.
    fn counts(&self, period: Period) -> Result<Counts, AnalyticsError>;

    /// Adds `more` to what is kept of `day`.
    ///
    /// # Errors
    /// [`AnalyticsError`] if it cannot be written. Then it may be added again, together with what was counted since.
    fn add(&self, day: Date, more: &Day) -> Result<(), AnalyticsError>;

    /// Removes what is kept of days before `first`.
    ///
    /// # Errors
    /// [`AnalyticsError`] if it cannot be removed.
    fn remove_before(&self, first: Date) -> Result<(), AnalyticsError>;
}

/// What is kept of some days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that have any.
    pub days: BTreeMap<Date, Day>,
    /// What is damaged of them, for people.
    pub damaged: Vec<String>,
}
