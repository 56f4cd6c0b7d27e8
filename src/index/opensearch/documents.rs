//! What is read of each document in turn.

use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value, json};

use super::client::{Client, PATIENCE, Request};
use super::error::ClusterError;
use super::response::{Answer, Hit, Values};
use super::schema::{ARTICLE, COMMIT, HASH, ID, ORIGIN, shown_title};
use super::search::Whole;
use super::view::View;
use crate::content::{Article, ArticleId, Localized, Origin};
use crate::index::{Facet, Field, IndexError, IndexedOrigin};
use crate::text::Language;

/// Documents that are read at a time.
const AT_ONCE: usize = 200;
/// Documents of which some values are read at a time.
const VALUES_AT_ONCE: usize = 5_000;

/// Gives every document to `read`, by id.
pub(super) fn each<S: DeserializeOwned + Send>(
    view: &View,
    source: &Value,
    read: &mut dyn FnMut(S),
) -> Result<(), ClusterError> {
    let body = json!({ "size": AT_ONCE, "_source": source, "sort": [ID], "track_total_hits": false });
    each_found(body, AT_ONCE, &|body| view.search(body, PATIENCE), &mut |hit| read(hit.source))
}

/// Gives these values of every document to `read`, by id. They come from columns: no document is unpacked.
fn each_value(view: &View, names: &[&str], read: &mut dyn FnMut(Values)) -> Result<(), ClusterError> {
    let body = json!({
        "size": VALUES_AT_ONCE,
        "stored_fields": "_none_",
        "docvalue_fields": names,
        "sort": [ID],
        "track_total_hits": false,
    });
    let ask = &|body: &mut Value| view.search::<Option<IgnoredAny>>(body, PATIENCE);
    each_found(body, VALUES_AT_ONCE, ask, &mut |hit| read(hit.values))
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
    let body = json!({ "query": query, "size": AT_ONCE, "_source": fields, "sort": [ID], "track_total_hits": false });
    let path = format!("/{index}/_search");
    let ask = &|body: &mut Value| {
        let json = body.to_string();
        client.ask::<Answer<Map<String, Value>>>(Request::new("POST", &path).with(&json))?.whole()
    };
    each_found(body, AT_ONCE, ask, &mut |hit| read(hit.source))
}

/// While some are read, the next ones are asked for.
fn each_found<S: Send>(
    mut body: Value,
    at_once: usize,
    ask: &(dyn Fn(&mut Value) -> Result<Answer<S>, ClusterError> + Sync),
    read: &mut dyn FnMut(Hit<S>),
) -> Result<(), ClusterError> {
    thread::scope(|scope| {
        let (sender, pages) = sync_channel(0);
        let asking = scope.spawn(move || {
            loop {
                let hits = ask(&mut body)?.hits.hits;
                let last = hits.last().filter(|_| hits.len() == at_once).map(|hit| hit.sort.clone());
                // Nobody takes them only after a panic, which goes on from here.
                let is_taken = sender.send(hits).is_ok();
                match last.filter(|_| is_taken) {
                    Some(last) => body["search_after"] = last.into(),
                    None => return Ok(()),
                }
            }
        });
        pages.into_iter().flatten().for_each(read);
        asking.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

pub(super) fn read_all(view: &View, read: &mut dyn FnMut(Article)) -> Result<(), IndexError> {
    Ok(each(view, &json!([ARTICLE]), &mut |Whole { article }| read(article))?)
}

pub(super) fn titles(view: &View) -> Result<Vec<(ArticleId, Localized)>, IndexError> {
    let mut titles = Vec::new();
    let [th, en] = [Language::Thai, Language::English].map(shown_title);
    each_value(view, &[ID, th, en], &mut |mut values| {
        let title = Localized { th: first(&mut values, th), en: first(&mut values, en) };
        titles.push((id(&mut values), title));
    })?;
    Ok(titles)
}

pub(super) fn topics(view: &View, read: &mut dyn FnMut(ArticleId, Vec<String>)) -> Result<(), ClusterError> {
    let topic = Facet::Topic.name();
    each_value(view, &[ID, topic], &mut |mut values| {
        let topics = values.remove(topic).unwrap_or_default();
        read(id(&mut values), topics);
    })
}

pub(super) fn origins(view: &View) -> Result<Vec<IndexedOrigin>, IndexError> {
    let mut origins = Vec::new();
    each_value(view, &[ID, ORIGIN, HASH], &mut |mut values| {
        let [origin, hash] = [ORIGIN, HASH].map(|name| first(&mut values, name).unwrap_or_default());
        origins.push(IndexedOrigin {
            origin: Origin::from_key(&origin),
            hash: blake3::Hash::from_hex(&hash).ok(),
            id: id(&mut values),
        });
    })?;
    Ok(origins)
}

fn id(values: &mut Values) -> ArticleId {
    ArticleId::new(first(values, ID).unwrap_or_default())
}

fn first(values: &mut Values, name: &str) -> Option<String> {
    values.remove(name)?.into_iter().next()
}
