//! An [`Ast`] to a [`Query`] over fields and terms.
//!
//! `mod.rs` walks the tree; `words` makes queries of words in their forms, of phrases and of beginnings; `translate`
//! says what words are in the other language, and `sound` what names are.

mod sound;
mod translate;
mod words;

use std::sync::Arc;

use foldhash::HashSet;

use super::ast::{Ast, Node, Scope};
use super::knowledge::Knowledge;
use super::request::{Forgiveness, Request, Translating};
use super::warning::Warning;
use super::weights::Weights;
use crate::index::{Facet, Field, Query};
use crate::text::calendar::Year;
use crate::text::{Analyzer, Token};

/// The most words of a query, as the analyzer counts them: each costs a look into every field.
const MOST_WORDS: usize = 32;
/// The most words that the beginning of one may stand for.
pub(super) const MOST_EXPANSIONS: usize = 50;
/// Years before the newest one whose articles count as fresh at all.
const FRESH_YEARS: u16 = 5;

/// How many of the words an article must have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Wanted {
    All,
    /// All but this share of them, 0 to 1, or all but one.
    Most(f32),
    Any,
}

/// What planning needs beside the query.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) analyzer: &'a Analyzer,
    pub(super) knowledge: &'a Knowledge,
    pub(super) request: &'a Request,
}

/// A query, and what is to be said of it.
pub(super) struct Planned {
    clauses: Clauses,
    /// The terms by which a hit is to be marked where it fits.
    pub(super) terms: HashSet<String>,
    /// What is searched beside what was typed, as people write it.
    pub(super) also: Vec<String>,
    /// How many words, phrases and years are wanted.
    pub(super) wanted: usize,
    /// Whether it asks a question.
    pub(super) asks: bool,
    /// Whether the sound of a word is all that tells what else it may be.
    pub(super) guesses: bool,
    pub(super) warnings: Vec<Warning>,
}

impl Planned {
    /// The query for articles that have so many of the words.
    pub(super) fn query(&self, wanted: Wanted) -> Query {
        self.clauses.clone().into_query(wanted)
    }
}

/// Plans `ast`.
pub(super) fn plan(ast: &Ast, context: Context<'_>) -> Planned {
    let mut planner = Planner::new(context);
    let mut clauses = planner.root(ast);
    let is_empty = ast.root == Node::All(Vec::new());
    if !is_empty && clauses.says_nothing() {
        planner.warnings.push(Warning::NoWords);
        clauses.needed.push(Query::Nothing);
    }
    if !is_empty {
        clauses.welcome.extend(planner.freshness());
    }
    planner.warnings.dedup();
    let Planner { terms, also, wanted, asks, guesses, warnings, .. } = planner;
    Planned { clauses, terms, also, wanted, asks, guesses, warnings }
}

/// What has these words in a row, in any field.
pub(super) fn in_row(words: &[Token]) -> Query {
    let places = Arc::from(words::placed(words.iter()));
    let of = Field::WORDS.map(|field| Query::Phrase(field, Arc::clone(&places))).into();
    Query::Best { of, tie_breaker: 0.0 }
}

/// The parts of a query on one level.
#[derive(Clone, Default)]
struct Clauses {
    /// Words, phrases and years: all of them, or any if nothing has all.
    words: Vec<Query>,
    /// Always needed.
    needed: Vec<Query>,
    /// Rewarded.
    welcome: Vec<Query>,
    excluded: Vec<Query>,
    /// What fits as well as all that is needed.
    instead: Option<Query>,
}

impl Clauses {
    fn says_nothing(&self) -> bool {
        self.words.is_empty() && self.needed.is_empty() && self.excluded.is_empty()
    }

    fn into_query(self, wanted: Wanted) -> Query {
        let Clauses { words, mut needed, welcome, excluded, instead } = self;
        match wanted {
            _ if words.is_empty() => {}
            Wanted::All => needed.extend(words),
            Wanted::Most(lacking) => {
                let lacking = (words.len() as f32 * lacking).max(1.0) as usize;
                needed.push(Query::AtLeast { fewest: words.len().saturating_sub(lacking), of: words });
            }
            Wanted::Any => needed.push(Query::AtLeast { fewest: 1, of: words }),
        }
        if needed.is_empty() {
            needed.push(Query::Everything);
        }
        if let Some(instead) = instead {
            let all = Query::Bool { must: needed, should: Vec::new(), must_not: Vec::new() };
            needed = vec![Query::Best { of: vec![all, instead], tie_breaker: 1.0 }];
        }
        Query::Bool { must: needed, should: welcome, must_not: excluded }
    }
}

struct Planner<'a> {
    context: Context<'a>,
    weights: &'a Weights,
    terms: HashSet<String>,
    also: Vec<String>,
    wanted: usize,
    asks: bool,
    guesses: bool,
    /// Whether pairs of clusters of the words that are being planned are rewarded.
    has_grams: bool,
    /// How many more words the query may have.
    left: usize,
    warnings: Vec<Warning>,
    /// The words that are better close together: the ways to say each, with what each is worth.
    close: Vec<Vec<(String, f32)>>,
}

impl<'a> Planner<'a> {
    fn new(context: Context<'a>) -> Planner<'a> {
        let weights = &context.request.weights;
        let (terms, also, warnings) = (HashSet::default(), Vec::new(), Vec::new());
        Planner {
            context,
            weights,
            terms,
            also,
            wanted: 0,
            asks: false,
            guesses: false,
            has_grams: false,
            left: MOST_WORDS,
            warnings,
            close: Vec::new(),
        }
    }

    fn is_exact(&self) -> bool {
        self.context.request.is_exact()
    }

    fn translates(&self) -> bool {
        self.context.request.translating == Translating::On && !self.is_exact()
    }

    fn root(&mut self, ast: &Ast) -> Clauses {
        let nodes = match &ast.root {
            Node::All(nodes) => nodes.as_slice(),
            node => std::slice::from_ref(node),
        };
        let open_end = ast.open_end && !self.is_exact();
        let mut clauses = Clauses::default();
        for (number, node) in nodes.iter().enumerate() {
            match node {
                Node::Words(text) if open_end && number + 1 == nodes.len() => self.last_words(text, &mut clauses),
                node => self.node(node, &Field::WORDS, &mut clauses),
            }
        }
        if let ([Node::Words(text)], false) = (nodes, self.is_exact()) {
            self.title_beginning(text, &mut clauses);
        }
        clauses
    }

    fn node(&mut self, node: &Node, fields: &[Field], clauses: &mut Clauses) {
        match node {
            Node::All(nodes) => nodes.iter().for_each(|node| self.node(node, fields, clauses)),
            Node::Any(nodes) => {
                let of = nodes.iter().map(|node| self.single(node, fields)).collect();
                clauses.words.push(Query::AtLeast { fewest: 1, of });
                self.wanted += 1;
            }
            Node::Not(node) => clauses.excluded.push(self.unmarked(node, fields)),
            Node::Words(text) => self.words(text, fields, clauses),
            Node::Phrase(text) => clauses.words.extend(self.phrase(text, fields)),
            Node::Prefix(beginning) => clauses.words.push(self.prefix(beginning, fields)),
            Node::In(scope, node) => {
                let query = self.single(node, scope_fields(*scope));
                clauses.needed.push(query);
            }
            Node::Year(year) => clauses.words.push(self.year(*year, fields)),
            Node::Years { from, to } => clauses.needed.push(years(*from, *to)),
            Node::Language(language) => {
                clauses.needed.push(Query::Value(Facet::Language, language.tag().to_owned()).boosted(0.0));
            }
        }
    }

    /// One query for `node`, all of which is needed.
    fn single(&mut self, node: &Node, fields: &[Field]) -> Query {
        let mut clauses = Clauses::default();
        self.node(node, fields, &mut clauses);
        if clauses.says_nothing() { Query::Nothing } else { clauses.into_query(Wanted::All) }
    }

    /// As [`Planner::single`], of what is not to be seen in a hit; taken as it was typed.
    fn unmarked(&mut self, node: &Node, fields: &[Field]) -> Query {
        let exact = Request {
            forgiveness: Forgiveness::Exact,
            translating: Translating::Off,
            weights: *self.weights,
            ..Request::default()
        };
        let node = match node {
            Node::Words(text) => &Node::Phrase(text.clone()),
            node => node,
        };
        let context = Context { request: &exact, ..self.context };
        let mut planner = Planner { left: self.left, ..Planner::new(context) };
        let query = planner.single(node, fields);
        self.left = planner.left;
        self.warnings.append(&mut planner.warnings);
        query
    }

    fn year(&mut self, year: Year, fields: &[Field]) -> Query {
        self.wanted += 1;
        let mut of = Vec::new();
        if fields == Field::WORDS {
            of.push(Query::Value(Facet::Year, year.buddhist_era().to_string()).boosted(self.weights.year));
        }
        // What the analyzer gives each year that a text names, in either era.
        let term = format!("={}", year.common_era());
        of.push(self.anywhere(&term, fields));
        self.terms.insert(term);
        Query::Best { of, tie_breaker: self.weights.tie_breaker }
    }

    /// A mild preference for the newest articles. It changes no total.
    fn freshness(&self) -> Vec<Query> {
        let Some(newest) = self.context.knowledge.newest_year.filter(|_| self.context.request.is_fresh_preferred())
        else {
            return Vec::new();
        };
        let of_year = |age: u16| {
            let weight = self.weights.freshness * 0.5_f32.powi(i32::from(age));
            Query::Value(Facet::Year, newest.saturating_sub(age).to_string()).boosted(weight)
        };
        (0..FRESH_YEARS).map(of_year).collect()
    }

    fn best_field(&self, fields: &[Field], query: impl Fn(Field) -> Query) -> Query {
        let of = fields.iter().map(|&field| query(field).boosted(self.weights.field(field))).collect();
        Query::Best { of, tie_breaker: self.weights.tie_breaker }
    }

    /// The words of `text`, each with its forms, as many as there is room for.
    fn take_words(&mut self, text: &str) -> Vec<Vec<Token>> {
        let tokens = self.context.analyzer.analyze(text);
        let mut words: Vec<Vec<Token>> =
            tokens.chunk_by(|left, right| left.position == right.position).map(<[Token]>::to_vec).collect();
        if words.len() > self.left {
            self.warnings.push(Warning::ManyWords { searched: MOST_WORDS });
            words.truncate(self.left);
        }
        self.left -= words.len();
        words
    }
}

fn scope_fields(scope: Scope) -> &'static [Field] {
    match scope {
        Scope::Title => &[Field::Title],
        Scope::Author => &[Field::Authors],
        Scope::Topic => &[Field::Topics],
        Scope::Organisation => &[Field::Organisations],
        Scope::Series => &[Field::Series],
    }
}

/// Articles dated in these years, all alike.
fn years(from: Option<Year>, to: Option<Year>) -> Query {
    Query::Between(
        Facet::Year,
        from.map(|year| year.buddhist_era().to_string()),
        to.map(|year| year.buddhist_era().to_string()),
    )
}
