//! Answers requests over a store, and keeps what it knows of the index as a whole.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use jiff::Timestamp;
use thiserror::Error;

use super::FacetOptions;
use super::cursor::{Cursor, Signer, digest};
use super::knowledge::{Knowledge, WordsOf};
use super::profile::{Profile, profile};
use super::snapshots::{Snapshot, Snapshots};
use super::{
    Export, Marker, Related, Request, RequestError, Response, Start, Suggestion, Warning, Weights, export, found_terms,
    related, search_from,
};
use crate::background;
use crate::content::ArticleId;
use crate::index::{Facet, Generation, IndexError, Sort, Store};
use crate::text::Language;

/// Reading what is known of an index rests so many times as long as it took, so that of a large one that changes all the
/// time it takes a small part of a processor.
const REST: u32 = 4;

/// Why a request cannot be answered.
#[derive(Debug, Error)]
pub enum SearchError {
    /// It does not make sense.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// What answers requests. Cheap to clone; the clones share what they know.
#[derive(Clone)]
pub struct Searcher {
    store: Arc<Store>,
    shared: Arc<Shared>,
    signer: Arc<Signer>,
    limit: Option<Duration>,
    first_words: WordsOf,
}

#[derive(Default)]
struct Shared {
    known: ArcSwapOption<Known>,
    snapshots: Snapshots,
    /// Held while the first knowledge of a generation is read.
    first: Mutex<()>,
    is_reading: AtomicBool,
    /// Before then nothing is read anew.
    rests_until: Mutex<Option<Instant>>,
    /// How many answers were stopped at their deadline.
    late: AtomicU64,
}

/// What answers are made from. An answer to one address, made while the state was the same before and after, is the same
/// as every other such answer of an equal state, also in another process or run; none of them was stopped at its
/// deadline. Time plays no part in it: new articles are preferred by the newest of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The last commit with what is known of it, which may be of a commit shortly before.
    last: String,
    /// The snapshot that the request names, where it is still kept.
    named: Option<String>,
    /// The journal follows a commit a moment later.
    journal: (Option<Timestamp>, u64),
    /// How many answers were stopped at their deadline: it is no part of what they are made from, but tells whether one
    /// was while another was made.
    late: u64,
}

impl State {
    /// A text that only equal states have, but for what was stopped meanwhile.
    pub fn name(&self) -> String {
        let State { last, named, journal: (begun, sequence), late: _ } = self;
        format!("{last} {named:?} {begun:?} {sequence}")
    }
}

/// A generation with what is known of one of its commits.
#[derive(Clone)]
pub struct Known {
    /// The generation.
    pub generation: Arc<Generation>,
    /// What is known of it, of this commit or of one shortly before.
    pub knowledge: Arc<Knowledge>,
}

impl Searcher {
    /// A searcher over `store` that takes its time.
    pub fn new(store: Arc<Store>) -> Searcher {
        let signer = Arc::new(Signer::new(store.secret()));
        Searcher { store, shared: Arc::default(), signer, limit: None, first_words: WordsOf::Commit }
    }

    /// This searcher with searches that stop after `limit` and answer with what they have, and [`Warning::Late`].
    ///
    /// [`Warning::Late`]: super::Warning::Late
    pub fn with_limit(self, limit: Duration) -> Searcher {
        Searcher { limit: Some(limit), ..self }
    }

    /// This searcher, beginning with the words that were kept last, though they may be of a commit before, until it has
    /// read those of the last. Reading them takes many seconds where there are many articles.
    pub fn with_words_kept(self) -> Searcher {
        Searcher { first_words: WordsOf::Before, ..self }
    }

    /// Answers `request`.
    ///
    /// # Errors
    /// [`SearchError`] if there is no index or it cannot be read, or the cursor is not one of this search. Nothing that
    /// people type is an error: what could not be taken as typed is in the warnings.
    pub fn search(&self, request: &Request) -> Result<Response, SearchError> {
        self.search_known(request).map(|(_, response)| response)
    }

    /// As [`Searcher::search`], with what the answer is of.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn search_known(&self, request: &Request) -> Result<(Known, Response), SearchError> {
        self.answer(request, None, self.limit)
    }

    /// For several requests that are answered from the last commit, within the time of one.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn together(&self) -> Result<Together, IndexError> {
        let end = self.limit.and_then(|limit| Instant::now().checked_add(limit));
        Ok(Together { searcher: self.clone(), snapshot: self.last_snapshot()?, end })
    }

    /// Answers from the snapshot that `request` names if it is kept, or else from `last`, which is the last commit unless
    /// it is given.
    fn answer(
        &self,
        request: &Request,
        last: Option<&Arc<Snapshot>>,
        limit: Option<Duration>,
    ) -> Result<(Known, Response), SearchError> {
        let cursor = request.cursor.as_ref().map(|text| self.signer.cursor(text, request)).transpose()?;
        let named = cursor.as_ref().map(|cursor| &cursor.snapshot).or(request.snapshot.as_ref());
        let kept = named.and_then(|name| self.shared.snapshots.named(name));
        let snapshot = kept.or_else(|| last.cloned()).map_or_else(|| self.last_snapshot(), Ok)?;
        let is_another = named.is_some_and(|name| *name != snapshot.name);
        // Places by date and title hold in any commit.
        let has_moved = is_another && (cursor.is_none() || request.effective_sort() == Sort::Relevance);
        let passed = cursor.as_ref().map_or((request.page - 1) * request.limit, |cursor| cursor.passed);
        let start = Start { version: Some(snapshot.version), after: cursor.map(|cursor| cursor.place) };
        let Known { generation, knowledge } = &snapshot.known;
        let mut response = search_from(generation, knowledge, request, &start, limit)?;
        response.passed = passed;
        response.next = self.next(&response, request, &snapshot);
        response.snapshot = Some(snapshot.name.clone());
        response.warnings.extend(has_moved.then_some(Warning::Moved));
        self.note_late(&response.warnings);
        Ok((snapshot.known.clone(), response))
    }

    fn last_snapshot(&self) -> Result<Arc<Snapshot>, IndexError> {
        Ok(self.shared.snapshots.last(self.known()?))
    }

    /// The cursor of what follows the hits of `response`.
    fn next(&self, response: &Response, request: &Request, snapshot: &Snapshot) -> Option<String> {
        let last = response.hits.last()?;
        let passed = response.passed + response.hits.len();
        let place = last.place.clone();
        let cursor = Cursor { snapshot: snapshot.name.clone(), search: digest(request), passed, place };
        (passed < response.total).then(|| self.signer.text(&cursor))
    }

    /// All that `request` finds, in place of a page of it; see [`export`].
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    pub fn export<'a>(&self, known: &'a Known, request: &Request, most: usize) -> Result<Export<'a>, IndexError> {
        let export = export(&known.generation, &known.knowledge, request, most, self.limit)?;
        self.note_late(&export.warnings);
        Ok(export)
    }

    /// What answers are made from at this moment, see [`State`]. `snapshot` and `cursor` are those of the request. What it
    /// names is kept for a while as if it had been searched, so that who has the answer already can turn its pages.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn state(&self, snapshot: Option<&str>, cursor: Option<&str>) -> Result<State, IndexError> {
        let late = self.shared.late.load(Ordering::Acquire);
        let of_cursor = cursor.and_then(|text| self.signer.snapshot(text));
        let named = of_cursor.as_deref().or(snapshot).and_then(|name| self.shared.snapshots.named(name));
        let last = self.last_snapshot()?;
        let named = named.map(|snapshot| snapshot.name.clone());
        Ok(State { last: last.name.clone(), named, journal: self.store.journal().state(), late })
    }

    /// Takes note of an answer that depends on how fast it was made.
    fn note_late(&self, warnings: &[Warning]) {
        if warnings.contains(&Warning::Late) {
            self.shared.late.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// What `typed` may become, the best first, at most `most`.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn suggest(&self, typed: &str, most: usize) -> Result<Vec<Suggestion>, IndexError> {
        let Known { generation, knowledge } = self.known()?;
        Ok(knowledge.suggestions(&generation)?.for_text(typed, &knowledge.vocabulary, most))
    }

    /// Reads what the first search would wait for, and goes on in the background with what the first suggestion would and
    /// with keeping the words for the next start.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn warm(&self) -> Result<(), IndexError> {
        let Known { generation, knowledge } = self.known()?;
        knowledge.heard(&generation.analyzer);
        let is_of_last = knowledge.is_of_last(&generation);
        self.in_background(move |shared| {
            if is_of_last { shared.complete(generation, knowledge) } else { shared.read_all(generation) }
        });
        Ok(())
    }

    /// The articles related to the one with this id; `None` if there is no such article.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn related(&self, id: &ArticleId) -> Result<Option<Vec<Related>>, IndexError> {
        let Known { generation, knowledge } = self.known()?;
        let Some(article) = generation.index.article(id)? else { return Ok(None) };
        related(&generation, &knowledge, &article, &Weights::default()).map(Some)
    }

    /// What marks the words of `request` in an article that it found.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn marker(&self, request: &Request) -> Result<Marker, IndexError> {
        let Known { generation, knowledge } = self.known()?;
        let request = Request {
            page: 1,
            limit: 1,
            facets: FacetOptions { facets: Vec::new(), ..FacetOptions::default() },
            ..request.clone()
        };
        let terms = found_terms(&generation, &knowledge, &request, self.limit)?;
        Ok(Marker { generation, terms })
    }

    /// What there is of an author, a topic or a series that is named by its id or a name; `None` if there is nothing.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn profile(&self, facet: Facet, name: &str, interface: Language) -> Result<Option<Profile>, IndexError> {
        profile(&*self.store.current()?, facet, name, interface)
    }

    /// The generation in use, with what is known of it. After a commit the knowledge before it serves on until the
    /// new one is read, in the background and not all the time.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn known(&self) -> Result<Known, IndexError> {
        let generation = self.store.current()?;
        let known = self.shared.known.load_full();
        let same = known.filter(|known| Arc::ptr_eq(&known.generation, &generation));
        match same {
            Some(known) if known.knowledge.is_of_last(&generation) => Ok((*known).clone()),
            Some(known) => {
                if !self.shared.rests() {
                    self.in_background(|shared| shared.read_all(generation));
                }
                Ok((*known).clone())
            }
            None => self.read_first(generation),
        }
    }

    fn read_first(&self, generation: Arc<Generation>) -> Result<Known, IndexError> {
        let _only = self.shared.first.lock().unwrap_or_else(PoisonError::into_inner);
        // Another may have read it while this one waited.
        let known = self.shared.known.load_full();
        if let Some(known) = known.filter(|known| Arc::ptr_eq(&known.generation, &generation)) {
            return Ok((*known).clone());
        }
        self.shared.read(generation, self.first_words)
    }

    /// Reads, if nothing else is being read.
    fn in_background(&self, read: impl FnOnce(&Shared) -> Result<(), IndexError> + Send + 'static) {
        if self.shared.is_reading.swap(true, Ordering::AcqRel) {
            return;
        }
        let shared = Arc::clone(&self.shared);
        background::spawn(move || {
            if let Err(error) = read(&shared) {
                tracing::error!(%error, "the words of the index cannot be read; those of the commit before serve on");
            }
            shared.is_reading.store(false, Ordering::Release);
        });
    }
}

/// Answers several requests from one commit, within the time of one; see [`Searcher::together`].
pub struct Together {
    searcher: Searcher,
    snapshot: Arc<Snapshot>,
    end: Option<Instant>,
}

impl Together {
    /// Answers one of them, as [`Searcher::search_known`] does, in the time that is left.
    ///
    /// # Errors
    /// As [`Searcher::search`].
    pub fn search_known(&self, request: &Request) -> Result<(Known, Response), SearchError> {
        let left = self.end.map(|end| end.saturating_duration_since(Instant::now()));
        self.searcher.answer(request, Some(&self.snapshot), left)
    }
}

impl Shared {
    fn rests(&self) -> bool {
        let until = *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    fn rest(&self, time: Duration) {
        *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now().checked_add(time);
    }

    /// Reads what the first search needs, and nothing that it does not.
    fn read(&self, generation: Arc<Generation>, words: WordsOf) -> Result<Known, IndexError> {
        let knowledge = Arc::new(Knowledge::with_words(&generation, words)?);
        let known = Known { generation, knowledge };
        self.known.store(Some(Arc::new(known.clone())));
        Ok(known)
    }

    /// Reads everything before it is put into use: nobody waits for it. Then it rests.
    fn read_all(&self, generation: Arc<Generation>) -> Result<(), IndexError> {
        let start = Instant::now();
        let knowledge = Knowledge::of(&generation).map(Arc::new);
        let done = knowledge.and_then(|knowledge| self.complete(generation, knowledge));
        self.rest(start.elapsed() * REST);
        done
    }

    /// Reads what more there is to know, and puts it into use.
    fn complete(&self, generation: Arc<Generation>, knowledge: Arc<Knowledge>) -> Result<(), IndexError> {
        let knowledge = knowledge.whole(&generation)?;
        self.known.store(Some(Arc::new(Known { generation, knowledge })));
        Ok(())
    }
}
