//! The words of all documents, and what is read of each document in turn.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::PATIENCE;
use super::error::ClusterError;
use super::response::Answer;
use super::schema::{ARTICLE, HASH, ID, ORIGIN};
use super::search::{Nothing, Whole};
use super::view::View;
use crate::content::{Article, ArticleId, Localized, Origin};
use crate::index::{Field, IndexError, IndexedOrigin};

/// Words that are counted at a time; the cluster takes no more than 65,535.
const WORDS_AT_ONCE: u64 = 40_000;
const MOST_WORDS: u64 = 60_000;
/// Documents that are read at a time: whole ones, or some of their fields.
const WHOLE_AT_ONCE: usize = 200;
const PARTS_AT_ONCE: usize = 5_000;

#[derive(Deserialize)]
struct Cardinality {
    value: u64,
}

#[derive(Deserialize)]
struct Words {
    /// How many documents have words that were too many.
    sum_other_doc_count: u64,
    buckets: Vec<Word>,
}

#[derive(Deserialize)]
struct Word {
    key: String,
    doc_count: u64,
}

/// Gives every term of `fields` in order, with the number of documents that have it in the field where most do.
pub(super) fn words(view: &View, fields: &[Field], read: &mut dyn FnMut(&str, u64)) -> Result<(), ClusterError> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for field in fields {
        for Word { key, doc_count } in words_of(view, &field.name())? {
            let most = counts.entry(key).or_default();
            *most = doc_count.max(*most);
        }
    }
    counts.iter().filter(|(word, _)| *word != Field::NOTHING).for_each(|(word, count)| read(word, *count));
    Ok(())
}

/// Part by part. How many words there are is an estimate, and parts are not of one size: where one is too large, all are
/// asked for again in more.
fn words_of(view: &View, field: &str) -> Result<Vec<Word>, ClusterError> {
    let many: Cardinality = counted(view, json!({ "cardinality": { "field": field } }))?;
    let mut parts = many.value.div_ceil(WORDS_AT_ONCE).max(1);
    loop {
        match words_in_parts(view, field, parts)? {
            Some(words) => return Ok(words),
            None => parts *= 2,
        }
    }
}

/// The words of a field in so many parts; `None` if one has more than the cluster gives.
fn words_in_parts(view: &View, field: &str, parts: u64) -> Result<Option<Vec<Word>>, ClusterError> {
    let mut words = Vec::new();
    for part in 0..parts {
        let include = json!({ "partition": part, "num_partitions": parts });
        let of_part = json!({ "terms": { "field": field, "include": include, "size": MOST_WORDS } });
        let found: Words = counted(view, of_part)?;
        if found.sum_other_doc_count > 0 {
            return Ok(None);
        }
        words.extend(found.buckets);
    }
    Ok(Some(words))
}

fn counted<T: DeserializeOwned>(view: &View, what: Value) -> Result<T, ClusterError> {
    let mut body = json!({ "size": 0, "aggs": { "counted": what } });
    let mut answer: Answer<Option<Nothing>> = view.search(&mut body, PATIENCE)?;
    let counted = answer.aggregations.remove("counted").unwrap_or_default();
    serde_json::from_value(counted)
        .map_err(|error| ClusterError::Answer { status: 200, reason: format!("counts of words: {error}") })
}

/// Gives every document to `read`, by id.
pub(super) fn each<S: DeserializeOwned>(
    view: &View,
    source: &Value,
    at_once: usize,
    read: &mut dyn FnMut(S),
) -> Result<(), ClusterError> {
    let mut body = json!({ "size": at_once, "_source": source, "sort": [ID], "track_total_hits": false });
    loop {
        let answer: Answer<S> = view.search(&mut body, PATIENCE)?;
        let (count, last) = (answer.hits.hits.len(), answer.hits.hits.last().map(|hit| hit.sort.clone()));
        answer.hits.hits.into_iter().for_each(|hit| read(hit.source));
        match last.filter(|_| count == at_once) {
            Some(last) => body["search_after"] = last.into(),
            None => return Ok(()),
        }
    }
}

pub(super) fn read_all(view: &View, read: &mut dyn FnMut(Article)) -> Result<(), IndexError> {
    Ok(each(view, &json!([ARTICLE]), WHOLE_AT_ONCE, &mut |Whole { article }| read(article))?)
}

pub(super) fn titles(view: &View) -> Result<Vec<(ArticleId, Localized)>, IndexError> {
    #[derive(Deserialize)]
    struct Titled {
        id: ArticleId,
        article: Title,
    }
    #[derive(Deserialize)]
    struct Title {
        title: Localized,
    }
    let mut titles = Vec::new();
    let source = json!([ID, format!("{ARTICLE}.title")]);
    each(view, &source, PARTS_AT_ONCE, &mut |Titled { id, article }| titles.push((id, article.title)))?;
    Ok(titles)
}

pub(super) fn origins(view: &View) -> Result<Vec<IndexedOrigin>, IndexError> {
    #[derive(Deserialize)]
    struct Indexed {
        id: ArticleId,
        origin: String,
        hash: String,
    }
    let mut origins = Vec::new();
    let mut read = |Indexed { id, origin, hash }| {
        origins.push(IndexedOrigin { origin: Origin::from_key(&origin), hash, id });
    };
    each(view, &json!([ID, ORIGIN, HASH]), PARTS_AT_ONCE, &mut read)?;
    Ok(origins)
}
