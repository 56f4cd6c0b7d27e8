//! How the words of a term may be written in a text.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem::{BRITISH, IRREGULAR};
use super::{calendar, equivalents, stem};

/// The least letters of a stem that are left where its end may be written otherwise.
const SHORTEST_STEM: usize = 2;

/// The forms of [`IRREGULAR`] by their stem.
static IRREGULAR_BY_STEM: LazyLock<HashMap<String, Vec<&str>>> = LazyLock::new(|| {
    let stems = IRREGULAR.keys().filter_map(|form| Some((stem::english(form)?, *form)));
    stems.fold(HashMap::new(), |mut forms, (stem, form)| {
        forms.entry(stem).or_default().push(form);
        forms
    })
});

/// What normalised texts that have `term` have in them: for nearly all of them one of these, and some texts without
/// the term as well. To find out which of many texts are worth to be cut into terms.
pub fn written_as(term: &str) -> Vec<String> {
    match (term.strip_prefix('='), term.strip_prefix('~')) {
        (Some(shared), _) => of_variant(shared),
        (_, Some(shared)) => of_stem(shared),
        _ => of_word(term),
    }
}

fn of_variant(shared: &str) -> Vec<String> {
    if calendar::may_be_year(shared) {
        let years = calendar::Year::parse(shared).into_iter().flat_map(|year| [year.common_era(), year.buddhist_era()]);
        return years.map(|year| year.to_string()).collect();
    }
    let members = equivalents::members(shared).iter().map(String::as_str);
    members.chain([shared]).flat_map(of_word).collect()
}

fn of_stem(stem: &str) -> Vec<String> {
    // Policies and policy have the stem polici.
    let begins = stem.strip_suffix(['i', 'e']).filter(|rest| rest.len() >= SHORTEST_STEM).unwrap_or(stem);
    let with_s = begins.contains("iz").then(|| begins.replace("iz", "is"));
    let british = BRITISH.iter().filter(|(_, american)| *american == stem).map(|(british, _)| *british);
    let irregular = IRREGULAR_BY_STEM.get(stem).into_iter().flatten().copied();
    let ways = british.chain(irregular).chain([begins]).map(str::to_owned);
    ways.chain(with_s).collect()
}

fn of_word(word: &str) -> Vec<String> {
    let dotted = equivalents::is_abbreviation(word).then(|| word.chars().flat_map(|letter| [letter, '.']).collect());
    dotted.into_iter().chain([word.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Analyzer, normalize};

    #[test]
    fn a_text_with_a_term_has_one_of_the_ways_in_which_it_is_written() {
        let analyzer = Analyzer::new([]);
        let text = "สำนักงาน ป.ป.ช. และ NACC ตรวจคอรัปชั่นใน ก.ค. ๒๕๖๗; policies of the World Bank, 2024";
        let normalized = normalize(text);
        for token in analyzer.analyze(text) {
            let written = written_as(&token.term);
            let is_there = written.iter().any(|way| normalized.text().contains(way));
            assert!(is_there, "{} as one of {written:?}", token.term);
        }
    }

    #[test]
    fn words_begin_as_their_stem_may_be_written() {
        for word in ["policies", "policy", "led", "organisation", "programmes", "stolen", "writes", "centre", "why"] {
            let ways = of_stem(&stem::english(word).expect("an English word"));
            assert!(ways.iter().any(|way| word.starts_with(way)), "{word}: {ways:?}");
        }
    }

    #[test]
    fn what_means_the_same_is_written_in_several_ways() {
        for (term, way) in [("=ปปช", "nacc"), ("=คอร์รัปชัน", "คอรัปชั่น"), ("=2024", "2567"), ("~polici", "polic")]
        {
            assert!(written_as(term).iter().any(|it| it == way), "{term}: {:?}", written_as(term));
        }
    }
}
