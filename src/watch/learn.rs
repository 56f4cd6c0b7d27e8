//! Terms in both languages from the articles of a generation.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use crate::content::Article;
use crate::index::{Generation, IndexError};
use crate::lexicon::learn::{Glosses, LEARNING, Names, to_lines};
use crate::lexicon::{self, Lexicon};

/// So many articles wait at most to be read for their names.
const MOST_WAITING: usize = 16;

/// Learns from the articles of the last commit, unless what was learned is from them, and commits it if it is not what is
/// there.
///
/// # Errors
/// [`IndexError`] if the index cannot be read or written.
pub fn learn(generation: &Generation) -> Result<(), IndexError> {
    let (index, rules) = (&generation.index, rules(generation));
    let known = index.learned()?;
    if known.by == rules {
        return Ok(());
    }
    let lines = learned_from(generation)?;
    if lines != known.lines {
        index.commit_learned(&lines)?;
    }
    index.confirm_learned(&rules)
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
