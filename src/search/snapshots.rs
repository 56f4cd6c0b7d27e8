//! Commits that are kept for a while, so that who turns a page sees the hits that the page before was counted from.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::searcher::Known;
use crate::index::CommitName;

/// The most that are kept. Each may keep files of the index that are no longer in use.
const MOST_KEPT: usize = 16;
/// How long one is kept after it was last used.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// The commits that are kept, by name.
#[derive(Default)]
pub(super) struct Snapshots {
    kept: Mutex<HashMap<String, Kept>>,
}

struct Kept {
    snapshot: Arc<Snapshot>,
    last_used: Instant,
    /// Whether anyone came back to it; those that nobody did are given up first.
    is_returned_to: bool,
}

/// One commit with what is known of it, held as long as this is.
pub(super) struct Snapshot {
    /// What it is asked for by.
    pub(super) name: String,
    pub(super) known: Known,
    /// For [`Plan::version`](crate::index::Plan::version).
    pub(super) version: u64,
}

impl Snapshot {
    /// Two generations without an article have the same name, and the older one is to be let go.
    fn is_of_generation(&self, other: &Snapshot) -> bool {
        Arc::ptr_eq(&self.known.generation, &other.known.generation)
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        self.known.generation.index.release(self.version);
    }
}

impl Snapshots {
    /// The last commit.
    pub(super) fn last(&self, known: Known) -> Arc<Snapshot> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (version, commit) = known.generation.index.hold();
        // Released when it is dropped, also where the same is kept already.
        let new = Arc::new(Snapshot { name: name(&known, commit), known, version });
        let same = kept.get_mut(&new.name).filter(|kept| kept.snapshot.is_of_generation(&new));
        if let Some(same) = same {
            same.last_used = Instant::now();
            if !Arc::ptr_eq(&same.snapshot.known.knowledge, &new.known.knowledge) {
                // It is the same, from where it takes less memory.
                same.snapshot = Arc::clone(&new);
            }
            return Arc::clone(&same.snapshot);
        }
        let of_new = Kept { snapshot: Arc::clone(&new), last_used: Instant::now(), is_returned_to: false };
        kept.insert(new.name.clone(), of_new);
        give_up_old(&mut kept);
        new
    }

    /// The one of this name, if it is still kept.
    pub(super) fn named(&self, name: &str) -> Option<Arc<Snapshot>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        give_up_old(&mut kept);
        let kept = kept.get_mut(name)?;
        (kept.last_used, kept.is_returned_to) = (Instant::now(), true);
        Some(Arc::clone(&kept.snapshot))
    }
}

/// A name that no other commit has, and that this one has in every process and run: who comes back to a snapshot that is
/// no longer kept, or that another process kept, is answered from the last commit without a word where that is the same.
fn name(known: &Known, commit: CommitName) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&serde_json::to_vec(&known.generation.fingerprint).unwrap_or_default());
    hasher.update(&commit.0).update(&known.knowledge.name);
    hasher.finalize().to_hex()[..16].to_owned()
}

fn give_up_old(kept: &mut HashMap<String, Kept>) {
    kept.retain(|_, kept| kept.last_used.elapsed() < KEPT_FOR);
    while kept.len() > MOST_KEPT {
        let oldest = kept.iter().min_by_key(|(_, kept)| (kept.is_returned_to, kept.last_used));
        let Some(name) = oldest.map(|(name, _)| name.clone()) else { return };
        kept.remove(&name);
    }
}
