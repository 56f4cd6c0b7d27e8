//! Our fields as tantivy's, and a document as tantivy's.

use std::collections::BTreeMap;

use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field as EngineField, INDEXED, IndexRecordOption, STORED, STRING, Schema};
use tantivy::schema::{TextFieldIndexing, TextOptions};

use super::terms::CUT_TEXT;
use crate::index::cut_text::cut_text;
use crate::index::{Document, Facet, Field};
use crate::text::Language;

/// Name of the column of days, for sorting.
pub(super) const DAY: &str = "day";
/// Name of the column of article ids.
pub(super) const ID: &str = "id";
/// Name of the column of origins, which key the documents.
pub(super) const ORIGIN: &str = "origin";
/// Name of the column of the hashes of what they said.
pub(super) const HASH: &str = "hash";

/// Name of the column of titles in a language.
pub(super) fn shown_title(language: Language) -> &'static str {
    match language {
        Language::Thai => "shown_title_th",
        Language::English => "shown_title_en",
    }
}

/// Name of the column of the titles' collation keys for a language.
pub(super) fn title_key(language: Language) -> &'static str {
    match language {
        Language::Thai => "title_key_th",
        Language::English => "title_key_en",
    }
}

/// Where each of our fields is in the schema.
pub(super) struct Fields {
    pub(super) terms: BTreeMap<Field, EngineField>,
    pub(super) values: BTreeMap<Facet, EngineField>,
    pub(super) id: EngineField,
    pub(super) origin: EngineField,
    hash: EngineField,
    day: EngineField,
    shown_titles: BTreeMap<Language, EngineField>,
    title_keys: BTreeMap<Language, EngineField>,
    /// The article as JSON.
    pub(super) article: EngineField,
}

/// The schema, always the same, and its fields.
pub(super) fn build() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(CUT_TEXT)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(true);
    let presence = indexing.clone().set_index_option(IndexRecordOption::Basic).set_fieldnorms(false);
    let options = |field: Field| {
        TextOptions::default().set_indexing_options(if field.has_lengths() { &indexing } else { &presence }.clone())
    };
    let fields = Fields {
        terms: Field::all().map(|it| (it, builder.add_text_field(it.name(), options(it)))).collect(),
        values: Facet::ALL.into_iter().map(|it| (it, builder.add_text_field(it.name(), STRING | FAST))).collect(),
        id: builder.add_text_field(ID, STRING | FAST),
        origin: builder.add_text_field(ORIGIN, STRING | FAST),
        hash: builder.add_text_field(HASH, FAST),
        day: builder.add_i64_field(DAY, INDEXED | FAST),
        shown_titles: Language::ALL.into_iter().map(|it| (it, builder.add_text_field(shown_title(it), FAST))).collect(),
        title_keys: Language::ALL.into_iter().map(|it| (it, builder.add_text_field(title_key(it), FAST))).collect(),
        article: builder.add_text_field("article", STORED),
    };
    (builder.build(), fields)
}

/// The document as tantivy takes it.
pub(super) fn document(fields: &Fields, document: &Document) -> serde_json::Result<TantivyDocument> {
    let mut built = TantivyDocument::new();
    built.add_text(fields.id, document.article.id.as_str());
    built.add_text(fields.origin, document.article.origin.key());
    built.add_text(fields.hash, &document.hash);
    built.add_text(fields.article, serde_json::to_string(&document.article)?);
    if let Some(day) = document.day {
        built.add_i64(fields.day, day);
    }
    for (language, field) in &fields.shown_titles {
        if let Some(title) = document.article.title.get(*language) {
            built.add_text(*field, title);
        }
    }
    for (language, key) in &document.title_keys {
        built.add_text(fields.title_keys[language], key);
    }
    for (facet, value) in &document.values {
        built.add_text(fields.values[facet], value);
    }
    for (field, tokens) in &document.terms {
        built.add_text(fields.terms[field], cut_text(tokens, ""));
    }
    Ok(built)
}
