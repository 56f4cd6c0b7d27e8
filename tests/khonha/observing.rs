//! What operators see of a running service: its log and what it measures.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::process::Stdio;
use std::time::{Duration, Instant};

use khonha::http::{AdminKeyHash, Scope, new_admin_key};
use serde_json::Value;

use crate::cli::Server;
use crate::http::{ask, get};
use crate::support::{Site, article};

/// A site with settings of its own.
fn site(settings: &str) -> Site {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "ข้อมูลเปิด"))]);
    let folder = site.content().parent().expect("a site has a folder").to_owned();
    fs::write(folder.join("khonha.toml"), settings).expect("settings");
    site
}

#[tokio::test]
async fn every_answer_has_an_id_of_its_own() {
    let addresses = ["/", "/nothing", "/api/v1/search?limit=none", "/health/ready", "/metrics"];
    let mut ids = BTreeSet::new();
    for address in addresses {
        let answer = get(address).await;
        ids.insert(answer.headers["x-request-id"].to_str().expect("a text").to_owned());
    }
    assert_eq!(ids.len(), addresses.len(), "{ids:?}");
    let refused = ask(&crate::http::CORPUS, "DELETE", "/").await;
    assert!(refused.headers.contains_key("x-request-id"));
}

#[test]
fn what_is_logged_of_a_request_carries_its_id_and_not_what_was_searched() {
    let site = site("log = \"khonha::http=debug\"\nlog_format = \"json\"");
    let log = site.content().with_file_name("log");
    let server = Server::logging_to(&site, Stdio::from(File::create(&log).expect("a log")));
    let address = format!("http://{}/api/v1/search?q=secret", server.address);
    let answer = ureq::get(address).header("X-Request-Id", "from-a-proxy").call().expect("an answer");
    assert_eq!(answer.headers()["x-request-id"], "from-a-proxy");
    drop(server);
    let log = fs::read_to_string(&log).expect("a log");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let line = lines.iter().find(|line| line["span"]["id"] == "from-a-proxy").expect("a line of the request");
    assert_eq!((&line["fields"]["status"], &line["span"]["path"]), (&200.into(), &"/api/v1/search".into()));
    assert!(!log.contains("secret"), "{log}");
}

#[test]
fn what_the_follower_of_the_folder_does_is_measured() {
    let key = new_admin_key().expect("a key");
    let hash = AdminKeyHash::of(&key);
    let scope = Scope::Metrics.name();
    let keys = format!("[[admin_keys]]\nname = \"prometheus\"\nhash = \"{hash}\"\nscopes = [\"{scope}\"]");
    let site = site(&keys);
    let server = Server::start(&site);
    site.write("b.md", &article("สอง", "ข้อมูลเปิด"));
    server.wait_for_total("ข้อมูลเปิด", 2);
    // The first change may be found by the look with which the watch begins, and this one by an event alone.
    site.write("c.md", &article("สาม", "ข้อมูลเปิด"));
    server.wait_for_total("ข้อมูลเปิด", 3);
    let metrics = || {
        let request = ureq::get(format!("http://{}/metrics", server.address));
        let answer = request.header("Authorization", format!("Bearer {key}")).call().expect("an answer");
        answer.into_body().read_to_string().expect("a text")
    };
    let wanted = [
        "khonha_watch_articles_updated_total 3",
        "khonha_watch_freshness_seconds_count",
        "khonha_watch_look_duration_seconds_count{look=\"full\"} 1",
        "khonha_watch_problems{severity=\"error\"} 0",
        "khonha_watch_trouble 0",
        "khonha_index_documents 3",
        "khonha_index_commit_duration_seconds_count",
        "khonha_index_bytes",
        "khonha_watch_events_total",
        "khonha_http_requests_waiting 0",
        "process_resident_memory_bytes",
    ];
    // A look is told as done a moment after what it found can be found.
    let start = Instant::now();
    let missing = || {
        let told = metrics();
        wanted.into_iter().filter(|line| !told.contains(line)).collect::<Vec<_>>()
    };
    while !missing().is_empty() {
        assert!(start.elapsed() < Duration::from_secs(10), "{:?} in {}", missing(), metrics());
    }
}
