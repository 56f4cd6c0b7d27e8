//! Thai words: letters, character clusters, dictionaries, and the cheapest way through them.
//!
//! Takes runs of Thai letters and gives words. Imports nothing else of the crate, since the build script compiles
//! the general dictionary (see `src/text/data`) by this very code.

pub mod cluster;
pub mod cost;
pub mod dictionary;
pub mod letter;
pub mod path;
