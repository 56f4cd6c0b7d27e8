//! What people may be about to type: titles, topics, series, authors, organisations and frequent phrases.
//!
//! Made of the index once a commit; a look-up is a search in a sorted list of the places where words begin.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::content::{ArticleId, Localized, Site};
use crate::index::{Facet, FacetCounts};
use crate::lexicon::is_stop_word;
use crate::text::spelling::Vocabulary;
use crate::text::{Analyzer, Form, Language, Token, bare, keyboard};

/// The most that is suggested.
pub const MOST_SUGGESTIONS: usize = 20;
/// The most of one kind, so that each has room.
const MOST_OF_A_KIND: usize = 5;
/// The most words of the index that are suggested as they are.
const MOST_WORDS: usize = 3;
/// Where more places begin so, the first of them are looked at.
const MOST_LOOKED_AT: usize = 4_096;
/// So many bytes of a place's letters are sorted by.
const SORTED_BY: usize = 48;
/// In so many bytes of a text there are as many of letters, but in the oddest.
const READ_TO_SORT: usize = 4 * SORTED_BY;
/// The most words of a phrase.
const LONGEST_PHRASE: usize = 3;
/// A phrase is suggested that so many titles have, or a word that so many articles have.
const FEWEST_TITLES: u64 = 2;

/// Something to type or to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What people read.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// The article's id or the facet's value that it leads to; none for a phrase, which is searched.
    pub value: Option<String>,
    /// How many articles have it.
    pub count: u64,
}

/// What a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Words that several titles have.
    Phrase,
    /// A topic.
    Topic,
    /// The title of an article.
    Title,
    /// An author.
    Author,
    /// A supporting organisation.
    Organisation,
    /// A series.
    Series,
}

impl Kind {
    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Phrase => "phrase",
            Kind::Topic => "topic",
            Kind::Title => "title",
            Kind::Author => "author",
            Kind::Organisation => "organisation",
            Kind::Series => "series",
        }
    }
}

/// A suggestion with its letters alone, since to tell them takes longer than all else in a look-up.
struct Known {
    suggestion: Suggestion,
    letters: Box<str>,
}

impl Known {
    fn new(suggestion: Suggestion) -> Known {
        Known { letters: bare(&suggestion.text).into_boxed_str(), suggestion }
    }
}

/// All that can be suggested.
#[derive(Default)]
pub(super) struct Suggestions {
    all: Vec<Known>,
    /// The letters from each place on where a word begins, sorted, with the number of the suggestion.
    places: Vec<(Box<str>, u32)>,
}

impl Suggestions {
    /// Those of a site with these titles and counts of facet values.
    pub(super) fn of(
        titles: &[(ArticleId, Localized)],
        facets: &BTreeMap<Facet, FacetCounts>,
        site: &Site,
        analyzer: &Analyzer,
    ) -> Suggestions {
        let mut suggestions = Suggestions::default();
        let mut phrases = Phrases::default();
        for (id, title) in titles {
            for text in Language::ALL.into_iter().filter_map(|language| title.get(language)) {
                let words = words(analyzer, text);
                phrases.add(text, &words);
                suggestions.add(text.to_owned(), Kind::Title, Some(id.0.clone()), 1, &words);
            }
        }
        for (facet, counts) in facets {
            for (value, count) in counts {
                for (text, kind) in names(*facet, value, site) {
                    let words = words(analyzer, &text);
                    suggestions.add(text, kind, Some(value.clone()), *count, &words);
                }
            }
        }
        for (text, count) in phrases.frequent() {
            let words = words(analyzer, &text);
            suggestions.add(text, Kind::Phrase, None, count, &words);
        }
        suggestions.places.sort_unstable();
        suggestions
    }

    /// What `typed` may become, the best first, as typed or as the same keys give it in the other keyboard language.
    /// Words of the index count as phrases.
    pub(super) fn for_text(&self, typed: &str, words: &Vocabulary, most: usize) -> Vec<Suggestion> {
        // A sign may be a letter in the other language, but nobody begins with one by mistake.
        if bare(typed).is_empty() {
            return Vec::new();
        }
        let ways = [typed.to_owned(), keyboard::to_thai(typed), keyboard::to_latin(typed)];
        let found = ways.iter().map(|way| self.beginning(&bare(way), words, most)).find(|found| !found.is_empty());
        found.unwrap_or_default()
    }

    fn beginning(&self, letters: &str, words: &Vocabulary, most: usize) -> Vec<Suggestion> {
        let sorted_by = &letters[..letters.floor_char_boundary(SORTED_BY)];
        let first = self.places.partition_point(|(place, _)| &**place < sorted_by);
        let begin_so = self.places[first..].iter().take_while(|(place, _)| place.starts_with(sorted_by));
        let numbers: HashSet<u32> = begin_so.take(MOST_LOOKED_AT).map(|&(_, number)| number).collect();
        let words: Vec<Known> = completed(letters, words).map(Known::new).collect();
        let known = numbers.into_iter().map(|number| &self.all[number as usize]).chain(&words);
        let mut found: Vec<(bool, &Known)> = known
            .filter(|known| letters.len() <= SORTED_BY || known.letters.contains(letters))
            .map(|known| (known.letters.starts_with(letters), known))
            .collect();
        // What begins so comes before what has a word that does; then the frequent, then the short.
        found.sort_unstable_by_key(|(begins, Known { suggestion, .. })| {
            (!begins, Reverse(suggestion.count), suggestion.text.len(), suggestion.kind, &suggestion.text)
        });
        distinct(found.into_iter().map(|(_, known)| known), most)
    }

    fn add(&mut self, text: String, kind: Kind, value: Option<String>, count: u64, words: &[Token]) {
        let Ok(number) = u32::try_from(self.all.len()) else { return };
        let starts = words.iter().map(|word| word.offsets.start).chain([0]);
        let starts: HashSet<usize> = starts.collect();
        self.places.extend(starts.into_iter().map(|start| {
            let rest = &text[start..];
            let mut letters = bare(&rest[..rest.floor_char_boundary(READ_TO_SORT)]);
            letters.truncate(letters.floor_char_boundary(SORTED_BY));
            (letters.into_boxed_str(), number)
        }));
        self.all.push(Known::new(Suggestion { text, kind, value, count }));
    }
}

/// The most frequent words of the index that begin so.
fn completed(letters: &str, words: &Vocabulary) -> impl Iterator<Item = Suggestion> {
    let completions = words.completions(letters, MOST_WORDS).words.into_iter();
    let frequent = completions.filter(|(word, count)| *count >= FEWEST_TITLES && !is_stop_word(word));
    frequent.map(|(text, count)| Suggestion { text, kind: Kind::Phrase, value: None, count })
}

/// The first `most` of different texts, and not too many of a kind.
fn distinct<'a>(known: impl Iterator<Item = &'a Known>, most: usize) -> Vec<Suggestion> {
    let (mut texts, mut kinds) = (HashSet::new(), HashMap::new());
    let mut fits = |known: &'a Known| {
        let of_kind: &mut usize = kinds.entry(known.suggestion.kind).or_default();
        let fits = *of_kind < MOST_OF_A_KIND && texts.insert(&*known.letters);
        *of_kind += usize::from(fits);
        fits
    };
    known.filter(|known| fits(known)).take(most).map(|known| known.suggestion.clone()).collect()
}

fn words(analyzer: &Analyzer, text: &str) -> Vec<Token> {
    analyzer.analyze(text).into_iter().filter(|token| token.form == Form::Word).collect()
}

/// What a facet value is called, in each language.
fn names(facet: Facet, value: &str, site: &Site) -> Vec<(String, Kind)> {
    let both =
        |label: &dyn Fn(Language) -> String, kind| Language::ALL.map(|language| (label(language), kind)).to_vec();
    match facet {
        Facet::Topic => both(&|language| site.topic_label(value, language), Kind::Topic),
        Facet::Series => both(&|language| site.series_label(value, language), Kind::Series),
        Facet::Author => both(&|language| site.author_label(value, language), Kind::Author),
        Facet::Organisation => vec![(value.to_owned(), Kind::Organisation)],
        Facet::Year | Facet::Language => Vec::new(),
    }
}

/// Words in a row, with the number of titles that have them.
#[derive(Default)]
struct Phrases(HashMap<String, (String, u64)>);

impl Phrases {
    fn add(&mut self, text: &str, words: &[Token]) {
        let mut seen = HashSet::new();
        for length in 1..=LONGEST_PHRASE {
            for row in words.windows(length) {
                let (first, last) = (&row[0], &row[length - 1]);
                if is_stop_word(&first.term) || is_stop_word(&last.term) {
                    continue;
                }
                let shown = &text[first.offsets.start..last.offsets.end];
                let key = bare(shown);
                if key.chars().count() > 3 && seen.insert(key.clone()) {
                    self.0.entry(key).or_insert_with(|| (shown.to_owned(), 0)).1 += 1;
                }
            }
        }
    }

    fn frequent(self) -> impl Iterator<Item = (String, u64)> {
        self.0.into_values().filter(|(_, count)| *count >= FEWEST_TITLES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestions() -> Suggestions {
        let title = |th: &str, en: &str| Localized { th: Some(th.to_owned()), en: Some(en.to_owned()) };
        let titles = [
            (ArticleId("a".to_owned()), title("จัดซื้อจัดจ้างแบบเปิด", "Open contracting")),
            (ArticleId("b".to_owned()), title("ราคากลางกับการจัดซื้อจัดจ้าง", "Reference prices")),
        ];
        let facets = [(Facet::Author, vec![("ปาริชาต วงศ์ธารา".to_owned(), 3)])].into();
        Suggestions::of(&titles, &facets, &Site::default(), &Analyzer::new([]))
    }

    fn check(typed: &str, expected: &[(&str, Kind)]) {
        let words = Vocabulary::new([("ข้อมูล".to_owned(), 4), ("ข้อมูลเปิด".to_owned(), 1)]);
        let found = suggestions().for_text(typed, &words, MOST_SUGGESTIONS);
        let found: Vec<_> = found.iter().map(|suggestion| (suggestion.text.as_str(), suggestion.kind)).collect();
        assert_eq!(found, expected, "of {typed}");
    }

    #[test]
    fn what_begins_so_comes_before_what_has_a_word_that_does() {
        let expected =
            [("จัดซื้อจัดจ้าง", Kind::Phrase), ("จัดซื้อจัดจ้างแบบเปิด", Kind::Title), ("ราคากลางกับการจัดซื้อจัดจ้าง", Kind::Title)];
        check("จัดซื้อจ", &expected);
        check("open c", &[("Open contracting", Kind::Title)]);
        check("contr", &[("Open contracting", Kind::Title)]);
        check("วงศ์", &[("ปาริชาต วงศ์ธารา", Kind::Author)]);
        check("ข้อ", &[("ข้อมูล", Kind::Phrase)]);
    }

    #[test]
    fn the_other_keyboard_language_is_tried() {
        check(&keyboard::to_latin("ราคาก"), &[("ราคากลางกับการจัดซื้อจัดจ้าง", Kind::Title)]);
    }

    #[test]
    fn nothing_is_suggested_for_nothing() {
        check(" -", &[]);
        check("ฮฮฮ", &[]);
    }
}
