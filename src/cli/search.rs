//! `khonha search`: a search at the terminal.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use unicode_width::UnicodeWidthStr;

use super::output::print;
use super::serve;
use crate::config::Config;
use crate::http::SearchJson;
use crate::index::{Access, Facet};
use crate::search::{self, Request, Response, SearchHit, Searcher, Snippet};
use crate::text::Language;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// What to search for, after -- if it begins with a minus; nothing lists every article
    query: Vec<String>,
    /// Narrow the search, such as --filter topic=procurement --filter year=2567; also sort, page, limit and ui
    #[arg(long = "filter", value_name = "NAME=VALUE")]
    filters: Vec<String>,
    /// Print what the API answers
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: &Config, options: &Options) -> anyhow::Result<ExitCode> {
    let store = Arc::new(super::store(config, Access::Read)?);
    let searcher = Searcher::new(store).with_limit(config.search_limit());
    let (request, unknown) = request(&options.query.join(" "), &options.filters)?;
    let mut response = searcher.search(&request)?;
    response.warnings.extend(unknown);
    let shown = match options.json {
        true => {
            serde_json::to_string_pretty(&SearchJson::new(&request, response, &serve::identity(config, config.listen)))?
                + "\n"
        }
        false => table(&request, &response),
    };
    print(&shown)?;
    Ok(ExitCode::SUCCESS)
}

/// The request for `query` with parameters given as NAME=VALUE, and what is not known of them.
pub(super) fn request(query: &str, filters: &[String]) -> anyhow::Result<(Request, Vec<search::Warning>)> {
    let mut parameters = vec![("q", query)];
    for filter in filters {
        parameters.push(pair("filter", filter)?);
    }
    Ok(Request::from_parameters(parameters)?)
}

/// What stands before and after the = of a flag's value.
pub(super) fn pair<'a>(flag: &str, value: &'a str) -> anyhow::Result<(&'a str, &'a str)> {
    value.split_once('=').with_context(|| format!("--{flag} {value} has no =; write --{flag} NAME=VALUE"))
}

fn table(request: &Request, response: &Response) -> String {
    let mut lines: Vec<String> = response.warnings.iter().map(|warning| format!("note: {warning}")).collect();
    if !response.also.is_empty() {
        lines.push(format!("also: {}", response.also.join(", ")));
    }
    lines.push(format!("{} articles", response.total));
    let first = (request.page - 1) * request.limit;
    for (number, hit) in (first + 1..).zip(&response.hits) {
        lines.extend(hit_lines(number, hit));
    }
    lines.push(String::new());
    for facet in [Facet::Topic, Facet::Year, Facet::Author] {
        let values = response.facets.get(&facet).into_iter().flat_map(|list| &list.values).take(5);
        let values: Vec<String> = values.map(|value| format!("{} ({})", value.label, value.count)).collect();
        if !values.is_empty() {
            lines.push(format!("{}  {}", padded(facet.name(), 8), values.join(", ")));
        }
    }
    lines.join("\n") + "\n"
}

fn hit_lines(number: usize, hit: &SearchHit) -> Vec<String> {
    let date = hit.article.date.map(|date| date.display(Language::Thai)).unwrap_or_default();
    let titles: Vec<String> = hit.titles.iter().map(marked).collect();
    let mut lines = vec![
        String::new(),
        format!("{number:>3}  {}  {}", padded(&date, 20), titles.join(" / ")),
        format!("     {}  {}", padded(&format!("{:.2}", hit.score), 20), hit.id()),
    ];
    lines.extend(hit.snippets.iter().map(|snippet| format!("     {}  {}", padded("", 20), marked(snippet))));
    lines
}

/// The snippet with the words found in bold, or between stars where the output is no terminal.
fn marked(snippet: &Snippet) -> String {
    let (on, off) = if std::io::stdout().is_terminal() { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("*", "*") };
    let mut shown = String::new();
    let mut done = 0;
    for mark in &snippet.marks {
        shown.push_str(&snippet.text[done..mark.start]);
        shown.push_str(&format!("{on}{}{off}", &snippet.text[mark.clone()]));
        done = mark.end;
    }
    shown.push_str(&snippet.text[done..]);
    if let Some(page) = snippet.page {
        shown.push_str(&format!(" (p. {page})"));
    }
    shown
}

/// `text` with spaces up to `width` columns. Thai marks take no column.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
