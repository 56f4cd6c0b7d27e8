//! `khonha analyze`: how a text is cut into terms.

use std::process::ExitCode;

use clap::Args;

use super::output::print;
use super::search::padded;
use crate::config::Config;
use crate::content::Site;
use crate::index::analyzer;
use crate::text::{Form, Token, normalize};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The text
    #[arg(required = true)]
    text: Vec<String>,
}

pub(super) fn run(config: &Config, options: &Options) -> anyhow::Result<ExitCode> {
    let text = options.text.join(" ");
    let (site, problems) = super::folder(config).site(&Site::default());
    problems.iter().for_each(|problem| eprintln!("{problem}"));
    let mut table = format!("normalized  {}\n", normalize(&text).text());
    table.push_str(&format!("position  form  {}  bytes    in the text\n", padded("term", 24)));
    for token in analyzer(&site).analyze(&text) {
        let form = match token.form {
            Form::Word => "word",
            Form::Stem => "stem",
            Form::Part => "part",
        };
        let Token { term, position, offsets, .. } = token;
        let bytes = format!("{}-{}", offsets.start, offsets.end);
        let original = &text[offsets];
        table.push_str(&format!("{position:>8}  {form}  {}  {bytes:<8} {original}\n", padded(&term, 24)));
    }
    print(&table)?;
    Ok(ExitCode::SUCCESS)
}
