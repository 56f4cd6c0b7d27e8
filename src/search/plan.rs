//! An [`Ast`] to a [`Query`] over fields and terms.

use std::collections::BTreeSet;

use super::ast::{Ast, Clause};
use super::weights;
use crate::index::{Facet, Field, Query};
use crate::text::calendar::Year;
use crate::text::{Analyzer, Form, Language, Token};

/// Whether an article must have all the words or any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    All,
    Any,
}

/// Fields in which a phrase of the query is looked for.
const PHRASE_FIELDS: [Field; 7] = [
    Field::Title(Language::Thai),
    Field::Title(Language::English),
    Field::Summary(Language::Thai),
    Field::Summary(Language::English),
    Field::Body(Language::Thai),
    Field::Body(Language::English),
    Field::Topics,
];

/// The query that finds what `ast` says.
pub(super) fn query(ast: &Ast, analyzer: &Analyzer, wanted: Wanted) -> Query {
    let (mut needed, mut should, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
    for clause in &ast.clauses {
        match clause {
            Clause::Words(text) => {
                let tokens = analyzer.analyze(text);
                let words = words(&tokens);
                needed.extend(words.iter().map(|forms| word(forms)));
                should.extend(runs(&words));
            }
            Clause::Phrase(text) => needed.extend(phrase(text, analyzer, &Field::ALL)),
            Clause::Year(year) => needed.push(of_year(*year)),
            Clause::Not(text) => must_not.extend(phrase(text, analyzer, &Field::ALL)),
        }
    }
    if needed.is_empty() {
        return if must_not.is_empty() {
            Query::Everything
        } else {
            Query::Bool {
                must: vec![Query::Everything],
                should,
                must_not,
            }
        };
    }
    let must = match wanted {
        Wanted::All => needed,
        Wanted::Any => vec![Query::Bool {
            must: Vec::new(),
            should: needed,
            must_not: Vec::new(),
        }],
    };
    Query::Bool { must, should, must_not }
}

/// Whether asking for any of the words is more than asking for all.
pub(super) fn can_relax(ast: &Ast, analyzer: &Analyzer) -> bool {
    let wanted = |clause: &Clause| match clause {
        Clause::Words(text) => words(&analyzer.analyze(text)).len(),
        Clause::Phrase(_) | Clause::Year(_) => 1,
        Clause::Not(_) => 0,
    };
    ast.clauses.iter().map(wanted).sum::<usize>() > 1
}

/// The terms by which a hit is to be marked where it fits.
pub(super) fn highlighted_terms(ast: &Ast, analyzer: &Analyzer) -> BTreeSet<String> {
    let terms = |clause: &Clause| -> Vec<String> {
        match clause {
            Clause::Words(text) | Clause::Phrase(text) => {
                analyzer.analyze(text).into_iter().map(|token| token.term).collect()
            }
            Clause::Year(year) => year_terms(*year).into(),
            Clause::Not(_) => Vec::new(),
        }
    };
    ast.clauses.iter().flat_map(terms).collect()
}

/// The tokens by position: each word with its other forms.
fn words(tokens: &[Token]) -> Vec<&[Token]> {
    tokens.chunk_by(|left, right| left.position == right.position).collect()
}

/// A word in any of its forms and in any field, at its best.
fn word(forms: &[Token]) -> Query {
    let mut ways = Vec::new();
    let mut parts = Vec::new();
    for token in forms {
        match token.form {
            Form::Word => ways.push(anywhere(&token.term)),
            Form::Stem => ways.push(anywhere(&token.term).boosted(weights::STEM)),
            Form::Part => parts.push(anywhere(&token.term)),
        }
    }
    if parts.len() > 1 {
        ways.push(
            Query::Bool {
                must: parts,
                should: Vec::new(),
                must_not: Vec::new(),
            }
            .boosted(weights::PARTS),
        );
    }
    Query::Best {
        of: ways,
        tie_breaker: 0.0,
    }
}

fn anywhere(term: &str) -> Query {
    best_field(&Field::ALL, |field| Query::Term(field, term.to_owned()))
}

fn best_field(fields: &[Field], query: impl Fn(Field) -> Query) -> Query {
    let of = fields
        .iter()
        .map(|&field| query(field).boosted(weights::field(field)))
        .collect();
    Query::Best {
        of,
        tie_breaker: weights::TIE_BREAKER,
    }
}

/// Rewards for neighbours that stay neighbours. Thai is typed without spaces, so that a run of words
/// is a phrase more often than not.
fn runs(words: &[&[Token]]) -> Vec<Query> {
    let terms: Vec<String> = words.iter().map(|forms| forms[0].term.clone()).collect();
    let run = |terms: &[String]| best_field(&PHRASE_FIELDS, |field| Query::Phrase(field, terms.to_vec()));
    let mut runs: Vec<Query> = terms
        .windows(2)
        .map(|pair| run(pair).boosted(weights::ADJACENT))
        .collect();
    if terms.len() > 2 {
        runs.push(run(&terms).boosted(weights::WHOLE_RUN));
    }
    runs
}

/// The words in exactly this order; `None` if there are none.
fn phrase(text: &str, analyzer: &Analyzer, fields: &[Field]) -> Option<Query> {
    let tokens = analyzer.analyze(text);
    let terms: Vec<String> = tokens
        .into_iter()
        .filter(|token| token.form == Form::Word)
        .map(|token| token.term)
        .collect();
    (!terms.is_empty()).then(|| best_field(fields, |field| Query::Phrase(field, terms.clone())))
}

fn of_year(year: Year) -> Query {
    let mut of = vec![Query::Value(Facet::Year, year.buddhist_era().to_string()).boosted(weights::YEAR)];
    of.extend(year_terms(year).iter().map(|term| anywhere(term)));
    Query::Best {
        of,
        tie_breaker: weights::TIE_BREAKER,
    }
}

fn year_terms(year: Year) -> [String; 2] {
    [year.buddhist_era().to_string(), year.common_era().to_string()]
}
