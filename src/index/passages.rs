//! What a query adds to scores for passages, which no engine does as fast as what it has itself.

use super::{Field, Query};

/// Passages whose worth is added to the score of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Passages {
    /// The best passage of one field.
    One {
        field: Field,
        /// The ways to say each word, with what each is worth.
        words: Vec<Vec<(String, f32)>>,
        /// How long a passage is, in places.
        width: u32,
    },
    /// The best of some, and a part of the others.
    Best { of: Vec<Passages>, tie_breaker: f32 },
}

impl Passages {
    /// The passages that `query` is, with their worth multiplied; `None` if it is anything else.
    pub(super) fn of(query: &Query, factor: f32) -> Option<Passages> {
        match query {
            Query::Passage { field, words, width } => {
                let times = |word: &Vec<(String, f32)>| {
                    word.iter().map(|(term, worth)| (term.clone(), worth * factor)).collect()
                };
                Some(Passages::One { field: *field, words: words.iter().map(times).collect(), width: *width })
            }
            Query::Boost(query, by) => Passages::of(query, by * factor),
            Query::Best { of, tie_breaker } if !of.is_empty() => {
                let of = of.iter().map(|query| Passages::of(query, factor)).collect::<Option<_>>()?;
                Some(Passages::Best { of, tie_breaker: *tie_breaker })
            }
            _ => None,
        }
    }

    /// Whether `query` says what passages are worth, and nothing else.
    pub(super) fn is(query: &Query) -> bool {
        match query {
            Query::Passage { .. } => true,
            Query::Boost(query, _) => Passages::is(query),
            Query::Best { of, .. } => !of.is_empty() && of.iter().all(Passages::is),
            _ => false,
        }
    }

    /// What a query adds to the scores of what it finds for their passages, as far as no engine need say it.
    pub(super) fn added_by(query: &Query) -> Vec<Passages> {
        match query {
            Query::Bool { must, should, .. } if !must.is_empty() => {
                should.iter().filter_map(|query| Passages::of(query, 1.0)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The best of `worths`, and a part of the others.
    pub(super) fn best(worths: impl Iterator<Item = f32>, tie_breaker: f32) -> f32 {
        let (best, sum) = worths.fold((0.0_f32, 0.0), |(best, sum), worth| (best.max(worth), sum + worth));
        best + tie_breaker * (sum - best)
    }
}
