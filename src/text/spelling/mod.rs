//! What a mistyped query meant, going by the words of the index.
//!
//! Takes the words of an index (normalised, lower case, Thai or Latin) with their document counts as a
//! [`Vocabulary`]. Gives words [`similar`](Vocabulary::similar) to a word, a run of unspaced Thai with its
//! mistyped words [set right](Vocabulary::correct_run), and [completions](Vocabulary::completions) of a prefix.
//!
//! Does not normalise, does not know grammar or meaning, and does not judge whether a word is worth correcting:
//! that a word is rare in the index is for the caller to see. Text typed with the wrong layout on is the matter of
//! `keyboard`, and a word spelled by ear that of `phonetic`.

mod correct;
mod distance;
pub mod errors;
mod exact;
mod lattice;
mod likeness;
mod similar;
mod step;
mod vocabulary;
mod walk;

pub use correct::{Change, Correction};
pub use likeness::Cost;
pub use similar::Similar;
pub use vocabulary::{Completions, Vocabulary, VocabularyBuilder};
