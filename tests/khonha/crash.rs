//! A service that is killed at any moment starts again from its last commit and comes to the truth.
//!
//! `TEST_KILLS=500 TEST_SEED=random cargo test --test khonha crash:: -- --nocapture` does it more often.

use std::collections::{BTreeSet, HashSet};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use khonha::content::Folder;
use khonha::index::{Access, IndexError, IndexedOrigin, Store};
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

/// How long the program takes to index what is there: a busy machine is not to be killed before it has begun.
fn time_to_index(site: &Site) -> Duration {
    let start = Instant::now();
    assert!(run(site, &["index"]).status.success());
    start.elapsed()
}

/// Changes the folder until the service is killed, a random time after its start: four times `pace` at most.
fn change_and_kill(site: &Site, changing: &mut Changing, pace: Duration) {
    let mut service = serve(site);
    let pauses = changing.random.below(40);
    for _ in 0..pauses {
        std::thread::sleep(pace / 10 * changing.random.below(100) as u32 / 100);
        if changing.random.below(3) == 0 {
            changing.step();
        }
    }
    service.kill().expect("it can be killed");
    service.wait().expect("it ends");
}

/// The hashes of files in the last commit, which can be read and has nothing that was never written.
fn last_commit(site: &Site, written: &HashSet<String>) -> Option<BTreeSet<(String, String)>> {
    let store = Store::open(&site.index(), Access::Read).expect("a crash damages nothing");
    let generation = match store.current() {
        Err(IndexError::NotReady(_)) => return None,
        generation => generation.expect("a generation"),
    };
    let origins = generation.index.origins().expect("the index can be read");
    let hash = |indexed: &IndexedOrigin| indexed.hash.expect("a hash").to_string();
    let last: BTreeSet<_> = origins.iter().map(|indexed| (indexed.origin.to_string(), hash(indexed))).collect();
    assert!(last.iter().all(|(_, hash)| written.contains(hash)), "the index has what no file ever had");
    Some(last)
}

#[test]
fn a_service_that_is_killed_at_any_moment_loses_nothing() {
    let (seed, kills) = (seed(3), setting("TEST_KILLS", KILLS));
    println!("{kills} kills, TEST_SEED={seed}");
    let site = Site::new(&[]);
    let mut changing = Changing::new(&site, seed);
    let bulk: Vec<String> = (0..40).map(|number| article(&format!("ฉบับที่ {number}"), &"ข้อมูลเปิด ".repeat(50))).collect();
    for (number, text) in bulk.iter().enumerate() {
        changing.written.insert(blake3::hash(text.as_bytes()).to_hex().to_string());
        site.write(&format!("bulk/{number}.md"), text);
    }
    let pace = time_to_index(&site);
    let (mut before, mut commits) = (last_commit(&site, &changing.written), 0);
    for kill in 1..=kills {
        change_and_kill(&site, &mut changing, pace);
        let now = last_commit(&site, &changing.written);
        assert!(now.is_some() || before.is_none(), "an index that was there is gone; TEST_SEED={seed}, kill {kill}");
        commits += u64::from(now != before);
        if kill % ROUND == 0 {
            comes_to_the_truth(&site, &mut changing, seed, kill);
        }
        before = last_commit(&site, &changing.written);
    }
    println!("{commits} of the killed services had committed something");
    assert!(commits > kills / 5, "the services are killed too early: {commits} commits, TEST_SEED={seed}");
    changing.mend();
    let server = Server::start(&site);
    let verified = verify(&Folder::new(site.content(), 1 << 20), &current(&site)).expect("a comparison");
    assert_eq!(server.total(""), verified.articles as u64, "TEST_SEED={seed}");
}

fn comes_to_the_truth(site: &Site, changing: &mut Changing, seed: u64, kill: u64) {
    changing.mend();
    let output = run(site, &["index"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !told.contains("damaged"), "TEST_SEED={seed}, kill {kill}: {told}");
    let verified = verify(&Folder::new(site.content(), 1 << 20), &current(site)).expect("a comparison");
    assert_eq!(verified.differences, [], "TEST_SEED={seed}, kill {kill}");
    let names =
        std::fs::read_dir(site.index()).expect("the index folder").map(|entry| entry.expect("an entry").file_name());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?} is left, TEST_SEED={seed}, kill {kill}");
}

fn current(site: &Site) -> std::sync::Arc<khonha::index::Generation> {
    Store::open(&site.index(), Access::Read).expect("the index").current().expect("a generation")
}
