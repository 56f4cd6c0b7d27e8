//! The sample corpus is what every test and demonstration rests on: it has what it should have.

use std::collections::BTreeSet;
use std::fs;

use khonha::content::{Article, Block, Folder, Site, check};
use khonha::index::analyzer;
use khonha::text::{Form, Language};

use crate::support::{self, corpus};

fn folder() -> Folder {
    Folder::new(corpus(), 1 << 20)
}

fn articles() -> Vec<Article> {
    support::articles(&folder(), &site())
}

fn site() -> Site {
    folder().site(&Site::default()).0
}

/// Thai words in a text, as the analyzer cuts them.
fn words(article: &Article, language: Language) -> usize {
    let analyzer = analyzer(&site());
    let blocks = article.blocks.iter().filter(|block| block.language == language);
    let text: Vec<&str> = blocks.map(|block| block.text.as_str()).collect();
    analyzer.analyze(&text.join("\n")).iter().filter(|token| token.form == Form::Word).count()
}

#[test]
fn the_corpus_has_no_problem() {
    let checked = check(&folder()).expect("the corpus is there");
    assert_eq!(checked.problems, []);
    assert!(checked.articles >= 60, "{} articles", checked.articles);
}

#[test]
fn the_corpus_is_varied() {
    let articles = articles();
    let count = |values: fn(&Article) -> Vec<String>| articles.iter().flat_map(values).collect::<BTreeSet<_>>().len();
    assert!(count(|it| it.authors.clone()) >= 20);
    assert!(count(|it| it.topics.clone()) >= 20);
    assert_eq!(count(|it| it.series.clone().into_iter().collect()), 6);
    assert!(count(|it| it.organisations.clone()) >= 5);
    let years: BTreeSet<i16> =
        articles.iter().filter_map(|it| it.date).map(|date| date.year().buddhist_era()).collect();
    assert_eq!(years, (2554..=2569).collect());
    assert!(articles.iter().all(|it| it.date.is_some() && it.series.is_some() && !it.authors.is_empty()));
}

#[test]
fn the_corpus_has_both_languages_and_long_articles() {
    let articles = articles();
    let with = |languages: &[Language]| articles.iter().filter(|it| it.languages == languages).count();
    assert!(with(&Language::ALL) >= 45, "{} in both", with(&Language::ALL));
    assert!(with(&[Language::Thai]) >= 5, "{} in Thai", with(&[Language::Thai]));
    assert!(with(&[Language::English]) >= 5, "{} in English", with(&[Language::English]));
    let long = articles.iter().filter(|it| words(it, Language::Thai) >= 2_000).count();
    assert_eq!(long, 3);
    let usual = articles.iter().filter(|it| (150..=650).contains(&words(it, Language::Thai))).count();
    assert!(usual >= 50, "{usual} of usual length");
}

#[test]
fn the_corpus_shows_how_thai_is_really_typed() {
    let texts: Vec<String> = articles()
        .iter()
        .map(|it| fs::read_to_string(corpus().join(&*it.origin.path)).expect("a file of the corpus"))
        .collect();
    let typed = [
        "เเ",
        "\u{0E4D}\u{0E32}",
        "์์",
        "\u{200B}",
        "๒๕๖",
        "ป.ป.ช.",
        "สตง.",
        "พ.ศ.",
        "คอร์รัปชัน",
        "คอร์รัปชั่น",
        "คอรัปชัน",
        "(?)",
        " | ",
        " : ",
        " I ",
        "(Open Data)",
        "ระบบe-GP",
    ];
    for piece in typed {
        assert!(texts.iter().any(|text| text.contains(piece)), "no article has {piece:?}");
    }
}

#[test]
fn no_two_articles_are_alike() {
    let articles = articles();
    // Thai parts clauses by spaces. Names of laws are long, and rightly the same everywhere.
    let clauses = |block: &Block| -> Vec<String> {
        let (end, long) = if block.language == Language::Thai { (" ", 60) } else { (". ", 40) };
        let pieces = block.text.split('\n').flat_map(|line| line.split(end));
        pieces.filter(|piece| piece.chars().count() >= long).map(str::to_owned).collect()
    };
    let sentences = |article: &Article| -> BTreeSet<String> { article.blocks.iter().flat_map(clauses).collect() };
    let all: Vec<(&str, BTreeSet<String>)> = articles.iter().map(|it| (&*it.origin.path, sentences(it))).collect();
    for (at, (path, own)) in all.iter().enumerate() {
        for (other_path, other) in &all[at + 1..] {
            let shared: Vec<&String> = own.intersection(other).collect();
            assert!(shared.is_empty(), "{path} and {other_path} share {shared:?}");
        }
    }
}
