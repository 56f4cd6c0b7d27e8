//! `khonha bench`: how fast the index answers a site's own queries on this machine.

mod load;
mod report;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;

use self::load::{Load, Query};
use self::report::BenchReport;
use super::counts;
use super::output::print;
use super::search::request;
use super::serve;
use crate::analytics::{self, Period};
use crate::config::Config;
use crate::index::Access;
use crate::search::{Request, Searcher};

/// So many searches of the counts are taken at most; more of them are asked in the same proportions.
const MOST_COUNTED: u64 = 100_000;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// A file with a query on each line, one that comes more often is asked more often [default: what was counted]
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// How many days of counted searches are asked, today included
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3_660))]
    days: u32,
    /// How many ask at once; each asks again when it has its answer
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    clients: u16,
    /// How long is measured
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
    /// Change each search, such as --filter translate=false or --filter year=2567; also sort, limit and ui
    #[arg(long = "filter", value_name = "NAME=VALUE")]
    filters: Vec<String>,
    /// Print the measures as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: &Config, options: &Options) -> anyhow::Result<ExitCode> {
    let texts = match &options.queries {
        Some(file) => in_file(file)?,
        None => counted(config, options.days)?,
    };
    let queries = texts.into_iter().map(|(text, times)| query(text, times, &options.filters));
    let queries = queries.collect::<anyhow::Result<Vec<Query>>>()?;
    let store = Arc::new(crate::cli::store(config, Access::Read)?);
    let searcher = Searcher::new(store).with_limit(config.search_limit());
    let load = Load { searcher, identity: serve::identity(config, config.listen), queries };
    let measured = load.measure(usize::from(options.clients), Duration::from_secs(options.seconds))?;
    let report = BenchReport::new(&load.queries, options.clients, &measured);
    print(&match options.json {
        true => serde_json::to_string_pretty(&report)? + "\n",
        false => report.to_string(),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn query(text: String, times: u64, filters: &[String]) -> anyhow::Result<Query> {
    let (request, unknown): (Request, _) = request(&text, filters)?;
    match unknown.first() {
        Some(warning) => bail!("{warning}"),
        None => Ok(Query { text, times, request }),
    }
}

/// The lines of a file that are not empty, with how often each is there.
fn in_file(file: &Path) -> anyhow::Result<BTreeMap<String, u64>> {
    let content = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut texts = BTreeMap::new();
    for line in content.lines().map(str::trim).filter(|line| !line.is_empty()) {
        *texts.entry(line.to_owned()).or_default() += 1;
    }
    if texts.is_empty() {
        bail!("{} has no query; write one on each line", file.display());
    }
    Ok(texts)
}

/// What was searched for in the last days, with how often.
fn counted(config: &Config, days: u32) -> anyhow::Result<BTreeMap<String, u64>> {
    let way_out = "name a file with a query on each line: --queries FILE";
    let counted = counts::counted(config)?.with_context(|| format!("searches are not counted here; {way_out}"))?;
    let mut searched = analytics::searched(&*counted, Period::ending(analytics::today(), days))?;
    let all: u64 = searched.values().sum();
    if all == 0 {
        bail!("no search was counted in {days} days; wait for some, or {way_out}");
    }
    let parts = all.div_ceil(MOST_COUNTED);
    searched.values_mut().for_each(|times| *times = times.div_ceil(parts));
    Ok(searched)
}
