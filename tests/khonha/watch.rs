//! The index follows the folder.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use khonha::content::{ArticleId, Look};
use khonha::index::Store;
use khonha::watch::{Pace, Rebuilt, Trigger, Watching, follow};
use tokio_util::sync::CancellationToken;

use crate::support::{Live, Site, article};

fn title(live: &Live, id: &str) -> Option<String> {
    let found = live.generation().index.article(&ArticleId::new(id)).expect("the index can be read");
    found.and_then(|article| article.title.th)
}

#[test]
fn files_that_come_change_move_and_go_are_followed() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "")), ("d/b.md", &article("สอง", ""))]);
    let mut live = site.open();
    assert_eq!(live.look().updated, 2);
    site.write("a.md", &article("หนึ่งใหม่", ""));
    site.write("c.md", &article("สาม", ""));
    site.rename("d", "e");
    let report = live.look();
    assert_eq!((report.updated, report.removed, report.articles), (3, 1, 3));
    assert_eq!(live.paths(), ["a.md", "c.md", "e/b.md"]);
    assert_eq!(title(&live, "a").as_deref(), Some("หนึ่งใหม่"));
    site.remove("c.md");
    live.look();
    assert_eq!(live.paths(), ["a.md", "e/b.md"]);
}

#[test]
fn names_of_authors_become_words_of_a_new_generation() {
    let by = |author: &str| format!("---\ntitle: x\nauthors: [{author}]\n---\nโดย{author}\n");
    let site = Site::new(&[("a.md", &by("ณัฐฏ์ภัทร์ รัฐ"))]); // a rare name, and a word of the dictionary
    let mut live = site.open();
    assert_eq!((live.look().rebuilt, live.generation().site.names.clone()), (Rebuilt::Yes, vec!["ณัฐฏ์ภัทร์".to_owned()]));
    let mut full_look = || live.indexer.reconcile(Look::Full, &|_, _| {}).expect("the folder can be applied").rebuilt;
    assert_eq!(full_look(), Rebuilt::No);
    site.write("b.md", &by("พิชชาพร"));
    assert_eq!((full_look(), full_look()), (Rebuilt::Yes, Rebuilt::No));
    let analyzer = &live.generation().analyzer;
    let words: Vec<_> = analyzer.analyze("โดยพิชชาพรและณัฐฏ์ภัทร์").into_iter().map(|token| token.term).collect();
    assert_eq!(words, ["โดย", "พิชชาพร", "และ", "ณัฐฏ์ภัทร์"]);
}

#[test]
fn nothing_is_read_again_without_a_change() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", ""))]);
    site.open().look();
    let mut live = site.open();
    let report = live.look();
    assert_eq!((report.updated, report.removed, report.rebuilt), (0, 0, Rebuilt::No));
}

#[test]
fn what_changed_while_nobody_watched_is_found_at_the_start() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "")), ("b.md", &article("สอง", ""))]);
    site.open().look();
    site.write("a.md", &article("หนึ่งใหม่", ""));
    site.remove("b.md");
    let mut live = site.open();
    live.look();
    assert_eq!((live.paths(), title(&live, "a").as_deref()), (vec!["a.md".to_owned()], Some("หนึ่งใหม่")));
}

#[test]
fn a_bad_file_is_reported_and_the_rest_is_indexed() {
    let site = Site::new(&[("a.md", "---\ntitle: [\n---\n"), ("b.md", &article("สอง", ""))]);
    let mut live = site.open();
    let report = live.look();
    assert_eq!(live.paths(), ["b.md"]);
    assert!(report.problems[0].to_string().starts_with("a.md:2: error: "), "{:?}", report.problems);
    site.write("a.md", &article("หนึ่ง", ""));
    assert_eq!(live.look().problems, []);
    assert_eq!(live.paths(), ["a.md", "b.md"]);
}

#[test]
fn what_is_wrong_is_told_again_after_a_restart() {
    let site = Site::new(&[("a.md", "---\ntitle: x\ndate: soon\n---\n"), ("b.md", ""), ("c.md", &article("x", ""))]);
    let first = site.open().look().problems;
    assert_eq!((first.len(), site.open().look().problems), (2, first));
}

#[test]
fn a_file_that_cannot_be_read_for_the_moment_stays_in_the_index() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = Site::new(&[("a.md", &article("หนึ่ง", "")), ("d/b.md", &article("สอง", ""))]);
    let mut live = site.open();
    live.look();
    // A folder that leads in a circle cannot be entered, also not by those who may read everything.
    site.rename("d", "kept");
    symlink(site.content().join("d"), site.content().join("d")).expect("a link");
    let closed = std::fs::Permissions::from_mode(0o000);
    std::fs::set_permissions(site.content().join("a.md"), closed).expect("a mode");
    let report = live.look();
    assert!(live.paths().contains(&"a.md".to_owned()) && live.paths().contains(&"kept/b.md".to_owned()));
    assert!(report.problems.iter().any(|problem| problem.path == "d"), "{:?}", report.problems);
}

#[test]
fn an_article_that_becomes_bad_leaves_the_index() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "")), ("b.md", &article("สอง", ""))]);
    let mut live = site.open();
    live.look();
    site.write("a.md", "ไม่มีชื่อ");
    assert_eq!(live.look().problems.len(), 1);
    assert_eq!(live.paths(), ["b.md"]);
}

#[test]
fn of_two_files_with_one_id_the_second_waits_for_the_first_to_go() {
    let second = "---\nid: a\ntitle: สอง\n---\n";
    let site = Site::new(&[("a.md", &article("หนึ่ง", "")), ("b.md", second)]);
    let mut live = site.open();
    let problems = live.look().problems;
    assert_eq!(problems.iter().map(|problem| problem.path.as_str()).collect::<Vec<_>>(), ["a.md", "b.md"]);
    assert_eq!(title(&live, "a").as_deref(), Some("หนึ่ง"));
    site.remove("a.md");
    assert_eq!(live.look().problems, []);
    assert_eq!((live.paths(), title(&live, "a").as_deref()), (vec!["b.md".to_owned()], Some("สอง")));
    site.write("a.md", &article("หนึ่ง", ""));
    live.look();
    assert_eq!(live.paths(), ["a.md"]);
}

#[test]
fn a_vanished_folder_leaves_the_index_as_it_was() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", ""))]);
    let mut live = site.open();
    live.look();
    let away = site.content().with_file_name("away");
    std::fs::rename(site.content(), &away).expect("a folder to move");
    assert!(live.indexer.reconcile(Look::Quick, &|_, _| {}).is_err());
    assert_eq!(live.paths(), ["a.md"]);
    std::fs::rename(&away, site.content()).expect("a folder to move");
    assert_eq!(live.look().articles, 1);
}

#[test]
fn new_site_words_lead_to_a_new_generation() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ธรรมาภิบาล"))]);
    let mut live = site.open();
    assert_eq!(live.look().rebuilt, Rebuilt::Yes);
    assert_eq!(live.look().rebuilt, Rebuilt::No);
    site.write("words.txt", "ธรรมาภิบาล");
    assert_eq!(live.look().rebuilt, Rebuilt::Yes);
    assert_eq!(live.generation().site.words, ["ธรรมาภิบาล"]);
    site.write("topics.toml", "not toml");
    let report = live.look();
    assert_eq!((report.rebuilt, report.problems.len()), (Rebuilt::No, 1));
}

/// Waits until `done`, for what other threads do.
fn eventually(what: &str, done: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(20), "{what} did not happen");
        std::thread::sleep(Duration::from_millis(5));
    }
    start.elapsed()
}

/// A folder that is followed until dropped.
pub struct Followed {
    pub store: Arc<Store>,
    stop: CancellationToken,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Followed {
    /// Follows the content of `site`, woken by events in `watched` and every `full_look`.
    fn start(site: &Site, watched: &Path, full_look: Duration) -> Followed {
        Followed::by(site, watched, Watching::Events { quiet: Duration::from_millis(20) }, full_look)
    }

    /// Follows the content of `site`, woken by `watching` the folder `watched` and every `full_look`.
    pub fn by(site: &Site, watched: &Path, watching: Watching, full_look: Duration) -> Followed {
        let live = site.open();
        let trigger = Trigger::new(watched, watching);
        let pace = Pace { full_look, retry: Duration::from_millis(50) };
        let (stop, store, mut indexer) = (CancellationToken::new(), live.store, live.indexer);
        indexer.reconcile(Look::Full, &|_, _| {}).expect("the folder can be applied");
        let stopping = stop.clone();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            runtime.block_on(follow(indexer, trigger, pace, stopping));
        });
        Followed { store, stop, thread: Some(thread) }
    }

    fn has(&self, path: &str) -> bool {
        let origins = self.store.current().expect("a generation").index.origins().expect("the index can be read");
        origins.iter().any(|indexed| &*indexed.origin.path == path)
    }
}

impl Drop for Followed {
    fn drop(&mut self) {
        self.stop.cancel();
        let ended = self.thread.take().map(|thread| thread.join().is_ok());
        assert!(std::thread::panicking() || ended == Some(true), "following ends when told");
    }
}

#[test]
fn the_clock_finds_what_no_event_told() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", ""))]);
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let followed = Followed::start(&site, elsewhere.path(), Duration::from_millis(100));
    site.write("b.md", &article("สอง", ""));
    eventually("a look by the clock", || followed.has("b.md"));
}

#[test]
fn the_file_system_wakes_the_indexer() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", ""))]);
    let followed = Followed::start(&site, &site.content(), Duration::from_secs(3600));
    let has = |path: &str| followed.has(path);
    site.write("b.md", &article("สอง", ""));
    eventually("a new file", || has("b.md"));
    // An editor saves by writing beside and renaming.
    site.write(".c.md.tmp", &article("สาม", ""));
    site.rename(".c.md.tmp", "c.md");
    eventually("a saved file", || has("c.md"));
    site.write("new/deep/d.md", &article("สี่", ""));
    eventually("a file in a new folder", || has("new/deep/d.md"));
    site.rename("new", "moved");
    eventually("a moved folder", || has("moved/deep/d.md") && !has("new/deep/d.md"));
    let away = site.content().with_file_name("away");
    std::fs::rename(site.content(), &away).expect("a folder to move");
    std::thread::sleep(Duration::from_millis(200));
    assert!(has("c.md"), "a vanished folder empties nothing");
    std::fs::rename(&away, site.content()).expect("a folder to move");
    site.write("e.md", &article("ห้า", ""));
    eventually("a file in the folder that came back", || has("e.md"));
    site.remove("e.md");
    eventually("a removed file", || !has("e.md"));
}

#[test]
fn a_folder_stays_watched_when_a_link_to_it_goes() {
    let site = Site::new(&[("news/a.md", &article("หนึ่ง", ""))]);
    let link = site.content().join("linked");
    std::os::unix::fs::symlink(site.content().join("news"), &link).expect("a link");
    let followed = Followed::start(&site, &site.content(), Duration::from_secs(3600));
    site.write("b.md", &article("สอง", ""));
    eventually("a new file", || followed.has("b.md"));
    std::fs::remove_file(&link).expect("a link to remove");
    eventually("a link that goes", || !followed.has("linked/a.md"));
    // The look that follows every change has come and gone.
    std::thread::sleep(Duration::from_millis(1_500));
    site.write("news/c.md", &article("สาม", ""));
    eventually("a file in the folder that was linked", || followed.has("news/c.md"));
}
