//! The `khonha` program. Everything is in the library; see its `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    khonha::cli::run().unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
