//! What is measured of a collection: how its vocabulary grows, how often its words come, how long its articles are.
//!
//! Takes texts one after another, gives numbers. Words are those that the analyzer of the sample cuts, without stems and
//! parts, so that all collections are measured alike.

use std::collections::HashMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use khonha::text::{Analyzer, Form};

/// Counts of words at which a collection is looked at.
pub const MARKS: [u64; 4] = [10_000, 100_000, 1_000_000, 10_000_000];
/// Ranks of words that are looked at.
pub const RANKS: [usize; 5] = [1, 10, 100, 1_000, 10_000];
/// The growth of the vocabulary is fitted over points that are so much apart.
const STEP: f64 = 1.333_521_432; // The eighth root of 10.
/// The words whose document frequency is averaged.
const TOP: usize = 1_000;

/// A collection as far as it was read.
pub struct Measure<'a> {
    analyzer: &'a Analyzer,
    counts: HashMap<String, Count>,
    tokens: u64,
    next: f64,
    growth: Vec<(f64, f64)>,
    /// What was there at each of [`MARKS`].
    pub marks: Vec<Mark>,
    lengths: Vec<u64>,
    bytes: u64,
    packed: GzEncoder<Counter>,
}

#[derive(Default)]
struct Count {
    times: u64,
    documents: u64,
    last: u64,
}

/// A collection at some number of words.
pub struct Mark {
    /// Different words.
    pub distinct: usize,
    /// The share of them that came once.
    pub once: f64,
    /// How often of a million words the word of each of [`RANKS`] came; 0 where there is none.
    pub ranks: [f64; RANKS.len()],
}

/// Numbers of a whole collection.
pub struct Whole {
    /// How many articles.
    pub articles: usize,
    /// All words.
    pub tokens: u64,
    /// K and β of Heaps' law, V = K·N^β.
    pub heaps: (f64, f64),
    /// Mean, median and nine tenths of the lengths of articles, in words.
    pub lengths: [u64; 3],
    /// The share of articles that have one of the most frequent thousand words, on average.
    pub document_frequency: f64,
    /// How often the bytes of the packed text fit into those of the text.
    pub packing: f64,
}

impl<'a> Measure<'a> {
    /// Nothing yet.
    pub fn new(analyzer: &'a Analyzer) -> Measure<'a> {
        let packed = GzEncoder::new(Counter(0), Compression::default());
        let (growth, marks, lengths) = (Vec::new(), Vec::new(), Vec::new());
        Measure {
            analyzer,
            counts: HashMap::new(),
            tokens: 0,
            next: 10_000.0,
            growth,
            marks,
            lengths,
            bytes: 0,
            packed,
        }
    }

    /// Adds an article; false when the last mark is reached, and no more is wanted.
    ///
    /// # Errors
    /// None: packing writes to no file.
    pub fn add(&mut self, text: &str) -> io::Result<bool> {
        self.bytes += text.len() as u64;
        self.packed.write_all(text.as_bytes())?;
        let document = self.lengths.len() as u64 + 1;
        let before = self.tokens;
        for token in self.analyzer.analyze(text).into_iter().filter(|token| token.form == Form::Word) {
            self.count(token.term.into(), document);
        }
        self.lengths.push(self.tokens - before);
        Ok(self.marks.len() < MARKS.len())
    }

    fn count(&mut self, term: String, document: u64) {
        let count = self.counts.entry(term).or_default();
        count.times += 1;
        count.documents += u64::from(count.last != document);
        count.last = document;
        self.tokens += 1;
        if self.tokens as f64 >= self.next {
            self.growth.push(((self.tokens as f64).ln(), (self.counts.len() as f64).ln()));
            self.next *= STEP;
        }
        if MARKS.contains(&self.tokens) {
            self.marks.push(self.mark());
        }
    }

    fn mark(&self) -> Mark {
        let mut times: Vec<u64> = self.counts.values().map(|count| count.times).collect();
        times.sort_unstable_by(|left, right| right.cmp(left));
        let once = times.iter().filter(|&&times| times == 1).count() as f64 / times.len() as f64;
        let of_million =
            |rank: usize| times.get(rank - 1).map_or(0.0, |&times| times as f64 * 1e6 / self.tokens as f64);
        Mark { distinct: times.len(), once, ranks: RANKS.map(of_million) }
    }

    /// The numbers of all that was added.
    ///
    /// # Errors
    /// None: packing writes to no file.
    pub fn whole(self) -> io::Result<(Vec<Mark>, Whole)> {
        let packed = self.packed.finish()?.0;
        let mut lengths = self.lengths;
        lengths.sort_unstable();
        let at = |share: f64| lengths[((lengths.len() - 1) as f64 * share) as usize];
        let articles = lengths.len();
        let mut counts: Vec<&Count> = self.counts.values().collect();
        counts.sort_unstable_by_key(|count| std::cmp::Reverse(count.times));
        let top = &counts[..TOP.min(counts.len())];
        let documents = top.iter().map(|count| count.documents as f64).sum::<f64>() / top.len() as f64;
        let whole = Whole {
            articles,
            tokens: self.tokens,
            heaps: heaps(&self.growth),
            lengths: [self.tokens / articles as u64, at(0.5), at(0.9)],
            document_frequency: documents / articles as f64,
            packing: self.bytes as f64 / packed as f64,
        };
        Ok((self.marks, whole))
    }
}

/// K and β by least squares over the logarithms of words and different words.
fn heaps(growth: &[(f64, f64)]) -> (f64, f64) {
    let count = growth.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| growth.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let together: f64 = growth.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let alone: f64 = growth.iter().map(|point| (point.0 - x).powi(2)).sum();
    let slope = together / alone;
    ((y - slope * x).exp(), slope)
}

/// Counts what is written to it.
struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
