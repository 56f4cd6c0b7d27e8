//! Our queries as tantivy's.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query as EngineQuery, RangeQuery, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::deadline::Clock;
use super::passage::PassageQuery;
use super::schema::Fields;
use crate::index::passages::Passages;
use crate::index::{Choice, Facet, Field, Filters, Query};

/// The query and the filters, but for those of the facet `without`. Without what is [added](added) to its scores.
pub(super) fn filtered(
    fields: &Fields,
    query: &Query,
    filters: &Filters,
    without: Option<Facet>,
    clock: &Clock,
) -> Box<dyn EngineQuery> {
    let applied: Vec<_> = filters.iter().filter(|(facet, _)| Some(**facet) != without).collect();
    let query = without_added(fields, query, clock);
    if applied.is_empty() {
        return clock.limit(query);
    }
    let mut clauses = vec![(Occur::Must, query)];
    for (facet, choices) in applied {
        let any = choices.iter().map(|choice| (Occur::Should, self::choice(fields, *facet, choice))).collect();
        let narrowing = ConstScoreQuery::new(Box::new(BooleanQuery::new(any)), 0.0);
        clauses.push((Occur::Must, Box::new(narrowing)));
    }
    clock.limit(Box::new(BooleanQuery::new(clauses)))
}

/// What a query adds to the scores of what it finds for their passages.
pub(super) fn added(query: &Query) -> Vec<Passages> {
    match query {
        Query::Bool { must, should, .. } if !must.is_empty() => {
            should.iter().filter_map(|query| Passages::of(query, 1.0)).collect()
        }
        _ => Vec::new(),
    }
}

fn without_added(fields: &Fields, query: &Query, clock: &Clock) -> Box<dyn EngineQuery> {
    match query {
        Query::Bool { must, should, must_not } if !must.is_empty() => {
            let should = should.iter().filter(|query| !Passages::is(query));
            clock.limit(boolean(|query| build(fields, query, clock), must, should, must_not))
        }
        query => build(fields, query, clock),
    }
}

pub(super) fn build(fields: &Fields, query: &Query, clock: &Clock) -> Box<dyn EngineQuery> {
    match query {
        Query::Everything => Box::new(AllQuery),
        Query::Nothing => Box::new(EmptyQuery),
        Query::Term(field, term) => self::term(fields, *field, term),
        Query::Phrase(field, terms) => clock.limit(phrase(fields, *field, terms)),
        Query::Passage { field, words, width } => clock.limit(Box::new(passage(fields, *field, words, *width))),
        Query::Begins(field, beginning) => clock.limit(begins(fields, *field, beginning)),
        Query::Value(facet, value) => self::value(fields, *facet, value),
        Query::Between(facet, first, last) => between(fields, *facet, first.as_deref(), last.as_deref()),
        Query::Best { of, tie_breaker } => {
            let of = of.iter().map(|query| build(fields, query, clock)).collect();
            clock.limit(Box::new(DisjunctionMaxQuery::with_tie_breaker(of, *tie_breaker)))
        }
        Query::Bool { must, should, must_not } => {
            let part = |query: &Query| build(fields, query, clock);
            clock.limit(boolean(part, must, should.iter(), must_not))
        }
        Query::Boost(query, factor) => Box::new(BoostQuery::new(build(fields, query, clock), *factor)),
    }
}

fn term(fields: &Fields, field: Field, term: &str) -> Box<dyn EngineQuery> {
    let term = Term::from_field_text(fields.terms[&field], term);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn phrase(fields: &Fields, field: Field, terms: &[(u32, String)]) -> Box<dyn EngineQuery> {
    match terms {
        [] => Box::new(EmptyQuery),
        // tantivy takes a phrase of one for a mistake, and panics.
        [(_, term)] => self::term(fields, field, term),
        _ => {
            let field = fields.terms[&field];
            let terms = terms.iter().map(|(place, term)| (*place as usize, Term::from_field_text(field, term)));
            Box::new(PhraseQuery::new_with_offset(terms.collect()))
        }
    }
}

pub(super) fn passage(fields: &Fields, field: Field, words: &[Vec<(String, f32)>], width: u32) -> PassageQuery {
    let field = fields.terms[&field];
    let terms = |word: &Vec<(String, f32)>| {
        word.iter().map(|(term, worth)| (Term::from_field_text(field, term), *worth)).collect()
    };
    PassageQuery { words: words.iter().map(terms).collect(), width }
}

fn begins(fields: &Fields, field: Field, beginning: &str) -> Box<dyn EngineQuery> {
    let term = |text: &str| Term::from_field_text(fields.terms[&field], text);
    let last = format!("{beginning}{}", char::MAX);
    Box::new(RangeQuery::new(Bound::Included(term(beginning)), Bound::Excluded(term(&last))))
}

fn boolean<'a>(
    part: impl Fn(&Query) -> Box<dyn EngineQuery>,
    must: &[Query],
    should: impl Iterator<Item = &'a Query>,
    must_not: &[Query],
) -> Box<dyn EngineQuery> {
    let mut clauses: Vec<(Occur, Box<dyn EngineQuery>)> = Vec::new();
    clauses.extend(must.iter().map(|query| (Occur::Must, part(query))));
    clauses.extend(should.map(|query| (Occur::Should, part(query))));
    let finds_all = clauses.is_empty();
    clauses.extend(must_not.iter().map(|query| (Occur::MustNot, part(query))));
    if finds_all {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn choice(fields: &Fields, facet: Facet, choice: &Choice) -> Box<dyn EngineQuery> {
    match choice {
        Choice::Value(value) => self::value(fields, facet, value),
        Choice::Between(first, last) => between(fields, facet, first.as_deref(), last.as_deref()),
    }
}

fn between(fields: &Fields, facet: Facet, first: Option<&str>, last: Option<&str>) -> Box<dyn EngineQuery> {
    let bound = |value: Option<&str>| {
        let term = |value| Bound::Included(Term::from_field_text(fields.values[&facet], value));
        value.map_or(Bound::Unbounded, term)
    };
    // Values are columns too, and the engine would go through the whole column.
    match (bound(first), bound(last)) {
        (Bound::Unbounded, Bound::Unbounded) => Box::new(AllQuery),
        (first, last) => Box::new(ConstScoreQuery::new(Box::new(RangeQuery::new(first, last)), 0.0)),
    }
}

fn value(fields: &Fields, facet: Facet, value: &str) -> Box<dyn EngineQuery> {
    let term = Term::from_field_text(fields.values[&facet], value);
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    Box::new(ConstScoreQuery::new(Box::new(query), 1.0))
}
