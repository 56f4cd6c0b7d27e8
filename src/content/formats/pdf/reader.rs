//! Starts the process that reads a file of PDF, ends it when it takes too long, and keeps what it read.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::child::{ANSWER, BY_PDFTOTEXT, MEMORY, SECONDS};
use super::reading::{Answer, Failure, RULES, Reading};

/// How long a process may take in all; more than it may compute, for when the machine is busy.
const LONGEST: Duration = Duration::from_secs(120);
/// Between two looks whether a process has ended, at first and at most.
const FIRST_LOOK: Duration = Duration::from_millis(1);
const LONGEST_LOOK: Duration = Duration::from_millis(20);
/// What is kept is thrown away when nobody asked for it for so long.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3_600);

/// How files of PDF are read: by a process of its own for each, with limits of time and memory.
#[derive(Debug, Clone)]
pub struct PdfReader {
    program: PathBuf,
    kept: Option<PathBuf>,
    otherwise: Otherwise,
}

/// Who is asked when a file is read badly or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Otherwise {
    Nobody,
    Pdftotext,
}

/// Who reads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The library of this program.
    Library,
    /// The program of that name, where it is installed.
    Pdftotext,
}

impl PdfReader {
    /// A reader that starts `program`, which is khonha, as `program extract-pdf`.
    pub fn new(program: impl Into<PathBuf>) -> PdfReader {
        PdfReader { program: program.into(), kept: None, otherwise: Otherwise::Nobody }
    }

    /// The same, which keeps what it reads in a folder, so that no file is read twice. What was not asked for in a month is
    /// thrown away here.
    pub fn keeping(self, folder: impl Into<PathBuf>) -> PdfReader {
        let folder = folder.into();
        throw_away_old(&folder);
        PdfReader { kept: Some(folder), ..self }
    }

    /// The same, which asks pdftotext, where that is installed, about files that are read badly or not at all.
    pub fn with_pdftotext(self) -> PdfReader {
        PdfReader { otherwise: Otherwise::Pdftotext, ..self }
    }

    /// Who is asked otherwise.
    pub(super) fn otherwise(&self) -> Otherwise {
        self.otherwise
    }

    /// What a file says.
    ///
    /// # Errors
    /// What the system says, if no process can be started. Within, why the file cannot be read.
    pub(super) fn read(&self, bytes: &[u8], by: By) -> io::Result<Result<Reading, Failure>> {
        let kept = self.kept.as_ref().map(|folder| folder.join(name(bytes, by)));
        if let Some(outcome) = kept.as_ref().and_then(|path| fs::read(path).ok()).and_then(|json| answer(&json)) {
            // It was asked for; whether that can be noted changes nothing.
            let _ = kept.map(|path| File::options().write(true).open(path)?.set_modified(std::time::SystemTime::now()));
            return Ok(outcome);
        }
        let (json, outcome) = self.run(bytes, by)?;
        if let (Some(path), true) = (kept, is_lasting(&outcome)) {
            // Where it cannot be kept, the file is read again.
            let _ = keep(&path, &json);
        }
        Ok(outcome)
    }

    fn run(&self, bytes: &[u8], by: By) -> io::Result<(Vec<u8>, Result<Reading, Failure>)> {
        // Files rather than pipes: nobody has to wait for anybody, whatever the process does.
        let (mut input, mut output) = (tempfile::tempfile()?, tempfile::tempfile()?);
        input.write_all(bytes)?;
        input.rewind()?;
        let mut child = self.start(by, input, output.try_clone()?)?;
        let Some(status) = wait(&mut child)? else {
            let seconds = LONGEST.as_secs();
            return Ok((Vec::new(), Err(Failure::Stopped(format!("it took more than {seconds} seconds")))));
        };
        let mut json = Vec::new();
        output.rewind()?;
        output.take(ANSWER).read_to_end(&mut json)?;
        let outcome = match status.success() {
            true => answer(&json).unwrap_or_else(|| Err(Failure::Stopped(OTHER_PROGRAM.to_owned()))),
            false => Err(Failure::Stopped(ended(status))),
        };
        Ok((json, outcome))
    }

    /// The process knows nothing of what this one was told, but where programs are.
    fn start(&self, by: By, input: File, output: File) -> io::Result<Child> {
        let mut command = Command::new(&self.program);
        command
            .arg("extract-pdf")
            .env_clear()
            .stdin(Stdio::from(input))
            .stdout(Stdio::from(output))
            .stderr(Stdio::null());
        command.current_dir("/");
        if by == By::Pdftotext {
            command.arg(BY_PDFTOTEXT);
            command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        }
        command.spawn()
    }
}

const OTHER_PROGRAM: &str = "the program was replaced by another version; restart khonha";

/// Waits for the end of a process, or ends one that takes too long.
fn wait(child: &mut Child) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    let mut look = FIRST_LOOK;
    while start.elapsed() < LONGEST {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(look);
        look = (look * 2).min(LONGEST_LOOK);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// Why a process ended that gave no answer.
#[cfg(unix)]
fn ended(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    let signal = status.signal().unwrap_or_default();
    match signal {
        // SIGXCPU, and SIGKILL where that was not enough.
        24 => format!("it took more than {SECONDS} seconds of computing"),
        9 => format!("it was killed, as when it takes more than {SECONDS} seconds of computing or memory runs out"),
        // SIGABRT is how programs end that get no more memory.
        6 => format!("it needs more than {} MB of memory, or brings out a defect of its reader", MEMORY >> 20),
        25 => format!("it has more than {} MB of text", ANSWER >> 20),
        _ => format!("its reader ended with {status}"),
    }
}

#[cfg(not(unix))]
fn ended(status: ExitStatus) -> String {
    format!("its reader ended with {status}")
}

/// The outcome of an answer of this version.
fn answer(json: &[u8]) -> Option<Result<Reading, Failure>> {
    let answer: Answer = serde_json::from_slice(json).ok()?;
    (answer.rules == RULES).then_some(answer.outcome)
}

/// Whether the same file would be read the same again.
fn is_lasting(outcome: &Result<Reading, Failure>) -> bool {
    !matches!(outcome, Err(Failure::Stopped(_) | Failure::Absent))
}

fn name(bytes: &[u8], by: By) -> String {
    let by = match by {
        By::Library => "own",
        By::Pdftotext => BY_PDFTOTEXT,
    };
    format!("{}.{by}.{RULES}.json", blake3::hash(bytes).to_hex())
}

/// Written beside its place, so that nobody reads half of it.
fn keep(path: &Path, json: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(json)?;
    file.persist(path)?;
    Ok(())
}

fn throw_away_old(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let is_old = modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > KEPT));
        if is_old {
            // What cannot be thrown away stays; it takes room and does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(program: &str) -> Failure {
        let outcome = PdfReader::new(program).read(b"%PDF-1.7", By::Library).expect("the program starts");
        outcome.expect_err("it reads nothing")
    }

    #[test]
    fn a_program_that_fails_or_says_something_else_is_told() {
        assert!(matches!(reading("/bin/false"), Failure::Stopped(reason) if reason.contains("exit status: 1")));
        assert_eq!(reading("/bin/echo"), Failure::Stopped(OTHER_PROGRAM.to_owned()));
    }

    #[test]
    fn what_was_read_is_kept_until_the_rules_change() {
        let temp = tempfile::tempdir().expect("a temporary folder");
        let reader = PdfReader::new("/bin/false").keeping(temp.path());
        let answer = |rules| {
            let outcome = Ok(Reading { pages: 7, ..Reading::default() });
            serde_json::to_vec(&Answer { rules, outcome }).expect("JSON")
        };
        let path = temp.path().join(name(b"x", By::Library));
        keep(&path, &answer(RULES)).expect("a file");
        let kept = reader.read(b"x", By::Library).expect("no process is needed");
        assert_eq!(kept.map(|reading| reading.pages), Ok(7));
        keep(&path, &answer(RULES + 1)).expect("a file");
        assert!(reader.read(b"x", By::Library).expect("a process is started").is_err());
    }
}
