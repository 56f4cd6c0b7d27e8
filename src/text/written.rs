//! How the words of a term may be written in a text.

use super::{calendar, equivalents};

/// The least letters of a stem that are left where its end may be written otherwise.
const SHORTEST_STEM: usize = 3;

/// What normalised texts that have `term` have in them: for nearly all of them one of these, and some texts without
/// the term as well. To find out which of many texts are worth to be cut into terms.
pub fn written_as(term: &str) -> Vec<String> {
    match (term.strip_prefix('='), term.strip_prefix('~')) {
        (Some(shared), _) => of_variant(shared),
        (_, Some(stem)) => vec![of_stem(stem).to_owned()],
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

/// Policies and policy have the stem polici.
fn of_stem(stem: &str) -> &str {
    stem.strip_suffix(['i', 'e']).filter(|rest| rest.len() >= SHORTEST_STEM).unwrap_or(stem)
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
    fn what_means_the_same_is_written_in_several_ways() {
        for (term, way) in [("=ปปช", "nacc"), ("=คอร์รัปชัน", "คอรัปชั่น"), ("=2024", "2567"), ("~polici", "polic")]
        {
            assert!(written_as(term).iter().any(|it| it == way), "{term}: {:?}", written_as(term));
        }
    }
}
