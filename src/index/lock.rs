//! The lock of an index folder, and patience with locks.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::IndexError;

const LOCK: &str = "LOCK";
/// How long a lock may be busy that nobody else has.
const PATIENCE: Duration = Duration::from_secs(1);

/// Takes the lock of the index folder `dir`, which is held as long as the file is open.
pub(super) fn lock(dir: &Path) -> Result<File, IndexError> {
    let path = dir.join(LOCK);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(IndexError::io("open", &path))?;
    match patiently(|| file.try_lock(), |error| matches!(error, TryLockError::WouldBlock)) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(IndexError::Locked(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(IndexError::io("lock", &path)(error)),
    }
}

/// Tries to `take` a lock until it is not busy, for a second. A process that this one starts has its files open, and with
/// them locks that are given up meanwhile, until it runs its own program.
pub(super) fn patiently<T, E>(take: impl Fn() -> Result<T, E>, is_busy: impl Fn(&E) -> bool) -> Result<T, E> {
    let start = Instant::now();
    loop {
        match take() {
            Err(error) if is_busy(&error) && start.elapsed() < PATIENCE => thread::sleep(PATIENCE / 100),
            taken => return taken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_given_up_in_a_moment_is_waited_for() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let held = lock(dir.path()).expect("nobody has it");
        let waiting = thread::scope(|scope| {
            let waiting = scope.spawn(|| lock(dir.path()));
            thread::sleep(PATIENCE / 5);
            drop(held);
            waiting.join().expect("no panic")
        });
        assert!(matches!(lock(dir.path()), Err(IndexError::Locked(_))));
        drop(waiting.expect("it was given up"));
    }
}
