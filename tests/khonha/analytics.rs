//! Counting searches and clicks, from requests to the files and the report; and who may see it.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::ToSpan;
use khonha::analytics::{Folder, Recorder, Retention, today};
use khonha::http::{AdminKey, AdminKeyHash, Analytics, Clicks, Scope, Service, new_admin_key, router};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Live, Site, article, identity};

/// A service over a site of two articles, with what it counts.
struct Counting {
    site: Site,
    live: Live,
    key: String,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Counting {
    fn new() -> Counting {
        let site = Site::new(&[
            ("a.md", &article("ข้อมูลเปิด", "Open data for everyone")),
            ("en/b c.md", &article("Second", "More open data")),
        ]);
        let mut live = site.open();
        live.look();
        Counting { site, live, key: new_admin_key().expect("random numbers") }
    }

    fn folder(&self) -> PathBuf {
        self.site.index().with_file_name("analytics")
    }

    fn recorder(&self) -> Arc<Recorder> {
        Arc::new(Recorder::open(Folder::new(self.folder()), Retention(90)).expect("a folder for counts"))
    }

    fn plain(&self) -> Service {
        Service::new(Arc::clone(&self.live.store), identity())
    }

    fn admin_key(&self, scope: Scope) -> AdminKey {
        AdminKey { name: "editor".to_owned(), hash: AdminKeyHash::of(&self.key), scopes: vec![scope] }
    }

    fn service(&self, recorder: &Arc<Recorder>, clicks: Clicks) -> Service {
        let analytics = Analytics { recorder: Arc::clone(recorder), clicks };
        self.plain().with_analytics(analytics).with_admin_keys(vec![self.admin_key(Scope::Report)])
    }

    async fn report(&self, service: &Service) -> Value {
        let answer = send(service, self.with_key("/api/v1/admin/report")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        serde_json::from_str(&answer.text).expect("JSON")
    }

    fn with_key(&self, address: &str) -> Request<Body> {
        let bearer = format!("Bearer {}", self.key);
        Request::get(address).header(header::AUTHORIZATION, bearer).body(Body::empty()).expect("a request")
    }
}

async fn send(service: &Service, request: Request<Body>) -> Answer {
    let response = router(service.clone()).oneshot(request).await.expect("an answer");
    let (status, headers) = (response.status(), response.headers().clone());
    let body = axum::body::to_bytes(response.into_body(), 10 << 20).await.expect("a body");
    Answer { status, headers, text: String::from_utf8_lossy(&body).into_owned() }
}

async fn get(service: &Service, address: &str) -> Answer {
    send(service, Request::get(address).body(Body::empty()).expect("a request")).await
}

async fn post_click(service: &Service, body: &Value) -> Answer {
    let request = Request::post("/api/v1/clicks").header(header::CONTENT_TYPE, "application/json");
    send(service, request.body(Body::from(body.to_string())).expect("a request")).await
}

/// All that is on disk.
fn written(folder: &PathBuf) -> String {
    let files = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    files.map(|path| format!("{}\n{}\n", path.display(), fs::read_to_string(&path).expect("a text"))).collect()
}

#[tokio::test]
async fn a_search_counts_once_however_it_is_narrowed_and_paged() {
    let counting = Counting::new();
    let service = counting.service(&counting.recorder(), Clicks::Ignored);
    for address in [
        "/?q=Open+Data",
        "/?q=open++data&ui=en",
        "/api/v1/search?q=open+data",
        "/api/v1/search?q=nothinglikethis",
        "/api/v1/search?q=ope&record=false",
        "/?q=open+data&page=2",
        "/?q=open+data&language=en",
        "/?q=open+data&sort=newest",
        "/api/v1/search?q=narrowed&language=en&record=true",
        "/",
        "/api/v1/suggest?q=open",
    ] {
        assert_eq!(get(&service, address).await.status, StatusCode::OK, "{address}");
    }
    let report = counting.report(&service).await;
    assert_eq!((&report["total"]["searches"], &report["total"]["without_results"]), (&json!(5), &json!(2)));
    assert_eq!((&report["queries"][0]["query"], &report["queries"][0]["searches"]), (&json!("open data"), &json!(3)));
    assert_eq!(report["without_results"].as_array().map(Vec::len), Some(2));
    let bad = get(&service, "/api/v1/search?q=a&record=perhaps").await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_query_typed_into_a_narrowed_search_counts() {
    let counting = Counting::new();
    let marker = "<input type=\"hidden\" name=\"record\" value=\"true\">";
    let service = counting.service(&counting.recorder(), Clicks::Ignored);
    assert!(get(&service, "/?q=open&language=en").await.text.contains(marker));
    assert!(!get(&service, "/?q=open&ui=en").await.text.contains(marker));
    assert!(!get(&counting.plain(), "/?q=open&language=en").await.text.contains("record"));
    assert!(!get(&service, "/?q=open&language=en&record=true").await.text.contains("record=true"), "links are clean");
}

#[tokio::test]
async fn what_was_counted_survives_a_restart() {
    let counting = Counting::new();
    for restarts in 1..=3 {
        let recorder = counting.recorder();
        let service = counting.service(&recorder, Clicks::Ignored);
        get(&service, "/api/v1/search?q=open").await;
        assert_eq!(counting.report(&service).await["total"]["searches"], json!(restarts));
        recorder.flush(today());
        assert_eq!(counting.report(&service).await["total"]["searches"], json!(restarts));
    }
}

#[tokio::test]
async fn nothing_personal_is_on_disk() {
    let counting = Counting::new();
    let recorder = counting.recorder();
    let service = counting.service(&recorder, Clicks::Counted);
    for q in ["somchai.jaidee%40example.org", "081-234-5678", "1-1037-00123-45-6", "open"] {
        let request = Request::get(format!("/api/v1/search?q={q}"));
        let request = request
            .header(header::USER_AGENT, "Netscape")
            .header(header::COOKIE, "session=chocolate")
            .header("x-forwarded-for", "203.0.113.7");
        assert_eq!(send(&service, request.body(Body::empty()).expect("a request")).await.status, StatusCode::OK);
    }
    get(&service, "/go/a?q=somchai.jaidee%40example.org&rank=1").await;
    recorder.flush(today());
    let written = written(&counting.folder());
    assert!(written.contains("\"query\":\"open\""), "{written}");
    for secret in ["somchai", "jaidee", "5678", "00123", "Netscape", "chocolate", "203.0.113"] {
        assert!(!written.contains(secret), "{secret} in {written}");
    }
    let report = counting.report(&service).await;
    assert_eq!(
        report["not_kept"]["personal"],
        json!({"searches": 3, "without_results": 3, "clicks": 1, "mean_rank": 1.0})
    );
}

#[tokio::test]
async fn counts_older_than_the_retention_are_removed() {
    let counting = Counting::new();
    let recorder = counting.recorder();
    let service = counting.service(&recorder, Clicks::Ignored);
    get(&service, "/api/v1/search?q=open").await;
    recorder.flush(today());
    let file = Folder::new(counting.folder()).file_of(today());
    recorder.flush(today().saturating_add(89.days()));
    assert!(file.exists(), "the last of 90 days");
    recorder.flush(today().saturating_add(90.days()));
    assert!(!file.exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_fails_no_search_and_is_told() {
    let counting = Counting::new();
    let recorder = counting.recorder();
    let service = counting.service(&recorder, Clicks::Ignored);
    fs::remove_dir_all(counting.folder()).expect("a folder to remove");
    for _ in 0..2 {
        assert_eq!(get(&service, "/api/v1/search?q=open").await.status, StatusCode::OK);
        recorder.flush(today());
    }
    let report = counting.report(&service).await;
    assert_eq!(report["total"]["searches"], json!(2));
    assert!(report["trouble"].as_str().is_some_and(|trouble| trouble.contains("cannot write")), "{report}");
    fs::create_dir(counting.folder()).expect("a folder");
    recorder.flush(today());
    let report = counting.report(&service).await;
    assert_eq!((&report["total"]["searches"], &report["trouble"]), (&json!(2), &Value::Null));
}

#[tokio::test]
async fn a_damaged_file_is_named_in_the_report_and_set_aside() {
    let counting = Counting::new();
    let recorder = counting.recorder();
    let service = counting.service(&recorder, Clicks::Ignored);
    let file = Folder::new(counting.folder()).file_of(today());
    fs::write(&file, "\0\0\0").expect("a file");
    get(&service, "/api/v1/search?q=open").await;
    for _ in 0..2 {
        let report = counting.report(&service).await;
        assert_eq!(report["total"]["searches"], json!(1));
        let damaged = report["damaged"][0].as_str().unwrap_or_default().to_owned();
        assert!(damaged.contains(&format!("{}.ndjson", today())), "{damaged}");
        recorder.flush(today());
    }
}

#[tokio::test]
async fn clicks_are_off_until_they_are_turned_on() {
    let counting = Counting::new();
    let service = counting.service(&counting.recorder(), Clicks::Ignored);
    let page = get(&service, "/?q=open").await;
    assert!(page.text.contains("href=\"/articles/a?q=open\"") && !page.text.contains("/go/"), "{}", page.text);
    let refused = post_click(&service, &json!({"query": "open", "id": "a", "rank": 1})).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(refused.text.contains("analytics_clicks"), "{}", refused.text);
    let led = get(&service, "/go/a?q=open&rank=1").await;
    assert_eq!(
        (led.status, &led.headers[header::LOCATION]),
        (StatusCode::SEE_OTHER, &"/articles/a".parse().expect("a value"))
    );
    assert_eq!(counting.report(&service).await["total"]["clicks"], json!(0));
}

#[tokio::test]
async fn clicks_are_counted_with_their_articles_and_ranks() {
    let counting = Counting::new();
    let service = counting.service(&counting.recorder(), Clicks::Counted);
    let page = get(&service, "/?q=Open+data&ui=en").await.text;
    let links: Vec<String> = page
        .split("href=\"/go/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|link| link.replace("&#38;", "&"))
        .collect();
    assert_eq!(links.len(), 2, "{page}");
    for link in &links {
        let led = get(&service, &format!("/go/{link}")).await;
        let to = led.headers[header::LOCATION].to_str().expect("an address");
        assert!(led.status == StatusCode::SEE_OTHER && to.starts_with("/articles/") && to.ends_with("?ui=en"), "{to}");
        assert_eq!(get(&service, to).await.status, StatusCode::OK, "{to}");
    }
    assert_eq!(
        post_click(&service, &json!({"query": "open data", "id": "en/b c", "rank": 6})).await.status,
        StatusCode::NO_CONTENT
    );
    let report = counting.report(&service).await;
    let (clicked, total) = (&report["clicked"][0], &report["total"]);
    assert_eq!(
        (&clicked["query"], &clicked["clicks"], &total["mean_rank"]),
        (&json!("open data"), &json!(3), &json!(3.0))
    );
    assert_eq!((&clicked["articles"][0]["id"], &clicked["articles"][0]["clicks"]), (&json!("en/b c"), &json!(2)));
}

#[tokio::test]
async fn a_click_leads_to_articles_of_this_site_alone() {
    let counting = Counting::new();
    let service = counting.service(&counting.recorder(), Clicks::Counted);
    for address in ["/go/https://example.org/", "/go//example.org", "/go/nowhere?q=open&rank=1", "/go/%FF"] {
        let answer = get(&service, address).await;
        assert!(answer.status.is_client_error() && !answer.headers.contains_key(header::LOCATION), "{address}");
    }
    for (body, status) in [
        (json!({"query": "open", "id": "nowhere", "rank": 1}), StatusCode::NOT_FOUND),
        (json!({"query": "open", "id": "a", "rank": 0}), StatusCode::BAD_REQUEST),
        (json!({"query": "open", "id": "a"}), StatusCode::BAD_REQUEST),
        (json!({"query": "x".repeat(20_000), "id": "a", "rank": 1}), StatusCode::BAD_REQUEST),
    ] {
        let answer = post_click(&service, &body).await;
        assert_eq!(
            (answer.status, &answer.headers[header::CONTENT_TYPE]),
            (status, &"application/problem+json".parse().expect("a value"))
        );
    }
    // A shared link is no click.
    assert_eq!(get(&service, "/go/a").await.status, StatusCode::SEE_OTHER);
    assert_eq!(counting.report(&service).await["total"]["clicks"], json!(0));
}

#[tokio::test]
async fn administration_needs_the_key() {
    let counting = Counting::new();
    let service = counting.service(&counting.recorder(), Clicks::Ignored);
    let basic = |password: &str| {
        use base64::Engine;
        format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("anyone:{password}")))
    };
    let other = new_admin_key().expect("random numbers");
    for (given, status) in [
        (String::new(), StatusCode::UNAUTHORIZED),
        (format!("Bearer {other}"), StatusCode::UNAUTHORIZED),
        (basic(&other), StatusCode::UNAUTHORIZED),
        (format!("Bearer {}", counting.key), StatusCode::OK),
        (basic(&counting.key), StatusCode::OK),
    ] {
        for address in ["/admin/report", "/api/v1/admin/report"] {
            let request = Request::get(address).header(header::AUTHORIZATION, &given).body(Body::empty());
            let answer = send(&service, request.expect("a request")).await;
            assert_eq!(answer.status, status, "{address} {given}");
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
            assert_eq!(answer.headers.contains_key(header::WWW_AUTHENTICATE), status == StatusCode::UNAUTHORIZED);
        }
    }
    let in_the_address = get(&service, &format!("/admin/report?key={}", counting.key)).await;
    assert_eq!(in_the_address.status, StatusCode::UNAUTHORIZED);
    let off = get(&counting.plain(), "/api/v1/admin/report").await;
    assert_eq!(off.status, StatusCode::FORBIDDEN);
    assert!(off.text.contains("khonha key"), "{}", off.text);
    let uncounted = counting.plain().with_admin_keys(vec![counting.admin_key(Scope::Report)]);
    let uncounted = send(&uncounted, counting.with_key("/api/v1/admin/report")).await;
    assert_eq!(uncounted.status, StatusCode::NOT_FOUND);
    assert!(uncounted.text.contains("setting analytics"), "{}", uncounted.text);
}

#[tokio::test]
async fn a_key_opens_only_what_it_is_for() {
    let counting = Counting::new();
    let service = counting.plain().with_admin_keys(vec![counting.admin_key(Scope::Metrics)]);
    let metrics = send(&service, counting.with_key("/metrics")).await;
    assert_eq!(metrics.status, StatusCode::OK, "{}", metrics.text);
    let report = send(&service, counting.with_key("/api/v1/admin/report")).await;
    assert_eq!(report.status, StatusCode::FORBIDDEN);
    assert!(report.text.contains("the key editor") && report.text.contains("scopes"), "{}", report.text);
}

#[tokio::test]
async fn the_status_tells_what_is_wrong_with_files_what_has_changed_and_what_is_not_found() {
    let mut counting = Counting::new();
    counting.site.write("broken.md", "---\ndate: [\n---\n");
    counting.live.look();
    let recorder = counting.recorder();
    let analytics = Analytics { recorder, clicks: Clicks::Ignored };
    let service = counting.plain().with_analytics(analytics).with_admin_keys(vec![counting.admin_key(Scope::Status)]);
    get(&service, "/api/v1/search?q=zxqvjk").await;
    let answer = send(&service, counting.with_key("/api/v1/admin/status")).await;
    let status: Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!((&status["index"]["ready"], &status["index"]["articles"]), (&json!(true), &json!(2)));
    assert_eq!(status["folder"]["problems"][0]["path"], json!("broken.md"), "{status}");
    assert_eq!(status["folder"]["changes"][0]["updated"], json!(1), "{status}");
    assert_eq!(status["without_results"], json!([{ "query": "zxqvjk", "searches": 1 }]));
    for (address, expected) in [("/admin/status", "ไม่ได้อยู่ในดัชนี"), ("/admin/status?ui=en", "not indexed")]
    {
        let page = send(&service, counting.with_key(address)).await;
        assert!(page.text.contains(expected) && page.text.contains("broken.md"), "{}", page.text);
        assert!(page.text.contains("zxqvjk"), "{}", page.text);
    }
}

#[tokio::test]
async fn the_page_of_the_report_is_in_both_languages_and_escapes_what_was_typed() {
    let counting = Counting::new();
    let service = counting.service(&counting.recorder(), Clicks::Ignored);
    get(&service, "/?q=%3Cb%3Eopen").await;
    for (address, expected) in
        [("/admin/report", "คำค้นที่ใช้บ่อย"), ("/admin/report?days=7&ui=en", "Most frequent queries")]
    {
        let page = send(&service, counting.with_key(address)).await;
        assert!(page.status == StatusCode::OK && page.text.contains(expected), "{}", page.text);
        assert!(page.text.contains("&#60;b&#62;open</a>") && page.text.contains("record=false"), "{}", page.text);
    }
    let bad = send(&service, counting.with_key("/admin/report?days=0&ui=en")).await;
    assert!(bad.status == StatusCode::BAD_REQUEST && bad.text.contains("whole number"), "{}", bad.text);
}
