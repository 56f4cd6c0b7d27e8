//! `khonha report`: what people search for, at the terminal.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use unicode_width::UnicodeWidthStr;

use super::counts;
use super::output::print;
use super::search::padded;
use crate::analytics::{self, Period, QueryLine, Report, Tally};
use crate::config::Config;
use crate::http::ReportJson;

/// The widest that a column is made; longer texts stand out of it.
const WIDEST: usize = 48;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// How many days to report, today included
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3_660))]
    days: u32,
    /// Print what the API answers
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: &Config, options: &Options) -> anyhow::Result<ExitCode> {
    let counted = counts::counted(config)?.context(
        "searches are not counted; name a folder for the counts in khonha.toml, such as analytics = \"analytics\"",
    )?;
    let period = Period::ending(analytics::today(), options.days);
    let report = analytics::report(&*counted, period, BTreeMap::new())?;
    let shown = match options.json {
        true => serde_json::to_string_pretty(&ReportJson::new(report))? + "\n",
        false => table(&report),
    };
    print(&shown)?;
    Ok(ExitCode::SUCCESS)
}

fn table(report: &Report) -> String {
    let Period { first, last } = report.period;
    let mut parts = vec![format!("{first} to {last}"), columns(&days(report))];
    for (title, count, lines) in [
        ("Most frequent queries", (|tally| tally.searches) as fn(&Tally) -> u64, &report.queries),
        ("Most frequent queries without results", |tally| tally.without_results, &report.without_results),
        ("Queries with most clicks", |tally| tally.clicks, &report.clicked),
    ] {
        if !lines.is_empty() {
            parts.push(format!("{title}\n{}", columns(&queries(lines, count))));
        }
    }
    parts.push(not_kept(report));
    parts.extend(report.damaged.iter().map(|file| format!("damaged, and left out: {file}")));
    parts.join("\n\n") + "\n"
}

/// A row for each day and one for all, below their names.
fn days(report: &Report) -> Vec<Vec<String>> {
    let row = |name: String, tally: &Tally, times: [Option<u64>; 2]| {
        let counts = [tally.searches, tally.without_results, tally.clicks].map(|count| count.to_string());
        let times = times.map(|end| end.map(|end| format!("≤ {end} ms")).unwrap_or_default());
        [name].into_iter().chain(counts).chain(times).collect()
    };
    let names = ["day", "searches", "without results", "clicks", "median", "95 %"].map(str::to_owned);
    let days = report.days.iter().map(|line| row(line.day.to_string(), &line.total, [line.median, line.percentile_95]));
    let total = row("total".to_owned(), &report.total, [None, None]);
    [names.into()].into_iter().chain(days).chain([total]).collect()
}

fn queries(lines: &[QueryLine], count: fn(&Tally) -> u64) -> Vec<Vec<String>> {
    let row = |line: &QueryLine| {
        let rank = line.total.mean_rank().map(|rank| format!("mean rank {rank:.1}"));
        let articles: Vec<String> = line.articles.iter().map(|(id, of)| format!("{id} ({})", of.clicks)).collect();
        vec![line.query.clone(), count(&line.total).to_string(), rank.unwrap_or_default(), articles.join(", ")]
    };
    lines.iter().map(row).collect()
}

fn not_kept(report: &Report) -> String {
    let Report { kept, personal, beyond, .. } = report;
    format!(
        "{kept} different queries are kept; without their texts are counted {} searches that may be personal and {} \
         beyond the most of a day",
        personal.searches, beyond.searches
    )
}

/// The rows with every cell as wide as the widest of its column; the first cells to the left, numbers to the right.
fn columns(rows: &[Vec<String>]) -> String {
    let cells = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |at: usize| rows.iter().filter_map(|row| Some(row.get(at)?.width())).max().unwrap_or(0).min(WIDEST);
    let widths: Vec<usize> = (0..cells).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, &width))| match cell.parse::<u64>() {
            // A query that is a number stays a text.
            Ok(_) if at > 0 => format!("{}{cell}", " ".repeat(width.saturating_sub(cell.width()))),
            _ => padded(cell, width),
        });
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
