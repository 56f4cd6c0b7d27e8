//! Names of authors, and which of them may be taken apart.
//!
//! Citation tools sort and shorten a person's name by its family name ("Marchbanks, H."), so they have to be told which
//! part that is. A Thai is known and sorted by the given name, which comes first and stays first, and an organisation has
//! no family name: taken apart, "มูลนิธิ เสียงสุจริต" (Honest Voice Foundation) would become a Mr มูลนิธิ. An article does
//! not say which of its authors are persons, so a name is taken apart only where it can be nothing but the name of a
//! person in Latin letters; left whole by mistake, a name is still spelled right.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A name as citation tools take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// Of an organisation or a person, never to be turned round or shortened.
    Whole(String),
    /// Of a person, "Helen Marchbanks" in the order in which it is read.
    Personal { given: String, family: String },
}

/// See the head of the file.
static CORPORATE: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("data/corporate.txt").lines().filter(|line| !line.starts_with('#')).collect());

impl Name {
    /// The name `written` in an article that these organisations have supported.
    pub(super) fn of(written: &str, organisations: &[String]) -> Name {
        let whole = || Name::Whole(written.to_owned());
        if organisations.iter().any(|organisation| organisation == written) {
            return whole();
        }
        let words: Vec<&str> = written.split(' ').collect();
        match words[..] {
            // "Marchbanks, Helen": whoever writes so says which is which.
            [first, second] if first.ends_with(',') => personal(second, &first[..first.len() - 1]),
            [first, second] => personal(first, second),
            _ => None,
        }
        .unwrap_or_else(whole)
    }
}

fn personal(given: &str, family: &str) -> Option<Name> {
    let is_certain = (is_name(given) || is_initial(given)) && is_name(family);
    is_certain.then(|| Name::Personal { given: given.to_owned(), family: family.to_owned() })
}

/// Whether a word is like "Helen" and "Arrieta-Lund": each part a capital with small letters after it, as acronyms and
/// made-up names (KhonLab) are not, and no word of organisations.
fn is_name(word: &str) -> bool {
    let is_part = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_uppercase)
            && !letters.as_str().is_empty()
            && letters.all(char::is_lowercase)
    };
    word.split(['-', '\'', '’']).all(is_part) && !CORPORATE.contains(word.to_lowercase().as_str())
}

/// Whether a word is like "H.".
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.as_str() == "."
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Helen Marchbanks", "Helen", "Marchbanks")]
    #[case("Tomás Arrieta-Lund", "Tomás", "Arrieta-Lund")]
    #[case("H. Marchbanks", "H.", "Marchbanks")]
    #[case("Marchbanks, Helen", "Helen", "Marchbanks")]
    fn latin_names_of_persons_are_taken_apart(#[case] written: &str, #[case] given: &str, #[case] family: &str) {
        let personal = Name::Personal { given: given.to_owned(), family: family.to_owned() };
        assert_eq!(Name::of(written, &[]), personal);
    }

    #[rstest]
    #[case("ชยพล รัตนบรรพต")] // a person: given name, family name
    #[case("มูลนิธิเสียงสุจริต")] // Honest Voice Foundation
    #[case("มูลนิธิ เสียงสุจริต")]
    #[case("KhonLab")]
    #[case("KhonLab Team")]
    #[case("Transparency Group")]
    #[case("Lamnam Foundation")]
    #[case("ACT Ai")]
    #[case("Helen van Marchbanks")]
    #[case("Marchbanks and Sons, Ltd")]
    #[case("Sinakhon Basin Chamber of Commerce")]
    fn all_other_names_stay_whole(#[case] written: &str) {
        assert_eq!(Name::of(written, &[]), Name::Whole(written.to_owned()));
    }

    #[test]
    fn what_supports_the_article_is_no_person() {
        let whole = Name::Whole("Ban Raidon".to_owned());
        assert_eq!(Name::of("Ban Raidon", &["Ban Raidon".to_owned()]), whole);
    }
}
