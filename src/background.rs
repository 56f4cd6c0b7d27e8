//! Threads for work that nobody waits for.

use std::thread;

/// Does `work` on a thread of its own, which leaves the processors to those that somebody waits for: on Linux it has the
/// lowest priority, as have the threads that it begins. Elsewhere it is a thread as any other.
pub(crate) fn spawn(work: impl FnOnce() + Send + 'static) {
    thread::spawn(move || {
        step_back();
        work();
    });
}

/// To the system each thread of Linux has a priority of its own, elsewhere each process has one.
#[cfg(target_os = "linux")]
fn step_back() {
    const LOWEST: i32 = 19;
    if let Err(error) = rustix::process::nice(LOWEST) {
        tracing::debug!(%error, "work in the background keeps its priority");
    }
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}
