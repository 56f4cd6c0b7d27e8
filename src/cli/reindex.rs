//! `khonha reindex`: to another engine, while the one in use goes on serving.

use std::process::ExitCode;

use super::counts;
use super::index::bring_up;
use crate::analytics::today;
use crate::config::{Config, EngineKind};
use crate::index::{Access, Store};
use crate::watch::Emptied;

/// Builds the index on the engine of `config` from the content folder. When each article last changed is taken over from
/// the other engine, so that those who harvest the site do not get all of it again, and so is what was counted of searches.
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
    match take_counts(config, &other, &store) {
        Ok(0) => {}
        Ok(days) => println!("counts of searches taken over from {}, of so many days: {days}", super::place(&other)),
        Err(error) => println!("the counts of searches of {} are not taken over: {error}", super::place(&other)),
    }
    let done = bring_up(config, store, Emptied::Keep)?;
    println!("khonha serve with the same --engine serves it from now on");
    Ok(done)
}

/// Takes over what was counted of searches; gives of how many days.
fn take_counts(config: &Config, other: &Config, store: &Store) -> anyhow::Result<usize> {
    let (Some(recorder), Some(counted)) = (counts::recorder(config, store)?, counts::counted(other)?) else {
        return Ok(0);
    };
    Ok(recorder.take_over(&*counted, today())?)
}
