//! New words: names of people, places and bodies, in Thai and in Latin letters.
//!
//! Takes ranks, gives names: the same rank is the same name everywhere, so that a name comes again as often as a
//! Zipf–Mandelbrot law of its kind says, in no order and without a memory of those that were given.

use super::random::{Purpose, Random, Ranks};

/// How often names come again, by kind. The exponent of sounds is what the growth of the vocabulary rests on.
const SOUNDS: Ranks = Ranks { exponent: 1.6, shift: 300.0 };
const GIVEN: Ranks = Ranks { exponent: 1.8, shift: 100.0 };
const SURNAMES: Ranks = Ranks { exponent: 1.6, shift: 500.0 };
const PLACES: Ranks = Ranks { exponent: 1.8, shift: 100.0 };
const BODIES: Ranks = Ranks { exponent: 1.8, shift: 30.0 };

/// A name in both kinds of letters.
#[derive(Clone, Default)]
pub struct Name {
    /// In Thai letters.
    pub th: String,
    /// In Latin letters.
    pub en: String,
}

type Parts = Vec<(&'static str, &'static str)>;

/// What names are made of; see `names.tsv`.
pub struct Names {
    onsets: Parts,
    open: Parts,
    closed: Parts,
    finals: Parts,
    people: Parts,
    places: Parts,
    titles: Parts,
    bodies: Parts,
}

impl Names {
    /// The parts of the list that comes with the generator.
    pub fn new() -> Names {
        Names {
            onsets: parts("onset"),
            open: parts("open"),
            closed: parts("closed"),
            finals: parts("final"),
            people: parts("name"),
            places: parts("place"),
            titles: parts("title"),
            bodies: parts("body"),
        }
    }

    /// Any name of those that texts are full of.
    pub fn any(&self, random: &mut Random) -> Name {
        match random.unit() {
            kind if kind < 0.25 => self.titled(random),
            kind if kind < 0.40 => self.place(PLACES.draw(random)),
            kind if kind < 0.50 => self.body(BODIES.draw(random)),
            _ => self.sounds(SOUNDS.draw(random)),
        }
    }

    /// A word of sounds, as foreign names and brands are: the rarer, the longer.
    pub fn sounds(&self, rank: u64) -> Name {
        let random = &mut Random::new(0, Purpose::Sounds, rank);
        let length = 2 + usize::from(rank > 2_000) + usize::from(random.chance(0.3));
        let mut name = Name::default();
        (0..length).for_each(|_| self.syllable(&mut name, random));
        capitalize(&mut name.en);
        name
    }

    fn syllable(&self, name: &mut Name, random: &mut Random) {
        let &(onset, latin) = random.pick(&self.onsets);
        let is_closed = random.chance(0.5);
        let &(vowel, sound) = random.pick(if is_closed { &self.closed } else { &self.open });
        let (before, after) = vowel.split_once('-').unwrap_or(("", vowel));
        name.th.extend([before, onset, after]);
        name.en.extend([latin, sound]);
        if is_closed {
            let &(end, latin) = random.pick(&self.finals);
            name.th.push_str(end);
            name.en.push_str(latin);
        }
    }

    /// A person who writes articles, by rank.
    pub fn author(&self, rank: u64) -> Name {
        let random = &mut Random::new(0, Purpose::Author, rank);
        self.person(random)
    }

    fn person(&self, random: &mut Random) -> Name {
        let given = self.person_part(Purpose::Given, GIVEN.draw(random));
        let surname = self.person_part(Purpose::Surname, SURNAMES.draw(random));
        Name { th: format!("{} {}", given.th, surname.th), en: format!("{} {}", given.en, surname.en) }
    }

    fn titled(&self, random: &mut Random) -> Name {
        let person = self.person(random);
        let &(th, en) = random.pick(&self.titles);
        Name { th: format!("{th}{}", person.th), en: format!("{en} {}", person.en) }
    }

    /// A given name of two parts, or a surname of two or three; some surnames have a part of sounds alone.
    fn person_part(&self, purpose: Purpose, rank: u64) -> Name {
        let random = &mut Random::new(0, purpose, rank);
        let mut name = Name::default();
        let is_surname = matches!(purpose, Purpose::Surname);
        for _ in 0..2 + usize::from(is_surname && random.chance(0.4)) {
            let &(th, en) = random.pick(&self.people);
            name.th.push_str(th);
            name.en.push_str(en);
        }
        if is_surname && random.chance(0.4) {
            self.syllable(&mut name, random);
        }
        capitalize(&mut name.en);
        name
    }

    /// A village or a town, by rank.
    pub fn place(&self, rank: u64) -> Name {
        let random = &mut Random::new(0, Purpose::Place, rank);
        let &(kind, latin) = random.pick(&self.places);
        let mut name = Name::default();
        match random.chance(0.5) {
            true => (0..1 + random.below(2)).for_each(|_| self.syllable(&mut name, random)),
            false => {
                let &(th, en) = random.pick(&self.people);
                name = Name { th: th.to_owned(), en: en.to_owned() };
            }
        }
        capitalize(&mut name.en);
        Name { th: format!("{kind}{}", name.th), en: format!("{latin} {}", name.en) }
    }

    /// An organisation or a project, by rank.
    pub fn body(&self, rank: u64) -> Name {
        let random = &mut Random::new(0, Purpose::Body, rank);
        let &(kind, latin) = random.pick(&self.bodies);
        let of = if random.chance(0.5) { self.place(rank) } else { self.sounds(rank) };
        Name { th: format!("{kind}{}", of.th), en: format!("{latin} {}", of.en) }
    }
}

fn parts(kind: &str) -> Parts {
    let lines = include_str!("names.tsv").lines().filter(|line| !line.starts_with('#'));
    let fields = lines.filter_map(|line| line.split_once('\t')).filter(|(of, _)| *of == kind);
    fields.filter_map(|(_, forms)| forms.split_once('\t')).collect()
}

/// Makes the first letter of a word in Latin letters a large one.
pub fn capitalize(word: &mut str) {
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
}
