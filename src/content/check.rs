//! Every problem of a content folder, found without an index.

use super::article::{Article, ArticleId};
use super::folder::{Folder, Look};
use super::ledger::{Entry, Ledger};
use super::problem::{ContentError, Problem};
use super::site::Site;
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
    let (site, site_problems) = folder.site(&Site::default());
    let mut problems = [seen.problems, site_problems].concat();
    let mut ledger = Ledger::default();
    let mut articles = Vec::new();
    for path in seen.files.keys() {
        let read = folder.load(path, &site).and_then(|loaded| loaded.read);
        ledger.set(path, Some(Entry::of(&read)));
        articles.extend(read.map(|parsed| parsed.article));
    }
    problems.extend(ledger.problems());
    problems.extend(articles.iter().flat_map(|article| missing_related(article, folder, &ledger)));
    problems.sort();
    Ok(Checked { articles: ledger.articles(), other_files: seen.other_files, problems })
}

/// A warning for each hand-picked article that does not exist, with the line that names it first.
fn missing_related(article: &Article, folder: &Folder, ledger: &Ledger) -> Vec<Problem> {
    let missing: Vec<_> = article.related.iter().filter(|id| !ledger.has(id)).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let text = std::fs::read_to_string(folder.root().join(&article.path)).unwrap_or_default();
    let line_of = |id: &str| text.lines().position(|line| line.contains(id)).map(|line| line + 1);
    let warning = |id: &ArticleId| {
        let reason = format!("related names \"{id}\", but no article has this id");
        Problem::warning(&article.path, line_of(&id.0), reason)
    };
    missing.into_iter().map(warning).collect()
}
