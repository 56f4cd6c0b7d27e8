//! What is read of each document in turn.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::client::{Client, PATIENCE, Request};
use super::error::ClusterError;
use super::response::Answer;
use super::schema::{ARTICLE, COMMIT, HASH, ID, ORIGIN};
use super::search::Whole;
use super::view::View;
use crate::content::{Article, ArticleId, Localized, Origin};
use crate::index::{Field, IndexError, IndexedOrigin};

/// Documents that are read at a time: whole ones, or some of their fields.
const WHOLE_AT_ONCE: usize = 200;
const PARTS_AT_ONCE: usize = 5_000;

/// Gives every document to `read`, by id.
pub(super) fn each<S: DeserializeOwned>(
    view: &View,
    source: &Value,
    at_once: usize,
    read: &mut dyn FnMut(S),
) -> Result<(), ClusterError> {
    let body = json!({ "size": at_once, "_source": source, "sort": [ID], "track_total_hits": false });
    each_found(body, at_once, &mut |body| view.search(body, PATIENCE), read)
}

/// Gives the words of each document that was sent after the commit of this number to `read`; all that were sent are shown.
pub(super) fn each_after(
    client: &Client,
    index: &str,
    commit: u64,
    read: &mut dyn FnMut(Map<String, Value>),
) -> Result<(), ClusterError> {
    let query = json!({ "range": { COMMIT: { "gt": commit } } });
    let fields = Field::WORDS.map(Field::name);
    let body =
        json!({ "query": query, "size": WHOLE_AT_ONCE, "_source": fields, "sort": [ID], "track_total_hits": false });
    let path = format!("/{index}/_search");
    let ask = &mut |body: &mut Value| {
        let json = body.to_string();
        client.ask::<Answer<Map<String, Value>>>(Request::new("POST", &path).with(&json))?.whole()
    };
    each_found(body, WHOLE_AT_ONCE, ask, read)
}

fn each_found<S>(
    mut body: Value,
    at_once: usize,
    ask: &mut dyn FnMut(&mut Value) -> Result<Answer<S>, ClusterError>,
    read: &mut dyn FnMut(S),
) -> Result<(), ClusterError> {
    loop {
        let answer = ask(&mut body)?;
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
