//! How far the beginnings of a typed word are from a word that grows letter by letter.
//!
//! The Damerau-Levenshtein distance with weights, as optimal string alignment: no character is edited twice
//! (F. J. Damerau, "A technique for computer detection and correction of spelling errors", CACM 7(3), 1964). Rows of
//! the dynamic-programming matrix can be taken back, so that one matrix serves all words of a trie (K. Oflazer,
//! "Error-tolerant finite-state recognition", Computational Linguistics 22(1), 1996). Of each row only what is
//! within the limit is worked out (E. Ukkonen, "Finding approximate patterns in strings", J. Algorithms 6, 1985).

use std::ops::Range;

use super::likeness::{self, Cost, FAR};
use super::step::{Pattern, Step};
use crate::text::thai::letter::is_thai;

/// Words of this many characters may have one edit, shorter Thai words a slip of a tone or the like.
const ONE_EDIT: usize = 4;
/// Words of this many characters may have two edits.
const TWO_EDITS: usize = 8;
/// What a short Thai word may cost.
const SLIP: Cost = 50;

/// The highest cost at which a word can be meant by a typed one of so many characters.
pub fn allowed(characters: usize, is_thai: bool) -> Cost {
    match characters {
        TWO_EDITS.. => 2 * likeness::EDIT,
        ONE_EDIT.. => likeness::EDIT,
        2.. if is_thai => SLIP,
        _ => 0,
    }
}

/// Whether a word is measured by the rules of Thai.
pub fn is_thai_word(letters: &[char]) -> bool {
    letters.iter().any(|&ch| is_thai(ch))
}

/// The costs of reading each beginning of the typed word as one and the same beginning of a meant word.
#[derive(Clone)]
pub struct Row {
    /// By the number of typed characters; above the limit, any number above the limit.
    pub costs: Vec<Cost>,
    /// From the first to the last of the beginnings within the limit.
    pub within: Range<usize>,
    lowest: Cost,
    limit: Cost,
}

impl Row {
    /// The beginnings within the limit: their number of characters and their costs.
    pub fn within(&self) -> impl Iterator<Item = (usize, Cost)> {
        self.within.clone().map(|at| (at, self.costs[at])).filter(|&(_, cost)| cost <= self.limit)
    }

    /// The cost of the whole typed word.
    pub fn whole(&self) -> Cost {
        self.costs[self.costs.len() - 1]
    }

    /// Sets all costs above the limit.
    pub fn clear(&mut self) {
        self.costs.fill(FAR);
        self.within = self.costs.len()..0;
        self.lowest = FAR;
    }

    /// Sets the cost of the first `at` typed characters.
    pub fn set(&mut self, at: usize, cost: Cost) {
        self.costs[at] = cost;
        self.lowest = self.lowest.min(cost);
        if cost <= self.limit {
            self.within = self.within.start.min(at)..at + 1;
        }
    }
}

/// The matrix: a row for each letter of the meant word so far, and one for none.
pub struct Matrix {
    pattern: Pattern,
    limit: Cost,
    /// The rows, of which `depth + 1` are in use.
    rows: Vec<Row>,
    meant: Vec<char>,
}

impl Matrix {
    /// Compares with the `typed` characters; costs above `limit` are not told apart.
    pub fn new(typed: &[char], limit: Cost) -> Matrix {
        let pattern = Pattern::new(typed);
        let mut first = Row { costs: vec![FAR; typed.len() + 1], within: 0..0, lowest: FAR, limit };
        first.clear();
        first.set(0, 0);
        for at in 1..=typed.len() {
            let begins = if at == 1 { pattern.first_letter } else { 0 };
            first.set(at, first.costs[at - 1] + pattern.surplus[at - 1] + begins);
        }
        Matrix { pattern, limit, rows: vec![first], meant: Vec::new() }
    }

    /// The row of the meant word as it stands.
    pub fn row(&self) -> &Row {
        &self.rows[self.meant.len()]
    }

    /// Adds a letter to the meant word. Whether a word that begins so can be within the limit.
    pub fn push(&mut self, ch: char) -> bool {
        self.meant.push(ch);
        let depth = self.meant.len();
        if self.rows.len() == depth {
            self.rows.push(self.rows[0].clone());
        }
        let (done, rest) = self.rows.split_at_mut(depth);
        if self.pattern.is_foreign(ch) {
            rest[0].clear();
            return false;
        }
        Step::new(&self.pattern, &self.meant, done).fill(&mut rest[0], self.limit);
        rest[0].lowest <= self.limit || self.pattern.can_recover(ch, &done[depth - 1], self.limit)
    }

    /// Takes the last letter of the meant word back.
    pub fn pop(&mut self) {
        self.meant.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The distance as worked out cell by cell, with nothing left out.
    fn distance(typed: &str, meant: &str, limit: Cost) -> Cost {
        let typed: Vec<char> = typed.chars().collect();
        let mut matrix = Matrix::new(&typed, limit);
        meant.chars().for_each(|ch| {
            matrix.push(ch);
        });
        matrix.row().whole()
    }

    fn check(cases: &[(&str, &str, Cost)]) {
        for &(typed, meant, expected) in cases {
            assert_eq!(distance(typed, meant, 1_000), expected, "{typed} {meant}");
        }
    }

    #[test]
    fn equal_words_cost_nothing() {
        check(&[("", "", 0), ("budget", "budget", 0), ("ทุจริต", "ทุจริต", 0)]);
    }

    #[test]
    fn latin_slips() {
        check(&[
            ("bugdet", "budget", 80),
            ("comittee", "committee", 60),
            ("corrruption", "corruption", 60),
            ("goverment", "government", 100),
            ("seperate", "separate", 70),
            ("telefone", "telephone", 60),
            ("udget", "budget", 150),
            ("ubdget", "budget", 130),
            ("nudget", "budget", 130),
        ]);
        assert!(distance("2024", "2025", 1_000) > 1_000);
    }

    #[test]
    fn thai_slips() {
        check(&[
            ("คอรัปชั\u{0E48}น", "คอร์รัปชัน", 140), // corruption: ร์ is not heard
            ("จันท์", "จันทร์", 60),                // Monday
            ("จันทร", "จันทร์", 40),
            ("กฏหมาย", "กฎหมาย", 50),      // law
            ("อนุญาติ", "อนุญาต", 100),       // to permit
            ("สังเกตุ", "สังเกต", 100),       // to notice
            ("นัมมัน", "น\u{0E49}ำมัน", 100), // oil: a tone and a spelling
            ("กัมลัง", "กำลัง", 60),          // strength
            ("กำ", "กัม", 60),
            ("ไส่", "ใส่", 30),           // to put in
            ("โครงกาน", "โครงการ", 80), // project: neighbouring keys
        ]);
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof!["[abfhpe]{0,7}", "[กรัำม่์]{0,7}"]
    }

    fn words_of_one_script() -> impl Strategy<Value = (String, String)> {
        prop_oneof![("[abfhpe]{1,7}", "[abfhpe]{1,7}"), ("[กรัำม่์]{1,7}", "[กรัำม่์]{1,7}")]
    }

    proptest! {
        #[test]
        fn a_limit_changes_no_cost_within_it(typed in word(), meant in word(), limit in 0u32..300) {
            let exact = distance(&typed, &meant, FAR / 2);
            let limited = distance(&typed, &meant, limit);
            if exact <= limit { prop_assert_eq!(limited, exact) } else { prop_assert!(limited > limit) }
        }

        #[test]
        fn no_word_within_the_limit_is_given_up(typed in word(), meant in word(), limit in 0u32..300) {
            let letters: Vec<char> = typed.chars().collect();
            let mut matrix = Matrix::new(&letters, limit);
            let hopeful = meant.chars().all(|ch| matrix.push(ch));
            prop_assert!(hopeful || distance(&typed, &meant, FAR / 2) > limit);
        }

        #[test]
        fn slips_cost_the_same_both_ways((typed, meant) in words_of_one_script()) {
            prop_assert_eq!(distance(&typed, &meant, FAR / 2), distance(&meant, &typed, FAR / 2));
        }
    }
}
