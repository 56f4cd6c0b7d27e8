//! The `khonha` program. Everything is in the library; see its `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    khonha::cli::main()
}
