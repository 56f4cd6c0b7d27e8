//! The sample corpus on either engine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use khonha::content::{Folder, Look};
use khonha::index::{Access, ClusterSettings, Engine, Field, Store};
use khonha::watch::Indexer;
use tempfile::TempDir;

/// The sample corpus.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The indices with names that begin so in the cluster at `urls`.
pub fn engine(urls: Vec<String>, prefix: &str, shards: u32) -> Engine {
    Engine::OpenSearch(ClusterSettings { urls, prefix: prefix.to_owned(), login: None, certificates: None, shards })
}

/// An index that follows `content`, and the folder of this machine that goes with it.
pub fn indexed(engine: &Engine, content: &Path) -> (TempDir, Arc<Store>, Indexer) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let store = Arc::new(Store::open_on(engine, dir.path(), Access::Write).expect("an index"));
    let mut indexer = Indexer::new(Folder::new(content, 1 << 20), Arc::clone(&store));
    indexer.reconcile(Look::Full, &|_, _| {}).expect("the folder can be indexed");
    (dir, store, indexer)
}

/// The words of an index, with the number of articles that have each.
pub fn words(store: &Store) -> BTreeMap<String, u64> {
    let index = &store.current().expect("a generation").index;
    let mut words = Vec::new();
    index.words(&Field::WORDS, &mut |word, count| words.push((word.to_owned(), count))).expect("words");
    assert!(words.is_sorted() && !words.is_empty());
    words.into_iter().collect()
}
