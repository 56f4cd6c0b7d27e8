//! Every problem of a content folder, found without an index.

use super::article::{Article, ArticleId};
use super::folder::{Folder, Look};
use super::ledger::{Entry, Ledger};
use super::problem::{ContentError, Problem};
use super::read::{Parsed, parse};
use super::snapshot::Snapshot;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Articles that can be indexed.
    pub articles: usize,
    /// Files of no known format, which are passed over.
    pub other_files: usize,
    /// Everything that is not as it should be, by path and line.
    pub problems: Vec<Problem>,
}

/// Reads every file of the folder as the indexer does, and looks whether hand-picked related articles
/// exist.
///
/// # Errors
/// [`ContentError`] if the folder cannot be read.
pub fn check(folder: &Folder) -> Result<Checked, ContentError> {
    let seen = folder.scan(&Snapshot::default(), Look::Full)?;
    let mut problems = seen.problems;
    let site = folder.site().unwrap_or_else(|error| {
        problems.push(Problem::error("", None, error.to_string()));
        super::Site::default()
    });
    let mut ledger = Ledger::default();
    let mut links = Vec::new();
    for path in seen.files.keys() {
        let read = folder
            .read(path)
            .and_then(|(text, _)| Ok((parse(path, &text, &site)?, text)));
        let entry = match read {
            Ok((Parsed { article, problems }, text)) => {
                links.extend(related_with_lines(&article, &text));
                Entry {
                    claim: Some(article.id),
                    problems,
                }
            }
            Err(problem) => Entry {
                claim: None,
                problems: vec![problem],
            },
        };
        ledger.set(path, Some(entry));
    }
    problems.extend(ledger.problems());
    let missing = |(path, line, id): (String, Option<usize>, ArticleId)| {
        let reason = format!("related names \"{id}\", but no article has this id");
        (!ledger.has(&id)).then(|| Problem::warning(&path, line, reason))
    };
    problems.extend(links.into_iter().filter_map(missing));
    problems.sort();
    Ok(Checked {
        articles: ledger.articles(),
        other_files: seen.other_files,
        problems,
    })
}

/// The related ids of an article, each with the line that names it first.
fn related_with_lines(article: &Article, text: &str) -> Vec<(String, Option<usize>, ArticleId)> {
    let line_of = |id: &ArticleId| text.lines().position(|line| line.contains(&id.0)).map(|line| line + 1);
    article
        .related
        .iter()
        .map(|id| (article.path.clone(), line_of(id), id.clone()))
        .collect()
}
