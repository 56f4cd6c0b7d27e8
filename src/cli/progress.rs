//! A bar that shows how much is read.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar; it is drawn only on a terminal.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar of bytes that are read for what is being done.
    pub(super) fn of_bytes(doing: &'static str) -> Bar {
        Bar::new(doing, "{msg} {bar:40} {bytes}/{total_bytes}, {eta} left")
    }

    /// A bar of articles.
    pub(super) fn of_articles(doing: &'static str) -> Bar {
        Bar::new(doing, "{msg} {bar:40} {pos}/{len} articles, {eta} left")
    }

    /// A bar of searches.
    pub(super) fn of_searches(doing: &'static str) -> Bar {
        Bar::new(doing, "{msg} {bar:40} {pos}/{len} searches, {eta} left")
    }

    /// A bar of time that passes.
    pub(super) fn of_time(doing: &'static str) -> Bar {
        Bar::new(doing, "{msg} {bar:40} {eta} left")
    }

    fn new(doing: &'static str, template: &str) -> Bar {
        let bar = ProgressBar::new(0).with_message(doing);
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Bar(bar)
    }

    /// Shows how many of how many are done.
    pub(super) fn show(&self, done: usize, all: usize) {
        self.0.set_length(u64::try_from(all).unwrap_or(u64::MAX));
        self.0.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        if done == all {
            self.0.finish_and_clear();
        }
    }
}
