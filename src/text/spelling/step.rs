//! One step of the distance: what was typed, and the next row of costs against it.
//!
//! Knows which edits there are and which cells of the matrix each leads from; what they cost is told by `likeness`.

use super::distance::{Row, is_thai_word};
use super::likeness::{self, Cost, Exchanges, FAR, Symbol, THANTHAKHAT};
use crate::text::thai::letter::{is_consonant, is_thai};

/// What was typed, ready to be compared.
pub struct Pattern {
    pub letters: Vec<char>,
    /// What it costs that a letter was typed and not meant.
    pub surplus: Vec<Cost>,
    exchanges: Vec<&'static Exchanges>,
    /// Added to an edit of the first letter.
    pub first_letter: Cost,
    has_thai: bool,
    has_latin: bool,
}

impl Pattern {
    /// Readies `letters`.
    pub fn new(letters: &[char]) -> Pattern {
        let surplus = |at: usize| {
            let before = at.checked_sub(1).map(|before| letters[before]);
            likeness::addition(before, letters[at], letters.get(at + 1).copied())
        };
        Pattern {
            surplus: (0..letters.len()).map(surplus).collect(),
            exchanges: letters.iter().map(|&ch| likeness::exchanges_of(ch)).collect(),
            first_letter: if is_thai_word(letters) { 0 } else { likeness::FIRST_LETTER },
            has_thai: is_thai_word(letters),
            has_latin: letters.iter().any(char::is_ascii_alphabetic),
            letters: letters.to_vec(),
        }
    }

    /// Whether `ch` is of a script that was not typed: no slip leads from one keyboard layout to the other.
    pub fn is_foreign(&self, ch: char) -> bool {
        is_thai(ch) && !self.has_thai || ch.is_ascii_alphabetic() && !self.has_latin
    }

    /// Whether an edit of `ch` and the letter after it can be within the limit, going by the row before `ch`.
    pub fn can_recover(&self, ch: char, above: &Row, limit: Cost) -> bool {
        above.within().any(|(at, cost)| {
            let stands_for_two = self.letters.get(at).is_some_and(|&typed| likeness::stands_for_two(typed));
            let changes_places = self.letters.get(at + 1) == Some(&ch);
            stands_for_two && cost + likeness::CHEAPEST_FOR_TWO <= limit
                || changes_places && cost + likeness::TRANSPOSED <= limit
        })
    }
}

/// What the next row is made from.
pub struct Step<'a> {
    pattern: &'a Pattern,
    depth: usize,
    meant: char,
    symbol: Symbol,
    before: Option<char>,
    above: &'a Row,
    /// The row before that.
    higher: Option<&'a Row>,
    /// What it costs that the letter was meant and not typed.
    missing: Cost,
    /// Added to whatever leaves the first cell of the matrix.
    begins: Cost,
    spelled_out: Option<[char; 2]>,
    contracted: Option<char>,
    /// Whether the letter silences the one before.
    silences: bool,
}

impl<'a> Step<'a> {
    /// The step to the last letter of `word`, from the rows of all its letters before.
    pub fn new(pattern: &'a Pattern, word: &[char], done: &'a [Row]) -> Step<'a> {
        let depth = word.len();
        let meant = word[depth - 1];
        let before = depth.checked_sub(2).map(|at| word[at]);
        Step {
            pattern,
            depth,
            meant,
            symbol: likeness::symbol(meant),
            before,
            above: &done[depth - 1],
            higher: depth.checked_sub(2).map(|at| &done[at]),
            missing: likeness::addition(before, meant, None),
            begins: if depth == 1 { pattern.first_letter } else { 0 },
            spelled_out: likeness::spelled_out(meant),
            contracted: before.and_then(|before| likeness::contracted([before, meant])),
            silences: meant == THANTHAKHAT && before.is_some_and(is_consonant),
        }
    }

    /// Works out the row, as far as it can be within `limit`.
    pub fn fill(&self, row: &mut Row, limit: Cost) {
        let higher = self.higher.unwrap_or(self.above);
        let start = self.above.within.start.min(higher.within.start);
        let reached = self.above.within.end.max(higher.within.end) + 2;
        row.clear();
        let mut left = FAR;
        for at in start..row.costs.len() {
            if at >= reached && left > limit {
                break;
            }
            left = self.cell(at, left).min(FAR);
            row.set(at, left);
        }
    }

    /// The cost of reading the first `at` typed characters as the meant word; `left` is that of one less.
    fn cell(&self, at: usize, left: Cost) -> Cost {
        let begins = |from: usize| if from == 0 { self.begins } else { 0 };
        let missing = self.above.costs[at] + self.missing + begins(at);
        let Some(last) = at.checked_sub(1) else { return missing.min(self.silent(at)) };
        let surplus = left + self.pattern.surplus[last];
        let typed = self.pattern.letters[last];
        let exchanged = match typed == self.meant {
            true => self.above.costs[last],
            false => self.above.costs[last] + self.pattern.exchanges[last][self.symbol] + begins(last),
        };
        missing.min(surplus).min(exchanged).min(self.silent(at)).min(self.of_two(at, typed))
    }

    /// The cost where a consonant and the thanthakhat over it were not typed.
    fn silent(&self, at: usize) -> Cost {
        let higher = self.higher.filter(|_| self.silences);
        higher.map_or(FAR, |higher| higher.costs[at] + likeness::SILENT_CONSONANT + self.missing)
    }

    /// The cost where the edit takes two characters of what was typed or meant.
    fn of_two(&self, at: usize, typed: char) -> Cost {
        let typed_before = at.checked_sub(2).map(|at| self.pattern.letters[at]);
        let mut cost = FAR;
        if let (Some([first, second]), Some(before)) = (self.spelled_out, typed_before)
            && (first, second) == (before, typed)
        {
            cost = self.above.costs[at - 2] + likeness::SPELLED_OUT;
        }
        let (Some(higher), Some(before)) = (self.higher, self.before) else { return cost };
        if self.contracted == Some(typed) {
            cost = cost.min(higher.costs[at - 1] + likeness::SPELLED_OUT);
        }
        if self.silences && typed == THANTHAKHAT {
            cost = cost.min(higher.costs[at - 1] + likeness::SILENT_CONSONANT);
        }
        if typed == before && typed_before == Some(self.meant) && likeness::can_change_places(before, self.meant) {
            cost = cost.min(higher.costs[at - 2] + likeness::TRANSPOSED + self.begins_with_two(at));
        }
        cost
    }

    fn begins_with_two(&self, at: usize) -> Cost {
        if at == 2 && self.depth == 2 { self.pattern.first_letter } else { 0 }
    }
}
