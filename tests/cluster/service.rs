//! Processes of Khonha over one cluster.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use ureq::Agent;

/// How long something may take that follows by itself.
pub const PATIENCE: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(100);

/// A content folder, and where the processes that serve it keep what is theirs.
pub struct Site {
    dir: TempDir,
    urls: Vec<String>,
    agent: Agent,
}

/// A process, killed when dropped.
pub struct Service {
    process: Child,
    address: String,
    agent: Agent,
    pub log: PathBuf,
}

impl Site {
    pub fn new(urls: Vec<String>) -> Site {
        let site = Site { dir: tempfile::tempdir().expect("a temporary folder"), urls, agent: agent() };
        fs::create_dir(site.content()).expect("the content folder");
        site
    }

    pub fn content(&self) -> PathBuf {
        self.dir.path().join("content")
    }

    /// Writes an article that is found by the word of its number alone.
    pub fn write(&self, number: usize) {
        self.write_text(number, "");
    }

    /// Writes an article with more text.
    pub fn write_text(&self, number: usize, text: &str) {
        let text = format!("---\ntitle: เรื่องที่ {number}\n---\nคำเฉพาะ {} ธรรมาภิบาล\n\n{text}\n", word(number));
        fs::write(self.content().join(format!("{number}.md")), text).expect("a file");
    }

    pub fn remove(&self, number: usize) {
        fs::remove_file(self.content().join(format!("{number}.md"))).expect("a file to remove");
    }

    /// The program with these arguments on an engine; what it keeps on its machine is called `name`.
    fn command(&self, engine: &str, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_khonha"));
        command.args(arguments).args(["--engine", engine]).current_dir(self.dir.path());
        command.env("KHONHA_PUBLIC_URL", "https://search.example.org").env("KHONHA_ANALYTICS", "counts");
        for url in &self.urls {
            command.args(["--opensearch-url", url]);
        }
        command.arg("--content").arg(self.content()).arg("--index").arg(self.dir.path().join(name));
        command
    }

    /// What the program says to these arguments, which it is to succeed with.
    pub fn run(&self, engine: &str, arguments: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.command(engine, "once", arguments).output().expect("it runs");
        let told = String::from_utf8_lossy(&stdout).into_owned();
        assert!(status.success(), "{arguments:?}\n{told}{}", String::from_utf8_lossy(&stderr));
        told
    }

    /// Starts a service.
    pub fn serve(&self, name: &str, arguments: &[&str]) -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        drop(listener);
        let command = self.command("opensearch", name, &[&["serve", "--listen", &address], arguments].concat());
        self.start(name, command, address)
    }

    /// Starts to build indices whose names begin with `prefix`, and ends with it.
    pub fn index(&self, prefix: &str) -> Service {
        let mut command = self.command("opensearch", prefix, &["index"]);
        command.env("KHONHA_OPENSEARCH_PREFIX", prefix);
        self.start(prefix, command, String::new())
    }

    fn start(&self, name: &str, mut command: Command, address: String) -> Service {
        let log = self.dir.path().join(format!("{name}.log"));
        let file = File::options().create(true).append(true).open(&log).expect("a log");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(file);
        Service { process: command.spawn().expect("the program runs"), address, agent: self.agent.clone(), log }
    }
}

impl Service {
    /// The status and the body that an address answers with; nothing if nobody answers.
    pub fn get(&self, path: &str) -> Option<(u16, String)> {
        let mut answer = self.agent.get(format!("http://{}{path}", self.address)).call().ok()?;
        Some((answer.status().as_u16(), answer.body_mut().read_to_string().ok()?))
    }

    /// How many articles are found.
    pub fn total(&self, query: &str) -> Option<u64> {
        let (status, body) = self.get(&format!("/api/v1/search?record=false&exact=true&q={query}"))?;
        let answer: Value = serde_json::from_str(&body).ok()?;
        (status == 200).then(|| answer["total"].as_u64())?
    }

    pub fn is_ready(&self) -> bool {
        self.get("/health/ready").is_some_and(|(status, _)| status == 200)
    }

    /// Waits until so many articles are found.
    pub fn wait_for(&self, query: &str, total: u64) {
        self.wait_until(&format!("{total} of {query}"), || self.total(query) == Some(total));
    }

    pub fn wait_until(&self, what: &str, is_so: impl Fn() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < PATIENCE, "no {what} after {:?}\n{}", start.elapsed(), self.end_of_log());
            std::thread::sleep(PAUSE);
        }
    }

    /// Searches while something happens; every search has an answer.
    pub fn searching<T>(&self, happens: impl FnOnce() -> T) -> T {
        let (is_over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            let searches = scope.spawn(|| {
                let mut failed = Vec::new();
                while !is_over.load(Ordering::Relaxed) {
                    let found = self.get("/api/v1/search?record=false&q=ธรรมาภิบาล");
                    asked.fetch_add(1, Ordering::Relaxed);
                    failed.extend(Some(found).filter(|it| it.as_ref().is_none_or(|(status, _)| *status != 200)));
                }
                failed
            });
            let over = Over(&is_over);
            let done = happens();
            std::thread::sleep(Duration::from_secs(2));
            drop(over);
            let failed = searches.join().expect("searches");
            let (count, log) = (failed.len(), self.end_of_log());
            assert!(failed.is_empty(), "{count} of {asked:?} searches failed: {:?}\n{log}", failed.first());
            done
        })
    }

    /// What it told last.
    pub fn end_of_log(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }

    /// Whether it has told something.
    pub fn has_told(&self, what: &str) -> bool {
        fs::read_to_string(&self.log).is_ok_and(|log| log.contains(what))
    }

    /// Has it stand still, as a machine does that swaps, or go on.
    pub fn freeze(&self, is_frozen: bool) {
        let signal = if is_frozen { "-STOP" } else { "-CONT" };
        let sent = Command::new("kill").args([signal, &self.process.id().to_string()]).status().expect("kill runs");
        assert!(sent.success(), "{signal}");
    }

    /// Waits until it ends by itself, as it should.
    pub fn finish(mut self) {
        let status = self.process.wait().expect("a process");
        assert!(status.success(), "{status}\n{}", self.end_of_log());
    }

    /// Ends it with SIGKILL.
    pub fn kill(mut self) {
        self.process.kill().expect("a process to kill");
        self.process.wait().expect("a dead process");
    }
}

/// Says that something is over, also where it failed.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A word that only one article has.
pub fn word(number: usize) -> String {
    let letters = "abcdefghij".as_bytes();
    let digits =
        number.to_string().bytes().map(|digit| char::from(letters[usize::from(digit - b'0')])).collect::<String>();
    format!("zq{digits}zq")
}

fn agent() -> Agent {
    Agent::config_builder().timeout_global(Some(Duration::from_secs(30))).http_status_as_error(false).build().into()
}
