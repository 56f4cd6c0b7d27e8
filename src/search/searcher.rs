//! Answers requests over a store, and keeps what it knows of the index as a whole.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwapOption;

use super::knowledge::Knowledge;
use super::{Related, Request, Response, Suggestion, Weights, related, search};
use crate::content::ArticleId;
use crate::index::{Generation, IndexError, Store};

/// What answers requests. Cheap to clone; the clones share what they know.
#[derive(Clone)]
pub struct Searcher {
    store: Arc<Store>,
    shared: Arc<Shared>,
    limit: Option<Duration>,
}

#[derive(Default)]
struct Shared {
    known: ArcSwapOption<Known>,
    /// Held while the first knowledge of a generation is read.
    first: Mutex<()>,
    is_reading: AtomicBool,
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
        Searcher { store, shared: Arc::default(), limit: None }
    }

    /// This searcher with searches that stop after `limit` and answer with what they have, and [`Warning::Late`].
    ///
    /// [`Warning::Late`]: super::Warning::Late
    pub fn with_limit(self, limit: Duration) -> Searcher {
        Searcher { limit: Some(limit), ..self }
    }

    /// Answers `request`.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read. Nothing that people type is an error: what could not
    /// be taken as typed is in the warnings.
    pub fn search(&self, request: &Request) -> Result<Response, IndexError> {
        self.search_in(&self.known()?, request)
    }

    /// As [`Searcher::search`], in a generation that more is asked of.
    ///
    /// # Errors
    /// [`IndexError`] if it cannot be read.
    pub fn search_in(&self, known: &Known, request: &Request) -> Result<Response, IndexError> {
        search(&known.generation, &known.knowledge, request, self.limit)
    }

    /// What `typed` may become, the best first, at most `most`.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn suggest(&self, typed: &str, most: usize) -> Result<Vec<Suggestion>, IndexError> {
        let Knowledge { suggestions, vocabulary, .. } = &*self.known()?.knowledge;
        Ok(suggestions.for_text(typed, vocabulary, most))
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

    /// The generation in use, with what is known of it. After a commit the knowledge before it serves on until the
    /// new one is read, in the background.
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn known(&self) -> Result<Known, IndexError> {
        let generation = self.store.current()?;
        let known = self.shared.known.load_full();
        let same = known.filter(|known| Arc::ptr_eq(&known.generation, &generation));
        match same {
            Some(known) if known.knowledge.version == generation.index.version() => Ok((*known).clone()),
            Some(known) => {
                self.read_in_background(generation);
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
        self.shared.read(generation)
    }

    fn read_in_background(&self, generation: Arc<Generation>) {
        if self.shared.is_reading.swap(true, Ordering::AcqRel) {
            return;
        }
        let shared = Arc::clone(&self.shared);
        std::thread::spawn(move || {
            if let Err(error) = shared.read(generation) {
                tracing::error!(%error, "the words of the index cannot be read; those of the commit before serve on");
            }
            shared.is_reading.store(false, Ordering::Release);
        });
    }
}

impl Shared {
    fn read(&self, generation: Arc<Generation>) -> Result<Known, IndexError> {
        let knowledge = Arc::new(Knowledge::of(&generation)?);
        let known = Known { generation, knowledge };
        self.known.store(Some(Arc::new(known.clone())));
        Ok(known)
    }
}
