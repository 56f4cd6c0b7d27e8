//! How fast tantivy answers in process: ten articles, their number, three facets, and the articles read from the store.
//!
//! All of the words, and where no article has all, any of them, as Khonha does; of a half-typed word the first fifty words
//! that begin so. There are no snippets.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::Result;
use khonha::text::{Analyzer, Form};
use serde::Deserialize;
use serde_json::{Value, json};
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, Order, Searcher, TantivyDocument, Term};

use crate::fields::{DAY, FACETS, TEXTS};

const HITS: usize = 10;
const BEGINNING_SO: usize = 50;
const THREADS: usize = 2;

/// A query of the comparison.
#[derive(Deserialize)]
struct Asked {
    class: String,
    text: String,
    topic: String,
    year: i64,
    typing: bool,
}

pub fn run(folder: &Path, queries: &Path, seconds: f64) -> Result<()> {
    let index = Index::open_in_dir(folder)?;
    let search = Search { searcher: index.reader()?.searcher(), analyzer: Analyzer::new([]), facets: facets()? };
    let asked: Vec<Asked> = fs::read_to_string(queries)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let duration = Duration::from_secs_f64(seconds);
    let everything: Vec<&Asked> = asked.iter().collect();
    search.repeat(&everything, duration)?;
    let mut classes: BTreeMap<&str, Vec<&Asked>> = BTreeMap::new();
    for one in &asked {
        classes.entry(&one.class).or_default().push(one);
    }
    let mut told = BTreeMap::new();
    for (class, queries) in classes {
        told.insert(class, percentiles(search.repeat(&queries, duration)?));
    }
    println!("{}", json!({ "classes": told, "most": search.at_most(&everything, duration)? }));
    Ok(())
}

/// Counts of the ten most frequent values of each facet.
fn facets() -> Result<Aggregations> {
    let terms = |name: &&str| ((*name).to_owned(), json!({ "terms": { "field": name, "size": HITS } }));
    Ok(serde_json::from_value(Value::Object(FACETS.iter().map(terms).collect()))?)
}

fn percentiles(mut times: Vec<f64>) -> Value {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    json!({ "p50": at(0.5), "p99": at(0.99) })
}

struct Search {
    searcher: Searcher,
    analyzer: Analyzer,
    facets: Aggregations,
}

impl Search {
    /// The seconds that each search took, all queries in turn.
    fn repeat(&self, queries: &[&Asked], duration: Duration) -> Result<Vec<f64>> {
        let began = Instant::now();
        let mut times = Vec::new();
        for query in queries.iter().cycle() {
            let start = Instant::now();
            self.answer(query)?;
            times.push(start.elapsed().as_secs_f64());
            if began.elapsed() > duration {
                break;
            }
        }
        Ok(times)
    }

    /// Searches a second of several threads.
    fn at_most(&self, queries: &[&Asked], duration: Duration) -> Result<f64> {
        let began = Instant::now();
        let done: Result<Vec<usize>> = thread::scope(|scope| {
            let work = || self.repeat(queries, duration).map(|times| times.len());
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
            threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect()
        });
        Ok(done?.iter().sum::<usize>() as f64 / began.elapsed().as_secs_f64())
    }

    fn answer(&self, asked: &Asked) -> Result<usize> {
        let found = self.find(asked, Occur::Must)?;
        if found > 0 || asked.text.is_empty() { Ok(found) } else { self.find(asked, Occur::Should) }
    }

    fn find(&self, asked: &Asked, occur: Occur) -> Result<usize> {
        let query = self.query(asked, occur)?;
        let facets = AggregationCollector::from_aggs(self.facets.clone(), AggContextParams::default());
        let (total, hits): (usize, Vec<DocAddress>) = if asked.text.is_empty() {
            let newest = TopDocs::with_limit(HITS).order_by_fast_field::<i64>(DAY, Order::Desc);
            let (total, hits, _) = self.searcher.search(&query, &(Count, newest, facets))?;
            (total, hits.into_iter().map(|(_, address)| address).collect())
        } else {
            let best = TopDocs::with_limit(HITS).order_by_score();
            let (total, hits, _) = self.searcher.search(&query, &(Count, best, facets))?;
            (total, hits.into_iter().map(|(_, address)| address).collect())
        };
        for address in hits {
            self.searcher.doc::<TantivyDocument>(address)?;
        }
        Ok(total)
    }

    fn query(&self, asked: &Asked, occur: Occur) -> Result<BooleanQuery> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let words = self.words(&asked.text);
        for (at, word) in words.iter().enumerate() {
            let is_half_typed = asked.typing && at + 1 == words.len();
            let terms = if is_half_typed { self.beginning_so(word)? } else { vec![word.clone()] };
            clauses.push((occur, Box::new(self.any(&terms)?)));
        }
        if clauses.is_empty() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        let mut all: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(BooleanQuery::new(clauses)))];
        let year = if asked.year > 0 { asked.year.to_string() } else { String::new() };
        for (name, value) in [("topic", &asked.topic), ("year", &year)] {
            if !value.is_empty() {
                let term = Term::from_field_text(self.searcher.schema().get_field(name)?, value);
                all.push((Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
            }
        }
        Ok(BooleanQuery::new(all))
    }

    fn words(&self, text: &str) -> Vec<String> {
        let tokens = self.analyzer.analyze(text);
        tokens.into_iter().filter(|token| token.form == Form::Word).map(|token| token.term).collect()
    }

    /// Any of these terms in any of the texts.
    fn any(&self, terms: &[String]) -> Result<BooleanQuery> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for (name, boost) in TEXTS {
            let field = self.searcher.schema().get_field(name)?;
            for term in terms {
                let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs);
                clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(query), boost))));
            }
        }
        Ok(BooleanQuery::new(clauses))
    }

    /// Words of the bodies that begin so.
    fn beginning_so(&self, begun: &str) -> Result<Vec<String>> {
        let body = self.searcher.schema().get_field("body")?;
        let mut words = Vec::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(body)?;
            let mut stream = inverted.terms().range().ge(begun.as_bytes()).into_stream()?;
            while words.len() < BEGINNING_SO && stream.advance() && stream.key().starts_with(begun.as_bytes()) {
                words.push(String::from_utf8_lossy(stream.key()).into_owned());
            }
        }
        words.sort();
        words.dedup();
        Ok(words)
    }
}
