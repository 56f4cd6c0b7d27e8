//! Our queries as those of OpenSearch.
//!
//! Each is made of terms; only phrases are sent as text, cut as documents are sent, since a query of terms at places has
//! no other form. Scores are those of the embedded engine: the same BM25, but for a factor that Lucene leaves out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::passage::Bonus;
use super::schema::NO_TERM;
use crate::index::bm25::Bm25;
use crate::index::cut_text::NEXT_PLACE;
use crate::index::passages::Passages;
use crate::index::{Choice, Facet, Field, Filters, Query};

/// Lucene's BM25 leaves out this factor, which changes no order of terms in a field; other scores stand beside them here.
fn left_out(field: Field) -> f32 {
    1.0 + if field.has_lengths() { Bm25::USED } else { Bm25::PRESENCE }.k1
}

/// A query as JSON, and what it cannot say.
pub(super) struct Built {
    pub(super) query: Value,
    /// What passages are worth. The query has the most that each can be worth in their places.
    pub(super) bonuses: Vec<Bonus>,
}

/// Builds `query`.
pub(super) fn build(query: &Query) -> Built {
    let mut builder = Builder::default();
    let built = builder.build(query, 1.0, Place::Sum(None));
    Built { query: known_everywhere(query, built), bonuses: builder.bonuses }
}

/// A shard tells the lengths of a field only for terms that it has, if the query has the field in phrases alone; the others
/// would not be counted. A term that no shard has makes all of them tell.
fn known_everywhere(query: &Query, built: Value) -> Value {
    let mut fields = BTreeSet::new();
    phrase_fields(query, &mut fields);
    if fields.is_empty() {
        return built;
    }
    let nowhere = |field: &Field| json!({ "term": { field.name(): { "value": NO_TERM } } });
    json!({ "bool": { "must": [built], "should": fields.iter().map(nowhere).collect::<Vec<Value>>() } })
}

fn phrase_fields(query: &Query, fields: &mut BTreeSet<Field>) {
    match query {
        Query::Phrase(field, _) => drop(fields.insert(*field)),
        Query::Best { of, .. } | Query::AtLeast { of, .. } => of.iter().for_each(|query| phrase_fields(query, fields)),
        Query::Bool { must, should, .. } => must.iter().chain(should).for_each(|query| phrase_fields(query, fields)),
        Query::Boost(query, _) => phrase_fields(query, fields),
        _ => {}
    }
}

/// Builds `query` with a [`leaf_name`] for each part that has no parts, to be told what it is worth by itself.
pub(super) fn build_named(query: &Query) -> Value {
    Builder { is_naming: true, ..Builder::default() }.build(query, 1.0, Place::Inside)
}

/// The parts of `query` that have no parts, each as a query of its own with its [`leaf_name`].
pub(super) fn leaves(query: &Query) -> Vec<(String, Value)> {
    match query {
        Query::Best { of, .. } | Query::AtLeast { of, .. } => of.iter().flat_map(leaves).collect(),
        Query::Bool { must, should, must_not } => {
            [must, should, must_not].into_iter().flatten().flat_map(leaves).collect()
        }
        Query::Boost(query, _) => leaves(query),
        leaf => vec![(leaf_name(leaf), known_everywhere(leaf, part(leaf, 1.0)))],
    }
}

/// What a part of a query that is not moved is called.
pub(super) fn leaf_name(query: &Query) -> String {
    format!("{query:p}")
}

/// What narrows a search by filters, but for those of the facet `without`.
pub(super) fn narrowing(filters: &Filters, without: Option<Facet>) -> Vec<Value> {
    let applied = filters.iter().filter(|(facet, _)| Some(**facet) != without);
    let any = |(facet, choices): (&Facet, &Vec<Choice>)| {
        let should: Vec<Value> = choices.iter().map(|choice| self::choice(*facet, choice)).collect();
        json!({ "bool": { "should": should, "minimum_should_match": 1 } })
    };
    applied.map(any).collect()
}

/// Where a part stands.
#[derive(Clone)]
enum Place {
    /// Its score is added to that of the whole, where the part with this name fits.
    Sum(Option<String>),
    /// Anywhere else.
    Inside,
}

#[derive(Default)]
struct Builder {
    is_naming: bool,
    /// How many parts have a name.
    guards: usize,
    bonuses: Vec<Bonus>,
}

impl Builder {
    fn build(&mut self, query: &Query, factor: f32, place: Place) -> Value {
        match query {
            Query::Best { of, tie_breaker } => {
                let place = if *tie_breaker == 1.0 { place } else { Place::Inside };
                let of: Vec<Value> = of.iter().map(|query| self.build(query, factor, place.clone())).collect();
                json!({ "dis_max": { "queries": of, "tie_breaker": tie_breaker } })
            }
            Query::Bool { must, should, must_not } => self.all([must, should, must_not], factor, place),
            Query::AtLeast { fewest, of } => {
                let place = if *fewest <= 1 { place } else { Place::Inside };
                let should: Vec<Value> = of.iter().map(|query| self.build(query, factor, place.clone())).collect();
                json!({ "bool": { "should": should, "minimum_should_match": fewest.max(&1) } })
            }
            Query::Boost(query, by) => self.build(query, by * factor, place),
            leaf if self.is_naming => json!({ "bool": { "must": [part(leaf, 1.0)], "_name": leaf_name(leaf) } }),
            leaf => part(leaf, factor),
        }
    }

    fn all(&mut self, [must, should, must_not]: [&[Query]; 3], factor: f32, place: Place) -> Value {
        let mut body = json!({});
        let place = match place {
            Place::Sum(_) if must.iter().chain(should).any(Passages::is) => {
                self.guards += 1;
                let name = self.guards.to_string();
                body["_name"] = name.clone().into();
                Place::Sum(Some(name))
            }
            place => place,
        };
        let mut part = |query: &Query| {
            if let Place::Sum(guard) = &place {
                self.bonuses.extend(Bonus::of(query, factor, guard.clone()));
            }
            self.build(query, factor, place.clone())
        };
        let mut clauses: Vec<Value> = must.iter().map(&mut part).collect();
        let should: Vec<Value> = should.iter().map(&mut part).collect();
        let must_not: Vec<Value> = must_not.iter().map(|query| self.build(query, 1.0, Place::Inside)).collect();
        if clauses.is_empty() {
            clauses.push(json!({ "match_all": {} }));
        }
        body["minimum_should_match"] = 0.into();
        for (name, clauses) in [("must", clauses), ("should", should), ("must_not", must_not)] {
            if !clauses.is_empty() {
                body[name] = clauses.into();
            }
        }
        json!({ "bool": body })
    }
}

/// A part that has no parts.
fn part(query: &Query, factor: f32) -> Value {
    match query {
        Query::Everything => json!({ "match_all": { "boost": factor } }),
        Query::Term(field, term) => {
            json!({ "term": { field.name(): { "value": **term, "boost": factor * left_out(*field) } } })
        }
        Query::Phrase(field, terms) => phrase(field.name(), terms, factor * left_out(*field)),
        Query::Passage { .. } => {
            Bonus::of(query, factor, None).map_or_else(|| json!({ "match_none": {} }), |bonus| bonus.most())
        }
        Query::Begins(field, beginning) => {
            json!({ "prefix": { field.name(): { "value": beginning, "boost": factor } } })
        }
        Query::Value(facet, value) => constant(json!({ "term": { facet.name(): value } }), factor),
        Query::Between(facet, first, last) => between(*facet, first.as_deref(), last.as_deref()),
        _ => json!({ "match_none": {} }),
    }
}

/// The terms in their places, as a cut text.
fn phrase(field: &str, terms: &[(u32, String)], factor: f32) -> Value {
    match terms {
        [] => json!({ "match_none": {} }),
        [(_, term)] => json!({ "term": { field: { "value": term, "boost": factor } } }),
        _ => {
            let mut text = String::new();
            let mut place = 0;
            for (number, (at, term)) in terms.iter().enumerate() {
                for gap in place..*at {
                    // The term before stands at its own place.
                    text.push_str(if gap == place && number > 0 { "" } else { NO_TERM });
                    text.push(NEXT_PLACE);
                }
                text.push_str(term);
                place = *at;
            }
            json!({ "match_phrase": { field: { "query": text, "boost": factor } } })
        }
    }
}

/// Documents that `query` finds, all alike.
fn constant(query: Value, worth: f32) -> Value {
    json!({ "constant_score": { "filter": query, "boost": worth } })
}

fn choice(facet: Facet, choice: &Choice) -> Value {
    match choice {
        Choice::Value(value) => json!({ "term": { facet.name(): value } }),
        Choice::Between(first, last) => between(facet, first.as_deref(), last.as_deref()),
    }
}

fn between(facet: Facet, first: Option<&str>, last: Option<&str>) -> Value {
    match (first, last) {
        (None, None) => json!({ "match_all": {} }),
        _ => constant(json!({ "range": { facet.name(): { "gte": first, "lte": last } } }), 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_keeps_its_places() {
        let terms = [(0, "จัด".to_owned()), (3, "ซื้อ".to_owned()), (4, "ด่วน".to_owned())];
        let built = build(&Query::Phrase(Field::Title, terms.into())).query;
        let text = &built["bool"]["must"][0]["match_phrase"]["title"]["query"];
        assert_eq!(*text, "จัด - - ซื้อ ด่วน");
    }

    #[test]
    fn passages_are_told_apart_with_all_that_is_multiplied() {
        let passage = Query::Passage { field: Field::Body, words: vec![vec![("a".to_owned(), 2.0)]], width: 9 };
        let all = |should| Query::Bool { must: vec![Query::Everything], should, must_not: Vec::new() };
        let inner = all(vec![passage.boosted(0.5)]);
        let built = build(&Query::Best { of: vec![inner.boosted(3.0), Query::Nothing], tie_breaker: 1.0 });
        assert_eq!(built.bonuses.len(), 1);
        assert_eq!(built.bonuses[0].worth(|_| Some("a")), (3.0, 3.0));
        assert_eq!(built.bonuses[0].guard.as_deref(), Some("1"));
        assert_eq!(built.query["dis_max"]["queries"][0]["bool"]["_name"], "1");
    }
}
