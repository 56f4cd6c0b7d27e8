//! A site in a temporary folder: its content, its index, and the parts of Khonha over them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use khonha::content::{Article, Folder, Look, Part, Snapshot};
use khonha::http::Identity;
use khonha::index::{Access, Generation, Store};
use khonha::watch::{Indexer, Report};
use tempfile::TempDir;

/// The sample corpus.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// A site that is removed when dropped.
pub struct Site {
    dir: TempDir,
}

impl Site {
    /// A site with these files in its content folder.
    pub fn new(files: &[(&str, &str)]) -> Site {
        let site = Site { dir: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(site.content()).expect("the content folder");
        files.iter().for_each(|(path, text)| site.write(path, text));
        site
    }

    pub fn content(&self) -> PathBuf {
        self.dir.path().join("content")
    }

    pub fn index(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    pub fn write(&self, path: &str, text: &str) {
        let file = self.content().join(path);
        fs::create_dir_all(file.parent().expect("a file has a parent")).expect("a folder");
        fs::write(file, text).expect("a file");
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.content().join(path)).expect("a file to remove");
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.content().join(from), self.content().join(to)).expect("a file to rename");
    }

    /// The store and an indexer that keeps it equal to the content.
    pub fn open(&self) -> Live {
        let store = Arc::new(Store::open(&self.index(), Access::Write).expect("the index folder"));
        let indexer = Indexer::new(
            Folder::new(self.content(), 1 << 20).with_pdf_reader(crate::pdf::reader()),
            Arc::clone(&store),
        );
        Live { store, indexer }
    }
}

/// What a service of these tests is called.
pub fn identity() -> Identity {
    Identity {
        url: "https://search.example.org".to_owned(),
        name: "ค้นหา".to_owned(),
        contact: "library@example.org".to_owned(),
    }
}

/// An opened site.
pub struct Live {
    pub store: Arc<Store>,
    pub indexer: Indexer,
}

impl Live {
    pub fn look(&mut self) -> Report {
        self.indexer.reconcile(Look::Quick, &|_, _| {}).expect("the folder can be applied")
    }

    pub fn generation(&self) -> Arc<Generation> {
        self.store.current().expect("a generation is in use")
    }

    /// Where the indexed articles come from, sorted.
    pub fn paths(&self) -> Vec<String> {
        let origins = self.generation().index.origins().expect("the index can be read");
        let mut paths: Vec<String> = origins.into_iter().map(|indexed| indexed.origin.to_string()).collect();
        paths.sort();
        paths
    }
}

/// An article of one paragraph.
pub fn article(title: &str, body: &str) -> String {
    format!("---\ntitle: \"{title}\"\n---\n{body}\n")
}

/// All articles of a folder.
pub fn articles(folder: &Folder, site: &khonha::content::Site) -> Vec<Article> {
    let seen = folder.scan(&Snapshot::default(), Look::Full).expect("the folder is there");
    let mut articles = Vec::new();
    for path in seen.files.keys() {
        let mut found = |part: Part| articles.push(part.read.expect("an article").article);
        folder.read(path, site, &mut found).expect("a file that can be read");
    }
    articles
}

/// The corpus, indexed.
pub fn indexed_corpus() -> (TempDir, Arc<Store>) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let store = Arc::new(Store::open(dir.path(), Access::Write).expect("the index folder"));
    let mut indexer = Indexer::new(Folder::new(corpus(), 1 << 20), Arc::clone(&store));
    indexer.reconcile(Look::Full, &|_, _| {}).expect("the corpus can be indexed");
    (dir, store)
}
