//! `khonha key`: a new key of administration.

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;

use super::output::print;
use crate::http::{AdminKeyHash, Scope, new_admin_key};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Whose it is, or what it is for
    #[arg(long, default_value = "operator")]
    name: String,
    /// What it opens, repeatable: report, metrics, status [default: all]
    #[arg(long = "scope", value_name = "SCOPE")]
    scopes: Vec<String>,
}

pub(super) fn run(Options { name, scopes }: &Options) -> anyhow::Result<ExitCode> {
    let known = Scope::ALL.map(Scope::name);
    if let Some(unknown) = scopes.iter().find(|scope| !known.contains(&scope.as_str())) {
        bail!("--scope {unknown}: use {}", known.join(", "));
    }
    let scopes = if scopes.is_empty() { known.map(str::to_owned).to_vec() } else { scopes.clone() };
    let key = new_admin_key().context("the system has no random numbers")?;
    let hash = AdminKeyHash::of(&key);
    print(&format!(
        "The key, shown this once; keep it where passwords are kept:\n\n  {key}\n\n\
         Its hash, for khonha.toml, at the end:\n\n  \
         [[admin_keys]]\n  name = {name:?}\n  hash = \"{hash}\"\n  scopes = {scopes:?}\n\n\
         Browsers ask for the key as a password, with any name; programs send Authorization: Bearer KEY.\n"
    ))?;
    Ok(ExitCode::SUCCESS)
}
