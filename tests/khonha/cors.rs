//! Pages of other sites: which of them may read the API, and what of it.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use khonha::http::{AllowedOrigins, Service};
use rstest::rstest;

use crate::http::{Answer, CORPUS, answer};

const FRIEND: &str = "https://www.example.org";
const STRANGER: &str = "https://elsewhere.example";

fn service(origins: &[&str]) -> Service {
    let origins: Vec<String> = origins.iter().map(|&origin| origin.to_owned()).collect();
    match AllowedOrigins::of(&origins).expect("good origins") {
        Some(origins) => CORPUS.clone().with_origins(origins),
        None => CORPUS.clone(),
    }
}

async fn ask(service: &Service, method: Method, address: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    let request = Request::builder().method(method).uri(address);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, *value));
    answer(service, request.body(Body::empty()).expect("a request")).await
}

/// The origin that may read an answer.
async fn reader(service: &Service, address: &str, origin: &str) -> Option<String> {
    let answer = ask(service, Method::GET, address, &[(header::ORIGIN, origin)]).await;
    let value = answer.headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN)?;
    Some(value.to_str().expect("ASCII").to_owned())
}

#[rstest]
#[case::nobody(&[], FRIEND, None)]
#[case::one_of_them(&[FRIEND, "http://localhost:3000"], FRIEND, Some(FRIEND))]
#[case::none_of_them(&[FRIEND], STRANGER, None)]
#[case::everybody(&["*"], STRANGER, Some("*"))]
#[tokio::test]
async fn only_the_sites_that_are_named_may_read(
    #[case] origins: &[&str],
    #[case] origin: &str,
    #[case] expected: Option<&str>,
) {
    let service = service(origins);
    for address in ["/api/v1/search?q=data", "/api/v1/suggest?q=o", "/api/v1/articles/no/such", "/assets/style.css"] {
        assert_eq!(reader(&service, address, origin).await.as_deref(), expected, "{address}");
    }
}

#[tokio::test]
async fn administration_and_pages_are_open_to_no_other_site() {
    let service = service(&["*"]);
    for address in ["/api/v1/admin/report", "/admin/report", "/", "/articles/glossary/open-data"] {
        assert_eq!(reader(&service, address, STRANGER).await, None, "{address}");
    }
    let asked = [(header::ORIGIN, STRANGER), (header::ACCESS_CONTROL_REQUEST_METHOD, "GET")];
    let preflight = ask(&service, Method::OPTIONS, "/api/v1/admin/report", &asked).await;
    assert!(!preflight.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
}

#[tokio::test]
async fn browsers_may_ask_whether_they_may_ask() {
    let asked = [
        (header::ORIGIN, FRIEND),
        (header::ACCESS_CONTROL_REQUEST_METHOD, "POST"),
        (header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type"),
    ];
    let preflight = ask(&service(&[FRIEND]), Method::OPTIONS, "/api/v1/clicks", &asked).await;
    assert_eq!(preflight.status, StatusCode::OK);
    let value = |name| preflight.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    assert_eq!(value(header::ACCESS_CONTROL_ALLOW_ORIGIN), FRIEND);
    assert!(value(header::ACCESS_CONTROL_ALLOW_METHODS).contains("POST"));
    assert!(value(header::ACCESS_CONTROL_ALLOW_HEADERS).contains("content-type"));
    assert_eq!(value(header::ACCESS_CONTROL_MAX_AGE), "3600");
}

#[tokio::test]
async fn scripts_may_read_what_headers_say_also_of_what_they_have_already() {
    let service = service(&[FRIEND]);
    let first = ask(&service, Method::GET, "/api/v1/search.csv?q=data", &[(header::ORIGIN, FRIEND)]).await;
    let exposed = first.headers[header::ACCESS_CONTROL_EXPOSE_HEADERS].to_str().expect("ASCII");
    for name in ["x-total-count", "khonha-warnings", "etag", "link"] {
        assert!(exposed.contains(name), "{name}: {exposed}");
    }
    let varies: Vec<&str> = first.headers.get_all(header::VARY).iter().filter_map(|it| it.to_str().ok()).collect();
    assert!(varies.join(",").contains("origin"), "{varies:?}");
    let tag = first.headers[header::ETAG].to_str().expect("ASCII");
    let again = [(header::ORIGIN, FRIEND), (header::IF_NONE_MATCH, tag)];
    let again = ask(&service, Method::GET, "/api/v1/search.csv?q=data", &again).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(again.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], FRIEND);
}
