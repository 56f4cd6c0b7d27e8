//! The best passage of a document: how much of the query is found close together.
//!
//! After the spans of proximity ranking (T. Tao, C. Zhai, "An exploration of proximity measures in information
//! retrieval", SIGIR 2007): the window of a fixed width in which the words are worth most.

/// A word at a place of the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) place: u32,
    pub(super) word: usize,
    pub(super) worth: f32,
}

/// What the words of the best window are worth, each by its best way. `found` is in the order of places; `best` has room
/// for each word; nothing can be worth more than `most`.
pub(super) fn best_window(found: &[Found], width: u32, best: &mut [f32], most: f32) -> f32 {
    let mut worth: f32 = 0.0;
    for (first, begin) in found.iter().enumerate() {
        let end = begin.place.saturating_add(width);
        best.fill(0.0);
        for found in found[first..].iter().take_while(|found| found.place < end) {
            best[found.word] = best[found.word].max(found.worth);
        }
        worth = worth.max(best.iter().sum());
        if worth >= most {
            break;
        }
    }
    worth
}
