//! Every number that Thai segmentation rests on.
//!
//! A word's cost falls with the logarithm of its count, as under a unigram model, but less than one to one: counts
//! come from prose, and people search and chat in other words. The scale, the offsets and the costs of unknown
//! words are those of a log-linear model (Kudo et al., see `path`) of six features, whose weights held within a
//! few per cent over five parts of a hand-cut set, each left out in turn.

/// The cost of using a word once, in thousandths; the cheapest words of all are a little under 0.
pub type Cost = i32;

/// What a word costs for each natural logarithm of its rareness.
const SCALE: f64 = 560.0;
/// What every dictionary word is cheaper by, as few long words are better than many short ones.
const KNOWN: f64 = 2_720.0;
/// Added to every count: a word that somebody listed is one, however seldom it was counted.
const LISTED: f64 = 50.0;
/// What a word of a single letter costs beside that: most are letters of names.
const SINGLE_LETTER: f64 = 1_850.0;

/// What it costs to begin an unknown word (a name, a loan word, a typing error).
pub const UNKNOWN_WORD: Cost = 2_700;
/// What each cluster of an unknown word costs.
pub const UNKNOWN_CLUSTER: Cost = 1_280;
/// What a tone mark adds to that: foreign names have few.
pub const UNKNOWN_TONE: Cost = 1_040;

/// A compound has parts where writing them costs at most so much more, for each place between two of them, than
/// writing the compound: จัดซื้อ (procure) is จัด + ซื้อ, but มะนาว (lime) is not มะ + นาว.
pub const DEAREST_PARTS: Cost = 2_000;
/// A word that would cost at most so much more than its parts, for each place between two of them, stays whole:
/// ราชการ (government service) is not ราช + การ, though การ is so frequent that it costs nothing. More keeps more
/// words whole that people cut, as จัด|การ.
pub const COHESION: Cost = 300;
/// About what a word costs that is listed and was never counted.
pub const UNCOUNTED_WORD: Cost = 4_300;
/// How much cheaper a preferred word is than all other ways to cut it.
pub const PREFERENCE: Cost = 1_000;

/// The cost of a word of so many letters that was counted so many times in a corpus of `total` words.
pub fn of_word(letters: usize, count: f64, total: f64) -> Cost {
    let rareness = (total / (count + LISTED)).ln();
    let single = if letters == 1 { SINGLE_LETTER } else { 0.0 };
    (SCALE * rareness - KNOWN + single) as Cost
}
