//! Every problem of a content folder, found without an index.

use std::collections::BTreeSet;

use super::article::{Reference, whole_title};
use super::folder::{Folder, Look};
use super::ledger::{Entry, Ledger};
use super::origin::Origin;
use super::part::{Ending, Part};
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
    let mut found = Found::default();
    for path in seen.files.keys() {
        match folder.read(path, &site, &mut |part| found.part(part, &site)) {
            Ok(whole) => {
                found.problems.extend(whole.problems);
                match whole.ending {
                    Ending::Complete => {}
                    Ending::BrokenOff(problem) | Ending::Unreadable(problem) => found.problems.push(problem),
                }
            }
            Err(problem) => found.problems.push(problem),
        }
    }
    let missing = found.missing(folder);
    let mut problems = [seen.problems, site_problems, found.problems, found.ledger.problems(), missing].concat();
    problems.sort();
    Ok(Checked { articles: found.ledger.articles(), other_files: seen.other_files, problems })
}

/// What the files have, without the articles themselves, which may be too many for memory.
#[derive(Default)]
struct Found {
    ledger: Ledger,
    problems: Vec<Problem>,
    titles: BTreeSet<String>,
    /// What names related articles, with its line.
    naming: Vec<(Origin, Option<usize>, Vec<Reference>)>,
}

impl Found {
    fn part(&mut self, part: Part, site: &Site) {
        self.ledger.set(&part.origin, Some(Entry::of(&part)));
        let Ok(parsed) = part.read else { return };
        self.titles.extend(parsed.article.whole_titles(site));
        if !parsed.article.related.is_empty() {
            self.naming.push((part.origin, part.line, parsed.article.related));
        }
    }

    /// A warning for each hand-picked article that does not exist.
    fn missing(&self, folder: &Folder) -> Vec<Problem> {
        let mut missing = Vec::new();
        for (origin, line, references) in &self.naming {
            let references = references.iter().filter(|reference| !self.has(reference));
            missing.extend(references.map(|reference| warning(reference, origin, *line, folder)));
        }
        missing
    }

    fn has(&self, reference: &Reference) -> bool {
        match reference {
            Reference::Id(id) => self.ledger.has(id),
            Reference::Title(title) => self.titles.contains(&whole_title(title)),
        }
    }
}

fn warning(reference: &Reference, origin: &Origin, line: Option<usize>, folder: &Folder) -> Problem {
    let (name, reason) = match reference {
        Reference::Id(id) => (id.as_str(), format!("related names \"{id}\", but no article has this id")),
        Reference::Title(title) => {
            (title.as_str(), format!("related_titles names \"{title}\", but no article has this title"))
        }
    };
    Problem::warning(&origin.path, line.or_else(|| first_line_with(name, origin, folder)), reason)
}

/// The line of a file of text that has `name` first.
fn first_line_with(name: &str, origin: &Origin, folder: &Folder) -> Option<usize> {
    let text = origin.item.is_none().then(|| std::fs::read_to_string(folder.root().join(&*origin.path)))?.ok()?;
    text.lines().position(|line| line.contains(name)).map(|line| line + 1)
}
