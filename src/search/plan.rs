//! An [`Ast`] to a [`Query`] over fields and terms.

use std::collections::{BTreeMap, BTreeSet};

use super::ast::{Ast, Clause};
use super::warning::Warning;
use super::weights;
use crate::index::{Facet, Field, Query};
use crate::text::calendar::Year;
use crate::text::{Analyzer, Form, Language, Token};

/// The most words of a query, as the analyzer counts them: each costs a look into every field.
const MOST_WORDS: usize = 32;

/// Whether an article must have all the words or any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    All,
    Any,
}

/// A query in terms.
pub(super) struct Analyzed {
    /// Runs of words, each word with its forms.
    runs: Vec<Vec<Vec<Token>>>,
    phrases: Vec<Phrase>,
    years: Vec<Year>,
    excluded: Vec<Query>,
    /// Whether anything was typed, with or without words in it.
    is_empty: bool,
}

/// Ways in which the words of a phrase may have been cut; each is terms in order.
type Phrase = Vec<Vec<String>>;

/// Cuts the clauses of `ast` into terms; also says what was left out.
pub(super) fn analyze(ast: &Ast, analyzer: &Analyzer) -> (Analyzed, Vec<Warning>) {
    let is_empty = ast.clauses.is_empty();
    let mut analyzed =
        Analyzed { runs: Vec::new(), phrases: Vec::new(), years: Vec::new(), excluded: Vec::new(), is_empty };
    let mut left = MOST_WORDS;
    let mut warnings = Vec::new();
    for clause in &ast.clauses {
        match clause {
            Clause::Words(text) => {
                let mut words = words(analyzer.analyze(text));
                if words.len() > left {
                    warnings.push(Warning::ManyWords { searched: MOST_WORDS });
                    words.truncate(left);
                }
                left -= words.len();
                analyzed.runs.extend((!words.is_empty()).then_some(words));
            }
            Clause::Phrase(text) => analyzed.phrases.extend(phrase(text, analyzer)),
            Clause::Year(year) => analyzed.years.push(*year),
            Clause::NotPhrase(text) => analyzed.excluded.extend(phrase(text, analyzer).as_ref().map(phrase_query)),
            Clause::NotYear(year) => analyzed.excluded.push(year_query(*year)),
        }
    }
    if !is_empty && analyzed.wanted() == 0 && analyzed.excluded.is_empty() {
        warnings.push(Warning::NoWords);
    }
    warnings.dedup();
    (analyzed, warnings)
}

impl Analyzed {
    /// The query that finds what was typed.
    pub(super) fn query(&self, wanted: Wanted) -> Query {
        let words = self.runs.iter().flat_map(|run| run_queries(run));
        let phrases = self.phrases.iter().map(phrase_query);
        let years = self.years.iter().map(|year| year_query(*year));
        let needed: Vec<Query> = words.chain(phrases).chain(years).collect();
        let must = match wanted {
            _ if needed.is_empty() && self.excluded.is_empty() && !self.is_empty => return Query::Nothing,
            _ if needed.is_empty() => vec![Query::Everything],
            Wanted::All => needed,
            Wanted::Any => vec![Query::Bool { must: Vec::new(), should: needed, must_not: Vec::new() }],
        };
        let should = self.runs.iter().flat_map(|run| neighbours(run)).collect();
        Query::Bool { must, should, must_not: self.excluded.clone() }
    }

    /// Whether asking for any of the words is more than asking for all.
    pub(super) fn can_relax(&self) -> bool {
        self.wanted() > 1
    }

    /// The terms by which a hit is to be marked where it fits.
    pub(super) fn terms(&self) -> BTreeSet<String> {
        let words = self.runs.iter().flatten().flatten().map(|token| token.term.clone());
        let phrases = self.phrases.iter().flatten().flatten().cloned();
        let years = self.years.iter().flat_map(|year| year_terms(*year));
        words.chain(phrases).chain(years).collect()
    }

    fn wanted(&self) -> usize {
        self.runs.iter().map(Vec::len).sum::<usize>() + self.phrases.len() + self.years.len()
    }
}

/// The tokens by position: each word with its other forms.
fn words(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    tokens.chunk_by(|left, right| left.position == right.position).map(<[Token]>::to_vec).collect()
}

/// The terms of a phrase; `None` if there are none. Thai is written without spaces, so the words are
/// also taken as if none had been typed between them.
fn phrase(text: &str, analyzer: &Analyzer) -> Option<Phrase> {
    let terms = |text: &str| -> Vec<String> {
        let words = analyzer.analyze(text).into_iter().filter(|token| token.form == Form::Word);
        words.map(|token| token.term).collect()
    };
    let mut ways = vec![terms(text)];
    if Language::of(text) == Some(Language::Thai) {
        ways.push(terms(&text.replace(' ', "")));
    }
    ways.dedup();
    ways.retain(|terms| !terms.is_empty());
    (!ways.is_empty()).then_some(ways)
}

/// Each word of a run in any of its forms; words that are a name together may also be what it stands for.
fn run_queries(run: &[Vec<Token>]) -> Vec<Query> {
    let mut queries = Vec::new();
    let mut rest = run;
    while let [word, following @ ..] = rest {
        let name = word.iter().find(|token| token.form == Form::Variant && token.offsets.end > word[0].offsets.end);
        let end = name.map_or(0, |name| name.offsets.end);
        let (of_name, after) =
            following.split_at(following.iter().take_while(|forms| forms[0].offsets.end <= end).count());
        queries.push(match name {
            Some(name) => name_query(word, of_name, &name.term),
            None => word_query(word),
        });
        rest = after;
    }
    queries
}

fn name_query(first: &[Token], following: &[Vec<Token>], stands_for: &str) -> Query {
    let must = std::iter::once(word_query(first)).chain(following.iter().map(|word| word_query(word))).collect();
    let words = Query::Bool { must, should: Vec::new(), must_not: Vec::new() };
    Query::Best { of: vec![words, anywhere(stands_for).boosted(weights::VARIANT)], tie_breaker: 0.0 }
}

/// A word in any of its forms and in any field, at its best; a compound also as all of its parts.
fn word_query(forms: &[Token]) -> Query {
    let whole = forms[0].offsets.clone();
    let (of_word, of_others): (Vec<&Token>, Vec<&Token>) = forms.iter().partition(|token| token.offsets == whole);
    let mut ways = form_queries(&of_word);
    // Forms of one part follow each other. What reaches beyond the word is a name's.
    let parts = of_others.chunk_by(|left, right| left.offsets == right.offsets);
    let parts = parts.filter(|part| part[0].form == Form::Part);
    let parts: BTreeMap<&str, &[&Token]> = parts.map(|part| (part[0].term.as_str(), part)).collect();
    if parts.len() > 1 {
        let best = |part: &[&Token]| Query::Best { of: form_queries(part), tie_breaker: 0.0 };
        let must = parts.into_values().map(best).collect();
        ways.push(Query::Bool { must, should: Vec::new(), must_not: Vec::new() }.boosted(weights::PARTS));
    }
    Query::Best { of: ways, tie_breaker: 0.0 }
}

fn form_queries(forms: &[&Token]) -> Vec<Query> {
    let weight = |form| match form {
        Form::Word | Form::Part => 1.0,
        Form::Stem => weights::STEM,
        Form::Variant => weights::VARIANT,
    };
    forms.iter().map(|token| anywhere(&token.term).boosted(weight(token.form))).collect()
}

fn anywhere(term: &str) -> Query {
    best_field(&Field::ALL, |field| Query::Term(field, term.to_owned()))
}

fn best_field(fields: &[Field], query: impl Fn(Field) -> Query) -> Query {
    let of = fields.iter().map(|&field| query(field).boosted(weights::field(field))).collect();
    Query::Best { of, tie_breaker: weights::TIE_BREAKER }
}

/// Rewards for neighbours that stay neighbours. Thai is typed without spaces, so that a run of words
/// is a phrase more often than not.
fn neighbours(run: &[Vec<Token>]) -> Vec<Query> {
    let terms: Vec<String> = run.iter().map(|forms| forms[0].term.clone()).collect();
    let is_prose = |field: &Field| !matches!(field, Field::Authors | Field::Organisations | Field::Series);
    let fields: Vec<Field> = Field::ALL.into_iter().filter(is_prose).collect();
    let in_row = |terms: &[String]| best_field(&fields, |field| Query::Phrase(field, terms.to_vec()));
    let mut rewards: Vec<Query> = terms.windows(2).map(|pair| in_row(pair).boosted(weights::ADJACENT)).collect();
    if terms.len() > 2 {
        rewards.push(in_row(&terms).boosted(weights::WHOLE_RUN));
    }
    rewards
}

/// The words in exactly this order, in any field.
fn phrase_query(ways: &Phrase) -> Query {
    let in_order = |terms: &Vec<String>| best_field(&Field::ALL, |field| Query::Phrase(field, terms.clone()));
    Query::Best { of: ways.iter().map(in_order).collect(), tie_breaker: 0.0 }
}

fn year_query(year: Year) -> Query {
    let mut of = vec![Query::Value(Facet::Year, year.buddhist_era().to_string()).boosted(weights::YEAR)];
    of.extend(year_terms(year).iter().map(|term| anywhere(term)));
    Query::Best { of, tie_breaker: weights::TIE_BREAKER }
}

/// What the analyzer gives each year that a text names, in either era.
fn year_terms(year: Year) -> [String; 1] {
    [format!("={}", year.common_era())]
}
