//! Which folder lies at the path of the content folder.

use std::path::Path;

/// Tells the folder from another one at the same path: device and number on Unix. Elsewhere there is nothing to tell it by,
/// so that a replaced folder is found by the looks by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    number: u64,
}

impl Identity {
    /// The identity of the folder that `root` leads to now.
    #[cfg(unix)]
    pub(super) fn of(root: &Path) -> Option<Identity> {
        use std::os::unix::fs::MetadataExt;
        let metadata = std::fs::metadata(root).ok()?;
        Some(Identity { device: metadata.dev(), number: metadata.ino() })
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Path) -> Option<Identity> {
        None
    }
}
