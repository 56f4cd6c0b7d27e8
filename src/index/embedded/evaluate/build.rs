//! A query as nodes over index segments.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::ops::Bound;
use std::rc::Rc;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::query::{ConstScoreQuery, EnableScoring, Query as EngineQuery, RangeQuery};
use tantivy::schema::{Field as EngineField, IndexRecordOption};
use tantivy::{InvertedIndexReader, Searcher, SegmentReader, Term};

use super::Clock;
use super::node::{Found, Node};
use super::phrase::{Phrase, PhraseTerm};
use super::postings::{Norms, Postings, Worth, norms};
use crate::index::bm25::Bm25;
use crate::index::embedded::passage::PassageScorer;
use crate::index::embedded::schema::Fields;
use crate::index::passages::Passages;
use crate::index::{Choice, Facet, Field, Query};

/// Builds queries for the index segments of one commit.
pub(in crate::index::embedded) struct Builder<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    scoring: Scoring,
    clock: &'a Clock,
    /// How many documents there are, removed ones that are not yet gone included.
    documents: u64,
    pub(super) bm25: Bm25,
    /// Those that were needed so far.
    columns: RefCell<HashMap<EngineField, Rc<Column>>>,
}

/// Whether scores are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::index::embedded) enum Scoring {
    /// They are.
    On,
    /// All that is found is alike.
    Off,
}

/// What is needed to look a term of a field up and to score it.
struct Column {
    norms: Norms,
    /// In each index segment.
    segments: Vec<(Arc<InvertedIndexReader>, FieldNormReader)>,
    /// Those of the terms that were looked up so far.
    infos: RefCell<HashMap<String, Infos>>,
}

/// Where the documents of a term are noted, in each index segment that has it.
type Infos = Rc<[Option<TermInfo>]>;

/// A node for each index segment.
type Nodes = tantivy::Result<Vec<Node>>;

impl<'a> Builder<'a> {
    pub(in crate::index::embedded) fn new(
        searcher: &'a Searcher,
        fields: &'a Fields,
        scoring: Scoring,
        clock: &'a Clock,
    ) -> Builder<'a> {
        let documents = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        Builder { searcher, fields, scoring, clock, documents, bm25: Bm25::USED, columns: RefCell::default() }
    }

    /// A whole query, without the passages that are [added](Passages::added_by) to its scores.
    pub(super) fn root(&self, query: &Query) -> Nodes {
        match query {
            Query::Bool { must, should, must_not } => {
                let should = should.iter().filter(|query| !Passages::is(query));
                self.boolean(must, should, must_not, 1.0)
            }
            query => self.query(query, 1.0),
        }
    }

    /// A query with its scores multiplied. Once the time is over nothing is looked up: it will not be run.
    pub(super) fn query(&self, query: &Query, factor: f32) -> Nodes {
        match query {
            _ if self.clock.is_over_after_step() => self.each(|_| Ok(Node::Nothing)),
            Query::Everything => self.each(|_| Ok(Node::Everything(factor))),
            Query::Nothing => self.each(|_| Ok(Node::Nothing)),
            Query::Term(field, term) => self.term(*field, term, factor),
            Query::Phrase(field, terms) => self.phrase(*field, terms, factor),
            Query::Passage { field, words, width } => self.each(|segment| {
                let scorer = PassageScorer::of(self.fields, *field, words, *width, segment, factor)?;
                Ok(scorer.and_then(|scorer| Found::new(Box::new(scorer))).map_or(Node::Nothing, Node::Found))
            }),
            Query::Begins(field, beginning) => {
                let term = |text: &str| Term::from_field_text(self.fields.terms[field], text);
                let last = format!("{beginning}{}", char::MAX);
                let range = RangeQuery::new(Bound::Included(term(beginning)), Bound::Excluded(term(&last)));
                self.found(&range, factor)
            }
            Query::Value(facet, value) => self.value(*facet, value, factor),
            Query::Between(facet, first, last) => self.between(*facet, first.as_deref(), last.as_deref()),
            Query::Best { of, tie_breaker } => {
                let of = self.queries(of, factor)?;
                Ok(of.into_iter().map(|of| best(of, *tie_breaker)).collect())
            }
            Query::AtLeast { fewest, of } => {
                let of = self.queries(of, factor)?;
                Ok(of.into_iter().map(|of| at_least(*fewest, of)).collect())
            }
            Query::Bool { must, should, must_not } => self.boolean(must, should.iter(), must_not, factor),
            Query::Boost(query, by) => self.query(query, factor * by),
        }
    }

    /// Documents with any of the values.
    pub(super) fn choices(&self, facet: Facet, choices: &[Choice]) -> Nodes {
        let choice = |choice: &Choice| match choice {
            Choice::Value(value) => self.value(facet, value, 0.0),
            Choice::Between(first, last) => self.between(facet, first.as_deref(), last.as_deref()),
        };
        let of = choices.iter().map(choice).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(self.by_segment(of).into_iter().map(|of| best(of, 0.0)).collect())
    }

    fn boolean<'q>(
        &self,
        must: &[Query],
        should: impl Iterator<Item = &'q Query>,
        must_not: &[Query],
        factor: f32,
    ) -> Nodes {
        let is_rewarding = self.scoring == Scoring::On;
        let mut parts = [
            self.queries(must, factor)?,
            self.queries(should.filter(|_| is_rewarding), factor)?,
            self.queries(must_not, factor)?,
        ]
        .map(Vec::into_iter);
        let finds_all = must.is_empty();
        self.each(|_| {
            let [must, should, must_not] = parts.each_mut().map(|part| part.next().unwrap_or_default());
            let must = if finds_all { vec![Node::Everything(factor)] } else { must };
            Ok(all(must, should, must_not))
        })
    }

    /// Documents with a term, by BM25.
    fn term(&self, field: Field, term: &str, factor: f32) -> Nodes {
        let column = self.column(self.fields.terms[&field])?;
        let infos = column.infos(term)?;
        if field.has_lengths() {
            let weight = factor * self.weight(self.bm25, &infos);
            column.nodes(&infos, IndexRecordOption::WithFreqs, |lengths| self.worth(&column, weight, lengths))
        } else {
            let weight = factor * self.weight(Bm25::PRESENCE, &infos);
            column.nodes(&infos, IndexRecordOption::Basic, |_| Worth::Constant(weight))
        }
    }

    /// What a term is worth at most.
    fn weight(&self, bm25: Bm25, infos: &Infos) -> f32 {
        let having = infos.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        bm25.weight(having, self.documents)
    }

    fn worth(&self, column: &Column, weight: f32, lengths: &FieldNormReader) -> Worth {
        match self.scoring {
            Scoring::On => Worth::Bm25 { weight, lengths: lengths.clone(), norms: Arc::clone(&column.norms) },
            Scoring::Off => Worth::Constant(0.0),
        }
    }

    /// Documents with a value, all alike.
    fn value(&self, facet: Facet, value: &str, factor: f32) -> Nodes {
        let field = self.fields.values[&facet];
        let column = self.column(field)?;
        column.nodes(&column.infos(value)?, IndexRecordOption::Basic, |_| Worth::Constant(factor))
    }

    fn between(&self, facet: Facet, first: Option<&str>, last: Option<&str>) -> Nodes {
        let bound = |value: Option<&str>| {
            let term = |value| Bound::Included(Term::from_field_text(self.fields.values[&facet], value));
            value.map_or(Bound::Unbounded, term)
        };
        match (bound(first), bound(last)) {
            (Bound::Unbounded, Bound::Unbounded) => self.each(|_| Ok(Node::Everything(0.0))),
            // Values are columns too, and the engine would go through the whole column.
            (first, last) => self.found(&ConstScoreQuery::new(Box::new(RangeQuery::new(first, last)), 0.0), 1.0),
        }
    }

    /// Documents with terms in a row, by BM25: a phrase is as rare as its terms are together.
    fn phrase(&self, field: Field, terms: &[(u32, String)], factor: f32) -> Nodes {
        match terms {
            [] => return self.each(|_| Ok(Node::Nothing)),
            [(_, term)] => return self.term(field, term, factor),
            _ => {}
        }
        let column = self.column(self.fields.terms[&field])?;
        let infos: Vec<_> = terms.iter().map(|(_, term)| column.infos(term)).collect::<tantivy::Result<_>>()?;
        let weight = factor * infos.iter().map(|infos| self.weight(self.bm25, infos)).sum::<f32>();
        let node = |(number, (inverted, lengths)): (usize, &(Arc<InvertedIndexReader>, FieldNormReader))| {
            let of_segment: Option<Vec<&TermInfo>> = infos.iter().map(|infos| infos[number].as_ref()).collect();
            let Some(of_segment) = of_segment else { return Ok(Node::Nothing) };
            let term = |(info, (place, _)): (&TermInfo, &(u32, String))| {
                let read = IndexRecordOption::WithFreqsAndPositions;
                Ok(PhraseTerm { postings: inverted.read_postings_from_terminfo(info, read)?, place: *place })
            };
            let terms = of_segment.into_iter().zip(terms).map(term).collect::<tantivy::Result<_>>()?;
            Ok(Node::Phrase(Box::new(Phrase::new(terms, self.worth(&column, weight, lengths)))))
        };
        column.segments.iter().enumerate().map(node).collect()
    }

    /// What a query of the engine finds.
    fn found(&self, query: &dyn EngineQuery, factor: f32) -> Nodes {
        let weight = query.weight(EnableScoring::enabled_from_searcher(self.searcher))?;
        self.each(|segment| Ok(Found::new(weight.scorer(segment, factor)?).map_or(Node::Nothing, Node::Found)))
    }

    fn each(&self, node: impl FnMut(&SegmentReader) -> tantivy::Result<Node>) -> Nodes {
        self.searcher.segment_readers().iter().map(node).collect()
    }

    /// Several queries, by index segment.
    fn queries<'q>(
        &self,
        queries: impl IntoIterator<Item = &'q Query>,
        factor: f32,
    ) -> tantivy::Result<Vec<Vec<Node>>> {
        let nodes = queries.into_iter().map(|query| self.query(query, factor)).collect::<tantivy::Result<_>>()?;
        Ok(self.by_segment(nodes))
    }

    fn by_segment(&self, queries: Vec<Vec<Node>>) -> Vec<Vec<Node>> {
        let mut segments: Vec<Vec<Node>> = self.searcher.segment_readers().iter().map(|_| Vec::new()).collect();
        for nodes in queries {
            segments.iter_mut().zip(nodes).for_each(|(segment, node)| segment.push(node));
        }
        segments
    }

    fn column(&self, field: EngineField) -> tantivy::Result<Rc<Column>> {
        if let Some(column) = self.columns.borrow().get(&field) {
            return Ok(Rc::clone(column));
        }
        let open = |segment: &SegmentReader| {
            let lengths = segment.fieldnorms_readers().get_field(field)?;
            // A field without lengths is one of values.
            let lengths = lengths.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
            Ok((segment.inverted_index(field)?, lengths))
        };
        let segments: Vec<_> = self.searcher.segment_readers().iter().map(open).collect::<tantivy::Result<_>>()?;
        let terms: u64 = segments.iter().map(|(inverted, _)| inverted.total_num_tokens()).sum();
        let column = Rc::new(Column {
            norms: norms(self.bm25, terms as f32 / self.documents as f32),
            segments,
            infos: RefCell::default(),
        });
        self.columns.borrow_mut().insert(field, Rc::clone(&column));
        Ok(column)
    }
}

impl Column {
    /// Where the documents of a term are noted in each index segment.
    fn infos(&self, term: &str) -> tantivy::Result<Infos> {
        if let Some(infos) = self.infos.borrow().get(term) {
            return Ok(Rc::clone(infos));
        }
        let infos =
            self.segments.iter().map(|(inverted, _)| inverted.terms().get(term)).collect::<io::Result<Infos>>()?;
        self.infos.borrow_mut().insert(term.to_owned(), Rc::clone(&infos));
        Ok(infos)
    }

    /// A term's documents in each index segment.
    fn nodes(&self, infos: &Infos, read: IndexRecordOption, worth: impl Fn(&FieldNormReader) -> Worth) -> Nodes {
        let node = |((inverted, lengths), info): (&(Arc<InvertedIndexReader>, FieldNormReader), &Option<TermInfo>)| {
            let Some(info) = info else { return Ok(Node::Nothing) };
            let postings = inverted.read_block_postings_from_terminfo(info, read)?;
            Ok(Node::Term(Box::new(Postings::new(postings, worth(lengths)))))
        };
        self.segments.iter().zip(&**infos).map(node).collect()
    }
}

/// The best of some nodes, as simply as can be.
fn best(of: Vec<Node>, tie_breaker: f32) -> Node {
    let mut left = Vec::with_capacity(of.len());
    for node in of {
        match node {
            Node::Nothing => {}
            Node::Best { of, tie_breaker: inner } if tie_breaker == 0.0 && inner == 0.0 => left.extend(of),
            node => left.push(node),
        }
    }
    match <[Node; 1]>::try_from(left) {
        Ok([only]) => only,
        Err(of) if of.is_empty() => Node::Nothing,
        Err(of) => Node::Best { of, tie_breaker },
    }
}

/// What at least `fewest` of some nodes find, as simply as can be.
fn at_least(fewest: usize, mut of: Vec<Node>) -> Node {
    let fewest = fewest.max(1);
    of.retain(|node| !matches!(node, Node::Nothing));
    if of.len() < fewest {
        return Node::Nothing;
    }
    if of.len() == fewest {
        return all(of, Vec::new(), Vec::new());
    }
    // What finds the least is asked first: what is not found by then may lack too many.
    of.sort_by_key(Node::size);
    Node::AtLeast { fewest, of }
}

/// All of `must` and the others together, as simply as can be.
fn all(mut must: Vec<Node>, mut should: Vec<Node>, mut must_not: Vec<Node>) -> Node {
    let is_something = |node: &Node| !matches!(node, Node::Nothing);
    should.retain(is_something);
    must_not.retain(is_something);
    if !must.iter().all(is_something) {
        return Node::Nothing;
    }
    // What finds the least is asked first, and the others only for that.
    must.sort_by_key(Node::size);
    match <[Node; 1]>::try_from(must) {
        Ok([only]) if should.is_empty() && must_not.is_empty() => only,
        Ok(only) => Node::Bool { must: only.into(), should, must_not },
        Err(must) => Node::Bool { must, should, must_not },
    }
}
