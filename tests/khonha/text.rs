//! Analysis of the sample corpus: what holds for each term of real text.

use khonha::content::{Folder, Look, Site, Snapshot};
use khonha::index::analyzer;
use khonha::text::{Form, cluster, normalize};

use crate::support::corpus;

/// Every block of text of the corpus.
fn texts() -> Vec<String> {
    let folder = Folder::new(corpus(), 1 << 20);
    let site = folder.site(&Site::default()).0;
    let seen = folder.scan(&Snapshot::default(), Look::Full).expect("the corpus is there");
    let read = |path: &String| folder.load(path, &site).expect("a file of the corpus").read.expect("an article");
    seen.files.keys().flat_map(|path| read(path).article.blocks).map(|block| block.text).collect()
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
