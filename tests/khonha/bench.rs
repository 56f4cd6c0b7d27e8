//! `khonha bench`: the real program, over queries of a file and over those that were counted.

use std::time::Duration;

use khonha::analytics::{self, Folder, Found, Recorder, Retention, Search, Text};
use serde_json::Value;

use crate::cli::{khonha, run, shown};
use crate::support::{Site, article};

fn site() -> Site {
    let site = Site::new(&[("a.md", &article("ข้อมูลเปิด", "Open data for everyone"))]);
    assert!(run(&site, &["index"]).status.success());
    site
}

/// How often each query was asked, by its text.
fn asked(report: &Value) -> Vec<(&str, u64)> {
    let slowest = report["slowest"].as_array().expect("a list").iter();
    let mut asked: Vec<_> = slowest
        .map(|slow| (slow["query"].as_str().expect("a query"), slow["searches"].as_u64().expect("a number")))
        .collect();
    asked.sort_unstable();
    asked
}

#[test]
fn queries_of_a_file_are_asked_as_often_as_they_are_there() {
    let site = site();
    let file = site.index().with_file_name("queries.txt");
    std::fs::write(&file, "ข้อมูลเปิด\n\nzzyzx\nข้อมูลเปิด\n  ข้อมูลเปิด  \n").expect("a file");
    let file = file.to_str().expect("a path");
    let output = run(&site, &["bench", "--queries", file, "--seconds", "1", "--clients", "2", "--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let searches = report["searches"].as_u64().expect("a number");
    assert_eq!((&report["queries"], &report["queries_without_results"]), (&2.into(), &1.into()));
    let (queries, counts): (Vec<_>, Vec<_>) = asked(&report).into_iter().unzip();
    assert_eq!(queries, ["zzyzx", "ข้อมูลเปิด"]);
    let [rare, frequent] = [counts[0], counts[1]];
    assert_eq!(rare + frequent, searches);
    assert!(frequent.abs_diff(3 * rare) <= 8, "{frequent} and {rare}");
    let classes = report["histogram"].as_array().expect("a list").iter();
    assert_eq!(classes.map(|class| class["searches"].as_u64().expect("a number")).sum::<u64>(), searches);
    let table = shown(&run(&site, &["bench", "--queries", file, "--seconds", "1"]).stdout);
    assert!(table.contains("of 2 queries") && table.contains("p99") && table.contains('█'), "{table}");
}

#[test]
fn what_was_counted_is_asked() {
    let site = site();
    let folder = site.index().with_file_name("counts");
    let bench = || {
        let mut command = khonha(&site, &["bench", "--seconds", "1", "--json", "--days", "1"]);
        command.env("KHONHA_ANALYTICS", &folder).output().expect("the program runs")
    };
    let early = shown(&bench().stderr);
    assert!(early.contains("no search was counted in 1 days") && early.contains("--queries"), "{early}");
    let recorder = Recorder::open(Folder::new(&folder), Retention(90)).expect("a folder for counts");
    for query in ["data", "ข้อมูลเปิด"] {
        let text = Text::of(query).expect("a text");
        recorder.search(analytics::today(), Search { text, found: Found::Something, took: Duration::ZERO });
    }
    recorder.flush(analytics::today());
    let report: Value = serde_json::from_slice(&bench().stdout).expect("JSON");
    assert_eq!(asked(&report).into_iter().map(|(query, _)| query).collect::<Vec<_>>(), ["data", "ข้อมูลเปิด"]);
}

#[test]
fn what_cannot_be_asked_is_told_with_the_way_out() {
    let site = site();
    let file = site.index().with_file_name("queries.txt");
    std::fs::write(&file, "\n \n").expect("a file");
    let file = file.to_str().expect("a path");
    for (arguments, told) in [
        (&["bench"][..], "--queries FILE"),
        (&["bench", "--queries", file], "has no query; write one on each line"),
        (&["bench", "--queries", "nothing.txt"], "nothing.txt cannot be read"),
        (&["bench", "--queries", file, "--clients", "0"], "--clients"),
    ] {
        let output = run(&site, arguments);
        let error = shown(&output.stderr);
        assert!(!output.status.success() && error.contains(told), "{error}");
    }
    std::fs::write(file, "data").expect("a file");
    let error = shown(&run(&site, &["bench", "--queries", file, "--filter", "yaer=2567"]).stderr);
    assert!(error.contains("yaer"), "{error}");
}
