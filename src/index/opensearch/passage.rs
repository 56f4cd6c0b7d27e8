//! What the best passage of a document is worth, which OpenSearch cannot say.
//!
//! A search asks for the most that the passages of a document can be worth: what its words are, wherever they stand. What
//! they are worth at most ranks the documents, so that those that can be among the best are read first, with the terms in
//! their places, and the true worth takes the place of the most; see [`search`](super::search).

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::index::Query;
use crate::index::term_lines::{NEXT_PLACE, SAME_PLACE};
use crate::index::window::{Found, best_window};

/// Passages whose worth is added to the score of a document.
pub(super) struct Bonus {
    of: Passages,
    /// The name of the part of the query that a document has to fit for it.
    pub(super) guard: Option<String>,
}

enum Passages {
    One {
        field: String,
        /// The ways to say each word, with what each is worth.
        words: Vec<Vec<(String, f32)>>,
        width: u32,
    },
    Best {
        of: Vec<Passages>,
        tie_breaker: f32,
    },
}

impl Bonus {
    /// Whether `query` says what passages are worth, and nothing else.
    pub(super) fn is(query: &Query) -> bool {
        Passages::of(query, 1.0).is_some()
    }

    /// The bonus that `query` is, with its worth multiplied.
    pub(super) fn of(query: &Query, factor: f32, guard: Option<String>) -> Option<Bonus> {
        Passages::of(query, factor).map(|of| Bonus { of, guard })
    }

    /// The query for the most that it can be worth.
    pub(super) fn most(&self) -> Value {
        self.of.most()
    }

    /// The names of the fields whose lines it needs.
    pub(super) fn fields(&self) -> Vec<&str> {
        self.of.fields()
    }

    /// The most that it can be worth in the document with these lines, as the query for it says, and what it is.
    pub(super) fn worth<'a>(&self, lines: impl Fn(&str) -> Option<&'a str>) -> (f32, f32) {
        self.of.worth(&lines)
    }
}

impl Passages {
    fn of(query: &Query, factor: f32) -> Option<Passages> {
        match query {
            Query::Passage { field, words, width } => {
                let times = |word: &Vec<(String, f32)>| {
                    word.iter().map(|(term, worth)| (term.clone(), worth * factor)).collect()
                };
                Some(Passages::One { field: field.name(), words: words.iter().map(times).collect(), width: *width })
            }
            Query::Boost(query, by) => Passages::of(query, by * factor),
            Query::Best { of, tie_breaker } if !of.is_empty() => {
                let of = of.iter().map(|query| Passages::of(query, factor)).collect::<Option<_>>()?;
                Some(Passages::Best { of, tie_breaker: *tie_breaker })
            }
            _ => None,
        }
    }

    fn most(&self) -> Value {
        match self {
            Passages::One { field, words, .. } => {
                let way = |(term, worth): &(String, f32)| json!({ "constant_score": { "filter": { "term": { field: term } }, "boost": worth } });
                let word = |ways: &Vec<(String, f32)>| {
                    let ways: Vec<Value> = ways.iter().map(way).collect();
                    json!({ "dis_max": { "queries": ways } })
                };
                let words: Vec<Value> = words.iter().map(word).collect();
                json!({ "bool": { "should": words, "minimum_should_match": 1 } })
            }
            Passages::Best { of, tie_breaker } => {
                let of: Vec<Value> = of.iter().map(Passages::most).collect();
                json!({ "dis_max": { "queries": of, "tie_breaker": tie_breaker } })
            }
        }
    }

    fn fields(&self) -> Vec<&str> {
        match self {
            Passages::One { field, .. } => vec![field],
            Passages::Best { of, .. } => of.iter().flat_map(Passages::fields).collect(),
        }
    }

    fn worth<'a>(&self, lines: &impl Fn(&str) -> Option<&'a str>) -> (f32, f32) {
        match self {
            Passages::One { field, words, width } => {
                lines(field).map_or((0.0, 0.0), |lines| worth_of(lines, words, *width))
            }
            Passages::Best { of, tie_breaker } => {
                let worths: Vec<(f32, f32)> = of.iter().map(|of| of.worth(lines)).collect();
                let best = |worths: &mut dyn Iterator<Item = f32>| {
                    let (best, sum) = worths.fold((0.0_f32, 0.0), |(best, sum), worth| (best.max(worth), sum + worth));
                    best + tie_breaker * (sum - best)
                };
                (best(&mut worths.iter().map(|it| it.0)), best(&mut worths.iter().map(|it| it.1)))
            }
        }
    }
}

/// What the words are worth that the text has, and what those of its best window are.
fn worth_of(lines: &str, words: &[Vec<(String, f32)>], width: u32) -> (f32, f32) {
    let mut ways: HashMap<&str, Vec<(usize, f32)>> = HashMap::new();
    for (number, word) in words.iter().enumerate() {
        for (term, worth) in word {
            ways.entry(term).or_default().push((number, *worth));
        }
    }
    let mut found = Vec::new();
    let mut best = vec![0.0_f32; words.len()];
    for (place, line) in (0..).zip(lines.split(NEXT_PLACE)) {
        for &(word, worth) in line.split(SAME_PLACE).filter_map(|term| ways.get(term)).flatten() {
            best[word] = best[word].max(worth);
            found.push(Found { place, word, worth });
        }
    }
    let most = best.iter().sum();
    (most, best_window(&found, width, &mut best, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_together_are_worth_more() {
        let words = vec![vec![("a".to_owned(), 2.0)], vec![("b".to_owned(), 4.0), ("c".to_owned(), 2.0)]];
        let cases = [
            ("a\nx\nb\nx\nx\nx\na", (6.0, 6.0)),
            ("a\nx\nx\nb", (6.0, 4.0)),
            ("a\u{1F}c\nx\nx\nx\nb", (6.0, 4.0)),
            ("c\nx\na", (4.0, 4.0)),
            ("x", (0.0, 0.0)),
        ];
        for (lines, worth) in cases {
            assert_eq!(worth_of(lines, &words, 3), worth, "{lines:?}");
        }
    }
}
