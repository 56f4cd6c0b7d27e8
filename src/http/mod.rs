//! The service: a JSON API, pages for people and feeds for other machines, over one [`Store`].
//!
//! The only place that knows axum, and the only one that knows the JSON of the API. Every address is in
//! [`router`].

mod address;
mod admin;
mod api;
mod assets;
mod clicks;
mod export;
mod feeds;
mod health;
mod openapi;
mod pages;
mod parameters;
mod problem;
mod profiles;
mod recording;
mod respond;
mod router;
mod serve;
mod warnings;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::index::{Generation, IndexError, Store};
use crate::search::Searcher;

pub use admin::{AdminKeyHash, AdminKeyHashError, ReportJson, new_admin_key};
pub use api::SearchJson;
pub use recording::{Analytics, Clicks};
pub use router::router;
pub use serve::{ServeError, bind, serve};

/// What every handler has.
#[derive(Clone)]
pub struct Service {
    store: Arc<Store>,
    searcher: Searcher,
    identity: Arc<Identity>,
    /// As many exports as may yet begin.
    exports: Arc<Semaphore>,
    analytics: Option<Analytics>,
    admin_key: Option<AdminKeyHash>,
}

/// What the service is called by those outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The address that people reach it at, such as `https://search.example.org`, without a slash at its end.
    pub url: String,
    /// The name of the site.
    pub name: String,
    /// Where those who harvest the site can write to.
    pub contact: String,
}

impl Identity {
    /// The whole address of a path of the service, which begins with a slash.
    fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// The name of the host in the address.
    fn host(&self) -> &str {
        let rest = self.url.split_once("://").map_or(self.url.as_str(), |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        let (host, _) = authority.rsplit_once(':').filter(|(_, port)| !port.contains(']')).unwrap_or((authority, ""));
        host
    }
}

impl Service {
    /// A service over `store`.
    pub fn new(store: Arc<Store>, identity: Identity) -> Service {
        let exports = Arc::new(Semaphore::new(export::MOST_AT_ONCE));
        let searcher = Searcher::new(Arc::clone(&store));
        Service { searcher, store, identity: Arc::new(identity), exports, analytics: None, admin_key: None }
    }

    /// This service with searches that stop after `limit`, see [`Searcher::with_limit`].
    pub fn with_limit(self, limit: Duration) -> Service {
        Service { searcher: self.searcher.with_limit(limit), ..self }
    }

    /// This service with searches counted, and clicks if so wished.
    pub fn with_analytics(self, analytics: Analytics) -> Service {
        Service { analytics: Some(analytics), ..self }
    }

    /// This service with its administration open to those who have the key of this hash.
    pub fn with_admin_key(self, hash: AdminKeyHash) -> Service {
        Service { admin_key: Some(hash), ..self }
    }

    /// The generation in use, the same for all of one request.
    fn generation(&self) -> Result<Arc<Generation>, IndexError> {
        Ok(self.searcher.known()?.generation)
    }
}
