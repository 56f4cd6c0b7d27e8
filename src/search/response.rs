//! An [`Outcome`] as people are shown it: labels, titles and snippets.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::facets::{self, FacetList};
use super::glance::Glance;
use super::plan::Planned;
use super::snippet::{Cutter, Fit, Snippet, Source};
use super::warning::Warning;
use super::{Meant, Search};
use crate::content::{Article, ArticleId, Block, Localized, Site};
use crate::index::{Explanation, Facet, Outcome, Place};
use crate::text::{Language, cluster};

/// How much of an article is searched for its best passage, in bytes: the first part of a book tells
/// enough.
const SEARCHED_FOR_PASSAGE: usize = 128 << 10;

/// So many texts of an article with a term are cut for its best passage, where letters alone do not tell which it is in.
const MOST_TRIED: usize = 3;

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
    let display = request.highlight.map(|highlight| Display {
        cutter: Cutter { terms: &terms, analyzer: &generation.analyzer, highlight },
        glance: Glance::new(&terms),
        interface: request.interface,
        site: &generation.site,
    });
    let hits = outcome.hits.into_iter().zip(explanations).map(|(hit, explanation)| {
        let titles = display.as_ref().map_or_else(Vec::new, |display| display.titles(&hit.article));
        let display = display.as_ref().filter(|display| display.cutter.highlight.passages > 0 && !deadline.is_over());
        SearchHit {
            explanation,
            snippets: display.map_or_else(Vec::new, |display| display.snippets(&hit.article, &titles)),
            titles,
            article: hit.article,
            score: hit.score,
            place: hit.place,
        }
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

/// Shows what was found in articles.
struct Display<'a> {
    cutter: Cutter<'a>,
    glance: Glance,
    interface: Language,
    site: &'a Site,
}

impl Display<'_> {
    fn titles(&self, article: &Article) -> Vec<Snippet> {
        self.sources("title", &article.title).into_iter().map(|source| self.whole(source)).collect()
    }

    /// The whole of a text with its marks. Most have none, which is told without cutting them into terms.
    fn whole(&self, source: Source<'_>) -> Snippet {
        let (_, fit) = self.glance.best(source.text, source.text.len());
        if fit == Fit::default() { self.cutter.unmarked(source) } else { self.cutter.whole(source) }
    }

    /// The best passages, and where nothing in title and text is marked the names that were found instead:
    /// of authors, topics, series or organisations.
    fn snippets(&self, article: &Article, titles: &[Snippet]) -> Vec<Snippet> {
        let mut snippets = self.best_passages(article);
        let is_marked = |snippet: &Snippet| !snippet.marks.is_empty();
        if self.cutter.terms.is_empty() || snippets.iter().chain(titles).any(is_marked) {
            return snippets;
        }
        for (field, names) in names(article, self.site) {
            let language = |text| Language::of(text).unwrap_or(self.interface);
            let source = |text| Source { field, language: language(text), text, pages: &[] };
            let found = names.iter().map(|name| self.whole(source(name)));
            snippets.extend(found.filter(is_marked));
        }
        snippets
    }

    /// As many passages as are wanted, the best first.
    fn best_passages(&self, article: &Article) -> Vec<Snippet> {
        let texts = self.texts(article);
        let wanted = self.cutter.highlight.passages;
        let mut passages = match wanted {
            0 | 1 => Vec::new(),
            _ => texts.iter().flat_map(|source| self.cutter.passages(*source)).collect(),
        };
        passages.sort_by_key(|(fit, _)| Reverse(*fit));
        passages.truncate(wanted);
        match passages.is_empty() {
            true => self.best_passage(texts).into_iter().collect(),
            false => passages.into_iter().map(|(_, snippet)| snippet).collect(),
        }
    }

    /// The passage with most of the terms; where none has any, the beginning of a text, in the language of the
    /// interface if there is a choice.
    ///
    /// The texts are cut in the order in which they seem to fit, until none that is left can fit better, or so many had
    /// a term that one of them is good enough.
    fn best_passage(&self, texts: Vec<Source<'_>>) -> Option<Snippet> {
        let is_readable = |text: &Source<'_>| text.language == self.interface && text.text.chars().nth(40).is_some();
        let length = self.cutter.highlight.length;
        let seeming = texts.into_iter().map(|text| {
            let (near, fit) = self.glance.best(text.text, length);
            ((fit, is_readable(&text)), near, text)
        });
        let mut seeming: Vec<_> = seeming.collect();
        seeming.sort_by_key(|(rank, ..)| Reverse(*rank));
        let mut best: Option<((Fit, bool), Snippet)> = None;
        let mut tried = 0;
        for (rank, near, text) in seeming {
            let is_enough = |best: &(Fit, bool)| *best >= rank || rank.0 == Fit::default() || tried == MOST_TRIED;
            if best.as_ref().is_some_and(|(best, _)| is_enough(best)) {
                break;
            }
            let (fit, snippet) = self.passage(text, near, rank.0);
            tried += usize::from(fit.0 > 0);
            let rank = (fit, rank.1);
            if best.as_ref().is_none_or(|(best, _)| rank > *best) {
                best = Some((rank, snippet));
            }
        }
        best.map(|(_, snippet)| snippet)
    }

    /// The best passage of `text`, which seems to be `near`, or elsewhere if no term is there.
    fn passage(&self, text: Source<'_>, near: Range<usize>, seeming: Fit) -> (Fit, Snippet) {
        let found = self.cutter.passage_near(text, near, seeming);
        match found.0 == Fit::default() && found.0 != seeming {
            true => self.cutter.passage(text),
            false => found,
        }
    }

    /// What passages are looked for in: the summaries and the beginning of the body.
    fn texts<'t>(&self, article: &'t Article) -> Vec<Source<'t>> {
        let body = article.blocks.iter().map(body_of);
        let mut left = SEARCHED_FOR_PASSAGE;
        let mut texts = Vec::new();
        for source in self.sources("summary", &article.summary).into_iter().chain(body) {
            let beginning =
                if source.text.len() > left { cluster::floor(source.text, left) } else { source.text.len() };
            texts.push(Source { text: &source.text[..beginning], ..source });
            left -= beginning;
            if left == 0 {
                break;
            }
        }
        texts
    }

    /// What there is of a text, that in the language of the interface first.
    fn sources<'t>(&self, field: &'static str, localized: &'t Localized) -> Vec<Source<'t>> {
        let mut languages: Vec<Language> = localized.languages().collect();
        languages.sort_by_key(|&language| language != self.interface);
        let text = |language| localized.get(language).map(|text| Source { field, language, text, pages: &[] });
        languages.into_iter().filter_map(text).collect()
    }
}

fn body_of(block: &Block) -> Source<'_> {
    Source { field: "body", language: block.language, text: &block.text, pages: &block.pages }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Highlight;
    use crate::text::Analyzer;

    fn passage(terms: &[&str], texts: &[&str]) -> String {
        let (analyzer, site) = (Analyzer::new([]), Site::default());
        let terms = terms.iter().map(|&term| term.to_owned()).collect();
        let cutter = Cutter { terms: &terms, analyzer: &analyzer, highlight: Highlight::default() };
        let display = Display { cutter, glance: Glance::new(&terms), interface: Language::English, site: &site };
        let source = |text| Source { field: "body", language: Language::English, text, pages: &[] };
        let texts = texts.iter().copied().map(source).collect();
        display.best_passage(texts).expect("a passage").html
    }

    #[test]
    fn the_text_with_most_terms_is_shown() {
        let texts = ["One audit.", "No fact is an act.", "An audit of open data."];
        assert_eq!(passage(&["audit", "data"], &texts), "An <mark>audit</mark> of open <mark>data</mark>.");
        assert_eq!(passage(&["act"], &texts), "No fact is an <mark>act</mark>.");
    }

    #[test]
    fn a_term_that_is_written_otherwise_than_can_be_told_is_shown() {
        assert_eq!(passage(&["~lead"], &["Nothing.", "She led it."]), "She <mark>led</mark> it.");
    }
}
