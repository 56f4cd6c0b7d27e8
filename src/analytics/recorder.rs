//! Counts events in memory, and writes what it has counted when it is told to.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::ToSpan;
use jiff::civil::Date;

use super::folder::Taken;
use super::{AnalyticsError, Click, Day, Folder, Period, Report, Search, Storage, report};

/// How long counts are kept, in days; today is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention(pub u32);

impl Retention {
    /// The first day that is kept.
    pub fn first_kept(self, today: Date) -> Date {
        today.saturating_sub(i64::from(self.0.saturating_sub(1)).days())
    }
}

/// Counts events. Counting takes a lock for the time of an insertion and touches no disk; what is counted and not yet
/// written is lost in a crash. The memory is bounded: see [`MOST_QUERIES`](super::MOST_QUERIES).
pub struct Recorder {
    storage: Box<dyn Storage>,
    retention: Retention,
    counted: Mutex<Days>,
    unwritten: Mutex<Unwritten>,
    /// The folder that it counts into, if it does.
    _taken: Option<Taken>,
}

type Days = BTreeMap<Date, Day>;

/// What the storage does not have yet.
#[derive(Default)]
struct Unwritten {
    days: Days,
    /// Why it could not be written the last time.
    trouble: Option<String>,
}

impl Recorder {
    /// A recorder into `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// [`AnalyticsError`] if the folder cannot be written or another process counts into it.
    pub fn open(folder: Folder, retention: Retention) -> Result<Recorder, AnalyticsError> {
        let taken = folder.take()?;
        Ok(Recorder { _taken: Some(taken), ..Recorder::new(folder, retention) })
    }

    /// A recorder into `storage`, which others may count into as well.
    pub fn new(storage: impl Storage + 'static, retention: Retention) -> Recorder {
        let (counted, unwritten) = (Mutex::default(), Mutex::default());
        Recorder { storage: Box::new(storage), retention, counted, unwritten, _taken: None }
    }

    /// Counts a search on `day`.
    pub fn search(&self, day: Date, search: Search) {
        held(&self.counted).entry(day).or_default().search(search);
    }

    /// Counts a click on `day`.
    pub fn click(&self, day: Date, click: Click) {
        held(&self.counted).entry(day).or_default().click(click);
    }

    /// Writes what was counted and removes what is too old. What cannot be written is kept in memory and tried again the
    /// next time; that there is trouble, and that it is over, is logged once.
    pub fn flush(&self, today: Date) {
        let mut unwritten = self.gather();
        let first = self.retention.first_kept(today);
        unwritten.days.retain(|day, _| *day >= first);
        let written = self.write(&mut unwritten.days).and_then(|()| self.storage.remove_before(first));
        let trouble = written.err().map(|error| error.to_string());
        match (&unwritten.trouble, &trouble) {
            (None, Some(trouble)) => {
                tracing::error!("{trouble}; what is counted stays in memory until it can be written")
            }
            (Some(_), None) => tracing::info!("the counts of searches are written again"),
            _ => {}
        }
        unwritten.trouble = trouble;
    }

    /// What was counted in `period`, also what is not written yet.
    ///
    /// # Errors
    /// [`AnalyticsError`] if the storage cannot be read.
    pub fn report(&self, period: Period) -> Result<Report, AnalyticsError> {
        let unwritten = self.gather();
        let (days, trouble) = (unwritten.days.clone(), unwritten.trouble.clone());
        // Held until the storage is read, so that nothing is written meanwhile and counted twice.
        let report = report(&*self.storage, period, days)?;
        drop(unwritten);
        Ok(Report { trouble, ..report })
    }

    /// Takes over what `from` has of days that nothing is kept of here; gives how many days that are.
    ///
    /// # Errors
    /// [`AnalyticsError`] if one cannot be read or the other not be written.
    pub fn take_over(&self, from: &dyn Storage, today: Date) -> Result<usize, AnalyticsError> {
        let period = Period { first: self.retention.first_kept(today), last: today };
        let known = self.storage.counts(period)?.days;
        let mut taken = from.counts(period)?.days;
        taken.retain(|day, _| !known.contains_key(day));
        taken.iter().try_for_each(|(&day, counts)| self.storage.add(day, counts))?;
        Ok(taken.len())
    }

    /// How long counts are kept.
    pub fn retention(&self) -> Retention {
        self.retention
    }

    /// Moves what was counted to what is to be written.
    fn gather(&self) -> MutexGuard<'_, Unwritten> {
        let mut unwritten = held(&self.unwritten);
        let counted = std::mem::take(&mut *held(&self.counted));
        for (day, counts) in counted {
            unwritten.days.entry(day).or_default().merge(counts);
        }
        unwritten
    }

    /// Writes day by day; what is written is taken out of `days`.
    fn write(&self, days: &mut Days) -> Result<(), AnalyticsError> {
        while let Some(entry) = days.first_entry() {
            self.storage.add(*entry.key(), entry.get())?;
            entry.remove();
        }
        Ok(())
    }
}

/// The lock, also after a panic elsewhere: counts are whole between any two statements.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
