//! What a program may choose of an answer: its fields, how hits are shown, several searches at once; and how answers are
//! sent.

use std::io::Read;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use khonha::http::router;
use rstest::rstest;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::http::{Answer, CORPUS, answer, ask, get, json};

fn names(value: &Value) -> Vec<&str> {
    value.as_object().into_iter().flat_map(|fields| fields.keys().map(String::as_str)).collect()
}

async fn problem(address: &str) -> String {
    let answer = get(address).await;
    assert_eq!((answer.status, answer.content_type.as_str()), (StatusCode::BAD_REQUEST, "application/problem+json"));
    answer.text
}

#[tokio::test]
async fn hits_and_articles_have_the_fields_that_are_asked_for() {
    let found = json("/api/v1/search?q=open+data&fields=title,id&limit=2").await;
    assert_eq!((names(&found["hits"][0]), found["hits"].as_array().map(Vec::len)), (vec!["id", "title"], Some(2)));
    assert!(found["total"].as_u64() > Some(2) && found["facets"].is_object());
    let article = json("/api/v1/articles/glossary/open-data?fields=id,html").await;
    assert!(names(&article) == ["id", "html"] && article["html"].as_str().is_some_and(|html| html.contains("<p>")));
    let related = json("/api/v1/articles/glossary/open-data/related?fields=why,url").await;
    assert_eq!(names(&related["related"][0]), ["url", "why"]);
    for line in get("/api/v1/search.ndjson?q=open+data&fields=id,date").await.text.lines() {
        assert_eq!(names(&serde_json::from_str(line).expect("JSON")), ["id", "date"]);
    }
    let line = get("/api/v1/articles/glossary/open-data.ndjson?fields=title").await.text;
    assert_eq!(names(&serde_json::from_str(&line).expect("JSON")), ["title"]);
}

/// Every name that is offered is one that answers have, and the other way round.
#[tokio::test]
async fn all_fields_can_be_asked_for_by_their_names() {
    let whole = json("/api/v1/search?q=open+data&limit=1&explain=true").await;
    let offered = problem("/api/v1/search?fields=colour").await;
    let article = json("/api/v1/articles/glossary/open-data").await;
    let offered_of_article = problem("/api/v1/articles/glossary/open-data?fields=colour").await;
    for (value, offered) in [(&whole["hits"][0], offered), (&article, offered_of_article)] {
        let list = offered.split("between them, ").nth(1).and_then(|list| list.split('"').next()).expect("a list");
        let mut list: Vec<&str> = list.split(", ").collect();
        let mut names = names(value);
        list.sort_unstable();
        names.sort_unstable();
        assert_eq!(list, names);
    }
}

#[tokio::test]
async fn hits_say_where_they_stand_and_where_their_pages_are() {
    let first = json("/api/v1/search?q=open+data&limit=3").await;
    let hit = &first["hits"][2];
    assert_eq!(hit["rank"], 3);
    let page = format!("https://search.example.org/articles/{}", hit["id"].as_str().expect("an id"));
    assert_eq!(hit["url"], page);
    let years = [&hit["date"]["year_be"], &hit["date"]["year_ce"]].map(|year| year.as_i64().expect("a year"));
    assert_eq!(years[0] - years[1], 543);
    let by_number = json("/api/v1/search?q=open+data&limit=3&page=2").await;
    let next = first["next"].as_str().expect("a cursor");
    let by_cursor = json(&format!("/api/v1/search?q=open+data&limit=3&cursor={next}")).await;
    assert_eq!((&by_number["hits"][0]["rank"], &by_cursor["hits"][0]["rank"]), (&json!(4), &json!(4)));
}

#[tokio::test]
async fn words_found_are_marked_as_asked_for_and_in_as_many_passages() {
    let of = |parameters: &str| format!("/api/v1/search?q=open+data&limit=5&{parameters}");
    let marked = json(&of("highlight=em")).await.to_string();
    assert!(marked.contains("<em>") && !marked.contains("<mark>"));
    let none = json(&of("highlight=none")).await;
    let title = &none["hits"][0]["snippets"][0];
    assert!(title["html"] == title["text"] && title["marks"].as_array().is_some_and(|marks| !marks.is_empty()));
    let titles = json(&of("snippets=0")).await;
    let fields = titles["hits"].as_array().into_iter().flatten().flat_map(|hit| hit["snippets"].as_array()).flatten();
    assert!(fields.clone().count() > 0 && fields.into_iter().all(|snippet| snippet["field"] == "title"));
    let many = json(&of("snippets=3&snippet_length=60")).await;
    let passages = |hit: &Value| {
        let snippets = hit["snippets"].as_array().cloned().unwrap_or_default();
        snippets.into_iter().filter(|snippet| snippet["field"] != "title").collect::<Vec<_>>()
    };
    let hits = many["hits"].as_array().expect("hits");
    assert!(hits.iter().any(|hit| passages(hit).len() == 3));
    let lengths = hits.iter().flat_map(passages).map(|it| it["text"].as_str().expect("a text").chars().count());
    assert!(lengths.max() <= Some(62), "with an ellipsis on both sides");
}

#[tokio::test]
async fn a_cursor_goes_on_however_hits_are_shown() {
    let first = json("/api/v1/search?q=open+data&limit=2").await;
    let next = first["next"].as_str().expect("a cursor");
    let shown = format!("/api/v1/search?q=open+data&limit=5&highlight=b&snippets=2&fields=id&cursor={next}");
    assert_eq!(json(&shown).await["hits"].as_array().map(Vec::len), Some(5));
}

async fn post(body: &str) -> Answer {
    let request = Request::post("/api/v1/multi-search").header(header::CONTENT_TYPE, "application/json");
    answer(&CORPUS, request.body(Body::from(body.to_owned())).expect("a request")).await
}

#[tokio::test]
async fn several_searches_are_answered_in_order_and_from_one_commit() {
    let searches = json!({"searches": [
        {"q": "open data", "limit": 2, "fields": ["id", "rank"], "facets": "none"},
        {"q": "ทุจริต", "topic": ["procurement", "whistleblowing"], "year": 2567, "colour": "red"},
        {"page": 0},
    ]});
    let answer = post(&searches.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer: Value = serde_json::from_str(&answer.text).expect("JSON");
    let results = answer["results"].as_array().expect("results");
    assert_eq!(results.iter().map(|it| it["status"].as_u64()).collect::<Vec<_>>(), [Some(200), Some(200), Some(400)]);
    let alone = json("/api/v1/search?q=open+data&limit=2&fields=id,rank&facets=none").await;
    assert_eq!(results[0]["answer"], alone);
    assert_eq!(results[0]["answer"]["snapshot"], results[1]["answer"]["snapshot"]);
    assert_eq!(results[1]["answer"]["warnings"], json!(["the parameter colour is not known and was ignored"]));
    assert_eq!(results[2]["problem"]["detail"], "page=0: use a whole number from 1 to 10000");
}

#[rstest]
#[case::not_json("{\"searches\": [}", "line 1 column 15")]
#[case::no_list("{\"searches\": 7}", "searches: invalid type")]
#[case::another_name("{\"search\": []}", "unknown field `search`")]
#[case::none("{\"searches\": []}", "give from 1 to 10")]
#[case::no_search("{\"searches\": [{}, 7]}", "searches[1]: invalid type")]
#[tokio::test]
async fn searches_that_cannot_be_read_are_told_with_where_and_why(#[case] body: &str, #[case] expected: &str) {
    let answer = post(body).await;
    assert!(answer.status.is_client_error() && answer.content_type == "application/problem+json", "{}", answer.text);
    assert!(answer.text.contains(expected), "{}", answer.text);
}

#[tokio::test]
async fn too_many_and_too_long_searches_are_refused() {
    let eleven = json!({"searches": vec![json!({}); 11]});
    assert_eq!(post(&eleven.to_string()).await.status, StatusCode::BAD_REQUEST);
    let long = json!({"searches": [{"q": "ก".repeat(30_000)}]});
    assert_eq!(post(&long.to_string()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn all_searches_together_have_the_time_of_one() {
    let hurried = CORPUS.clone().with_limit(std::time::Duration::ZERO);
    let body = json!({"searches": [{"q": "open data"}, {"q": "ทุจริต"}]}).to_string();
    let request = Request::post("/api/v1/multi-search").header(header::CONTENT_TYPE, "application/json");
    let late = answer(&hurried, request.body(Body::from(body)).expect("a request")).await;
    assert_eq!((late.status, late.text.matches("took too long").count()), (StatusCode::OK, 2));
}

#[tokio::test]
async fn links_lead_to_the_hits_that_follow_and_to_other_formats() {
    let first = get("/api/v1/search?q=open+data&limit=2&fields=id&page=1").await;
    let links = first.headers[header::LINK].to_str().expect("ASCII").to_owned();
    let of =
        |rel: &str| links.split(", ").find(|link| link.contains(rel)).and_then(|link| link.split(['<', '>']).nth(1));
    let path = |link: Option<&str>| link.expect(&links).replace("https://search.example.org", "");
    let next = json(&path(of("rel=\"next\""))).await;
    assert_eq!((names(&next["hits"][0]), next["limit"].as_u64()), (vec!["id"], Some(2)));
    let whole = json("/api/v1/search?q=open+data&limit=3&fields=id").await;
    assert_eq!(next["hits"][0], whole["hits"][2]);
    for rel in ["rel=\"first\"", "x-bibtex", "atom+xml", "text/csv"] {
        assert_eq!(get(&path(of(rel))).await.status, StatusCode::OK, "{rel}");
    }
    assert!(
        !get("/api/v1/search?q=open+data&limit=100").await.headers[header::LINK]
            .to_str()
            .is_ok_and(|it| it.contains("next"))
    );
}

#[tokio::test]
async fn the_head_of_an_answer_can_be_had_alone() {
    for address in [
        "/",
        "/articles/glossary/open-data",
        "/api/v1/search?q=data",
        "/api/v1/search.csv",
        "/api/v1/search.atom",
        "/api/v1/articles/glossary/open-data",
        "/api/v1/articles/no/such",
        "/api/v1/suggest?q=o",
        "/sitemap.xml",
        "/oai?verb=Identify",
        "/opensearch.xml",
        "/assets/style.css",
        "/health/ready",
    ] {
        let (whole, head) = (get(address).await, ask(&CORPUS, "HEAD", address).await);
        assert_eq!((head.status, head.text.as_str()), (whole.status, ""), "{address}");
        for name in [header::CONTENT_TYPE, header::ETAG, header::CACHE_CONTROL] {
            assert_eq!(head.headers.get(&name), whole.headers.get(&name), "{address} {name}");
        }
    }
}

#[tokio::test]
async fn a_compressed_export_is_whole() {
    let plain = get("/api/v1/search.ndjson").await.text;
    let request = Request::get("/api/v1/search.ndjson").header(header::ACCEPT_ENCODING, "gzip");
    let request = request.body(Body::empty()).expect("a request");
    let response = router(CORPUS.clone()).oneshot(request).await.expect("an answer");
    let bytes = axum::body::to_bytes(response.into_body(), 10 << 20).await.expect("a body");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut text).expect("a whole file");
    assert_eq!(text, plain);
}

#[tokio::test]
async fn long_answers_are_compressed_and_short_ones_are_not() {
    let encoding = async |method: Method, address: &str, accepted: &str| {
        let request = Request::builder().method(method).uri(address).header(header::ACCEPT_ENCODING, accepted);
        let answer = answer(&CORPUS, request.body(Body::empty()).expect("a request")).await;
        answer.headers.get(header::CONTENT_ENCODING).map(|it| it.to_str().expect("ASCII").to_owned())
    };
    for address in ["/api/v1/search?q=data", "/api/v1/search.ndjson", "/", "/sitemap.xml"] {
        assert_eq!(encoding(Method::GET, address, "gzip, br").await.as_deref(), Some("br"), "{address}");
        assert_eq!(encoding(Method::GET, address, "gzip").await.as_deref(), Some("gzip"), "{address}");
        assert_eq!(encoding(Method::GET, address, "identity").await, None, "{address}");
    }
    for address in ["/health/live", "/robots.txt", "/api/v1/suggest?q=nothinglikethis", "/api/v1/articles/no/such"] {
        assert_eq!(encoding(Method::GET, address, "gzip, br").await, None, "{address}");
    }
}
