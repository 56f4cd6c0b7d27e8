//! Terms in both languages from the articles of a generation.

use crate::content::Article;
use crate::index::{Generation, IndexError};
use crate::lexicon::Lexicon;
use crate::lexicon::learn::{Glosses, Names, to_lines};

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
    let (mut glosses, mut names) = (Glosses::new(analyzer), Names::new(analyzer, &lexicon));
    index.read_all(&mut |article| {
        for text in texts(&article) {
            glosses.read(text);
            names.read(text);
        }
    })?;
    let mut counts = glosses.into_counts();
    index.read_all(&mut |article| texts(&article).for_each(|text| counts.read(text)))?;
    Ok(to_lines(&counts.into_pairs(&lexicon)) + &names.into_lines())
}

/// All that an article says.
fn texts(article: &Article) -> impl Iterator<Item = &str> {
    let Article { title, summary, blocks, authors, organisations, .. } = article;
    let localized = [title, summary].into_iter().flat_map(|text| [&text.th, &text.en]).flatten();
    let names = authors.iter().chain(organisations);
    localized.chain(names).map(String::as_str).chain(blocks.iter().map(|block| block.text.as_str()))
}
