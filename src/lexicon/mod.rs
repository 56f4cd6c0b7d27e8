//! Words in one language to words in the other, and to others that mean the same.
//!
//! Takes the words of a query as the analyzer cut them, gives terms as people write them, each with how far it is to
//! be trusted. The sources, in the order in which they count: the curated glossary and the site's own, loan words,
//! Thai WordNet, words that a sentence encoder holds to be near, and what was learned from the site's articles; see
//! `data/README.md`. What is looked up are keys (see [`thai_key`] and [`english_key`]), so that it does not matter how
//! a term is inflected or cut. Does no I/O and asks no index.

#[expect(dead_code, reason = "the general table is compiled by build.rs, the site's by the program")]
mod compile;
mod key;
pub mod learn;
mod stop_words;
mod table;

use crate::text::stem;

pub use key::{english_key, is_thai_word, thai_key};
pub use stop_words::{is_asked_word, is_question_word, is_stop_word};
pub use table::Source;

use compile::Lists;
use table::{Entry, Table};

/// The table that the build compiles of `data`.
static GENERAL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.table"));

/// Tells the lists that come with this program from those of another version.
pub fn fingerprint() -> [u8; 32] {
    *blake3::hash(GENERAL).as_bytes()
}

/// Translations, from every source.
pub struct Lexicon {
    general: Option<Table<&'static [u8]>>,
    /// The site's own glossary.
    site: Option<Table<Vec<u8>>>,
    /// What was learned from its articles.
    learned: Option<Table<Vec<u8>>>,
}

/// What a term may be called otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Translation {
    /// As people write it; one word or several.
    pub text: String,
    /// The best source that has it.
    pub source: Source,
    /// How far it is to be trusted, 0 to 1.
    pub trust: f32,
}

impl Lexicon {
    /// A lexicon with the lines of a site's glossary before all else: Thai terms, a tab, English terms, or several of
    /// one language; those of one side are parted by " | ".
    pub fn new(glossary: &str) -> Lexicon {
        let site = compiled(|lists| lists.add_glossary(glossary));
        Lexicon { general: Table::from_bytes(GENERAL), site, learned: None }
    }

    /// This lexicon with pairs that were learned, as [`learn::to_lines`] writes them. Other lines are left out.
    pub fn with_learned(self, lines: &str) -> Lexicon {
        Lexicon { learned: compiled(|lists| lists.add_learned(lines)), ..self }
    }

    /// Whether there is any translation of a key.
    pub fn has(&self, key: &str) -> bool {
        self.entries(key).any(|entry| entry.trust > 0.0)
    }

    /// The translations of a key, the most trusted first. A term that several sources have is trusted more than each
    /// of them.
    pub fn translations(&self, key: &str, trust: impl Fn(Source) -> f32) -> Vec<Translation> {
        let mut found: Vec<Translation> = Vec::new();
        for Entry { word, source, trust: within } in self.entries(key) {
            let trust = trust(source) * within;
            // Writers have Good Governance where lists have good governance.
            match found.iter_mut().find(|known| known.text.eq_ignore_ascii_case(word)) {
                Some(known) => {
                    known.source = known.source.min(source);
                    known.trust = 1.0 - (1.0 - known.trust) * (1.0 - trust);
                }
                None => found.push(Translation { text: word.to_owned(), source, trust }),
            }
        }
        found.retain(|translation| translation.trust > 0.0);
        found.sort_by(|left, right| right.trust.total_cmp(&left.trust));
        found
    }

    /// What the tables have of a key, the site's own first.
    fn entries(&self, key: &str) -> impl Iterator<Item = Entry<'_>> {
        let site = self.site.iter().flat_map(move |table| table.get(key));
        let general = self.general.iter().flat_map(move |table| table.get(key));
        let learned = self.learned.iter().flat_map(move |table| table.get(key));
        site.chain(general).chain(learned)
    }
}

/// The table of what `add` adds, if it adds anything.
fn compiled(add: impl FnOnce(&mut Lists)) -> Option<Table<Vec<u8>>> {
    let mut lists = Lists::default();
    add(&mut lists);
    let entries = lists.into_entries();
    if entries.is_empty() { None } else { Table::compile(&entries) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translations(lexicon: &Lexicon, key: &str) -> Vec<String> {
        lexicon.translations(key, |_| 1.0).into_iter().map(|translation| translation.text).collect()
    }

    #[test]
    fn terms_of_the_field_are_known_both_ways() {
        let lexicon = Lexicon::new("");
        for (english, thai) in [
            ("Whistleblowers", "ผู้แจ้งเบาะแส"),
            ("conflicts of interest", "ผลประโยชน์ทับซ้อน"),
            ("bid rigging", "ฮั้วประมูล"),
            ("good governance", "ธรรมาภิบาล"),
            ("nepotism", "ระบบเครือญาติ"),
            ("river", "แม่น้ำ"),
        ] {
            let found = translations(&lexicon, &english_key(english));
            assert!(found.iter().any(|word| word == thai), "{english}: {found:?}");
            let back = translations(&lexicon, &thai_key(thai));
            assert!(back.iter().any(|word| english_key(word) == english_key(english)), "{thai}: {back:?}");
        }
    }

    #[test]
    fn the_sites_own_glossary_comes_first() {
        let lexicon = Lexicon::new("ธงเขียว | ธงสีเขียว\tgreen flag\n");
        assert_eq!(translations(&lexicon, &english_key("green flags"))[0], "ธงเขียว");
        assert_eq!(translations(&lexicon, &thai_key("ธงสีเขียว")), ["green flag", "ธงเขียว"]);
    }

    #[test]
    fn what_two_sources_say_is_trusted_more() {
        let lexicon = Lexicon::new("");
        let of = |trust: fn(Source) -> f32| lexicon.translations("river", trust)[0].trust;
        assert!(of(|_| 0.5) > of(|source| if source == Source::WordNet { 0.5 } else { 0.0 }));
    }
}
