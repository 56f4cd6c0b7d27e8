//! A collection of articles that never were, in a content folder.
//!
//! Takes how many and a seed, gives files of NDJSON with the names of topics, series and authors. Each article follows
//! from the seed and its number, so it does not matter how many threads write them, and a larger collection begins
//! with the articles of a smaller one. Nothing is kept of an article once it is written.

mod article;
mod chain;
mod head;
mod model;
mod names;
mod random;
mod sample;
mod words;
mod writer;

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use khonha::content::Names;

pub use article::Generated;
pub use model::Model;

/// `authors.toml` has the most frequent authors: so many times the square root of the number of articles.
const KNOWN_AUTHORS: f64 = 2.0;

/// What is to be made.
#[derive(Clone, Copy)]
pub struct Plan {
    /// How many articles.
    pub count: u64,
    /// The same seed gives the same articles.
    pub seed: u64,
    /// Articles of each file.
    pub per_file: u64,
    /// How many threads write.
    pub threads: usize,
}

/// Writes a collection to a folder, and gives the bytes of its articles.
///
/// # Errors
/// When a file cannot be written.
pub fn write(model: &Model, plan: Plan, folder: &Path) -> io::Result<u64> {
    fs::create_dir_all(folder)?;
    write_names(model, plan, folder)?;
    let next = AtomicU64::new(0);
    thread::scope(|scope| {
        let worker = || write_files(model, plan, folder, &next);
        let workers: Vec<_> = (0..plan.threads.max(1)).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| Err(io::Error::other("a thread failed"))))
            .sum()
    })
}

/// Writes the files that no other thread has begun.
fn write_files(model: &Model, plan: Plan, folder: &Path, next: &AtomicU64) -> io::Result<u64> {
    let mut bytes = 0;
    loop {
        let file = next.fetch_add(1, Ordering::Relaxed);
        let first = file * plan.per_file;
        if first >= plan.count {
            return Ok(bytes);
        }
        bytes += write_file(model, plan, &folder.join(format!("articles-{:04}.ndjson", file + 1)), first)?;
    }
}

fn write_file(model: &Model, plan: Plan, path: &Path, first: u64) -> io::Result<u64> {
    let mut file = BufWriter::new(File::create(path)?);
    let (mut line, mut bytes) = (Vec::new(), 0);
    for number in first + 1..=plan.count.min(first + plan.per_file) {
        line.clear();
        serde_json::to_writer(&mut line, &Generated::new(model, plan.seed, number))?;
        line.push(b'\n');
        file.write_all(&line)?;
        bytes += line.len() as u64;
    }
    file.flush()?;
    Ok(bytes)
}

/// The site's own data: topics and series of the sample, and the authors that come most often.
fn write_names(model: &Model, plan: Plan, folder: &Path) -> io::Result<()> {
    let known = (KNOWN_AUTHORS * (plan.count as f64).sqrt()) as u64;
    let (mut authors, mut seen) = (BTreeMap::new(), HashSet::new());
    for name in (0..known).map(|rank| model.names.author(rank)) {
        let id = name.en.to_lowercase().replace(' ', "-");
        // Names in Latin letters may be the same for two in Thai, and one name may lead to one author only.
        if seen.insert(name.th.clone()) && !authors.contains_key(&id) {
            authors.insert(id, Names { th: Some(name.th), en: Some(name.en), aliases: Vec::new() });
        }
    }
    write_toml(&folder.join("authors.toml"), &authors)?;
    write_toml(&folder.join("topics.toml"), &model.sample.site.topics)?;
    write_toml(&folder.join("series.toml"), &model.sample.site.series)
}

fn write_toml(path: &Path, names: &BTreeMap<String, Names>) -> io::Result<()> {
    fs::write(path, toml::to_string(names).map_err(io::Error::other)?)
}
