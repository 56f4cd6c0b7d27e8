//! An article as it is indexed: terms by field, values by facet, and the article itself.

use super::plan::{Facet, Field};
use crate::content::{Article, Block, Site};
use crate::text::{Analyzer, Language, Token};

/// Positions left free between two values of a field, so that no phrase runs from one into the next.
const VALUE_GAP: u32 = 8;

/// The indexed form of an article.
pub struct Document {
    /// The hash of the file it came from, in hexadecimal.
    pub hash: String,
    /// The terms of each field that has any.
    pub terms: Vec<(Field, Vec<Token>)>,
    /// The values of each facet, without doubles.
    pub values: Vec<(Facet, String)>,
    /// Days since 1 January 1970.
    pub day: Option<i64>,
    /// What is shown of it.
    pub article: Article,
}

impl Document {
    /// The document of `article`, from a file with this hash.
    pub fn new(article: Article, hash: blake3::Hash, analyzer: &Analyzer, site: &Site) -> Document {
        let terms = Field::ALL
            .into_iter()
            .map(|field| (field, terms(analyzer, &texts(field, &article, site))))
            .filter(|(_, terms)| !terms.is_empty())
            .collect();
        Document {
            hash: hash.to_hex().to_string(),
            terms,
            values: values(&article),
            day: article.date.map(|date| date.days()),
            article,
        }
    }
}

fn terms(analyzer: &Analyzer, texts: &[String]) -> Vec<Token> {
    let mut terms: Vec<Token> = Vec::new();
    for text in texts {
        let start = terms.last().map_or(0, |last| last.position + VALUE_GAP);
        let shifted = |token: Token| Token { position: token.position + start, ..token };
        terms.extend(analyzer.analyze(text).into_iter().map(shifted));
    }
    terms
}

fn texts(field: Field, article: &Article, site: &Site) -> Vec<String> {
    let both = |label: &dyn Fn(Language) -> String| {
        let mut names = Language::ALL.map(label).to_vec();
        names.dedup();
        names
    };
    match field {
        Field::Title(language) => article.title.get(language).into_iter().map(str::to_owned).collect(),
        Field::Summary(language) => article.summary.get(language).into_iter().map(str::to_owned).collect(),
        Field::Body(language) => {
            let of_language = |block: &&Block| block.language == language;
            article.blocks.iter().filter(of_language).map(|block| block.text.clone()).collect()
        }
        Field::Topics => {
            topics(article).iter().flat_map(|id| both(&|language| site.topic_label(id, language))).collect()
        }
        Field::Authors => article.authors.clone(),
        Field::Organisations => article.organisations.clone(),
        Field::Series => {
            article.series.iter().flat_map(|id| both(&|language| site.series_label(id, language))).collect()
        }
    }
}

fn values(article: &Article) -> Vec<(Facet, String)> {
    let owned = |facet: Facet, values: &[String]| values.iter().map(|it| (facet, it.clone())).collect::<Vec<_>>();
    let mut values = owned(Facet::Author, &article.authors);
    values.extend(owned(Facet::Topic, &topics(article)));
    values.extend(owned(Facet::Organisation, &article.organisations));
    values.extend(article.series.iter().map(|it| (Facet::Series, it.clone())));
    values.extend(article.date.map(|date| (Facet::Year, date.year().buddhist_era().to_string())));
    values.extend(article.languages.iter().map(|it| (Facet::Language, it.tag().to_owned())));
    values.sort();
    values.dedup();
    values
}

/// The topics of an article and all topics above them.
fn topics(article: &Article) -> Vec<String> {
    let mut topics = Vec::new();
    for topic in &article.topics {
        let ancestors = topic.match_indices('/').map(|(at, _)| &topic[..at]);
        topics.extend(ancestors.chain([topic.as_str()]).map(str::to_owned));
    }
    topics.sort();
    topics.dedup();
    topics
}
