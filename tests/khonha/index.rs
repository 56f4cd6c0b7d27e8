//! Indexes on disk: generations, commits, and what is counted.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use khonha::content::ArticleId;
use khonha::content::Origin;
use khonha::index::{Access, Choice, Facet, IndexError, Plan, Query, Sort, Store};
use khonha::search::{Request, Response, Searcher};

use crate::support::{Live, Site, article};

fn everything() -> Plan {
    Plan { limit: 10, ..Plan::counting(Query::Everything, Facet::ALL.to_vec()) }
}

fn generations(site: &Site) -> Vec<String> {
    let entries = fs::read_dir(site.index()).expect("the index folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("generation-")).collect();
    names.sort();
    names
}

#[test]
fn what_is_committed_is_there_after_a_restart() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูล"))]);
    site.open().look();
    let live = site.open();
    assert_eq!(live.paths(), ["a.md"]);
    let found = live.generation().index.article(&ArticleId::new("a")).expect("the index can be read");
    assert_eq!(found.expect("the article is there").title.th.as_deref(), Some("หนึ่ง"));
}

/// A name is found by its sound, a half typed word and a mistyped one by the words of the index.
#[test]
fn what_was_worked_out_of_a_commit_is_kept_for_the_next_process() {
    let site = Site::new(&[("a.md", &article("ทีมแพนเธอร์ส", "ข้อมูลเปิดภาครัฐ and transparency"))]);
    let mut live = site.open();
    live.look();
    let searcher = |live: &Live| Searcher::new(Arc::clone(&live.store));
    let searched = |searcher: &Searcher| {
        let search = |text: &str| searcher.search(&Request { text: text.to_owned(), ..Request::default() });
        ["ทีม", "panthers", "transpar", "tranpsarency", "ข้อมู", "ข้อมมูล"].map(|text| {
            let Response { total, hits, warnings, also, .. } = search(text).expect("an answer");
            let suggestions = searcher.suggest(text, 9).expect("an answer");
            (total, hits.len(), warnings, also, suggestions)
        })
    };
    let same = searcher(&live);
    let before = searched(&same);
    assert!(before.iter().all(|(total, ..)| *total == 1), "{before:?}");
    assert!(live.generation().index.kept().is_none());
    assert!(before.iter().any(|(.., suggestions)| !suggestions.is_empty()), "{before:?}");
    same.warm().expect("it can be read");
    let until = Instant::now() + Duration::from_secs(60);
    while live.generation().index.kept().is_none() {
        assert!(Instant::now() < until, "nothing was kept");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(searched(&same), before);
    drop((same, live));
    let mut live = site.open();
    assert!(live.generation().index.kept().is_some());
    assert_eq!(searched(&searcher(&live)), before);
    site.write("b.md", &article("อื่น", "อย่างอื่น"));
    live.look();
    let suggested = |searcher: &Searcher| searcher.suggest("อื่", 9).expect("an answer").len();
    assert_eq!(suggested(&searcher(&live)), 1);
    let beginning = searcher(&live).with_words_kept();
    assert_eq!(suggested(&beginning), 0, "the words were not those that were kept");
    // What is new is found at once, and suggested once its words are read.
    assert_eq!(beginning.search(&Request { text: "อื่น".into(), ..Request::default() }).expect("an answer").total, 1);
    let until = Instant::now() + Duration::from_secs(60);
    while suggested(&beginning) == 0 {
        assert!(Instant::now() < until, "the words of the last commit were not read");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn what_was_not_committed_is_not_seen() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูล"))]);
    let mut live = site.open();
    live.look();
    live.generation().index.remove(&Origin::file("a.md")).expect("the index can be written");
    assert_eq!(live.paths(), ["a.md"]);
    drop(live);
    assert_eq!(site.open().paths(), ["a.md"]);
}

#[test]
fn a_second_writer_is_refused_and_readers_are_not() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูล"))]);
    let mut live = site.open();
    live.look();
    let second = Store::open(&site.index(), Access::Write);
    assert!(matches!(second.err(), Some(IndexError::Locked(_))));
    assert!(Store::open(&site.index(), Access::Read).expect("a reader").current().is_ok());
}

#[test]
fn a_generation_that_was_not_finished_is_removed_and_the_last_one_serves() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูล"))]);
    site.open().look();
    fs::create_dir(site.index().join("generation-0000000009")).expect("a folder as a crash leaves it");
    let half_written = site.index().join("generation-0000000001/.khonha-half");
    fs::write(&half_written, "half").expect("a file as a crash leaves it");
    let live = site.open();
    assert!(!half_written.exists());
    assert_eq!(generations(&site), ["generation-0000000001"]);
    assert_eq!(live.paths(), ["a.md"]);
}

#[test]
fn a_reader_keeps_its_generation_and_the_last_reader_removes_it() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูล"))]);
    let mut live = site.open();
    live.look();
    let held = live.generation();
    site.write("words.txt", "ข้อมูลเปิด");
    live.look();
    assert_eq!(generations(&site), ["generation-0000000001", "generation-0000000002"]);
    assert_eq!(held.index.search(&everything()).expect("the old one can be read").total, 1);
    drop(held);
    assert_eq!(generations(&site), ["generation-0000000002"]);
}

#[test]
fn an_index_with_documents_of_another_version_is_built_anew() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูล"))]);
    site.open().look();
    let manifest = site.index().join("generation-0000000001/generation.json");
    let mut old: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).expect("a manifest")).expect("JSON");
    old["documents"] = 1.into();
    fs::write(&manifest, old.to_string()).expect("a manifest");
    let mut live = site.open();
    assert!(matches!(live.store.current().err(), Some(IndexError::NotReady(_))));
    live.look();
    assert_eq!(live.paths(), ["a.md"]);
}

#[test]
fn a_pointer_that_names_no_generation_harms_nothing() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูล"))]);
    for name in ["", "..", "/", "../content", "generation-", "generation-0000000042"] {
        site.open().look();
        fs::write(site.index().join("CURRENT"), name).expect("a file");
        let mut live = site.open();
        live.look();
        assert_eq!(live.paths(), ["a.md"], "{name:?}");
        assert!(site.content().join("a.md").exists(), "{name:?}");
    }
}

#[test]
fn a_generation_whose_folder_is_gone_is_built_anew_under_another_name() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูล"))]);
    site.open().look();
    fs::remove_dir_all(site.index().join("generation-0000000001")).expect("a folder to remove");
    let mut live = site.open();
    live.look();
    assert_eq!((live.paths(), generations(&site)), (vec!["a.md".to_owned()], vec!["generation-0000000002".to_owned()]));
    drop(live);
    assert_eq!(site.open().paths(), ["a.md"]);
}

#[test]
fn nothing_is_in_an_index_folder_that_is_not_there() {
    let site = Site::new(&[]);
    let store = Store::open(&site.index(), Access::Read).expect("reading makes nothing");
    assert!(matches!(store.current().err(), Some(IndexError::NotReady(_))));
    assert!(!site.index().exists());
}

#[test]
fn values_are_counted_once_an_article() {
    let both = "---\ntitle: ก\ntopics: [a/b, a/c]\ndate: 2567\n---\n";
    let site = Site::new(&[("x.md", both), ("y.md", "---\ntitle: ข\ntopics: a\n---\n")]);
    let mut live = site.open();
    live.look();
    let outcome = live.generation().index.search(&everything()).expect("a search");
    let counted = |facet| outcome.facets[&facet].iter().map(|(value, count)| (&**value, *count)).collect::<Vec<_>>();
    assert_eq!(counted(Facet::Topic), [("a", 2), ("a/b", 1), ("a/c", 1)]);
    assert_eq!(counted(Facet::Year), [("2567", 1)]);
}

#[test]
fn hits_come_by_date_and_then_by_id() {
    let dated = |date: &str| format!("---\ntitle: ก\ndate: {date}\n---\n");
    let files = [("d.md", dated("2020")), ("c.md", dated("2020")), ("b.md", dated("2022")), ("a.md", article("ก", ""))];
    let site = Site::new(&files.each_ref().map(|(path, text)| (*path, text.as_str())));
    let mut live = site.open();
    live.look();
    let ids = |sort| {
        let outcome = live.generation().index.search(&Plan { sort, ..everything() }).expect("a search");
        outcome.hits.into_iter().map(|hit| hit.article.id.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids(Sort::Newest), "b c d a");
    assert_eq!(ids(Sort::Oldest), "c d b a");
    assert_eq!(ids(Sort::Relevance), "a b c d");
}

#[test]
fn a_plan_whose_deadline_has_come_gives_what_there_is() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูล"))]);
    let mut live = site.open();
    live.look();
    let index = &live.generation().index;
    let now = Some(Instant::now());
    let filters = [(Facet::Language, vec![Choice::Value("th".to_owned())])].into();
    let late = index.search(&Plan { deadline: now, filters, ..everything() }).expect("a search");
    assert!(late.is_cut_short && late.total == 0 && late.hits.is_empty());
    let deadline = now.map(|now| now + Duration::from_secs(3_600));
    let whole = index.search(&Plan { deadline, ..everything() }).expect("a search");
    assert!(!whole.is_cut_short && whole.total == 1);
}
