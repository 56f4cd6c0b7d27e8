//! The search on anything typed at all, over the sample corpus.

#![no_main]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use khonha::content::{Folder, Look};
use khonha::index::{Access, Store};
use khonha::watch::Indexer;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/khonha/queries.rs"]
mod queries;

use queries::{PIECES, Watched};

/// The corpus, indexed once. Its folder is removed at once; what is open stays readable.
static CORPUS: LazyLock<Watched> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let store = Arc::new(Store::open(dir.path(), Access::Write).expect("the index folder"));
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus");
    let mut indexer = Indexer::new(Folder::new(corpus, 1 << 20), Arc::clone(&store));
    indexer.reconcile(Look::Full, &|_, _| {}).expect("the corpus can be indexed");
    Watched::of(&store)
});

// What is no text is taken as pieces of the query language, one a byte.
fuzz_target!(|data: &[u8]| match str::from_utf8(data) {
    Ok(text) => CORPUS.check(text),
    Err(_) => CORPUS.check(&data.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()]).collect::<String>()),
});
