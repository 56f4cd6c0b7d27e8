//! How a run of Thai reads as it was typed.
//!
//! The cheapest way to cut the run into words of the vocabulary, words known otherwise, and clusters that are in no
//! word. The same costs serve for readings with words set right (see `correct`).

use super::Vocabulary;
use crate::text::thai::cluster::mark_cuts;
use crate::text::thai::letter::letters;

/// A cost in hundredths of a natural logarithm of improbability.
pub type Improbability = u32;

/// What each word costs beside its rareness, so that few long words beat many short ones.
pub const WORD: Improbability = 200;
/// What a word costs that is known but in no document.
const ELSEWHERE: Improbability = 2_000;
/// What each cluster costs that is in no word.
const UNKNOWN_CLUSTER: Improbability = 2_200;
/// The longest word that is asked about elsewhere, in clusters.
const LONGEST_ELSEWHERE: usize = 12;
/// ณ (at) is the one word of a single letter.
const LETTER_WORD: &str = "ณ";

/// What a word costs that so many documents have.
pub fn of_word(words: &Vocabulary, count: u64) -> Improbability {
    WORD + (words.rareness(count) * 100.0) as Improbability
}

/// The cheapest reading of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// What it costs.
    pub cost: Improbability,
    /// Whether all of it is words that documents have.
    pub is_plausible: bool,
}

/// Reads `run`, Thai throughout, without changing it; `known` tells words that need not be in the vocabulary.
pub fn read(words: &Vocabulary, run: &str, known: impl Fn(&str) -> bool) -> Reading {
    let cuts = cuts(run);
    let mut best: Vec<Option<Reading>> = vec![None; cuts.len()];
    best[0] = Some(Reading { cost: 0, is_plausible: true });
    for from in 0..cuts.len() - 1 {
        let Some(before) = best[from] else { continue };
        for (to, step) in steps(words, run, &cuts[from..], &known) {
            let cost = before.cost + step.cost;
            let reading = Reading { cost, is_plausible: before.is_plausible && step.is_plausible };
            let place = &mut best[from + to];
            if place.is_none_or(|known| cost < known.cost) {
                *place = Some(reading);
            }
        }
    }
    best[cuts.len() - 1].unwrap_or(Reading { cost: Improbability::MAX, is_plausible: false })
}

/// Where `run` can be cut, in bytes, both ends included.
fn cuts(run: &str) -> Vec<usize> {
    let mut may_cut = Vec::new();
    mark_cuts(&letters(run).collect::<Vec<_>>(), &mut may_cut);
    let places = run.char_indices().map(|(at, _)| at).chain([run.len()]);
    places.zip(may_cut).filter(|&(_, may_cut)| may_cut).map(|(at, _)| at).collect()
}

/// What can be read from the first of `cuts` on: the number of the cut where it ends, and its cost.
fn steps(words: &Vocabulary, run: &str, cuts: &[usize], known: impl Fn(&str) -> bool) -> Vec<(usize, Reading)> {
    let start = cuts[0];
    let mut steps = vec![(1, Reading { cost: UNKNOWN_CLUSTER, is_plausible: false })];
    for (length, count) in words.beginnings(&run[start..]).filter(|&(_, count)| count > 0) {
        let word = &run[start..start + length];
        if let Ok(to) = cuts.binary_search(&(start + length))
            && (word.chars().nth(1).is_some() || word == LETTER_WORD)
        {
            steps.push((to, Reading { cost: of_word(words, count), is_plausible: true }));
        }
    }
    for (to, &end) in cuts.iter().enumerate().skip(1).take(LONGEST_ELSEWHERE) {
        if steps.iter().skip(1).all(|&(taken, _)| taken != to) && known(&run[start..end]) {
            steps.push((to, Reading { cost: ELSEWHERE, is_plausible: false }));
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_plausible(run: &str) -> bool {
        let words = ["จัดซื้อ", "จัด", "จ้าง", "ณ", "ก"]; // procure, arrange, hire, at, the letter k
        let words = words.map(|word| (word.to_owned(), 5)).into_iter().chain([("ยา".to_owned(), 0)]);
        read(&Vocabulary::new(words), run, |word| word == "กรม").is_plausible
    }

    #[test]
    fn a_run_of_words_that_documents_have_is_plausible() {
        assert!(is_plausible("จัดซื้อจัดจ้าง") && is_plausible("ณจัดจ้าง"));
    }

    #[test]
    fn clusters_in_no_word_and_words_of_no_document_are_not() {
        for run in ["จัดซือจัดจ้าง", "จัดยา", "จัดกรม", "จัดก"]
        {
            assert!(!is_plausible(run), "{run}");
        }
    }

    #[test]
    fn words_are_not_cut_out_of_clusters() {
        let words = Vocabulary::new(["กร", "ม์"].map(|word| (word.to_owned(), 5)));
        assert!(!read(&words, "กรม์", |_| false).is_plausible);
    }

    #[test]
    fn a_known_word_costs_less_than_its_clusters() {
        let words = Vocabulary::new([]);
        let cost = |known: &str| read(&words, "กรม", |word| word == known).cost;
        assert!(cost("กรม") < cost(""));
    }
}
