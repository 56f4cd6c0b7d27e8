//! The process that reads one file of PDF, and may be ended at any time: files of PDF are programs, and libraries that read
//! them fail in every way that there is.
//!
//! It takes the file on standard input and writes an [`Answer`] on standard output.

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};

use super::flow::flow;
use super::library;
use super::pdftotext;
use super::quality::Quality;
use super::reading::{Answer, Failure, Piece, RULES, Reading};

/// How much memory it may have.
pub(super) const MEMORY: u64 = 1 << 30;
/// How long it may compute, in seconds.
pub(super) const SECONDS: u64 = 60;
/// What it may write, in bytes: no article is so long.
pub(super) const ANSWER: u64 = 64 << 20;
/// Pages with fewer characters than these, on average, are pictures with numbers.
const FEWEST: usize = 5;
/// The argument that asks for the other program.
pub(super) const BY_PDFTOTEXT: &str = "pdftotext";

/// Reads the file on standard input and writes what is read of it to standard output. `by` is the program that reads, if it
/// is not this one.
///
/// # Errors
/// What the system says of input, output or limits.
pub fn extract(by: Option<&str>) -> io::Result<()> {
    limit()?;
    let outcome = match by {
        Some(_) => by_pdftotext()?,
        None => by_library()?,
    };
    let mut output = io::stdout().lock();
    serde_json::to_writer(&mut output, &Answer { rules: RULES, outcome })?;
    output.flush()
}

#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rlimit::Resource;
    Resource::CPU.set(SECONDS, SECONDS + 1)?;
    Resource::FSIZE.set(ANSWER, ANSWER)?;
    Resource::CORE.set(0, 0)?;
    // Some systems know no such limit.
    let _ = Resource::AS.set(MEMORY, MEMORY);
    Ok(())
}

#[cfg(not(unix))]
fn limit() -> io::Result<()> {
    Ok(())
}

fn by_library() -> io::Result<Result<Reading, Failure>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    std::panic::set_hook(Box::new(|_| ()));
    let read = catch_unwind(AssertUnwindSafe(|| library::read(bytes)));
    Ok(read.unwrap_or_else(|_| Err(Failure::Stopped("its reader broke off".to_owned()))).and_then(reading))
}

/// The other program has the limits of this one, which it is started by.
fn by_pdftotext() -> io::Result<Result<Reading, Failure>> {
    let mut command = Command::new("pdftotext");
    command.args(["-q", "-enc", "UTF-8", "-", "-"]).stdin(Stdio::inherit()).stderr(Stdio::null());
    let output = match command.output() {
        Ok(output) if output.status.success() => output.stdout,
        Ok(output) => return Ok(Err(Failure::Damaged(format!("pdftotext ended with {}", output.status)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Err(Failure::Absent)),
        Err(error) => return Err(error),
    };
    let pages = pdftotext::pages(&String::from_utf8_lossy(&output));
    Ok(reading(library::Pages { pages, ..library::Pages::default() }))
}

fn reading(read: library::Pages) -> Result<Reading, Failure> {
    let library::Pages { info, pages, unread } = read;
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let characters = pages.iter().flatten().flat_map(|line| line.text.chars()).filter(|ch| !ch.is_whitespace()).count();
    if characters < FEWEST * pages.len().max(1) {
        return Err(Failure::Textless(count));
    }
    let flow = flow(pages);
    let texts: Vec<String> = flow.pieces.iter().map(Piece::text).collect();
    let quality = Quality::of(texts.iter().chain(&flow.title).map(String::as_str));
    Ok(Reading { info, title: flow.title, pieces: flow.pieces, pages: count, unread, quality })
}
