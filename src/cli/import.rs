//! `khonha import`: articles of any format to Markdown.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::output::print;
use super::progress::Bar;
use crate::config::Config;
use crate::content::{Existing, Folder, Import, Imported};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The file or folder to read
    source: PathBuf,
    /// The folder to write to, an article a file
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Write over files that are there and say something else
    #[arg(long)]
    force: bool,
}

pub(super) fn run(config: &Config, options: &Options) -> anyhow::Result<ExitCode> {
    let existing = if options.force { Existing::Overwrite } else { Existing::Keep };
    let open = |root: &Path| Folder::new(root, config.max_file_bytes).with_pdf_reader(super::pdf_reader());
    let import = Import::of(&options.source, &options.to, open, existing)?;
    let bar = Bar::of_bytes("Importing");
    let Imported { found, written, reported, problems, other_files } = import.run(&|done, all| bar.show(done, all));
    let lines: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
    let others = if other_files > 0 { format!(", {other_files} other files passed over") } else { String::new() };
    let (source, to) = (options.source.display(), options.to.display());
    print(&format!("{lines}{found} found in {source}: {written} written to {to}, {reported} reported{others}\n"))?;
    Ok(if reported == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
