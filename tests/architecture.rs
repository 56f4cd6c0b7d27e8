//! The rules of `lib.rs`, kept: which folder may import which, and who alone may name a library.

use std::fs;
use std::path::{Path, PathBuf};

/// Each folder of `src` with the folders it may import.
const MAY_IMPORT: [(&str, &[&str]); 9] = [
    ("text", &[]),
    ("lexicon", &["text"]),
    ("content", &["text"]),
    ("analytics", &["text"]),
    ("index", &["content", "text"]),
    ("search", &["index", "lexicon", "content", "text"]),
    ("watch", &["content", "index", "lexicon"]),
    ("http", &["analytics", "search", "index", "content", "text"]),
    ("cli", &["analytics", "config", "content", "http", "index", "lexicon", "search", "text", "watch"]),
];

/// Each library with the only places that may name it.
const ONLY_IN: [(&str, &[&str]); 40] = [
    ("rustix", &["background.rs"]),
    ("pdf_oxide", &["content/formats/pdf/"]),
    ("utoipa", &["http/"]),
    ("quick_cache", &["http/answers.rs"]),
    ("quick_xml", &["content/formats/", "http/feeds/"]),
    ("htmd", &["content/formats/markup.rs"]),
    ("encoding_rs", &["content/formats/"]),
    ("percent_encoding", &["content/formats/epub.rs", "http/"]),
    ("zip", &["content/formats/archive.rs"]),
    ("yada", &["text/thai/"]),
    ("tantivy", &["index/embedded/"]),
    ("axum", &["http/"]),
    ("metrics_exporter_prometheus", &["http/metrics.rs"]),
    ("metrics_process", &["http/metrics.rs"]),
    ("governor", &["http/serve/"]),
    ("hyper", &["http/serve/"]),
    ("ipnet", &["config.rs", "http/serve/"]),
    ("hyper_util", &["http/serve/"]),
    ("rlimit", &["content/formats/pdf/", "http/serve/"]),
    ("tokio_io_timeout", &["http/serve/"]),
    ("tower_http", &["http/"]),
    ("csv", &["http/"]),
    ("headers", &["http/"]),
    ("headers_accept", &["http/"]),
    ("mediatype", &["http/"]),
    ("base64", &["http/", "index/opensearch/", "search/"]),
    ("ureq", &["index/opensearch/"]),
    ("getrandom", &["http/", "index/"]),
    ("notify", &["watch/"]),
    ("comrak", &["content/"]),
    ("dom_query", &["content/formats/html/"]),
    ("url", &["content/formats/html/"]),
    ("dom_smoothie", &["content/formats/html/"]),
    ("csv_core", &["content/formats/table/"]),
    ("serde_saphyr", &["content/"]),
    ("toml", &["content/"]),
    ("clap", &["cli/"]),
    ("hdrhistogram", &["cli/bench/"]),
    ("anyhow", &["cli/"]),
    ("figment", &["config.rs"]),
];

/// Where code may wait for the network or a clock.
const MAY_BE_ASYNC: [&str; 3] = ["watch/", "http/", "cli/"];

/// The production code of every file below `src`, with its path relative to `src`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let relative = |path: &PathBuf| path.strip_prefix(&root).expect("a path below src").display().to_string();
    files.iter().map(|path| (relative(path), production_code(path))).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of src") {
        let path = entry.expect("an entry of src").path();
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => collect(&path, files),
            Some("rs") => files.push(path),
            _ => {}
        }
    }
}

/// A file without its comments and its tests.
fn production_code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Whether `code` names `word` followed by `::`, as a whole word.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(&format!("{word}::")).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|ch| ch.is_alphanumeric() || ch == '_' || ch == ':')
    })
}

#[test]
fn folders_import_only_what_they_may() {
    for (path, code) in sources() {
        let Some((folder, _)) = path.split_once('/') else {
            continue;
        };
        let (_, allowed) = MAY_IMPORT.iter().find(|(name, _)| *name == folder).expect("every folder has a rule");
        for (other, _) in MAY_IMPORT.iter().chain([&("config", [].as_slice())]) {
            let imported = code.contains(&format!("crate::{other}"));
            assert!(!imported || *other == folder || allowed.contains(other), "{path} imports {other}");
        }
    }
}

#[test]
fn libraries_are_named_only_where_they_belong() {
    for (path, code) in sources() {
        for (library, places) in ONLY_IN {
            let belongs = places.iter().any(|place| path.starts_with(place));
            assert!(belongs || !names(&code, library), "{path} names {library}");
        }
    }
}

#[test]
fn what_decides_is_synchronous() {
    for (path, code) in sources() {
        let may = MAY_BE_ASYNC.iter().any(|place| path.starts_with(place));
        let is_async = code.contains("async ") || names(&code, "tokio");
        assert!(may || !is_async, "{path} is asynchronous");
    }
}

/// Imports in other forms would slip past the rules.
#[test]
fn imports_are_written_so_that_the_rules_see_them() {
    for (path, code) in sources() {
        assert!(!code.contains("crate::{") && !code.contains("super::super::"), "{path} imports in a hidden way");
    }
}

#[test]
fn the_rules_would_find_a_breach() {
    assert!(names("use tantivy::Index;", "tantivy"));
    assert!(names("fn x() { toml::from_str(y) }", "toml"));
    assert!(!names("use crate::index::tantivy_like::X; my_toml::z()", "toml"));
    assert!(sources().len() > 30);
}

#[test]
fn the_tests_that_the_threat_model_names_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(root.join("docs/threat-model.md")).expect("the threat model");
    let mut files = Vec::new();
    ["src", "tests"].iter().for_each(|folder| collect(&root.join(folder), &mut files));
    let code: String = files.iter().map(|path| fs::read_to_string(path).expect("a source file")).collect();
    let is_test =
        |name: &&str| name.contains('_') && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let rows = document.lines().filter(|line| line.starts_with("| "));
    let named: Vec<&str> = rows.flat_map(|row| row.split('`').skip(1).step_by(2)).filter(is_test).collect();
    assert!(named.len() > 30, "{named:?}");
    let missing: Vec<&&str> = named.iter().filter(|name| !code.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
