//! The generations of a site in a cluster: versioned indices, and an alias that names the one in use.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Client, GLANCE, Request};
use super::error::ClusterError;
use super::journal::JournalIndex;
use super::learned::learned_of;
use super::lease::{OwnLease, Waiting};
use super::notes::Notes;
use super::schema::LAYOUT;
use super::settings::ClusterSettings;
use super::setup::{allow_long_queries, check_version, secret};
use super::state::{Expected, State};
use super::{LOOK, OpenSearchIndex, schema, words};
use crate::content::Site;
use crate::index::generation::{Building, DOCUMENTS, Fingerprint, Generation, Generations};
use crate::index::journal::Journal;
use crate::index::store::Access;
use crate::index::{Awaited, IndexError};

/// Between two signs that commits are searched.
const KEPT_AGAIN: Duration = Duration::from_secs(20);
/// How long a generation outlives its use: other servers search it until they look again.
const OUTLIVES: Duration = Duration::from_secs(30);

/// The generations of a site.
pub(in crate::index) struct Cluster {
    shared: Arc<Shared>,
    access: Access,
    waiting: Mutex<Waiting>,
}

/// A cluster, with what else it keeps of a site.
pub(in crate::index) struct Opened {
    pub(in crate::index) cluster: Cluster,
    pub(in crate::index) journal: Arc<Journal>,
    pub(in crate::index) secret: [u8; 32],
}

struct Shared {
    client: Arc<Client>,
    settings: ClusterSettings,
    current: ArcSwapOption<Current>,
    awaited: Mutex<Awaited>,
    lease: OwnLease,
    journal: Arc<Journal>,
    is_away: AtomicBool,
}

/// The generation in use.
struct Current {
    name: String,
    generation: Arc<Generation>,
    index: Arc<OpenSearchIndex>,
}

/// What an index was built with, as its mapping tells.
#[derive(Deserialize)]
struct Meta {
    fingerprint: Fingerprint,
    documents: u32,
    layout: u32,
}

impl Meta {
    /// Whether this program can read it.
    fn is_known(&self) -> bool {
        self.documents == DOCUMENTS && self.layout == LAYOUT
    }
}

/// The site that a generation was built with.
#[derive(Serialize, Deserialize)]
struct BuiltWith {
    site: Site,
}

impl Cluster {
    /// Opens the generation in use, if there is one that this program can read, and follows what others commit. With
    /// [`Access::Write`] what is missing in the cluster is made.
    ///
    /// # Errors
    /// [`IndexError`] if the cluster is away, or no OpenSearch 3.
    pub(in crate::index) fn open(settings: ClusterSettings, access: Access) -> Result<Opened, IndexError> {
        let client = Arc::new(Client::new(&settings)?);
        check_version(&client)?;
        let storage = JournalIndex::new(&client, &settings.prefix);
        let state = State::new(&client, &settings.prefix);
        if access == Access::Write {
            allow_long_queries(&client)?;
            state.create()?;
            storage.create()?;
        }
        let secret = secret(&state, access)?;
        let journal = Arc::new(Journal::new(storage));
        journal.read_on()?;
        let shared = Arc::new(Shared {
            client: Arc::clone(&client),
            settings,
            current: ArcSwapOption::empty(),
            awaited: Mutex::new(Awaited::First),
            lease: OwnLease::default(),
            journal: Arc::clone(&journal),
            is_away: AtomicBool::new(false),
        });
        shared.follow()?;
        follow_on(Arc::downgrade(&shared));
        Ok(Opened { cluster: Cluster { shared, access, waiting: Mutex::default() }, journal, secret })
    }
}

impl Generations for Cluster {
    fn current(&self) -> Result<Arc<Generation>, Awaited> {
        let current = self.shared.current.load();
        let awaited = || *self.shared.awaited.lock().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().map(|current| Arc::clone(&current.generation)).ok_or_else(awaited)
    }

    fn bytes(&self) -> u64 {
        let Some(current) = self.shared.current.load_full() else { return 0 };
        let path = format!("/{}/_stats/store", current.name);
        let stats = self.shared.client.ask::<Value>(Request::new("GET", &path).within(GLANCE));
        stats.ok().and_then(|stats| stats["_all"]["total"]["store"]["size_in_bytes"].as_u64()).unwrap_or_default()
    }

    fn begin(&self, site: Site) -> Result<Building, IndexError> {
        let shared = &self.shared;
        shared.lease.check()?;
        let last = shared.indices()?.keys().next_back().copied().unwrap_or_default();
        let name = shared.name(last + 1);
        let fingerprint = Fingerprint::for_site(&site);
        let body = schema::index(&shared.settings, &fingerprint).to_string();
        shared.client.ask::<Value>(Request::new("PUT", &format!("/{name}")).with(&body))?;
        let built_with = BuiltWith { site };
        shared.state().write(&site_of(&name), &built_with, Expected::Anything)?;
        let index = Arc::new(OpenSearchIndex::begin(&shared.client, &shared.settings.prefix, &name, &shared.lease)?);
        let generation = Generation::new(Arc::<OpenSearchIndex>::clone(&index), built_with.site);
        let unused = Unused { shared: Arc::clone(shared), name: Some(name) };
        Ok(Building::new(generation, move |generation| unused.put_into_use(generation, index)))
    }

    fn writing(&self) -> Result<Option<u64>, IndexError> {
        let Shared { client, settings, lease, .. } = &*self.shared;
        if self.access == Access::Read {
            return Ok(None);
        }
        match lease.check() {
            Err(ClusterError::Lost) => {}
            known => return Ok(known.map(Some)?),
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        match waiting.take(client, &settings.prefix) {
            Ok(taken) => {
                lease.set(taken);
                let settled = self.shared.take_over().inspect_err(|_| lease.give_back());
                settled.and_then(|()| Ok(lease.check().map(Some)?))
            }
            Err(ClusterError::Held(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn is_writing(&self) -> bool {
        self.shared.lease.is_believed()
    }

    fn is_reachable(&self) -> bool {
        !self.shared.is_away.load(Ordering::Acquire)
    }

    fn discard(&self) -> Result<(), IndexError> {
        let shared = &self.shared;
        shared.lease.give_back();
        for name in shared.indices()?.into_values() {
            shared.remove(&name)?;
        }
        Ok(shared.client.remove_indices(&[&shared.state().index, &JournalIndex::name_of(&shared.settings.prefix)])?)
    }

    fn notes(&self, kind: &str) -> Option<Notes> {
        Some(Notes::new(&self.shared.client, &self.shared.settings.prefix, kind))
    }

    /// A cluster is backed up by itself.
    fn has_restored(&self) -> bool {
        false
    }

    fn take_restored(&self) -> Result<(), IndexError> {
        Ok(())
    }
}

impl Shared {
    fn state(&self) -> State<'_> {
        State::new(&self.client, &self.settings.prefix)
    }

    fn name(&self, number: u64) -> String {
        format!("{}-generation-{number:010}", self.settings.prefix)
    }

    fn alias(&self) -> String {
        format!("{}-articles", self.settings.prefix)
    }

    /// Takes what the cluster has now: another generation, or another commit.
    fn follow(&self) -> Result<(), ClusterError> {
        let Some((name, meta)) = self.named()? else { return Ok(()) };
        let current = self.current.load_full();
        if let Some(current) = current.filter(|current| current.name == name) {
            return current.index.follow_if_newer();
        }
        let Some(meta) = meta.filter(Meta::is_known) else {
            *self.awaited.lock().unwrap_or_else(PoisonError::into_inner) = Awaited::Renewed;
            return Ok(());
        };
        let site = self.state().read::<BuiltWith>(&site_of(&name))?;
        let Some((BuiltWith { site }, _)) = site else { return Ok(()) };
        let index = Arc::new(OpenSearchIndex::open(&self.client, &self.settings.prefix, &name, &self.lease)?);
        let generation = Generation::new(Arc::<OpenSearchIndex>::clone(&index), site);
        let generation = Arc::new(Generation { fingerprint: meta.fingerprint, ..generation });
        self.current.store(Some(Arc::new(Current { name, generation, index })));
        Ok(())
    }

    /// What others do, who note it in the journal after they have committed it.
    fn follow_others(&self) -> Result<(), IndexError> {
        self.follow()?;
        if self.lease.is_believed() { Ok(()) } else { self.journal.read_on() }
    }

    /// Settles what the writer before has left, once this one has the lease.
    fn take_over(&self) -> Result<(), IndexError> {
        self.journal.read_on()?;
        self.follow()?;
        if let Some(current) = self.current.load_full() {
            current.index.take_over()?;
        }
        Ok(self.remove_leftovers()?)
    }

    /// The index that the alias names, and what it was built with, as far as this program can tell.
    fn named(&self) -> Result<Option<(String, Option<Meta>)>, ClusterError> {
        let path = format!("/{}/_mapping?filter_path=*.mappings._meta", self.alias());
        let found: BTreeMap<String, Value> = match self.client.ask(Request::new("GET", &path)) {
            Err(ClusterError::Missing(_)) => return Ok(None),
            found => found?,
        };
        let meta = |mut of: Value| serde_json::from_value(of["mappings"]["_meta"].take()).ok();
        Ok(found.into_iter().next_back().map(|(name, of)| (name, meta(of))))
    }

    /// The indices of all generations, by number.
    fn indices(&self) -> Result<BTreeMap<u64, String>, ClusterError> {
        let before = format!("{}-generation-", self.settings.prefix);
        let path = format!("/{before}*/_settings?filter_path=*.settings.index.uuid");
        let found: BTreeMap<String, Value> = self.client.ask(Request::new("GET", &path))?;
        Ok(found.into_keys().filter_map(|name| Some((name.strip_prefix(&before)?.parse().ok()?, name))).collect())
    }

    /// Removes generations that are not in use: those that were, and those that were never finished.
    fn remove_leftovers(&self) -> Result<(), ClusterError> {
        let in_use = self.named()?.map(|(name, _)| name);
        for name in self.indices()?.into_values().filter(|name| Some(name) != in_use.as_ref()) {
            self.remove(&name)?;
        }
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), ClusterError> {
        self.client.remove_indices(&[name, &words::index_of(name)])?;
        self.state().remove(&[super::commit_of(name), learned_of(name), site_of(name)])
    }
}

/// A generation that is removed unless it comes into use.
struct Unused {
    shared: Arc<Shared>,
    name: Option<String>,
}

impl Unused {
    fn put_into_use(mut self, generation: Generation, index: Arc<OpenSearchIndex>) -> Result<(), IndexError> {
        let Some(name) = self.name.clone() else { return Ok(()) };
        let shared = Arc::clone(&self.shared);
        let before = format!("{}-generation-*", shared.settings.prefix);
        let actions = json!({ "actions": [
            { "remove": { "index": before, "alias": shared.alias(), "must_exist": false } },
            { "add": { "index": name, "alias": shared.alias() } },
        ] });
        shared.lease.check()?;
        shared.client.ask::<Value>(Request::new("POST", "/_aliases").with(&actions.to_string()))?;
        self.name = None;
        let current = Current { name, generation: Arc::new(generation), index };
        let before = shared.current.swap(Some(Arc::new(current)));
        if let Some(before) = before {
            remove_later(shared, before.name.clone());
        }
        Ok(())
    }
}

impl Drop for Unused {
    fn drop(&mut self) {
        if let Some(name) = self.name.take().filter(|name| self.shared.remove(name).is_err()) {
            tracing::warn!(index = name, "cannot remove a generation that is not used; the next start will");
        }
    }
}

fn remove_later(shared: Arc<Shared>, name: String) {
    thread::spawn(move || {
        thread::sleep(OUTLIVES);
        if let Err(error) = shared.remove(&name) {
            tracing::warn!(index = name, %error, "cannot remove an old generation; the next start will");
        }
    });
}

/// Follows what others do, as long as someone reads.
fn follow_on(shared: Weak<Shared>) {
    thread::spawn(move || {
        let (mut was_away, mut last_kept) = (false, Instant::now());
        loop {
            thread::sleep(LOOK);
            let Some(shared) = shared.upgrade() else { return };
            if last_kept.elapsed() >= KEPT_AGAIN {
                last_kept = Instant::now();
                shared.current.load().iter().for_each(|current| current.index.keep_views());
            }
            shared.client.look_after_nodes();
            let followed = shared.follow_others();
            if let (Err(error), false) = (&followed, was_away) {
                tracing::error!(%error, "the cluster cannot be followed");
            }
            was_away = followed.is_err();
            shared.is_away.store(was_away, Ordering::Release);
        }
    });
}

/// How many documents an index shows.
pub(super) fn count(client: &Client, index: &str) -> Result<u64, ClusterError> {
    #[derive(Deserialize)]
    struct Count {
        count: u64,
    }
    Ok(client.ask::<Count>(Request::new("GET", &format!("/{index}/_count")))?.count)
}

fn site_of(index: &str) -> String {
    format!("site-{index}")
}
