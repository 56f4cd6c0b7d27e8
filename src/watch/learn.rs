//! Terms in both languages from the articles of a generation.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::background;
use crate::content::Article;
use crate::index::{Generation, IndexError};
use crate::lexicon::learn::{Glosses, LEARNING, Names, to_lines};
use crate::lexicon::{self, Lexicon};

/// So many articles wait at most to be read for their names.
const MOST_WAITING: usize = 16;
/// Where learning takes longer than this, it rests so many times as long as it took beyond.
const SHORT: Duration = Duration::from_secs(10);
const RARELY: u32 = 20;

/// Learns from the articles now and then.
pub(super) struct Learner {
    way: Way,
    /// When it may learn again.
    next: Instant,
    under_way: Option<UnderWay>,
    has_learned: Arc<AtomicBool>,
}

/// Whether those who look at the folder wait.
enum Way {
    AtOnce,
    Aside,
}

/// Learning that nobody waits for.
struct UnderWay {
    generation: Arc<Generation>,
    /// The commit that it began with; see [`Index::version`](crate::index::Index::version).
    version: u64,
    begun: Instant,
    lines: Receiver<Result<String, IndexError>>,
}

impl Learner {
    /// One that learns while others wait.
    pub(super) fn new() -> Learner {
        Learner { way: Way::AtOnce, next: Instant::now(), under_way: None, has_learned: Arc::default() }
    }

    /// One that learns beside those who look at the folder.
    pub(super) fn aside() -> Learner {
        Learner { way: Way::Aside, ..Learner::new() }
    }

    /// Set where something was learned aside that is not committed yet.
    pub(super) fn has_learned(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.has_learned)
    }

    /// Learns from the articles of `generation` if it is time, or begins to.
    ///
    /// # Errors
    /// [`IndexError`] if the index cannot be read or written.
    pub(super) fn learn(&mut self, generation: &Arc<Generation>) -> Result<(), IndexError> {
        let begun = Instant::now();
        if self.under_way.is_some() || begun < self.next {
            return Ok(());
        }
        match self.way {
            Way::AtOnce => {
                learn(generation)?;
                self.rest(begun);
            }
            Way::Aside if generation.index.learned()?.by != rules(generation) => {
                let (learned_of, version) = (Arc::clone(generation), generation.index.version());
                let (has_learned, (sender, lines)) = (self.has_learned(), sync_channel(1));
                background::spawn(move || {
                    // Nobody hears it where the indexer is gone.
                    let _ = sender.send(learned_from(&learned_of));
                    has_learned.store(true, Ordering::Release);
                });
                self.under_way = Some(UnderWay { generation: Arc::clone(generation), version, begun, lines });
            }
            Way::Aside => {}
        }
        Ok(())
    }

    /// Commits what was learned aside, if it is of `generation`. Where articles changed meanwhile it counts as what those
    /// before taught, and is learned anew.
    ///
    /// # Errors
    /// [`IndexError`] if the index could not be read, or cannot be written.
    pub(super) fn commit(&mut self, generation: &Arc<Generation>) -> Result<(), IndexError> {
        let Some(done) = self.under_way.take() else { return Ok(()) };
        let lines = match done.lines.try_recv() {
            Err(TryRecvError::Empty) => {
                self.under_way = Some(done);
                return Ok(());
            }
            learned => learned.ok(),
        };
        self.rest(done.begun);
        let Some(lines) = lines else {
            tracing::error!("learning from the articles failed; it is tried again at a later full look");
            return Ok(());
        };
        if !Arc::ptr_eq(generation, &done.generation) {
            return Ok(());
        }
        let is_of_last = generation.index.version() == done.version;
        commit(generation, &lines?)?;
        if is_of_last { generation.index.confirm_learned(&rules(generation)) } else { Ok(()) }
    }

    fn rest(&mut self, begun: Instant) {
        self.next = Instant::now() + begun.elapsed().saturating_sub(SHORT) * RARELY;
    }
}

/// Learns from the articles of the last commit, unless what was learned is from them, and commits it if it is not what is
/// there.
///
/// # Errors
/// [`IndexError`] if the index cannot be read or written.
pub fn learn(generation: &Generation) -> Result<(), IndexError> {
    let (index, rules) = (&generation.index, rules(generation));
    if index.learned()?.by == rules {
        return Ok(());
    }
    commit(generation, &learned_from(generation)?)?;
    index.confirm_learned(&rules)
}

/// Commits what was learned, if it is not what is there.
fn commit(Generation { index, .. }: &Generation, lines: &str) -> Result<(), IndexError> {
    if *lines == index.learned()?.lines { Ok(()) } else { index.commit_learned(lines) }
}

/// As [`learn`], while the index is put in the form that is searched fastest.
///
/// # Errors
/// As [`learn`].
pub(super) fn learn_and_compact(generation: &Generation) -> Result<(), IndexError> {
    let index = &generation.index;
    let lines: Result<String, IndexError> = thread::scope(|scope| {
        let compacting = scope.spawn(|| index.compact());
        let lines = learned_from(generation)?;
        compacting.join().unwrap_or_else(|panic| resume_unwind(panic))?;
        Ok(lines)
    });
    index.commit_learned(&lines?)?;
    index.confirm_learned(&rules(generation))
}

/// All that decides what articles teach.
fn rules(Generation { fingerprint, .. }: &Generation) -> String {
    format!("{LEARNING} {} {fingerprint}", blake3::Hash::from_bytes(lexicon::fingerprint()).to_hex())
}

/// What the articles of the last commit teach.
pub(super) fn learned_from(generation: &Generation) -> Result<String, IndexError> {
    let Generation { index, analyzer, site, .. } = generation;
    let lexicon = Lexicon::new(&site.glossary.join("\n"));
    thread::scope(|scope| {
        // Most of the time is taken by names, which are read in two parts, article by article in turn.
        let parts = [(); 2].map(|()| {
            let (sender, articles) = sync_channel::<Arc<Article>>(MOST_WAITING);
            let lexicon = &lexicon;
            let names = scope.spawn(move || {
                let mut names = Names::new(analyzer, lexicon);
                articles.into_iter().for_each(|article| texts(&article).for_each(|text| names.read(text)));
                names
            });
            (sender, names)
        });
        let mut turns = (0..parts.len()).cycle();
        let mut glosses = Glosses::new(analyzer);
        index.read_all(&mut |article| {
            let article = Arc::new(article);
            let turn = turns.next().unwrap_or_default();
            // Nobody hears it only after a panic, which is told below.
            let _ = parts[turn].0.send(Arc::clone(&article));
            texts(&article).for_each(|text| glosses.read(text));
        })?;
        let parts = parts.map(|(_, names)| names);
        let mut counts = glosses.into_counts();
        index.read_all(&mut |article| texts(&article).for_each(|text| counts.read(text)))?;
        let [mut names, others] = parts.map(|names| names.join().unwrap_or_else(|panic| resume_unwind(panic)));
        names.merge(others);
        Ok(to_lines(&counts.into_pairs(&lexicon)) + &names.into_lines())
    })
}

/// All that an article says.
fn texts(article: &Article) -> impl Iterator<Item = &str> {
    let Article { title, summary, blocks, authors, organisations, .. } = article;
    let localized = [title, summary].into_iter().flat_map(|text| [&text.th, &text.en]).flatten();
    let names = authors.iter().chain(organisations);
    localized.chain(names).map(String::as_str).chain(blocks.iter().map(|block| block.text.as_str()))
}
