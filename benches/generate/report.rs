//! Whether generated articles are as real ones: the same numbers of the sample corpus, of generated articles, and of
//! encyclopedia articles, where they are there.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use comfy_table::{Table, presets};
use flate2::read::GzDecoder;
use khonha::text::Language;

use crate::collection::{Generated, Model};
use crate::measure::{MARKS, Mark, Measure, RANKS, Whole};

/// Real articles to measure, never part of the project.
const REAL: &str = "../shared/data/retrieval/iapp-th/corpus.jsonl.gz";

/// K and β of those real articles, as this report fits them on points from 10,000 words on that are an eighth of a power of
/// ten apart: what the rates of new words in `collection/writer.rs` and `names.rs` were set by.
const REAL_GROWTH: (f64, f64) = (7.4, 0.642);

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Prints the numbers of the sample, of `count` generated articles, and of real ones.
///
/// # Errors
/// When a collection cannot be read.
pub fn print(model: &Model, root: &Path, count: u64, seed: u64) -> Result<(), Failure> {
    let sample = measured(model, sample_texts(model).into_iter().map(Ok))?;
    let generated = (1..=count).map(|number| Ok(Generated::new(model, seed, number).body_th));
    let generated = measured(model, generated)?;
    let mut columns = vec![("sample corpus", sample), ("generated", generated)];
    match File::open(root.join(REAL)) {
        Ok(file) => columns.push(("iapp-th", measured(model, lines(file))?)),
        Err(error) => println!("SKIPPED: iapp-th is not measured, since {REAL} cannot be opened: {error}\n"),
    }
    println!("{}", table(&columns));
    let (k, beta) = REAL_GROWTH;
    let growth = MARKS.map(|words| format!("{:.0} of {words}", k * (words as f64).powf(beta)));
    println!("Real text is taken to have V = {k}·N^{beta}: {}", growth.join(", "));
    Ok(())
}

/// A collection at the marks, and as a whole.
type Measured = (Vec<Mark>, Whole);
type Column = (&'static str, Measured);

fn table(columns: &[Column]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header(std::iter::once("").chain(columns.iter().map(|(name, _)| *name)));
    let mut row = |name: String, value: &dyn Fn(&Measured) -> Option<String>| {
        let values = columns.iter().map(|(_, measured)| value(measured).unwrap_or_else(|| "-".to_owned()));
        table.add_row(std::iter::once(name).chain(values));
    };
    row("articles".to_owned(), &|(_, whole)| Some(whole.articles.to_string()));
    row("words".to_owned(), &|(_, whole)| Some(whole.tokens.to_string()));
    for (at, words) in MARKS.iter().enumerate() {
        row(format!("different of {words}"), &|(marks, _)| Some(marks.get(at)?.distinct.to_string()));
        row(format!("of them once, of {words}"), &|(marks, _)| Some(percent(marks.get(at)?.once)));
    }
    row("K of V = K·N^β".to_owned(), &|(_, whole)| Some(format!("{:.1}", whole.heaps.0)));
    row("β".to_owned(), &|(_, whole)| Some(format!("{:.3}", whole.heaps.1)));
    for (at, words) in MARKS.iter().enumerate().skip(1) {
        for (place, rank) in RANKS.iter().enumerate() {
            let name = format!("rank {rank} a million, of {words}");
            row(name, &|(marks, _)| Some(format!("{:.1}", marks.get(at)?.ranks[place])));
        }
    }
    for (at, name) in ["mean", "median", "p90"].iter().enumerate() {
        row(format!("words of an article, {name}"), &|(_, whole)| Some(whole.lengths[at].to_string()));
    }
    row("articles with a word of the top 1000".to_owned(), &|(_, whole)| Some(percent(whole.document_frequency)));
    row("bytes to packed bytes".to_owned(), &|(_, whole)| Some(format!("{:.2}", whole.packing)));
    table
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn measured(model: &Model, texts: impl Iterator<Item = Result<String, Failure>>) -> Result<Measured, Failure> {
    let mut measure = Measure::new(&model.sample.analyzer);
    for text in texts {
        if !measure.add(&text?)? {
            break;
        }
    }
    Ok(measure.whole()?)
}

/// The Thai of the articles of the sample.
fn sample_texts(model: &Model) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for article in &model.sample.articles {
        let thai = article.blocks.iter().filter(|block| block.language == Language::Thai);
        let thai: Vec<&str> = thai.map(|block| block.text.as_str()).collect();
        texts.extend((!thai.is_empty()).then(|| thai.join("\n")));
    }
    texts
}

/// The texts of BEIR documents.
fn lines(file: File) -> impl Iterator<Item = Result<String, Failure>> {
    BufReader::new(GzDecoder::new(file)).lines().map(|line| {
        let document: serde_json::Value = serde_json::from_str(&line?)?;
        Ok(document["text"].as_str().unwrap_or_default().to_owned())
    })
}
