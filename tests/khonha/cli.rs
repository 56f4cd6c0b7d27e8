//! The real program, in a temporary folder.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use khonha::analytics::{self, Folder, Found, Recorder, Retention, Search, Text};
use khonha::http::AdminKeyHash;
use serde_json::Value;

use crate::support::{Site, article, corpus};

pub fn khonha(site: &Site, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khonha"));
    command.current_dir(site.content().parent().expect("a site has a folder")).args(arguments);
    command.arg("--content").arg(site.content()).arg("--index").arg(site.index());
    command
}

pub fn run(site: &Site, arguments: &[&str]) -> Output {
    khonha(site, arguments).output().expect("the program runs")
}

pub fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").to_string()
}

/// A running `khonha serve`, killed when dropped.
pub struct Server {
    child: Child,
    pub address: String,
}

impl Server {
    pub fn start(site: &Site) -> Server {
        Server::logging_to(site, Stdio::null())
    }

    /// With the settings of a `khonha.toml` beside the content, if there is one.
    pub fn logging_to(site: &Site, log: Stdio) -> Server {
        let address = free_address();
        let mut command = khonha(site, &["serve", "--listen", &address]);
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the program runs");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        assert!(line.contains(&format!("http://{address}/")), "{line}");
        Server { child, address }
    }

    fn get(&self, path: &str) -> String {
        let answer = ureq::get(format!("http://{}{path}", self.address)).call().expect("an answer");
        let mut text = String::new();
        answer.into_body().into_reader().read_to_string(&mut text).expect("a body");
        text
    }

    pub fn total(&self, query: &str) -> u64 {
        let json: Value = serde_json::from_str(&self.get(&format!("/api/v1/search?q={query}"))).expect("JSON");
        json["total"].as_u64().expect("a total")
    }

    pub fn wait_for_total(&self, query: &str, total: u64) {
        let start = Instant::now();
        while self.total(query) != total {
            assert!(start.elapsed() < Duration::from_secs(20), "{query} is not found {total} times");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn signal(&mut self, signal: &str) -> std::process::ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill runs").success());
        self.child.wait().expect("it ends")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_file_that_is_saved_while_serving_is_found() {
    let site = Site::new(&[("a.md", &article("First", "alpha"))]);
    let mut server = Server::start(&site);
    assert_eq!((server.total("alpha"), server.total("beta")), (1, 0));
    site.write("b.md", &article("Second", "beta"));
    server.wait_for_total("beta", 1);
    site.write("a.md", &article("First", "gamma"));
    server.wait_for_total("gamma", 1);
    assert_eq!(server.total("alpha"), 0);
    site.remove("b.md");
    server.wait_for_total("beta", 0);
    assert!(server.signal("-TERM").success(), "SIGTERM is a graceful end");
}

#[test]
fn a_kill_at_any_moment_of_indexing_leaves_a_start_that_is_right() {
    let files: Vec<(String, String)> = (0..300)
        .map(|number| (format!("{number}.md"), article(&format!("Number {number}"), &"ข้อมูลเปิด ".repeat(200))))
        .collect();
    let site = Site::new(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    for milliseconds in [0, 5, 20, 50, 100, 200, 400, 800] {
        let mut child = khonha(&site, &["index"]).stderr(Stdio::null()).stdout(Stdio::null()).spawn().expect("it runs");
        std::thread::sleep(Duration::from_millis(milliseconds));
        let _ = child.kill();
        child.wait().expect("it ends");
        site.write("0.md", &article("Number 0", &format!("after {milliseconds}")));
    }
    let server = Server::start(&site);
    assert_eq!((server.total(""), server.total("after+800")), (300, 1));
}

#[test]
fn a_taken_port_is_told_with_the_way_out() {
    let site = Site::new(&[]);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address").to_string();
    let output = run(&site, &["serve", "--listen", &address]);
    let error = shown(&output.stderr);
    assert!(!output.status.success() && error.contains(&address) && error.contains("--listen"), "{error}");
}

#[test]
fn a_second_server_on_the_same_index_is_refused() {
    let site = Site::new(&[("a.md", &article("First", "alpha"))]);
    let server = Server::start(&site);
    let output = run(&site, &["serve", "--listen", &free_address()]);
    assert!(!output.status.success() && shown(&output.stderr).contains("--index"), "{}", shown(&output.stderr));
    assert_eq!(server.total("alpha"), 1);
}

#[test]
fn verify_tells_what_differs_and_agrees_while_serving() {
    let site = Site::new(&[("a.md", &article("First", "alpha")), ("b.md", &article("Second", "beta"))]);
    assert!(run(&site, &["index"]).status.success());
    assert_eq!(run(&site, &["verify"]).status.code(), Some(0));
    site.write("a.md", &article("First", "gamma"));
    site.write("c.md", &article("Third", "delta"));
    site.remove("b.md");
    let output = run(&site, &["verify"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!("verify", shown(&output.stdout));
    let server = Server::start(&site);
    assert_eq!(run(&site, &["verify"]).status.code(), Some(0));
    assert_eq!(server.total("gamma"), 1);
}

#[test]
fn check_reports_every_problem_and_fails() {
    let bad = "---\ntitle: x\ndate: soon\nrelated: [nobody]\n---\n";
    let site = Site::new(&[("a.md", bad), ("b.md", ""), ("c.md", &article("ok", "")), ("pic.png", "")]);
    let output = run(&site, &["check"]);
    insta::assert_snapshot!("check", shown(&output.stdout));
    assert_eq!(output.status.code(), Some(1));
    site.remove("a.md");
    site.remove("b.md");
    assert_eq!(run(&site, &["check"]).status.code(), Some(0));
}

#[test]
fn search_shows_a_table_and_json() {
    let dated = "---\ntitle: การเปิดเผยข้อมูล\ntitle_en: Disclosure\ndate: 10 ก.ค. 67\nauthors: [ปริญ ธาราดล]\n---\nข้อมูลของรัฐเป็นของทุกคน\n";
    let site = Site::new(&[("a/x.md", dated)]);
    let early = run(&site, &["search", "ข้อมูล"]);
    assert!(shown(&early.stderr).contains("khonha index"), "{}", shown(&early.stderr));
    assert!(run(&site, &["index"]).status.success());
    let table = shown(&run(&site, &["search", "ข้อมูล"]).stdout);
    insta::with_settings!({ filters => vec![(r"\d\.\d\d ", "0.00 ")] }, { insta::assert_snapshot!("table", table) });
    let json = run(&site, &["search", "ข้อมูล", "--filter", "year=2024", "--json"]);
    let json: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!((json["total"].as_u64(), json["hits"][0]["id"].as_str()), (Some(1), Some("a/x")));
}

#[test]
fn a_word_may_be_excluded_and_a_reader_may_leave() {
    let site = Site::new(&[("a.md", &article("First", "alpha")), ("b.md", &article("Second", "alpha beta"))]);
    assert!(run(&site, &["index"]).status.success());
    let output = shown(&run(&site, &["search", "alpha -beta"]).stdout);
    assert!(output.starts_with("1 articles"), "{output}");
    let mut child =
        khonha(&site, &["search", "alpha"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.success(), shown(&output.stderr)), (true, String::new()));
}

#[test]
fn a_stop_is_heard_while_the_folder_is_read() {
    let files: Vec<(String, String)> =
        (0..300).map(|number| (format!("{number}.md"), article("x", &"ข้อมูลเปิด ".repeat(2_000)))).collect();
    let site = Site::new(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    let mut child =
        khonha(&site, &["serve", "--listen", &free_address()]).stderr(Stdio::null()).spawn().expect("it runs");
    std::thread::sleep(Duration::from_millis(500));
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill runs").success());
    let start = Instant::now();
    assert!(child.wait().expect("it ends").success());
    assert!(start.elapsed() < Duration::from_secs(15), "it ended after {:?}", start.elapsed());
}

#[test]
fn analyze_shows_how_a_text_is_cut() {
    let site = Site::new(&[("words.txt", "จัดซื้อจัดจ้าง\nจัดซื้อ\nจัดจ้าง\n")]);
    let output = run(&site, &["analyze", "การจัดซื้อจัดจ้าง Open ๒๕๖๗"]);
    insta::assert_snapshot!("analyze", shown(&output.stdout));
}

#[test]
fn settings_come_from_file_environment_and_flags() {
    let site = Site::new(&[("a.md", &article("First", "alpha"))]);
    let file = site.index().with_file_name("khonha.toml");
    std::fs::write(&file, "max_file_bytes = 3\n").expect("a file");
    let output = run(&site, &["check"]);
    assert!(shown(&output.stdout).contains("more than max_file_bytes = 3"), "{}", shown(&output.stdout));
    let output = khonha(&site, &["check"]).env("KHONHA_MAX_FILE_BYTES", "1000").output().expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    std::fs::write(&file, "max_bytes = 3\n").expect("a file");
    let error = shown(&run(&site, &["check"]).stderr);
    assert!(error.contains("max_bytes") && error.contains("khonha.toml"), "{error}");
}

#[test]
fn report_shows_what_was_counted_in_columns() {
    let site = Site::new(&[]);
    let early = run(&site, &["report"]);
    assert!(!early.status.success() && shown(&early.stderr).contains("analytics ="), "{}", shown(&early.stderr));
    let folder = site.index().with_file_name("counts");
    let recorder = Recorder::open(Folder::new(&folder), Retention(90)).expect("a folder for counts");
    for (query, found) in [("ฮั้วประมูล", Found::Nothing), ("data", Found::Something), ("data", Found::Something)]
    {
        let text = Text::of(query).expect("a text");
        recorder.search(analytics::today(), Search { text, found, took: Duration::from_millis(7) });
    }
    recorder.flush(analytics::today());
    let report = |arguments: &[&str]| {
        let output = khonha(&site, arguments).env("KHONHA_ANALYTICS", &folder).output().expect("it runs");
        shown(&output.stdout)
    };
    let filters = vec![(r"\d{4}-\d\d-\d\d", "[day]     ")];
    insta::with_settings!({ filters => filters }, { insta::assert_snapshot!("report", report(&["report"])) });
    let json: Value = serde_json::from_str(&report(&["report", "--json", "--days", "1"])).expect("JSON");
    assert_eq!(json["total"]["searches"], 3);
}

#[test]
fn key_prints_a_new_key_and_its_hash() {
    let site = Site::new(&[]);
    let keys = [(); 2].map(|()| shown(&run(&site, &["key"]).stdout));
    let word =
        |text: &str, start: &str| text.split([' ', '\n', '"']).find(|it| it.starts_with(start)).map(str::to_owned);
    let key = word(&keys[0], "khonha_").expect("a key");
    let hash: AdminKeyHash = word(&keys[0], "blake3:").expect("a hash").parse().expect("a hash");
    assert!(hash.is_of(&key) && !keys[1].contains(&key));
}

#[test]
fn a_content_folder_that_is_not_there_is_named() {
    let site = Site::new(&[]);
    std::fs::remove_dir(site.content()).expect("a folder to remove");
    for command in ["check", "index", "serve"] {
        let output = run(&site, &[command]);
        assert!(shown(&output.stderr).contains("--content"), "{command}: {}", shown(&output.stderr));
    }
}

#[test]
fn a_cluster_that_is_away_is_told_with_the_way_out() {
    let site = Site::new(&[]);
    let away = ["--engine", "opensearch", "--opensearch-url", "http://127.0.0.1:1"];
    let cases: [(&[&str], &str); 3] = [
        (&["search", "ธรรมาภิบาล"], "start the cluster, or correct --opensearch-url"),
        (&["snapshot", "--to", "copy"], "whose own snapshots back it up"),
        (&["search", "ธรรมาภิบาล", "--opensearch-url", "127.0.0.1:9200"], "opensearch_url = "),
    ];
    for (arguments, told) in cases {
        let output = run(&site, &[arguments, &away].concat());
        assert!(!output.status.success() && shown(&output.stderr).contains(told), "{}", shown(&output.stderr));
    }
    let alone = run(&site, &["serve", "--no-watch"]);
    assert!(shown(&alone.stderr).contains("--no-watch needs --engine opensearch"), "{}", shown(&alone.stderr));
}

#[test]
fn a_login_to_a_cluster_is_in_no_log() {
    let site = Site::new(&[]);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    // Takes each request, and refuses who asks.
    std::thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let _ = client.read(&mut [0; 4096]);
            let _ = client.write_all(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    let mut command = Command::new(env!("CARGO_BIN_EXE_khonha"));
    command
        .args(["search", "ธรรมาภิบาล", "--engine", "opensearch", "--opensearch-url", &url])
        .arg("--index")
        .arg(site.index());
    command.env("KHONHA_LOG", "trace,ureq_proto=trace").env("KHONHA_OPENSEARCH_LOGIN", "khonha:s3cret");
    let told = shown(&command.output().expect("it runs").stderr);
    assert!(told.contains("401") && told.contains("set opensearch_login"), "{told}");
    assert!(!told.to_lowercase().contains("authorization"), "{told}");
}

#[test]
fn the_corpus_is_indexed_and_searched() {
    let site = Site::new(&[]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_khonha"));
    let output = command.arg("index").arg("--content").arg(corpus()).arg("--index").arg(site.index()).output();
    assert!(output.expect("it runs").status.success());
    assert!(Path::new(&site.index()).join("CURRENT").exists());
    let found = shown(&run(&site, &["search", "whistleblower"]).stdout);
    assert!(found.contains("glossary/whistleblower"), "{found}");
}
