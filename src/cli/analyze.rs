//! `khonha analyze`: how a text is cut into terms.

use std::process::ExitCode;

use clap::Args;

use super::search::padded;
use crate::config::Config;
use crate::index::analyzer;
use crate::text::{Form, normalize};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The text
    #[arg(required = true)]
    text: Vec<String>,
}

pub(super) fn run(config: &Config, options: &Options) -> anyhow::Result<ExitCode> {
    let text = options.text.join(" ");
    let site = super::folder(config).site()?;
    println!("normalized  {}", normalize(&text).text());
    println!("position  form  {}  bytes    in the text", padded("term", 24));
    for token in analyzer(&site).analyze(&text) {
        let form = match token.form {
            Form::Word => "word",
            Form::Stem => "stem",
            Form::Part => "part",
        };
        let bytes = format!("{}-{}", token.offsets.start, token.offsets.end);
        let original = &text[token.offsets.clone()];
        println!(
            "{:>8}  {form}  {}  {bytes:<8} {original}",
            token.position,
            padded(&token.term, 24)
        );
    }
    Ok(ExitCode::SUCCESS)
}
