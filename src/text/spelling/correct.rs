//! Runs of unspaced Thai with mistyped words in them, set right.
//!
//! A noisy channel (M. D. Kernighan, K. W. Church, W. A. Gale, "A spelling correction program based on a noisy
//! channel model", COLING 1990): what was meant is the sequence of words for which being meant and being typed so
//! is together the most probable. Judges here; readings come from `exact` and `lattice`.

use std::ops::Range;

use super::Vocabulary;
use super::exact::{Improbability, read};
use super::lattice::Lattice;
use super::likeness::Cost;
use super::similar::LONGEST;
use crate::text::thai::letter::is_all_thai;

/// By so much the corrected reading of a run must be more probable than one that reads well as it is, so that words
/// which fell apart into other words by a mistake are found too: งบประมานแผ่นดิน.
const PLAUSIBLE: Improbability = 300;

/// A run as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The whole run, set right.
    pub text: String,
    /// What all changes cost, in hundredths of an edit.
    pub cost: Cost,
    /// What was changed, in order; at least one word.
    pub changed: Vec<Change>,
}

/// One mistyped word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it was typed, in bytes of the run; on character boundaries, but not always between clusters.
    pub typed: Range<usize>,
    /// The word that was meant.
    pub meant: String,
}

impl Vocabulary {
    /// What a run of unspaced Thai (normalised) was meant to be. `known` tells words that are right though no
    /// document has them.
    ///
    /// `None` for a run that reads about as well as it is, for one that no more than two changed words set right, for one
    /// that is better left as it is, and for what is longer than 64 characters or not Thai throughout. The words
    /// of a correction are all in some document.
    pub fn correct_run(&self, run: &str, known: impl Fn(&str) -> bool) -> Option<Correction> {
        if !is_all_thai(run) || run.chars().count() > LONGEST {
            return None;
        }
        let typed = read(self, run, known);
        let bound = if typed.is_plausible { typed.cost.saturating_sub(PLAUSIBLE) } else { typed.cost };
        let lattice = Lattice::read(self, run, bound);
        let correction = lattice.trace_back(lattice.best()?);
        (correction.text != run).then_some(correction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Procurement, budget, land, law, labour, of the state; the word for land is in no document.
    fn words() -> Vocabulary {
        let words = [("จัดซื้อ", 40), ("จัดจ้าง", 40), ("งบประมาณ", 90), ("กฎหมาย", 70), ("แรงงาน", 30), ("รัฐ", 9)];
        let words = words.into_iter().chain([("แผ่นดิน", 0)]);
        Vocabulary::new(words.map(|(word, count)| (word.to_owned(), count)))
    }

    fn corrected(run: &str) -> Option<String> {
        words().correct_run(run, |_| false).map(|correction| correction.text)
    }

    #[test]
    fn a_mistyped_word_is_set_right_wherever_it_stands() {
        for (typed, meant) in [
            ("จัดซื้ดจัดจ้าง", "จัดซื้อจัดจ้าง"),
            ("จัดซื้อจัดจาง", "จัดซื้อจัดจ้าง"),
            ("งบประมานรัฐ", "งบประมาณรัฐ"),
            ("กฏหมายแรงงาน", "กฎหมายแรงงาน"),
            ("กฏหมายแรงาน", "กฎหมายแรงงาน"),
            ("กฏหมาย", "กฎหมาย"),
        ] {
            assert_eq!(corrected(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn a_run_that_reads_well_is_left_as_it_is() {
        for run in ["จัดซื้อจัดจ้าง", "งบประมาณรัฐ", "กฎหมาย"]
        {
            assert_eq!(corrected(run), None, "{run}");
        }
    }

    #[test]
    fn what_changes_is_told_in_bytes_of_the_run() {
        let correction = words().correct_run("งบประมานรัฐ", |_| false);
        let changed =
            vec![Change { typed: 0.."งบประมาน".len(), meant: "งบประมาณ".to_owned() }];
        assert_eq!(correction, Some(Correction { text: "งบประมาณรัฐ".to_owned(), cost: 50, changed }));
    }

    #[test]
    fn a_known_word_is_not_changed_into_another() {
        let known = |word: &str| word == "รัก"; // love
        assert_eq!(words().correct_run("จัดซื้อรัก", known), None);
    }

    #[test]
    fn a_correction_leaves_nothing_that_no_document_has() {
        assert_eq!(corrected("กฏหมายแผ่นดิน"), None);
        assert_eq!(corrected("กฏหมายฮฮฮ"), None);
    }

    #[test]
    fn three_mistyped_words_are_too_many() {
        assert_eq!(corrected("จัดซือจัดจางกฎหมาย").as_deref(), Some("จัดซื้อจัดจ้างกฎหมาย"));
        assert_eq!(corrected("จัดซือจัดจางกฏหมาย"), None);
    }

    #[test]
    fn what_is_no_thai_run_or_too_long_is_left_as_it_is() {
        assert_eq!(corrected(""), None);
        assert_eq!(corrected("กฏหมาย 2567"), None);
        assert_eq!(corrected(&"กฏหมาย".repeat(11)), None);
    }

    proptest! {
        #[test]
        fn changes_lead_from_the_run_to_the_corrected_text(run in "(จัดซื้อ|จัดซือ|กฏหมาย|งบประมาณ|รัฐ|รัด|[ก-์]){1,4}") {
            if let Some(Correction { text, changed, .. }) = words().correct_run(&run, |_| false) {
                let mut rebuilt = run.clone();
                for change in changed.iter().rev() {
                    prop_assert!(words().count(&change.meant) > 0);
                    rebuilt.replace_range(change.typed.clone(), &change.meant);
                }
                prop_assert_eq!(rebuilt, text);
            }
        }
    }
}
