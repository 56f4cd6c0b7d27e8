//! What a query says, before any term: a tree of what is wanted, and the text that says the same.
//!
//! The constructors keep the tree in one form: [`Node::all`], [`Node::any`], [`Node::negated`] and
//! [`Node::scoped`] join what can be joined, so that one meaning has one tree.

use crate::text::Language;
use crate::text::calendar::{self, Year};

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ast {
    /// What is wanted; `All` of nothing if nothing was typed.
    pub(super) root: Node,
    /// Whether the text ends directly in a word that is wanted, which may still be being typed. That word is then the
    /// last of the last `Words` of the tree.
    pub(super) open_end: bool,
}

/// Something wanted or excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// All of the nodes: none at the root of an empty query, else two or more of which none is `All`.
    All(Vec<Node>),
    /// Any of the nodes: two or more of which none is `Any`.
    Any(Vec<Node>),
    /// Not the node, which is no `Not`.
    Not(Box<Node>),
    /// Text without operators, in which every word is wanted: words that were typed in a row, with one space between.
    Words(String),
    /// Words in exactly this order.
    Phrase(String),
    /// A word that begins so.
    Prefix(String),
    /// The node in one field of the article. It is no `Not`, `In`, `Years` or `Language`, but may have them deeper
    /// within; then the innermost field counts. A `Year` in it is one that the field names.
    In(Scope, Box<Node>),
    /// Articles of a year, or that name it, in either era: a year that was typed as plain words.
    Year(Year),
    /// Articles of the years between two, both included; there is at least one of them.
    Years {
        /// The first year.
        from: Option<Year>,
        /// The last year, not before the first.
        to: Option<Year>,
    },
    /// Articles in the language.
    Language(Language),
}

/// A field that people name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Title,
    Author,
    Topic,
    Organisation,
    Series,
}

impl Scope {
    /// The name in canonical query text.
    fn name(self) -> &'static str {
        match self {
            Scope::Title => "title",
            Scope::Author => "author",
            Scope::Topic => "topic",
            Scope::Organisation => "organisation",
            Scope::Series => "series",
        }
    }
}

impl Node {
    /// All of `nodes`; `None` of none.
    pub(super) fn all(nodes: Vec<Node>) -> Option<Node> {
        joined(nodes, Node::All, |node| match node {
            Node::All(nodes) => nodes,
            node => vec![node],
        })
    }

    /// Any of `nodes`; `None` of none.
    pub(super) fn any(nodes: Vec<Node>) -> Option<Node> {
        joined(nodes, Node::Any, |node| match node {
            Node::Any(nodes) => nodes,
            node => vec![node],
        })
    }

    /// The opposite.
    pub(super) fn negated(self) -> Node {
        match self {
            Node::Not(node) => *node,
            node => Node::Not(Box::new(node)),
        }
    }

    /// The node in one field, if it is not in one already.
    pub(super) fn scoped(self, scope: Scope) -> Node {
        match self {
            Node::Not(node) => node.scoped(scope).negated(),
            Node::In(..) | Node::Years { .. } | Node::Language(_) => self,
            node => Node::In(scope, Box::new(node)),
        }
    }

    /// Whether the last thing named is a word that is wanted.
    pub(super) fn ends_in_word(&self) -> bool {
        match self {
            Node::All(nodes) | Node::Any(nodes) => nodes.last().is_some_and(Node::ends_in_word),
            Node::In(_, node) => node.ends_in_word(),
            Node::Words(_) => true,
            _ => false,
        }
    }

    /// Canonical query text, which parses to the same tree as long as it fits the bounds of a query.
    #[cfg_attr(not(test), allow(dead_code, reason = "tests read trees by it"))]
    pub(super) fn shown(&self) -> String {
        match self {
            Node::All(nodes) => shown_all(nodes),
            Node::Any(nodes) => nodes.iter().map(Node::shown_operand).collect::<Vec<_>>().join(" OR "),
            Node::Not(node) => format!("-{}", node.shown_operand()),
            Node::Words(text) => text.clone(),
            Node::Phrase(text) => format!("\"{text}\""),
            Node::Prefix(text) => format!("{text}*"),
            Node::In(scope, node) => format!("{}:{}", scope.name(), node.shown_operand()),
            Node::Year(year) => format!("ปี{}", digits(*year)),
            Node::Years { from, to } => format!("year:{}", shown_range(*from, *to)),
            Node::Language(language) => format!("lang:{}", language.tag()),
        }
    }

    /// The text where an operator stands beside it.
    fn shown_operand(&self) -> String {
        if self.is_group() { format!("({})", self.shown()) } else { self.shown() }
    }

    fn is_group(&self) -> bool {
        match self {
            Node::All(_) | Node::Any(_) => true,
            Node::Words(text) => text.contains(' '),
            _ => false,
        }
    }

    /// The word that the canonical text ends with.
    fn last_word(&self) -> Option<&str> {
        let inner = match self {
            Node::Words(text) => return text.rsplit(' ').next(),
            Node::All(nodes) | Node::Any(nodes) => nodes.last()?,
            Node::Not(node) | Node::In(_, node) => node,
            _ => return None,
        };
        if inner.is_group() { None } else { inner.last_word() }
    }
}

fn joined(nodes: Vec<Node>, join: fn(Vec<Node>) -> Node, parts: fn(Node) -> Vec<Node>) -> Option<Node> {
    let mut nodes: Vec<Node> = nodes.into_iter().flat_map(parts).collect();
    if nodes.len() > 1 { Some(join(nodes)) } else { nodes.pop() }
}

fn shown_all(nodes: &[Node]) -> String {
    let mut text = String::new();
    let mut before: Option<&Node> = None;
    for node in nodes {
        text.push_str(before.map_or("", |before| if runs_into(before, node) { " AND " } else { " " }));
        text.push_str(&node.shown());
        before = Some(node);
    }
    text
}

/// Whether only an AND keeps the words of two nodes apart: without it they would be one run, or a year.
fn runs_into(before: &Node, after: &Node) -> bool {
    let introduces_year = |word| calendar::leading_year([word, "2567"]).is_some_and(|(_, used)| used > 1);
    matches!((before, after), (Node::Words(_), Node::Words(_))) || before.last_word().is_some_and(introduces_year)
}

/// A year as it is read again, of the Buddhist Era if it can be.
fn digits(year: Year) -> i16 {
    let buddhist = year.buddhist_era();
    if Year::parse(&buddhist.to_string()) == Some(year) { buddhist } else { year.common_era() }
}

fn shown_range(from: Option<Year>, to: Option<Year>) -> String {
    match (from.map(digits), to.map(digits)) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from}-{to}"),
        (Some(from), None) => format!(">={from}"),
        (None, Some(to)) => format!("<={to}"),
        (None, None) => String::new(),
    }
}
