//! Articles to read after one: those picked by hand, then those that share its subject.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use compact_str::CompactString;

use super::knowledge::Knowledge;
use super::weights::Weights;
use crate::content::{Article, Reference, Site, whole_title};
use crate::index::{Facet, Field, Generation, IndexError, Plan, Query, Sort};
use crate::lexicon::is_stop_word;
use crate::text::Form;

/// The most articles that are found beside those picked by hand.
const MOST_COMPUTED: usize = 6;
/// Of so many candidates the different ones are chosen.
const CANDIDATES: usize = 30;
/// How many terms stand for an article.
const TERMS: usize = 24;
/// How many beginnings of a title in a text are looked for.
const MOST_READINGS: usize = 24;
/// How much of the body is read for them, in bytes.
const READ: usize = 32 << 10;
/// A term of the title counts as so many of the body.
const TITLE: usize = 4;
/// What is left of a candidate's score for each article before it that shares its author or series.
const ALIKE: f32 = 0.8;

/// An article related to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The article.
    pub article: Article,
    /// Why it is there.
    pub why: Why,
}

/// Why an article is related to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// An editor picked it.
    Picked,
    /// It shares topics, authors and words.
    Computed,
}

/// The articles related to `article`.
///
/// # Errors
/// [`IndexError`] if the index cannot be read.
pub fn related(
    generation: &Generation,
    knowledge: &Knowledge,
    article: &Article,
    weights: &Weights,
) -> Result<Vec<Related>, IndexError> {
    let mut known = BTreeSet::from([article.id.clone()]);
    let mut related = Vec::new();
    for reference in &article.related {
        let picked = named(generation, reference)?.filter(|article| known.insert(article.id.clone()));
        related.extend(picked.map(|article| Related { article, why: Why::Picked }));
    }
    let plan = Plan {
        limit: CANDIDATES + known.len(),
        ..Plan::counting(query(generation, knowledge, article, weights), Vec::new())
    };
    let hits = generation.index.search(&plan)?.hits;
    let candidates = hits.into_iter().filter(|hit| !known.contains(&hit.article.id));
    let chosen = different(candidates.map(|hit| (hit.article, hit.score)).collect(), &generation.site);
    related.extend(chosen.into_iter().map(|article| Related { article, why: Why::Computed }));
    Ok(related)
}

/// The article that is named; of several with the same title the newest.
fn named(generation: &Generation, reference: &Reference) -> Result<Option<Article>, IndexError> {
    let title = match reference {
        Reference::Id(id) => return generation.index.article(id),
        Reference::Title(title) => title,
    };
    for title in readings(title, &generation.site) {
        let query = Query::Term(Field::WholeTitle, title.into());
        let plan = Plan { limit: 1, sort: Sort::Newest, ..Plan::counting(query, Vec::new()) };
        if let Some(hit) = generation.index.search(&plan)?.hits.into_iter().next() {
            return Ok(Some(hit.article));
        }
    }
    Ok(None)
}

/// What a title may be, the likeliest first. Text that names an article by its series and title may go on after it, and
/// Thai does not show where: then it is the longest beginning that is a title.
fn readings(title: &str, site: &Site) -> Vec<String> {
    let Some(start) = site.start_of_title(title) else { return vec![whole_title(title)] };
    let spaces = title[start..].match_indices(' ').map(|(at, _)| start + at).filter(|&at| at > start);
    let mut ends: Vec<usize> = spaces.take(MOST_READINGS).collect();
    ends.push(title.len());
    ends.into_iter().rev().map(|end| whole_title(&title[..end])).collect()
}

/// What articles like this one have: its topics, authors, series, and the terms that tell it from others.
fn query(generation: &Generation, knowledge: &Knowledge, article: &Article, weights: &Weights) -> Query {
    let value = |facet: Facet, weight: f32| move |value: &String| Query::Value(facet, value.clone()).boosted(weight);
    let mut likenesses: Vec<Query> = article.topics.iter().map(value(Facet::Topic, weights.related_topic)).collect();
    let author = |name: &String| generation.site.author_id(name).to_owned();
    likenesses.extend(article.authors.iter().map(author).map(|id| value(Facet::Author, weights.related_author)(&id)));
    likenesses.extend(article.series.iter().map(value(Facet::Series, weights.related_series)));
    for term in significant_terms(generation, knowledge, article) {
        let term: Arc<str> = Arc::from(term.as_str());
        let in_field = |field: Field| Query::Term(field, Arc::clone(&term)).boosted(weights.field(field));
        likenesses.push(Query::Best { of: Field::WORDS.into_iter().map(in_field).collect(), tie_breaker: 0.0 });
    }
    Query::AtLeast { fewest: 1, of: likenesses }
}

/// The words of an article that are frequent in it and rare elsewhere, in both languages (tf-idf).
fn significant_terms(generation: &Generation, knowledge: &Knowledge, article: &Article) -> Vec<CompactString> {
    let mut counts: HashMap<CompactString, usize> = HashMap::new();
    let titles = article.title.texts();
    let texts = titles.map(|title| (title, TITLE)).chain(article.blocks.iter().map(|block| (block.text.as_str(), 1)));
    let mut left = READ;
    for (text, times) in texts {
        if text.len() > left {
            break;
        }
        left -= text.len();
        let tokens = generation.analyzer.analyze(text).into_iter().filter(|token| token.form == Form::Word);
        tokens.for_each(|token| *counts.entry(token.term).or_default() += times);
    }
    let weigh = |(term, count): (CompactString, usize)| {
        let documents = knowledge.vocabulary.count(&term);
        // A word of this article alone leads nowhere.
        let leads_somewhere = documents > 1 && !is_stop_word(&term) && term.chars().count() > 1;
        leads_somewhere.then(|| (knowledge.rareness(documents as f32) * (1.0 + (count as f32).ln()), term))
    };
    let mut terms: Vec<(f32, CompactString)> = counts.into_iter().filter_map(weigh).collect();
    terms.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    terms.into_iter().take(TERMS).map(|(_, term)| term).collect()
}

/// The best candidates, but not all of one author or series (after J. Carbonell and J. Goldstein, "The use of MMR,
/// diversity-based reranking", SIGIR 1998).
fn different(mut candidates: Vec<(Article, f32)>, site: &Site) -> Vec<Article> {
    let mut chosen: Vec<Article> = Vec::new();
    while chosen.len() < MOST_COMPUTED && !candidates.is_empty() {
        let value = |(article, score): &(Article, f32)| {
            let alike = chosen.iter().filter(|other| are_alike(article, other, site)).count();
            score * ALIKE.powi(i32::try_from(alike).unwrap_or(i32::MAX))
        };
        let best = (0..candidates.len()).max_by(|&left, &right| {
            value(&candidates[left]).total_cmp(&value(&candidates[right])).then(Reverse(left).cmp(&Reverse(right)))
        });
        let Some(best) = best else { break };
        chosen.push(candidates.remove(best).0);
    }
    chosen
}

fn are_alike(article: &Article, other: &Article, site: &Site) -> bool {
    let same_series = article.series.is_some() && article.series == other.series;
    let authors: BTreeSet<&str> = article.authors.iter().map(|name| site.author_id(name)).collect();
    same_series || other.authors.iter().any(|name| authors.contains(site.author_id(name)))
}
