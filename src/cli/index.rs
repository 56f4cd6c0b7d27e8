//! `khonha index`: bring the index up to date once.

use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::progress::Bar;
use crate::config::Config;
use crate::content::Look;
use crate::index::{Access, Store};
use crate::watch::{Emptied, Indexer, Report, WatchError};

/// How long to wait for another process that may have died.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_secs(1);

pub(super) fn run(config: &Config, emptied: Emptied) -> anyhow::Result<ExitCode> {
    bring_up(config, super::store(config, Access::Write)?, emptied)
}

/// Brings the index in `store` up to date, and tells what was done.
pub(super) fn bring_up(config: &Config, store: Store, emptied: Emptied) -> anyhow::Result<ExitCode> {
    let mut indexer = Indexer::new(super::folder(config), Arc::new(store)).with_emptied(emptied);
    let start = Instant::now();
    let bar = Bar::of_bytes("Indexing");
    let mut look = || indexer.reconcile(Look::Full, &|done, total| bar.show(done, total));
    let mut looked = look();
    // One that died holds a cluster for a while.
    while matches!(looked, Err(WatchError::StandingBy)) && start.elapsed() < PATIENCE {
        thread::sleep(PAUSE);
        looked = look();
    }
    let report = looked?;
    let seconds = start.elapsed().as_secs_f32();
    let Report { updated, removed, articles, problems, .. } = report;
    println!("{articles} articles in {}: {updated} read, {removed} removed, {seconds:.2} s", super::place(config));
    let wrong = problems.iter().filter(|problem| problem.is_wrong()).count();
    if wrong > 0 {
        println!("{wrong} problems, told above; khonha check lists them");
    }
    Ok(ExitCode::SUCCESS)
}
