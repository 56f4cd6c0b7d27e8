//! Standard output, which may be closed by whoever reads it.

use std::io::{self, Write};

/// Prints `text`. A reader that has read enough, such as `head`, is no error.
pub(super) fn print(text: &str) -> io::Result<()> {
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
