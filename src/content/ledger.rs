//! Which file holds which article, so that two files never answer to one id.

use std::collections::{BTreeMap, BTreeSet};

use super::article::ArticleId;
use super::origin::Origin;
use super::part::Part;
use super::problem::Problem;

/// The files that were looked at and their items, with what each of them claims to be.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: BTreeMap<Origin, Entry>,
    /// Which article each of them is.
    claims: BTreeSet<(ArticleId, Origin)>,
    /// How many different articles they are.
    articles: usize,
}

/// What is known of one file or item.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id of its article; `None` for one that is none.
    pub claim: Option<ArticleId>,
    /// The hash of what it says; `None` where the index may have something else.
    pub hash: Option<blake3::Hash>,
    /// The line that it begins in, for an item.
    pub line: Option<usize>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Entry {
    /// What a part is that was read.
    pub fn of(part: &Part) -> Entry {
        let (claim, problems) = match &part.read {
            Ok(parsed) => (Some(parsed.article.id.clone()), parsed.problems.clone()),
            Err(problem) => (None, vec![problem.clone()]),
        };
        Entry { claim, hash: Some(part.hash), line: part.line, problems }
    }

    /// What a file is whose items have entries of their own.
    pub fn of_file(problems: Vec<Problem>) -> Entry {
        Entry { problems, ..Entry::default() }
    }

    /// Whether the other one says the same, and is the same article.
    pub fn says_the_same(&self, other: &Entry) -> bool {
        self.hash.is_some() && self.hash == other.hash && self.claim == other.claim
    }
}

/// Made at once its maps take half the memory that they take when they grow in order.
impl FromIterator<(Origin, Entry)> for Ledger {
    fn from_iter<I: IntoIterator<Item = (Origin, Entry)>>(entries: I) -> Ledger {
        let entries: BTreeMap<Origin, Entry> = entries.into_iter().collect();
        let claim = |(origin, entry): (&Origin, &Entry)| Some((entry.claim.clone()?, origin.clone()));
        let claims: BTreeSet<(ArticleId, Origin)> = entries.iter().filter_map(claim).collect();
        let mut ledger = Ledger { entries, claims, articles: 0 };
        ledger.articles = ledger.owned().count();
        ledger
    }
}

impl Ledger {
    /// Notes what is at `origin`, or with `None` that it is gone. Gives the *other* origins for
    /// which this decides whether their article is indexed.
    pub fn set(&mut self, origin: &Origin, entry: Option<Entry>) -> BTreeSet<Origin> {
        if let (Some(before), Some(entry)) = (self.entries.get_mut(origin), &entry)
            && before.claim == entry.claim
        {
            // The text of the id is shared with the claims.
            *before = Entry { claim: before.claim.take(), ..entry.clone() };
            return BTreeSet::new();
        }
        let claim_before = self.entries.get(origin).and_then(|entry| entry.claim.clone());
        let claim_after = entry.as_ref().and_then(|entry| entry.claim.clone());
        let owners_before = self.owners(&claim_before, &claim_after);
        if let Some(id) = &claim_before {
            self.claims.remove(&(id.clone(), origin.clone()));
            self.articles -= usize::from(!self.has(id));
        }
        if let Some(id) = &claim_after {
            self.articles += usize::from(!self.has(id));
            self.claims.insert((id.clone(), origin.clone()));
        }
        match entry {
            Some(entry) => self.entries.insert(origin.clone(), entry),
            None => self.entries.remove(origin),
        };
        let owners_after = self.owners(&claim_before, &claim_after);
        owners_before.symmetric_difference(&owners_after).filter(|other| *other != origin).cloned().collect()
    }

    /// What is known of `origin`.
    pub fn entry(&self, origin: &Origin) -> Option<&Entry> {
        self.entries.get(origin)
    }

    /// The file at `path` and its items, as far as there are entries of them.
    pub fn of_file(&self, path: &str) -> impl Iterator<Item = &Origin> {
        let from_file = self.entries.range(Origin::file(path)..).map(|(origin, _)| origin);
        from_file.take_while(move |origin| &*origin.path == path)
    }

    /// Whether the article of `origin` is the one indexed under its id: of several with one id, the first by path
    /// and item has it.
    pub fn owns(&self, origin: &Origin) -> bool {
        let claim = self.entries.get(origin).and_then(|entry| entry.claim.as_ref());
        claim.and_then(|id| self.owner(id)) == Some(origin)
    }

    /// Forgets what the article of `origin` says, so that it counts as changed when it is read again.
    pub fn doubt(&mut self, origin: &Origin) {
        if let Some(entry) = self.entries.get_mut(origin) {
            entry.hash = None;
        }
    }

    /// The articles that are indexed, each with where it comes from.
    pub fn owned(&self) -> impl Iterator<Item = (&ArticleId, &Origin)> {
        let mut last = None;
        self.claims.iter().filter_map(move |(id, origin)| (last.replace(id) != Some(id)).then_some((id, origin)))
    }

    /// Whether any article has this id.
    pub fn has(&self, id: &ArticleId) -> bool {
        self.owner(id).is_some()
    }

    /// How many articles are indexed.
    pub fn articles(&self) -> usize {
        self.articles
    }

    /// What is wrong now, by path.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.entries.values().flat_map(|entry| entry.problems.clone()).collect();
        problems.extend(self.clashes());
        problems.sort();
        problems
    }

    /// All that claim to be this article, the one that owns it first.
    fn claimants(&self, id: &ArticleId) -> impl Iterator<Item = &Origin> + use<'_> {
        let id = id.clone();
        let from_first = self.claims.range((id.clone(), Origin::file(""))..);
        from_first.take_while(move |(of, _)| *of == id).map(|(_, origin)| origin)
    }

    fn owner(&self, id: &ArticleId) -> Option<&Origin> {
        self.claimants(id).next()
    }

    fn owners(&self, before: &Option<ArticleId>, after: &Option<ArticleId>) -> BTreeSet<Origin> {
        before.iter().chain(after).filter_map(|id| self.owner(id)).cloned().collect()
    }

    fn clashes(&self) -> Vec<Problem> {
        if self.articles == self.claims.len() {
            return Vec::new();
        }
        let next = self.claims.iter().skip(1);
        let several = self.claims.iter().zip(next).filter(|((one, _), (other, _))| one == other);
        let several: BTreeSet<&ArticleId> = several.map(|((id, _), _)| id).collect();
        several.into_iter().flat_map(|id| self.clash(id)).collect()
    }

    /// What is told of each of several that claim one id.
    fn clash(&self, id: &ArticleId) -> Vec<Problem> {
        let origins: Vec<&Origin> = self.claimants(id).collect();
        origins.iter().map(|origin| self.clash_of(id, origin, &origins)).collect()
    }

    fn clash_of(&self, id: &ArticleId, origin: &Origin, origins: &[&Origin]) -> Problem {
        let line = self.entries.get(origin).and_then(|entry| entry.line);
        let others = origins.iter().filter(|other| **other != origin).map(ToString::to_string);
        let others = others.collect::<Vec<_>>().join(", ");
        if origins.first() == Some(&origin) {
            let reason =
                format!("has the id \"{id}\" that {others} has too, which is not indexed; give one another id");
            return Problem::warning(&origin.path, line, reason);
        }
        let reason = format!("has the id \"{id}\" that {others} has too, so it is not indexed; give it another id");
        Problem::error(&origin.path, line, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str) -> Option<Entry> {
        Some(Entry { claim: Some(ArticleId::new(id)), ..Entry::default() })
    }

    fn at(path: &str) -> Origin {
        Origin::file(path)
    }

    fn others(paths: &[&str]) -> BTreeSet<Origin> {
        paths.iter().map(|path| at(path)).collect()
    }

    #[test]
    fn the_first_path_has_the_id_and_both_are_told() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.set(&at("b.md"), entry("x")), others(&[]));
        assert_eq!(ledger.set(&at("a.md"), entry("x")), others(&["b.md"]));
        assert!(ledger.owns(&at("a.md")) && !ledger.owns(&at("b.md")));
        let told: Vec<String> = ledger.problems().into_iter().map(|problem| problem.path).collect();
        assert_eq!(told, ["a.md", "b.md"]);
    }

    #[test]
    fn when_the_first_goes_the_second_takes_its_place() {
        let mut ledger = Ledger::default();
        ledger.set(&at("a.md"), entry("x"));
        ledger.set(&at("b.md"), entry("x"));
        assert_eq!(ledger.set(&at("a.md"), None), others(&["b.md"]));
        assert!(ledger.owns(&at("b.md")));
        assert_eq!((ledger.articles(), ledger.problems().len()), (1, 0));
    }

    #[test]
    fn a_file_that_stops_being_an_article_gives_up_its_id() {
        let mut ledger = Ledger::default();
        ledger.set(&at("a.md"), entry("x"));
        ledger.set(&at("b.md"), entry("x"));
        let broken = Entry::of_file(vec![Problem::error("a.md", None, "broken")]);
        assert_eq!(ledger.set(&at("a.md"), Some(broken)), others(&["b.md"]));
        assert!(ledger.owns(&at("b.md")) && !ledger.owns(&at("a.md")));
    }

    #[test]
    fn items_of_one_file_are_told_apart_in_its_lines() {
        let mut ledger = Ledger::default();
        for (item, line) in [("1", 3), ("2", 9)] {
            let entry = Entry { line: Some(line), ..entry("x").expect("an entry") };
            ledger.set(&Origin::item("a.ndjson", item), Some(entry));
        }
        ledger.set(&at("a.ndjson.md"), entry("y"));
        assert_eq!(ledger.of_file("a.ndjson").count(), 2);
        let told: Vec<String> = ledger.problems().iter().map(Problem::to_string).collect();
        assert!(told[0].starts_with("a.ndjson:3: warning: has the id \"x\" that a.ndjson#2 has too"), "{told:?}");
        assert!(told[1].starts_with("a.ndjson:9: error: has the id \"x\" that a.ndjson#1 has too"), "{told:?}");
    }
}
