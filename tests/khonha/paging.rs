//! Pages and cursors, while the index changes under them.

use std::collections::BTreeMap;
use std::sync::Arc;

use khonha::search::{Request, Response, Searcher, Warning};

use crate::support::{Live, Site, article};

/// Articles of different dates and titles; every third has no date.
fn text(number: usize) -> String {
    let date = if number.is_multiple_of(3) {
        String::new()
    } else {
        format!("date: 25{:02}-01-0{}\n", 50 + number % 17, 1 + number % 9)
    };
    let body = "ธรรมาภิบาล ".repeat(1 + number % 7);
    format!("---\ntitle: เรื่อง{} ที่ {number}\n{date}---\n{body}\n", ["ก", "เข", "ค", "โง"][number % 4])
}

fn name(number: usize) -> String {
    format!("n/{number:03}.md")
}

fn site() -> (Site, Live, Searcher) {
    let files: Vec<(String, String)> = (0..60).map(|number| (name(number), text(number))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let site = Site::new(&files);
    let mut live = site.open();
    live.look();
    let searcher = Searcher::new(Arc::clone(&live.store));
    (site, live, searcher)
}

/// Changes what is not looked for: adds, removes and changes articles from 40 on.
fn change(site: &Site, live: &mut Live, step: usize) {
    site.write(&name(100 + step), &text(step));
    site.write(&name(40 + step % 10), &text(step + 3));
    if step < 5 {
        site.remove(&name(50 + step));
    }
    live.look();
}

fn request(parameters: &[(&str, &str)]) -> Request {
    Request::from_parameters(parameters.iter().copied()).expect("good parameters").0
}

fn answer(searcher: &Searcher, request: &Request) -> Response {
    searcher.search(request).expect("the index can be read")
}

/// Pages of seven hits until there are no more; `between` runs between two of them.
fn walk(searcher: &Searcher, first: &Request, by_cursor: bool, mut between: impl FnMut(usize)) -> Vec<Response> {
    let mut pages = vec![answer(searcher, &Request { limit: 7, ..first.clone() })];
    while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
        between(pages.len());
        let snapshot = pages[0].snapshot.clone();
        let request = match by_cursor {
            true => Request { limit: 7, cursor: Some(next), ..first.clone() },
            false => Request { limit: 7, page: pages.len() + 1, snapshot, ..first.clone() },
        };
        pages.push(answer(searcher, &request));
    }
    pages
}

fn seen(pages: &[Response]) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    for hit in pages.iter().flat_map(|page| &page.hits) {
        *seen.entry(hit.id().to_string()).or_default() += 1;
    }
    seen
}

#[test]
fn every_hit_comes_exactly_once_while_the_index_changes() {
    for sort in ["relevance", "newest", "oldest", "title"] {
        for by_cursor in [true, false] {
            let (site, mut live, searcher) = site();
            let first = request(&[("q", "ธรรมาภิบาล"), ("sort", sort)]);
            let pages = walk(&searcher, &first, by_cursor, |step| change(&site, &mut live, step));
            let seen = seen(&pages);
            assert_eq!((seen.len(), pages[0].total), (60, 60), "{sort} {by_cursor}");
            assert!(seen.values().all(|times| *times == 1), "{sort} {by_cursor}: {seen:?}");
            assert!(pages.iter().all(|page| !page.warnings.contains(&Warning::Moved)));
        }
    }
}

#[test]
fn cursors_give_the_order_of_one_long_page() {
    for sort in ["relevance", "newest", "oldest", "title"] {
        for ui in ["th", "en"] {
            let (_site, _live, searcher) = site();
            let first = request(&[("q", "ธรรมาภิบาล"), ("sort", sort), ("ui", ui)]);
            let whole = answer(&searcher, &Request { limit: 100, ..first.clone() });
            let whole: Vec<_> = whole.hits.iter().map(|hit| hit.id().to_string()).collect();
            let pages = walk(&searcher, &first, true, |_| {});
            let parts: Vec<_> = pages.iter().flat_map(|page| &page.hits).map(|hit| hit.id().to_string()).collect();
            assert_eq!(parts, whole, "{sort}");
        }
    }
}

/// Words that stand together are worth more, and of what cannot be among the best they are not looked for.
#[test]
fn passages_give_the_same_order_however_long_a_page_is() {
    let between = |number: usize| "กา ".repeat(7 * number * number % 83);
    let body = |number: usize| format!("ข้อมูล {}ทุจริต {}ข้อมูล", between(number), between(number + 1));
    // What most articles have is worth next to nothing.
    let text = |number: usize| if number < 90 { body(number) } else { "อย่างอื่น".to_owned() };
    let files: Vec<_> = (0..400).map(|number| (name(number), article("เรื่อง", &text(number)))).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let site = Site::new(&files);
    let mut live = site.open();
    live.look();
    let searcher = Searcher::new(Arc::clone(&live.store));
    let first = request(&[("q", "ข้อมูล ทุจริต")]);
    let places =
        |response: &Response| response.hits.iter().map(|hit| (hit.id().to_string(), hit.score)).collect::<Vec<_>>();
    let whole = places(&answer(&searcher, &Request { limit: 100, ..first.clone() }));
    assert!(whole.len() == 90 && whole[0].1 > whole[89].1 * 1.1, "{whole:?}");
    for limit in [1, 2, 10, 50] {
        let page = places(&answer(&searcher, &Request { limit, ..first.clone() }));
        assert_eq!(page, whole[..limit], "{limit}");
    }
    for by_cursor in [true, false] {
        let pages = walk(&searcher, &first, by_cursor, |_| {});
        assert_eq!(pages.iter().flat_map(places).collect::<Vec<_>>(), whole);
    }
}

/// Another process does not keep the snapshots of the first, but it has the same secret.
#[test]
fn a_cursor_goes_on_by_date_and_title_after_a_restart() {
    for sort in ["newest", "oldest", "title"] {
        let (site, mut live, searcher) = site();
        let first = request(&[("q", "ธรรมาภิบาล"), ("sort", sort)]);
        let (mut pages, mut current) = (vec![answer(&searcher, &Request { limit: 7, ..first.clone() })], searcher);
        while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
            change(&site, &mut live, pages.len());
            current = Searcher::new(Arc::clone(&live.store));
            pages.push(answer(&current, &Request { limit: 7, cursor: Some(next), ..first.clone() }));
        }
        drop(current);
        let seen = seen(&pages);
        // What did not change while it was read.
        assert!((0..40).all(|number| seen.get(name(number).trim_end_matches(".md")) == Some(&1)), "{sort}: {seen:?}");
        assert!(pages.iter().all(|page| !page.warnings.contains(&Warning::Moved)));
    }
}

#[test]
fn a_page_of_a_snapshot_that_is_gone_says_so() {
    let (site, mut live, searcher) = site();
    let first = request(&[("q", "ธรรมาภิบาล"), ("limit", "7")]);
    let answered = answer(&searcher, &first);
    let following = [
        Request { page: 2, snapshot: answered.snapshot.clone(), ..first.clone() },
        Request { cursor: answered.next.clone(), ..first.clone() },
    ];
    let restarted = Searcher::new(Arc::clone(&live.store));
    for request in &following {
        let same = answer(&restarted, request);
        assert!(same.warnings.is_empty() && same.snapshot == answered.snapshot, "the commit is still the last");
    }
    change(&site, &mut live, 1);
    let restarted = Searcher::new(Arc::clone(&live.store));
    for request in &following {
        let later = answer(&restarted, request);
        assert!(later.warnings.contains(&Warning::Moved) && later.hits.len() == 7);
    }
}

#[test]
fn old_snapshots_are_given_up_but_not_those_that_are_used() {
    let (site, mut live, searcher) = site();
    let first = request(&[("q", "ธรรมาภิบาล"), ("limit", "7")]);
    let used = answer(&searcher, &first).snapshot;
    let unused = {
        change(&site, &mut live, 1);
        answer(&searcher, &first).snapshot
    };
    for step in 2..40 {
        change(&site, &mut live, step);
        answer(&searcher, &first);
        let again = answer(&searcher, &Request { page: 2, snapshot: used.clone(), ..first.clone() });
        assert_eq!((again.snapshot, again.total), (used.clone(), 60), "{step}");
    }
    let gone = answer(&searcher, &Request { page: 2, snapshot: unused, ..first });
    assert!(gone.warnings.contains(&Warning::Moved));
}

#[test]
fn pages_by_number_end_where_cursors_go_on() {
    let error = Request::from_parameters([("page", "1001")]).expect_err("too far").to_string();
    assert!(error.contains("cursor"), "{error}");
    let (_site, _live, searcher) = site();
    let wrong = searcher.search(&request(&[("cursor", "AAAA")])).expect_err("no cursor of ours").to_string();
    assert!(wrong.contains("cursor=AAAA") && wrong.contains("search without it"), "{wrong}");
}
