//! What fuzzing gives to each part of Khonha: any bytes at all. What it has found once is given again with all other tests.

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use khonha::content::{Folder, Look};
use khonha::index::{Access, Store};
use khonha::text::Analyzer;
use khonha::watch::Indexer;

use crate::queries::{PIECES, Watched};
use crate::rules::cursor::Paged;
use crate::rules::passage::Shown;
use crate::rules::{analysis, article, date};

/// A part of Khonha that takes what comes from outside, by the name of its fuzz target.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 7] = [
    ("analyze", |data| analysis::check(&ANALYZER, &text(data))),
    ("article", |data| article::check(&text(data))),
    ("calendar", |data| date::check(&text(data))),
    ("cursor", |data| PAGED.check(data)),
    ("front_matter", |data| article::check_head(&text(data))),
    ("query", query),
    ("snippet", |data| SHOWN.lock().unwrap_or_else(PoisonError::into_inner).check(&text(data))),
];

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(["จัดซื้อ", "จัดซื้อจัดจ้าง"]));
static STORE: LazyLock<Arc<Store>> = LazyLock::new(indexed_corpus);
static WATCHED: LazyLock<Watched> = LazyLock::new(|| Watched::of(&STORE));
static PAGED: LazyLock<Paged> = LazyLock::new(|| Paged::of(Arc::clone(&STORE)));
static SHOWN: LazyLock<Mutex<Shown>> = LazyLock::new(|| Mutex::new(Shown::new()));

/// Gives `data` to the target of this name.
pub fn run(name: &str, data: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target of this name");
    target(data);
}

fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// What is no text is taken as pieces of the query language, one a byte.
fn query(data: &[u8]) {
    match str::from_utf8(data) {
        Ok(text) => WATCHED.check(text),
        Err(_) => WATCHED.check(&data.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()]).collect::<String>()),
    }
}

/// The sample corpus, indexed once. The folder is needed until the process ends, and goes with the system's temporary files.
fn indexed_corpus() -> Arc<Store> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let store = Arc::new(Store::open(&dir.keep(), Access::Write).expect("the index folder"));
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = if here.ends_with("fuzz") { here.parent().expect("the project") } else { here };
    let mut indexer = Indexer::new(Folder::new(root.join("corpus"), 1 << 20), Arc::clone(&store));
    indexer.reconcile(Look::Full, &|_, _| {}).expect("the corpus can be indexed");
    store
}
