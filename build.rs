//! Compiles the word lists of `src/text/data` to the dictionary that is part of the program.

#[allow(dead_code)]
#[path = "src/text/thai/mod.rs"]
mod thai;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use thai::cost;
use thai::dictionary::Dictionary;
use thai::letter::is_all_thai;

/// Words that were counted more seldom and stand in no list are mostly names and typing errors.
const SELDOMEST: f64 = 10.0;
/// More than two of a letter in a row are someone's laughter.
const MOST_OF_ONE_LETTER: usize = 2;

fn main() {
    println!("cargo:rerun-if-changed=src/text/data");
    println!("cargo:rerun-if-changed=src/text/thai");
    let counts = counts();
    let total = counts.values().sum();
    let costs = words(&counts).into_iter().map(|(word, count)| {
        let cost = cost::of_word(word.chars().count(), count, total);
        (word, cost)
    });
    let dictionary = Dictionary::compile(costs).expect("the word lists of src/text/data have words in them");
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo tells build scripts where to write"));
    fs::write(target.join("thai.dictionary"), dictionary.to_bytes()).expect("cargo's own folder can be written");
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

fn read(name: &str) -> String {
    fs::read_to_string(Path::new("src/text/data").join(name)).expect("the word lists lie in src/text/data")
}
