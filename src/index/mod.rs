//! Articles to documents to hits.
//!
//! Above this folder a search is a [`Plan`] and an index is an [`Index`]; which engine holds it is
//! known below only. A [`Store`] keeps the [`Generation`]s: each is one index together with the
//! analyzer and the site's data that it was built with, so that a reader always has all three from the
//! same build. A [`Journal`] beside them tells when each article last changed, whatever generation holds it.

mod bm25;
mod cut_text;
mod digest;
mod document;
mod durable;
mod embedded;
mod error;
mod explanation;
mod generation;
mod journal;
mod learned;
mod lock;
mod opensearch;
mod passages;
mod plan;
mod status;
mod store;
mod window;

use std::io::{self, Write};

use bytes::Bytes;

use self::durable::{Readers, TEMPORARY, replace, write_durably};
use crate::content::{Article, ArticleId, Localized, Origin};

pub use digest::Digests;
pub use document::Document;
pub use embedded::{Backup, Restored, back_up, restore};
pub use error::{Awaited, IndexError};
pub use generation::{Building, Fingerprint, Generation, analyzer, site_names};
pub use journal::{Entry, Journal, Part, Presence, Selection};
pub use learned::Learned;
pub use opensearch::{ClusterError, ClusterSettings, Login, Notes};
pub use plan::{
    Choice, Explanation, Facet, FacetCounts, Field, Filters, FoundArticles, Hit, Outcome, Place, PlaceKey, Plan, Query,
    Sort,
};
pub use status::{Change, Status, Told, Work};
pub use store::{Access, Engine, Store};

/// The name of what is measured of commits: a histogram of seconds.
pub const COMMIT_DURATION: &str = "khonha_index_commit_duration_seconds";

/// One index of articles. Readers see one whole commit, also while a batch is applied.
pub trait Index: Send + Sync {
    /// Runs a plan.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn search(&self, plan: &Plan) -> Result<Outcome, IndexError>;

    /// Runs a plan whose hits may be too many for memory: they are found at once, in one commit, and each article is
    /// read when its turn comes. Nothing is counted but the total.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read, here and with each article.
    fn find<'a>(&'a self, plan: &Plan) -> Result<FoundArticles<'a>, IndexError>;

    /// The article with this id.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn article(&self, id: &ArticleId) -> Result<Option<Article>, IndexError>;

    /// How many documents there are.
    fn documents(&self) -> u64;

    /// Tells one commit from another: a number that no two commits share.
    fn version(&self) -> u64;

    /// Names the last commit: other than its [`version`](Index::version) the same in every process and run, and never
    /// that of another commit with other documents, of this index or of one built anew.
    fn name(&self) -> CommitName;

    /// Keeps the last commit as it is for [`Plan::version`] until it is released as often as it was held; gives its
    /// [`version`](Index::version) and its [`name`](Index::name).
    fn hold(&self) -> (u64, CommitName);

    /// Gives up a commit that was held.
    fn release(&self, version: u64);

    /// Gives every term of some fields to `read`, each once and in the order of their bytes, with the number of documents
    /// that have it (in the field where most do; what was removed is counted until the engine tidies up).
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn words(&self, fields: &[Field], read: &mut dyn FnMut(&str, u64)) -> Result<(), IndexError>;

    /// The titles of all articles, in no order.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn titles(&self) -> Result<Vec<(ArticleId, Localized)>, IndexError>;

    /// Gives the topics of every article, and those above them, to `read`; the articles in no order.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn topics(&self, read: &mut dyn FnMut(ArticleId, Vec<String>)) -> Result<(), IndexError>;

    /// Gives every article to `read`, in no order.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn read_all(&self, read: &mut dyn FnMut(Article)) -> Result<(), IndexError>;

    /// What was learned from the articles.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn learned(&self) -> Result<Learned, IndexError>;

    /// What was [kept](Index::keep) last; `None` if nothing was, or the engine keeps nothing. It stays where it is kept, so
    /// that it takes no memory of its own.
    fn kept(&self) -> Option<Bytes> {
        None
    }

    /// Keeps what `write` writes, which was worked out of a commit, for other processes and runs, in place of what was kept
    /// before. An engine whose own form of it is as good, or a process that does not write, keeps nothing.
    ///
    /// # Errors
    /// [`IndexError`] if it cannot be written.
    fn keep(&self, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), IndexError> {
        let _ = write;
        Ok(())
    }

    /// How the score of an article comes about in a query; `None` if the query does not find it.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn explain(&self, query: &Query, id: &ArticleId) -> Result<Option<Explanation>, IndexError>;

    /// Where the articles in the index come from, with the hash of what was indexed.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn origins(&self) -> Result<Vec<IndexedOrigin>, IndexError>;

    /// All that the index holds of each document.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read.
    fn digests(&self) -> Result<Digests, IndexError>;

    /// What [`Index::digests`] would be if the index held these documents and no others.
    ///
    /// # Errors
    /// [`IndexError`] if the engine does not take them.
    fn digests_of(&self, documents: &[Document]) -> Result<Digests, IndexError>;

    /// Adds a document to the batch, in place of the one of the same origin.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be written; the batch is then lost, the last commit is not.
    fn add(&self, document: Document) -> Result<(), IndexError>;

    /// Adds the removal of the document of `origin` to the batch.
    ///
    /// # Errors
    /// As [`Index::add`].
    fn remove(&self, origin: &Origin) -> Result<(), IndexError>;

    /// Commits the batch: all of it is on disk and seen by readers, or none of it.
    ///
    /// # Errors
    /// As [`Index::add`].
    fn commit(&self) -> Result<(), IndexError>;

    /// As [`Index::commit`], with what was learned from the articles in place of what was before.
    ///
    /// # Errors
    /// As [`Index::add`].
    fn commit_learned(&self, lines: &str) -> Result<(), IndexError>;

    /// Notes that what was learned is what the articles of the last commit teach, which holds until the next one; see
    /// [`Learned::by`]. The commit stays the same.
    ///
    /// # Errors
    /// As [`Index::add`].
    fn confirm_learned(&self, by: &str) -> Result<(), IndexError>;

    /// Puts what is committed in the form that is searched fastest and takes least room, which is worth its time where
    /// many documents were added at once.
    ///
    /// # Errors
    /// As [`Index::add`].
    fn compact(&self) -> Result<(), IndexError>;
}

/// The name of a commit, see [`Index::name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitName(pub [u8; 32]);

/// Where an article in the index comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedOrigin {
    /// The file, or the item of one.
    pub origin: Origin,
    /// The BLAKE3 hash of what it said; `None` where the index has none that can be read.
    pub hash: Option<blake3::Hash>,
    /// The article's id.
    pub id: ArticleId,
}
