//! The index in an OpenSearch cluster, which may be searched by any number of servers.
//!
//! ```text
//! PREFIX-generation-0000000001   the articles of a generation; the alias PREFIX-articles names the one in use
//! PREFIX-generation-0000000001-words   how many of them have each word
//! PREFIX-state                   the last commit of each generation, the site it was built with, what was learned
//! PREFIX-journal                 when each article last changed
//! PREFIX-analytics               what each server has counted of searches, by day
//! ```
//! All analysis is Khonha's own: documents and queries are sent as terms. What OpenSearch has no query for, the worth of
//! passages, is worked out here; see [`ranked`].

mod batch;
mod client;
mod cluster;
mod compact;
mod counts;
mod digest;
mod documents;
mod error;
mod explain;
mod facets;
mod journal;
mod learned;
mod lease;
mod notes;
mod order;
mod passage;
mod query;
mod ranked;
mod response;
mod schema;
mod search;
mod settings;
mod setup;
mod state;
mod view;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use self::batch::{Batch, Target};
use self::client::{Client, PATIENCE, Request};
use self::counts::Counts;
use self::lease::OwnLease;
use self::state::{Expected, State};
use self::view::{Commit, View, commit_of};
use self::words::{Counted, Words};
use super::{
    COMMIT_DURATION, CommitName, Digests, Document, Explanation, Field, FoundArticles, Index, IndexError,
    IndexedOrigin, Learned, Outcome, Plan, Query,
};
use crate::content::{Article, ArticleId, Localized, Origin};

pub(super) use cluster::{Cluster, Opened};
pub use error::ClusterError;
pub use notes::Notes;
pub use settings::{ClusterSettings, Login};

/// How long a large index may take to be refreshed.
const LONG: Duration = Duration::from_secs(3_600);
/// Between two looks at what others do.
const LOOK: Duration = Duration::from_secs(1);

/// The index of one generation.
struct OpenSearchIndex {
    client: Arc<Client>,
    prefix: String,
    /// Its name in the cluster.
    name: String,
    lease: OwnLease,
    words: Words,
    views: Mutex<Views>,
    batch: Mutex<Batch>,
}

/// The commits that can be searched.
struct Views {
    last: Arc<View>,
    /// Those that are kept, by version, with how often each is held.
    held: BTreeMap<u64, (Arc<View>, usize)>,
    /// These, and others that someone searches to the end.
    all: Vec<Weak<View>>,
}

impl OpenSearchIndex {
    /// The index `name` at its last commit.
    fn open(client: &Arc<Client>, prefix: &str, name: &str, lease: &OwnLease) -> Result<OpenSearchIndex, ClusterError> {
        let last = Arc::new(View::last(client, prefix, name)?);
        Ok(OpenSearchIndex {
            client: Arc::clone(client),
            prefix: prefix.to_owned(),
            name: name.to_owned(),
            lease: lease.clone(),
            words: Words::new(client, name),
            views: Mutex::new(Views { all: vec![Arc::downgrade(&last)], last, held: BTreeMap::new() }),
            batch: Mutex::default(),
        })
    }

    /// Makes the empty commit of a new index.
    fn begin(
        client: &Arc<Client>,
        prefix: &str,
        name: &str,
        lease: &OwnLease,
    ) -> Result<OpenSearchIndex, ClusterError> {
        let first = Commit { number: 0, name: random_name(), documents: 0, words: Counted::default(), is_whole: true };
        Words::new(client, name).create()?;
        State::new(client, prefix).write(&commit_of(name), &first, Expected::Anything)?;
        OpenSearchIndex::open(client, prefix, name, lease)
    }

    fn state(&self) -> State<'_> {
        State::new(&self.client, &self.prefix)
    }

    fn last(&self) -> Arc<View> {
        Arc::clone(&self.views.lock().unwrap_or_else(PoisonError::into_inner).last)
    }

    /// The commit of this version if it is held, or the last one.
    fn view(&self, version: Option<u64>) -> Result<Arc<View>, IndexError> {
        let Some(version) = version else { return Ok(self.last()) };
        let views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        let held = views.held.get(&version).map(|(view, _)| Arc::clone(view));
        held.ok_or(IndexError::NotHeld(version))
    }

    /// Does `work` with the commit of this version. Where the last one is meant and another server has made a newer one,
    /// that is taken.
    fn with_view<T>(
        &self,
        version: Option<u64>,
        work: impl Fn(&Arc<View>) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        match (work(&self.view(version)?), version) {
            (Err(IndexError::Cluster(ClusterError::Missing(_))), None) => {
                self.follow()?;
                work(&self.last())
            }
            (Err(IndexError::Cluster(ClusterError::Missing(_))), Some(version)) => Err(IndexError::NotHeld(version)),
            (done, _) => done,
        }
    }

    /// Takes the last commit of the cluster.
    fn follow(&self) -> Result<(), ClusterError> {
        let last = Arc::new(View::last(&self.client, &self.prefix, &self.name)?);
        let before = {
            let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
            views.all.push(Arc::downgrade(&last));
            std::mem::replace(&mut views.last, last)
        };
        // The cluster is told that it is done with without the lock.
        drop(before);
        Ok(())
    }

    /// Takes the last commit of the cluster if it is another one.
    fn follow_if_newer(&self) -> Result<(), ClusterError> {
        let last = self.state().read::<Commit>(&commit_of(&self.name))?.map(|(commit, _)| commit);
        let is_newer = last.is_some_and(|commit| commit.is_whole && commit != self.last().commit);
        if is_newer { self.follow() } else { Ok(()) }
    }

    /// Keeps all commits that are searched.
    fn keep_views(&self) {
        let all: Vec<Arc<View>> = {
            let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
            views.all.retain(|view| view.strong_count() > 0);
            views.all.iter().filter_map(Weak::upgrade).collect()
        };
        all.iter().for_each(|view| view.keep());
    }

    /// Has all shards show what was sent, between two marks of the commit. It has changed the counts of words by `counts`,
    /// which are read of the documents where they are not known.
    fn show(&self, counts: Option<Counts>) -> Result<(), ClusterError> {
        self.lease.check()?;
        let shown = self.mark_and_refresh(counts);
        if shown.is_err() {
            // How far it came is read, so that the next try begins from there.
            let _ = self.follow();
        }
        shown
    }

    fn mark_and_refresh(&self, counts: Option<Counts>) -> Result<(), ClusterError> {
        let before = self.last();
        let unfinished = Commit { is_whole: false, number: before.commit.number + 1, ..before.commit.clone() };
        let revision = self.state().write(&commit_of(&self.name), &unfinished, Expected::Same(before.revision))?;
        let path = format!("/{}/_refresh", self.name);
        self.client.ask::<Value>(Request::new("POST", &path).within(LONG).each_within(PATIENCE))?;
        let counts = counts.map_or_else(|| self.counts_after(before.commit.words.commit), Ok)?;
        let words = self.words.add(&before.commit.words, counts, unfinished.number)?;
        let documents = cluster::count(&self.client, &self.name)?;
        let whole = Commit { name: random_name(), documents, words, is_whole: true, ..unfinished };
        self.state().write(&commit_of(&self.name), &whole, Expected::Same(revision))?;
        self.follow()
    }

    /// The words of what was sent after a commit by someone who counted them, and cannot be asked. What that replaced is not
    /// known, and stays counted.
    fn counts_after(&self, commit: u64) -> Result<Counts, ClusterError> {
        let mut counts = Counts::default();
        documents::each_after(&self.client, &self.name, commit, &mut |document| counts.add(&document, 1))?;
        Ok(counts)
    }

    /// Shows what another writer has left that ended in the middle of a batch, or of a commit.
    fn take_over(&self) -> Result<(), ClusterError> {
        self.follow()?;
        self.show(None)
    }

    fn keep_learned(&self, learned: Learned) -> Result<(), ClusterError> {
        learned::write(&self.state(), &self.name, &self.last().commit.name, learned)
    }

    /// What was sent of a batch that failed is shown before anyone looks at what the index has.
    fn settle(&self) -> Result<(), ClusterError> {
        let mut batch = self.batch.lock().unwrap_or_else(PoisonError::into_inner);
        if batch.has_failed() {
            self.show(None)?;
            batch.settled();
        }
        Ok(())
    }

    fn write(&self, work: impl FnOnce(&mut Batch, &Target) -> Result<(), ClusterError>) -> Result<(), IndexError> {
        let mut batch = self.batch.lock().unwrap_or_else(PoisonError::into_inner);
        let (client, index) = (Arc::clone(&self.client), self.name.clone());
        let target = |epoch| Target { client, index, epoch, commit: self.last().commit.number + 1 };
        let done = self.lease.check().and_then(|epoch| work(&mut batch, &target(epoch)));
        Ok(done.inspect_err(|_| batch.give_up())?)
    }
}

impl Index for OpenSearchIndex {
    fn search(&self, plan: &Plan) -> Result<Outcome, IndexError> {
        self.with_view(plan.version, |view| search::run(view, plan))
    }

    fn find<'a>(&'a self, plan: &Plan) -> Result<FoundArticles<'a>, IndexError> {
        self.with_view(plan.version, |view| search::find(view, plan))
    }

    fn article(&self, id: &ArticleId) -> Result<Option<Article>, IndexError> {
        self.with_view(None, |view| search::article(view, id))
    }

    fn documents(&self) -> u64 {
        self.last().commit.documents
    }

    fn version(&self) -> u64 {
        self.last().commit.number
    }

    fn name(&self) -> CommitName {
        name(&self.last().commit)
    }

    fn hold(&self) -> (u64, CommitName) {
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        let last = Arc::clone(&views.last);
        let (version, name) = (last.commit.number, name(&last.commit));
        views.held.entry(version).or_insert((last, 0)).1 += 1;
        (version, name)
    }

    fn release(&self, version: u64) {
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((_, times)) = views.held.get_mut(&version) else { return };
        *times -= 1;
        if *times == 0 {
            let released = views.held.remove(&version);
            drop(views);
            drop(released);
        }
    }

    fn words(&self, fields: &[Field], read: &mut dyn FnMut(&str, u64)) -> Result<(), IndexError> {
        self.with_view(None, |view| Ok(self.words.parts(&view.commit.words)?))
            .map(|parts| counts::each_word(&parts, fields, read))
    }

    fn titles(&self) -> Result<Vec<(ArticleId, Localized)>, IndexError> {
        self.with_view(None, |view| documents::titles(view))
    }

    fn topics(&self, read: &mut dyn FnMut(ArticleId, Vec<String>)) -> Result<(), IndexError> {
        Ok(documents::topics(&self.last(), read)?)
    }

    fn read_all(&self, read: &mut dyn FnMut(Article)) -> Result<(), IndexError> {
        documents::read_all(&self.last(), read)
    }

    fn learned(&self) -> Result<Learned, IndexError> {
        Ok(learned::read(&self.state(), &self.name, &self.last().commit.name)?)
    }

    fn explain(&self, query: &Query, id: &ArticleId) -> Result<Option<Explanation>, IndexError> {
        self.with_view(None, |view| explain::explain(view, query, id))
    }

    fn origins(&self) -> Result<Vec<IndexedOrigin>, IndexError> {
        self.settle()?;
        documents::origins(&self.last())
    }

    fn digests(&self) -> Result<Digests, IndexError> {
        self.with_view(None, |view| digest::digests(view))
    }

    fn digests_of(&self, documents: &[Document]) -> Result<Digests, IndexError> {
        digest::digests_of(documents)
    }

    fn add(&self, document: Document) -> Result<(), IndexError> {
        let fields = fields_of(&document)?;
        self.write(|batch, target| batch.add(target, &document.article.origin, fields))
    }

    fn remove(&self, origin: &Origin) -> Result<(), IndexError> {
        self.write(|batch, target| batch.remove(target, origin))
    }

    fn commit(&self) -> Result<(), IndexError> {
        let start = Instant::now();
        self.write(|batch, target| {
            let counts = batch.finish(target)?;
            self.show(counts)?;
            batch.settled();
            Ok(())
        })?;
        metrics::histogram!(COMMIT_DURATION).record(start.elapsed());
        Ok(())
    }

    fn commit_learned(&self, lines: &str) -> Result<(), IndexError> {
        self.lease.check()?;
        self.keep_learned(Learned { lines: lines.to_owned(), by: String::new() })?;
        self.commit()
    }

    fn confirm_learned(&self, by: &str) -> Result<(), IndexError> {
        self.lease.check()?;
        Ok(self.keep_learned(Learned { by: by.to_owned(), ..self.learned()? })?)
    }

    fn compact(&self) -> Result<(), IndexError> {
        Ok(compact::compact(&self.client, &self.name)?)
    }
}

fn fields_of(document: &Document) -> Result<Map<String, Value>, ClusterError> {
    let origin = &document.article.origin;
    schema::document(document).map_err(|error| ClusterError::Answer {
        status: 0,
        reason: format!("{origin} cannot be sent as JSON: {error}"),
    })
}

/// A name that no other commit has.
fn random_name() -> String {
    let mut random = [0; 32];
    if getrandom::fill(&mut random).is_err() {
        // The time and the process tell it from all others as well.
        return blake3::hash(format!("{:?} {}", std::time::SystemTime::now(), std::process::id()).as_bytes())
            .to_hex()
            .to_string();
    }
    blake3::Hash::from_bytes(random).to_hex().to_string()
}

fn name(commit: &Commit) -> CommitName {
    CommitName(blake3::Hash::from_hex(&commit.name).map(Into::into).unwrap_or_default())
}
