//! The pages that people use, each in its states, on the sample corpus.

use axum::http::{StatusCode, header};
use form_urlencoded::byte_serialize;
use khonha::http::Service;
use rstest::rstest;

use crate::http::{Answer, ask, get};
use crate::support::{Site, article, identity};

/// The page at `address`, which has to be one.
async fn page(address: &str) -> String {
    let answer = get(address).await;
    assert_eq!(
        (answer.status, answer.content_type.as_str()),
        (StatusCode::OK, "text/html; charset=utf-8"),
        "{address}"
    );
    answer.text
}

fn search(text: &str, rest: &str) -> String {
    format!("/?q={}{rest}", byte_serialize(text.as_bytes()).collect::<String>())
}

fn assert_has(page: &str, parts: &[&str]) {
    parts.iter().for_each(|part| assert!(page.contains(part), "{part}\n{page}"));
}

/// The texts between `before` and the next `after`.
fn between<'a>(page: &'a str, before: &'a str, after: &'a str) -> Vec<&'a str> {
    page.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

#[tokio::test]
async fn the_start_shows_what_there_is_and_leads_into_it() {
    let start = page("/?ui=en").await;
    assert_has(
        &start,
        &["<body class=\"start\">", "Newest articles", "/topics/procurement?ui=en", "/?sort=newest&#38;ui=en"],
    );
    let (_, examples) = start.split_once("class=\"examples\"").expect("examples");
    let examples = between(examples.split("</p>").next().unwrap_or_default(), "href=\"", "\"");
    assert!(examples.len() >= 3, "{examples:?}");
    for example in examples {
        let found = page(&example.replace("&#38;", "&")).await;
        assert!(found.contains("class=\"hits\""), "{example}");
    }
    let everything = page("/?sort=newest").await;
    assert_has(&everything, &["<body class=\"search\">", "class=\"hits\"", "บทความทั้งหมด"]);
    assert!(!everything.contains("ความเกี่ยวข้อง"), "without words there is no relevance");
}

#[tokio::test]
async fn a_site_without_articles_has_a_start_as_well() {
    let site = Site::new(&[]);
    let mut live = site.open();
    live.look();
    let service = Service::new(live.store.clone(), identity());
    let start = ask(&service, "GET", "/").await;
    assert_eq!(start.status, StatusCode::OK);
    assert_has(&start.text, &["ยังไม่มีบทความ"]);
}

#[tokio::test]
async fn every_page_has_the_name_of_the_site_and_the_box() {
    let addresses =
        ["/", "/?q=a", "/advanced", "/facets/topic", "/topics/procurement", "/articles/glossary/open-data", "/?page=0"];
    for address in addresses {
        let page = get(address).await.text;
        assert_has(&page, &["<span>ค้นหา</span></a></p>", "role=\"search\"", "id=\"q\"", "<main id=\"content\"", "<h1"]);
        assert_eq!(page.matches("<h1").count(), 1, "{address}");
        assert!(!page.contains("style=\"") && !page.contains("<style"), "{address}");
    }
}

#[tokio::test]
async fn the_other_language_keeps_the_query_and_the_filters() {
    let thai = page("/?q=open+data&topic=open-data&year_from=2560&sort=newest").await;
    assert_has(
        &thai,
        &["href=\"/?q=open+data&#38;topic=open-data&#38;year=2560-&#38;sort=newest&#38;ui=en\" hreflang=\"en\""],
    );
    let article = page("/articles/glossary/open-data?q=open+data").await;
    assert_has(&article, &["href=\"/articles/glossary/open-data?q=open+data&#38;ui=en\" hreflang=\"en\""]);
}

#[tokio::test]
async fn what_changes_with_the_query_is_in_one_element() {
    let results = page("/?q=whistleblower&ui=en").await;
    let (before, inside) = results.split_once("<div id=\"results\">").expect("results");
    assert!(
        before.contains("<p id=\"live\" class=\"hidden\" role=\"status\"></p>") && !before.contains("id=\"count\"")
    );
    assert_has(inside, &["<p id=\"count\" role=\"status\">", "class=\"hits\"", "class=\"facets\"", "id=\"take-away\""]);
}

#[tokio::test]
async fn hits_have_their_dates_in_both_eras_and_lead_to_authors_and_topics() {
    for (ui, date) in [("", "18 มีนาคม 2567 (2024)"), ("&ui=en", "18 March 2024 (2567 BE)")] {
        let results = page(&format!("/?q=e-bidding+price+spreads{ui}")).await;
        assert_has(
            &results,
            &[date, "datetime=\"2024-03-18\"", "href=\"/topics/procurement/bid-rigging", "rel=\"author\""],
        );
    }
}

#[tokio::test]
async fn each_filter_can_be_released_alone() {
    let results = page("/?q=open+data&topic=open-data&language=th&ui=en").await;
    assert_has(
        &results,
        &[
            "<a href=\"/?q=open+data&#38;language=th&#38;ui=en\" rel=\"nofollow\"><span class=\"quiet\">Topic:</span> <span>Open data",
            "<a href=\"/?q=open+data&#38;topic=open-data&#38;ui=en\" rel=\"nofollow\"><span class=\"quiet\">Language:</span> <span>Thai",
            "<a class=\"clear\" href=\"/?q=open+data&#38;ui=en\"",
        ],
    );
    let last = page("/?topic=open-data").await;
    assert_has(&last, &["<a class=\"clear\" href=\"/?sort=newest\""]);
}

#[tokio::test]
async fn options_are_shown_and_released_as_filters_are() {
    let results = page("/?q=open+data&exact=true&translate=false&ui=en").await;
    assert_has(
        &results,
        &["Only what was typed", "Without translations", "href=\"/?q=open+data&#38;exact=true&#38;ui=en\""],
    );
}

#[tokio::test]
async fn what_was_searched_instead_is_told_with_the_way_back() {
    let results = page("/?q=procuremnt&ui=en").await;
    assert_has(
        &results,
        &[
            "Nothing has “procuremnt” as typed; searched for <strong>“procurement”</strong> instead",
            "Search only for “procuremnt”",
            "/?q=procuremnt&#38;exact=true&#38;ui=en",
        ],
    );
}

#[tokio::test]
async fn bars_of_years_select_and_release_one() {
    let results = page("/?topic=procurement").await;
    let figure = between(&results, "<figure class=\"histogram\"", "</figure>").concat();
    assert_has(
        &figure,
        &["data-first=\"25", "data-last=\"25", "data-year=\"2567\" href=\"/?topic=procurement&#38;year=2567\""],
    );
    assert!(!figure.contains("style="), "{figure}");
    let selected = page("/?topic=procurement&year=2567").await;
    assert_has(&selected, &["data-year=\"2567\" href=\"/?topic=procurement\" rel=\"nofollow\" title=\"2567 (2024): "]);
    let between = page("/?topic=procurement&year_from=2565&year_to=2567&ui=en").await;
    assert_has(
        &between,
        &["name=\"year_from\" value=\"2022\"", "name=\"year_to\" value=\"2024\"", "2022 (2565 BE)–2024 (2567 BE)"],
    );
}

#[tokio::test]
async fn charts_have_tables_and_count_what_was_found() {
    let results = page("/?q=open+data&year=2567&ui=en").await;
    let charts = between(&results, "id=\"charts\"", "id=\"take-away\"").concat();
    assert!(!charts.contains("id=\"chart-years\""), "one year is no chart: {charts}");
    assert_has(&charts, &["<table class=\"bars-chart\" aria-labelledby=\"chart-topics\">"]);
    let all = page("/?q=open+data&ui=en").await;
    assert_has(
        &all,
        &[
            "<svg class=\"columns-chart\"",
            "role=\"img\" aria-labelledby=\"chart-years\"",
            "<table aria-labelledby=\"chart-years\">",
        ],
    );
}

#[tokio::test]
async fn results_can_be_taken_away_followed_and_linked_to() {
    let results = page("/?q=open+data&topic=open-data&page=1&limit=5&ui=en").await;
    for extension in ["bib", "ris", "csl.json", "csv", "ndjson"] {
        let address = format!("/api/v1/search.{extension}?q=open+data&topic=open-data");
        assert_has(&results, &[&format!("href=\"{}\"", address.replace('&', "&#38;"))]);
        assert_eq!(get(&address).await.status, StatusCode::OK, "{address}");
    }
    assert_has(
        &results,
        &[
            "<code id=\"permalink\">https://search.example.org/?q=open+data&#38;topic=open-data",
            "data-copy=\"permalink\"",
        ],
    );
    assert_has(&results, &["Follow as an Atom feed"]);
}

#[tokio::test]
async fn pages_are_turned_by_number_and_step_by_step() {
    let second = page("/?q=data&limit=10&page=2&ui=en").await;
    assert_has(&second, &["rel=\"prev\"", "rel=\"next\"", "aria-current=\"page\"", "<ol class=\"hits\" start=\"11\">"]);
    assert_has(&second, &["/?q=data&#38;limit=20&#38;ui=en"]);
}

#[tokio::test]
async fn a_search_without_results_says_what_to_try() {
    let filtered = page("/?q=whistleblower&year=2400&ui=en").await;
    assert_has(
        &filtered,
        &["No articles found", "What to try", "Search without the filters", "href=\"/?q=whistleblower&#38;ui=en\""],
    );
    let nothing = page("/?q=zzqqxxyyvv&ui=en").await;
    assert_has(&nothing, &["What to try", "Topics with many articles", "/advanced?all=zzqqxxyyvv&#38;ui=en"]);
    assert!(!nothing.contains("Search without the filters"), "it would find nothing either");
}

#[tokio::test]
async fn an_article_shows_what_was_searched_for_and_leads_back() {
    let results = page("/?q=risk&language=en&ui=en").await;
    let link = "/articles/en/third-party-due-diligence?q=risk&language=en&ui=en";
    assert_has(&results, &[&link.replace('&', "&#38;")]);
    let article = page(link).await;
    let text = between(&article, "<div class=\"text\">", "<section class=\"cite\"").concat();
    assert!(text.to_lowercase().contains("<mark>risk</mark>"), "{text}");
    assert_has(&article, &["class=\"back\"><a href=\"/?q=risk&#38;language=en&#38;ui=en\""]);
    assert_has(
        &article,
        &["<link rel=\"canonical\" href=\"https://search.example.org/articles/en/third-party-due-diligence?ui=en\">"],
    );
    let plain = page("/articles/en/third-party-due-diligence?ui=en").await;
    assert!(!plain.contains("<mark>") && !plain.contains("class=\"back\""), "{plain}");
}

#[tokio::test]
async fn what_marks_an_article_cannot_harm_it() {
    let site = Site::new(&[(
        "x.md",
        &article("<b>open</b>", "open <script>open()</script> [open](https://open.example/open)"),
    )]);
    let mut live = site.open();
    live.look();
    let service = Service::new(live.store.clone(), identity());
    for query in ["?q=open", "?q=%3Cscript%3Eopen", "?q=%22%3E%3Cimg&page=0", "?page=x"] {
        let Answer { status, text, .. } = ask(&service, "GET", &format!("/articles/x{query}")).await;
        assert_eq!(status, StatusCode::OK, "{query}");
        assert!(!text.contains("<script>") && !text.contains("<img") && !text.contains("<b>open"), "{text}");
        assert!(text.contains("href=\"https://open.example/open\""), "{text}");
    }
}

#[tokio::test]
async fn a_long_article_has_contents_that_lead_to_its_headings() {
    let article = page("/articles/research/e-bidding-price-spread").await;
    let contents = between(&article, "<details class=\"contents\">", "</nav>").concat();
    let anchors = between(&contents, "href=\"#", "\"");
    assert!(anchors.len() > 3, "{contents}");
    anchors.iter().for_each(|anchor| assert!(article.contains(&format!(" id=\"{anchor}\">")), "{anchor}"));
    assert!(!page("/articles/glossary/integrity-pact").await.contains("class=\"contents\""));
}

#[tokio::test]
async fn an_article_can_be_cited_and_leads_on() {
    let article = page("/articles/research/e-bidding-price-spread").await;
    assert_has(
        &article,
        &[
            "id=\"cite-apa\">ดร.มนัสวี จันทร์กระจ่าง และ สถาบันข้อมูลเพื่อสาธารณะ. (2567, 18 มีนาคม).",
            "@online{research:e-bidding-price-spread,",
            "TY  - ELEC",
            "data-copy=\"cite-bibtex\"",
            "href=\"/api/v1/articles/research/e-bidding-price-spread.csl.json\"",
            "บทความที่เกี่ยวข้อง",
            "บทความที่คุณอาจสนใจ",
        ],
    );
}

#[rstest]
#[case("all=audit&phrase=open+data&within=title&ui=en", "title:(audit \"open data\")")]
#[case(
    "any=audit+inspection&none=news&year_from=2017&year_to=2024&ui=en",
    "(audit OR inspection) year:2017-2024 -news"
)]
#[case("topic=สินบน&language=th", "หัวข้อ:\"สินบน\" ภาษา:th")]
#[tokio::test]
async fn the_form_writes_the_query_and_leads_to_it(#[case] boxes: &str, #[case] query: &str) {
    let boxes: String =
        form_urlencoded::Serializer::new(String::new()).extend_pairs(form_urlencoded::parse(boxes.as_bytes())).finish();
    let shown = page(&format!("/advanced?{boxes}&do=show")).await;
    assert_has(&shown, &[&format!("<code id=\"composed\">{}</code>", query.replace('"', "&#34;"))]);
    let led = get(&format!("/advanced?{boxes}&do=search")).await;
    let to = led.headers[header::LOCATION].to_str().expect("an address").to_owned();
    assert_eq!(led.status, StatusCode::SEE_OTHER);
    let ui = if boxes.contains("ui=en") { "&ui=en" } else { "" };
    assert_eq!(to, search(query, ui));
    assert_eq!(get(&to).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_form_keeps_what_was_typed_in_the_other_language_too() {
    let form = page("/advanced?all=%3Cb%3E&topic=&within=title").await;
    assert_has(
        &form,
        &[
            "value=\"&#60;b&#62;\"",
            "<option value=\"title\" selected>",
            "/advanced?all=%3Cb%3E&#38;within=title&#38;ui=en",
        ],
    );
    let empty = get("/advanced?do=search&ui=en").await;
    assert_eq!(empty.headers[header::LOCATION], "/?sort=newest&ui=en");
}

#[tokio::test]
async fn errors_say_what_to_do_in_both_languages() {
    let request = axum::http::Request::builder().uri("/nowhere?ui=en").header(header::ACCEPT, "text/html");
    let answer =
        crate::http::answer(&crate::http::CORPUS, request.body(axum::body::Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_has(
        &answer.text,
        &["There is no such page", "lang=\"th\"", "ไม่พบหน้านี้", "nothing is at /nowhere", "role=\"search\""],
    );
}

#[tokio::test]
async fn the_first_page_is_light() {
    let start = page("/").await;
    let assets = between(&start, "href=\"/assets/", "\"");
    assert!(assets.iter().filter(|asset| asset.ends_with(".woff2")).count() == 3, "{assets:?}");
    assert!(start.len() < 24 << 10, "{} bytes", start.len());
    let style = assets.iter().find(|asset| asset.ends_with(".css")).expect("a style sheet");
    let style = get(&format!("/assets/{style}")).await.text;
    assert!(style.len() < 24 << 10 && !style.contains("url(http"), "{} bytes", style.len());
}

#[tokio::test]
async fn names_in_the_other_language_say_so() {
    let results = get("/?q=whistleblower&ui=en").await.text;
    assert!(results.contains("lang=\"th\">กองบรรณาธิการคลังความรู้สุจริต</"), "{results}");
    let article = get("/articles/insight/conflict-of-interest-register?ui=en").await.text;
    assert!(article.contains("<span lang=\"th\">สมาคมผู้ตรวจสอบภาคประชาชน</span>"), "{article}");
    let thai = get("/articles/insight/conflict-of-interest-register").await.text;
    assert!(thai.contains("<span>สมาคมผู้ตรวจสอบภาคประชาชน</span>"), "{thai}");
}
