//! What holds of the tree of any query.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::parse;
use crate::search::ast::Node;

/// The leaves of a tree; words in a run are one each.
fn leaves(node: &Node) -> usize {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().map(leaves).sum(),
        Node::Not(node) | Node::In(_, node) => leaves(node),
        Node::Words(text) => text.split(' ').count(),
        _ => 1,
    }
}

/// The most parentheses within each other.
fn depth(shown: &str) -> usize {
    let depths = shown.chars().scan(0usize, |depth, ch| {
        *depth += usize::from(ch == '(');
        *depth -= usize::from(ch == ')');
        Some(*depth)
    });
    depths.max().unwrap_or(0)
}

/// Whether the tree has the form that [`Node`] promises.
fn is_canonical(node: &Node) -> bool {
    match node {
        Node::All(nodes) => {
            nodes.len() > 1 && nodes.iter().all(|node| !matches!(node, Node::All(_)) && is_canonical(node))
        }
        Node::Any(nodes) => {
            nodes.len() > 1 && nodes.iter().all(|node| !matches!(node, Node::Any(_)) && is_canonical(node))
        }
        Node::Not(node) => !matches!(**node, Node::Not(_)) && is_canonical(node),
        Node::In(_, node) => {
            let is_wrong = matches!(**node, Node::Not(_) | Node::In(..) | Node::Years { .. } | Node::Language(_));
            !is_wrong && is_canonical(node)
        }
        Node::Words(text) | Node::Phrase(text) | Node::Prefix(text) => !text.is_empty(),
        Node::Years { from, to } => from.or(*to).is_some() && from.zip(*to).is_none_or(|(from, to)| from <= to),
        Node::Year(_) | Node::Language(_) => true,
    }
}

fn check_rules(text: &str) -> Result<(), TestCaseError> {
    let (ast, warnings) = parse(text);
    let is_nothing = ast.root == Node::All(Vec::new());
    let shown = ast.root.shown();
    prop_assert!(is_nothing || is_canonical(&ast.root), "{:?}", ast.root);
    prop_assert!(leaves(&ast.root) <= 32 && warnings.len() <= 64);
    // Phrases and words may have no parentheses of their own.
    prop_assert!(shown.contains('"') || depth(&shown) <= 16, "{}", shown);
    prop_assert!(shown.chars().count() > 256 || parse(&shown).0.root == ast.root, "{:?} as {}", ast.root, shown);
    Ok(())
}

#[test]
fn hostile_queries_are_read_at_once() {
    let signs = [
        "(",
        "-",
        "\"",
        ":",
        "OR ",
        "NOT ",
        "-(",
        "title:(",
        "year:(",
        "()",
        "a|",
        "ปี ",
        "ปี AND ",
        "(a ",
        ")",
        "*",
        "\u{200B}-",
        "title:",
    ];
    for text in signs.map(|sign| sign.repeat(256)) {
        let start = Instant::now();
        check_rules(&text).expect("a hostile query keeps the rules");
        assert!(start.elapsed() < Duration::from_secs(1), "{text}");
    }
}

proptest! {
    #[test]
    fn anything_typed_is_a_query(text in "([ \"“”():*|-]|\\PC|ปี|25[0-9]{2}){0,60}") {
        check_rules(&text)?;
    }

    #[test]
    fn what_is_shown_means_the_same(text in "( |\"|\\(|\\)|-|:|\\*|\\||OR|AND|NOT| OR | AND |NOT |title:|year:\\(|year:|lang:|lang:th|ปี|ปี |พ.ศ.|67|2567|1500|>=|\\.\\.|ก|ข |foo|\u{200B}|＊|－|x y){0,40}") {
        check_rules(&text)?;
    }
}
