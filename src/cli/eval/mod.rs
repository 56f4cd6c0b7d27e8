//! `khonha eval`: how good the rankings are, on queries whose right answers people have judged.

mod files;
mod report;
mod titles;

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;
use tempfile::TempDir;

use self::files::{CorpusDocument, JudgedQuery};
use self::report::Report;
use super::output::print;
use super::progress::Bar;
use crate::config::Config;
use crate::content::{Article, ArticleId, Block, BlockKind, Localized, Origin, Site};
use crate::index::{Access, ClusterSettings, Document, Engine, Generation, Store};
use crate::search::measure::{Measured, Ranking, Run};
use crate::search::{self, Request, Searcher, Weights};
use crate::text::Language;
use crate::watch;

/// How many hits are ranked: as deep as the deepest measure looks.
const DEPTH: usize = 100;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Documents to index for this once: BEIR's corpus.jsonl, gzip or not [default: the live index]
    #[arg(long, value_name = "FILE")]
    corpus: Option<PathBuf>,
    /// Queries: JSON lines with _id and text, or lines of id, tab, text
    #[arg(long, value_name = "FILE", required_unless_present = "titles")]
    queries: Option<PathBuf>,
    /// Judgements: BEIR's qrels.tsv, or TREC's
    #[arg(long, value_name = "FILE", required_unless_present = "titles")]
    qrels: Option<PathBuf>,
    /// Measure how well the titles of the live index are found while they are typed, and when they are mistyped
    #[arg(long, conflicts_with_all = ["corpus", "queries", "qrels", "run_out", "compare"])]
    titles: bool,
    /// Write the rankings as a TREC run
    #[arg(long, value_name = "FILE")]
    run_out: Option<PathBuf>,
    /// Show what has changed since a run that was written before
    #[arg(long, value_name = "RUN")]
    compare: Option<PathBuf>,
    /// How many of the worst queries to show
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    worst: usize,
    /// Set a parameter of every search, such as --filter translate=false
    #[arg(long = "filter", value_name = "NAME=VALUE")]
    filters: Vec<String>,
    /// Change a weight of the ranking, such as --weight adjacent=0
    #[arg(long = "weight", value_name = "NAME=NUMBER")]
    weights: Vec<String>,
    /// Print the measures as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: &Config, options: &Options) -> anyhow::Result<ExitCode> {
    let template = template(options)?;
    let (Some(queries_file), Some(qrels_file)) = (&options.queries, &options.qrels) else {
        let searcher = Searcher::new(Arc::new(super::store(config, Access::Read)?));
        let measures = titles::measure(&searcher, &template)?;
        print(&if options.json { serde_json::to_string_pretty(&measures)? + "\n" } else { measures.to_string() })?;
        return Ok(ExitCode::SUCCESS);
    };
    let (queries, judgements) = (files::queries(queries_file)?, files::judgements(qrels_file)?);
    let before = options.compare.as_ref().map(|path| files::run(path)).transpose()?;
    let throw_away = options.corpus.as_ref().map(|_| ThrowAway::new(config)).transpose()?;
    let searcher = match (&options.corpus, &throw_away) {
        (Some(corpus), Some(throw_away)) => throw_away.with(files::corpus(corpus)?)?,
        _ => Searcher::new(Arc::new(super::store(config, Access::Read)?)),
    };
    let mut answers = Answers::default();
    // Documents and queries of other data sets may share ids with these; what is not judged is not asked.
    for query in queries.iter().filter(|query| judgements.contains_key(&query.id)) {
        answers.ask(&searcher, query, &template)?;
    }
    if let Some(path) = &options.run_out {
        files::write_run(path, &answers.run)?;
    }
    let measured = Measured::of(&judgements, &answers.run);
    let texts = queries.iter().map(|query| (query.id.as_str(), query.text.as_str())).collect();
    let before = before.map(|run| Measured::of(&judgements, &run));
    let report = Report::new(&measured, before.as_ref(), answers, options.worst, &texts)
        .with_context(|| format!("no query of {} is judged in {}", queries_file.display(), qrels_file.display()))?;
    print(&if options.json { serde_json::to_string_pretty(&report)? + "\n" } else { report.to_string() })?;
    Ok(ExitCode::SUCCESS)
}

/// The text of each query by its id.
type Texts<'a> = HashMap<&'a str, &'a str>;

/// The request that every query is asked with.
fn template(options: &Options) -> anyhow::Result<Request> {
    let mut request = super::search::request("", &options.filters)?.0;
    for setting in &options.weights {
        let (name, number) = super::search::pair("weight", setting)?;
        let number = number.parse().with_context(|| format!("--weight {setting}: {number} is no number"))?;
        request.weights = request.weights.with(name, number).with_context(|| {
            format!("--weight {setting}: there is no such weight; there are {}", Weights::default().names().join(", "))
        })?;
    }
    Ok(request)
}

/// What the search has answered, and how long it took for a page of it.
#[derive(Default)]
struct Answers {
    run: Run,
    durations: Vec<Duration>,
    /// Queries of which something was not searched as typed, with what is said of them.
    cut: usize,
}

impl Answers {
    fn ask(&mut self, searcher: &Searcher, query: &JudgedQuery, template: &Request) -> anyhow::Result<()> {
        let request = Request { text: query.text.clone(), ..template.clone() };
        let started = Instant::now();
        let page = searcher.search(&request)?;
        self.durations.push(started.elapsed());
        self.cut += usize::from(page.warnings.iter().any(search::Warning::tells_of_a_cut));
        let all = searcher.search(&Request { limit: DEPTH, ..request })?;
        let scored = all.hits.into_iter().map(|hit| (hit.article.id.to_string(), f64::from(hit.score)));
        self.run.insert(query.id.clone(), Ranking::new(scored));
        Ok(())
    }
}

/// An index that is thrown away, of the operator's engine; in a cluster with indices of their own names.
struct ThrowAway {
    store: Arc<Store>,
    _folder: TempDir,
}

impl ThrowAway {
    fn new(config: &Config) -> anyhow::Result<ThrowAway> {
        let folder = tempfile::tempdir()?;
        let engine = match super::engine(config)? {
            Engine::OpenSearch(settings) => {
                Engine::OpenSearch(ClusterSettings { prefix: format!("{}-eval", settings.prefix), ..settings })
            }
            engine => engine,
        };
        let store = Arc::new(Store::open_on(&engine, folder.path(), Access::Write)?);
        if store.writing()?.is_none() {
            bail!("another measurement with the same cluster is under way; wait until it ends");
        }
        Ok(ThrowAway { store, _folder: folder })
    }

    /// Searches these documents.
    fn with(&self, documents: impl Iterator<Item = anyhow::Result<CorpusDocument>>) -> anyhow::Result<Searcher> {
        let building = self.store.begin(Site::default())?;
        let Generation { index, analyzer, site, .. } = building.generation();
        let bar = Bar::of_articles("Indexing");
        for (number, document) in documents.enumerate() {
            let document = document?;
            let hash = blake3::hash(document.text.as_bytes());
            index.add(Document::new(article(document), hash, analyzer, site))?;
            bar.show(number, number + 1);
        }
        index.commit()?;
        watch::learn(building.generation())?;
        self.store.switch_to(building)?;
        Ok(Searcher::new(Arc::clone(&self.store)))
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        // One that another process writes is not ours.
        if let Err(error) = self.store.is_writing().then(|| self.store.discard()).transpose() {
            tracing::warn!(%error, "the indices of the measurement are left in the cluster; the next one removes them");
        }
    }
}

fn article(document: CorpusDocument) -> Article {
    let CorpusDocument { id, title, text } = document;
    let language = |text: &str| Language::of(text).unwrap_or(Language::English);
    let mut titles = Localized::default();
    if !title.trim().is_empty() {
        let of = language(&title);
        *titles.get_mut(of) = Some(title);
    }
    let paragraphs = text.split('\n').filter(|paragraph| !paragraph.trim().is_empty());
    let block = |text: &str| Block {
        language: language(text),
        kind: BlockKind::Text,
        text: text.to_owned(),
        pages: Vec::new(),
    };
    Article {
        origin: Origin::file(id.as_str()),
        id: ArticleId::new(id),
        title: titles,
        date: None,
        authors: Vec::new(),
        organisations: Vec::new(),
        topics: Vec::new(),
        series: None,
        languages: vec![language(&text)],
        source: None,
        related: Vec::new(),
        summary: Localized::default(),
        blocks: paragraphs.map(block).collect(),
        body: text,
        extra: serde_json::Map::new(),
    }
}
