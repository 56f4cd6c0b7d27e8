//! `khonha index`: bring the index up to date once.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use super::progress::Bar;
use crate::config::Config;
use crate::content::Look;
use crate::index::Access;
use crate::watch::{Emptied, Indexer, Report};

pub(super) fn run(config: &Config, emptied: Emptied) -> anyhow::Result<ExitCode> {
    let store = Arc::new(super::store(config, Access::Write)?);
    let mut indexer = Indexer::new(super::folder(config), store).with_emptied(emptied);
    let start = Instant::now();
    let bar = Bar::of_bytes("Indexing");
    let report = indexer.reconcile(Look::Full, &|done, total| bar.show(done, total))?;
    let seconds = start.elapsed().as_secs_f32();
    let Report { updated, removed, articles, problems, .. } = report;
    println!("{articles} articles in {}: {updated} read, {removed} removed, {seconds:.2} s", config.index.display());
    let wrong = problems.iter().filter(|problem| problem.is_wrong()).count();
    if wrong > 0 {
        println!("{wrong} problems, told above; khonha check lists them");
    }
    Ok(ExitCode::SUCCESS)
}
