//! How long a saved article takes to be found, how much a service takes in at once, and what both cost those who search.
//!
//! `cargo bench --bench freshness -- [ARTICLES] [CHANGES]`, on copies of the sample corpus: so many articles, and so many
//! single changes, one a second.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use comfy_table::{Table, presets};

const ARTICLES: usize = 3_000;
const CHANGES: usize = 60;
/// Files that change at once, as when another branch is checked out.
const STORM: usize = 5_000;
/// Rounds of searching, in turn with and without changes, and how long each is.
const ROUNDS: usize = 4;
const ROUND: Duration = Duration::from_secs(8);

const QUERIES: [&str; 8] = [
    "ธรรมาภิบาล",
    "open data",
    "จัดซื้อจัดจ้าง ท้องถิ่น",
    "\"ข้อมูลเปิด\"",
    "whistleblower",
    "ปี 2567",
    "คอรัปชั่น",
    "conflict of inter",
];

/// A running service, ended when dropped.
struct Service {
    child: Child,
    address: String,
}

impl Service {
    fn start(content: &Path, index: &Path) -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address").to_string();
        drop(listener);
        let mut command = Command::new(env!("CARGO_BIN_EXE_khonha"));
        command.args(["serve", "--listen", &address, "--content"]).arg(content).arg("--index").arg(index);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        Service { child, address }
    }

    /// How many articles a query finds.
    fn total(&self, query: &str) -> u64 {
        self.total_with(query, "")
    }

    fn total_with(&self, query: &str, options: &str) -> u64 {
        let mut address = format!("http://{}/api/v1/search?record=false&{options}", self.address);
        address.push_str(&form_urlencoded::Serializer::new(String::new()).append_pair("q", query).finish());
        let mut answer = ureq::get(address).call().expect("an answer");
        let json: serde_json::Value = answer.body_mut().read_json().expect("JSON");
        json["total"].as_u64().expect("a total")
    }

    /// Asks as cheaply as can be, to take no time from what is measured.
    fn wait_for(&self, query: &str, total: u64) {
        while self.total_with(query, "exact=true&translate=false&facets=&limit=1&") != total {
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The articles of the sample corpus, without ids of their own.
fn samples() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let paths = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let paths = paths.map(|entry| entry.into_path()).filter(|path| path.extension().is_some_and(|it| it == "md"));
    let texts = paths.filter_map(|path| fs::read_to_string(path).ok());
    texts.map(|text| text.lines().filter(|line| !line.starts_with("id:")).collect::<Vec<_>>().join("\n")).collect()
}

/// The path of an article, and what is written to it.
fn article(content: &Path, samples: &[String], number: usize, word: &str) -> (PathBuf, String) {
    let path = content.join(format!("{}/{number}.md", number % 50));
    (path, format!("{}\n\n{word}\n", samples[number % samples.len()]))
}

fn write((path, text): (PathBuf, String)) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// How long each of some changes takes to be found, one a second.
fn freshness(service: &Service, content: &Path, samples: &[String], changes: usize) -> Vec<Duration> {
    let change = |number: usize| {
        let word = format!("freshword{number}x");
        let article = article(content, samples, number % (changes / 2).max(1), &word);
        let start = Instant::now();
        write(article);
        service.wait_for(&word, 1);
        let took = start.elapsed();
        thread::sleep(Duration::from_secs(1).saturating_sub(took));
        took
    };
    (0..changes).map(change).collect()
}

/// How long searches take in one round.
fn searches(service: &Service) -> Vec<Duration> {
    let start = Instant::now();
    let mut took = Vec::new();
    while start.elapsed() < ROUND {
        let search = Instant::now();
        service.total(QUERIES[took.len() % QUERIES.len()]);
        took.push(search.elapsed());
    }
    took
}

/// The same while articles are changed, ten each time and a hundred a second.
fn searches_while_indexing(service: &Service, content: &Path, samples: &[String]) -> Vec<Duration> {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for number in (0..ARTICLES).cycle().take_while(|_| !done.load(Ordering::Relaxed)) {
                write(article(content, samples, number, &format!("busyword{number}")));
                if number % 10 == 0 {
                    thread::sleep(Duration::from_millis(100));
                }
            }
        });
        let took = searches(service);
        done.store(true, Ordering::Relaxed);
        took
    })
}

/// How long it takes until all of many files are found that change at once.
fn storm(service: &Service, content: &Path, samples: &[String]) -> Duration {
    let start = Instant::now();
    (0..STORM).for_each(|number| write(article(content, samples, number, "stormword")));
    service.wait_for("stormword", STORM as u64);
    start.elapsed()
}

fn percentile(sorted: &[Duration], percent: usize) -> String {
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    format!("{:.1}", sorted.get(at).copied().unwrap_or_default().as_secs_f64() * 1e3)
}

fn row(table: &mut Table, name: &str, mut took: Vec<Duration>) {
    took.sort();
    let at = |percent| percentile(&took, percent);
    table.add_row([name.to_owned(), took.len().to_string(), at(50), at(90), at(99), at(100)]);
}

fn main() -> ExitCode {
    let numbers: Vec<usize> = env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let (articles, changes) = (numbers.first().unwrap_or(&ARTICLES), numbers.get(1).unwrap_or(&CHANGES));
    let temp = tempfile::tempdir().expect("a temporary folder");
    let (content, samples) = (temp.path().join("content"), samples());
    (0..*articles).for_each(|number| write(article(&content, &samples, number, "")));
    let start = Instant::now();
    let service = Service::start(&content, &temp.path().join("index"));
    println!("{articles} articles, ready after {:.1} s", start.elapsed().as_secs_f64());
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header(["", "n", "p50 ms", "p90", "p99", "most"]);
    row(&mut table, "saved -> found", freshness(&service, &content, &samples, *changes));
    let (mut idle, mut busy) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        idle.extend(searches(&service));
        busy.extend(searches_while_indexing(&service, &content, &samples));
    }
    row(&mut table, "search, nothing changes", idle);
    row(&mut table, "search, 100 changes a second", busy);
    println!("{table}");
    let took = storm(&service, &content, &samples).as_secs_f64();
    println!("{STORM} files at once are found after {took:.1} s, {:.0} a second", STORM as f64 / took);
    ExitCode::SUCCESS
}
