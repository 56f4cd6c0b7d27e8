//! Files of many articles are followed item by item.

use khonha::content::{ArticleId, Folder, Look, check};
use khonha::watch::{Difference, Rebuilt, Report, verify};

use crate::support::{Live, Site, article};

/// A file with an article for each of these ids and titles.
fn lines(items: &[(&str, &str)]) -> String {
    let line =
        |(id, title): &(&str, &str)| format!("{{\"id\": \"{id}\", \"title\": \"{title}\", \"body\": \"เนื้อหา\"}}\n");
    items.iter().map(line).collect()
}

fn title(live: &Live, id: &str) -> Option<String> {
    let found = live.generation().index.article(&ArticleId::new(id)).expect("the index can be read");
    found.and_then(|article| article.title.th)
}

fn problems(report: &Report) -> Vec<String> {
    report.problems.iter().map(ToString::to_string).collect()
}

fn differences(site: &Site, live: &Live) -> Vec<Difference> {
    let verified = verify(&Folder::new(site.content(), 1 << 20), &live.generation()).expect("a comparison");
    verified.differences.into_iter().filter(|it| !matches!(it, Difference::Learned | Difference::Names)).collect()
}

/// Looks, and compares with what would be built anew.
fn look(site: &Site, live: &mut Live) -> Report {
    let report = live.look();
    assert_eq!(differences(site, live), []);
    report
}

#[test]
fn a_change_of_one_item_touches_that_one_alone() {
    let site = Site::new(&[("a.ndjson", &lines(&[("1x", "หนึ่ง"), ("2x", "สอง"), ("3x", "สาม")]))]);
    let mut live = site.open();
    assert_eq!(look(&site, &mut live).updated, 3);
    site.write("a.ndjson", &lines(&[("3x", "สาม"), ("4x", "สี่"), ("1x", "หนึ่งใหม่")]));
    let report = look(&site, &mut live);
    assert_eq!((report.updated, report.removed, report.articles), (2, 1, 3));
    assert_eq!(live.paths(), ["a.ndjson#1x", "a.ndjson#3x", "a.ndjson#4x"]);
    assert_eq!((title(&live, "1x").as_deref(), title(&live, "2x")), (Some("หนึ่งใหม่"), None));
    site.remove("a.ndjson");
    site.write("b.md", &article("หน้าแรก", ""));
    assert_eq!(look(&site, &mut live).removed, 3);
}

#[test]
fn a_file_whose_items_are_as_before_changes_nothing() {
    let items = [("1x", "หนึ่ง"), ("2x", "สอง")];
    let site = Site::new(&[("a.ndjson", &lines(&items))]);
    site.open().look();
    let mut live = site.open();
    let commit = live.generation().index.name();
    let report = look(&site, &mut live);
    assert_eq!((report.updated, report.removed, report.rebuilt), (0, 0, Rebuilt::No));
    let turned: Vec<_> = items.into_iter().rev().collect();
    site.write("a.ndjson", &lines(&turned));
    assert!(!look(&site, &mut live).has_changes());
    assert_eq!(live.generation().index.name(), commit);
}

#[test]
fn a_file_that_breaks_off_keeps_what_came_after() {
    let whole = lines(&[("1x", "หนึ่ง"), ("2x", "สอง"), ("3x", "สาม")]);
    let site = Site::new(&[("a.ndjson", &whole)]);
    let mut live = site.open();
    look(&site, &mut live);
    let second = whole.find("{\"id\": \"2x\"").expect("the second line");
    let cut = format!("{}{}", lines(&[("1x", "หนึ่งใหม่")]), &whole[second..second + 20]);
    site.write("a.ndjson", &cut);
    let report = live.look();
    assert_eq!((report.updated, report.removed, report.articles), (1, 0, 3));
    assert!(problems(&report)[0].starts_with("a.ndjson:2: error: the file breaks off within this line"), "{report:?}");
    assert_eq!(title(&live, "1x").as_deref(), Some("หนึ่งใหม่"));
    assert!(title(&live, "2x").is_some() && title(&live, "3x").is_some());
    assert!(matches!(differences(&site, &live)[..], [Difference::Unread(_)]));
    // The same after a restart, and whole again when it is.
    let mut live = {
        drop(live);
        site.open()
    };
    assert_eq!((live.look().articles, live.look().problems.len()), (3, 1));
    site.write("a.ndjson", &whole);
    assert_eq!(look(&site, &mut live).problems, []);
}

#[test]
fn a_bad_item_is_told_with_its_line_and_the_others_go_on() {
    let text = format!(
        "{}{{\"id\": 5, \"title\": \"\n{{\"id\": \"6x\"}}\n{}",
        lines(&[("1x", "หนึ่ง")]),
        lines(&[("2x", "สอง")])
    );
    let site = Site::new(&[("a.ndjson", &text)]);
    let mut live = site.open();
    let report = look(&site, &mut live);
    let told = problems(&report);
    assert!(told.len() == 2 && told[0].starts_with("a.ndjson:2: error: is no JSON object"), "{told:?}");
    assert!(told[1].starts_with("a.ndjson:3: error: the article has no title"), "{told:?}");
    assert_eq!(report.articles, 2);
    // What is wrong is told after a restart as well.
    let mut live = {
        drop(live);
        site.open()
    };
    assert_eq!(problems(&live.look()), told);
    let checked = check(&Folder::new(site.content(), 1 << 20)).expect("the folder can be read");
    assert_eq!(checked.problems.iter().map(ToString::to_string).collect::<Vec<_>>(), told);
}

#[test]
fn of_several_items_with_one_id_the_first_is_indexed_and_the_next_takes_its_place() {
    let site = Site::new(&[
        ("a.ndjson", &lines(&[("same", "หนึ่ง"), ("same", "สอง"), ("other", "อื่น")])),
        ("b.md", "---\nid: same\ntitle: สาม\n---\n"),
    ]);
    let mut live = site.open();
    let report = look(&site, &mut live);
    assert_eq!((report.articles, report.problems.len()), (2, 3), "{report:?}");
    assert!(problems(&report)[1].starts_with("a.ndjson:2: error: has the id \"same\" that a.ndjson#same, b.md"));
    assert_eq!(title(&live, "same").as_deref(), Some("หนึ่ง"));
    site.write("a.ndjson", &lines(&[("other", "อื่น"), ("same", "สอง")]));
    look(&site, &mut live);
    assert_eq!(title(&live, "same").as_deref(), Some("สอง"));
    site.write("a.ndjson", &lines(&[("other", "อื่น")]));
    assert_eq!(look(&site, &mut live).problems, []);
    assert_eq!(title(&live, "same").as_deref(), Some("สาม"));
}

#[test]
fn only_one_article_may_be_too_large_not_the_file() {
    let long = format!("{{\"id\": \"long\", \"title\": \"ยาว\", \"body\": \"{}\"}}\n", "ก".repeat(1 << 19));
    let short: String = (0..30_000).map(|number| lines(&[(&format!("n{number}"), "สั้น")])).collect();
    let site = Site::new(&[("a.ndjson", &format!("{long}{short}"))]);
    let checked = check(&Folder::new(site.content(), 1 << 20)).expect("the folder can be read");
    assert_eq!(checked.articles, 30_000);
    assert!(checked.problems[0].to_string().starts_with("a.ndjson:1: error: is an article of more than"));
}

#[test]
fn settings_of_formats_lead_to_a_new_index() {
    let site = Site::new(&[("a.ndjson", "{\"id\": \"1x\", \"รายการ\": \"หนึ่ง\"}\n"), ("b.md", &article("สอง", ""))]);
    let mut live = site.open();
    assert_eq!(look(&site, &mut live).articles, 1);
    site.write("formats.toml", "[fields]\ntitle = \"รายการ\"\n");
    let report = look(&site, &mut live);
    assert_eq!((report.rebuilt, report.articles, title(&live, "1x").as_deref()), (Rebuilt::Yes, 2, Some("หนึ่ง")));
}

#[test]
fn the_journal_has_changes_of_items_alone() {
    let site = Site::new(&[("a.ndjson", &lines(&[("1x", "หนึ่ง"), ("2x", "สอง")]))]);
    let mut live = site.open();
    live.look();
    let sequence = |live: &Live, id: &str| {
        live.store.journal().entry(&ArticleId::new(id)).map(|entry| entry.sequence).expect("an entry")
    };
    let (one, two) = (sequence(&live, "1x"), sequence(&live, "2x"));
    site.write("a.ndjson", &lines(&[("0x", "ศูนย์"), ("1x", "หนึ่งใหม่"), ("2x", "สอง")]));
    live.indexer.reconcile(Look::Full, &|_, _| {}).expect("the folder can be applied");
    assert!(sequence(&live, "1x") > one);
    assert_eq!(sequence(&live, "2x"), two);
}
