//! The index in one file, and back, also while a service runs.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use khonha::content::Look;
use khonha::http::{AdminKey, AdminKeyHash, Scope, Service, new_admin_key};
use khonha::index::{Access, IndexError, Restored, Store, back_up, restore};

use crate::cli::{Server, khonha, run};
use crate::http::answer;
use crate::support::{Site, article, identity};

fn site() -> Site {
    Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูลเปิด")), ("b.md", &article("สอง", "งบประมาณ"))])
}

fn file(site: &Site, name: &str) -> PathBuf {
    site.content().with_file_name(name)
}

/// The articles of an index folder that nobody writes to.
fn paths(site: &Site) -> Vec<String> {
    let store = Store::open(&site.index(), Access::Read).expect("an index");
    let origins = store.current().expect("a generation").index.origins().expect("the index can be read");
    origins.into_iter().map(|indexed| indexed.origin.path.to_string()).collect()
}

#[test]
fn what_was_written_to_a_file_comes_back() {
    let site = site();
    site.open().look();
    let backup = back_up(&site.index(), &file(&site, "one.tar")).expect("a backup");
    assert_eq!(backup.articles, 2);
    assert_eq!(fs::metadata(&backup.path).expect("a file").len(), backup.bytes);
    site.remove("b.md");
    site.open().look();
    assert_eq!(paths(&site), ["a.md"]);
    assert_eq!(restore(&backup.path, &site.index()).expect("a good backup"), (2, Restored::InUse));
    assert_eq!(paths(&site), ["a.md", "b.md"]);
    // What was indexed since is brought up to date from the folder.
    assert_eq!(site.open().look().removed, 1);
    assert!(run(&site, &["verify"]).status.success());
}

#[test]
fn an_index_that_is_lost_comes_back_with_its_journal() {
    let site = site();
    site.open().look();
    let journal = fs::read(site.index().join("JOURNAL")).expect("a journal");
    let backup = back_up(&site.index(), &file(&site, "one.tar")).expect("a backup");
    fs::remove_dir_all(site.index()).expect("a folder to remove");
    restore(&backup.path, &site.index()).expect("a good backup");
    assert_eq!(fs::read(site.index().join("JOURNAL")).expect("a journal"), journal);
    assert_eq!(site.open().look().updated, 0);
}

#[test]
fn a_damaged_backup_changes_nothing() {
    let site = site();
    site.open().look();
    let backup = back_up(&site.index(), &file(&site, "one.tar")).expect("a backup");
    let whole = fs::read(&backup.path).expect("a file");
    let mut flipped = whole.clone();
    // Zeros fill up the archive's blocks, and mean nothing.
    let middle = (flipped.len() / 2..).find(|&at| flipped[at] != 0).expect("more than zeros");
    flipped[middle] ^= 1;
    for damaged in [&whole[..whole.len() / 2], &whole[..100], b"no archive at all", b"", flipped.as_slice()] {
        fs::write(&backup.path, damaged).expect("a file");
        let error = restore(&backup.path, &site.index()).expect_err("it is damaged");
        assert!(matches!(error, IndexError::Io { .. }), "{error}");
        assert_eq!(paths(&site), ["a.md", "b.md"]);
        let left = fs::read_dir(site.index()).expect("a folder").filter_map(Result::ok);
        let left: Vec<_> =
            left.map(|entry| entry.file_name()).filter(|it| it.to_string_lossy().starts_with('.')).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let site = site();
    site.open().look();
    let taken = file(&site, "taken.tar");
    fs::write(&taken, "precious").expect("a file");
    let error = back_up(&site.index(), &taken).expect_err("it is there").to_string();
    assert!(error.contains("taken.tar") && error.contains("name another file"), "{error}");
    assert_eq!(fs::read(&taken).expect("a file"), b"precious");
}

#[test]
fn backups_are_whole_while_a_service_writes_and_builds_anew() {
    let site = site();
    let server = Server::start(&site);
    let start = Instant::now();
    let mut taken = 0;
    while start.elapsed() < Duration::from_secs(6) {
        site.write(&format!("{taken}.md"), &article("บทความ", "ธรรมาภิบาล"));
        // A new word of the site leads to a new generation.
        site.write("topics.toml", &format!("[t{}]\nth = \"หัวข้อที่{taken}\"\n", taken % 2));
        let backup = file(&site, &format!("{taken}.tar"));
        let written = run(&site, &["snapshot", "--to", &backup.to_string_lossy()]);
        assert!(written.status.success(), "{written:?}");
        let elsewhere = Site::new(&[]);
        restore(&backup, &elsewhere.index()).expect("a whole backup");
        assert!(paths(&elsewhere).len() >= 2);
        taken += 1;
    }
    assert!(taken > 2, "{taken}");
    drop(server);
}

#[test]
fn a_running_service_takes_in_what_is_restored_and_brings_it_up_to_date() {
    let site = site();
    let server = Server::start(&site);
    let backup = file(&site, "one.tar");
    assert!(run(&site, &["snapshot", "--to", &backup.to_string_lossy()]).status.success());
    site.write("c.md", &article("สาม", "โปร่งใส"));
    server.wait_for_total("โปร่งใส", 1);
    let restored = run(&site, &["restore", "--from", &backup.to_string_lossy()]);
    assert!(restored.status.success(), "{restored:?}");
    // For a moment it has what the backup has.
    server.wait_for_total("โปร่งใส", 1);
    server.wait_for_total("", 3);
    assert!(run(&site, &["verify"]).status.success());
}

#[test]
fn a_restore_that_is_killed_leaves_the_index_as_it_was() {
    let site = site();
    site.open().look();
    let backup = back_up(&site.index(), &file(&site, "one.tar")).expect("a backup");
    site.write("c.md", &article("สาม", "โปร่งใส"));
    site.open().look();
    for milliseconds in [0, 2, 5, 10, 20, 40] {
        let mut child = khonha(&site, &["restore", "--from", &backup.path.to_string_lossy()]).spawn().expect("it runs");
        thread::sleep(Duration::from_millis(milliseconds));
        child.kill().expect("a process to kill");
        child.wait().expect("it ends");
        assert!([2, 3].contains(&paths(&site).len()), "{:?}", paths(&site));
        site.open().indexer.reconcile(Look::Full, &|_, _| {}).expect("the folder can be applied");
        assert_eq!(paths(&site), ["a.md", "b.md", "c.md"]);
    }
}

#[tokio::test]
async fn those_who_have_the_key_may_ask_for_an_index_built_anew_and_for_a_snapshot() {
    let site = site();
    let mut live = site.open();
    live.look();
    let (key, other) = (new_admin_key().expect("a key"), new_admin_key().expect("a key"));
    let admin = |name: &str, key: &str, scopes| AdminKey { name: name.to_owned(), hash: AdminKeyHash::of(key), scopes };
    let keys = vec![
        admin("keeper", &key, vec![Scope::Reindex, Scope::Snapshot]),
        admin("reader", &other, vec![Scope::Status]),
    ];
    let service = Service::new(live.store.clone(), identity()).with_admin_keys(keys);
    let post = |service: &Service, address: &str, credentials: String| {
        let request = axum::http::Request::post(address).header("Authorization", credentials);
        let request = request.body(axum::body::Body::empty()).expect("a request");
        let service = service.clone();
        async move { answer(&service, request).await }
    };
    for address in ["/api/v1/admin/reindex", "/api/v1/admin/snapshot"] {
        assert_eq!(post(&service, address, format!("Bearer {other}")).await.status, 403);
        assert_eq!(post(&service, address, "Bearer none".to_owned()).await.status, 401);
    }
    let off = post(&service, "/api/v1/admin/snapshot", format!("Bearer {key}")).await;
    assert!(off.status == 404 && off.text.contains("setting snapshots"), "{}", off.text);
    let service = service.with_snapshots(site.content().parent().expect("a folder"));
    let written = post(&service, "/api/v1/admin/snapshot", format!("Bearer {key}")).await;
    assert_eq!(written.status, 201, "{}", written.text);
    let json: serde_json::Value = serde_json::from_str(&written.text).expect("JSON");
    assert!(file(&site, json["file"].as_str().expect("a name")).exists());
    assert_eq!(post(&service, "/api/v1/admin/reindex", format!("Bearer {key}")).await.status, 202);
    assert_eq!(live.look().rebuilt, khonha::watch::Rebuilt::Yes);
    assert_eq!(live.look().rebuilt, khonha::watch::Rebuilt::No);
}

#[test]
fn an_index_cut_by_other_rules_serves_until_it_is_built_anew() {
    let site = site();
    site.open().look();
    let current = fs::read_to_string(site.index().join("CURRENT")).expect("a generation");
    let manifest = site.index().join(&current).join("generation.json");
    let mut json: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).expect("a file")).expect("JSON");
    json["fingerprint"] = "of another analyzer".into();
    fs::write(&manifest, json.to_string()).expect("a file");
    let mut live = site.open();
    assert_eq!(live.generation().index.documents(), 2);
    assert!(live.generation().is_outdated());
    let report = live.look();
    assert_eq!((report.rebuilt, live.generation().is_outdated()), (khonha::watch::Rebuilt::Yes, false));
    assert!(!site.index().join(current).exists(), "the old generation is removed");
}
