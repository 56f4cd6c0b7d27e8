//! Terms in both languages from the articles of a generation.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use crate::content::Article;
use crate::index::{Generation, IndexError};
use crate::lexicon::Lexicon;
use crate::lexicon::learn::{Glosses, Names, to_lines};

/// So many articles wait at most to be read for their names.
const MOST_WAITING: usize = 16;

/// Learns from the articles of the last commit and commits what was learned, if it is not what is there.
///
/// # Errors
/// [`IndexError`] if the index cannot be read or written.
pub fn learn(generation: &Generation) -> Result<(), IndexError> {
    let learned = learned_from(generation)?;
    if learned == generation.index.learned()? { Ok(()) } else { generation.index.commit_learned(&learned) }
}

/// What the articles of the last commit teach.
pub(super) fn learned_from(generation: &Generation) -> Result<String, IndexError> {
    let Generation { index, analyzer, site, .. } = generation;
    let lexicon = Lexicon::new(&site.glossary.join("\n"));
    thread::scope(|scope| {
        // Most of the time is taken by names.
        let (sender, articles) = sync_channel::<Arc<Article>>(MOST_WAITING);
        let names = scope.spawn(|| {
            let mut names = Names::new(analyzer, &lexicon);
            articles.into_iter().for_each(|article| texts(&article).for_each(|text| names.read(text)));
            names.into_lines()
        });
        let mut glosses = Glosses::new(analyzer);
        index.read_all(&mut |article| {
            let article = Arc::new(article);
            // Nobody hears it only after a panic, which is told below.
            let _ = sender.send(Arc::clone(&article));
            texts(&article).for_each(|text| glosses.read(text));
        })?;
        drop(sender);
        let mut counts = glosses.into_counts();
        index.read_all(&mut |article| texts(&article).for_each(|text| counts.read(text)))?;
        let names = names.join().unwrap_or_else(|panic| resume_unwind(panic));
        Ok(to_lines(&counts.into_pairs(&lexicon)) + &names)
    })
}

/// All that an article says.
fn texts(article: &Article) -> impl Iterator<Item = &str> {
    let Article { title, summary, blocks, authors, organisations, .. } = article;
    let localized = [title, summary].into_iter().flat_map(|text| [&text.th, &text.en]).flatten();
    let names = authors.iter().chain(organisations);
    localized.chain(names).map(String::as_str).chain(blocks.iter().map(|block| block.text.as_str()))
}
