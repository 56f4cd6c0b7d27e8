//! Answers from the journal and the index.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Failure;
use super::names::article;
use super::request::{Code, Detail, List, OaiError, Request};
use super::token::{self, Token};
use crate::content::{Article, Site};
use crate::http::Service;
use crate::index::{Awaited, Entry, Generation, IndexError, Journal, Presence};

/// The most records of one answer.
const MOST_RECORDS: usize = 100;

/// What a request is answered with.
pub(super) enum Answer {
    /// With the time of the change that is the longest ago.
    Identify(Timestamp),
    Formats,
    /// Topics, those above others before them.
    Sets(BTreeSet<String>),
    Record(Box<Record>),
    List(Detail, Part),
}

/// An article or what is left of it.
pub(super) struct Record {
    pub(super) entry: Entry,
    /// `None` where it is gone.
    pub(super) article: Option<Article>,
}

/// A part of a list.
pub(super) struct Part {
    pub(super) records: Vec<Record>,
    pub(super) total: usize,
    /// How many records were given before.
    pub(super) cursor: usize,
    /// The token of the next part.
    pub(super) next: Option<String>,
}

/// Answers `request`.
pub(super) fn answer(service: &Service, request: Request) -> Result<Answer, Failure> {
    let generation = service.generation()?;
    let journal = service.store.journal();
    let begun = journal.begun().ok_or(IndexError::NotReady(Awaited::First))?;
    match request {
        Request::Identify => Ok(Answer::Identify(journal.earliest().unwrap_or(begun))),
        Request::ListMetadataFormats(None) => Ok(Answer::Formats),
        Request::ListMetadataFormats(Some(identifier)) => named(service, &identifier).map(|_| Answer::Formats),
        Request::ListSets => Ok(Answer::Sets(hierarchy(&generation.site, journal)?)),
        Request::GetRecord(identifier) => {
            let record = record(named(service, &identifier)?, Detail::Records, &generation)?;
            Ok(Answer::Record(Box::new(record)))
        }
        Request::List(list) => part(list, &generation, journal, begun),
    }
}

fn named(service: &Service, identifier: &str) -> Result<Entry, Failure> {
    let entry = article(identifier, &service.identity).and_then(|id| service.store.journal().entry(&id));
    entry.ok_or_else(|| Code::IdDoesNotExist.because("no article has or had this identifier").into())
}

/// The article of an entry. One that the index has lost since is told to be gone; the journal is about to say so too.
fn record(mut entry: Entry, detail: Detail, generation: &Generation) -> Result<Record, IndexError> {
    let article = match (entry.presence, detail) {
        (Presence::Present, Detail::Records) => generation.index.article(&entry.id)?,
        _ => None,
    };
    if detail == Detail::Records && article.is_none() {
        entry.presence = Presence::Deleted;
    }
    Ok(Record { entry, article })
}

fn part(list: List, generation: &Generation, journal: &Journal, begun: Timestamp) -> Result<Answer, Failure> {
    let List { detail, wanted, token } = list;
    if token.is_some_and(|token| token.begun != begun) {
        return Err(token::bad().into());
    }
    if wanted.topic.is_some() {
        hierarchy(&generation.site, journal)?;
    }
    let (after, cursor) = token.map_or((0, 0), |token| (token.after, token.cursor));
    let found = journal.part(&wanted, after, MOST_RECORDS);
    if found.entries.is_empty() {
        return Err(Code::NoRecordsMatch.because("nothing changed in this time and is of this set").into());
    }
    let given = cursor.saturating_add(found.entries.len());
    let next = found.next.map(|after| Token { begun, after, cursor: given }.written(detail, &wanted));
    let records = found.entries.into_iter().map(|entry| record(entry, detail, generation));
    let records = records.collect::<Result<Vec<Record>, IndexError>>()?;
    Ok(Answer::List(detail, Part { records, total: found.total, cursor, next }))
}

/// All topics of the site and of its articles, with those above them.
fn hierarchy(site: &Site, journal: &Journal) -> Result<BTreeSet<String>, OaiError> {
    let topics = site.topics.keys().cloned().chain(journal.topics());
    let with_those_above = |topic: String| -> Vec<String> {
        let above = topic.match_indices('/').map(|(at, _)| topic[..at].to_owned());
        above.chain([topic.clone()]).collect()
    };
    let topics: BTreeSet<String> = topics.flat_map(with_those_above).collect();
    match topics.is_empty() {
        true => Err(Code::NoSetHierarchy.because("the articles of this site have no topics")),
        false => Ok(topics),
    }
}
