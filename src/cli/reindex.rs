//! `khonha reindex`: to another engine, while the one in use goes on serving.

use std::process::ExitCode;

use super::index::bring_up;
use crate::config::{Config, EngineKind};
use crate::index::Access;
use crate::watch::Emptied;

/// Builds the index on the engine of `config` from the content folder. When each article last changed is taken over from
/// the other engine, so that those who harvest the site do not get all of it again.
pub(super) fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let other = match config.engine {
        EngineKind::Embedded => EngineKind::OpenSearch,
        EngineKind::OpenSearch => EngineKind::Embedded,
    };
    let store = super::store(config, Access::Write)?;
    let other = Config { engine: other, ..config.clone() };
    match super::store(&other, Access::Read).and_then(|from| Ok(store.take_journal(&from)?)) {
        Ok(0) => {}
        Ok(entries) => println!("{entries} entries of the journal taken over from {}", super::place(&other)),
        Err(error) => println!("the journal of {} is not taken over: {error}", super::place(&other)),
    }
    let done = bring_up(config, store, Emptied::Keep)?;
    println!("khonha serve with the same --engine serves it from now on");
    Ok(done)
}
