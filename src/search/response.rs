//! An [`Outcome`] as people are shown it: labels, titles and snippets.

use std::collections::{BTreeMap, BTreeSet};

use super::facets::{self, FacetList};
use super::plan::Planned;
use super::snippet::{self, Snippet, Source};
use super::warning::Warning;
use super::{Meant, Search};
use crate::content::{Article, ArticleId, Localized, Site};
use crate::index::{Explanation, Facet, Generation, Outcome, Place};
use crate::text::{Analyzer, Language, cluster};

/// How much of an article is searched for its best passage, in bytes: the first part of a book tells
/// enough.
const SEARCHED_FOR_PASSAGE: usize = 128 << 10;

/// What a search gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// How many articles were found, exactly unless there is [`Warning::Late`].
    pub total: usize,
    /// The hits of the page.
    pub hits: Vec<SearchHit>,
    /// The values of each facet that was asked for.
    pub facets: BTreeMap<Facet, FacetList>,
    /// What was searched beside what was typed: translations and other names.
    pub also: Vec<String>,
    /// What was searched instead of what was typed.
    pub meant: Option<Meant>,
    /// The commit that was searched, kept for a while for the pages that follow; `None` where none is kept.
    pub snapshot: Option<String>,
    /// Where the hits after these begin; `None` after the last.
    pub next: Option<String>,
    /// What was not taken as typed.
    pub warnings: Vec<Warning>,
}

/// One article found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The article.
    pub article: Article,
    /// How well it fits, within this search; 0 where the order is another.
    pub score: f32,
    /// Where it is in the order.
    pub place: Place,
    /// The titles, marked; that in the language of the interface first.
    pub titles: Vec<Snippet>,
    /// How the score comes about, where that was asked for.
    pub explanation: Option<Explanation>,
    /// The best passage; where neither it nor a title is marked, also the names that were found.
    pub snippets: Vec<Snippet>,
}

impl SearchHit {
    /// The article's id.
    pub fn id(&self) -> &ArticleId {
        &self.article.id
    }
}

pub(super) fn build(
    search: Search<'_>,
    outcome: Outcome,
    planned: Planned,
    meant: Option<Meant>,
    explanations: Vec<Option<Explanation>>,
) -> Response {
    let Search { generation, request, deadline, .. } = search;
    let Planned { terms, also, mut warnings, .. } = planned;
    let hits = outcome.hits.into_iter().zip(explanations).map(|(hit, explanation)| SearchHit {
        explanation,
        titles: titles(&hit.article, request.interface, &terms, &generation.analyzer),
        snippets: match deadline.is_over() {
            true => Vec::new(),
            false => snippets(&hit.article, request.interface, &terms, generation),
        },
        article: hit.article,
        score: hit.score,
        place: hit.place,
    });
    let hits = hits.collect();
    warnings.extend(deadline.has_stopped().then_some(Warning::Late));
    Response {
        total: outcome.total,
        hits,
        facets: facets::lists(outcome.facets, request, &generation.site),
        also,
        meant,
        snapshot: None,
        next: None,
        warnings,
    }
}

fn titles(article: &Article, interface: Language, terms: &BTreeSet<String>, analyzer: &Analyzer) -> Vec<Snippet> {
    let sources = sources("title", &article.title, interface);
    sources.into_iter().map(|source| snippet::whole(source, terms, analyzer)).collect()
}

/// The best passage, and where nothing in title and text is marked the names that were found instead:
/// of authors, topics, series or organisations.
fn snippets(article: &Article, ui: Language, terms: &BTreeSet<String>, generation: &Generation) -> Vec<Snippet> {
    let Generation { analyzer, site, .. } = generation;
    let mut snippets: Vec<Snippet> = best_passage(article, ui, terms, analyzer).into_iter().collect();
    let is_marked = |snippet: &Snippet| !snippet.marks.is_empty();
    if snippets.iter().any(is_marked) || titles(article, ui, terms, analyzer).iter().any(is_marked) {
        return snippets;
    }
    for (field, names) in names(article, site) {
        let source = |text| Source { field, language: Language::of(text).unwrap_or(ui), text };
        let found = names.iter().map(|name| snippet::whole(source(name), terms, analyzer));
        snippets.extend(found.filter(is_marked));
    }
    snippets
}

fn names(article: &Article, site: &Site) -> [(&'static str, Vec<String>); 4] {
    let both = |label: &dyn Fn(Language) -> String| Language::ALL.map(label);
    let topics = article.topics.iter().flat_map(|id| {
        let top = id.split('/').next().unwrap_or(id);
        [id.as_str(), top].map(|id| both(&|language| site.topic_label(id, language))).concat()
    });
    // Where it was found by another name of the author, that name is shown.
    let authors = article.authors.iter().flat_map(|name| {
        let id = site.author_id(name);
        [vec![name.clone()], both(&|language| site.author_label(id, language)).to_vec()].concat()
    });
    let series = article.series.iter().flat_map(|id| both(&|language| site.series_label(id, language)));
    let distinct = |names: Vec<String>| -> Vec<String> {
        names
            .iter()
            .enumerate()
            .filter(|(at, name)| !names[..*at].contains(name))
            .map(|(_, name)| name.clone())
            .collect()
    };
    [
        ("author", distinct(authors.collect())),
        ("topic", distinct(topics.collect())),
        ("series", distinct(series.collect())),
        ("organisation", article.organisations.clone()),
    ]
}

fn sources<'a>(field: &'static str, localized: &'a Localized, first: Language) -> Vec<Source<'a>> {
    let mut languages: Vec<Language> = localized.languages().collect();
    languages.sort_by_key(|&language| language != first);
    let text = |language| localized.get(language).map(|text| Source { field, language, text });
    languages.into_iter().filter_map(text).collect()
}

/// The passage of the body with most of the terms, or else of a summary; where none has any, the
/// summary or the beginning of the body, in the language of the interface if there is a choice.
fn best_passage(
    article: &Article,
    interface: Language,
    terms: &BTreeSet<String>,
    analyzer: &Analyzer,
) -> Option<Snippet> {
    let body = article.blocks.iter().map(|block| Source { field: "body", language: block.language, text: &block.text });
    let mut left = SEARCHED_FOR_PASSAGE;
    let mut best = None;
    for source in sources("summary", &article.summary, interface).into_iter().chain(body) {
        let beginning = if source.text.len() > left { cluster::floor(source.text, left) } else { source.text.len() };
        let source = Source { text: &source.text[..beginning], ..source };
        let readable = source.language == interface && source.text.chars().nth(40).is_some();
        let fit = (snippet::fit(source, terms, analyzer), readable);
        if best.as_ref().is_none_or(|(best, _)| fit > *best) {
            best = Some((fit, source));
        }
        left -= source.text.len();
        let has_all = fit.0.0 == terms.len() && readable;
        if left == 0 || has_all {
            break;
        }
    }
    best.map(|(_, source)| snippet::passage(source, terms, analyzer))
}
