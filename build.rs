//! Compiles the word lists of `src/text/data` to the dictionary and the spellings that are part of the program, and
//! those of `src/lexicon/data` to its table of translations.

#[allow(dead_code)]
#[path = "src/text/thai/mod.rs"]
mod thai;

#[path = "src/text/stem.rs"]
mod stem;

#[allow(dead_code)]
#[path = "src/lexicon"]
mod lexicon {
    use super::stem;

    pub mod compile;
    mod key;
    pub mod table;
}

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use lexicon::compile::Lists;
use lexicon::table::Table;
use thai::cost;
use thai::dictionary::Dictionary;
use thai::letter::{is_all_thai, is_tone, letters};
use thai::path::{Vocabulary, Word};

/// Words that were counted more seldom and stand in no list are mostly names and typing errors.
const SELDOMEST: f64 = 10.0;
/// More than two of a letter in a row are someone's laughter.
const MOST_OF_ONE_LETTER: usize = 2;
/// Shorter spellings made by rule are too likely to be something else.
const FEWEST_LETTERS: usize = 5;
const MAI_TAI_KHU: char = '\u{0E47}';
const THANTHAKHAT: char = '\u{0E4C}';

fn main() {
    println!("cargo:rerun-if-changed=src/text/data");
    println!("cargo:rerun-if-changed=src/text/thai");
    println!("cargo:rerun-if-changed=src/text/stem.rs");
    println!("cargo:rerun-if-changed=src/lexicon");
    let counts = counts();
    let mut words = words(&counts);
    let variants = variants(&words, &counts);
    // A spelling is about as frequent as the word itself, as far as cutting goes.
    for (variant, spelling) in &variants {
        let count = words.get(spelling).copied().unwrap_or_default();
        words.insert(spelling.clone(), count);
        words.entry(variant.clone()).or_insert(count / 10.0);
    }
    words
        .extend(abbreviations().into_iter().map(|word| (word.clone(), counts.get(&word).copied().unwrap_or_default())));
    let dictionary = compile(&words, &counts);
    let variants: String = variants.iter().map(|(variant, spelling)| format!("{variant}\t{spelling}\n")).collect();
    write("thai.dictionary", &dictionary.to_bytes());
    write("variants.tsv", variants.as_bytes());
    write("lexicon.table", &translations().to_bytes());
}

fn translations() -> Table<Vec<u8>> {
    let mut lists = Lists::default();
    lists.add_glossary(&read_from("src/lexicon/data", "glossary.tsv"));
    lists.add_loan_words(&read("th_en_transliteration_v1.4.tsv"));
    lists.add_wordnet(&read_from("src/lexicon/data", "wordnet_en_th.tsv"));
    lists.add_induced(&read_from("src/lexicon/data", "induced_en_th.tsv"));
    Table::compile(&lists.into_entries()).expect("the lists of src/lexicon/data have words in them")
}

fn compile(words: &BTreeMap<String, f64>, counts: &BTreeMap<String, f64>) -> Dictionary<Vec<u8>> {
    let total = counts.values().sum();
    let costs = words.iter().map(|(word, count)| {
        let cost = cost::of_word(word.chars().count(), *count, total);
        (word.clone(), cost)
    });
    Dictionary::compile(costs).expect("the word lists of src/text/data have words in them")
}

/// Every other spelling with that of the dictionary: those that are listed, and for loan words those that leave out
/// tone marks or silenced letters, or write -ชั่น for -ชัน, where the result is no word or words already.
fn variants(words: &BTreeMap<String, f64>, counts: &BTreeMap<String, f64>) -> BTreeMap<String, String> {
    let list = read("variants.tsv");
    let groups = list.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let mut variants = BTreeMap::new();
    let mut spellings = Vec::new();
    for group in groups {
        spellings.push(group[0].to_owned());
        variants.extend(group[1..].iter().map(|variant| (variant.to_string(), group[0].to_owned())));
    }
    let loans = read("th_en_transliteration_v1.4.tsv");
    let loans = loans.lines().skip(1).filter_map(|line| line.split('\t').next()).map(str::to_owned);
    let dictionary = compile(words, counts);
    let known = Vocabulary { general: None, preferred: Some(&dictionary) };
    for spelling in spellings.into_iter().chain(loans).filter(|word| is_all_thai(word)) {
        let leads_to = variants.get(&spelling).cloned().unwrap_or_else(|| spelling.clone());
        for variant in spelled_otherwise(&spelling) {
            let letters: Vec<_> = letters(&variant).collect();
            let is_free = !words.contains_key(&variant) && letters.len() >= FEWEST_LETTERS && variant != leads_to;
            if is_free && known.split(&letters).0.iter().any(|step| step.word == Word::Unknown) {
                variants.entry(variant).or_insert_with(|| leads_to.clone());
            }
        }
    }
    variants
}

/// Ways in which people write a loan word without regard to the rules.
fn spelled_otherwise(word: &str) -> Vec<String> {
    let without_tones: String = word.chars().filter(|&ch| !is_tone(ch) && ch != MAI_TAI_KHU).collect();
    let with_tone = word.strip_suffix("ชัน").map(|start| format!("{start}ชั่น"));
    let mut ways = vec![without_tones];
    ways.extend(with_tone);
    ways.push(without_silenced(word));
    ways.push(without_silenced(&ways[0]));
    ways.retain(|way| way != word);
    ways
}

fn without_silenced(word: &str) -> String {
    let mut kept: Vec<char> = Vec::new();
    for ch in word.chars() {
        match ch {
            THANTHAKHAT => drop(kept.pop()),
            _ => kept.push(ch),
        }
    }
    kept.into_iter().collect()
}

/// Thai abbreviations that are known without their dots, and the names they stand for.
fn abbreviations() -> Vec<String> {
    let list = read("abbreviations.tsv");
    let lines = list.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let members = lines.flat_map(|columns| {
        let dotted = columns.get(4) == Some(&"dotted");
        let letters =
            columns[0].split(" | ").filter(|_| !dotted).map(|abbreviation| abbreviation.replace(['.', ' '], ""));
        let names = columns[1].split(" | ").map(|name| name.trim_end_matches('ฯ').to_owned());
        letters.chain(names).collect::<Vec<_>>()
    });
    members.filter(|member| is_all_thai(member)).collect()
}

/// How often each word occurs in the Thai National Corpus.
fn counts() -> BTreeMap<String, f64> {
    let line = |line: &str| {
        let (word, count) = line.split_once('\t')?;
        Some((word.to_owned(), count.parse().ok()?))
    };
    read("tnc_freq.txt").lines().filter_map(line).filter(|(word, _)| is_all_thai(word)).collect()
}

/// Every word with its count: those of the lists, and those that occur often enough.
fn words(counts: &BTreeMap<String, f64>) -> BTreeMap<String, f64> {
    let listed = ["words_th.txt", "countries_th.txt", "thailand_provinces_th.csv", "th_en_transliteration_v1.4.tsv"];
    let listed = listed.map(read);
    let listed = listed.iter().flat_map(|list| list.lines()).filter_map(|line| line.split([',', '\t']).next());
    let listed = listed.map(|word| (word.trim().to_owned(), counts.get(word.trim()).copied().unwrap_or_default()));
    let often = counts.iter().filter(|(word, count)| **count >= SELDOMEST && !is_drawn_out(word));
    listed.chain(often.map(|(word, count)| (word.clone(), *count))).collect()
}

fn is_drawn_out(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.chunk_by(|left, right| left == right).any(|same| same.len() > MOST_OF_ONE_LETTER)
}

fn write(name: &str, bytes: &[u8]) {
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo tells build scripts where to write"));
    fs::write(target.join(name), bytes).expect("cargo's own folder can be written");
}

fn read(name: &str) -> String {
    read_from("src/text/data", name)
}

fn read_from(folder: &str, name: &str) -> String {
    fs::read_to_string(Path::new(folder).join(name)).expect("the lists lie in the folders of data")
}
