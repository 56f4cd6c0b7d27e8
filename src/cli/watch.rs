//! `khonha watch`: index and follow, for servers that only search.

use std::process::ExitCode;
use std::sync::Arc;

use super::serve::{index_and_follow, stop_on_signal};
use crate::config::Config;
use crate::index::Access;
use crate::watch::{Emptied, Indexer};

pub(super) fn run(config: &Config, emptied: Emptied) -> anyhow::Result<ExitCode> {
    let store = Arc::new(super::store(config, Access::Write)?);
    let indexer = Indexer::new(super::folder(config), store).with_emptied(emptied);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let stop = stop_on_signal()?;
        let follower = tokio::select! {
            follower = index_and_follow(config, indexer, stop.clone()) => follower?,
            () = stop.cancelled() => return Ok(()),
        };
        println!("Khonha follows {} (stop with Ctrl-C)", config.content.display());
        anyhow::Ok(follower.await?)
    })?;
    Ok(ExitCode::SUCCESS)
}
