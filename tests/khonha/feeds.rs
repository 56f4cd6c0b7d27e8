//! What other machines read: valid by the schemas of the standards, and whole while the site changes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use khonha::content::ArticleId;
use khonha::http::{Service, router};
use khonha::index::Presence;
use rstest::rstest;
use serde_json::Value;
use tower::ServiceExt;

use crate::http::{ask, get};
use crate::support::{Live, Site, article, identity};

/// Panics where `text` is not valid by a schema of `tests/schemas`.
fn validate(schema: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(schema);
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), text).expect("a file");
    let kind = if schema.ends_with("rng") { "--relaxng" } else { "--schema" };
    let mut command = Command::new("xmllint");
    let command = command.args(["--noout", "--nonet", kind]).arg(path).arg(file.path());
    let output = command.output().expect("xmllint, of the package libxml2-utils");
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
}

/// The texts of all elements of this name, as they are written.
fn texts<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (begins, ends) = (format!("<{name}"), format!("</{name}>"));
    let elements = xml.split(&begins).skip(1);
    elements.filter_map(|rest| rest.split_once(&ends)?.0.split_once('>')).map(|(_, text)| text).collect()
}

fn service(live: &Live) -> Service {
    Service::new(Arc::clone(&live.store), identity())
}

async fn oai(service: &Service, query: &str) -> String {
    let answer = ask(service, "GET", &format!("/oai?{query}")).await;
    assert_eq!((answer.status, answer.content_type.as_str()), (StatusCode::OK, "text/xml; charset=utf-8"), "{query}");
    answer.text
}

#[rstest]
#[case("verb=Identify", "<deletedRecord>transient</deletedRecord>")]
#[case("verb=ListMetadataFormats", "<metadataPrefix>oai_dc</metadataPrefix>")]
#[case("verb=ListMetadataFormats&identifier=oai:search.example.org:glossary/integrity-pact", "oai_dc")]
#[case("verb=ListSets", "<setSpec>procurement:bid-rigging</setSpec><setName>การฮั้วประมูล / Bid rigging</setName>")]
#[case("verb=ListRecords&metadataPrefix=oai_dc", "<dc:title xml:lang=\"en\">Integrity Pact</dc:title>")]
#[case("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2100-01-01&set=procurement", "integrity-pact")]
#[case("verb=ListIdentifiers&metadataPrefix=oai_dc&from=2020-01-01T00:00:00Z", "<datestamp>")]
#[case("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:search.example.org:glossary/integrity-pact", "2021-02-09")]
#[case("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:search.example.org:nothing", "code=\"idDoesNotExist\"")]
#[case("verb=ListMetadataFormats&identifier=x", "code=\"idDoesNotExist\"")]
#[case("verb=GetRecord&metadataPrefix=marc21&identifier=x", "code=\"cannotDisseminateFormat\"")]
#[case("verb=ListRecords&metadataPrefix=oai_dc&until=1999-12-31", "code=\"noRecordsMatch\"")]
#[case("verb=ListRecords&metadataPrefix=oai_dc&set=nowhere", "code=\"noRecordsMatch\"")]
#[case("verb=ListRecords&resumptionToken=r,1,2,3,,,", "code=\"badResumptionToken\"")]
#[case("verb=ListRecords&from=%00", "code=\"badArgument\"")]
#[case("verb=%00", "code=\"badVerb\"")]
#[case("", "code=\"badVerb\"")]
#[tokio::test]
async fn every_answer_to_harvesters_is_valid(#[case] query: &str, #[case] expected: &str) {
    let answer = get(&format!("/oai?{query}")).await;
    validate("oai-answer.xsd", &answer.text);
    assert!(answer.text.contains(expected), "{}", answer.text);
}

#[tokio::test]
async fn harvesters_may_ask_by_a_form() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", ""))]);
    let mut live = site.open();
    live.look();
    let form = Body::from("verb=ListSets");
    let request = Request::post("/oai").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let response = router(service(&live)).oneshot(request.body(form).expect("a request")).await.expect("an answer");
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.expect("a body");
    let text = String::from_utf8_lossy(&body);
    validate("oai-answer.xsd", &text);
    assert!(text.contains("code=\"noSetHierarchy\""), "{text}");
}

/// Numbers that look like chance and are the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most
    }
}

/// Adds, changes and deletes some articles; tells which.
fn disturb(site: &Site, chance: &mut Chance, step: usize) -> Vec<String> {
    let write = |id: &str| site.write(&format!("{id}.md"), &article(&format!("ครั้งที่ {step}"), ""));
    let mut touched = Vec::new();
    for number in 0..10 {
        let id = format!("n{:03}", chance.below(250));
        let exists = site.content().join(format!("{id}.md")).exists();
        match number % 3 {
            0 if exists => site.remove(&format!("{id}.md")),
            1 => touched.extend([format!("new{step}-{number}")].into_iter().inspect(|id| write(id))),
            _ => write(&id),
        }
        touched.push(id);
    }
    touched
}

#[rstest]
#[case(1)]
#[case(2)]
#[tokio::test]
async fn a_harvest_gives_each_article_once_while_others_change(#[case] seed: u64) {
    let files: Vec<(String, String)> =
        (0..250).map(|number| (format!("n{number:03}.md"), article(&format!("เรื่องที่ {number}"), ""))).collect();
    let site = Site::new(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    let mut live = site.open();
    live.look();
    let (service, mut chance) = (service(&live), Chance(seed));
    let (mut given, mut touched) = (BTreeMap::<String, Vec<bool>>::new(), Vec::new());
    let mut query = "metadataPrefix=oai_dc".to_owned();
    for step in 0.. {
        let text = oai(&service, &format!("verb=ListRecords&{query}")).await;
        validate("oai-answer.xsd", &text);
        for record in texts(&text, "record") {
            let id = texts(record, "identifier")[0].trim_start_matches("oai:search.example.org:").to_owned();
            given.entry(id).or_default().push(!record.contains("status=\"deleted\""));
        }
        match texts(&text, "resumptionToken").first().filter(|token| !token.is_empty()) {
            Some(token) => query = format!("resumptionToken={token}"),
            None => break,
        }
        touched.extend(disturb(&site, &mut chance, step));
        live.look();
    }
    assert!(touched.len() >= 20 && given.len() > 250, "{} touched, {} given", touched.len(), given.len());
    for (id, times) in &given {
        assert!(times.len() == 1 || touched.contains(id), "{id} was given {} times", times.len());
        let exists = site.content().join(format!("{id}.md")).exists();
        assert_eq!(times.last(), Some(&exists), "what was told last of {id} is true");
    }
    assert!(live.paths().iter().all(|path| given.contains_key(path.trim_end_matches(".md"))));
}

#[tokio::test]
async fn later_harvests_get_what_changed_and_what_is_gone() {
    let topic = |title: &str| format!("---\ntitle: {title}\ntopics: [a/b]\n---\n");
    let site = Site::new(&[("x.md", &topic("ก")), ("y.md", &topic("ข"))]);
    let mut live = site.open();
    live.look();
    let service = service(&live);
    site.remove("x.md");
    live.look();
    let text = oai(&service, "verb=ListRecords&metadataPrefix=oai_dc&set=a").await;
    validate("oai-answer.xsd", &text);
    let gone = "<header status=\"deleted\"><identifier>oai:search.example.org:x</identifier>";
    assert!(text.contains(gone) && text.contains("<setSpec>a:b</setSpec></header></record>"), "{text}");
    let map = ask(&service, "GET", "/sitemap.xml").await.text;
    assert!(!map.contains("/articles/x<") && map.contains("/articles/y<"), "{map}");
}

fn noted(live: &Live, id: &str) -> (u64, Presence) {
    let entry = live.store.journal().entry(&ArticleId::new(id)).expect("it is noted");
    (entry.sequence, entry.presence)
}

#[test]
fn what_was_committed_and_not_noted_is_noted_at_the_next_start() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", "")), ("b.md", &article("สอง", ""))]);
    let mut live = site.open();
    live.look();
    let journal = site.index().join("JOURNAL");
    let before = std::fs::read(&journal).expect("a journal");
    site.write("a.md", &article("หนึ่งใหม่", ""));
    site.remove("b.md");
    live.look();
    drop(live);
    std::fs::write(&journal, before).expect("the journal as a crash leaves it");
    let mut live = site.open();
    live.look();
    let mut now = [noted(&live, "a"), noted(&live, "b")];
    now.sort_by_key(|(sequence, _)| *sequence);
    assert!(now[0].0 == 3 && now[1].0 == 4, "{now:?}");
    assert_eq!((noted(&live, "a").1, noted(&live, "b").1), (Presence::Present, Presence::Deleted));
}

#[test]
fn a_new_generation_changes_no_article() {
    let site = Site::new(&[("a.md", &article("หนึ่ง", ""))]);
    let mut live = site.open();
    live.look();
    site.write("words.txt", "ข้อมูลเปิด");
    live.look();
    assert_eq!(noted(&live, "a"), (1, Presence::Present));
}

#[rstest]
#[case("", 69)]
#[case("?q=whistleblower&topic=whistleblowing&ui=en&limit=3&page=2", 14)]
#[case("?q=zzzzqqqq&exact=true", 0)]
#[case("?q=%00%1F%3C&sort=relevance", 0)]
#[tokio::test]
async fn every_search_is_a_valid_feed(#[case] query: &str, #[case] most: usize) {
    let feed = get(&format!("/api/v1/search.atom{query}")).await;
    assert_eq!((feed.status, feed.content_type.as_str()), (StatusCode::OK, "application/atom+xml; charset=utf-8"));
    validate("atom.rng", &feed.text);
    let total: usize = texts(&feed.text, "opensearch:totalResults")[0].parse().expect("a number");
    assert!(total <= most && texts(&feed.text, "entry").len() <= total, "{}", feed.text);
}

#[tokio::test]
async fn a_feed_has_the_newest_first_and_leads_to_all_of_it() {
    let feed = get("/api/v1/search.atom?topic=procurement&limit=5").await.text;
    let published = texts(&feed, "published");
    assert!(published.len() == 5 && published.is_sorted_by(|left, right| left >= right), "{published:?}");
    let own = "https://search.example.org/api/v1/search.atom?topic=procurement&amp;";
    for (relation, rest) in [("self", "limit=5"), ("first", "limit=5"), ("next", "page=2&amp;limit=5")] {
        assert!(
            feed.contains(&format!("<link rel=\"{relation}\" type=\"application/atom+xml\" href=\"{own}{rest}\"/>"))
        );
    }
    let page = get("/?topic=procurement").await.text;
    assert!(
        page.contains("type=\"application/atom+xml\"") && page.contains("\"/api/v1/search.atom?topic=procurement\"")
    );
    assert_eq!(get("/api/v1/search.atom?page=0").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_map_of_the_site_is_valid_and_has_every_article() {
    let map = get("/sitemap.xml").await;
    validate("sitemap.xsd", &map.text);
    assert_eq!((texts(&map.text, "loc").len(), texts(&map.text, "lastmod").len()), (2 + 2 * 69, 2 * 69));
    assert_eq!(get("/sitemap.xml?part=2").await.status, StatusCode::NOT_FOUND);
    assert!(get("/robots.txt").await.text.contains("\nSitemap: https://search.example.org/sitemap.xml\n"));
}

#[tokio::test]
async fn browsers_can_add_the_search() {
    let description = get("/opensearch.xml").await;
    assert_eq!(description.content_type, "application/opensearchdescription+xml");
    for template in ["/?q={searchTerms}", "/api/v1/search.atom?q={searchTerms}", "/api/v1/suggest.opensearch?q={search"]
    {
        assert!(description.text.contains(&format!("template=\"https://search.example.org{template}")), "{template}");
    }
    // What a browser makes of a template where it knows no page.
    assert_eq!(get("/?q=a&page=").await.status, StatusCode::OK);
    let answer = get("/api/v1/suggest.opensearch?q=whistleb").await;
    assert_eq!(answer.content_type, "application/x-suggestions+json; charset=utf-8");
    let json: Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!((json[0].as_str(), json[1][0].as_str()), (Some("whistleb"), Some("whistleblowing")), "{json}");
    assert!(get("/").await.text.contains("rel=\"search\" type=\"application/opensearchdescription+xml\""));
}

#[tokio::test]
async fn pages_of_articles_tell_machines_what_they_are() {
    let title = "</script><script>alert(1)</script> &amp; <!--";
    let head = format!("title_th: ชื่อ\ntitle_en: '{title}'\ndate: 10 กรกฎาคม 2567\nauthors: [ปาริชาต วงศ์ธารา]");
    let site = Site::new(&[("ก/x.md", &format!("---\n{head}\n---\nเนื้อหา\n"))]);
    let mut live = site.open();
    live.look();
    let page = ask(&service(&live), "GET", "/articles/%E0%B8%81/x?ui=en").await.text;
    let (_, json) = page.split_once("<script type=\"application/ld+json\">").expect("metadata");
    let json = json.split("</script>").next().unwrap_or_default();
    let json: Value = serde_json::from_str(json).expect("JSON to the end of the element");
    assert_eq!((json["headline"].as_str(), json["alternativeHeadline"].as_str()), (Some(title), Some("ชื่อ")));
    assert_eq!(
        (json["datePublished"].as_str(), &json["author"][0]["name"]),
        (Some("2024-07-10"), &"ปาริชาต วงศ์ธารา".into())
    );
    let address = "https://search.example.org/articles/%E0%B8%81/x";
    for expected in [
        format!("<link rel=\"canonical\" href=\"{address}?ui=en\">"),
        format!("hreflang=\"th\" href=\"{address}\""),
        format!("hreflang=\"en\" href=\"{address}?ui=en\""),
        format!("hreflang=\"x-default\" href=\"{address}\""),
        "<meta name=\"citation_author\" content=\"ปาริชาต วงศ์ธารา\">".to_owned(),
        "<meta name=\"citation_publication_date\" content=\"2024-07-10\">".to_owned(),
        "<meta name=\"DC.title\" lang=\"th\" content=\"ชื่อ\">".to_owned(),
    ] {
        assert!(page.contains(&expected), "{expected}\n{page}");
    }
    assert!(!page.contains("<script>"), "{page}");
}
