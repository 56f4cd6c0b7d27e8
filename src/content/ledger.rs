//! Which file holds which article, so that two files never answer to one id.

use std::collections::{BTreeMap, BTreeSet};

use super::article::ArticleId;
use super::problem::Problem;
use super::read::Parsed;

/// The files that were looked at, with what each of them claims to be.
#[derive(Debug, Default)]
pub struct Ledger {
    files: BTreeMap<String, Entry>,
    claims: BTreeMap<ArticleId, BTreeSet<String>>,
}

/// What is known of one file.
#[derive(Debug, Default, Clone)]
pub struct Entry {
    /// The id of its article; `None` for a file that is none.
    pub claim: Option<ArticleId>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Entry {
    /// What a file is that was read.
    pub fn of(read: &Result<Parsed, Problem>) -> Entry {
        match read {
            Ok(parsed) => Entry { claim: Some(parsed.article.id.clone()), problems: parsed.problems.clone() },
            Err(problem) => Entry { claim: None, problems: vec![problem.clone()] },
        }
    }
}

impl Ledger {
    /// Notes what the file at `path` is, or with `None` that it is gone. Gives the *other* files for
    /// which this decides whether their article is indexed.
    pub fn set(&mut self, path: &str, entry: Option<Entry>) -> BTreeSet<String> {
        let claim_before = self.files.get(path).and_then(|entry| entry.claim.clone());
        let claim_after = entry.as_ref().and_then(|entry| entry.claim.clone());
        let owners_before = self.owners(&claim_before, &claim_after);
        self.give_up(path, claim_before.as_ref());
        if let Some(id) = &claim_after {
            self.claims.entry(id.clone()).or_default().insert(path.to_owned());
        }
        match entry {
            Some(entry) => self.files.insert(path.to_owned(), entry),
            None => self.files.remove(path),
        };
        let owners_after = self.owners(&claim_before, &claim_after);
        owners_before.symmetric_difference(&owners_after).filter(|other| *other != path).cloned().collect()
    }

    /// Whether the article of the file at `path` is the one indexed under its id: of several files with
    /// one id, the first by path has it.
    pub fn owns(&self, path: &str) -> bool {
        let claim = self.files.get(path).and_then(|entry| entry.claim.as_ref());
        claim.and_then(|id| self.owner(id)) == Some(path)
    }

    /// The articles that are indexed, each with the path of its file.
    pub fn owned(&self) -> impl Iterator<Item = (&ArticleId, &str)> {
        self.claims.iter().filter_map(|(id, paths)| Some((id, paths.first()?.as_str())))
    }

    /// Whether any file has this id.
    pub fn has(&self, id: &ArticleId) -> bool {
        self.claims.contains_key(id)
    }

    /// How many articles are indexed.
    pub fn articles(&self) -> usize {
        self.claims.len()
    }

    /// What is wrong now, by path.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.files.values().flat_map(|entry| entry.problems.clone()).collect();
        for (id, paths) in self.claims.iter().filter(|(_, paths)| paths.len() > 1) {
            problems.extend(paths.iter().map(|path| clash(id, path, paths)));
        }
        problems.sort();
        problems
    }

    fn give_up(&mut self, path: &str, claim: Option<&ArticleId>) {
        let Some((id, paths)) = claim.and_then(|id| Some((id, self.claims.get_mut(id)?))) else { return };
        paths.remove(path);
        if paths.is_empty() {
            self.claims.remove(id);
        }
    }

    fn owner(&self, id: &ArticleId) -> Option<&str> {
        self.claims.get(id)?.first().map(String::as_str)
    }

    fn owners(&self, before: &Option<ArticleId>, after: &Option<ArticleId>) -> BTreeSet<String> {
        before.iter().chain(after).filter_map(|id| self.owner(id)).map(str::to_owned).collect()
    }
}

fn clash(id: &ArticleId, path: &String, paths: &BTreeSet<String>) -> Problem {
    let others: Vec<&str> = paths.iter().filter(|other| *other != path).map(String::as_str).collect();
    let others = others.join(", ");
    if paths.first() == Some(path) {
        return Problem::warning(
            path,
            None,
            format!("has the id \"{id}\" that {others} has too, which is not indexed; give one another id"),
        );
    }
    Problem::error(
        path,
        None,
        format!("has the id \"{id}\" that {others} has too, so it is not indexed; give it another id"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str) -> Option<Entry> {
        Some(Entry { claim: Some(ArticleId(id.to_owned())), problems: Vec::new() })
    }

    fn others(paths: &[&str]) -> BTreeSet<String> {
        paths.iter().map(|path| path.to_string()).collect()
    }

    #[test]
    fn the_first_path_has_the_id_and_both_are_told() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.set("b.md", entry("x")), others(&[]));
        assert_eq!(ledger.set("a.md", entry("x")), others(&["b.md"]));
        assert!(ledger.owns("a.md") && !ledger.owns("b.md"));
        let told: Vec<String> = ledger.problems().into_iter().map(|problem| problem.path).collect();
        assert_eq!(told, ["a.md", "b.md"]);
    }

    #[test]
    fn when_the_first_goes_the_second_takes_its_place() {
        let mut ledger = Ledger::default();
        ledger.set("a.md", entry("x"));
        ledger.set("b.md", entry("x"));
        assert_eq!(ledger.set("a.md", None), others(&["b.md"]));
        assert!(ledger.owns("b.md"));
        assert_eq!((ledger.articles(), ledger.problems().len()), (1, 0));
    }

    #[test]
    fn a_file_that_stops_being_an_article_gives_up_its_id() {
        let mut ledger = Ledger::default();
        ledger.set("a.md", entry("x"));
        ledger.set("b.md", entry("x"));
        let broken = Entry { claim: None, problems: vec![Problem::error("a.md", None, "broken")] };
        assert_eq!(ledger.set("a.md", Some(broken)), others(&["b.md"]));
        assert!(ledger.owns("b.md") && !ledger.owns("a.md"));
    }
}
