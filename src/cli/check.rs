//! `khonha check`: every problem of the content folder.

use std::process::ExitCode;

use super::output::print;
use crate::config::Config;
use crate::content::{self, Checked};

pub(super) fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let Checked { articles, other_files, problems } = content::check(&super::folder(config))?;
    let others = if other_files > 0 { format!(", {other_files} other files passed over") } else { String::new() };
    let lines: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
    let wrong = problems.iter().filter(|problem| problem.is_wrong()).count();
    print(&format!("{lines}{articles} articles, {wrong} problems{others}\n"))?;
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
