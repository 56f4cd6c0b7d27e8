//! A search over our fields, in words that every engine has, and what comes back.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::IndexError;
use crate::content::Article;
use crate::text::Language;

/// A field of terms, in both languages: a word is as rare as it is in all texts of its field, and what stands between Thai
/// words in English is found as any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The titles.
    Title,
    /// The summaries of the front matter.
    Summary,
    /// The body.
    Body,
    /// The names of the topics and of the topics above them.
    Topics,
    /// The authors.
    Authors,
    /// The supporting organisations.
    Organisations,
    /// The names of the series.
    Series,
    /// The headings of the body, which are also in [`Field::Body`].
    Headings,
    /// Every two neighbouring clusters of the Thai in titles, summaries and body.
    Grams,
    /// Each title as one term, its letters alone ([`bare`](crate::text::bare)), with and without the series before it.
    WholeTitle,
}

impl Field {
    /// The fields of words.
    pub const WORDS: [Field; 8] = [
        Field::Title,
        Field::Summary,
        Field::Body,
        Field::Topics,
        Field::Authors,
        Field::Organisations,
        Field::Series,
        Field::Headings,
    ];

    /// The term of a field that has none; no query has it.
    pub const NOTHING: &str = "\u{1E}";

    /// Every field, in a fixed order.
    pub fn all() -> impl Iterator<Item = Field> {
        Field::WORDS.into_iter().chain([Field::Grams, Field::WholeTitle])
    }

    /// Whether it counts how often a document has a term, where, and among how many: of the others only that it has it.
    pub fn has_lengths(self) -> bool {
        !matches!(self, Field::Grams | Field::WholeTitle)
    }

    /// The name in the index, and in explanations.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Summary => "summary",
            Field::Body => "body",
            Field::Topics => "topic_names",
            Field::Authors => "author_names",
            Field::Organisations => "organisation_names",
            Field::Series => "series_names",
            Field::Headings => "headings",
            Field::Grams => "grams",
            Field::WholeTitle => "whole_title",
        }
    }
}

/// A field of whole values, to count and to filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Topic ids; an article has those of its topics' ancestors too.
    Topic,
    /// The Buddhist Era year of the date, four digits.
    Year,
    /// Authors by id, or as written where they have none.
    Author,
    /// The series' id.
    Series,
    /// Supporting organisations as written.
    Organisation,
    /// `th` and `en`.
    Language,
}

impl Plan {
    /// The plan that counts what `query` finds and gives no hits.
    pub fn counting(query: Query, facets: Vec<Facet>) -> Plan {
        Plan {
            query,
            filters: Filters::new(),
            facets,
            sort: Sort::Relevance,
            offset: 0,
            after: None,
            version: None,
            limit: 0,
            deadline: None,
        }
    }
}

impl Facet {
    /// Every facet, in the order in which they are shown.
    pub const ALL: [Facet; 6] =
        [Facet::Topic, Facet::Year, Facet::Author, Facet::Series, Facet::Organisation, Facet::Language];

    /// The name in addresses, in the API and in the index.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Topic => "topic",
            Facet::Year => "year",
            Facet::Author => "author",
            Facet::Series => "series",
            Facet::Organisation => "organisation",
            Facet::Language => "language",
        }
    }

    /// The facet with this name.
    pub fn from_name(name: &str) -> Option<Facet> {
        Facet::ALL.into_iter().find(|facet| facet.name() == name)
    }
}

/// What documents to find and how well each fits. A term is looked for in many fields, and shared by them.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// Every document, all alike.
    Everything,
    /// No document.
    Nothing,
    /// Documents with the term, by BM25.
    Term(Field, Arc<str>),
    /// Documents with the terms so far from each other: each has its place in the phrase, as
    /// [`Token::place`](crate::text::Token::place) has it, from 0 and ascending.
    Phrase(Field, Arc<[(u32, String)]>),
    /// Documents with any of the terms, by the passage of theirs that has the most of them: it is worth the sum of what
    /// its words are.
    Passage {
        /// A field of words.
        field: Field,
        /// The ways to say each word, with what each is worth; a passage has a word by its best way.
        words: Vec<Vec<(String, f32)>>,
        /// How long a passage is, in places ([`Token::place`](crate::text::Token::place)).
        width: u32,
    },
    /// Documents with a term that begins so, all alike.
    Begins(Field, String),
    /// Documents with the value, all alike.
    Value(Facet, String),
    /// Documents with a value from the first to the last, both included, in the order of their bytes; all alike.
    Between(Facet, Option<String>, Option<String>),
    /// Documents that any of the queries finds, with the best of the scores and a part
    /// (`tie_breaker`, 0 to 1) of the others.
    Best {
        /// The ways to fit.
        of: Vec<Query>,
        /// The weight of all but the best.
        tie_breaker: f32,
    },
    /// Documents that at least `fewest` of the queries find, one even where that is 0; their scores add up.
    AtLeast {
        /// How many find it.
        fewest: usize,
        /// What is found.
        of: Vec<Query>,
    },
    /// Documents that all of `must` find (with no `must`: every document) and none of `must_not`;
    /// the scores of `must` and `should` add up.
    Bool {
        /// Needed.
        must: Vec<Query>,
        /// Welcome.
        should: Vec<Query>,
        /// Excluded.
        must_not: Vec<Query>,
    },
    /// As the query, with scores multiplied.
    Boost(Box<Query>, f32),
}

impl Query {
    /// This query with its scores multiplied by `factor`.
    pub fn boosted(self, factor: f32) -> Query {
        Query::Boost(Box::new(self), factor)
    }
}

/// One thing that a facet is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The value.
    Value(String),
    /// The values from the first to the last, both included, in the order of their bytes.
    Between(Option<String>, Option<String>),
}

impl Choice {
    /// Whether a document with `value` is let through.
    pub fn has(&self, value: &str) -> bool {
        match self {
            Choice::Value(chosen) => chosen == value,
            Choice::Between(first, last) => {
                first.as_deref().is_none_or(|first| first <= value) && last.as_deref().is_none_or(|last| value <= last)
            }
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Choice::Value(value) => f.write_str(value),
            Choice::Between(first, last) => {
                write!(f, "{}-{}", first.as_deref().unwrap_or_default(), last.as_deref().unwrap_or_default())
            }
        }
    }
}

/// What is chosen by facet: any choice within a facet, and all facets.
pub type Filters = BTreeMap<Facet, Vec<Choice>>;

/// The order of hits; those that are equal in it come by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The latest date first, without a date last.
    Newest,
    /// The earliest date first, without a date last.
    Oldest,
    /// By the title in this language, or else in the other, as in a dictionary.
    Title(Language),
}

/// Where a hit is in its order, to go on after it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// What the order goes by.
    pub key: PlaceKey,
    /// The article's id.
    pub id: String,
}

/// What an order goes by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum PlaceKey {
    /// The score, for [`Sort::Relevance`].
    Score(f32),
    /// Days since 1 January 1970, for [`Sort::Newest`] and [`Sort::Oldest`].
    Day(Option<i64>),
    /// The collation key of the title, for [`Sort::Title`].
    Title(Option<String>),
}

/// One search.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What to find.
    pub query: Query,
    /// What to narrow it to.
    pub filters: Filters,
    /// What to count. A facet's own filter does not narrow its counts, so that further values of it can
    /// be chosen.
    pub facets: Vec<Facet>,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to pass over.
    pub offset: usize,
    /// The hit after which to begin, of a search in the same order; `None` for the first. The total and the counts are
    /// of all hits nevertheless.
    pub after: Option<Place>,
    /// The commit to search, one that is [held](super::Index::hold); `None` for the last.
    pub version: Option<u64>,
    /// How many hits to give.
    pub limit: usize,
    /// When to stop and give what has been found; several plans of one search share it. `None` to see it through.
    pub deadline: Option<Instant>,
}

/// How a score comes about.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The score of this part.
    pub score: f32,
    /// What the part is: a field and a term, or how the parts of it are put together.
    pub what: String,
    /// Its parts, those without a score left out.
    pub of: Vec<Explanation>,
}

/// How many documents have each value, the most frequent first, then by value.
pub type FacetCounts = Vec<(Arc<str>, u64)>;

/// What a search finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How many documents were found, exactly unless it [is cut short](Outcome::is_cut_short).
    pub total: usize,
    /// Those asked for.
    pub hits: Vec<Hit>,
    /// The counts asked for.
    pub facets: BTreeMap<Facet, FacetCounts>,
    /// Whether the deadline came first: then total, hits and counts are of the documents that were looked at so far.
    pub is_cut_short: bool,
}

/// What a search finds, to be read one article after the other.
pub struct FoundArticles<'a> {
    /// How many documents were found, as in [`Outcome::total`].
    pub total: usize,
    /// Those asked for, in order.
    pub articles: Box<dyn Iterator<Item = Result<Article, IndexError>> + 'a>,
    /// As [`Outcome::is_cut_short`].
    pub is_cut_short: bool,
}

/// One document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What was indexed.
    pub article: Article,
    /// How well it fits; more is better, only within one search.
    pub score: f32,
    /// Where it is in the order of the search.
    pub place: Place,
}
