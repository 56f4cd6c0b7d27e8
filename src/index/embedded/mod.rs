//! The index on tantivy, within this process. The only folder that names tantivy.

mod after;
mod backup;
mod checked;
mod columns;
mod digest;
mod evaluate;
mod explain;
mod facets;
mod folder;
mod kept;
mod named;
mod passage;
mod read_only;
mod restore;
mod rewarded;
mod schema;
mod search;
mod terms;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use arc_swap::ArcSwapOption;
use bytes::Bytes;
use tantivy::directory::error::{LockError, OpenReadError};
use tantivy::merge_policy::{LogMergePolicy, NoMergePolicy};
use tantivy::schema::Value;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term};

use self::checked::changed_files;
use self::facets::FacetValues;
use self::folder::GenerationFolder;
use self::read_only::ReadOnly;
use self::schema::Fields;
use super::lock::patiently;
use super::{
    COMMIT_DURATION, CommitName, Digests, Document, Explanation, Field, FoundArticles, Index, IndexError,
    IndexedOrigin, Learned, Outcome, Plan, Query,
};
use crate::content::{Article, ArticleId, Localized, Origin};
use crate::index::store::Access;

pub use backup::{Backup, back_up};
pub(super) use folder::Folder;
pub(super) use restore::has_restored;
pub use restore::{Restored, restore};

/// Memory for documents that are not yet written, in bytes.
const WRITER_MEMORY: usize = 64 << 20;

/// An index segment of which a greater part was removed is written anew without it.
const MOST_REMOVED: f32 = 0.3;

/// One generation's index in a folder of its own.
pub(super) struct EmbeddedIndex {
    fields: Fields,
    /// Opened by the first change: reading needs none, and there can be only one.
    writer: Mutex<Option<IndexWriter>>,
    /// Whether it was created and not compacted yet.
    is_new: AtomicBool,
    reader: IndexReader,
    /// Those of the last commit that was searched.
    facet_values: ArcSwapOption<FacetValues>,
    /// Commits that are kept, by version, with how often each is held.
    held: Mutex<BTreeMap<u64, (Searcher, usize)>>,
    index: tantivy::Index,
    access: Access,
    /// Dropped last, since it may remove the files that the others have open.
    folder: Arc<GenerationFolder>,
}

impl EmbeddedIndex {
    /// Creates an empty index in `folder`, which must exist.
    fn create(folder: Arc<GenerationFolder>) -> Result<EmbeddedIndex, IndexError> {
        let path = &folder.path;
        let (schema, _) = schema::build();
        let settings = tantivy::IndexSettings {
            docstore_compression: tantivy::store::Compressor::Zstd(tantivy::store::ZstdCompressor::default()),
            ..Default::default()
        };
        let index = tantivy::Index::builder().schema(schema).settings(settings).create_in_dir(path);
        let index = index.map_err(|error| engine(path, error))?;
        EmbeddedIndex::over(index, folder, Access::Write, true)
    }

    /// Opens the index in `folder`.
    fn open(folder: Arc<GenerationFolder>, access: Access) -> Result<EmbeddedIndex, IndexError> {
        let opened = match access {
            Access::Write => tantivy::Index::open_in_dir(&folder.path),
            Access::Read => ReadOnly::open(&folder.path).map_err(TantivyError::from).and_then(tantivy::Index::open),
        };
        let index = opened.map_err(|error| opening(&folder.path, error))?;
        // Before anything else: the engine trusts what it reads, and may panic over other bytes than it wrote.
        match changed_files(&index, &folder.path, access).map_err(|error| opening(&folder.path, error))?.as_slice() {
            [] => {}
            changed => {
                return Err(damaged(&folder.path, format!("other bytes were written to {}", changed.join(", "))));
            }
        }
        EmbeddedIndex::over(index, folder, access, false)
    }

    fn over(
        index: tantivy::Index,
        folder: Arc<GenerationFolder>,
        access: Access,
        is_new: bool,
    ) -> Result<EmbeddedIndex, IndexError> {
        let (schema, fields) = schema::build();
        if index.schema() != schema {
            return Err(damaged(&folder.path, "it has another schema"));
        }
        index.tokenizers().register(terms::CUT_TEXT, terms::CutText::default());
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader = reader.map_err(|error| opening(&folder.path, error))?;
        let (writer, facet_values, held) = (Mutex::new(None), ArcSwapOption::empty(), Mutex::default());
        let is_new = AtomicBool::new(is_new);
        Ok(EmbeddedIndex { fields, writer, is_new, reader, facet_values, held, index, access, folder })
    }

    /// Does `work` with the writer; what it had not committed is dropped if it fails.
    fn write<T>(&self, work: impl FnOnce(&mut IndexWriter) -> tantivy::Result<T>) -> Result<T, IndexError> {
        let mut guard = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = match guard.take() {
            Some(writer) => writer,
            None => self.new_writer().map_err(|error| self.error(error))?,
        };
        let done = work(&mut writer).map_err(|error| self.error(writing(&error)))?;
        *guard = Some(writer);
        Ok(done)
    }

    fn commit_with(&self, learned: &Learned) -> Result<(), IndexError> {
        let payload = serde_json::to_string(learned).map_err(|error| self.error(error))?;
        self.write(|writer| {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit().map(drop)
        })
    }

    fn new_writer(&self) -> tantivy::Result<IndexWriter> {
        let writer = self.unset_writer()?;
        if self.is_new.load(Ordering::Acquire) {
            // Its index segments are merged once, when all are there.
            writer.set_merge_policy(Box::new(NoMergePolicy));
            return Ok(writer);
        }
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(MOST_REMOVED);
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }

    /// No other process writes: the folder of all generations is locked too.
    fn unset_writer(&self) -> tantivy::Result<IndexWriter> {
        let is_busy = |error: &TantivyError| matches!(error, TantivyError::LockFailure(LockError::LockBusy, _));
        patiently(|| self.index.writer_with_num_threads(1, WRITER_MEMORY), is_busy)
    }

    /// The commit of this version if it is held, or the last one.
    fn searcher(&self, version: Option<u64>) -> Result<Searcher, IndexError> {
        let Some(version) = version else { return Ok(self.reader.searcher()) };
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&version).map(|(searcher, _)| searcher.clone()).ok_or(IndexError::NotHeld(version))
    }

    /// The values of facets in a commit; read anew for an old one, so that those of the last stay.
    fn facet_values(&self, searcher: &Searcher) -> tantivy::Result<Arc<FacetValues>> {
        let generation = searcher.generation().generation_id();
        let known = self.facet_values.load_full();
        if let Some(known) = known.as_ref().filter(|known| known.generation == generation) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(FacetValues::of(searcher, known.as_deref())?);
        if known.is_none_or(|known| known.generation < generation) {
            self.facet_values.store(Some(Arc::clone(&read)));
        }
        Ok(read)
    }

    fn error(&self, reason: impl ToString) -> IndexError {
        engine(&self.folder.path, reason)
    }

    fn term_of(&self, origin: &Origin) -> Term {
        Term::from_field_text(self.fields.origin, &origin.key())
    }

    fn stored_article(&self, document: &TantivyDocument) -> Result<Article, IndexError> {
        let json = document.get_first(self.fields.article).and_then(|value| value.as_str()).unwrap_or_default();
        serde_json::from_str(json).map_err(|error| self.error(error))
    }
}

impl Index for EmbeddedIndex {
    fn search(&self, plan: &Plan) -> Result<Outcome, IndexError> {
        search::run(self, plan)
    }

    fn find<'a>(&'a self, plan: &Plan) -> Result<FoundArticles<'a>, IndexError> {
        search::find(self, plan)
    }

    fn article(&self, id: &ArticleId) -> Result<Option<Article>, IndexError> {
        search::article(self, id)
    }

    fn documents(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    fn version(&self) -> u64 {
        self.reader.searcher().generation().generation_id()
    }

    fn name(&self) -> CommitName {
        name(&self.reader.searcher())
    }

    fn hold(&self) -> (u64, CommitName) {
        let searcher = self.reader.searcher();
        let (version, name) = (searcher.generation().generation_id(), name(&searcher));
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.entry(version).or_insert((searcher, 0)).1 += 1;
        (version, name)
    }

    fn release(&self, version: u64) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((_, times)) = held.get_mut(&version) else { return };
        *times -= 1;
        if *times == 0 {
            held.remove(&version);
        }
    }

    fn words(&self, fields: &[Field], read: &mut dyn FnMut(&str, u64)) -> Result<(), IndexError> {
        search::words(self, fields, read).map_err(|error| self.error(error))
    }

    fn titles(&self) -> Result<Vec<(ArticleId, Localized)>, IndexError> {
        columns::titles(self).map_err(|error| self.error(error))
    }

    fn topics(&self, read: &mut dyn FnMut(ArticleId, Vec<String>)) -> Result<(), IndexError> {
        columns::topics(self, read).map_err(|error| self.error(error))
    }

    fn read_all(&self, read: &mut dyn FnMut(Article)) -> Result<(), IndexError> {
        search::read_all(self, read)
    }

    /// It is a part of each commit, which the engine keeps for us.
    fn learned(&self) -> Result<Learned, IndexError> {
        let commit = self.index.load_metas().map_err(|error| self.error(error))?;
        let kept = commit.payload.unwrap_or_default();
        // An earlier program kept the lines alone.
        Ok(serde_json::from_str(&kept).unwrap_or(Learned { lines: kept, by: String::new() }))
    }

    fn kept(&self) -> Option<Bytes> {
        kept::read(&self.folder.path, self.access)
    }

    fn keep(&self, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), IndexError> {
        if self.access == Access::Read { Ok(()) } else { kept::write(&self.folder.path, write) }
    }

    fn explain(&self, query: &Query, id: &ArticleId) -> Result<Option<Explanation>, IndexError> {
        explain::explain(self, query, id).map_err(|error| self.error(error))
    }

    fn origins(&self) -> Result<Vec<IndexedOrigin>, IndexError> {
        columns::origins(self).map_err(|error| self.error(error))
    }

    fn digests(&self) -> Result<Digests, IndexError> {
        digest::digests(&self.reader.searcher()).map_err(|error| self.error(error))
    }

    fn digests_of(&self, documents: &[Document]) -> Result<Digests, IndexError> {
        digest::digests_of(documents).map_err(|error| self.error(error))
    }

    fn add(&self, document: Document) -> Result<(), IndexError> {
        let before = self.term_of(&document.article.origin);
        let document = schema::document(&self.fields, &document).map_err(|error| self.error(error))?;
        self.write(|writer| {
            writer.delete_term(before);
            writer.add_document(document)
        })?;
        Ok(())
    }

    fn remove(&self, origin: &Origin) -> Result<(), IndexError> {
        let term = self.term_of(origin);
        self.write(|writer| Ok(writer.delete_term(term)))?;
        Ok(())
    }

    fn commit(&self) -> Result<(), IndexError> {
        self.commit_learned(&self.learned()?.lines)
    }

    fn commit_learned(&self, lines: &str) -> Result<(), IndexError> {
        let start = Instant::now();
        self.commit_with(&Learned { lines: lines.to_owned(), by: String::new() })?;
        metrics::histogram!(COMMIT_DURATION).record(start.elapsed());
        self.reader.reload().map_err(|error| self.error(error))
    }

    /// Readers stay as they are, since there is nothing new for them.
    fn confirm_learned(&self, by: &str) -> Result<(), IndexError> {
        self.commit_with(&Learned { by: by.to_owned(), ..self.learned()? })
    }

    /// Each index segment has a dictionary of its own, in which every term of a query is looked up.
    fn compact(&self) -> Result<(), IndexError> {
        self.is_new.store(false, Ordering::Release);
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer {
            writer.wait_merging_threads().map_err(|error| self.error(writing(&error)))?;
        }
        let segments = self.index.searchable_segment_ids().map_err(|error| self.error(error))?;
        if segments.len() > 1 {
            self.write(|writer| writer.merge(&segments).wait().map(drop))?;
        }
        self.reader.reload().map_err(|error| self.error(error))
    }
}

/// The index segments have random ids that are never used again, and what was deleted of one is told by when.
fn name(searcher: &Searcher) -> CommitName {
    let mut hasher = blake3::Hasher::new();
    for (id, deleted) in searcher.generation().segments() {
        hasher.update(format!("{} {deleted:?}\n", id.uuid_string()).as_bytes());
    }
    CommitName(*hasher.finalize().as_bytes())
}

/// Tells damage, which building anew mends, from a system that says no, which it does not.
fn opening(path: &Path, error: TantivyError) -> IndexError {
    let is_damage = match &error {
        TantivyError::DataCorruption(_) | TantivyError::IncompatibleIndex(_) => true,
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)) => true,
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => is_cut_short(io_error),
        TantivyError::IoError(error) => is_cut_short(error),
        _ => false,
    };
    if is_damage { damaged(path, error.to_string()) } else { engine(path, error) }
}

/// Whether it is what a file says that makes the engine give up, and not the system.
fn is_cut_short(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData)
}

/// What to say of a failed change: the engine keeps to itself why its thread ended, which is nearly always the disk.
fn writing(error: &TantivyError) -> String {
    match error {
        TantivyError::ErrorInThread(reason) => format!("{reason} Is the disk full, or failing?"),
        error => error.to_string(),
    }
}

fn damaged(path: &Path, reason: impl Into<String>) -> IndexError {
    IndexError::Damaged { path: path.to_owned(), reason: reason.into() }
}

fn engine(path: &Path, reason: impl ToString) -> IndexError {
    IndexError::Engine { path: path.to_owned(), reason: reason.to_string() }
}
