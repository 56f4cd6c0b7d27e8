//! The API and the pages, by address. Answers to the outside are pinned by snapshots.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use insta::assert_json_snapshot;
use khonha::http::{Service, router};
use khonha::index::{Access, Store};
use serde_json::Value;
use tower::ServiceExt;

use crate::support::{Site, article, identity, indexed_corpus};

pub static STORE: LazyLock<Arc<Store>> = LazyLock::new(|| {
    let (dir, store) = indexed_corpus();
    // Tests share it until the process ends; the folder goes with the system's temporary files.
    let _ = dir.keep();
    store
});

pub static CORPUS: LazyLock<Service> = LazyLock::new(|| Service::new(Arc::clone(&STORE), identity()));

pub struct Answer {
    pub status: StatusCode,
    pub content_type: String,
    pub headers: HeaderMap,
    pub text: String,
}

pub async fn ask(service: &Service, method: &str, address: &str) -> Answer {
    let request = Request::builder().method(method).uri(address).body(Body::empty()).expect("a request");
    answer(service, request).await
}

pub async fn answer(service: &Service, request: Request<Body>) -> Answer {
    let response = router(service.clone()).oneshot(request).await.expect("an answer");
    let content_type =
        response.headers().get(header::CONTENT_TYPE).map(|it| it.to_str().unwrap_or_default().to_owned());
    let (status, headers) = (response.status(), response.headers().clone());
    let body = axum::body::to_bytes(response.into_body(), 10 << 20).await.expect("a body");
    let text = String::from_utf8_lossy(&body).into_owned();
    Answer { status, content_type: content_type.unwrap_or_default(), headers, text }
}

pub async fn get(address: &str) -> Answer {
    ask(&CORPUS, "GET", address).await
}

pub async fn json(address: &str) -> Value {
    let answer = get(address).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    serde_json::from_str(&answer.text).expect("JSON")
}

/// Scores change with every tuning; that they are numbers is enough.
macro_rules! assert_answer {
    ($name:literal, $answer:expr) => {
        assert_json_snapshot!($name, $answer, { ".hits[].score" => "[score]", ".snapshot" => "[snapshot]", ".next" => "[next]" })
    };
}

#[tokio::test]
async fn api_v1_search() {
    let q = "%E0%B8%98%E0%B8%A3%E0%B8%A3%E0%B8%A1%E0%B8%B2%E0%B8%A0%E0%B8%B4%E0%B8%9A%E0%B8%B2%E0%B8%A5"; // ธรรมาภิบาล
    assert_answer!("search", json(&format!("/api/v1/search?q={q}&limit=2")).await);
}

#[tokio::test]
async fn api_v1_search_with_filters_in_english() {
    let address = "/api/v1/search?topic=whistleblowing&year=2024&year=2568&sort=newest&ui=en&limit=3&colour=red";
    assert_answer!("filters", json(address).await);
}

#[tokio::test]
async fn api_v1_articles() {
    assert_json_snapshot!("article", json("/api/v1/articles/glossary/integrity-pact").await);
}

#[tokio::test]
async fn errors_are_problem_details() {
    for (address, status, name) in [
        ("/api/v1/search?page=0", StatusCode::BAD_REQUEST, "bad-parameter"),
        ("/api/v1/articles/no/such", StatusCode::NOT_FOUND, "no-such-article"),
        ("/nowhere", StatusCode::NOT_FOUND, "no-such-address"),
        ("/api/v1/articles/%FF", StatusCode::BAD_REQUEST, "unreadable-address"),
    ] {
        let answer = get(address).await;
        assert_eq!((answer.status, answer.content_type.as_str()), (status, "application/problem+json"));
        assert_json_snapshot!(name, serde_json::from_str::<Value>(&answer.text).expect("JSON"));
    }
    assert_eq!(ask(&CORPUS, "POST", "/api/v1/search").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn nothing_that_is_typed_is_an_error() {
    for q in [
        "%22",
        "-",
        "%00",
        "%FF%FE",
        "AND+OR+(((",
        "title:",
        "*",
        "%E0%B8%B3%E0%B9%89",
        "%F0%9F%98%80",
        &"a+".repeat(500),
    ] {
        let answer = get(&format!("/api/v1/search?q={q}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{q}: {}", answer.text);
        assert_eq!(get(&format!("/?q={q}")).await.status, StatusCode::OK, "{q}");
    }
}

#[tokio::test]
async fn readiness_tells_the_truth() {
    let site = Site::new(&[]);
    let store = Arc::new(Store::open(&site.index(), Access::Write).expect("the index folder"));
    let service = Service::new(store, identity());
    assert_eq!(ask(&service, "GET", "/health/live").await.status, StatusCode::OK);
    for address in ["/health/ready", "/api/v1/search", "/"] {
        assert_eq!(ask(&service, "GET", address).await.status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
    }
    assert_eq!(get("/health/ready").await.status, StatusCode::OK);
}

#[tokio::test]
async fn pages_tell_what_is_wrong_in_the_language_of_the_interface() {
    for (address, status, expected) in [
        ("/?page=0&ui=en", StatusCode::BAD_REQUEST, "This page cannot be shown"),
        ("/?page=0", StatusCode::BAD_REQUEST, "เปิดหน้านี้ไม่ได้"),
        ("/articles/nowhere?ui=en", StatusCode::NOT_FOUND, "There is no such page"),
        ("/articles/%FF", StatusCode::BAD_REQUEST, "เปิดหน้านี้ไม่ได้"),
        ("/?page=50&ui=en", StatusCode::OK, "There are not so many pages"),
    ] {
        let answer = get(address).await;
        assert_eq!((answer.status, answer.content_type.as_str()), (status, "text/html; charset=utf-8"), "{address}");
        assert!(answer.text.contains(expected), "{address}: {}", answer.text);
    }
}

#[tokio::test]
async fn the_page_works_without_a_script() {
    let page = get("/?q=whistleblower&topic=whistleblowing&ui=en").await;
    assert_eq!((page.status, page.content_type.as_str()), (StatusCode::OK, "text/html; charset=utf-8"));
    assert!(page.text.contains("<html lang=\"en\">") && !page.text.contains(" onclick"));
    assert!(page.text.contains("<mark>Whistleblower</mark>"), "the title is marked");
    // A selected value links to the search without it.
    assert!(page.text.contains(
        "<a href=\"/?q=whistleblower&#38;ui=en\" rel=\"nofollow\" aria-current=\"true\"><span>Whistleblowing"
    ));
    assert!(page.text.contains("<input type=\"hidden\" name=\"topic\" value=\"whistleblowing\">"));
}

#[tokio::test]
async fn the_article_page_shows_the_article_safely() {
    let text = "---\ntitle: \"<b>ชื่อ</b>\"\nsource: javascript:alert(1)\nrelated: [a b, missing]\n---\nเนื้อหา <script>alert(1)</script>\n\n![x](x.png \"onerror=x\")\n";
    let site = Site::new(&[("x.md", text), ("a b.md", &article("อีกเรื่อง", ""))]);
    let mut live = site.open();
    live.look();
    let service = Service::new(Arc::clone(&live.store), identity());
    let page = ask(&service, "GET", "/articles/x").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page.text.contains("alert(1)</script") && !page.text.contains("javascript:") && !page.text.contains("<b>ชื่อ")
    );
    assert_eq!(
        page.text.matches("<script").count(),
        2,
        "the service's own, the metadata, which is no script, and nothing else"
    );
    assert!(page.text.contains("<a href=\"/articles/a%20b\">อีกเรื่อง</a>") && !page.text.contains("missing"));
    assert_eq!(ask(&service, "GET", "/articles/a%20b").await.status, StatusCode::OK);
    let missing = ask(&service, "GET", "/articles/missing").await;
    assert_eq!((missing.status, missing.content_type.as_str()), (StatusCode::NOT_FOUND, "text/html; charset=utf-8"));
}

#[tokio::test]
async fn the_page_of_a_facet_leads_to_searches_as_they_were() {
    let page = get("/facets/author?q=open+data&limit=20&facet_sort=name&ui=en").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("/?q=open+data&#38;author=helen-marchbanks&#38;limit=20&#38;ui=en\""), "{}", page.text);
    assert!(page.text.contains("/facets/author?q=open+data&#38;limit=20&#38;ui=en\""), "the other order");
    let plain = get("/facets/author").await;
    assert!(plain.text.contains("\"/?author=helen-marchbanks\""), "{}", plain.text);
}

#[tokio::test]
async fn every_link_of_the_pages_leads_somewhere() {
    let mut waiting = vec!["/?q=%E0%B8%97%E0%B8%B8%E0%B8%88%E0%B8%A3%E0%B8%B4%E0%B8%95".to_owned()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(address) = waiting.pop().filter(|_| seen.len() < 150) {
        if !seen.insert(address.clone()) {
            continue;
        }
        let page = get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        let links = page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        waiting.extend(links.filter(|link| link.starts_with('/')).map(|link| link.replace("&#38;", "&")));
    }
    assert!(seen.len() > 100);
}

#[tokio::test]
async fn a_search_that_takes_too_long_is_answered_and_told() {
    let hurried = CORPUS.clone().with_limit(Duration::ZERO);
    let answer = ask(&hurried, "GET", "/api/v1/search?q=open+data").await;
    assert_eq!(answer.status, StatusCode::OK);
    let answer: Value = serde_json::from_str(&answer.text).expect("JSON");
    assert!(answer["warnings"][0].as_str().is_some_and(|warning| warning.contains("took too long")), "{answer}");
    let page = ask(&hurried, "GET", "/?q=open+data").await;
    assert!(page.status == StatusCode::OK && page.text.contains("ใช้เวลานานเกินกำหนด"), "{}", page.text);
}
