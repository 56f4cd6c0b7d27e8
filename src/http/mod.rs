//! The service: a JSON API and pages for people, over one [`Store`].
//!
//! The only place that knows axum, and the only one that knows the JSON of the API. Every address is in
//! [`router`].

mod api;
mod assets;
mod health;
mod pages;
mod problem;
mod respond;
mod router;
mod serve;

use std::sync::Arc;
use std::time::Duration;

use crate::index::{Generation, IndexError, Store};
use crate::search::Searcher;

pub use api::SearchJson;
pub use router::router;
pub use serve::{ServeError, bind, serve};

/// What every handler has.
#[derive(Clone)]
pub struct Service {
    searcher: Searcher,
}

impl Service {
    /// A service over `store`.
    pub fn new(store: Arc<Store>) -> Service {
        Service { searcher: Searcher::new(store) }
    }

    /// This service with searches that stop after `limit`, see [`Searcher::with_limit`].
    pub fn with_limit(self, limit: Duration) -> Service {
        Service { searcher: self.searcher.with_limit(limit) }
    }

    /// The generation in use, the same for all of one request.
    fn generation(&self) -> Result<Arc<Generation>, IndexError> {
        Ok(self.searcher.known()?.generation)
    }
}
