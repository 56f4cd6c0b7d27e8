//! Generated collections: they are repeatable, and what Khonha reads of them is what was written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use khonha::content::{Checked, Folder, check};
use tempfile::TempDir;

use crate::support;

#[path = "../../benches/generate/collection/mod.rs"]
mod collection;

use collection::{Model, Plan, write};

const PLAN: Plan = Plan { count: 60, seed: 7, per_file: 25, threads: 1 };

fn model() -> Model {
    Model::read(&support::corpus()).expect("the sample corpus")
}

fn written(model: &Model, plan: Plan) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(model, plan, folder.path()).expect("a collection");
    folder
}

/// Each file of a folder, by name.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let named = entries.map(|entry| {
        let text = fs::read_to_string(entry.path()).expect("a file of text");
        (entry.file_name().to_string_lossy().into_owned(), text)
    });
    named.collect()
}

#[test]
fn a_collection_follows_from_its_seed_however_many_threads_write_it() {
    let model = model();
    let one = files(written(&model, PLAN).path());
    assert_eq!(one, files(written(&model, Plan { threads: 3, ..PLAN }).path()));
    assert_ne!(one, files(written(&model, Plan { seed: 8, ..PLAN }).path()));
}

#[test]
fn a_model_that_is_read_again_is_the_same() {
    assert_eq!(files(written(&model(), PLAN).path()), files(written(&model(), PLAN).path()));
}

#[test]
fn a_large_collection_begins_with_a_small_one() {
    let model = model();
    let [small, large] = [30, 60].map(|count| files(written(&model, Plan { count, ..PLAN }).path()));
    assert_eq!(small["articles-0001.ndjson"], large["articles-0001.ndjson"]);
    assert!(large["articles-0002.ndjson"].starts_with(&small["articles-0002.ndjson"]));
}

#[test]
fn every_article_of_a_collection_is_read_without_a_problem() {
    let folder = written(&model(), PLAN);
    let checked = check(&Folder::new(folder.path(), 1 << 20)).expect("a folder");
    assert_eq!(checked, Checked { articles: 60, other_files: 0, problems: Vec::new() });
}
