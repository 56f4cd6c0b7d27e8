//! Our fields as those of an index, and a document as JSON.
//!
//! Terms are sent already cut, as [`cut_text`] writes them: the tokenizer takes places, a filter takes away those where no
//! term begins and leaves them empty, and another parts the terms of one place. Nothing else is analysed.

use serde_json::{Map, Value, json};

use super::settings::ClusterSettings;
use crate::index::bm25::Bm25;
use crate::index::cut_text::{NEXT_PLACE, SAME_PLACE, cut_text};
use crate::index::generation::{DOCUMENTS, Fingerprint};
use crate::index::{Document, Facet, Field};
use crate::text::Language;

pub(super) const DAY: &str = "day";
pub(super) const ID: &str = "id";
pub(super) const ORIGIN: &str = "origin";
pub(super) const HASH: &str = "hash";
pub(super) const ARTICLE: &str = "article";
/// The number of the commit that the document came with.
pub(super) const COMMIT: &str = "commit";

/// Counts the changes of what a cluster keeps of a site. Raise it with each change that makes an existing generation unfit,
/// where [`DOCUMENTS`] tells nothing of it.
pub(super) const LAYOUT: u32 = 5;
/// A copy of a shard cannot be made again on a node that was cut off, until points in time of before are gone; OpenSearch gives
/// up after 5 tries, some seconds each, and waits for somebody.
const MOST_RETRIES: u32 = 1_000;
/// A document that was removed is known as such for so long: what a writer that lost its lease has sent before may come late.
const REMOVED_ARE_KNOWN: &str = "15m";

/// Stands at a place where no term begins; it is none.
pub(super) const NO_TERM: &str = "-";
const CUT_TEXT: &str = "cut_text";
const PRESENCE: &str = "presence";
/// Lucene's own limit of a term, in bytes; a place has several terms.
const MOST_AT_A_PLACE: usize = 1 << 20;

/// The name of the field of the titles' collation keys for a language.
pub(super) fn title_key(language: Language) -> &'static str {
    match language {
        Language::Thai => "title_key_th",
        Language::English => "title_key_en",
    }
}

/// The name of the field of the titles in a language, to be read of all documents.
pub(super) fn shown_title(language: Language) -> &'static str {
    match language {
        Language::Thai => "shown_title_th",
        Language::English => "shown_title_en",
    }
}

/// Settings and mapping of the index of a generation.
pub(super) fn index(settings: &ClusterSettings, fingerprint: &Fingerprint) -> Value {
    let mut properties = Map::new();
    for field in Field::all() {
        properties.insert(field.name().to_owned(), text(field));
    }
    for facet in Facet::ALL {
        properties.insert(facet.name().to_owned(), json!({ "type": "keyword" }));
    }
    for key in [ID, ORIGIN] {
        properties.insert(key.to_owned(), json!({ "type": "keyword" }));
    }
    for key in [HASH].into_iter().chain(Language::ALL.map(title_key)).chain(Language::ALL.map(shown_title)) {
        properties.insert(key.to_owned(), json!({ "type": "keyword", "index": false }));
    }
    for key in [DAY, COMMIT] {
        properties.insert(key.to_owned(), json!({ "type": "long" }));
    }
    properties.insert(ARTICLE.to_owned(), json!({ "type": "object", "enabled": false }));
    json!({
        "settings": {
            "number_of_shards": settings.shards,
            // A second copy as soon as there is a second node.
            "auto_expand_replicas": "0-1",
            // Documents are seen when a batch is whole, and not before.
            "refresh_interval": "-1",
            "gc_deletes": REMOVED_ARE_KNOWN,
            "allocation.max_retries": MOST_RETRIES,
            "similarity": { "default": similarity(Bm25::USED), PRESENCE: similarity(Bm25::PRESENCE) },
            "analysis": analysis(),
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": { "fingerprint": fingerprint, "documents": DOCUMENTS, "layout": LAYOUT },
            "properties": properties,
        },
    })
}

fn analysis() -> Value {
    json!({
        "tokenizer": {
            CUT_TEXT: { "type": "char_group", "tokenize_on_chars": [NEXT_PLACE], "max_token_length": MOST_AT_A_PLACE },
        },
        "filter": {
            "no_term": { "type": "stop", "stopwords": [NO_TERM] },
            "same_place": { "type": "pattern_capture", "patterns": [format!("([^{SAME_PLACE}]+)")], "preserve_original": false },
        },
        "analyzer": {
            CUT_TEXT: { "type": "custom", "tokenizer": CUT_TEXT, "filter": ["no_term", "same_place"] },
        },
    })
}

fn similarity(Bm25 { k1, b }: Bm25) -> Value {
    json!({ "type": "BM25", "k1": k1, "b": b, "discount_overlaps": false })
}

fn text(field: Field) -> Value {
    if field.has_lengths() {
        json!({ "type": "text", "analyzer": CUT_TEXT })
    } else {
        json!({ "type": "text", "analyzer": CUT_TEXT, "index_options": "docs", "norms": false, "similarity": PRESENCE })
    }
}

/// The names of all fields.
pub(super) fn names() -> Vec<String> {
    let terms = Field::all().map(Field::name);
    let values = Facet::ALL.map(Facet::name);
    let titles = Language::ALL.into_iter().flat_map(|language| [title_key(language), shown_title(language)]);
    let others = [ID, ORIGIN, HASH, DAY, ARTICLE].into_iter().chain(titles);
    terms.chain(values).chain(others).map(str::to_owned).collect()
}

/// The document as it is sent.
///
/// # Errors
/// What JSON cannot say of an article.
pub(super) fn document(document: &Document) -> serde_json::Result<Map<String, Value>> {
    let mut fields = Map::new();
    fields.insert(ID.to_owned(), document.article.id.as_str().into());
    fields.insert(ORIGIN.to_owned(), document.article.origin.key().into());
    fields.insert(HASH.to_owned(), document.hash.clone().into());
    if let Some(day) = document.day {
        fields.insert(DAY.to_owned(), day.into());
    }
    for (language, key) in &document.title_keys {
        fields.insert(title_key(*language).to_owned(), key.clone().into());
    }
    for language in Language::ALL {
        let title = document.article.title.get(language);
        fields.extend(title.map(|title| (shown_title(language).to_owned(), title.into())));
    }
    for (facet, value) in &document.values {
        let values = fields.entry(facet.name()).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(value.clone().into());
        }
    }
    for (field, tokens) in &document.terms {
        fields.insert(field.name().to_owned(), cut_text(tokens, NO_TERM).into());
    }
    fields.insert(ARTICLE.to_owned(), serde_json::to_value(&document.article)?);
    Ok(fields)
}
