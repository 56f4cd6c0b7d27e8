//! Names that no dictionary has whole, as they are cut into words.
//!
//! A name in Thai letters is cut where a part of it is a word: แพนเธอร์ส (Panthers) into แพน and เธอร์ส. Which of the
//! words around a part that is none belong to the name is not written; all that may be are kept, as far as there is
//! room, the frequent first. To be found by their sound is what they are for, and hardly any other run sounds like the
//! name that is searched.

use std::collections::BTreeSet;
use std::ops::Range;

use compact_str::CompactString;
use foldhash::{HashMap, HashMapExt};

use crate::lexicon::{Lexicon, is_stop_word, is_thai_word, thai_key};
use crate::text::Analyzer;

/// The most words that a name is cut into.
const MOST_WORDS: usize = 4;
/// Longer words of the language are no parts of names.
const LONGEST_PART: usize = 6;
/// Longer runs are no names.
const LONGEST: usize = 24;
/// The most names that are counted, and that are kept.
const MOST_COUNTED: usize = 200_000;
const MOST_KEPT: usize = 20_000;
/// The most words of which it is kept what they may be, so that the frequent ones are looked up once.
const MOST_KNOWN: usize = 100_000;

/// Runs of words that may be names.
pub struct Names<'a> {
    analyzer: &'a Analyzer,
    lexicon: &'a Lexicon,
    counts: HashMap<String, u64>,
    /// What words may be.
    known: HashMap<String, Role>,
}

impl<'a> Names<'a> {
    /// No names yet. `analyzer` is that of the texts, `lexicon` tells which words mean something.
    pub fn new(analyzer: &'a Analyzer, lexicon: &'a Lexicon) -> Names<'a> {
        Names { analyzer, lexicon, counts: HashMap::new(), known: HashMap::new() }
    }

    /// Adds what may be names in a text.
    pub fn read(&mut self, text: &str) {
        if !is_thai_word(text) {
            return;
        }
        let words = self.analyzer.thai_words(text).into_iter();
        let words: Vec<Part> = words.map(|(term, range)| Part { role: self.role(&term), term, range }).collect();
        for run in words.chunk_by(|left, right| left.goes_on_in(right)) {
            for length in 2..=MOST_WORDS.min(run.len()) {
                run.windows(length).filter(|words| is_name(words)).for_each(|words| self.count(words));
            }
        }
    }

    fn role(&mut self, word: &str) -> Role {
        if let Some(role) = self.known.get(word) {
            return *role;
        }
        let role = Role::of(word, self.lexicon);
        if self.known.len() < MOST_KNOWN {
            self.known.insert(word.to_owned(), role);
        }
        role
    }

    fn count(&mut self, words: &[Part]) {
        let name: String = words.iter().map(|part| part.term.as_str()).collect();
        self.add(name, 1);
    }

    fn add(&mut self, name: String, count: u64) {
        let has_room = self.counts.len() < MOST_COUNTED;
        match self.counts.get_mut(&name) {
            Some(known) => *known += count,
            None if has_room => _ = self.counts.insert(name, count),
            None => {}
        }
    }

    /// Adds what was read by another.
    pub fn merge(&mut self, other: Names<'_>) {
        let mut names: Vec<(String, u64)> = other.counts.into_iter().collect();
        // Which of them find room must not depend on chance.
        names.sort_unstable();
        names.into_iter().for_each(|(name, count)| self.add(name, count));
    }

    /// The names, as a text with a name a line.
    pub fn into_lines(self) -> String {
        let mut names: Vec<(String, u64)> = self.counts.into_iter().collect();
        names.sort_unstable_by(|(one, of_one), (other, of_other)| of_other.cmp(of_one).then_with(|| one.cmp(other)));
        let kept: BTreeSet<String> = names.into_iter().take(MOST_KEPT).map(|(name, _)| name).collect();
        kept.into_iter().map(|name| name + "\n").collect()
    }
}

/// The names in what was learned, other lines left out.
pub fn names(lines: &str) -> impl Iterator<Item = &str> {
    lines.lines().filter(|line| !line.contains('\t'))
}

/// A word of a text.
struct Part {
    term: CompactString,
    /// In bytes of the normalised text.
    range: Range<usize>,
    role: Role,
}

/// What tells whether a word may be part of a name.
#[derive(Clone, Copy)]
struct Role {
    is_unknown: bool,
    may_be_part: bool,
}

impl Role {
    fn of(word: &str, lexicon: &Lexicon) -> Role {
        let is_thai = is_thai_word(word);
        let is_unknown = is_thai && !lexicon.has(&thai_key(word)) && !is_stop_word(word);
        let is_short = word.chars().count() <= LONGEST_PART && !is_stop_word(word);
        Role { is_unknown, may_be_part: is_thai && (is_unknown || is_short) }
    }
}

impl Part {
    fn goes_on_in(&self, next: &Part) -> bool {
        self.role.may_be_part && next.role.may_be_part && self.range.end == next.range.start
    }
}

fn is_name(words: &[Part]) -> bool {
    let length: usize = words.iter().map(|part| part.term.chars().count()).sum();
    length <= LONGEST && words.iter().any(|part| part.role.is_unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(text: &str) -> String {
        let analyzer = Analyzer::new([]);
        let lexicon = Lexicon::new("");
        let mut names = Names::new(&analyzer, &lexicon);
        names.read(text);
        names.into_lines()
    }

    #[test]
    fn a_name_is_kept_whole_that_is_cut() {
        let lines = names_in("ทีมรับของแพนเธอร์ส ยอมแพ้"); // the Panthers' defence gave up
        assert_eq!(lines.lines().collect::<Vec<_>>(), ["แพนเธอร์ส"]);
    }

    #[test]
    fn words_of_the_language_are_no_names() {
        assert_eq!(names_in("ทีมรับทำงาน The Panthers"), "");
    }
}
