//! A bar that shows how much of the folder is indexed.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar for [`Indexer::reconcile`](crate::watch::Indexer::reconcile); it is drawn only on a terminal.
pub(super) struct IndexingBar(ProgressBar);

impl IndexingBar {
    pub(super) fn new() -> IndexingBar {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("Indexing {bar:40} {bytes}/{total_bytes}, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        IndexingBar(bar)
    }

    pub(super) fn show(&self, done: usize, total: usize) {
        self.0.set_length(u64::try_from(total).unwrap_or(u64::MAX));
        self.0.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        if done == total {
            self.0.finish_and_clear();
        }
    }
}
