//! What people may be about to type: titles, topics, series, authors, organisations and frequent phrases.
//!
//! Made of the index once a commit; a look-up is a search in a sorted list of the places where words begin.

mod phrases;
mod places;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};

use bytes::{Buf, BufMut, Bytes};

use self::phrases::Phrase;
use self::places::{Places, Texts};
use crate::content::{ArticleId, Localized, Site};
use crate::index::{Facet, FacetCounts};
use crate::lexicon::is_stop_word;
use crate::text::spelling::Vocabulary;
use crate::text::{Analyzer, Form, Language, bare, keyboard, parts};

/// The most that is suggested.
pub const MOST_SUGGESTIONS: usize = 20;
/// The most of one kind, so that each has room.
const MOST_OF_A_KIND: usize = 5;
/// The most words of the index that are suggested as they are.
const MOST_WORDS: usize = 3;
/// Where more places begin so, the first of them are looked at.
const MOST_LOOKED_AT: usize = 4_096;
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
    /// Each, in the order of their numbers.
    const ALL: [Kind; 6] = [Kind::Phrase, Kind::Topic, Kind::Title, Kind::Author, Kind::Organisation, Kind::Series];

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

/// All that can be suggested, in few and large pieces of memory: of a million articles there are millions. While it is made
/// these are `Vec<u8>`; then [`Bytes`], which may be those of a file.
#[derive(Default)]
pub(super) struct Suggestions<B = Bytes> {
    /// What people read, and beside it the letters alone with the places where words begin.
    texts: Texts<B>,
    places: Places<B>,
    /// An [`Entry`] for each text.
    entries: B,
    values: Texts<B>,
}

/// What a text is.
struct Entry {
    kind: Kind,
    count: u64,
    /// The number of the value that it leads to.
    value: Option<u32>,
}

impl Entry {
    const BYTES: usize = 13;
    /// In place of the number of a value.
    const NO_VALUE: u32 = u32::MAX;

    fn put(&self, to: &mut Vec<u8>) {
        to.put_u8(self.kind as u8);
        to.put_u64_le(self.count);
        to.put_u32_le(self.value.unwrap_or(Entry::NO_VALUE));
    }

    fn from_bytes(bytes: &[u8; Entry::BYTES]) -> Entry {
        let mut bytes = &bytes[..];
        let kind = Kind::ALL[usize::from(bytes.get_u8()).min(Kind::ALL.len() - 1)];
        let (count, value) = (bytes.get_u64_le(), bytes.get_u32_le());
        Entry { kind, count, value: Some(value).filter(|value| *value != Entry::NO_VALUE) }
    }
}

impl Suggestions {
    /// Those of a site with these titles and counts of facet values.
    pub(super) fn of(
        titles: &[(ArticleId, Localized)],
        facets: &BTreeMap<Facet, FacetCounts>,
        site: &Site,
        analyzer: &Analyzer,
    ) -> Suggestions {
        let mut suggestions = Suggestions::<Vec<u8>>::default();
        for (id, title) in titles {
            let id = suggestions.values.push(id.as_str());
            for text in title.texts() {
                suggestions.add(text, Entry { kind: Kind::Title, count: 1, value: id }, analyzer);
            }
        }
        suggestions.places.sort();
        for Phrase { text, count } in suggestions.phrases(analyzer) {
            suggestions.add(&text, Entry { kind: Kind::Phrase, count, value: None }, analyzer);
        }
        for (facet, counts) in facets {
            for (value, count) in counts {
                let names = names(*facet, value, site);
                let value = suggestions.values.push(value);
                for (text, kind) in names {
                    suggestions.add(&text, Entry { kind, count: *count, value }, analyzer);
                }
            }
        }
        suggestions.places.sort();
        suggestions.finish()
    }

    /// Writes all of it, for [`Suggestions::take`].
    pub(super) fn put(&self, to: &mut dyn Write) -> io::Result<()> {
        self.texts.put(to)?;
        self.places.put(to)?;
        parts::put(to, &self.entries)?;
        self.values.put(to)
    }

    /// Takes what [`Suggestions::put`] wrote off `bytes`; `None` where that is not what they begin with.
    pub(super) fn take(bytes: &mut Bytes) -> Option<Suggestions> {
        let (texts, places) = (Texts::take(bytes)?, Places::take(bytes)?);
        Some(Suggestions { texts, places, entries: parts::take(bytes)?, values: Texts::take(bytes)? })
    }
}

impl Suggestions<Vec<u8>> {
    fn finish(self) -> Suggestions {
        let Suggestions { texts, places, entries, values } = self;
        Suggestions { texts: texts.finish(), places: places.finish(), entries: entries.into(), values: values.finish() }
    }

    fn add(&mut self, text: &str, entry: Entry, analyzer: &Analyzer) {
        if self.places.add(text, &word_starts(analyzer, text)).is_some() && self.texts.push(text).is_some() {
            entry.put(&mut self.entries);
        }
    }

    /// The phrases of the titles, which are all that was added so far.
    fn phrases(&self, analyzer: &Analyzer) -> Vec<Phrase> {
        let shown = |found: &phrases::Found| {
            let (number, letters) = self.places.within(found.place, found.length);
            let text = self.texts.get(number);
            Some(phrases::shown(text, &word_starts(analyzer, text), letters)?.to_owned())
        };
        let found = phrases::frequent(&self.places);
        found.iter().filter_map(|found| Some(Phrase { text: shown(found)?, count: found.titles })).collect()
    }
}

impl Suggestions {
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
        let numbers: HashSet<u32> = self.places.beginning(letters).take(MOST_LOOKED_AT).collect();
        let words: Vec<Candidate> = completed(letters, words).map(Candidate::word).collect();
        let known = numbers.into_iter().map(|number| self.candidate(number)).chain(words);
        let mut found: Vec<(bool, Candidate)> =
            known.map(|known| (known.letters.starts_with(letters), known)).collect();
        // What begins so comes before what has a word that does; then the frequent, then the short.
        found.sort_unstable_by(|(begins, one), (other_begins, other)| {
            let order = |begins: &bool, it: &Candidate| (!*begins, Reverse(it.count), it.text.len(), it.kind);
            order(begins, one).cmp(&order(other_begins, other)).then_with(|| one.text.cmp(&other.text))
        });
        distinct(found.into_iter().map(|(_, known)| known), most).map(|known| known.suggestion(&self.values)).collect()
    }

    fn candidate(&self, number: u32) -> Candidate<'_> {
        let Entry { kind, count, value } = Entry::from_bytes(&self.entries.as_chunks().0[number as usize]);
        let (text, letters) = (self.texts.get(number), self.places.letters(number));
        Candidate { text: Cow::Borrowed(text), letters: Cow::Borrowed(letters), kind, count, value }
    }
}

/// What may be suggested for what was typed.
struct Candidate<'s> {
    text: Cow<'s, str>,
    letters: Cow<'s, str>,
    kind: Kind,
    count: u64,
    value: Option<u32>,
}

impl Candidate<'_> {
    /// A word of the index.
    fn word((text, count): (String, u64)) -> Candidate<'static> {
        Candidate { letters: Cow::Owned(bare(&text)), text: Cow::Owned(text), kind: Kind::Phrase, count, value: None }
    }

    fn suggestion(self, values: &Texts) -> Suggestion {
        let value = self.value.map(|number| values.get(number).to_owned());
        Suggestion { text: self.text.into_owned(), kind: self.kind, value, count: self.count }
    }
}

/// The most frequent words of the index that begin so, with the number of articles that have them.
fn completed(letters: &str, words: &Vocabulary) -> impl Iterator<Item = (String, u64)> {
    let completions = words.completions(letters, MOST_WORDS).words.into_iter();
    completions.filter(|(word, count)| *count >= FEWEST_TITLES && !is_stop_word(word))
}

/// The first `most` of different texts, and not too many of a kind.
fn distinct<'s>(known: impl Iterator<Item = Candidate<'s>>, most: usize) -> impl Iterator<Item = Candidate<'s>> {
    let (mut texts, mut kinds) = (HashSet::new(), HashMap::new());
    let fits = move |known: &Candidate| {
        let of_kind: &mut usize = kinds.entry(known.kind).or_default();
        let fits = *of_kind < MOST_OF_A_KIND && texts.insert(known.letters.clone().into_owned());
        *of_kind += usize::from(fits);
        fits
    };
    known.filter(fits).take(most)
}

/// Where the words of a text begin, in bytes, and its beginning.
fn word_starts(analyzer: &Analyzer, text: &str) -> Vec<usize> {
    let words = analyzer.analyze(text).into_iter().filter(|token| token.form == Form::Word);
    let mut starts: Vec<usize> = words.map(|word| word.offsets.start).chain([0]).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
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

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestions() -> Suggestions {
        let title = |th: &str, en: &str| Localized { th: Some(th.to_owned()), en: Some(en.to_owned()) };
        let titles = [
            (ArticleId::new("a"), title("จัดซื้อจัดจ้างแบบเปิด", "Open contracting")),
            (ArticleId::new("b"), title("ราคากลางกับการจัดซื้อจัดจ้าง", "Reference prices")),
        ];
        let facets = [(Facet::Author, vec![("ปาริชาต วงศ์ธารา".into(), 3)])].into();
        let made = Suggestions::of(&titles, &facets, &Site::default(), &Analyzer::new([]));
        let mut kept = Vec::new();
        made.put(&mut kept).expect("memory");
        Suggestions::take(&mut kept.into()).expect("what was put")
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
