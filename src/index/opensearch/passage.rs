//! What the best passage of a document is worth, which OpenSearch cannot say.
//!
//! A search asks for the most that the passages of a document can be worth: what its words are, wherever they stand. What
//! they are worth at most ranks the documents, so that those that can be among the best are read first, with the terms in
//! their places, and the true worth takes the place of the most; see [`search`](super::search).

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::index::Query;
use crate::index::cut_text::{NEXT_PLACE, SAME_PLACE};
use crate::index::passages::Passages;
use crate::index::window::{Found, best_window};

/// Passages whose worth is added to the score of a document.
pub(super) struct Bonus {
    of: Passages,
    /// The name of the part of the query that a document has to fit for it.
    pub(super) guard: Option<String>,
}

impl Bonus {
    /// The bonus that `query` is, with its worth multiplied.
    pub(super) fn of(query: &Query, factor: f32, guard: Option<String>) -> Option<Bonus> {
        Passages::of(query, factor).map(|of| Bonus { of, guard })
    }

    /// The query for the most that it can be worth.
    pub(super) fn most(&self) -> Value {
        let Passages { field, words, .. } = &self.of;
        let way = |(term, worth): &(String, f32)| json!({ "constant_score": { "filter": { "term": { field.name(): term } }, "boost": worth } });
        let word = |ways: &Vec<(String, f32)>| {
            let ways: Vec<Value> = ways.iter().map(way).collect();
            json!({ "dis_max": { "queries": ways } })
        };
        let words: Vec<Value> = words.iter().map(word).collect();
        json!({ "bool": { "should": words, "minimum_should_match": 1 } })
    }

    /// The name of the field whose text it needs.
    pub(super) fn field(&self) -> &'static str {
        self.of.field.name()
    }

    /// The most that it can be worth in the document with these texts, as the query for it says, and what it is.
    pub(super) fn worth<'a>(&self, texts: impl Fn(&str) -> Option<&'a str>) -> (f32, f32) {
        texts(self.field()).map_or((0.0, 0.0), |text| worth_of(text, &self.of.words, self.of.width))
    }
}

/// What the words are worth that the text has, and what those of its best window are.
fn worth_of(text: &str, words: &[Vec<(String, f32)>], width: u32) -> (f32, f32) {
    let mut ways: HashMap<&str, Vec<(usize, f32)>> = HashMap::new();
    for (number, word) in words.iter().enumerate() {
        for (term, worth) in word {
            ways.entry(term).or_default().push((number, *worth));
        }
    }
    let mut found = Vec::new();
    let mut best = vec![0.0_f32; words.len()];
    for (place, terms) in (0..).zip(text.split(NEXT_PLACE)) {
        for &(word, worth) in terms.split(SAME_PLACE).filter_map(|term| ways.get(term)).flatten() {
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
            ("a x b x x x a", (6.0, 6.0)),
            ("a x x b", (6.0, 4.0)),
            ("a|c x x x b", (6.0, 4.0)),
            ("c x a", (4.0, 4.0)),
            ("x", (0.0, 0.0)),
        ];
        for (text, worth) in cases {
            assert_eq!(worth_of(text, &words, 3), worth, "{text:?}");
        }
    }
}
