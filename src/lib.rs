//! Khonha (ค้นหา, "to search"): full-text search for sites that publish in Thai and English.
//!
//! The way of an article and of a query:
//!
//! ```text
//! corpus/ -> content -> Article -> index (writer, through text) -> index/<generation>/
//!    ^                                                                  |
//!    watch (trigger, compare, apply)                                    v
//! query text -> search (parse, plan) -> Plan -> index (reader) -> search -> http | cli
//!                                              analytics (counts, report) <-'
//! ```
//!
//! Rules that hold everywhere, kept by `tests/architecture.rs`:
//!
//! - [`text`], [`lexicon`], [`content`], [`search`] and [`analytics`] are synchronous and know no network.
//! - An index is on one of two engines: `index/embedded` on tantivy, in this process, and `index/opensearch` in a cluster,
//!   whose requests block the thread that makes them, as reading a file does. Nothing above [`index`] knows which.
//! - `index/embedded/evaluate` runs queries itself over the postings of tantivy, whose scorers are made for fewer parts than
//!   a query of two languages, with all ways to say a word, has; it leaves ranges of terms to them.
//! - Only `index/embedded` names tantivy, only [`http`] names axum, only [`content`] parses files, only
//!   [`cli`] reads [`config`].
//! - One [`Analyzer`](text::Analyzer) serves documents and queries; its fingerprint is stored with the
//!   index, and another fingerprint means a new generation, built beside the old one.
//! - `text/thai` imports nothing of the crate: `build.rs` compiles the dictionary by the same code that reads it.
//!   Spellings, abbreviations and the names they stand for live in [`text`], since documents carry them as terms.
//!   `build.rs` compiles the table of translations by the code of [`lexicon`] too.
//! - [`watch`] imports [`lexicon`], since what the articles teach is learned when they are indexed.
//! - [`analytics`] counts what [`http`] tells it, and imports [`text`] alone: it cannot know who searched.
//! - What nobody waits for is done by threads of `background`, which leave the processors to others.
//! - In the index a word has its place in letters, not its number, so that phrases need not be cut as the text is; see
//!   [`Token`](text::Token).
//! - The content folder is the truth: the index can always be deleted and built again from it.
//! - A reader sees one whole commit. A bad file or a bad query never stops the program and is never
//!   silent.
//! - Offsets are bytes of the original text; what people see is cut between characters they see.

pub mod analytics;
mod background;
pub mod cli;
pub mod config;
pub mod content;
pub mod http;
pub mod index;
pub mod lexicon;
pub mod search;
pub mod text;
pub mod watch;
