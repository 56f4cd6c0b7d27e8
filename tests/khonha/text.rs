//! Analysis of the sample corpus: what holds for each term of real text.

use khonha::content::{Folder, Site};
use khonha::index::analyzer;
use khonha::text::{Analyzer, Form, cluster, normalize};

use proptest::prelude::*;

use crate::rules::analysis;
use crate::support::{articles, corpus};

/// Every block of text of the corpus.
fn texts() -> Vec<String> {
    let folder = Folder::new(corpus(), 1 << 20);
    let site = folder.site(&Site::default()).0;
    articles(&folder, &site).into_iter().flat_map(|article| article.blocks).map(|block| block.text).collect()
}

#[test]
fn every_term_lies_on_boundaries_of_its_text() {
    let site = Folder::new(corpus(), 1 << 20).site(&Site::default()).0;
    let analyzer = analyzer(&site);
    for text in texts() {
        let mut position = None;
        for token in analyzer.analyze(&text) {
            assert!(text.get(token.offsets.clone()).is_some_and(|word| !word.is_empty()), "{token:?}");
            assert!(position <= Some(token.position), "{token:?}");
            position = Some(token.position);
        }
    }
}

#[test]
fn no_word_begins_or_ends_within_a_cluster() {
    let site = Folder::new(corpus(), 1 << 20).site(&Site::default()).0;
    let analyzer = analyzer(&site);
    for text in texts() {
        // Clusters are those of text in its right order; the corpus has some in the wrong one on purpose.
        let text = normalize(&text).text().to_owned();
        for token in analyzer.analyze(&text) {
            let ends = [token.offsets.start, token.offsets.end];
            assert!(ends.iter().all(|&end| cluster::is_boundary(&text, end)), "{} in {text}", token.term);
        }
    }
}

#[test]
fn a_word_of_a_text_is_found_by_itself() {
    let site = Folder::new(corpus(), 1 << 20).site(&Site::default()).0;
    let analyzer = analyzer(&site);
    let (mut found, mut all) = (0usize, 0usize);
    for token in texts().iter().flat_map(|text| analyzer.analyze(text)).filter(|token| token.form == Form::Word) {
        let alone = analyzer.analyze(&token.term);
        found += usize::from(alone.len() == 1 || alone[0].term == token.term);
        all += 1;
    }
    // What is cut otherwise alone than in its sentence is not found by it; a few are, and more would be a loss.
    assert!(found * 100 >= all * 98, "{found} of {all} words");
}

/// Pieces of text as people, broken programs and attackers write it.
fn pieces() -> impl Strategy<Value = String> {
    let thai = prop_oneof!["[ก-๛]{1,9}", "(จัดซื้อ|การ|ป.ป.ช.|พ.ศ. |ผศ.|ๆ|ฯลฯ|ํ|เเ|ำ|ก็|์){1,4}", "ก{1,6}|า{1,4}|เ{1,6}"];
    let latin = prop_oneof!["[a-zA-Z0-9.'’-]{1,9}", "(e-GP|COVID-19|U.S.|2567|'67|Ph.D.) ?", "[é\u{301}İß]{1,3}"];
    let other =
        prop_oneof!["\\PC{1,4}", any::<String>(), "[ \u{AD}\u{200B}-\u{200F}\u{2060}\u{FEFF}]{1,3}", "[👍🏽‍👩🇹🇭]{1,4}"];
    prop_oneof![4 => thai, 2 => latin, 1 => other]
}

proptest! {
    #[test]
    fn the_rules_hold_of_any_text(pieces in prop::collection::vec(pieces(), 0..12)) {
        analysis::check(&Analyzer::new(["จัดซื้อ", "ก็"]), &pieces.concat());
    }
}

#[test]
fn the_rules_hold_of_a_megabyte_of_anything() {
    // Time that grew with the square of the length would never end here.
    let analyzer = Analyzer::new([]);
    for piece in [
        "\u{E48}",
        "\u{200B}",
        "👍🏽",
        "กฟ",
        "ก.",
        "ก. ",
        "a",
        "\u{301}",
        "เเ",
        "a-",
        "national ",
        "2567 ",
        "ปปช",
        "|\u{C55}",
    ] {
        analysis::check(&analyzer, &piece.repeat((1 << 20) / piece.len()));
    }
}
