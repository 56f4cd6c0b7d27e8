//! A service that is killed at any moment starts again from its last commit and comes to the truth.
//!
//! `KHONHA_KILLS=500 KHONHA_SEED=random cargo test --test khonha crash:: -- --nocapture` does it more often.

use std::collections::HashSet;
use std::process::{Child, Stdio};
use std::time::Duration;

use khonha::content::Folder;
use khonha::index::{Access, IndexError, Store};
use khonha::watch::verify;

use crate::changes::{Changing, seed, setting};
use crate::cli::{Server, free_address, khonha, run};
use crate::support::{Site, article};

/// Kills of an ordinary run.
const KILLS: u64 = 20;

/// Every so many kills the index is brought up to date and compared; between them one crash comes upon another.
const ROUND: u64 = 4;

fn serve(site: &Site) -> Child {
    let mut command = khonha(site, &["serve", "--listen", &free_address()]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
}

/// Changes the folder until the service is killed, a random time after its start.
fn change_and_kill(site: &Site, changing: &mut Changing) {
    let mut service = serve(site);
    let pauses = changing.random.below(40);
    for _ in 0..pauses {
        std::thread::sleep(Duration::from_millis(changing.random.below(60) as u64));
        if changing.random.below(3) == 0 {
            changing.step();
        }
    }
    service.kill().expect("it can be killed");
    service.wait().expect("it ends");
}

/// The last commit can be read, and has nothing that was never written.
fn last_commit(site: &Site, written: &HashSet<String>) -> Option<usize> {
    let store = Store::open(&site.index(), Access::Read).expect("a crash damages nothing");
    let generation = match store.current() {
        Err(IndexError::NotReady(_)) => return None,
        generation => generation.expect("a generation"),
    };
    let files = generation.index.files().expect("the index can be read");
    assert!(files.iter().all(|file| written.contains(&file.hash)), "the index has what no file ever had");
    Some(files.len())
}

#[test]
fn a_service_that_is_killed_at_any_moment_loses_nothing() {
    let (seed, kills) = (seed(3), setting("KHONHA_KILLS", KILLS));
    println!("{kills} kills, KHONHA_SEED={seed}");
    let site = Site::new(&[]);
    let mut changing = Changing::new(&site, seed);
    let bulk: Vec<String> = (0..40).map(|number| article(&format!("ฉบับที่ {number}"), &"ข้อมูลเปิด ".repeat(50))).collect();
    for (number, text) in bulk.iter().enumerate() {
        changing.written.insert(blake3::hash(text.as_bytes()).to_hex().to_string());
        site.write(&format!("bulk/{number}.md"), text);
    }
    let mut was_built = false;
    for kill in 1..=kills {
        change_and_kill(&site, &mut changing);
        let articles = last_commit(&site, &changing.written);
        assert!(articles.is_some() || !was_built, "an index that was there is gone; KHONHA_SEED={seed}, kill {kill}");
        was_built |= articles.is_some();
        if kill % ROUND == 0 {
            comes_to_the_truth(&site, &mut changing, seed, kill);
            was_built = true;
        }
    }
    changing.mend();
    let server = Server::start(&site);
    let verified = verify(&Folder::new(site.content(), 1 << 20), &current(&site)).expect("a comparison");
    assert_eq!(server.total(""), verified.articles as u64, "KHONHA_SEED={seed}");
}

fn comes_to_the_truth(site: &Site, changing: &mut Changing, seed: u64, kill: u64) {
    changing.mend();
    let output = run(site, &["index"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !told.contains("damaged"), "KHONHA_SEED={seed}, kill {kill}: {told}");
    let verified = verify(&Folder::new(site.content(), 1 << 20), &current(site)).expect("a comparison");
    assert_eq!(verified.differences, [], "KHONHA_SEED={seed}, kill {kill}");
    let names =
        std::fs::read_dir(site.index()).expect("the index folder").map(|entry| entry.expect("an entry").file_name());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?} is left, KHONHA_SEED={seed}, kill {kill}");
}

fn current(site: &Site) -> std::sync::Arc<khonha::index::Generation> {
    Store::open(&site.index(), Access::Read).expect("the index").current().expect("a generation")
}
