//! What the targets of fuzzing share with the tests: what they give to which part, and what has to hold then.

#[path = "../tests/khonha/queries.rs"]
pub mod queries;
#[path = "../tests/khonha/rules/mod.rs"]
pub mod rules;
#[path = "../tests/khonha/targets.rs"]
pub mod targets;
