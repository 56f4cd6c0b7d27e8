//! Strings to terms: what both documents and queries go through.
//!
//! Takes text as people type it, gives [`Token`]s with byte offsets into that text. Thai and English
//! only differ inside this folder: nothing outside it asks which script a character belongs to.
//! Does no I/O, knows no index, and cannot fail; hostile text costs time linear in its length.

mod abbreviation;
mod analyzer;
pub mod calendar;
pub mod cluster;
mod language;
mod normalize;
mod script;
mod segment;
mod site_words;
mod stem;

pub use analyzer::{Analyzer, Form, Token};
pub use language::Language;
pub use normalize::{Normalized, normalize};
pub use segment::{DictionarySegmenter, Segmenter};
