//! Words and names that mean the same: spellings of a loan word, abbreviations and what they stand for.
//!
//! All of a group lead to one term, that of its first member. The groups are data: `data/abbreviations.tsv`, and the
//! spellings that the build makes of `data/variants.tsv` and of the loan words.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::latin;

/// Spelling to dictionary spelling, a pair a line.
const VARIANTS: &str = include_str!(concat!(env!("OUT_DIR"), "/variants.tsv"));
const ABBREVIATIONS: &str = include_str!("data/abbreviations.tsv");

static EQUIVALENTS: LazyLock<Equivalents> = LazyLock::new(Equivalents::read);

/// A name of several words.
struct Name {
    words: Vec<String>,
    leads_to: String,
}

#[derive(Default)]
struct Equivalents {
    words: HashMap<String, String>,
    /// By their first word, longer ones first.
    names: HashMap<String, Vec<Name>>,
    /// Thai abbreviations without their dots.
    abbreviations: HashSet<String>,
}

/// The term that all words of the same meaning as the term `word` share.
pub(super) fn of_word(word: &str) -> Option<&'static str> {
    EQUIVALENTS.words.get(word).map(String::as_str)
}

/// For the longest name of several words that `words` begin with: the number of its words, and the term that all of
/// the same meaning share.
pub(super) fn of_name<'a>(
    first: &str,
    following: impl Iterator<Item = &'a str> + Clone,
) -> Option<(usize, &'static str)> {
    let names = EQUIVALENTS.names.get(first)?;
    let name = names.iter().find(|name| {
        let mut following = following.clone();
        name.words[1..].iter().all(|word| following.next() == Some(word.as_str()))
    })?;
    Some((name.words.len(), name.leads_to.as_str()))
}

/// Whether letters without dots are a known Thai abbreviation.
pub(super) fn is_abbreviation(letters: &str) -> bool {
    EQUIVALENTS.abbreviations.contains(letters)
}

/// What the groups are, for the fingerprint of an analyzer.
pub(super) fn hash(hasher: &mut blake3::Hasher) {
    hasher.update(VARIANTS.as_bytes()).update(ABBREVIATIONS.as_bytes());
}

impl Equivalents {
    fn read() -> Equivalents {
        let mut equivalents = Equivalents::default();
        for (variant, spelling) in VARIANTS.lines().filter_map(|line| line.split_once('\t')) {
            equivalents.words.insert(variant.to_owned(), spelling.to_owned());
            equivalents.words.insert(spelling.to_owned(), spelling.to_owned());
        }
        for line in ABBREVIATIONS.lines().filter(|line| !line.starts_with('#')) {
            equivalents.group(line);
        }
        equivalents.names.values_mut().for_each(|names| names.sort_by_key(|name| std::cmp::Reverse(name.words.len())));
        equivalents
    }

    /// Adds what stands on one line of the abbreviations.
    fn group(&mut self, line: &str) {
        let mut members: Vec<Vec<String>> = Vec::new();
        for (column, cell) in line.split('\t').take(4).enumerate() {
            for member in cell.split(" | ").filter(|member| !member.is_empty()) {
                let letters = member.replace(['.', ' '], "");
                if column == 0 {
                    self.abbreviations.insert(letters.clone());
                }
                members.push(if column == 0 { vec![letters] } else { words(member) });
            }
        }
        let Some(leads_to) = members.first().map(|words| words.concat()).filter(|_| members.len() > 1) else { return };
        for words in members {
            self.member(words, &leads_to);
        }
    }

    fn member(&mut self, mut words: Vec<String>, leads_to: &str) {
        if let [word] = &mut words[..] {
            // Months are in several groups' words; the first group has them.
            self.words.entry(std::mem::take(word)).or_insert_with(|| leads_to.to_owned());
        } else if let Some(first) = words.first().cloned() {
            self.names.entry(first).or_default().push(Name { words, leads_to: leads_to.to_owned() });
        }
    }
}

/// The terms of a name as the analyzer has them.
fn words(name: &str) -> Vec<String> {
    name.split(' ').map(|word| latin::read(&word.to_lowercase()).term.trim_end_matches('ฯ').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_group_lead_to_one_term() {
        for member in ["ปปช", "nacc", "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ"]
        {
            assert_eq!(of_word(member), Some("ปปช"));
        }
        assert_eq!(of_name("national", ["anticorruption", "commission", "said"].into_iter()), Some((3, "ปปช")));
        assert_eq!(of_name("national", ["park"].into_iter()), None);
    }

    #[test]
    fn spellings_lead_to_that_of_the_dictionary() {
        for spelling in ["คอร์รัปชัน", "คอร์รัปชั่น", "คอรัปชัน", "คอรัปชั่น", "คอร์รับชัน"]
        {
            assert_eq!(of_word(spelling), Some("คอร์รัปชัน"), "{spelling}");
        }
        assert_eq!((of_word("ส่วย"), of_word("สวย")), (None, None)); // bribe, beautiful
    }

    #[test]
    fn what_stands_for_nothing_is_still_an_abbreviation() {
        assert!(is_abbreviation("กพ") && of_word("กพ").is_none());
    }
}
