//! Exports, read back by programs that others have written to read such files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use biblatex::{Bibliography, ChunksExt, Date, DateValue, PermissiveType};
use citationberg::json::{FixedDateRange, Item, NameValue, Value as CslValue};
use flate2::read::GzDecoder;
use khonha::http::{Service, router};
use rstest::rstest;
use serde_json::Value;
use tower::ServiceExt;

use crate::http::{Answer, CORPUS, STORE, answer, get, json};
use crate::support::{Site, identity};

const ARTICLES: usize = 69;

/// What every format has of an article.
#[derive(Debug, PartialEq)]
struct Cited {
    title: String,
    english_title: Option<String>,
    authors: Vec<String>,
    /// ISO 8601, as exactly as it is known.
    date: String,
    url: String,
}

/// The articles of the corpus as the API has them, by key.
async fn expected() -> BTreeMap<String, Cited> {
    let answer = get("/api/v1/search.ndjson").await;
    let articles = answer.text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    articles.map(|article| (text(&article["id"]).replace('/', ":"), cited(&article))).collect()
}

fn cited(article: &Value) -> Cited {
    let authors = article["authors"].as_array().into_iter().flatten();
    let page = format!("https://search.example.org/articles/{}", text(&article["id"]));
    Cited {
        title: text(&article["title"]),
        english_title: article["title_en"].as_str().map(str::to_owned),
        authors: authors.map(text).collect(),
        date: text(&article["date"]["iso"]),
        url: article["source"].as_str().map_or(page, str::to_owned),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A date of which the parts after the year may be unknown.
fn iso(year: impl std::fmt::Display, month: Option<u8>, day: Option<u8>) -> String {
    let part = |part: Option<u8>| part.map(|part| format!("-{part:02}")).unwrap_or_default();
    format!("{year:04}{}{}", part(month), part(day))
}

fn bibtex(text: &str) -> BTreeMap<String, Cited> {
    let entries = Bibliography::parse(text).expect("BibTeX").into_vec();
    let cited = |entry: &biblatex::Entry| Cited {
        title: entry.title().expect("a title").format_verbatim(),
        english_title: entry.title_addon().ok().map(ChunksExt::format_verbatim),
        authors: entry.author().expect("authors").into_iter().map(person).collect(),
        date: bibtex_date(&entry.date().expect("a date")).expect("a single date"),
        url: entry.url().expect("an address"),
    };
    entries.iter().map(|entry| (entry.key.clone(), cited(entry))).collect()
}

fn bibtex_date(date: &PermissiveType<Date>) -> Option<String> {
    let PermissiveType::Typed(Date { value: DateValue::At(date), .. }) = date else { return None };
    Some(iso(date.year, date.month.map(|month| month + 1), date.day.map(|day| day + 1)))
}

fn person(person: biblatex::Person) -> String {
    assert!(person.prefix.is_empty() && person.suffix.is_empty(), "{person:?}");
    format!("{} {}", person.given_name, person.name).trim().to_owned()
}

fn csl_json(text: &str) -> BTreeMap<String, Cited> {
    let items: Vec<Item> = serde_json::from_str(text).expect("CSL-JSON");
    let string = |item: &Item, name: &str| item.0.get(name).and_then(|it| it.to_str()).map(String::from);
    let cited = |item: &Item| Cited {
        title: string(item, "title").expect("a title"),
        english_title: string(item, "note").map(|note| note.replacen("English title: ", "", 1)),
        authors: csl_names(item).expect("authors").iter().map(csl_name).collect(),
        date: csl_date(item).expect("a date"),
        url: string(item, "URL").expect("an address"),
    };
    items.iter().map(|item| (String::from(item.id().expect("an id")), cited(item))).collect()
}

fn csl_names(item: &Item) -> Option<&[NameValue]> {
    match item.0.get("author")? {
        CslValue::Names(names) => Some(names),
        _ => None,
    }
}

fn csl_date(item: &Item) -> Option<String> {
    let CslValue::Date(date) = item.0.get("issued")?.clone() else { return None };
    let FixedDateRange { start, .. } = FixedDateRange::try_from(date).ok()?;
    Some(iso(start.year, start.month.map(|month| month + 1), start.day.map(|day| day + 1)))
}

fn csl_name(name: &NameValue) -> String {
    match name {
        NameValue::Literal(name) => name.literal.clone(),
        NameValue::Item(name) => format!("{} {}", name.given.as_deref().unwrap_or_default(), name.family),
    }
}

/// Holds every line to the grammar of RIS.
fn ris(text: &str) -> BTreeMap<String, Cited> {
    let records = text.strip_suffix("ER  - \r\n").expect("an end").split("ER  - \r\n").map(|record| {
        let lines: Vec<(&str, &str)> = record.split_terminator("\r\n").map(ris_line).collect();
        assert_eq!(lines.first(), Some(&("TY", "ELEC")), "{record}");
        lines
    });
    records.map(|lines| ris_cited(&lines)).collect()
}

fn ris_line(line: &str) -> (&str, &str) {
    let (tag, value) = line.split_once("  - ").expect("a tag");
    let is_tag = tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    assert!(is_tag && !value.is_empty() && !value.contains(['\r', '\n']), "{line}");
    (tag, value)
}

fn ris_cited(lines: &[(&str, &str)]) -> (String, Cited) {
    let all = |wanted: &'static str| {
        lines.iter().filter(move |(tag, _)| *tag == wanted).map(|(_, value)| (*value).to_owned())
    };
    let one = |wanted: &'static str| all(wanted).next().unwrap_or_default();
    let name = |name: String| match name.split_once(", ") {
        Some((family, given)) => format!("{given} {family}"),
        None => name,
    };
    let date = all("DA").next().unwrap_or_else(|| one("PY"));
    assert!(date.starts_with(&one("PY")), "{date}");
    let cited = Cited {
        title: one("TI"),
        english_title: all("TT").next(),
        authors: all("AU").map(name).collect(),
        date: date.trim_end_matches('/').replace('/', "-"),
        url: one("UR"),
    };
    (one("ID"), cited)
}

fn csv(text: &str) -> BTreeMap<String, Cited> {
    let text = text.strip_prefix('\u{FEFF}').expect("the mark of UTF-8");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(|row| row.expect("a row"));
    let cited = |row: BTreeMap<String, String>| {
        let filled = |name: &str| Some(row[name].clone()).filter(|cell| !cell.is_empty());
        let (thai, english) = (filled("title_th"), filled("title_en"));
        let cited = Cited {
            english_title: english.clone().filter(|_| thai.is_some()),
            title: thai.or(english).expect("a title"),
            authors: row["authors"].split("; ").map(str::to_owned).collect(),
            date: row["date"].clone(),
            url: row["url"].clone(),
        };
        let years = ["year_ce", "year_be"].map(|name| row[name].parse::<u16>().expect("a year"));
        assert!(row["date"].starts_with(&row["year_ce"]) && years[0] + 543 == years[1], "{row:?}");
        (row["id"].replace('/', ":"), cited)
    };
    rows.map(cited).collect()
}

type Reader = fn(&str) -> BTreeMap<String, Cited>;

const READERS: [(&str, &str, Reader); 4] = [
    ("bib", "application/x-bibtex", bibtex),
    ("ris", "application/x-research-info-systems", ris),
    ("csl.json", "application/vnd.citationstyles.csl+json", csl_json),
    ("csv", "text/csv", csv),
];

#[tokio::test]
async fn every_article_is_read_back_from_every_format() {
    let expected = expected().await;
    assert_eq!(expected.len(), ARTICLES);
    for (extension, media_type, read) in READERS {
        let answer = get(&format!("/api/v1/search.{extension}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert!(answer.content_type.starts_with(media_type), "{}", answer.content_type);
        assert_eq!(read(&answer.text), expected, "{extension}");
    }
}

#[tokio::test]
async fn a_single_article_is_as_in_the_whole() {
    let (id, expected) = ("insight/bid-rigging-five-signals", expected().await);
    for (extension, media_type, read) in READERS {
        let answer = get(&format!("/api/v1/articles/{id}.{extension}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert!(answer.content_type.starts_with(media_type), "{}", answer.content_type);
        let read: Vec<_> = read(&answer.text).into_iter().collect();
        let key = id.replace('/', ":");
        assert_eq!(read, [(key.clone(), cited(&json(&format!("/api/v1/articles/{id}")).await))]);
        assert_eq!(Some(&read[0].1), expected.get(&key));
        let name = format!("filename=\"insight-bid-rigging-five-signals.{extension}\"");
        assert!(header_of(&answer, "content-disposition").contains(&name));
    }
}

fn header_of(answer: &Answer, name: &str) -> String {
    answer.headers.get(name).map(|value| value.to_str().expect("text").to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn a_line_of_ndjson_is_the_article_as_the_api_gives_it() {
    let lines = get("/api/v1/search.ndjson?topic=whistleblowing").await.text;
    assert!(lines.lines().count() > 5);
    for line in lines.lines() {
        let article: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(article, json(&format!("/api/v1/articles/{}", text(&article["id"]))).await);
    }
}

#[rstest]
#[case("")]
#[case("q=open+data")]
#[case("q=%E0%B8%98%E0%B8%A3%E0%B8%A3%E0%B8%A1%E0%B8%B2%E0%B8%A0%E0%B8%B4%E0%B8%9A%E0%B8%B2%E0%B8%A5&sort=oldest")] // ธรรมาภิบาล (good governance)
#[case("topic=whistleblowing&year=2567&year=2568&sort=newest")]
#[case("q=whistleblower+-author:Helen&exact=true")]
#[case("q=corrupton+idnex")]
#[case("q=nothinglikethis")]
#[tokio::test]
async fn an_export_has_what_the_search_finds_in_its_order(#[case] query: &str) {
    let found = json(&format!("/api/v1/search?limit=100&{query}")).await;
    let ids =
        |articles: &mut dyn Iterator<Item = Value>| articles.map(|article| text(&article["id"])).collect::<Vec<_>>();
    let expected = ids(&mut found["hits"].as_array().expect("hits").iter().cloned());
    for (address, wanted) in
        [(format!("/api/v1/search.ndjson?page=7&{query}"), 100), (format!("/api/v1/search.ndjson?limit=2&{query}"), 2)]
    {
        let export = get(&address).await;
        let exported = ids(&mut export.text.lines().map(|line| serde_json::from_str(line).expect("JSON")));
        assert_eq!(exported, expected[..expected.len().min(wanted)], "{address}");
        assert_eq!(header_of(&export, "x-total-count"), found["total"].to_string());
    }
}

#[tokio::test]
async fn what_was_not_taken_as_typed_is_told() {
    let export = get("/api/v1/search.bib?q=corrupton+perceptoin&colour=red").await;
    let found = json("/api/v1/search?q=corrupton+perceptoin&colour=red").await;
    let warnings: Vec<String> = found["warnings"].as_array().expect("warnings").iter().map(text).collect();
    let header = header_of(&export, "khonha-warnings");
    assert!(warnings.len() > 1);
    for warning in warnings {
        assert!(header.contains(&format!("%\"{warning}\"")), "{header}");
        assert!(export.text.contains(&format!("% {warning}\n")));
    }
    assert!(!bibtex(&export.text).is_empty());
    assert_eq!(header_of(&get("/api/v1/search.bib").await, "khonha-warnings"), "");
}

#[tokio::test]
async fn the_format_that_is_accepted_is_given() {
    for (address, accept, expected) in [
        ("/api/v1/search?q=data", "text/csv;q=0.5, application/x-bibtex", "application/x-bibtex; charset=utf-8"),
        ("/api/v1/articles/glossary/open-data", "application/x-ndjson", "application/x-ndjson"),
        ("/api/v1/articles/glossary/open-data.ris", "text/csv", "application/x-research-info-systems; charset=utf-8"),
        ("/api/v1/articles/glossary/open-data/related", "text/csv", "application/json"),
        ("/api/v1/search?q=data", "image/png", "application/json"),
        ("/api/v1/search", "*/*", "application/json"),
    ] {
        let request = Request::builder().uri(address).header(header::ACCEPT, accept);
        let answer = answer(&CORPUS, request.body(Body::empty()).expect("a request")).await;
        assert_eq!((answer.status, answer.content_type.as_str()), (StatusCode::OK, expected), "{address} {accept}");
        assert_eq!(header_of(&answer, "vary"), "accept, accept-encoding", "{address} {accept}");
    }
}

#[tokio::test]
async fn errors_are_problem_details_in_every_format() {
    for (address, status) in [
        ("/api/v1/search.bib?limit=10001", StatusCode::BAD_REQUEST),
        ("/api/v1/search.csv?year=67", StatusCode::BAD_REQUEST),
        ("/api/v1/articles/no/such.bib", StatusCode::NOT_FOUND),
        ("/api/v1/search.xml", StatusCode::NOT_FOUND),
    ] {
        let answer = get(address).await;
        assert_eq!((answer.status, answer.content_type.as_str()), (status, "application/problem+json"), "{address}");
    }
}

/// An article with whatever the formats take for their own.
const AWKWARD: &str = r##"---
title: "=100% & {ก} #1 $x_1^2~ \\n \"อ้าง\"; @หนึ่ง, สอง"
title_en: "A } brace, and ER  - an end"
date: 2567
authors: ["สมชาย {ใจ} and ดี", "บริษัท ก & ข, จำกัด", "Helen Marchbanks"]
topics: ["ของขวัญ, ของกำนัล"]
summary: |
  บรรทัดหนึ่ง

  ER  - บรรทัดสอง
source: "https://hub.example.org/ก b{1}%20_~"
---
เนื้อหา
"##;

#[tokio::test]
async fn awkward_texts_come_through_every_format() {
    let site = Site::new(&[("x.bib.md", AWKWARD), ("หน้า 1.md", AWKWARD)]);
    let mut live = site.open();
    live.look();
    let service = Service::new(Arc::clone(&live.store), identity());
    for (extension, _, read) in READERS {
        let request = Request::builder().uri(format!("/api/v1/search.{extension}")).body(Body::empty());
        let answer = answer(&service, request.expect("a request")).await;
        let read = read(&answer.text);
        assert!(read.len() == 2 && read.contains_key("x.bib"), "{}", answer.text);
        for cited in read.into_values() {
            let title = r#"=100% & {ก} #1 $x_1^2~ \n "อ้าง"; @หนึ่ง, สอง"#;
            let guarded = format!("'{title}");
            assert_eq!(cited.title, if extension == "csv" { &guarded } else { title });
            assert_eq!(cited.english_title.as_deref(), Some("A } brace, and ER - an end"));
            assert_eq!((cited.authors.len(), cited.date.as_str()), (3, "2024"));
            assert_eq!(cited.authors[0], "สมชาย {ใจ} and ดี");
            assert_eq!(cited.url, "https://hub.example.org/ก%20b%7B1%7D%20_~");
        }
    }
    // An article whose id ends as an address of an export does is there by its own name first.
    for (address, expected) in [("x.bib", "application/json"), ("x.bib.bib", "application/x-bibtex; charset=utf-8")] {
        let request = Request::builder().uri(format!("/api/v1/articles/{address}")).body(Body::empty());
        assert_eq!(answer(&service, request.expect("a request")).await.content_type, expected);
    }
}

#[tokio::test]
async fn a_compressed_export_comes_to_its_end() {
    for query in ["", "?author=nobody"] {
        let request =
            Request::builder().uri(format!("/api/v1/search.csv{query}")).header(header::ACCEPT_ENCODING, "gzip");
        let response = router(CORPUS.clone()).oneshot(request.body(Body::empty()).expect("a request")).await;
        let body = axum::body::to_bytes(response.expect("an answer").into_body(), 10 << 20).await.expect("all of it");
        let mut text = String::new();
        GzDecoder::new(&*body).read_to_string(&mut text).expect("what was compressed");
        assert_eq!(text, get(&format!("/api/v1/search.csv{query}")).await.text);
    }
}

#[tokio::test]
async fn keys_are_distinct() {
    let text = get("/api/v1/search.bib").await.text;
    let keys: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("@online{")).collect();
    assert_eq!(keys.len(), ARTICLES);
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_go_away_stop_the_work_and_those_who_stay_keep_others_waiting() {
    let service = Service::new(Arc::clone(&STORE), identity());
    let open = async || {
        let request = Request::builder().uri("/api/v1/search.ndjson").body(Body::empty()).expect("a request");
        router(service.clone()).oneshot(request).await.expect("an answer")
    };
    // Nothing of these is read, and each has more to give than waits for the reader.
    let mut unread = Vec::new();
    for _ in 0..8 {
        unread.push(open().await);
    }
    let refused = open().await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.headers().contains_key(header::RETRY_AFTER));
    drop(unread);
    assert_eq!(open().await.status(), StatusCode::OK);
}
