//! A request to a response: parse, plan, run, label, cut snippets.
//!
//! Takes what people type and choose, gives hits, counts and the warnings that say what was not taken
//! as typed. Synchronous, and knows no network.

mod ast;
mod compose;
mod correct;
mod cursor;
mod deadline;
mod export;
mod facets;
mod filters;
mod glance;
mod heard;
mod highlight;
mod knowledge;
mod marker;
pub mod measure;
mod parameters;
mod parse;
mod plan;
mod profile;
mod related;
mod request;
mod response;
mod searcher;
mod snapshots;
mod snippet;
mod stage;
mod suggest;
mod warning;
mod weights;
mod years;

use std::time::{Duration, Instant};

use foldhash::HashSet;

use crate::index::{Explanation, Generation, Hit, IndexError, Outcome, Place, Plan, Query};
use crate::lexicon::is_thai_word;
use crate::text::{Token, keyboard};

pub use ast::Ast;
pub use compose::{Wishes, Within};
pub use export::{Export, MOST_EXPORTED, export};
pub use facets::{FacetList, FacetOptions, FacetOrder, FacetValue, Selection};
pub use highlight::{Element, Highlight};
pub use knowledge::Knowledge;
pub use marker::Marker;
pub use parameters::{Kind as ParameterKind, PARAMETERS, Parameter, Repeats};
pub use parse::parse;
pub use profile::Profile;
pub use related::{Related, Why, related};
pub use request::{Explaining, Forgiveness, Freshness, Request, RequestError, Translating};
pub use response::{Response, SearchHit};
pub use searcher::{Known, SearchError, Searcher, State, Together};
pub use snippet::Snippet;
pub use stage::STAGE_DURATION;
pub use suggest::{Kind, MOST_SUGGESTIONS, Suggestion};
pub use warning::Warning;
pub use weights::Weights;

use deadline::Deadline;
use plan::{Context, Planned, Wanted};
use stage::Stage;

/// Runs `request` on one generation. What takes longer than `limit` is stopped, and the answer is what was found so far;
/// a warning says so.
///
/// # Errors
/// [`IndexError`] if the index cannot be read. Nothing that people type is an error: what could not be
/// taken as typed is in the warnings.
pub fn search(
    generation: &Generation,
    knowledge: &Knowledge,
    request: &Request,
    limit: Option<Duration>,
) -> Result<Response, IndexError> {
    search_from(generation, knowledge, request, &Start::default(), limit)
}

/// What `request` asks of the index where its text was parsed to `ast`; all words are wanted.
pub fn plan(generation: &Generation, knowledge: &Knowledge, request: &Request, ast: &Ast) -> Query {
    plan::plan(ast, Context { analyzer: &generation.analyzer, knowledge, request }).query(Wanted::All)
}

/// Where a search begins.
#[derive(Debug, Clone, Default)]
struct Start {
    /// The commit, one that is held; `None` for the last.
    version: Option<u64>,
    /// The hit after which to begin, in place of the page.
    after: Option<Place>,
}

fn search_from(
    generation: &Generation,
    knowledge: &Knowledge,
    request: &Request,
    start: &Start,
    limit: Option<Duration>,
) -> Result<Response, IndexError> {
    let request = &filters::resolved(request, &generation.site);
    Search { generation, knowledge, request, start, deadline: &Deadline::within(limit) }.run()
}

/// The terms by which what `request` finds is to be marked.
fn found_terms(
    generation: &Generation,
    knowledge: &Knowledge,
    request: &Request,
    limit: Option<Duration>,
) -> Result<HashSet<String>, IndexError> {
    let request = &filters::resolved(request, &generation.site);
    let (start, deadline) = (&Start::default(), &Deadline::within(limit));
    Ok(Search { generation, knowledge, request, start, deadline }.settle()?.planned.terms)
}

/// What was searched instead of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The query that was searched.
    pub query: String,
    /// Why it is held to be meant.
    pub reason: Reason,
}

/// Why something is held to be meant that was not typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The same keys give it with the keyboard in the other language.
    KeyboardLayout,
    /// Words of the index are spelled like it.
    Spelling,
}

impl Reason {
    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Reason::KeyboardLayout => "keyboard_layout",
            Reason::Spelling => "spelling",
        }
    }
}

impl Meant {
    fn warning(&self) -> Warning {
        let searched = self.query.clone();
        match self.reason {
            Reason::KeyboardLayout => Warning::OtherLayout { searched },
            Reason::Spelling => Warning::Corrected { searched },
        }
    }
}

/// One search under way.
#[derive(Clone, Copy)]
struct Search<'a> {
    generation: &'a Generation,
    knowledge: &'a Knowledge,
    request: &'a Request,
    start: &'a Start,
    deadline: &'a Deadline,
}

/// How a request is taken, once it is known what it finds.
struct Settled {
    planned: Planned,
    query: Query,
    outcome: Outcome,
    meant: Option<Meant>,
}

impl Search<'_> {
    fn run(self) -> Result<Response, IndexError> {
        let Settled { planned, query, outcome, meant } = self.settle()?;
        let explanations = self.explain(&query, &outcome)?;
        Ok(Stage::Show.timed(|| response::build(self, outcome, planned, meant, explanations)))
    }

    /// Plans as strictly as finds something.
    fn settle(self) -> Result<Settled, IndexError> {
        let typed = self.settle_for_all(self.plan(&self.request.text))?;
        if typed.outcome.total == 0 && typed.planned.wanted > 0 && self.finds_nothing(&typed.query)? {
            return self.settle_for_less(typed);
        }
        Ok(typed)
    }

    /// What has all words; where few articles have all of a sentence, of a question or of words that were guessed at, those
    /// with most of them follow. A question says in words of its own what it asks for, so that any of them may be all that
    /// its answer has.
    fn settle_for_all(self, mut planned: Planned) -> Result<Settled, IndexError> {
        let mut query = planned.query(Wanted::All);
        let mut outcome = self.page(&query)?;
        let Weights { many_words, few_articles, may_lack, .. } = self.request.weights;
        let is_sentence = planned.wanted >= many_words || ((planned.asks || planned.guesses) && planned.wanted > 1);
        if is_sentence && (1..few_articles).contains(&outcome.total) && !self.request.is_exact() {
            let articles = outcome.total;
            let fewer = planned.query(if planned.asks { Wanted::Any } else { Wanted::Most(may_lack) });
            let with_fewer = self.page(&fewer)?;
            // Fewer are found only where there was no time.
            if with_fewer.total >= articles {
                (query, outcome) = (fewer, with_fewer);
                planned.warnings.extend((outcome.total > articles).then_some(Warning::FewHaveAll { articles }));
            }
        }
        Ok(Settled { planned, query, outcome, meant: None })
    }

    /// What is meant by a query that finds nothing anywhere as it was typed, or what has any of its words.
    fn settle_for_less(self, typed: Settled) -> Result<Settled, IndexError> {
        let is_cut = |warning: &&Warning| matches!(warning, Warning::Long { .. });
        let cut = typed.planned.warnings.iter().find(is_cut).cloned();
        let meant = self.meant()?;
        let mut settled = match &meant {
            Some(meant) => self.settle_for_all(self.plan(&meant.query))?,
            None => typed,
        };
        let Settled { planned, query, outcome, .. } = &mut settled;
        if planned.wanted > 1 && (meant.is_none() || self.finds_nothing(query)?) {
            *query = planned.query(Wanted::Any);
            *outcome = self.page(query)?;
            planned.warnings.extend((outcome.total > 0).then_some(Warning::Relaxed));
        }
        planned.warnings.extend(meant.as_ref().map(Meant::warning));
        // What is meant is made of what is searched, and may not be too long itself.
        if !planned.warnings.iter().any(|warning| is_cut(&warning)) {
            planned.warnings.extend(cut);
        }
        Ok(Settled { meant, ..settled })
    }

    /// For each hit how its score comes about, where that is asked for.
    fn explain(self, query: &Query, outcome: &Outcome) -> Result<Vec<Option<Explanation>>, IndexError> {
        let explain = |hit: &Hit| match self.request.explaining {
            Explaining::On if !self.deadline.is_over() => self.generation.index.explain(query, &hit.article.id),
            _ => Ok(None),
        };
        outcome.hits.iter().map(explain).collect()
    }

    /// What the text was meant to be, which finds nothing as it was typed.
    fn meant(self) -> Result<Option<Meant>, IndexError> {
        if self.request.is_exact() {
            return Ok(None);
        }
        if let Some(query) = self.in_other_layout()? {
            return Ok(Some(Meant { query, reason: Reason::KeyboardLayout }));
        }
        let text = parse::searched(&self.request.text);
        let Search { generation, knowledge, deadline, .. } = self;
        // Where the index cannot be read the search says so.
        let stand = |words: &[Token]| self.finds_nothing(&plan::in_row(words)).is_ok_and(|nothing| !nothing);
        let corrected = self.with_sounds(|| correct::corrected(text, &generation.analyzer, knowledge, deadline, stand));
        Ok(corrected.map(|query| Meant { query, reason: Reason::Spelling }))
    }

    fn plan(self, text: &str) -> Planned {
        self.with_sounds(|| Stage::Plan.timed(|| self.plan_untimed(text)))
    }

    /// Does `work`, which may ask for words by their sounds. The first search after a start waits until they are read, and
    /// ends so much later.
    fn with_sounds<T>(self, work: impl FnOnce() -> T) -> T {
        let (start, are_known) = (Instant::now(), self.knowledge.knows_sounds());
        let done = work();
        if !are_known {
            self.deadline.put_off(start.elapsed());
        }
        done
    }

    fn plan_untimed(self, text: &str) -> Planned {
        let (ast, mut warnings) = parse::parse(text);
        let Search { generation, knowledge, request, .. } = self;
        let mut planned = plan::plan(&ast, Context { analyzer: &generation.analyzer, knowledge, request });
        warnings.append(&mut planned.warnings);
        planned.warnings = warnings;
        planned
    }

    /// The page asked for, with the counts.
    fn page(self, query: &Query) -> Result<Outcome, IndexError> {
        self.execute(&self.plan_of_page(query))
    }

    fn plan_of_page(self, query: &Query) -> Plan {
        let Request { filters, page, limit, .. } = self.request;
        let Start { version, after } = self.start.clone();
        Plan {
            query: query.clone(),
            filters: filters.clone(),
            facets: self.request.facets.facets.clone(),
            sort: self.request.effective_sort(),
            offset: if after.is_some() { 0 } else { (page - 1) * limit },
            after,
            version,
            limit: *limit,
            deadline: self.deadline.at(),
        }
    }

    fn execute(self, plan: &Plan) -> Result<Outcome, IndexError> {
        let outcome = Stage::Find.timed(|| self.generation.index.search(plan))?;
        if outcome.is_cut_short {
            self.deadline.stop();
        }
        Ok(outcome)
    }

    /// What the same keys give with the keyboard in the other language; `None` where that finds nothing either.
    fn in_other_layout(self) -> Result<Option<String>, IndexError> {
        let text = parse::searched(&self.request.text);
        // Who has typed both had either layout on.
        let meant = match (is_thai_word(text), text.contains(|ch: char| ch.is_ascii_alphabetic())) {
            (true, false) => keyboard::to_latin(text),
            (false, true) => keyboard::to_thai(text),
            _ => return Ok(None),
        };
        let planned = self.plan(&meant);
        let is_found = !planned.terms.is_empty() && !self.finds_nothing(&planned.query(Wanted::All))?;
        Ok(is_found.then_some(meant))
    }

    /// Whether the words find nothing anywhere, and it is not the filters that leave nothing.
    fn finds_nothing(self, query: &Query) -> Result<bool, IndexError> {
        let everywhere = Plan {
            version: self.start.version,
            deadline: self.deadline.at(),
            ..Plan::counting(query.clone(), Vec::new())
        };
        Ok(self.execute(&everywhere)?.total == 0)
    }
}
