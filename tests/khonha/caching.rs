//! What may be kept of answers, and whether those who ask learn when it holds no more.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use khonha::analytics::{Folder, Recorder, Retention, today};
use khonha::http::{Analytics, Clicks, Identity, Service};
use serde_json::Value;

use crate::http::{Answer, CORPUS, answer};
use crate::support::{Live, Site, article, identity};

/// Answers of every kind that may be kept.
const KEPT: [&str; 15] = [
    "/",
    "/?q=%E0%B8%82%E0%B9%89%E0%B8%AD%E0%B8%A1%E0%B8%B9%E0%B8%A5&ui=en",
    "/articles/a",
    "/facets/language",
    "/api/v1/search?q=open+data&explain=true",
    "/api/v1/search.ndjson",
    "/api/v1/search.csv?q=data",
    "/api/v1/articles/a",
    "/api/v1/articles/a.bib",
    "/api/v1/articles/a/related",
    "/api/v1/facets/language",
    "/api/v1/suggest?q=open",
    "/api/v1/search.atom",
    "/sitemap.xml",
    "/opensearch.xml",
];

fn site() -> (Site, Live) {
    let site = Site::new(&[
        ("a.md", &article("ข้อมูลเปิด", "Open data for everyone")),
        ("b.md", &article("ข้อมูลจัดซื้อจัดจ้าง", "More open data")),
    ]);
    let mut live = site.open();
    live.look();
    (site, live)
}

fn service(live: &Live) -> Service {
    Service::new(Arc::clone(&live.store), identity()).with_answers_kept(1 << 20)
}

async fn ask(service: &Service, address: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    let request = headers.iter().fold(Request::get(address), |request, (name, value)| request.header(name, *value));
    answer(service, request.body(Body::empty()).expect("a request")).await
}

async fn again(service: &Service, address: &str, tag: &str) -> Answer {
    ask(service, address, &[(header::IF_NONE_MATCH, tag)]).await
}

fn value(answer: &Answer, name: header::HeaderName) -> String {
    let values = answer.headers.get_all(name).iter().map(|it| it.to_str().expect("ASCII"));
    values.collect::<Vec<_>>().join(", ")
}

/// The validator of what is at an address.
async fn tag(service: &Service, address: &str) -> String {
    let answer = ask(service, address, &[]).await;
    assert_eq!(
        (answer.status, value(&answer, header::CACHE_CONTROL).as_str()),
        (StatusCode::OK, "no-cache"),
        "{address}"
    );
    let tag = value(&answer, header::ETAG);
    assert!(tag.starts_with("W/\""), "{address}: {tag}");
    tag
}

#[tokio::test]
async fn what_is_kept_holds_until_an_article_is_edited_and_not_after() {
    let (site, mut live) = site();
    for (number, address) in KEPT.into_iter().enumerate() {
        // What is known of a commit is read a moment after it, but by a new service at once.
        let service = service(&live);
        let before = tag(&service, address).await;
        let same = again(&service, address, &before).await;
        assert_eq!((same.status, same.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{address}");
        assert_eq!(
            (value(&same, header::ETAG), value(&same, header::CACHE_CONTROL).as_str()),
            (before.clone(), "no-cache")
        );
        assert_eq!(again(&service, address, &format!("\"x\", {before}")).await.status, StatusCode::NOT_MODIFIED);
        assert_eq!(again(&service, address, "*").await.status, StatusCode::NOT_MODIFIED);
        site.write("a.md", &article("ข้อมูลเปิด", &format!("Open data, edition {number}")));
        live.look();
        let after = again(&service, address, &before).await;
        assert_eq!(after.status, StatusCode::OK, "{address}");
        assert_ne!(value(&after, header::ETAG), before, "{address}");
    }
}

/// A service in a hurry would answer with less than all, and has the same memory.
#[tokio::test]
async fn an_answer_is_given_from_memory_as_long_as_it_holds() {
    let (site, mut live) = site();
    let service = service(&live);
    let hurried = service.clone().with_limit(Duration::ZERO);
    for address in ["/api/v1/search?q=data", "/?q=data", "/articles/a"] {
        let head = Request::head(address).body(Body::empty()).expect("a request");
        assert_eq!(answer(&service, head).await.text, "", "{address}");
        let [mut first, mut again] = [ask(&service, address, &[]).await, ask(&hurried, address, &[]).await];
        for answer in [&mut first, &mut again] {
            answer.headers.remove("x-request-id").expect("a name");
        }
        assert!(first.text.contains("data"), "{address}: {}", first.text);
        assert_eq!((again.text == first.text, again.headers), (true, first.headers), "{address}");
        let head = Request::head(address).body(Body::empty()).expect("a request");
        assert_eq!(answer(&service, head).await.text, "", "{address}");
    }
    site.write("c.md", &article("ข้อมูลใหม่", "New data"));
    live.look();
    let after = ask(&hurried, "/api/v1/search?q=data", &[]).await;
    assert!(!after.headers.contains_key(header::ETAG), "{}", after.text);
}

#[tokio::test]
async fn what_is_kept_holds_after_a_restart_and_not_after_the_index_is_built_anew() {
    let (site, live) = site();
    let before = tag(&service(&live), "/api/v1/search?q=data").await;
    drop(live);
    let mut live = site.open();
    live.look();
    let service_after = service(&live);
    assert_eq!(again(&service_after, "/api/v1/search?q=data", &before).await.status, StatusCode::NOT_MODIFIED);
    site.write("glossary.tsv", "ข้อมูล\tdata\n");
    live.look();
    assert_eq!(again(&service_after, "/api/v1/search?q=data", &before).await.status, StatusCode::OK);
    drop((live, service_after));
    std::fs::remove_dir_all(site.index()).expect("the index can be deleted");
    let mut live = site.open();
    live.look();
    assert_eq!(again(&service(&live), "/api/v1/search?q=data", &before).await.status, StatusCode::OK);
}

#[tokio::test]
async fn each_format_address_and_setting_has_a_validator_of_its_own() {
    let (_site, live) = site();
    let plain = service(&live);
    let address = "/api/v1/search?q=data";
    let json = tag(&plain, address).await;
    let csv = [(header::ACCEPT, "text/csv"), (header::IF_NONE_MATCH, json.as_str())];
    let csv = ask(&plain, address, &csv).await;
    assert_eq!((csv.status, csv.content_type.starts_with("text/csv")), (StatusCode::OK, true));
    assert_eq!(value(&csv, header::VARY), "accept, accept-encoding");
    assert_eq!(again(&plain, "/api/v1/search?q=data&explain=true", &json).await.status, StatusCode::OK);
    let renamed = Service::new(Arc::clone(&live.store), Identity { name: "คลังความรู้".to_owned(), ..identity() });
    assert_eq!(again(&renamed, address, &json).await.status, StatusCode::OK);
    let browser = [(header::ACCEPT, "text/html, */*;q=0.8"), (header::IF_NONE_MATCH, json.as_str())];
    assert_eq!(ask(&plain, address, &browser).await.status, StatusCode::NOT_MODIFIED, "they accept JSON");
}

#[tokio::test]
async fn a_page_is_as_it_was_while_its_snapshot_is_kept() {
    let (site, mut live) = site();
    let service = service(&live);
    let first: Value = serde_json::from_str(&ask(&service, "/api/v1/search?limit=1", &[]).await.text).expect("JSON");
    let text = |name: &str| first[name].as_str().expect("a text").to_owned();
    let second = format!("/api/v1/search?limit=1&cursor={}", text("next"));
    let before = tag(&service, &second).await;
    assert_eq!(again(&service, &second, &before).await.status, StatusCode::NOT_MODIFIED);
    site.write("c.md", &article("ข้อมูลใหม่", "New data"));
    live.look();
    let page = again(&service, &second, &before).await;
    assert!(page.status == StatusCode::OK && page.text.contains(&text("snapshot")), "{}", page.text);
}

/// The answer has the name of a snapshot for the pages that follow.
#[tokio::test]
async fn who_has_a_page_already_can_turn_it_after_a_commit() {
    let (site, mut live) = site();
    let first: Value =
        serde_json::from_str(&ask(&service(&live), "/api/v1/search?limit=1", &[]).await.text).expect("JSON");
    let kept = tag(&service(&live), "/api/v1/search?limit=1").await;
    let restarted = service(&live);
    assert_eq!(again(&restarted, "/api/v1/search?limit=1", &kept).await.status, StatusCode::NOT_MODIFIED);
    site.write("c.md", &article("ข้อมูลใหม่", "New data"));
    live.look();
    let next = format!("/api/v1/search?limit=1&cursor={}", first["next"].as_str().expect("a cursor"));
    let second: Value = serde_json::from_str(&ask(&restarted, &next, &[]).await.text).expect("JSON");
    assert_eq!((&second["snapshot"], &second["total"]), (&first["snapshot"], &first["total"]));
}

#[tokio::test]
async fn nothing_is_kept_of_problems_nor_of_what_was_not_finished() {
    let (_site, live) = site();
    let service = service(&live);
    for address in
        ["/api/v1/search?page=0", "/?page=0", "/nowhere", "/articles/nowhere", "/assets/no.css", "/health/ready"]
    {
        let answer = ask(&service, address, &[(header::IF_NONE_MATCH, "*")]).await;
        assert_eq!(value(&answer, header::CACHE_CONTROL), "no-store", "{address}");
        assert!(!answer.headers.contains_key(header::ETAG), "{address}");
    }
    let hurried = CORPUS.clone().with_limit(Duration::ZERO);
    for address in ["/api/v1/search?q=open+data", "/?q=open+data", "/api/v1/search.csv?q=open+data"] {
        let late = ask(&hurried, address, &[]).await;
        assert_eq!((late.status, late.headers.contains_key(header::ETAG)), (StatusCode::OK, false), "{address}");
    }
}

#[tokio::test]
async fn a_search_counts_also_where_its_answer_is_had_already() {
    let (site, live) = site();
    let folder = Folder::new(site.index().with_file_name("analytics"));
    let recorder = Arc::new(Recorder::open(folder, Retention(90)).expect("a folder for counts"));
    let analytics = Analytics { recorder: Arc::clone(&recorder), clicks: Clicks::Ignored };
    let service = service(&live).with_analytics(analytics);
    let kept = tag(&service, "/api/v1/search?q=nothinglikethis").await;
    assert_eq!(again(&service, "/api/v1/search?q=nothinglikethis", &kept).await.status, StatusCode::NOT_MODIFIED);
    ask(&service, "/api/v1/search?q=nothinglikethis", &[]).await;
    let typing = "/api/v1/search?q=nothing&record=false";
    let kept = tag(&service, typing).await;
    assert_eq!(again(&service, typing, &kept).await.status, StatusCode::NOT_MODIFIED);
    let report = recorder.report(khonha::analytics::Period::ending(today(), 1)).expect("a report");
    assert_eq!((report.total.searches, report.total.without_results), (3, 3));
}
