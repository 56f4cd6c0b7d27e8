//! What is noted, when, and what a file that is not whole does to it.

use std::cell::Cell;
use std::fs;

use super::*;

/// A journal in a temporary folder, its articles, and a clock.
struct Desk {
    dir: tempfile::TempDir,
    journal: Journal,
    clock: Cell<i64>,
}

impl Desk {
    fn new() -> Desk {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let journal = Journal::new(JournalFile::new(dir.path().join("JOURNAL")));
        Desk { dir, journal, clock: Cell::new(1_000) }
    }

    /// Ten seconds later these articles are there, by id and text.
    fn follow(&self, articles: &[(&str, &str)]) {
        self.clock.set(self.clock.get() + 10);
        let ids: Vec<_> =
            articles.iter().map(|(id, text)| (ArticleId::new(*id), blake3::hash(text.as_bytes()))).collect();
        let now = || Timestamp::from_second(self.clock.get()).expect("a time");
        let topics = |ids: &[&ArticleId]| Ok(ids.iter().map(|&id| (id.clone(), vec![format!("{id}/topic")])).collect());
        self.journal.follow(ids.iter().map(|(id, hash)| (id, *hash)), topics, now).expect("it can be written");
    }

    fn reopen(&mut self) {
        self.journal = Journal::new(JournalFile::new(self.file()));
    }

    fn file(&self) -> std::path::PathBuf {
        self.dir.path().join("JOURNAL")
    }

    fn noted(&self) -> Vec<(String, i64, Presence)> {
        let part = self.journal.part(&Selection::default(), 0, 100);
        part.entries.into_iter().map(|it| (it.id.to_string(), it.changed.as_second(), it.presence)).collect()
    }

    fn check(&self, expected: &[(&str, i64, Presence)]) {
        let expected: Vec<_> = expected.iter().map(|&(id, at, presence)| (id.to_owned(), at, presence)).collect();
        assert_eq!(self.noted(), expected);
    }
}

use Presence::{Deleted, Present};

#[test]
fn what_stays_the_same_keeps_its_time_and_what_changes_comes_last() {
    let mut desk = Desk::new();
    desk.follow(&[("a", "1"), ("b", "1"), ("c", "1")]);
    desk.follow(&[("a", "2"), ("b", "1")]);
    let expected = [("b", 1_010, Present), ("c", 1_020, Deleted), ("a", 1_020, Present)];
    desk.check(&expected);
    desk.reopen();
    desk.check(&expected);
    desk.follow(&[("a", "2"), ("b", "1"), ("c", "1")]);
    desk.check(&[("b", 1_010, Present), ("a", 1_020, Present), ("c", 1_030, Present)]);
}

#[test]
fn a_deleted_article_keeps_its_topics() {
    let desk = Desk::new();
    desk.follow(&[("a", "1")]);
    desk.follow(&[]);
    let entry = desk.journal.entry(&ArticleId::new("a")).expect("it was there");
    assert_eq!((entry.presence, &*entry.topics), (Deleted, &["a/topic".to_owned()][..]));
    let of = |topic: &str| {
        desk.journal.part(&Selection { topic: Some(topic.to_owned()), ..Selection::default() }, 0, 9).total
    };
    assert_eq!(["a", "a/topic", "a/t", "b"].map(of), [1, 1, 0, 0]);
}

#[test]
fn a_clock_that_is_set_back_hides_no_change() {
    let desk = Desk::new();
    desk.follow(&[("a", "1")]);
    desk.clock.set(5);
    desk.follow(&[("a", "1"), ("b", "1")]);
    desk.check(&[("a", 1_010, Present), ("b", 1_010, Present)]);
}

#[test]
fn a_damaged_line_costs_its_own_entry_alone() {
    let mut desk = Desk::new();
    desk.follow(&[("a", "1"), ("b", "1"), ("c", "1")]);
    let whole = fs::read(desk.file()).expect("a file");
    for cut in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[cut] = 0xFF;
        fs::write(desk.file(), &damaged).expect("a file");
        desk.reopen();
        desk.clock.set(2_000);
        desk.follow(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let kept = desk.noted().iter().filter(|(_, at, _)| *at == 1_010).count();
        assert!(kept >= 1 && desk.noted().len() == 3, "{cut}: {:?}", desk.noted());
        desk.reopen();
        assert_eq!(desk.noted().len(), 3, "it is written anew");
    }
}

#[test]
fn a_line_that_a_crash_cut_off_is_noted_again() {
    let mut desk = Desk::new();
    desk.follow(&[("a", "1")]);
    let before = fs::read(desk.file()).expect("a file").len();
    desk.follow(&[("a", "1"), ("b", "1")]);
    let whole = fs::read(desk.file()).expect("a file");
    for end in before..whole.len() {
        fs::write(desk.file(), &whole[..end]).expect("a file");
        desk.reopen();
        desk.follow(&[("a", "1"), ("b", "1")]);
        desk.reopen();
        assert_eq!((desk.noted().len(), desk.noted()[0].1), (2, 1_010), "{end}");
    }
}

#[test]
fn the_file_does_not_grow_with_the_changes() {
    let mut desk = Desk::new();
    for text in 0..1_000 {
        desk.follow(&[("a", &text.to_string()), ("b", "1")]);
    }
    let lines = fs::read_to_string(desk.file()).expect("a file").lines().count();
    assert!(lines < 100, "{lines} lines");
    let noted = desk.noted();
    desk.reopen();
    assert_eq!(desk.noted(), noted);
}

#[test]
fn who_reads_on_misses_nothing_that_changes_meanwhile() {
    let desk = Desk::new();
    desk.follow(&[("a", "1"), ("b", "1"), ("c", "1")]);
    let first = desk.journal.part(&Selection::default(), 0, 2);
    desk.follow(&[("a", "2"), ("b", "1"), ("d", "1")]);
    let rest = desk.journal.part(&Selection::default(), first.next.expect("more"), 9);
    let ids: Vec<&str> = rest.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!((ids, rest.next), (vec!["c", "a", "d"], None));
}

#[test]
fn a_journal_that_was_deleted_is_begun_again_under_another_name() {
    let mut desk = Desk::new();
    desk.follow(&[]);
    let begun = desk.journal.begun();
    desk.reopen();
    assert_eq!(desk.journal.begun(), begun);
    fs::remove_file(desk.file()).expect("a file to remove");
    desk.reopen();
    desk.follow(&[("a", "1")]);
    assert!(begun.is_some() && desk.journal.begun() > begun);
}

#[test]
fn a_journal_that_cannot_be_read_is_not_begun_again() {
    let mut desk = Desk::new();
    desk.follow(&[("a", "1")]);
    let (noted, file, aside) = (desk.noted(), desk.file(), desk.dir.path().join("aside"));
    fs::rename(&file, &aside).expect("a file");
    fs::create_dir(&file).expect("a folder in its place");
    desk.reopen();
    let topics = |_: &[&ArticleId]| Ok(HashMap::new());
    assert!(desk.journal.follow([], topics, Timestamp::now).is_err());
    assert_eq!(desk.noted(), []);
    fs::remove_dir(&file).expect("nothing is in it");
    fs::rename(&aside, &file).expect("a file");
    assert_eq!(desk.noted(), noted);
}
