//! `khonha verify`: is the index what would be built of the folder?

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use super::output::print;
use crate::config::Config;
use crate::index::Access;
use crate::watch::{self, Verified};

/// How often what differs is compared again before it counts: a service may be about to apply a change.
const TRIES: usize = 3;
const PAUSE: Duration = Duration::from_secs(1);

pub(super) fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let mut verified = compare(config)?;
    for _ in 1..TRIES {
        if !verified.differences.is_empty() {
            thread::sleep(PAUSE);
            verified = compare(config)?;
        }
    }
    let Verified { articles, differences } = verified;
    let lines: String = differences.iter().map(|difference| format!("{difference}\n")).collect();
    print(&format!("{lines}{articles} articles in the folder, {} differences in the index\n", differences.len()))?;
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Opening the index compares the checksums of its files.
fn compare(config: &Config) -> anyhow::Result<Verified> {
    let store = super::store(config, Access::Read)?;
    Ok(watch::verify(&super::folder(config), &*store.current()?)?)
}
