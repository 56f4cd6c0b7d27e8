//! The service: a JSON API, pages for people and feeds for other machines, over one [`Store`].
//!
//! The only place that knows axum, and the only one that knows the JSON of the API. Every address is in
//! [`router`].

mod address;
mod admin;
mod answers;
mod api;
mod assets;
mod caching;
mod clicks;
mod cors;
mod export;
mod feeds;
mod fields;
mod health;
mod links;
mod metrics;
mod multi_search;
mod openapi;
mod pages;
mod parameters;
mod problem;
mod profiles;
mod recording;
mod request_id;
mod respond;
mod router;
mod searching;
mod serve;
mod warnings;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Semaphore;

use self::answers::Answers;
use self::serve::admission::Admission;
use crate::analytics::Latency;
use crate::index::{Generation, IndexError, Store};
use crate::search::Searcher;

pub use admin::{AdminKey, AdminKeyHash, AdminKeyHashError, ReportJson, Scope, new_admin_key};
pub use api::SearchJson;
pub use cors::AllowedOrigins;
pub use metrics::begin_measuring;
pub use recording::{Analytics, Clicks};
pub use router::router;
pub use serve::clients::ClientLimits;
pub use serve::{ServeError, bind, serve};

/// What every handler has.
#[derive(Clone)]
pub struct Service {
    store: Arc<Store>,
    searcher: Searcher,
    identity: Arc<Identity>,
    /// As many exports as may yet begin.
    exports: Arc<Semaphore>,
    /// The turns of requests.
    admission: Arc<Admission>,
    client_limits: Option<Arc<ClientLimits>>,
    /// How long searches took.
    latency: Arc<Mutex<Latency>>,
    analytics: Option<Analytics>,
    /// Those that are given again.
    answers: Option<Arc<Answers>>,
    admin_keys: Arc<[AdminKey]>,
    /// Where snapshots are put that are asked for.
    snapshots: Option<Arc<Path>>,
    /// The other sites whose pages may read the API.
    origins: Option<AllowedOrigins>,
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
        Service {
            searcher,
            store,
            identity: Arc::new(identity),
            exports,
            admission: Arc::new(Admission::by_cores()),
            client_limits: None,
            latency: Arc::default(),
            analytics: None,
            answers: None,
            admin_keys: Arc::new([]),
            snapshots: None,
            origins: None,
        }
    }

    /// This service with searches that stop after `limit`, see [`Searcher::with_limit`].
    pub fn with_limit(self, limit: Duration) -> Service {
        Service { searcher: self.searcher.with_limit(limit), ..self }
    }

    /// This service, which answers at once with the words that were kept, see [`Searcher::with_words_kept`].
    pub fn with_words_kept(self) -> Service {
        Service { searcher: self.searcher.with_words_kept(), ..self }
    }

    /// This service with limits to what one client may ask.
    pub fn with_client_limits(self, limits: ClientLimits) -> Service {
        Service { client_limits: Some(Arc::new(limits)), ..self }
    }

    /// This service with searches counted, and clicks if so wished.
    pub fn with_analytics(self, analytics: Analytics) -> Service {
        Service { analytics: Some(analytics), ..self }
    }

    /// This service with answers kept in so many bytes of memory, and given again as long as the index stays the same.
    pub fn with_answers_kept(self, bytes: u64) -> Service {
        Service { answers: Some(Arc::new(Answers::new(bytes))), ..self }
    }

    /// This service with its administration open to those who have one of these keys.
    pub fn with_admin_keys(self, keys: Vec<AdminKey>) -> Service {
        Service { admin_keys: keys.into(), ..self }
    }

    /// This service with a folder for snapshots that are asked for.
    pub fn with_snapshots(self, folder: &Path) -> Service {
        Service { snapshots: Some(folder.into()), ..self }
    }

    /// This service with its API open to the pages of other sites.
    pub fn with_origins(self, origins: AllowedOrigins) -> Service {
        Service { origins: Some(origins), ..self }
    }

    /// Reads what the first search would wait for; see [`Searcher::warm`].
    ///
    /// # Errors
    /// [`IndexError`] if there is no index or it cannot be read.
    pub fn warm(&self) -> Result<(), IndexError> {
        self.searcher.warm()
    }

    /// The generation in use, the same for all of one request.
    fn generation(&self) -> Result<Arc<Generation>, IndexError> {
        Ok(self.searcher.known()?.generation)
    }
}
