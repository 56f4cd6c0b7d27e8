//! After random changes of the folder the index is the one that would be built anew, document by document.
//!
//! `TEST_STEPS=5000 TEST_SEED=random cargo test --release --test khonha model:: -- --nocapture` does many more.

use std::fs;
use std::time::{Duration, Instant};

use khonha::content::{Folder, Look};
use khonha::index::{Access, Store};
use khonha::watch::{Difference, Watching, verify};

use crate::changes::{Changing, seed, setting};
use crate::support::{Live, Site};
use crate::watch::Followed;

/// Steps of an ordinary run; between two comparisons there are as many as the second number.
const STEPS: u64 = 120;
const ROUND: usize = 7;

/// How long the index may take to follow.
const PATIENCE: Duration = Duration::from_secs(60);

fn follows(watching: Watching, otherwise: u64) {
    let (seed, steps) = (seed(otherwise), setting("TEST_STEPS", STEPS));
    println!("{watching:?}: {steps} steps, TEST_SEED={seed}");
    let site = Site::new(&[]);
    let mut changing = Changing::new(&site, seed);
    tell_of_rights(&site);
    let followed = Followed::by(&site, &site.content(), watching, Duration::from_secs(3_600));
    let mut step = 0;
    while step < steps {
        let round = 1 + changing.random.below(2 * ROUND);
        (0..round).for_each(|_| changing.step());
        step += round as u64;
        settle(&site, &followed, &changing, seed);
    }
    changing.mend();
    drop(followed);
    is_as_built_anew(&site, seed);
}

/// Who may read everything cannot lose the right to.
fn tell_of_rights(site: &Site) {
    use std::os::unix::fs::PermissionsExt;
    let probe = site.content().join(".probe");
    fs::write(&probe, "").expect("a file");
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o000)).expect("a mode");
    if fs::read(&probe).is_ok() {
        println!("this user may read everything: files without rights are not tested");
    }
    fs::remove_file(probe).expect("a file to remove");
}

/// Waits until the index is what the folder says, but for what waits for a full look and for files that nobody can read.
fn settle(site: &Site, followed: &Followed, changing: &Changing, seed: u64) {
    let start = Instant::now();
    loop {
        let differences = differences(site, &followed.store);
        if differences.is_empty() {
            return;
        }
        let last = &changing.done[changing.done.len().saturating_sub(20)..];
        let told = || format!("{differences:#?}\nafter {last:#?}\nTEST_SEED={seed}, step {}", changing.done.len());
        assert!(start.elapsed() < PATIENCE, "{}", told());
        std::thread::sleep(Duration::from_millis(30));
    }
}

fn differences(site: &Site, store: &Store) -> Vec<Difference> {
    let generation = store.current().expect("a generation");
    let verified = verify(&Folder::new(site.content(), 1 << 20), &generation).expect("a comparison");
    let waits = |it: &Difference| matches!(it, Difference::Names | Difference::Learned | Difference::Unread(_));
    verified.differences.into_iter().filter(|difference| !waits(difference)).collect()
}

/// Compares with an index that really is built anew, after one full look.
fn is_as_built_anew(site: &Site, seed: u64) {
    let full_look = |mut live: Live| {
        live.indexer.reconcile(Look::Full, &|_, _| {}).expect("the folder can be applied");
        live
    };
    let live = full_look(site.open());
    let folder = Folder::new(site.content(), 1 << 20);
    let verified = verify(&folder, &live.generation()).expect("a comparison");
    assert_eq!(verified.differences, [], "TEST_SEED={seed}");
    let temp = tempfile::tempdir().expect("a temporary folder");
    let store = std::sync::Arc::new(Store::open(temp.path(), Access::Write).expect("the index folder"));
    let fresh = full_look(Live { indexer: khonha::watch::Indexer::new(folder, std::sync::Arc::clone(&store)), store });
    let (live, fresh) = (live.generation(), fresh.generation());
    assert_eq!(live.site, fresh.site, "TEST_SEED={seed}");
    assert_eq!(live.index.learned().expect("learned"), fresh.index.learned().expect("learned"), "TEST_SEED={seed}");
    assert!(live.index.digests().expect("digests") == fresh.index.digests().expect("digests"), "TEST_SEED={seed}");
}

#[test]
fn random_changes_are_followed_by_events() {
    follows(Watching::Events { quiet: Duration::from_millis(20) }, 1);
}

#[test]
fn random_changes_are_followed_by_polling() {
    follows(Watching::Polling { every: Duration::from_millis(50) }, 2);
}
