//! Khonha's Thai segmentation beside other segmenters of Rust, in one run: quality on sentences that people have cut,
//! speed, the time until the first cut, and memory.
//!
//! `cargo bench --bench segmenters -- GOLD.jsonl...`, where a line is a JSON list of the words of a sentence.

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{env, fs};

use charabia::Segment;
use comfy_table::{Table, presets};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use khonha::text::evaluate::{GoldSentence, agreement, consistency};
use khonha::text::{Analyzer, Form, Token};

/// Measurements of each segmenter; they take turns, and the median counts.
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_millis(300);
/// A sentence to cut first: "the public examines the state's procurement".
const FIRST: &str = "ประชาชนตรวจสอบการจัดซื้อจัดจ้างของรัฐ";

/// A name, and what makes the segmenter.
type Segmenter = (&'static str, fn() -> Cut);

const SEGMENTERS: [Segmenter; 5] = [
    ("khonha, cutting", || {
        let analyzer = Analyzer::new([]);
        Box::new(move |text| analyzer.segment(text))
    }),
    ("khonha, whole analysis", || {
        let analyzer = Analyzer::new([]);
        Box::new(move |text| analyzer.analyze(text).iter().map(|token| token.offsets.end).collect())
    }),
    ("icu_segmenter, dictionary", || {
        let words = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        Box::new(move |text| words.segment_str(text).skip(1).collect())
    }),
    ("icu_segmenter, LSTM", || {
        let words = WordSegmenter::new_lstm(WordBreakInvariantOptions::default());
        Box::new(move |text| words.segment_str(text).skip(1).collect())
    }),
    ("charabia", || {
        Box::new(|text| {
            let lengths = text.segment_str().scan(0, |end, word| {
                *end += word.len();
                Some(*end)
            });
            lengths.collect()
        })
    }),
];
/// The one that speed is compared with.
const REFERENCE: usize = 2;
/// The one whose tokens have parts; the others' are their words.
const ANALYSIS: usize = 1;

/// Gives the ends of the words of a text, in bytes.
type Cut = Box<dyn Fn(&str) -> Vec<usize>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments[..] {
        [] => {
            println!("no sentences to cut: cargo bench --bench segmenters -- GOLD.jsonl...");
            ExitCode::SUCCESS
        }
        [flag, number] if flag == "--first-cut" => {
            first_cut(number.parse().expect("the number of a segmenter"));
            ExitCode::SUCCESS
        }
        paths => {
            paths.iter().for_each(|path| println!("{}\n{}\n", path, compare(Path::new(path))));
            ExitCode::SUCCESS
        }
    }
}

fn compare(path: &Path) -> Table {
    let text = fs::read_to_string(path).expect("the file of sentences can be read");
    let sentence = |line: &str| serde_json::from_str(line).expect("a line is a JSON list of words");
    let sentences: Vec<GoldSentence> = text.lines().map(sentence).collect();
    let texts: Vec<String> = sentences.iter().map(|words| words.concat()).collect();
    let cuts: Vec<Cut> = SEGMENTERS.iter().map(|(_, make)| make()).collect();
    let speeds = speeds(&texts, &cuts);
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN);
    table.set_header([
        "segmenter",
        "word F1",
        "boundary F1",
        "found alone",
        "false hits",
        "MB/s",
        "ratio",
        "first cut, ms",
        "memory, MB",
    ]);
    for (number, (name, _)) in SEGMENTERS.iter().enumerate() {
        let agreement = agreement(&sentences, &cuts[number]);
        let analyzer = Analyzer::new([]);
        let consistency = match number {
            0 | ANALYSIS => consistency(&sentences, |text| analyzer.analyze(text)),
            _ => consistency(&sentences, |text| words(text, &cuts[number](text))),
        };
        let is_cutting = number != ANALYSIS;
        let share = |share: f64| if is_cutting { format!("{share:.4}") } else { String::new() };
        let (milliseconds, megabytes) = first_cut_elsewhere(number);
        table.add_row([
            (*name).to_owned(),
            share(agreement.words.f1()),
            share(agreement.boundaries.f1()),
            share(consistency.found_share()),
            share(consistency.false_share()),
            format!("{:.1}", speeds[number]),
            format!("{:.2}", speeds[number] / speeds[REFERENCE]),
            milliseconds,
            megabytes,
        ]);
    }
    table
}

/// The words of a text that was cut at `ends`, as tokens.
fn words(text: &str, ends: &[usize]) -> Vec<Token> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let ranges = starts.zip(ends.iter().copied()).map(|(start, end)| start..end);
    let words = ranges.filter(|range| text[range.clone()].chars().any(char::is_alphanumeric));
    let token = |(position, offsets): (u32, std::ops::Range<usize>)| Token {
        term: text[offsets.clone()].into(),
        form: Form::Word,
        offsets,
        position,
        place: position,
    };
    (0..).zip(words).map(token).collect()
}

/// Megabytes of UTF-8 a second, on one thread.
fn speeds(texts: &[String], cuts: &[Cut]) -> Vec<f64> {
    let mut measured = vec![Vec::new(); cuts.len()];
    for _ in 0..ROUNDS {
        for (cut, speeds) in cuts.iter().zip(&mut measured) {
            let (started, mut bytes) = (Instant::now(), 0);
            for text in texts.iter().cycle().take_while(|_| started.elapsed() < ROUND) {
                black_box(cut(text));
                bytes += text.len();
            }
            speeds.push(bytes as f64 / 1e6 / started.elapsed().as_secs_f64());
        }
    }
    measured.iter_mut().for_each(|speeds| speeds.sort_by(f64::total_cmp));
    measured.iter().map(|speeds| speeds[ROUNDS / 2]).collect()
}

/// Runs [`first_cut`] in a process of its own, where nothing is loaded yet.
fn first_cut_elsewhere(number: usize) -> (String, String) {
    let program = env::current_exe().expect("the path of this program");
    let output = Command::new(program).args(["--first-cut", &number.to_string()]).output().expect("it starts again");
    let output = String::from_utf8(output.stdout).expect("numbers");
    let (milliseconds, megabytes) = output.trim().split_once(' ').expect("two numbers");
    (milliseconds.to_owned(), megabytes.to_owned())
}

/// Prints how many milliseconds pass until a segmenter has cut its first sentence, and by how many megabytes the
/// memory of the process has grown then.
fn first_cut(number: usize) {
    let before = resident_bytes();
    let started = Instant::now();
    let cut = SEGMENTERS[number].1();
    black_box(cut(FIRST));
    let elapsed = started.elapsed();
    let grown = resident_bytes().saturating_sub(before);
    println!("{:.1} {:.1}", elapsed.as_secs_f64() * 1e3, grown as f64 / 1e6);
}

/// The memory of this process that is not shared out, as Linux counts it; 0 elsewhere.
fn resident_bytes() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok());
    kilobytes.unwrap_or(0) * 1024
}
