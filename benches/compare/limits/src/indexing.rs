//! How fast tantivy indexes terms that are already cut.
//!
//! The clock runs over the first [`MEASURED`] bytes of text, whose terms are all in memory before; what follows is indexed
//! without the clock, for searching.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use khonha::text::Analyzer;
use serde_json::json;
use tantivy::schema::Schema;
use tantivy::{Index, IndexWriter, TantivyDocument};

use crate::fields::{self, Article};

const MEASURED: usize = 32_000_000;
const WRITER_BYTES: usize = 256_000_000;
const THREADS: usize = 2;

pub fn run(articles: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let schema = fields::schema();
    let index = Index::create_in_dir(folder, schema.clone())?;
    let mut documents = Documents { schema, analyzer: Analyzer::new([]), lines: BufReader::new(File::open(articles)?) };
    let mut bytes = 0;
    let mut first = Vec::new();
    while bytes < MEASURED
        && let Some((document, size)) = documents.next()?
    {
        bytes += size;
        first.push(document);
    }
    let began = Instant::now();
    let mut writer: IndexWriter = index.writer_with_num_threads(THREADS, WRITER_BYTES)?;
    for document in first {
        writer.add_document(document)?;
    }
    writer.commit()?;
    let seconds = began.elapsed().as_secs_f64();
    while let Some((document, _)) = documents.next()? {
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    println!("{}", json!({ "bytes": bytes, "seconds": seconds }));
    Ok(())
}

/// The documents of a file, one after the other.
struct Documents {
    schema: Schema,
    analyzer: Analyzer,
    lines: BufReader<File>,
}

impl Documents {
    /// A document and the bytes of its text.
    fn next(&mut self) -> Result<Option<(TantivyDocument, usize)>> {
        let mut line = String::new();
        if self.lines.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let article: Article = serde_json::from_str(&line)?;
        Ok(Some((fields::document(&self.schema, &self.analyzer, line.trim_end(), &article)?, article.len())))
    }
}
