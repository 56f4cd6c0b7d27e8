//! Strings to terms: what both documents and queries go through.
//!
//! Takes text as people type it, gives [`Token`]s with byte offsets into that text. Thai and English
//! only differ inside this folder: nothing outside it asks which script a character belongs to.
//! Does no I/O, knows no index, and cannot fail; hostile text costs time linear in its length.

mod abbreviation;
mod analyzer;
mod bare;
mod bilingual;
pub mod calendar;
pub mod cluster;
mod collation;
mod equivalents;
pub mod evaluate;
mod gram;
pub mod keyboard;
mod language;
mod latin;
mod normalize;
mod normalized;
pub(crate) mod parts;
pub mod phonetic;
mod segment;
mod settled;
pub mod spelling;
pub(crate) mod stem;
#[expect(dead_code, reason = "build.rs alone compiles the general dictionary")]
mod thai;
mod written;

pub use analyzer::{Analyzer, Form, Token};
pub use bare::bare;
pub use bilingual::Bilingual;
pub use collation::collation_key;
pub use gram::Gram;
pub use language::Language;
pub use normalize::{is_invisible, normalize};
pub use normalized::Normalized;
pub use segment::ThaiSegmenter;
pub use written::written_as;
