//! Words and names that mean the same: spellings of a loan word, abbreviations and what they stand for.
//!
//! All of a group lead to one term, that of its first member. The groups are data: `data/abbreviations.tsv`, and the
//! spellings that the build makes of `data/variants.tsv` and of the loan words.

use std::cmp::Reverse;
use std::sync::LazyLock;

use foldhash::HashMap;

use super::latin;
use super::thai::letter::is_all_thai;

/// Spelling to dictionary spelling, a pair a line.
const VARIANTS: &str = include_str!(concat!(env!("OUT_DIR"), "/variants.tsv"));
const ABBREVIATIONS: &str = include_str!("data/abbreviations.tsv");

static EQUIVALENTS: LazyLock<Equivalents> = LazyLock::new(Equivalents::read);

/// A name of several words.
struct Name {
    words: Vec<String>,
    leads_to: String,
}

/// What is known of a word.
#[derive(Default)]
pub(super) struct Meaning {
    leads_to: Option<String>,
    /// The names that begin with it, longer ones first.
    names: Vec<Name>,
}

#[derive(Default)]
struct Equivalents {
    words: HashMap<String, Meaning>,
    /// By the term that they share, what means the same; names of several words with spaces between them.
    members: HashMap<String, Vec<String>>,
    /// Thai abbreviations without their dots, and what they lead to where they have them.
    abbreviations: HashMap<String, Option<String>>,
}

/// What is known of the term `word`.
pub(super) fn of_word(word: &str) -> Option<&'static Meaning> {
    EQUIVALENTS.words.get(word)
}

impl Meaning {
    /// The term that all words of the same meaning share.
    pub(super) fn shared(&self) -> Option<&str> {
        self.leads_to.as_deref()
    }

    /// Whether names of several words begin with the word.
    pub(super) fn begins_names(&self) -> bool {
        !self.names.is_empty()
    }

    /// For the longest name that the word and those `following` it make: the number of its words, and the term that
    /// all of the same meaning share.
    pub(super) fn name<'a>(&self, following: impl Iterator<Item = &'a str> + Clone) -> Option<(usize, &str)> {
        let name = self.names.iter().find(|name| {
            let mut following = following.clone();
            name.words[1..].iter().all(|word| following.next() == Some(word.as_str()))
        })?;
        Some((name.words.len(), name.leads_to.as_str()))
    }
}

/// What leads to the term `shared`: words, and names of several words with spaces between them.
pub(super) fn members(shared: &str) -> &'static [String] {
    EQUIVALENTS.members.get(shared).map_or(&[], Vec::as_slice)
}

/// Whether letters are a known Thai abbreviation, here without its dots.
pub(super) fn is_abbreviation(letters: &str) -> bool {
    EQUIVALENTS.abbreviations.contains_key(letters)
}

/// The term that all of the meaning of a Thai abbreviation share that was written with its dots.
pub(super) fn of_abbreviation(letters: &str) -> Option<&'static str> {
    let shared = EQUIVALENTS.abbreviations.get(letters)?.as_deref();
    shared.or_else(|| of_word(letters)?.shared())
}

/// The Thai names, written as one word, that are known by an abbreviation.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let lines = ABBREVIATIONS.lines().filter(|line| !line.starts_with('#'));
    let names = lines.filter_map(|line| line.split('\t').nth(1)).flat_map(|cell| cell.split(" | "));
    names.map(|name| name.trim_end_matches('ฯ')).filter(|name| is_all_thai(name))
}

/// What the groups are, for the fingerprint of an analyzer.
pub(super) fn hash(hasher: &mut blake3::Hasher) {
    hasher.update(VARIANTS.as_bytes()).update(ABBREVIATIONS.as_bytes());
}

impl Equivalents {
    fn read() -> Equivalents {
        let mut equivalents = Equivalents::default();
        for line in ABBREVIATIONS.lines().filter(|line| !line.starts_with('#')) {
            equivalents.group(line);
        }
        for (variant, spelling) in VARIANTS.lines().filter_map(|line| line.split_once('\t')) {
            let name = equivalents.words.get(spelling).and_then(Meaning::shared);
            let leads_to = name.unwrap_or(spelling).to_owned();
            equivalents.member(vec![variant.to_owned()], &leads_to);
            equivalents.member(vec![spelling.to_owned()], &leads_to);
        }
        for meaning in equivalents.words.values_mut() {
            meaning.names.sort_by_key(|name| Reverse(name.words.len()));
        }
        equivalents
    }

    /// Adds what stands on one line of the abbreviations.
    fn group(&mut self, line: &str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let members = |column: usize| columns.get(column).into_iter().flat_map(|cell| cell.split(" | "));
        let members = |column: usize| members(column).filter(|member| !member.is_empty());
        let abbreviations: Vec<String> = members(0).map(|it| it.replace(['.', ' '], "")).collect();
        let names: Vec<Vec<String>> = (1..4).flat_map(members).map(words).collect();
        let first = abbreviations.first().cloned().or_else(|| names.first().map(|words| words.concat()));
        let leads_to = first.filter(|_| abbreviations.len() + names.len() > 1);
        let is_dotted = columns.get(4) == Some(&"dotted");
        for letters in abbreviations {
            if let Some(leads_to) = leads_to.as_ref().filter(|_| !is_dotted) {
                self.member(vec![letters.clone()], leads_to);
            }
            self.abbreviations.insert(letters, leads_to.clone().filter(|_| is_dotted));
        }
        if let Some(leads_to) = leads_to {
            names.into_iter().for_each(|words| self.member(words, &leads_to));
        }
    }

    fn member(&mut self, words: Vec<String>, leads_to: &str) {
        let Some(first) = words.first().cloned() else { return };
        self.members.entry(leads_to.to_owned()).or_default().push(words.join(" "));
        let meaning = self.words.entry(first).or_default();
        if words.len() > 1 {
            meaning.names.push(Name { words, leads_to: leads_to.to_owned() });
        } else {
            // A word may be in several groups; the first has it.
            meaning.leads_to.get_or_insert_with(|| leads_to.to_owned());
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

    fn shared(word: &str) -> Option<&str> {
        of_word(word)?.shared()
    }

    #[test]
    fn all_of_a_group_lead_to_one_term() {
        for member in ["ปปช", "nacc", "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ"]
        {
            assert_eq!(shared(member), Some("ปปช"));
        }
        let national = of_word("national").expect("names begin with it");
        assert_eq!(national.name(["anticorruption", "commission", "said"].into_iter()), Some((3, "ปปช")));
        assert_eq!(national.name(["park"].into_iter()), None);
    }

    #[test]
    fn spellings_lead_to_that_of_the_dictionary() {
        for spelling in ["คอร์รัปชัน", "คอร์รัปชั่น", "คอรัปชัน", "คอรัปชั่น", "คอร์รับชัน"]
        {
            assert_eq!(shared(spelling), Some("คอร์รัปชัน"), "{spelling}");
        }
        assert_eq!((shared("ส่วย"), shared("สวย")), (None, None)); // bribe, beautiful
    }

    #[test]
    fn months_and_their_spellings_lead_to_their_abbreviations() {
        assert_eq!((of_abbreviation("กค"), shared("กรกฎาคม"), shared("กรกฏาคม")), (Some("กค"), Some("กค"), Some("กค")));
    }

    #[test]
    fn what_needs_its_dots_is_nothing_without_them() {
        assert_eq!((of_abbreviation("ชม"), shared("ชม"), shared("ชั่วโมง")), (Some("ชม"), None, Some("ชม"))); // watch
    }

    #[test]
    fn what_stands_for_nothing_is_still_an_abbreviation() {
        assert!(is_abbreviation("กพ") && shared("กพ").is_none());
    }
}
