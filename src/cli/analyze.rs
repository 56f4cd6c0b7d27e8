//! `khonha analyze`: how a text is cut into terms, and how well.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::output::print;
use super::search::padded;
use crate::config::Config;
use crate::index::{Access, analyzer};
use crate::text::evaluate::{GoldSentence, agreement, consistency};
use crate::text::{Analyzer, Form, Token, normalize};

/// How long speed is measured at least, each time.
const MEASURED_FOR: Duration = Duration::from_millis(500);

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The text
    #[arg(required_unless_present = "evaluate")]
    text: Vec<String>,
    /// Measure the analyzer on sentences that people have cut: one JSON list of words a line
    #[arg(long, value_name = "GOLD.jsonl", conflicts_with = "text")]
    evaluate: Option<PathBuf>,
    /// Print the measures as JSON
    #[arg(long, requires = "evaluate")]
    json: bool,
}

pub(super) fn run(config: &Config, options: &Options) -> anyhow::Result<ExitCode> {
    // With the names that the index knows, if there is one.
    let store = super::store(config, Access::Read).ok();
    let current = store.and_then(|store| store.current().ok());
    let last = current.map(|generation| generation.site.clone()).unwrap_or_default();
    let (site, problems) = super::folder(config).site(&last);
    problems.iter().for_each(|problem| eprintln!("{problem}"));
    let analyzer = analyzer(&site);
    let answer = match &options.evaluate {
        None => table(&analyzer, &options.text.join(" ")),
        Some(path) => {
            let measures = Measures::of(&analyzer, &gold(path)?);
            if options.json { format!("{}\n", serde_json::to_string_pretty(&measures)?) } else { measures.table() }
        }
    };
    print(&answer)?;
    Ok(ExitCode::SUCCESS)
}

/// Each stage of the analysis of `text` side by side: what was typed, how it is normalised and cut, and the terms of
/// each word.
fn table(analyzer: &Analyzer, text: &str) -> String {
    let tokens = analyzer.analyze(text);
    let mut tokens = tokens.chunk_by(|left, right| left.position == right.position).peekable();
    let mut rows = vec![["bytes", "original", "normalized", "position", "word", "other terms"].map(str::to_owned)];
    let mut start = 0;
    for end in analyzer.segment(text) {
        let original = &text[start..end];
        let row = [format!("{start}-{end}"), shown(original), shown(normalize(original).text())];
        if let Some(forms) = tokens.next_if(|forms| forms[0].offsets.start < end) {
            let others: Vec<String> = forms[1..].iter().map(other_term).collect();
            rows.push(joined(row, [forms[0].position.to_string(), forms[0].term.to_string(), others.join(" ")]));
        } else {
            rows.push(joined(row, Default::default()));
        }
        start = end;
    }
    let widths = [0, 1, 2, 3, 4].map(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or(0));
    let line = |row: &[String; 6]| {
        let cells: Vec<String> = widths.iter().zip(row).map(|(width, cell)| padded(cell, *width)).collect();
        format!("{}  {}", cells.join("  "), row[5]).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn joined([bytes, original, normalized]: [String; 3], [position, word, others]: [String; 3]) -> [String; 6] {
    [bytes, original, normalized, position, word, others]
}

/// A term beside the word: stems begin with ~, variants with =, and parts are shown with +.
fn other_term(token: &Token) -> String {
    if token.form == Form::Part { format!("+{}", token.term) } else { token.term.to_string() }
}

/// Text with what cannot be seen in it as escapes.
fn shown(text: &str) -> String {
    let is_seen = |ch: char| ch.width().is_some_and(|width| width > 0 || is_mark(ch));
    text.chars().map(|ch| if is_seen(ch) { ch.to_string() } else { ch.escape_unicode().to_string() }).collect()
}

/// A mark over or under a letter; these have no width of their own and are seen all the same.
fn is_mark(ch: char) -> bool {
    matches!(ch, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{0300}'..='\u{036F}')
}

fn gold(path: &Path) -> anyhow::Result<Vec<GoldSentence>> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let sentence = |(number, line): (usize, &str)| {
        let told = || format!("{}:{}: is no JSON list of words", path.display(), number + 1);
        serde_json::from_str(line).with_context(told)
    };
    let sentences: Vec<GoldSentence> = lines.map(sentence).collect::<Result<_, _>>()?;
    anyhow::ensure!(!sentences.is_empty(), "{} has no sentences in it", path.display());
    Ok(sentences)
}

/// What is measured; shares are 0 to 1.
#[derive(Serialize)]
struct Measures {
    sentences: usize,
    word_f1: f64,
    word_precision: f64,
    word_recall: f64,
    boundary_f1: f64,
    /// The share of words that are found by themselves.
    found: f64,
    /// The share of places where a word's letters occur only across other words and it is found all the same.
    false_hits: f64,
    /// The speed of cutting alone, in bytes of UTF-8.
    bytes_per_second: u64,
    /// The speed of the whole analysis.
    analysis_bytes_per_second: u64,
}

impl Measures {
    fn of(analyzer: &Analyzer, sentences: &[GoldSentence]) -> Measures {
        let agreement = agreement(sentences, |text| analyzer.segment(text));
        let consistency = consistency(sentences, |text| analyzer.analyze(text));
        let texts: Vec<String> = sentences.iter().map(|words| words.concat()).collect();
        Measures {
            sentences: sentences.len(),
            word_f1: agreement.words.f1(),
            word_precision: agreement.words.precision(),
            word_recall: agreement.words.recall(),
            boundary_f1: agreement.boundaries.f1(),
            found: consistency.found_share(),
            false_hits: consistency.false_share(),
            bytes_per_second: speed(&texts, |text| drop(black_box(analyzer.segment(text)))),
            analysis_bytes_per_second: speed(&texts, |text| drop(black_box(analyzer.analyze(text)))),
        }
    }

    fn table(&self) -> String {
        let Measures { sentences, word_f1, word_precision, word_recall, boundary_f1, found, false_hits, .. } = self;
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        format!(
            "sentences    {sentences}\n\
             words        F1 {word_f1:.4}, precision {word_precision:.4}, recall {word_recall:.4}\n\
             boundaries   F1 {boundary_f1:.4}\n\
             found alone  {found:.4}, false hits {false_hits:.4}\n\
             speed        {:.1} MB/s cutting, {:.1} MB/s the whole analysis\n",
            megabytes(self.bytes_per_second),
            megabytes(self.analysis_bytes_per_second),
        )
    }
}

/// Bytes a second that `work` does.
fn speed(texts: &[String], work: impl Fn(&str)) -> u64 {
    let started = Instant::now();
    let mut bytes = 0;
    while started.elapsed() < MEASURED_FOR {
        for text in texts {
            work(text);
            bytes += text.len();
        }
    }
    (bytes as f64 / started.elapsed().as_secs_f64()) as u64
}
