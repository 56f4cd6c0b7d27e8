//! Who writes: one process at a time, for as long as it says so.
//!
//! A lease is a document that its holder writes again and again. Who waits takes it when it has not changed for a while by
//! the clock of who waits; no two clocks are compared. Each taking has a higher number, the epoch, and every document is
//! written with it as its version: what a holder sent that has lost the lease meanwhile is refused (M. Kleppmann, "How to do
//! distributed locking", 2016, calls it a fencing token).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use serde::{Deserialize, Serialize};

use super::client::Client;
use super::error::ClusterError;
use super::random_name;
use super::state::{Expected, Revision, State};

/// After so long without a sign of its holder a lease is free.
pub(super) const LASTS: Duration = Duration::from_secs(10);
/// How long a holder believes that it has it after the last sign.
const BELIEVED: Duration = Duration::from_secs(7);
/// Between two signs.
const RENEWED: Duration = Duration::from_secs(2);
const NAME: &str = "lease";

/// What the document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    /// A random name; empty where it was given back.
    holder: String,
    /// Which process, for people.
    process: String,
    epoch: u64,
    /// Counts the signs.
    renewed: u64,
}

/// The right to write, until it is dropped or lost.
pub(super) struct Lease {
    client: Arc<Client>,
    prefix: String,
    /// The version of what is written under it.
    epoch: u64,
    state: Mutex<(Held, Revision)>,
    believed_until: Mutex<Instant>,
    /// Whether it was lost or given back.
    is_over: AtomicBool,
    /// Whether it was told that it cannot be renewed.
    is_told: AtomicBool,
}

/// Who waits for the lease.
#[derive(Default)]
pub(super) struct Waiting {
    /// What was seen, and since when it has not changed.
    seen: Option<(Revision, Instant)>,
}

impl Waiting {
    /// Looks at the lease, and takes it if it is free.
    ///
    /// # Errors
    /// [`ClusterError::Held`] while another process has it.
    pub(super) fn take(&mut self, client: &Arc<Client>, prefix: &str) -> Result<Arc<Lease>, ClusterError> {
        let state = State::new(client, prefix);
        let Some((held, revision)) = state.read::<Held>(NAME)? else {
            return Lease::take(client, prefix, 1, Expected::Missing);
        };
        let since = match self.seen {
            Some((seen, since)) if seen == revision => since,
            _ => Instant::now(),
        };
        self.seen = Some((revision, since));
        if held.holder.is_empty() || since.elapsed() >= LASTS {
            return Lease::take(client, prefix, held.epoch + 1, Expected::Same(revision));
        }
        Err(ClusterError::Held(held.process))
    }
}

impl Lease {
    fn take(client: &Arc<Client>, prefix: &str, epoch: u64, expected: Expected) -> Result<Arc<Lease>, ClusterError> {
        let process = format!("process {} on {}", std::process::id(), host());
        let held = Held { holder: random_name(), process, epoch, renewed: 0 };
        let start = Instant::now();
        let revision = State::new(client, prefix).write(NAME, &held, expected).map_err(|error| match error {
            ClusterError::Conflict(_) => ClusterError::Held("another process, which was faster".to_owned()),
            error => error,
        })?;
        let lease = Arc::new(Lease {
            client: Arc::clone(client),
            prefix: prefix.to_owned(),
            epoch,
            state: Mutex::new((held, revision)),
            believed_until: Mutex::new(start + BELIEVED),
            is_over: AtomicBool::new(false),
            is_told: AtomicBool::new(false),
        });
        renew_on(Arc::downgrade(&lease));
        Ok(lease)
    }

    /// Whether it may still be written; the cluster is asked where the last sign was too long ago, as after a pause of this
    /// process or of the cluster.
    ///
    /// # Errors
    /// [`ClusterError::Lost`] if not, and others if the cluster does not say.
    fn check(&self) -> Result<(), ClusterError> {
        if !self.is_believed() {
            self.renew(LASTS)?;
        }
        if self.is_over() { Err(ClusterError::Lost) } else { Ok(()) }
    }

    fn is_believed(&self) -> bool {
        !self.is_over() && Instant::now() < *self.believed_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Acquire)
    }

    /// Gives a sign, which tells whether it was lost.
    ///
    /// # Errors
    /// [`ClusterError`] if the cluster did not take it within this time, or did not say who has the lease.
    fn renew(&self, within: Duration) -> Result<(), ClusterError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_over() {
            return Ok(());
        }
        let (held, revision) = state.clone();
        let held = Held { renewed: held.renewed + 1, ..held };
        let start = Instant::now();
        match State::new(&self.client, &self.prefix).write_within(NAME, &held, Expected::Same(revision), within) {
            Ok(revision) => {
                *state = (held, revision);
                self.believe(start);
                Ok(())
            }
            Err(ClusterError::Conflict(_)) => self.settle_conflict(&mut state, start),
            Err(error) => Err(error),
        }
    }

    /// Gives it back, so that nobody has to wait. Nothing is written of it afterwards.
    fn give_back(&self) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_over.swap(true, Ordering::AcqRel) {
            return;
        }
        let (held, revision) = state.clone();
        let free = Held { holder: String::new(), ..held };
        let _ = State::new(&self.client, &self.prefix).write_within(NAME, &free, Expected::Same(revision), RENEWED);
    }

    fn believe(&self, since: Instant) {
        *self.believed_until.lock().unwrap_or_else(PoisonError::into_inner) = since + BELIEVED;
        self.is_told.store(false, Ordering::Release);
    }

    /// Says once that it cannot be renewed, until it was.
    fn tell(&self, error: &ClusterError) {
        if !self.is_told.swap(true, Ordering::AcqRel) {
            tracing::warn!(%error, "the lease to write cannot be renewed");
        }
    }

    /// An answer may have been lost of a sign that was taken: it is still ours if it has our name.
    fn settle_conflict(&self, state: &mut (Held, Revision), start: Instant) -> Result<(), ClusterError> {
        match State::new(&self.client, &self.prefix).read::<Held>(NAME)? {
            Some(found) if found.0.holder == state.0.holder => {
                *state = found;
                self.believe(start);
            }
            _ => {
                self.is_over.store(true, Ordering::Release);
                tracing::error!("another process writes to the index now; this one waits");
            }
        }
        Ok(())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.give_back();
    }
}

/// The lease of this process, if it has one; all generations share it.
#[derive(Clone, Default)]
pub(super) struct OwnLease(Arc<ArcSwapOption<Lease>>);

impl OwnLease {
    pub(super) fn set(&self, lease: Arc<Lease>) {
        self.0.store(Some(lease));
    }

    /// Gives it back, if this process has it.
    pub(super) fn give_back(&self) {
        if let Some(lease) = self.0.swap(None) {
            lease.give_back();
        }
    }

    /// Whether this process may write, as far as it knows without asking.
    pub(super) fn is_believed(&self) -> bool {
        self.0.load().as_ref().is_some_and(|lease| lease.is_believed())
    }

    /// The epoch in which may be written.
    ///
    /// # Errors
    /// [`ClusterError::Lost`] if this process must not write, and others if the cluster had to be asked and does not say.
    pub(super) fn check(&self) -> Result<u64, ClusterError> {
        let lease = self.0.load_full().ok_or(ClusterError::Lost)?;
        lease.check()?;
        Ok(lease.epoch)
    }
}

fn renew_on(lease: Weak<Lease>) {
    thread::spawn(move || {
        loop {
            thread::sleep(RENEWED);
            let Some(lease) = lease.upgrade().filter(|lease| !lease.is_over()) else { return };
            if let Err(error) = lease.renew(RENEWED) {
                lease.tell(&error);
            }
        }
    });
}

/// The name of this machine, as far as it is known.
fn host() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    if name.trim().is_empty() { "an unknown host".to_owned() } else { name.trim().to_owned() }
}
