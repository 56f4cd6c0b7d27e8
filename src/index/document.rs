//! An article as it is indexed: terms by field, values by facet, and the article itself.

use compact_str::CompactString;

use super::plan::{Facet, Field};
use crate::content::{Article, BlockKind, Localized, Names, Site};
use crate::text::{Analyzer, Form, Gram, Language, Token, collation_key};

/// Places left free between two values of a field, so that no phrase runs from one into the next.
const VALUE_GAP: u32 = 8;

/// The indexed form of an article.
pub struct Document {
    /// The hash of what it was made of, in hexadecimal.
    pub hash: String,
    /// The terms of each field, by place; [`Field::NOTHING`] where it has none.
    pub terms: Vec<(Field, Vec<Token>)>,
    /// The values of each facet, without doubles.
    pub values: Vec<(Facet, String)>,
    /// Days since 1 January 1970.
    pub day: Option<i64>,
    /// The collation key of the title for each language of the interface.
    pub title_keys: Vec<(Language, String)>,
    /// What is shown of it.
    pub article: Article,
}

impl Document {
    /// The document of `article`, made of something with this hash.
    pub fn new(article: Article, hash: blake3::Hash, analyzer: &Analyzer, site: &Site) -> Document {
        let words = Field::WORDS.into_iter().map(|field| (field, terms(analyzer, &texts(field, &article, site))));
        let terms = words
            .chain([(Field::Grams, grams(analyzer, &article)), (Field::WholeTitle, whole_titles(&article, site))])
            .map(|(field, terms)| (field, if terms.is_empty() { nothing() } else { terms }))
            .collect();
        Document {
            hash: hash.to_hex().to_string(),
            terms,
            values: values(&article, site),
            title_keys: Language::ALL.into_iter().filter_map(|language| title_key(&article, language)).collect(),
            day: article.date.map(|date| date.days()),
            article,
        }
    }
}

/// What stands in a field without terms: so every engine counts each document in each field, and lengths of fields compare
/// to the same average.
fn nothing() -> Vec<Token> {
    vec![only_term(Field::NOTHING.into(), 0)]
}

fn title_key(article: &Article, language: Language) -> Option<(Language, String)> {
    article.title.best(language).map(|(_, title)| (language, collation_key(title)))
}

fn terms(analyzer: &Analyzer, texts: &[String]) -> Vec<Token> {
    let mut terms: Vec<Token> = Vec::new();
    let mut start = 0;
    for text in texts {
        let tokens = analyzer.analyze(text);
        let end = tokens.iter().map(|token| token.place + token.length()).max();
        terms.extend(tokens.into_iter().map(|token| Token { place: token.place + start, ..token }));
        start += end.map_or(0, |end| end + VALUE_GAP);
    }
    terms.sort_by_key(|token| token.place);
    terms
}

fn texts(field: Field, article: &Article, site: &Site) -> Vec<String> {
    let both = |label: &dyn Fn(Language) -> String| {
        let mut names = Language::ALL.map(label).to_vec();
        names.dedup();
        names
    };
    let written = |text: &Localized| text.texts().map(str::to_owned).collect();
    match field {
        Field::Title => written(&article.title),
        Field::Summary => written(&article.summary),
        Field::Body => article.blocks.iter().map(|block| block.text.clone()).collect(),
        Field::Topics => {
            topics(article).iter().flat_map(|id| both(&|language| site.topic_label(id, language))).collect()
        }
        Field::Authors => article.authors.iter().flat_map(|name| author_names(name, site)).collect(),
        Field::Organisations => article.organisations.clone(),
        Field::Headings => {
            let headings = article.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
            headings.map(|block| block.text.clone()).collect()
        }
        Field::Grams | Field::WholeTitle => Vec::new(),
        Field::Series => {
            article.series.iter().flat_map(|id| both(&|language| site.series_label(id, language))).collect()
        }
    }
}

/// The pairs of clusters of all that is Thai in the article.
fn grams(analyzer: &Analyzer, article: &Article) -> Vec<Token> {
    let written = [&article.title, &article.summary].into_iter().flat_map(Localized::texts);
    let texts = written.chain(article.blocks.iter().map(|block| block.text.as_str()));
    let mut grams: Vec<Gram> = texts.flat_map(|text| analyzer.grams(text)).collect();
    // Nobody asks where they stand, and what is alike is indexed faster and stored smaller beside each other.
    grams.sort_unstable();
    grams.dedup();
    (0..).zip(grams).map(|(place, gram)| only_term(gram.term(), place)).collect()
}

/// A token of which nothing but its term is of interest.
fn only_term(term: CompactString, place: u32) -> Token {
    Token { term, form: Form::Word, offsets: 0..0, position: place, place }
}

/// Each of its whole titles as one term.
fn whole_titles(article: &Article, site: &Site) -> Vec<Token> {
    (0..).zip(article.whole_titles(site)).map(|(place, title)| only_term(title.into(), place)).collect()
}

/// The name as it is written, then the others that the author is known by.
fn author_names(name: &str, site: &Site) -> Vec<String> {
    let known = site.find_author(name).and_then(|id| site.authors.get(id));
    let others = known.into_iter().flat_map(Names::all).filter(|other| *other != name);
    [name].into_iter().chain(others).map(str::to_owned).collect()
}

fn values(article: &Article, site: &Site) -> Vec<(Facet, String)> {
    let owned = |facet: Facet, values: &[String]| values.iter().map(|it| (facet, it.clone())).collect::<Vec<_>>();
    let mut values = owned(Facet::Topic, &topics(article));
    values.extend(article.authors.iter().map(|name| (Facet::Author, site.author_id(name).to_owned())));
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
