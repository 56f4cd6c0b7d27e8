//! An [`Outcome`] as people are shown it: labels, titles and snippets.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::facets::{self, FacetList};
use super::plan::Planned;
use super::snippet::{Cutter, Snippet, Source};
use super::warning::Warning;
use super::{Meant, Search};
use crate::content::{Article, ArticleId, Block, Localized, Site};
use crate::index::{Explanation, Facet, Outcome, Place};
use crate::text::{Language, cluster};

/// How much of an article is searched for its best passage, in bytes: the first part of a book tells
/// enough.
const SEARCHED_FOR_PASSAGE: usize = 128 << 10;

/// What a search gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// How many articles were found, exactly unless there is [`Warning::Late`].
    pub total: usize,
    /// How many hits come before those of the page.
    pub passed: usize,
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
    /// The best passages; where neither they nor a title are marked, also the names that were found.
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
    let cutter = request.highlight.map(|highlight| Cutter { terms: &terms, analyzer: &generation.analyzer, highlight });
    let hits = outcome.hits.into_iter().zip(explanations).map(|(hit, explanation)| SearchHit {
        explanation,
        titles: cutter.map_or_else(Vec::new, |cutter| titles(&hit.article, request.interface, cutter)),
        snippets: match cutter.filter(|cutter| cutter.highlight.passages > 0) {
            Some(cutter) if !deadline.is_over() => snippets(&hit.article, request.interface, cutter, &generation.site),
            _ => Vec::new(),
        },
        article: hit.article,
        score: hit.score,
        place: hit.place,
    });
    let hits = hits.collect();
    warnings.extend(deadline.has_stopped().then_some(Warning::Late));
    Response {
        total: outcome.total,
        passed: 0,
        hits,
        facets: facets::lists(outcome.facets, request, &generation.site),
        also,
        meant,
        snapshot: None,
        next: None,
        warnings,
    }
}

fn titles(article: &Article, interface: Language, cutter: Cutter<'_>) -> Vec<Snippet> {
    sources("title", &article.title, interface).into_iter().map(|source| cutter.whole(source)).collect()
}

/// The best passages, and where nothing in title and text is marked the names that were found instead:
/// of authors, topics, series or organisations.
fn snippets(article: &Article, ui: Language, cutter: Cutter<'_>, site: &Site) -> Vec<Snippet> {
    let mut snippets = best_passages(article, ui, cutter);
    let is_marked = |snippet: &Snippet| !snippet.marks.is_empty();
    if snippets.iter().any(is_marked) || titles(article, ui, cutter).iter().any(is_marked) {
        return snippets;
    }
    for (field, names) in names(article, site) {
        let source = |text| Source { field, language: Language::of(text).unwrap_or(ui), text, pages: &[] };
        let found = names.iter().map(|name| cutter.whole(source(name)));
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
    let text = |language| localized.get(language).map(|text| Source { field, language, text, pages: &[] });
    languages.into_iter().filter_map(text).collect()
}

/// As many passages as are wanted, the best first.
fn best_passages(article: &Article, interface: Language, cutter: Cutter<'_>) -> Vec<Snippet> {
    let mut passages = match cutter.highlight.passages {
        0 | 1 => Vec::new(),
        _ => texts(article, interface).into_iter().flat_map(|source| cutter.passages(source)).collect(),
    };
    passages.sort_by_key(|(fit, _)| Reverse(*fit));
    passages.truncate(cutter.highlight.passages);
    match passages.is_empty() {
        true => best_passage(article, interface, cutter).into_iter().collect(),
        false => passages.into_iter().map(|(_, snippet)| snippet).collect(),
    }
}

/// The passage of the body with most of the terms, or else of a summary; where none has any, the
/// summary or the beginning of the body, in the language of the interface if there is a choice.
fn best_passage(article: &Article, interface: Language, cutter: Cutter<'_>) -> Option<Snippet> {
    let mut best = None;
    for source in texts(article, interface) {
        let readable = source.language == interface && source.text.chars().nth(40).is_some();
        let fit = (cutter.fit(source), readable);
        if best.as_ref().is_none_or(|(best, _)| fit > *best) {
            best = Some((fit, source));
        }
        let has_all = fit.0.0 == cutter.terms.len() && readable;
        if has_all {
            break;
        }
    }
    best.map(|(_, source)| cutter.passage(source))
}

fn body_of(block: &Block) -> Source<'_> {
    Source { field: "body", language: block.language, text: &block.text, pages: &block.pages }
}

/// What passages are looked for in: the summaries and the beginning of the body.
fn texts(article: &Article, interface: Language) -> Vec<Source<'_>> {
    let body = article.blocks.iter().map(body_of);
    let mut left = SEARCHED_FOR_PASSAGE;
    let mut texts = Vec::new();
    for source in sources("summary", &article.summary, interface).into_iter().chain(body) {
        let beginning = if source.text.len() > left { cluster::floor(source.text, left) } else { source.text.len() };
        texts.push(Source { text: &source.text[..beginning], ..source });
        left -= beginning;
        if left == 0 {
            break;
        }
    }
    texts
}
