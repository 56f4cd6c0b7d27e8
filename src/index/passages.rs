//! What a query adds to scores for passages, which no engine does as fast as what it has itself.

use super::{Field, Query};

/// The passages of a field, of which the best is added to the score of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Passages {
    pub(super) field: Field,
    /// The ways to say each word, with what each is worth.
    pub(super) words: Vec<Vec<(String, f32)>>,
    /// How long a passage is, in places.
    pub(super) width: u32,
}

impl Passages {
    /// The passages that `query` is, with their worth multiplied; `None` if it is anything else.
    pub(super) fn of(query: &Query, factor: f32) -> Option<Passages> {
        match query {
            Query::Passage { field, words, width } => {
                let times = |word: &Vec<(String, f32)>| {
                    word.iter().map(|(term, worth)| (term.clone(), worth * factor)).collect()
                };
                Some(Passages { field: *field, words: words.iter().map(times).collect(), width: *width })
            }
            Query::Boost(query, by) => Passages::of(query, by * factor),
            _ => None,
        }
    }

    /// Whether `query` says what passages are worth, and nothing else.
    pub(super) fn is(query: &Query) -> bool {
        match query {
            Query::Passage { .. } => true,
            Query::Boost(query, _) => Passages::is(query),
            _ => false,
        }
    }

    /// What a query adds to the scores of what it finds for their passages, as far as no engine need say it.
    pub(super) fn added_by(query: &Query) -> Vec<Passages> {
        match query {
            Query::Bool { should, .. } => should.iter().filter_map(|query| Passages::of(query, 1.0)).collect(),
            _ => Vec::new(),
        }
    }
}
