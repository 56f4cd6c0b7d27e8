//! How well the titles of the live index are found while they are typed, and when they are mistyped.

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::content::ArticleId;
use crate::search::measure::Latencies;
use crate::search::{MOST_SUGGESTIONS, Request, Searcher};
use crate::text::spelling::errors::mistype;
use crate::text::{Analyzer, Form, cluster};

/// How many hits people look at for what they mistyped.
const LOOKED_AT: usize = 3;
/// How many hits a page has.
const PAGE: usize = 10;
/// Mistakes are made in words of so many letters.
const FEWEST_LETTERS: usize = 5;
/// The words of a query that is made of a title.
const QUERY_WORDS: usize = 3;
/// Of more titles so many are typed, evenly spread, since each is typed letter by letter.
const MOST_TITLES: usize = 200;
/// The hits that are read at once to list the titles.
const BATCH: usize = 100;
/// How many examples are shown of what was not found.
const MOST_EXAMPLES: usize = 10;

/// A title with its article.
struct Title {
    id: ArticleId,
    text: String,
}

/// What was measured; shares are 0 to 1.
#[derive(Serialize)]
pub(super) struct TitleMeasures {
    titles: usize,
    /// The beginnings of titles that were searched: from the second cluster on, cluster by cluster.
    beginnings: usize,
    /// The share of beginnings that have the article among their first ten hits.
    kept: f64,
    /// The share of steps from one beginning to the next that find no more articles than before.
    narrowed: f64,
    /// Queries of words of titles, found among the first three as they are.
    queries: usize,
    /// The share of them that are still found there with a typing error in them.
    recovered: f64,
    /// The share of them for which something else was searched though they were right.
    corrected_though_right: f64,
    #[serde(flatten)]
    latency: Option<Latencies>,
    /// How long it took to suggest what each beginning may become, from the first cluster on.
    suggesting: Option<Latencies>,
    /// Beginnings and mistyped queries that did not find their article.
    missed: Vec<String>,
}

#[derive(Default)]
struct Counts {
    beginnings: usize,
    kept: usize,
    steps: usize,
    narrowed: usize,
    queries: usize,
    recovered: usize,
    corrected: usize,
    durations: Vec<Duration>,
    suggested: Vec<Duration>,
    missed: Vec<String>,
}

/// Measures all titles of the live index.
pub(super) fn measure(searcher: &Searcher, template: &Request) -> anyhow::Result<TitleMeasures> {
    let titles = spread(titles(searcher)?, MOST_TITLES);
    let analyzer = &searcher.known()?.generation.analyzer;
    let mut counts = Counts::default();
    for (seed, title) in (0..).zip(&titles) {
        counts.type_title(searcher, template, title)?;
        counts.mistype_title(searcher, template, title, analyzer, seed)?;
    }
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    counts.missed.truncate(MOST_EXAMPLES);
    Ok(TitleMeasures {
        titles: titles.len(),
        beginnings: counts.beginnings,
        kept: share(counts.kept, counts.beginnings),
        narrowed: share(counts.narrowed, counts.steps),
        queries: counts.queries,
        recovered: share(counts.recovered, counts.queries),
        corrected_though_right: share(counts.corrected, counts.queries),
        latency: Latencies::of(counts.durations),
        suggesting: Latencies::of(counts.suggested),
        missed: counts.missed,
    })
}

fn titles(searcher: &Searcher) -> anyhow::Result<Vec<Title>> {
    let mut titles = Vec::new();
    for page in 1.. {
        let response = searcher.search(&Request { page, limit: BATCH, ..Request::default() })?;
        for hit in &response.hits {
            let of_hit = hit.article.title.languages().filter_map(|language| hit.article.title.get(language));
            titles.extend(of_hit.map(|text| Title { id: hit.article.id.clone(), text: text.to_owned() }));
        }
        if page * BATCH >= response.total.min(Request::default().last_page() * PAGE) {
            break;
        }
    }
    Ok(titles)
}

/// At most `most` of `all`, evenly spread.
fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let step = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(step).collect()
}

impl Counts {
    fn type_title(&mut self, searcher: &Searcher, template: &Request, title: &Title) -> anyhow::Result<()> {
        let Title { id, text } = title;
        let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let ends: Vec<usize> = boundaries.filter(|&at| at > 0 && cluster::is_boundary(text, at)).collect();
        for &end in &ends {
            let started = Instant::now();
            searcher.suggest(&text[..end], MOST_SUGGESTIONS)?;
            self.suggested.push(started.elapsed());
        }
        let mut before = usize::MAX;
        for &end in ends.iter().skip(1) {
            let started = Instant::now();
            let response =
                searcher.search(&Request { text: text[..end].to_owned(), limit: PAGE, ..template.clone() })?;
            self.durations.push(started.elapsed());
            let is_kept = response.hits.iter().any(|hit| hit.id() == id);
            self.beginnings += 1;
            self.kept += usize::from(is_kept);
            if !is_kept {
                self.missed.push(text[..end].to_owned());
            }
            self.steps += usize::from(before < usize::MAX);
            self.narrowed += usize::from(before < usize::MAX && response.total <= before);
            before = response.total;
        }
        Ok(())
    }

    fn mistype_title(
        &mut self,
        searcher: &Searcher,
        template: &Request,
        title: &Title,
        analyzer: &Analyzer,
        seed: u64,
    ) -> anyhow::Result<()> {
        let tokens = analyzer.analyze(&title.text);
        let words: Vec<_> = tokens.iter().filter(|token| token.form == Form::Word).collect();
        for some in words.chunks(QUERY_WORDS) {
            let (start, end) = (some[0].offsets.start, some[some.len() - 1].offsets.end);
            let long = some.iter().filter(|word| word.term.chars().count() >= FEWEST_LETTERS);
            let Some(word) = long.max_by_key(|word| word.term.chars().count()) else { continue };
            let right = title.text[start..end].to_owned();
            let typed = &title.text[word.offsets.clone()];
            let wrong = format!(
                "{}{}{}",
                &title.text[start..word.offsets.start],
                mistype(typed, seed),
                &title.text[word.offsets.end..end]
            );
            let find =
                |text: &str| searcher.search(&Request { text: text.to_owned(), limit: LOOKED_AT, ..template.clone() });
            let response = find(&right)?;
            if !response.hits.iter().any(|hit| hit.id() == &title.id) {
                continue;
            }
            self.queries += 1;
            self.corrected += usize::from(response.meant.is_some());
            let is_recovered = find(&wrong)?.hits.iter().any(|hit| hit.id() == &title.id);
            self.recovered += usize::from(is_recovered);
            if !is_recovered {
                self.missed.push(format!("{wrong} ({right})"));
            }
        }
        Ok(())
    }
}

impl std::fmt::Display for TitleMeasures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let TitleMeasures { titles, beginnings, kept, narrowed, queries, recovered, corrected_though_right, .. } = self;
        writeln!(
            f,
            "typing     {beginnings} beginnings of {titles} titles: {kept:.4} found, {narrowed:.4} of steps narrow"
        )?;
        writeln!(
            f,
            "mistyping  {queries} queries: {recovered:.4} recovered, {corrected_though_right:.4} corrected though right"
        )?;
        for (name, latency) in [("latency", self.latency), ("suggesting", self.suggesting)] {
            let Some(Latencies { p50, p99 }) = latency else { continue };
            let [p50, p99] = [p50, p99].map(|duration| duration.as_secs_f64() * 1e3);
            writeln!(f, "{name:<10} p50 {p50:.2} ms, p99 {p99:.2} ms")?;
        }
        self.missed.iter().try_for_each(|missed| writeln!(f, "  missed: {missed}"))
    }
}
