//! What the libraries below Khonha can do at most: tantivy with terms that are already cut, and axum with an answer that
//! is already made.
//!
//! ```text
//! limits index ARTICLES.ndjson FOLDER          indexes, and tells bytes of text and seconds as JSON
//! limits search FOLDER QUERIES.ndjson SECONDS  searches in process, and tells latencies and the most a second as JSON
//! limits http BYTES PORT                       answers everything with so many bytes
//! ```

mod fields;
mod http;
mod indexing;
mod searching;

use std::env;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["index", articles, folder] => indexing::run(articles.as_ref(), folder.as_ref()),
        ["search", folder, queries, seconds] => searching::run(folder.as_ref(), queries.as_ref(), seconds.parse()?),
        ["http", bytes, port] => http::run(bytes.parse()?, port.parse()?),
        _ => bail!("limits index ARTICLES FOLDER | search FOLDER QUERIES SECONDS | http BYTES PORT"),
    }
}
