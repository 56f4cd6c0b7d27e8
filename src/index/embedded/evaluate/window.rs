//! Sets of documents of one window, and their scores.

/// So many documents are in a window: scores of a few parts of a query for as many stay in the processor's caches.
pub(super) const WINDOW: usize = 2_048;

const BITS: usize = u64::BITS as usize;

/// Documents by their places in the window.
#[derive(Clone, Copy)]
pub(super) struct Bits([u64; WINDOW / BITS]);

impl Bits {
    pub(super) const NONE: Bits = Bits([0; WINDOW / BITS]);

    /// The documents of the places that `has` says.
    pub(super) fn of(has: impl Fn(usize) -> bool) -> Bits {
        Bits::first(WINDOW).filtered(has)
    }

    /// The first so many documents, all if there are fewer.
    pub(super) fn first(count: usize) -> Bits {
        let mut bits = Bits::NONE;
        for (number, word) in bits.0.iter_mut().enumerate() {
            let left = count.saturating_sub(number * BITS).min(BITS);
            *word = if left == BITS { u64::MAX } else { (1 << left) - 1 };
        }
        bits
    }

    pub(super) fn has(&self, place: usize) -> bool {
        self.0[place / BITS] >> (place % BITS) & 1 == 1
    }

    /// Adds a document, and says whether it was not there.
    pub(super) fn insert(&mut self, place: usize) -> bool {
        let (word, bit) = (&mut self.0[place / BITS], 1 << (place % BITS));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The first place that is not before `place`.
    pub(super) fn next(&self, place: usize) -> Option<usize> {
        let first = place / BITS;
        let word = self.0.get(first)? & (u64::MAX << (place % BITS));
        let (number, word) = std::iter::once((first, word))
            .chain((first + 1..).zip(self.0[first + 1..].iter().copied()))
            .find(|(_, word)| *word != 0)?;
        Some(number * BITS + word.trailing_zeros() as usize)
    }

    /// The places, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + Clone {
        self.0.iter().enumerate().flat_map(|(number, &word)| {
            let left = |word: &u64| Some(word & (word - 1)).filter(|left| *left != 0);
            let words = std::iter::successors(Some(word).filter(|word| *word != 0), left);
            words.map(move |word| number * BITS + word.trailing_zeros() as usize)
        })
    }

    /// Those of them that `has` says.
    pub(super) fn filtered(&self, has: impl Fn(usize) -> bool) -> Bits {
        let mut bits = Bits::NONE;
        for place in self.iter().filter(|place| has(*place)) {
            bits.insert(place);
        }
        bits
    }

    pub(super) fn and(&self, other: &Bits) -> Bits {
        self.by_word(other, |one, other| one & other)
    }

    pub(super) fn or(&self, other: &Bits) -> Bits {
        self.by_word(other, |one, other| one | other)
    }

    pub(super) fn without(&self, other: &Bits) -> Bits {
        self.by_word(other, |one, other| one & !other)
    }

    fn by_word(&self, other: &Bits, of: impl Fn(u64, u64) -> u64) -> Bits {
        let mut bits = *self;
        bits.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word = of(*word, *other));
        bits
    }
}

/// Documents with their scores; those of others mean nothing.
pub(super) struct Scored {
    pub(super) bits: Bits,
    pub(super) scores: [f32; WINDOW],
}

impl Scored {
    /// Adds a document, or to what it is worth.
    pub(super) fn add(&mut self, place: usize, score: f32) {
        if self.bits.insert(place) {
            self.scores[place] = score;
        } else {
            self.scores[place] += score;
        }
    }

    /// Adds a document, or lets it be worth so much at least.
    pub(super) fn raise(&mut self, place: usize, score: f32) {
        if self.bits.insert(place) {
            self.scores[place] = score;
        } else {
            self.scores[place] = self.scores[place].max(score);
        }
    }
}

/// Room for scores that is used again and again.
#[derive(Default)]
pub(super) struct Room(Vec<Box<Scored>>);

impl Room {
    /// Room without a document.
    pub(super) fn take(&mut self) -> Box<Scored> {
        let new = || Box::new(Scored { bits: Bits::NONE, scores: [0.0; WINDOW] });
        let mut scored = self.0.pop().unwrap_or_else(new);
        scored.bits = Bits::NONE;
        scored
    }

    pub(super) fn give_back(&mut self, scored: Box<Scored>) {
        self.0.push(scored);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_a_set() {
        let even = Bits::of(|place| place % 2 == 0);
        let first = Bits::first(3);
        assert_eq!(even.len(), WINDOW / 2);
        assert_eq!(even.and(&first).iter().collect::<Vec<_>>(), [0, 2]);
        assert_eq!(first.without(&even).iter().collect::<Vec<_>>(), [1]);
        assert_eq!(even.or(&first).len(), WINDOW / 2 + 1);
        assert_eq!(
            [0, 64, 100, WINDOW, WINDOW + 1].map(|count| Bits::first(count).len()),
            [0, 64, 100, WINDOW, WINDOW]
        );
        assert!(even.has(WINDOW - 2) && !even.has(WINDOW - 1));
        let next = [0, 1, 63, WINDOW - 2, WINDOW - 1, WINDOW].map(|place| even.next(place));
        assert_eq!(next, [Some(0), Some(2), Some(64), Some(WINDOW - 2), None, None]);
        assert_eq!((Bits::NONE.next(0), first.next(3)), (None, None));
    }
}
