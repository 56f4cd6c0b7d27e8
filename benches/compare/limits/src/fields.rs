//! The schema: three texts, three facets, a day, and the article as it is shown.

use anyhow::Result;
use khonha::text::Analyzer;
use serde::Deserialize;
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};

/// The texts, and how much a word in each counts.
pub const TEXTS: [(&str, f32); 3] = [("title", 5.0), ("summary", 2.0), ("body", 1.0)];
pub const FACETS: [&str; 3] = ["topic", "year", "author"];
pub const DAY: &str = "date";

/// An article as the comparison gives it to every engine.
#[derive(Deserialize)]
pub struct Article {
    title: String,
    summary: String,
    body: String,
    date: i64,
    year: i64,
    topic: Vec<String>,
    author: Vec<String>,
}

impl Article {
    /// Bytes of text.
    pub fn len(&self) -> usize {
        self.title.len() + self.summary.len() + self.body.len()
    }
}

pub fn schema() -> Schema {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqsAndPositions);
    for (name, _) in TEXTS {
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing.clone()));
    }
    for name in FACETS {
        builder.add_text_field(name, STRING | FAST);
    }
    builder.add_i64_field(DAY, FAST);
    builder.add_text_field("article", STORED);
    builder.build()
}

/// The document of a line, its terms cut by Khonha's analyzer.
pub fn document(schema: &Schema, analyzer: &Analyzer, line: &str, article: &Article) -> Result<TantivyDocument> {
    let field = |name| schema.get_field(name);
    let mut document = TantivyDocument::new();
    for (name, text) in [("title", &article.title), ("summary", &article.summary), ("body", &article.body)] {
        document.add_pre_tokenized_text(field(name)?, cut(analyzer, text));
    }
    let add = |document: &mut TantivyDocument, field: Field, values: &[String]| {
        values.iter().for_each(|value| document.add_text(field, value));
    };
    add(&mut document, field("topic")?, &article.topic);
    add(&mut document, field("author")?, &article.author);
    add(&mut document, field("year")?, &[article.year.to_string()]);
    document.add_i64(field(DAY)?, article.date);
    document.add_text(field("article")?, line);
    Ok(document)
}

fn cut(analyzer: &Analyzer, text: &str) -> PreTokenizedString {
    let tokens = analyzer.analyze(text).into_iter().map(|token| Token {
        offset_from: token.offsets.start,
        offset_to: token.offsets.end,
        position: token.position as usize,
        position_length: 1,
        text: token.term.into(),
    });
    PreTokenizedString { text: String::new(), tokens: tokens.collect() }
}
