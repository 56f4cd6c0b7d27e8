//! `khonha key`: a new key of administration.

use std::process::ExitCode;

use anyhow::Context;

use super::output::print;
use crate::http::{AdminKeyHash, new_admin_key};

pub(super) fn run() -> anyhow::Result<ExitCode> {
    let key = new_admin_key().context("the system has no random numbers")?;
    let hash = AdminKeyHash::of(&key);
    print(&format!(
        "The key, shown this once; keep it where passwords are kept:\n\n  {key}\n\n\
         Its hash, for khonha.toml:\n\n  admin_key_hash = \"{hash}\"\n\n\
         Browsers ask for the key as a password, with any name; programs send Authorization: Bearer KEY.\n"
    ))?;
    Ok(ExitCode::SUCCESS)
}
