//! Articles of every format become Markdown that says the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use khonha::content::{Article, ArticleId, Existing, Folder, Import, Imported, Look, Part, Site, Snapshot, formats};

use crate::pdf::reader;
use crate::support::{self, corpus};

const MOST: u64 = 1 << 20;

fn folder(root: &Path) -> Folder {
    Folder::new(root, MOST).with_pdf_reader(reader())
}

fn import(source: &Path, target: &Path, existing: Existing) -> Imported {
    let import = Import::of(source, target, folder, existing).expect("the source is there");
    let imported = import.run(&|done, all| assert!(done <= all, "{done} of {all}"));
    assert_eq!(imported.found, imported.written + imported.reported, "{imported:?}");
    let errors = imported.problems.iter().filter(|problem| problem.keeps_out()).count();
    assert_eq!(imported.reported, errors, "{imported:?}");
    imported
}

/// The articles of a folder by id, of several with one id the first; without where they come from.
fn articles(root: &Path) -> BTreeMap<ArticleId, Article> {
    let (folder, mut articles) = (folder(root), BTreeMap::new());
    let site = folder.site(&Site::default()).0;
    let seen = folder.scan(&Snapshot::default(), Look::Full).expect("the folder is there");
    for path in seen.files.keys() {
        let mut found = |part: Part| {
            let Ok(parsed) = part.read else { return };
            let article = Article { origin: khonha::content::Origin::file(""), ..parsed.article };
            articles.entry(article.id.clone()).or_insert(article);
        };
        folder.read(path, &site, &mut found).expect("a file that can be read");
    }
    articles
}

/// Imports a folder into one with the same names of topics and series, and compares.
fn is_the_same_as_markdown(source: &Path) -> Imported {
    let target = tempfile::tempdir().expect("a temporary folder");
    for name in Site::FILES.into_iter().filter(|name| source.join(name).exists()) {
        fs::copy(source.join(name), target.path().join(name)).expect("a file to copy");
    }
    let imported = import(source, target.path(), Existing::Keep);
    let (before, after) = (articles(source), articles(target.path()));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{}", source.display());
    for (id, article) in before {
        assert_eq!(after[&id], article, "{}", source.display());
    }
    imported
}

#[test]
fn the_corpus_reads_back_the_same() {
    let imported = is_the_same_as_markdown(&corpus());
    assert_eq!(
        (imported.written, imported.reported),
        (support::articles(&Folder::new(corpus(), MOST), &Site::default()).len(), 0)
    );
}

#[test]
fn the_examples_of_every_format_read_back_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/khonha/formats");
    for (format, _) in formats() {
        is_the_same_as_markdown(&root.join(format.to_lowercase()));
    }
}

#[test]
fn a_single_file_is_imported_and_files_are_named_by_id() {
    let site = support::Site::new(&[(
        "export.ndjson",
        "{\"id\": \"news/_draft\", \"title\": \"หนึ่ง\"}\n{\"id\": 7, \"title\": \"สอง\"}\n{\"id\": 7, \"title\": \"สาม\"}\n{\"id\": 8}\n",
    )]);
    let to = site.index();
    let imported = import(&site.content().join("export.ndjson"), &to, Existing::Keep);
    assert_eq!((imported.found, imported.written, imported.reported), (4, 2, 2));
    let told: Vec<String> = imported.problems.iter().map(ToString::to_string).collect();
    assert!(told[0].starts_with("export.ndjson:3: error: has the id \"export/7\""), "{told:?}");
    let text = fs::read_to_string(to.join("news/x_draft.md")).expect("the file is written");
    assert_eq!(text, "---\nid: \"news/_draft\"\ntitle: \"หนึ่ง\"\n---\n");
    assert_eq!(fs::read_to_string(to.join("export/7.md")).expect("the file is written"), "---\ntitle: \"สอง\"\n---\n");
}

#[test]
fn nothing_is_written_over_unless_it_is_meant() {
    let site = support::Site::new(&[("a.csv", "id,title\nx/one,หนึ่ง\nx/two,สอง\n")]);
    let to = site.index();
    import(&site.content(), &to, Existing::Keep);
    fs::write(to.join("x/one.md"), "ของเดิม").expect("a file");
    let imported = import(&site.content(), &to, Existing::Keep);
    assert_eq!((imported.written, imported.reported), (1, 1));
    assert!(imported.problems[0].reason.ends_with("says something else; --force writes over it"), "{imported:?}");
    assert_eq!(fs::read_to_string(to.join("x/one.md")).expect("a file"), "ของเดิม");
    assert_eq!(import(&site.content(), &to, Existing::Overwrite).written, 2);
    assert_eq!(fs::read_to_string(to.join("x/one.md")).expect("a file"), "---\ntitle: \"หนึ่ง\"\n---\n");
}
