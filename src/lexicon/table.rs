//! Words and what they are in the other language, in a form that needs no reading.
//!
//! A map (the crate `fst`) leads from a key to where its translations begin; these name their words by where they
//! begin in a text of all words. Imports nothing of the crate: `build.rs` compiles the tables by this code.

use std::collections::BTreeMap;

use fst::Map;

/// Where a translation comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The curated glossary, this project's or the site's own.
    Glossary,
    /// A list of loan words.
    LoanWords,
    /// Thai WordNet joined to Princeton WordNet.
    WordNet,
    /// Nearest neighbours of a sentence encoder.
    Induced,
    /// The site's own articles.
    Learned,
    /// A word of the index that sounds alike.
    Sound,
}

impl Source {
    const ALL: [Source; 6] =
        [Source::Glossary, Source::LoanWords, Source::WordNet, Source::Induced, Source::Learned, Source::Sound];
}

/// One translation of a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'a> {
    /// As people write it.
    pub word: &'a str,
    /// Where it comes from.
    pub source: Source,
    /// How far it is to be trusted, 0 to 1, within its source.
    pub trust: f32,
}

/// Keys with their translations.
pub type Entries = BTreeMap<String, Vec<(String, Source, f32)>>;

/// The compiled form. `B` holds the bytes.
pub struct Table<B> {
    keys: Map<B>,
    /// For each key a count of one byte, and six bytes for each translation: four of where its word begins in `words`,
    /// one of its source, one of its trust.
    entries: B,
    /// Words, each after one byte of its length.
    words: B,
}

const ENTRY: usize = 6;

impl Table<&'static [u8]> {
    /// The table that [`Table::to_bytes`] wrote; `None` for other bytes.
    pub fn from_bytes(bytes: &'static [u8]) -> Option<Table<&'static [u8]>> {
        let (sizes, rest) = bytes.split_at_checked(8)?;
        let (keys, rest) = rest.split_at_checked(read_u32(sizes, 0)?)?;
        let (entries, words) = rest.split_at_checked(read_u32(sizes, 4)?)?;
        Some(Table { keys: Map::new(keys).ok()?, entries, words })
    }
}

impl Table<Vec<u8>> {
    /// Compiles entries; those of a key beyond 255, and words of more than 255 bytes, are left out.
    pub fn compile(entries: &Entries) -> Option<Table<Vec<u8>>> {
        let (mut keys, mut compiled, mut words) = (Vec::new(), Vec::new(), Vec::new());
        let mut known = BTreeMap::new();
        for (key, translations) in entries {
            keys.push((key.as_bytes(), u64::try_from(compiled.len()).ok()?));
            let fitting = translations.iter().filter(|(word, ..)| u8::try_from(word.len()).is_ok()).take(255);
            let fitting: Vec<_> = fitting.collect();
            compiled.push(u8::try_from(fitting.len()).ok()?);
            for (word, source, trust) in fitting {
                let at = *known.entry(word.as_str()).or_insert_with(|| add_word(&mut words, word));
                compiled.extend_from_slice(&u32::try_from(at).ok()?.to_le_bytes());
                compiled.push(*source as u8);
                compiled.push((trust.clamp(0.0, 1.0) * 255.0) as u8);
            }
        }
        let keys = Map::new(Map::from_iter(keys).ok()?.into_fst().into_inner()).ok()?;
        Some(Table { keys, entries: compiled, words })
    }

    /// The table as bytes.
    #[allow(dead_code, reason = "build.rs writes the general table")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let keys = self.keys.as_fst().as_bytes();
        let sizes = [keys.len(), self.entries.len()].map(|size| u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
        [sizes.as_flattened(), keys, &self.entries, &self.words].concat()
    }
}

impl<B: AsRef<[u8]>> Table<B> {
    /// The translations of `key`.
    pub fn get(&self, key: &str) -> impl Iterator<Item = Entry<'_>> {
        let at = self.keys.get(key).and_then(|at| usize::try_from(at).ok());
        let entries = at.and_then(|at| self.entries.as_ref().get(at..));
        let count = entries.and_then(|entries| entries.first()).map_or(0, |&count| usize::from(count));
        let entries = entries.unwrap_or_default().get(1..).unwrap_or_default().as_chunks::<ENTRY>().0;
        entries.iter().take(count).filter_map(|entry| self.entry(entry))
    }

    fn entry(&self, bytes: &[u8; ENTRY]) -> Option<Entry<'_>> {
        let (words, at) = (self.words.as_ref(), read_u32(bytes, 0)?);
        let length = usize::from(*words.get(at)?);
        let word = std::str::from_utf8(words.get(at + 1..)?.get(..length)?).ok()?;
        let source = *Source::ALL.get(usize::from(bytes[4]))?;
        Some(Entry { word, source, trust: f32::from(bytes[5]) / 255.0 })
    }
}

fn add_word(words: &mut Vec<u8>, word: &str) -> usize {
    let at = words.len();
    words.push(u8::try_from(word.len()).unwrap_or(0));
    words.extend_from_slice(word.as_bytes());
    at
}

fn read_u32(bytes: &[u8], at: usize) -> Option<usize> {
    let (number, _) = bytes.get(at..)?.split_first_chunk()?;
    usize::try_from(u32::from_le_bytes(*number)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_is_found() {
        let entries = Entries::from([
            ("bribe".to_owned(), vec![("สินบน".to_owned(), Source::Glossary, 1.0)]),
            (
                "graft".to_owned(),
                vec![("ทุจริต".to_owned(), Source::WordNet, 0.4), ("สินบน".to_owned(), Source::Induced, 0.2)],
            ),
        ]);
        let bytes = Table::compile(&entries).expect("good entries").to_bytes();
        let table = Table::from_bytes(bytes.leak()).expect("its own bytes");
        let found: Vec<_> = table.get("graft").map(|entry| (entry.word, entry.source)).collect();
        assert_eq!(found, [("ทุจริต", Source::WordNet), ("สินบน", Source::Induced)]);
        assert_eq!(table.get("graf").count(), 0);
    }

    #[test]
    fn other_bytes_are_no_table() {
        assert!(Table::from_bytes(b"").is_none() && Table::from_bytes(&[255; 40]).is_none());
    }
}
