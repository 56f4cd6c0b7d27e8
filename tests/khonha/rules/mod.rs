//! What holds of anything at all that is given to a part of Khonha. Each rule is one file, which a fuzz target takes in as
//! well; what fuzzing has found is kept in `fuzz/regressions`, and held to the rules with all other tests.

pub mod analysis;
pub mod article;
pub mod cursor;
pub mod date;
pub mod passage;
