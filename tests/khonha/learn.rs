//! What a site's own articles teach.

use std::sync::Arc;
use std::time::{Duration, Instant};

use khonha::content::Look;
use khonha::search::{Request, Response, Searcher};

use crate::support::{Live, Site, article};

/// "Pineapple eyes", which look everywhere: the name of an invented programme.
const TERM: &str = "ตาสับปะรด";

fn glossed() -> String {
    article("โครงการใหม่", "ชาวบ้านเรียกโครงการนี้ว่า ตาสับปะรด (Quickaudit) มาตั้งแต่ต้น")
}

/// An article in Thai alone: the programme goes on.
fn thai() -> String {
    article("ข่าวรอบสัปดาห์", "โครงการตาสับปะรดเดินหน้าต่อ ครูกับนักเรียนร่วมตาสับปะรดทุกเช้า")
}

fn query(live: &Live, parameters: &[(&str, &str)]) -> Response {
    let parameters = [&[("q", "quickaudit")], parameters].concat();
    let (request, _) = Request::from_parameters(parameters).expect("good parameters");
    Searcher::new(Arc::clone(&live.store)).search(&request).expect("the index can be read")
}

fn ids(response: &Response) -> Vec<&str> {
    let mut ids: Vec<&str> = response.hits.iter().map(|hit| hit.id().as_str()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn a_gloss_in_one_article_leads_an_english_query_to_another_in_thai() {
    let site = Site::new(&[("glossed.md", &glossed()), ("thai.md", &thai())]);
    let mut live = site.open();
    live.look();
    let found = query(&live, &[]);
    assert_eq!(ids(&found), ["glossed", "thai"]);
    assert!(found.also.iter().any(|also| also == TERM), "{:?}", found.also);
    let own_language = query(&live, &[("translate", "false")]);
    assert_eq!((ids(&own_language), own_language.also.is_empty()), (vec!["glossed"], true));
}

#[test]
fn glosses_that_come_and_go_are_learned_and_forgotten_by_a_full_look() {
    let site = Site::new(&[("thai.md", &thai())]);
    let mut live = site.open();
    live.look();
    assert_eq!(query(&live, &[]).total, 0);
    site.write("glossed.md", &glossed());
    live.look();
    assert_eq!(ids(&query(&live, &[])), ["glossed"]);
    full_look(&mut live);
    assert_eq!(ids(&query(&live, &[])), ["glossed", "thai"]);
    // A commit keeps what was learned, and so does a new start.
    site.write("other.md", &article("อื่น", "อื่น"));
    live.look();
    drop(live);
    let mut live = site.open();
    live.look();
    assert_eq!(ids(&query(&live, &[])), ["glossed", "thai"]);
    site.remove("glossed.md");
    full_look(&mut live);
    assert_eq!(query(&live, &[]).total, 0);
}

#[test]
fn looks_need_not_wait_for_what_is_learned() {
    let site = Site::new(&[("thai.md", &thai())]);
    let Live { store, indexer } = site.open();
    let mut live = Live { store, indexer: indexer.with_learning_aside() };
    live.look();
    site.write("glossed.md", &glossed());
    full_look(&mut live);
    // It is found, and teaches from one of the next looks on.
    assert_eq!(ids(&query(&live, &[])), ["glossed"]);
    let until = Instant::now() + Duration::from_secs(60);
    while ids(&query(&live, &[])) != ["glossed", "thai"] {
        assert!(Instant::now() < until, "nothing was learned");
        std::thread::sleep(Duration::from_millis(10));
        live.look();
    }
    let learned = live.generation().index.learned().expect("what was learned");
    assert!(!learned.by.is_empty(), "all articles taught it");
}

#[test]
fn nothing_is_learned_again_as_long_as_no_article_changes() {
    let site = Site::new(&[("glossed.md", &glossed()), ("thai.md", &thai())]);
    let mut live = site.open();
    live.look();
    let learned = |live: &Live| live.generation().index.learned().expect("what was learned");
    let first = learned(&live);
    assert!(first.lines.contains(TERM) && !first.by.is_empty(), "{first:?}");
    // Something else that is said to be learned from these articles stays.
    live.generation().index.commit_learned("").expect("a commit");
    live.generation().index.confirm_learned(&first.by).expect("a note");
    drop(live);
    let mut live = site.open();
    full_look(&mut live);
    assert_eq!(learned(&live).lines, "");
    site.write("other.md", &article("อื่น", "อื่น"));
    live.look();
    assert_eq!(learned(&live).by, "");
    full_look(&mut live);
    assert_eq!(learned(&live), first);
}

fn full_look(live: &mut Live) {
    live.indexer.reconcile(Look::Full, &|_, _| {}).expect("the folder can be applied");
}
