//! What is read of every article, from columns: their values are unpacked once, in order, and not one by one.

use std::io;

use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

use super::EmbeddedIndex;
use super::schema::{HASH, ID, ORIGIN, shown_title};
use crate::content::{ArticleId, Localized, Origin};
use crate::index::{Facet, IndexedOrigin};
use crate::text::Language;

/// A column of strings.
struct Strings {
    column: StrColumn,
    /// All values, one after the other in their order.
    text: String,
    /// Where each ends, in bytes.
    ends: Vec<usize>,
}

/// Where every article comes from.
pub(super) fn origins(index: &EmbeddedIndex) -> tantivy::Result<Vec<IndexedOrigin>> {
    let mut found = Vec::new();
    for segment in index.reader.searcher().segment_readers() {
        let column = |name| Strings::open(segment, name);
        let (Some(origins), Some(hashes), Some(ids)) = (column(ORIGIN)?, column(HASH)?, column(ID)?) else {
            continue;
        };
        for doc in segment.doc_ids_alive() {
            let (origin, id) = (Origin::from_key(origins.first(doc)), ids.id(doc));
            found.push(IndexedOrigin { origin, hash: blake3::Hash::from_hex(hashes.first(doc)).ok(), id });
        }
    }
    Ok(found)
}

/// The titles of every article.
pub(super) fn titles(index: &EmbeddedIndex) -> tantivy::Result<Vec<(ArticleId, Localized)>> {
    let mut titles = Vec::new();
    for segment in index.reader.searcher().segment_readers() {
        let Some(ids) = Strings::open(segment, ID)? else { continue };
        let mut columns = Vec::new();
        for language in Language::ALL {
            columns.extend(Strings::open(segment, shown_title(language))?.map(|column| (language, column)));
        }
        for doc in segment.doc_ids_alive() {
            let mut title = Localized::default();
            for (language, column) in &columns {
                *title.get_mut(*language) = Some(column.first(doc).to_owned()).filter(|title| !title.is_empty());
            }
            titles.push((ids.id(doc), title));
        }
    }
    Ok(titles)
}

/// Gives the topics of every article to `read`.
pub(super) fn topics(index: &EmbeddedIndex, read: &mut dyn FnMut(ArticleId, Vec<String>)) -> tantivy::Result<()> {
    for segment in index.reader.searcher().segment_readers() {
        let Some(ids) = Strings::open(segment, ID)? else { continue };
        let topics = Strings::open(segment, Facet::Topic.name())?;
        for doc in segment.doc_ids_alive() {
            let of = topics.iter().flat_map(|topics| topics.of(doc)).map(str::to_owned);
            read(ids.id(doc), of.collect());
        }
    }
    Ok(())
}

/// Gives the values of a column to `read`, in order.
pub(super) fn each_value(column: &StrColumn, mut read: impl FnMut(&str)) -> tantivy::Result<()> {
    let mut values = column.dictionary().stream()?;
    while values.advance() {
        read(str::from_utf8(values.key()).map_err(io::Error::other)?);
    }
    Ok(())
}

impl Strings {
    fn open(segment: &SegmentReader, name: &str) -> tantivy::Result<Option<Strings>> {
        let Some(column) = segment.fast_fields().str(name)? else { return Ok(None) };
        let (mut text, mut ends) = (String::new(), Vec::with_capacity(column.num_terms()));
        each_value(&column, |value| {
            text.push_str(value);
            ends.push(text.len());
        })?;
        Ok(Some(Strings { column, text, ends }))
    }

    /// The values of a document.
    fn of(&self, doc: u32) -> impl Iterator<Item = &str> {
        self.column.term_ords(doc).filter_map(|ord| {
            let ord = usize::try_from(ord).ok()?;
            let start = ord.checked_sub(1).map_or(0, |before| self.ends[before]);
            Some(&self.text[start..*self.ends.get(ord)?])
        })
    }

    /// The value of a document, where it has no more than one.
    fn first(&self, doc: u32) -> &str {
        self.of(doc).next().unwrap_or_default()
    }

    fn id(&self, doc: u32) -> ArticleId {
        ArticleId::new(self.first(doc))
    }
}
