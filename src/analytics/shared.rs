//! Counts of many processes, in a place that all of them write to.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::ToSpan;
use jiff::civil::Date;

use super::written::{decode, encode};
use super::{AnalyticsError, Counts, Day, Period, Storage};

/// What stands between the day and the process in a name.
const BETWEEN: char = '.';

/// Texts by name, which outlive the process and are seen by others.
pub trait Notes: Send + Sync {
    /// The notes whose names are at least `first` and less than `end`, byte by byte, in order.
    ///
    /// # Errors
    /// [`AnalyticsError::Away`], as the others.
    fn read(&self, first: &str, end: &str) -> Result<Vec<(String, String)>, AnalyticsError>;

    /// Writes a note, in place of the one of this name.
    ///
    /// # Errors
    /// As [`Notes::read`]. It may have been written all the same.
    fn write(&self, name: &str, text: &str) -> Result<(), AnalyticsError>;

    /// Removes the notes whose names are less than `end`.
    ///
    /// # Errors
    /// As [`Notes::read`].
    fn remove_before(&self, end: &str) -> Result<(), AnalyticsError>;
}

/// Counts in notes. Each process has one of its own for each day, which it writes anew as a whole: nothing counts twice when
/// it is written once more after an answer got lost.
pub struct Shared<N> {
    notes: N,
    /// Tells this process from all others.
    process: String,
    written: Mutex<Written>,
}

/// What the notes of this process have.
#[derive(Default)]
struct Written {
    /// Of the last days.
    days: BTreeMap<Date, Day>,
    /// What was removed before which day.
    removed: Option<Date>,
}

impl<N: Notes> Shared<N> {
    /// Counts in `notes`, for a process with a name that no other has.
    pub fn new(notes: N, process: impl Into<String>) -> Shared<N> {
        Shared { notes, process: process.into(), written: Mutex::default() }
    }

    /// What this process has written of `day`.
    fn own(&self, name: &str, day: Date) -> Result<Day, AnalyticsError> {
        let found = self.notes.read(name, &format!("{name}{BETWEEN}"))?;
        let Some((_, text)) = found.into_iter().find(|(found, _)| found == name) else { return Ok(Day::default()) };
        Ok(decode(text.as_bytes(), day).unwrap_or_else(|reason| {
            tracing::error!("the counts {name} are damaged, and are begun anew: {reason}");
            Day::default()
        }))
    }
}

impl<N: Notes> Storage for Shared<N> {
    fn counts(&self, period: Period) -> Result<Counts, AnalyticsError> {
        let end = period.last.saturating_add(1.day());
        let mut counts = Counts::default();
        for (name, text) in self.notes.read(&period.first.to_string(), &end.to_string())? {
            let Some(day) = name.split(BETWEEN).next().and_then(|day| day.parse().ok()) else { continue };
            match decode(text.as_bytes(), day) {
                Ok(read) => counts.days.entry(day).or_default().merge(read),
                Err(reason) => counts.damaged.push(format!("{name}: {reason}")),
            }
        }
        Ok(counts)
    }

    fn add(&self, day: Date, more: &Day) -> Result<(), AnalyticsError> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let name = format!("{day}{BETWEEN}{}", self.process);
        if !written.days.contains_key(&day) {
            let own = self.own(&name, day)?;
            // The day before may still get what was counted at its end.
            written.days.retain(|&known, _| known >= day.saturating_sub(1.day()));
            written.days.insert(day, own);
        }
        let mut all = written.days.get(&day).cloned().unwrap_or_default();
        all.merge(more.clone());
        let text = encode(day, all.clone()).map_err(|error| AnalyticsError::Away(error.to_string()))?;
        self.notes.write(&name, &text)?;
        written.days.insert(day, all);
        Ok(())
    }

    fn remove_before(&self, first: Date) -> Result<(), AnalyticsError> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.removed != Some(first) {
            self.notes.remove_before(&first.to_string())?;
            written.removed = Some(first);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use jiff::civil::date;

    use super::*;
    use crate::analytics::{Found, Recorder, Retention, Search, Text};

    const DAY: Date = date(2024, 7, 10);

    /// Notes in memory, of which the answers to what is written can get lost.
    #[derive(Clone, Default)]
    struct Memory {
        notes: Arc<Mutex<BTreeMap<String, String>>>,
        loses_answers: Arc<AtomicBool>,
    }

    impl Memory {
        fn names(&self) -> Vec<String> {
            self.notes.lock().expect("notes").keys().cloned().collect()
        }

        fn total(&self, first: Date, last: Date) -> u64 {
            let counts = Shared::new(self.clone(), "reader").counts(Period { first, last }).expect("readable");
            counts.days.values().map(|day| day.total().searches).sum()
        }
    }

    impl Notes for Memory {
        fn read(&self, first: &str, end: &str) -> Result<Vec<(String, String)>, AnalyticsError> {
            let notes = self.notes.lock().expect("notes");
            let found = notes.range(first.to_owned()..end.to_owned());
            Ok(found.map(|(name, text)| (name.clone(), text.clone())).collect())
        }

        fn write(&self, name: &str, text: &str) -> Result<(), AnalyticsError> {
            self.notes.lock().expect("notes").insert(name.to_owned(), text.to_owned());
            match self.loses_answers.load(Ordering::Relaxed) {
                true => Err(AnalyticsError::Away("no answer".to_owned())),
                false => Ok(()),
            }
        }

        fn remove_before(&self, end: &str) -> Result<(), AnalyticsError> {
            self.notes.lock().expect("notes").retain(|name, _| name.as_str() >= end);
            Ok(())
        }
    }

    fn search() -> Search {
        Search { text: Text::of("สินบน").expect("a text"), found: Found::Something, took: Duration::ZERO }
    }

    fn recorder(notes: &Memory, process: &str) -> Recorder {
        Recorder::new(Shared::new(notes.clone(), process), Retention(2))
    }

    #[test]
    fn processes_count_side_by_side_and_each_goes_on_after_its_end() {
        let notes = Memory::default();
        let (first, second) = (recorder(&notes, "a"), recorder(&notes, "b"));
        for recorder in [&first, &second, &first] {
            recorder.search(DAY, search());
            recorder.flush(DAY);
        }
        assert_eq!((notes.names().len(), notes.total(DAY, DAY)), (2, 3));
        // Of a process with the name of one before, as it would be after a clock was set back by days.
        let again = recorder(&notes, "a");
        again.search(DAY, search());
        let told = again.report(Period { first: DAY, last: DAY }).expect("readable");
        assert_eq!((told.total.searches, told.queries[0].total.searches), (4, 4), "also what is not written yet");
        again.flush(DAY);
        assert_eq!((notes.names().len(), notes.total(DAY, DAY)), (2, 4));
    }

    #[test]
    fn nothing_is_counted_twice_after_a_lost_answer() {
        let notes = Memory::default();
        let recorder = recorder(&notes, "a");
        recorder.search(DAY, search());
        notes.loses_answers.store(true, Ordering::Relaxed);
        recorder.flush(DAY);
        recorder.search(DAY, search());
        recorder.flush(DAY);
        notes.loses_answers.store(false, Ordering::Relaxed);
        recorder.flush(DAY);
        assert_eq!(notes.total(DAY, DAY), 2);
    }

    #[test]
    fn days_are_parted_and_old_ones_are_removed() {
        let notes = Memory::default();
        let recorder = recorder(&notes, "a");
        for ahead in 0..3_i64 {
            let day = DAY.saturating_add(ahead.days());
            recorder.search(day, search());
            recorder.flush(day);
        }
        let last = DAY.saturating_add(2.days());
        assert_eq!(notes.names(), ["2024-07-11.a", "2024-07-12.a"]);
        assert_eq!((notes.total(DAY, last), notes.total(last, last)), (2, 1));
    }

    #[test]
    fn days_that_are_new_are_taken_over_once() {
        let (before, after) = (Memory::default(), Memory::default());
        let next = DAY.saturating_add(1.day());
        for (notes, days) in [(&before, [DAY, next].as_slice()), (&after, &[next])] {
            let recorder = recorder(notes, "a");
            days.iter().for_each(|&day| recorder.search(day, search()));
            recorder.flush(next);
        }
        for taken in [1, 0] {
            let from = Shared::new(before.clone(), "b");
            assert_eq!(recorder(&after, "b").take_over(&from, next).expect("taken over"), taken);
            assert_eq!((after.total(DAY, DAY), after.total(next, next)), (1, 1));
        }
    }

    #[test]
    fn what_is_damaged_is_named_and_left_out() {
        let notes = Memory::default();
        let recorder = recorder(&notes, "b");
        recorder.search(DAY, search());
        recorder.flush(DAY);
        notes.write("2024-07-10.a", "{").expect("written");
        let told = recorder.report(Period { first: DAY, last: DAY }).expect("readable");
        assert_eq!(told.total.searches, 1);
        assert!(told.damaged[0].starts_with("2024-07-10.a: line 1"), "{:?}", told.damaged);
    }
}
