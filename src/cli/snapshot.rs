//! `khonha snapshot` and `khonha restore`: the index in one file, and back.

use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::bail;
use clap::Args;

use crate::config::{Config, EngineKind};
use crate::index::{self, Restored, Store};

/// How long a running service may take until it has taken in what was restored.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks whether it has.
const PAUSE: Duration = Duration::from_millis(100);

#[derive(Debug, Args)]
pub(super) struct SnapshotOptions {
    /// The new file, or the folder for one that is named by the time
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RestoreOptions {
    /// The file that khonha snapshot has written
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
}

pub(super) fn snapshot(config: &Config, options: &SnapshotOptions) -> anyhow::Result<ExitCode> {
    of_the_folder(config)?;
    let backup = index::back_up(&config.index, &options.to)?;
    println!("{} articles in {}, {} bytes", backup.articles, backup.path.display(), backup.bytes);
    Ok(ExitCode::SUCCESS)
}

/// A cluster is backed up by itself.
fn of_the_folder(config: &Config) -> anyhow::Result<()> {
    if config.engine == EngineKind::OpenSearch {
        bail!("the index is in an OpenSearch cluster, whose own snapshots back it up; see README.md");
    }
    Ok(())
}

pub(super) fn restore(config: &Config, options: &RestoreOptions) -> anyhow::Result<ExitCode> {
    of_the_folder(config)?;
    let (articles, restored) = index::restore(&options.from, &config.index)?;
    if restored == Restored::Waiting {
        let start = Instant::now();
        while Store::has_restored_in(&config.index) {
            if start.elapsed() > PATIENCE {
                bail!(
                    "the service that writes to {} has not taken in what was restored; it will when it starts \
                       again",
                    config.index.display()
                );
            }
            thread::sleep(PAUSE);
        }
    }
    println!(
        "{articles} articles restored to {}; khonha serve brings them up to date with the folder",
        config.index.display()
    );
    Ok(ExitCode::SUCCESS)
}
