//! Reads everything that the engine has of each document, to compare it with what a fresh build would have.

use tantivy::columnar::StrColumn;
use tantivy::postings::Postings;
use tantivy::schema::{Field, FieldEntry, Schema, Type, Value};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument};

use super::schema::{self, ORIGIN};
use super::terms;
use crate::content::Origin;
use crate::index::Document;
use crate::index::digest::Digests;

/// Memory for a few documents, in bytes: the least that the engine takes.
const MEMORY: usize = 15_000_000;

/// What an index would hold that has these documents and no others.
pub(super) fn digests_of(documents: &[Document]) -> tantivy::Result<Digests> {
    let (schema, fields) = schema::build();
    let index = tantivy::Index::create_in_ram(schema);
    index.tokenizers().register(terms::CUT_TEXT, terms::CutText::default());
    let mut writer = index.writer_with_num_threads(1, MEMORY)?;
    for document in documents {
        let document = schema::document(&fields, document).map_err(std::io::Error::from)?;
        writer.add_document(document)?;
    }
    writer.commit()?;
    digests(&index.reader()?.searcher())
}

/// What the index holds.
pub(super) fn digests(searcher: &Searcher) -> tantivy::Result<Digests> {
    let fields = searcher.schema().fields().map(|(_, entry)| entry.name().to_owned()).collect();
    let mut documents = Vec::new();
    for segment in searcher.segment_readers() {
        documents.extend(SegmentDigest::of(segment, searcher.schema())?.into_documents(segment)?);
    }
    documents.sort();
    Ok(Digests { fields, documents })
}

/// A sum of hashes for each document of a segment and each field: the order in which they are read does not matter.
struct SegmentDigest {
    sums: Vec<Vec<u128>>,
}

impl SegmentDigest {
    fn of(segment: &SegmentReader, schema: &Schema) -> tantivy::Result<SegmentDigest> {
        let fields = schema.fields().count();
        let mut digest = SegmentDigest { sums: vec![vec![0; fields]; segment.max_doc() as usize] };
        for (field, entry) in schema.fields() {
            digest.postings(segment, field, entry)?;
            digest.lengths(segment, field)?;
            digest.values(segment, field, entry)?;
        }
        digest.stored(segment)?;
        Ok(digest)
    }

    /// Terms, how often each occurs, and where.
    fn postings(&mut self, segment: &SegmentReader, field: Field, entry: &FieldEntry) -> tantivy::Result<()> {
        let Some(option) = entry.field_type().get_index_record_option() else { return Ok(()) };
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        let mut positions = Vec::new();
        while let Some((term, info)) = terms.next() {
            let mut postings = index.read_postings_from_terminfo(info, option)?;
            while postings.doc() != TERMINATED {
                postings.positions(&mut positions);
                let places: Vec<u8> = positions.iter().flat_map(|place| place.to_le_bytes()).collect();
                let often = postings.term_freq().to_le_bytes();
                self.add(postings.doc(), field, &[b"term", term, &often, &places]);
                postings.advance();
            }
        }
        Ok(())
    }

    /// How long the field is, which rankings use.
    fn lengths(&mut self, segment: &SegmentReader, field: Field) -> tantivy::Result<()> {
        if let Some(lengths) = segment.fieldnorms_readers().get_field(field)? {
            for doc in 0..segment.max_doc() {
                self.add(doc, field, &[b"length", &[lengths.fieldnorm_id(doc)]]);
            }
        }
        Ok(())
    }

    /// What is counted and sorted by.
    fn values(&mut self, segment: &SegmentReader, field: Field, entry: &FieldEntry) -> tantivy::Result<()> {
        let columns = segment.fast_fields();
        if !entry.is_fast() {
            return Ok(());
        }
        if entry.field_type().value_type() == Type::I64 {
            let Some(column) = columns.column_opt::<i64>(entry.name())? else { return Ok(()) };
            for doc in 0..segment.max_doc() {
                column.values_for_doc(doc).for_each(|day| self.add(doc, field, &[b"value", &day.to_le_bytes()]));
            }
        } else if let Some(column) = columns.str(entry.name())? {
            for doc in 0..segment.max_doc() {
                texts(&column, doc)?.iter().for_each(|text| self.add(doc, field, &[b"value", text.as_bytes()]));
            }
        }
        Ok(())
    }

    fn stored(&mut self, segment: &SegmentReader) -> tantivy::Result<()> {
        let store = segment.get_store_reader(1)?;
        for doc in segment.doc_ids_alive() {
            for (field, value) in store.get::<TantivyDocument>(doc)?.field_values() {
                self.add(doc, field, &[b"stored", value.as_str().unwrap_or_default().as_bytes()]);
            }
        }
        Ok(())
    }

    fn add(&mut self, doc: DocId, field: Field, parts: &[&[u8]]) {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let hash = hasher.finalize();
        let half = std::array::from_fn(|at| hash.as_bytes()[at]);
        let sum = &mut self.sums[doc as usize][field.field_id() as usize];
        *sum = sum.wrapping_add(u128::from_le_bytes(half));
    }

    /// The documents that are not deleted, with their origins.
    fn into_documents(mut self, segment: &SegmentReader) -> tantivy::Result<Vec<(Origin, Vec<u128>)>> {
        let Some(origins) = segment.fast_fields().str(ORIGIN)? else { return Ok(Vec::new()) };
        let mut documents = Vec::new();
        for doc in segment.doc_ids_alive() {
            let origin = Origin::from_key(&texts(&origins, doc)?.concat());
            documents.push((origin, std::mem::take(&mut self.sums[doc as usize])));
        }
        Ok(documents)
    }
}

/// The values of one document.
fn texts(column: &StrColumn, doc: DocId) -> tantivy::Result<Vec<String>> {
    let text = |ord| {
        let mut text = String::new();
        column.ord_to_str(ord, &mut text)?;
        Ok(text)
    };
    column.term_ords(doc).map(text).collect()
}
