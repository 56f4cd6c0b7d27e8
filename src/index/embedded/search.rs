//! Runs a plan on tantivy, and reads single articles.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString};
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermMerger;
use tantivy::{DocAddress, Order, Searcher, Term};

use super::EmbeddedIndex;
use super::after::After;
use super::evaluate::{Builder, Clock, Collected, Counting, Evaluation, Scoring};
use super::facets::FacetCounter;
use super::rewarded::{Rewarded, Rewards};
use super::schema::{DAY, Fields, ID, title_key};
use crate::content::{Article, ArticleId};
use crate::index::passages::Passages;
use crate::index::{Facet, FacetCounts, Field, FoundArticles, Hit, IndexError, Outcome, Place, PlaceKey, Plan, Sort};

pub(super) fn run(index: &EmbeddedIndex, plan: &Plan) -> Result<Outcome, IndexError> {
    let searcher = index.searcher(plan.version)?;
    let clock = Clock::until(plan.deadline);
    let (total, found, facets) = collect(index, &searcher, plan, &clock).map_err(|error| index.error(error))?;
    let hit = |(key, address)| {
        let document = searcher.doc(address).map_err(|error| index.error(error))?;
        let article = index.stored_article(&document)?;
        let place = Place { key, id: article.id.to_string() };
        Ok(Hit { score: score(&place), place, article })
    };
    let hits = found.into_iter().map(hit).collect::<Result<_, IndexError>>()?;
    Ok(Outcome { total, hits, facets, is_cut_short: clock.has_stopped() })
}

/// As [`run`], with only the addresses of the documents in memory.
pub(super) fn find<'a>(index: &'a EmbeddedIndex, plan: &Plan) -> Result<FoundArticles<'a>, IndexError> {
    let searcher = index.searcher(plan.version)?;
    let clock = Clock::until(plan.deadline);
    let plan = Plan { facets: Vec::new(), ..plan.clone() };
    let (total, found, _) = collect(index, &searcher, &plan, &clock).map_err(|error| index.error(error))?;
    let article = move |(_, address)| {
        let document = searcher.doc(address).map_err(|error| index.error(error))?;
        index.stored_article(&document)
    };
    Ok(FoundArticles { total, articles: Box::new(found.into_iter().map(article)), is_cut_short: clock.has_stopped() })
}

pub(super) fn article(index: &EmbeddedIndex, id: &ArticleId) -> Result<Option<Article>, IndexError> {
    let searcher = index.reader.searcher();
    let Some(address) = address(index, &searcher, id).map_err(|error| index.error(error))? else {
        return Ok(None);
    };
    let document = searcher.doc(address).map_err(|error| index.error(error))?;
    index.stored_article(&document).map(Some)
}

/// One article after the other, so that never all are in memory.
pub(super) fn read_all(index: &EmbeddedIndex, read: &mut dyn FnMut(Article)) -> Result<(), IndexError> {
    let searcher = index.reader.searcher();
    for segment in searcher.segment_readers() {
        let store = segment.get_store_reader(1).map_err(|error| index.error(error))?;
        for document in store.iter(segment.alive_bitset()) {
            read(index.stored_article(&document.map_err(|error| index.error(error))?)?);
        }
    }
    Ok(())
}

/// Where the document of an article is.
pub(super) fn address(
    index: &EmbeddedIndex,
    searcher: &Searcher,
    id: &ArticleId,
) -> tantivy::Result<Option<DocAddress>> {
    let query = TermQuery::new(Term::from_field_text(index.fields.id, id.as_str()), IndexRecordOption::Basic);
    let found = searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
    Ok(found.into_iter().next().map(|(_, address)| address))
}

/// The terms of some fields in order, with the number of documents that have them.
pub(super) fn words(index: &EmbeddedIndex, fields: &[Field], read: &mut dyn FnMut(&str, u64)) -> tantivy::Result<()> {
    let searcher = index.reader.searcher();
    let mut inverted = Vec::new();
    for (field, of) in fields.iter().enumerate() {
        for segment in searcher.segment_readers() {
            inverted.push((field, segment.inverted_index(index.fields.terms[of])?));
        }
    }
    let streams = inverted.iter().map(|(_, inverted)| inverted.terms().stream());
    let mut terms = TermMerger::new(streams.collect::<io::Result<_>>()?);
    let mut by_field = vec![0; fields.len()];
    while terms.advance() {
        if terms.key() == Field::NOTHING.as_bytes() {
            continue;
        }
        by_field.fill(0);
        for (stream, info) in terms.current_segment_ords_and_term_infos() {
            by_field[inverted[stream].0] += u64::from(info.doc_freq);
        }
        if let (Ok(word), Some(count)) = (str::from_utf8(terms.key()), by_field.iter().max()) {
            read(word, *count);
        }
    }
    Ok(())
}

type Counts = BTreeMap<Facet, FacetCounts>;
type Found = (usize, Vec<(PlaceKey, DocAddress)>, Counts);

/// One pass for hits, total and the counts of facets, none of which its own filter narrows.
fn collect(index: &EmbeddedIndex, searcher: &Searcher, plan: &Plan, clock: &Clock) -> tantivy::Result<Found> {
    let values = index.facet_values(searcher)?;
    let (filtered, free): (Vec<Facet>, Vec<Facet>) =
        plan.facets.iter().partition(|facet| plan.filters.contains_key(facet));
    let counting =
        |without, facets| Counting { without, counter: FacetCounter { facets, values: Arc::clone(&values) } };
    let mut countings = vec![counting(None, free)];
    countings.extend(filtered.into_iter().map(|facet| counting(Some(facet), vec![facet])));
    let run = Run { fields: &index.fields, searcher, plan, countings, clock };
    if plan.limit == 0 {
        let Collected { total, counts, .. } = run.collected(Count)?;
        return Ok((total, Vec::new(), counts));
    }
    let top = TopDocs::with_limit(plan.limit).and_offset(plan.offset);
    let by_id = (SortByString::for_field(ID), Order::Asc);
    let day = || SortByStaticFastValue::<i64>::for_field(DAY);
    match plan.sort {
        Sort::Relevance => {
            let order = top.order_by(((SortBySimilarityScore, Order::Desc), by_id));
            run.ordered(order, |(score, _)| PlaceKey::Score(score))
        }
        Sort::Newest => {
            let order = top.order_by(((day(), Order::Desc), by_id));
            run.ordered(order, |(day, _)| PlaceKey::Day(day))
        }
        Sort::Oldest => {
            let order = top.order_by(((day(), Order::Asc), by_id));
            run.ordered(order, |(day, _)| PlaceKey::Day(day))
        }
        Sort::Title(language) => {
            let order = top.order_by(((SortByString::for_field(title_key(language)), Order::Asc), by_id));
            run.ordered(order, |(title, _)| PlaceKey::Title(title))
        }
    }
}

/// One pass over what a plan finds.
struct Run<'a> {
    fields: &'a Fields,
    searcher: &'a Searcher,
    plan: &'a Plan,
    countings: Vec<Counting>,
    clock: &'a Clock,
}

impl Run<'_> {
    /// The total, the counts, and the hits of an order from [`Plan::after`] on.
    fn ordered<K: Send + Sync + 'static>(
        &self,
        order: impl Collector<Fruit = Vec<(K, DocAddress)>>,
        key: impl Fn(K) -> PlaceKey,
    ) -> tantivy::Result<Found> {
        let Plan { after, sort, .. } = self.plan;
        let Collected { total, hits, counts } = match after {
            None => self.collected(order)?,
            Some(place) => self.collected(After { of: order, place, sort: *sort })?,
        };
        Ok((total, hits.into_iter().map(|(of, address)| (key(of), address)).collect(), counts))
    }

    /// What `of` makes of the hits, which have scores where the order goes by them.
    fn collected<C: Collector>(&self, of: C) -> tantivy::Result<Collected<C::Fruit>> {
        let Run { fields, searcher, plan, countings, clock } = self;
        let is_scored = plan.sort == Sort::Relevance && plan.limit > 0;
        let (scoring, passages) =
            if is_scored { (Scoring::On, Passages::added_by(&plan.query)) } else { (Scoring::Off, Vec::new()) };
        let (wanted, below) = (plan.offset.saturating_add(plan.limit), plan.after.as_ref().map(score));
        let hits = Rewarded { of, rewards: Rewards { fields, passages: &passages, wanted, below } };
        let evaluation = Evaluation::of(plan, &Builder::new(searcher, fields, scoring, clock))?;
        evaluation.run(searcher.segment_readers(), &hits, countings, clock)
    }
}

fn score(place: &Place) -> f32 {
    if let PlaceKey::Score(score) = place.key { score } else { 0.0 }
}
