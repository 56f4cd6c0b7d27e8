//! Large collections of articles as real ones are, for measuring: an index of them behaves as one of real articles.
//!
//! `cargo bench --bench generate -- COUNT DIR [--seed N]` writes COUNT articles to the content folder DIR.
//! `cargo bench --bench generate -- --report [COUNT] [--seed N]` prints how lengths and words of COUNT articles compare
//! with those of real ones.

mod collection;
mod measure;
mod report;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use collection::{Model, Plan};

/// Articles of each file.
const PER_FILE: u64 = 2_500;
/// Articles that the report looks at.
const REPORTED: u64 = 10_000;
const USAGE: &str = "usage: cargo bench --bench generate -- COUNT DIR [--seed N]\n       \
     cargo bench --bench generate -- --report [COUNT] [--seed N]";

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What is asked for.
enum Task {
    Write { count: u64, folder: PathBuf, seed: u64 },
    Report { count: u64, seed: u64 },
}

fn main() -> ExitCode {
    let Some(task) = task(env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    match run(&task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn task(arguments: impl Iterator<Item = String>) -> Option<Task> {
    // Cargo adds --bench.
    let mut arguments = arguments.filter(|argument| argument != "--bench");
    let (mut seed, mut is_report, mut others) = (1, false, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seed" => seed = arguments.next()?.parse().ok()?,
            "--report" => is_report = true,
            _ => others.push(argument),
        }
    }
    match (is_report, others.as_slice()) {
        (true, []) => Some(Task::Report { count: REPORTED, seed }),
        (true, [count]) => Some(Task::Report { count: count.parse().ok()?, seed }),
        (false, [count, folder]) => Some(Task::Write { count: count.parse().ok()?, folder: folder.into(), seed }),
        _ => None,
    }
}

fn run(task: &Task) -> Result<(), Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let model = Model::read(&root.join("corpus"))?;
    match *task {
        Task::Report { count, seed } => report::print(&model, root, count, seed),
        Task::Write { count, ref folder, seed } => {
            let threads = thread::available_parallelism().map_or(1, usize::from);
            let start = Instant::now();
            let bytes = collection::write(&model, Plan { count, seed, per_file: PER_FILE, threads }, folder)?;
            let (megabytes, seconds) = (bytes as f64 / 1e6, start.elapsed().as_secs_f64());
            println!("{count} articles, {megabytes:.1} MB in {seconds:.1} s, {:.1} MB/s", megabytes / seconds);
            Ok(())
        }
    }
}
