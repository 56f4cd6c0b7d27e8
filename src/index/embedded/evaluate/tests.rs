//! What is found, against the engine's own scorers.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use tantivy::collector::TopDocs;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query as EngineQuery, RangeQuery, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, Searcher, TantivyDocument, Term};

use super::*;
use crate::index::bm25::Bm25;
use crate::index::embedded::schema::{self, Fields};
use crate::index::embedded::terms::{CUT_TEXT, CutText};
use crate::index::{Choice, Field, Filters};

const FIELDS: [Field; 3] = [Field::Title, Field::Summary, Field::Body];
const WORDS: [&str; 6] = ["a", "ab", "b", "c", "d", "rare"];
const YEARS: [&str; 3] = ["2565", "2566", "2567"];
/// More than a window in each of two index segments.
const DOCUMENTS: u32 = 5_000;

struct Site {
    searcher: Searcher,
    fields: Fields,
}

/// Documents of words by chance, always the same, of which some were removed.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let (schema, fields) = schema::build();
    let index = Index::create_in_ram(schema);
    index.tokenizers().register(CUT_TEXT, CutText::default());
    let mut writer = index.writer_with_num_threads(1, 50_000_000).expect("a writer");
    let mut chance = 7_u32;
    let mut next = |most: u32| {
        chance = chance.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        (chance >> 16) % most
    };
    for number in 0..DOCUMENTS {
        let mut document = TantivyDocument::new();
        document.add_text(fields.id, number.to_string());
        document.add_text(fields.values[&Facet::Year], YEARS[next(3) as usize]);
        for field in FIELDS {
            let words = (0..next(12)).map(|_| WORDS[if next(200) == 0 { 5 } else { next(5) as usize }]);
            document.add_text(fields.terms[&field], words.collect::<Vec<_>>().join(" "));
        }
        writer.add_document(document).expect("a document");
        if number == DOCUMENTS / 2 {
            writer.commit().expect("a commit");
        }
    }
    for number in (0..DOCUMENTS).step_by(7) {
        writer.delete_term(Term::from_field_text(fields.id, &number.to_string()));
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("no merge under way");
    Site { searcher: index.reader().expect("a reader").searcher(), fields }
});

/// The query as the engine's own.
fn engine(fields: &Fields, query: &Query) -> Box<dyn EngineQuery> {
    let term = |field: &Field, text: &str| Term::from_field_text(fields.terms[field], text);
    let all = |of: &[Query]| of.iter().map(|query| engine(fields, query)).collect::<Vec<_>>();
    match query {
        Query::Everything => Box::new(AllQuery),
        Query::Term(field, text) => Box::new(TermQuery::new(term(field, text), IndexRecordOption::WithFreqs)),
        Query::Phrase(field, terms) => {
            let terms = terms.iter().map(|(place, text)| (*place as usize, term(field, text)));
            Box::new(PhraseQuery::new_with_offset(terms.collect()))
        }
        Query::Begins(field, text) => {
            let last = format!("{text}{}", char::MAX);
            Box::new(RangeQuery::new(Bound::Included(term(field, text)), Bound::Excluded(term(field, &last))))
        }
        Query::Value(facet, value) => {
            let value = Term::from_field_text(fields.values[facet], value);
            Box::new(ConstScoreQuery::new(Box::new(TermQuery::new(value, IndexRecordOption::Basic)), 1.0))
        }
        Query::Best { of, tie_breaker } => Box::new(DisjunctionMaxQuery::with_tie_breaker(all(of), *tie_breaker)),
        Query::AtLeast { fewest, of } => {
            let clauses = all(of).into_iter().map(|query| (Occur::Should, query)).collect();
            Box::new(BooleanQuery::with_minimum_required_clauses(clauses, *fewest))
        }
        Query::Bool { must, should, must_not } => {
            let parts = [(Occur::Must, must), (Occur::Should, should), (Occur::MustNot, must_not)];
            let mut clauses: Vec<_> = parts
                .into_iter()
                .flat_map(|(occur, of)| all(of).into_iter().map(move |query| (occur, query)))
                .collect();
            if must.is_empty() {
                clauses.push((Occur::Must, Box::new(AllQuery)));
            }
            Box::new(BooleanQuery::new(clauses))
        }
        Query::Boost(query, factor) => Box::new(BoostQuery::new(engine(fields, query), *factor)),
        _ => Box::new(EmptyQuery),
    }
}

/// Queries by chance. None is for everything, which the engine leaves out where something else is there, score and all.
fn queries() -> impl Strategy<Value = Query> {
    let field = || prop::sample::select(FIELDS.to_vec());
    let word = || prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned);
    let phrase = prop::collection::vec(word(), 2..4).prop_map(|words| (0..).zip(words).collect::<Vec<_>>());
    let leaf = prop_oneof![
        8 => (field(), word()).prop_map(|(field, word)| Query::Term(field, word.into())),
        2 => (field(), phrase).prop_map(|(field, terms)| Query::Phrase(field, terms.into())),
        1 => (field(), word()).prop_map(|(field, word)| Query::Begins(field, word)),
        1 => prop::sample::select(YEARS.to_vec()).prop_map(|year| Query::Value(Facet::Year, year.to_owned())),
        1 => Just(Query::Nothing),
    ];
    leaf.prop_recursive(4, 24, 4, |query| {
        let some = |least, most| prop::collection::vec(query.clone(), least..most);
        // With debug assertions the engine panics over phrases that are excluded.
        let excluded = prop::collection::vec(query.clone().prop_filter("no phrase", |query| !has_phrase(query)), 0..2);
        prop_oneof![
            (prop::collection::vec(query.clone(), 1..4), prop::sample::select(vec![0.0_f32, 0.3, 1.0]))
                .prop_map(|(of, tie_breaker)| Query::Best { of, tie_breaker }),
            (1_usize..4, some(1, 5)).prop_map(|(fewest, of)| Query::AtLeast { fewest, of }),
            (some(1, 3), some(0, 4), excluded).prop_map(|(must, should, must_not)| Query::Bool {
                must,
                should,
                must_not
            }),
            (query.clone(), 0.5_f32..3.0).prop_map(|(query, factor)| query.boosted(factor)),
        ]
    })
}

fn has_phrase(query: &Query) -> bool {
    match query {
        Query::Phrase(..) => true,
        Query::Best { of, .. } | Query::AtLeast { of, .. } => of.iter().any(has_phrase),
        Query::Bool { must, should, must_not } => [must, should, must_not].into_iter().flatten().any(has_phrase),
        Query::Boost(query, _) => has_phrase(query),
        _ => false,
    }
}

fn plan(query: Query, filters: Filters, facets: Vec<Facet>) -> Plan {
    Plan { filters, limit: DOCUMENTS as usize, ..Plan::counting(query, facets) }
}

/// A builder whose scores are the engine's.
fn builder<'a>(clock: &'a Clock) -> Builder<'a> {
    let mut builder = Builder::new(&SITE.searcher, &SITE.fields, Scoring::On, clock);
    builder.bm25 = Bm25 { k1: 1.2, b: 0.75 };
    builder
}

/// All that a plan finds, by where it is, with the total.
fn found(plan: &Plan, clock: &Clock) -> (usize, BTreeMap<DocAddress, f32>) {
    let evaluation = Evaluation::of(plan, &builder(clock)).expect("an index in order");
    let hits = TopDocs::with_limit(DOCUMENTS as usize).order_by_score();
    let collected = evaluation.run(SITE.searcher.segment_readers(), &hits, &[], clock).expect("an index in order");
    (collected.total, collected.hits.into_iter().map(|(score, address)| (address, score)).collect())
}

fn found_by_engine(query: &Query) -> BTreeMap<DocAddress, f32> {
    let Site { searcher, fields } = &*SITE;
    let hits = TopDocs::with_limit(DOCUMENTS as usize).order_by_score();
    let hits = searcher.search(&*engine(fields, query), &hits).expect("an index in order");
    hits.into_iter().map(|(score, address)| (address, score)).collect()
}

fn assert_same(found: &BTreeMap<DocAddress, f32>, expected: &BTreeMap<DocAddress, f32>) {
    assert!(found.keys().eq(expected.keys()), "{} and {} documents", found.len(), expected.len());
    for ((address, score), expected) in found.iter().zip(expected.values()) {
        assert!((score - expected).abs() <= expected.abs() * 1e-5 + 1e-5, "{address:?}: {score}, {expected}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_and_its_scores_are_those_of_the_engine(query in queries()) {
        let expected = found_by_engine(&query);
        let (total, found) = found(&plan(query.clone(), Filters::new(), Vec::new()), &Clock::until(None));
        prop_assert_eq!(total, expected.len());
        assert_same(&found, &expected);
        let clock = Clock::until(None);
        for (address, score) in found.iter().take(3) {
            let alone = super::score(&query, &builder(&clock), *address).expect("a score");
            prop_assert_eq!(alone, Some(*score));
        }
    }

    #[test]
    fn filters_narrow_what_is_found(query in queries(), year in prop::sample::select(YEARS.to_vec())) {
        let narrowed = Query::Bool {
            must: vec![query.clone(), Query::Value(Facet::Year, year.to_owned()).boosted(0.0)],
            should: Vec::new(),
            must_not: Vec::new(),
        };
        let filters = Filters::from([(Facet::Year, vec![Choice::Value(year.to_owned())])]);
        let (total, found) = found(&plan(query, filters, Vec::new()), &Clock::until(None));
        let expected = found_by_engine(&narrowed);
        prop_assert_eq!(total, expected.len());
        assert_same(&found, &expected);
    }
}

#[test]
fn a_window_that_was_not_seen_whole_is_not_told() {
    let without = Query::Term(Field::Body, "a".into());
    let query = Query::Bool { must: vec![Query::Everything], should: Vec::new(), must_not: vec![without] };
    let all = found(&plan(query.clone(), Filters::new(), Vec::new()), &Clock::until(None)).1;
    let clock = Clock::until(Some(Instant::now() + Duration::from_micros(20)));
    let (total, some) = found(&plan(query, Filters::new(), Vec::new()), &clock);
    assert_eq!(total, some.len());
    assert!(some.iter().all(|(address, score)| all.get(address) == Some(score)));
    let (total, none) =
        found(&plan(Query::Everything, Filters::new(), Vec::new()), &Clock::until(Some(Instant::now())));
    assert!(total == 0 && none.is_empty());
}
