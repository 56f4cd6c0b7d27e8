//! What holds of the search of any text. The fuzz target holds it to the same rules.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use khonha::content::{Article, ArticleId, Localized, Origin};
use khonha::index::{
    CommitName, Digests, Document, Explanation, Field, FoundArticles, Generation, Index, IndexError, IndexedOrigin,
    Learned, Outcome, Plan, Query, Store, analyzer,
};
use khonha::search::{Knowledge, Request, Response, Snippet, Warning, search};

/// The longest query, in characters.
const LONGEST_QUERY: usize = 256;
/// The most that a plan looks up: 32 beginnings, for each 50 words in 11 fields; and what is rewarded beside.
const MOST_LOOKUPS: usize = 32 * 50 * 11 + 1_000;

/// What the query language is made of, and words of the corpus, whole and cut.
pub const PIECES: [&str; 64] = [
    " ",
    " ",
    " ",
    "\"",
    "“",
    "”",
    "(",
    ")",
    "-",
    "*",
    ":",
    "|",
    " OR ",
    " AND ",
    " NOT ",
    "title:",
    "ชื่อเรื่อง:",
    "author:",
    "ผู้แต่ง:",
    "topic:",
    "หัวข้อ:",
    "org:",
    "series:",
    "lang:th",
    "ภาษา:",
    "year:",
    "ปี:",
    "ปี ",
    "พ.ศ. ",
    "2567",
    "๒๕๖๐",
    "-2024",
    ">=",
    "..",
    "ก",
    "เ",
    "แ",
    "ท",
    "ำ",
    "่",
    "ๆ",
    "ฯ",
    "\u{200B}",
    "a",
    "s",
    "p",
    "ธรรมาภิบาล",
    "ทุจริต",
    "จัดซื้อ",
    "จัดจ้าง",
    "จัดซื้ด",
    "ฮั้วประมูล",
    "ป.ป.ช.",
    "ปปช",
    "การ",
    "ความ",
    "โปร่งใส",
    "whistleb",
    "corruption",
    "corrupton",
    "conflict of interest",
    "the",
    "ไดโนเสาร์",
    "🎉",
];

/// An index that is searched, and watched while it is.
pub struct Watched {
    generation: Generation,
    knowledge: Knowledge,
}

impl Watched {
    /// The index in use.
    pub fn of(store: &Store) -> Watched {
        let current = store.current().expect("a generation is in use");
        let knowledge = Knowledge::of(&current).expect("the index can be read");
        let (site, fingerprint) = (current.site.clone(), current.fingerprint.clone());
        let generation =
            Generation { index: std::sync::Arc::new(Watching(current)), analyzer: analyzer(&site), site, fingerprint };
        Watched { generation, knowledge }
    }

    fn search(&self, text: &str, limit: Option<Duration>) -> Response {
        let request = Request { text: text.to_owned(), limit: 3, ..Request::default() };
        search(&self.generation, &self.knowledge, &request, limit).expect("nothing that is typed is an error")
    }

    /// Panics where the search of `text` breaks a rule.
    pub fn check(&self, text: &str) {
        let response = self.search(text, None);
        let Response { total, hits, facets, meant, warnings, .. } = &response;
        let is_long = text.trim().chars().count() > LONGEST_QUERY;
        let tells_so = warnings.iter().any(|warning| matches!(warning, Warning::Long { .. }));
        // What is meant may be longer than what was typed.
        assert!(if is_long { tells_so } else { !tells_so || meant.is_some() }, "{text:?}");
        assert!(!warnings.contains(&Warning::Late), "{text:?}");
        assert!(hits.len() <= 3 && hits.len() <= *total, "{text:?}");
        let most = u64::try_from(*total).expect("a count");
        assert!(facets.values().flat_map(|list| &list.values).all(|value| value.count <= most), "{text:?}");
        hits.iter().flat_map(|hit| hit.titles.iter().chain(&hit.snippets)).for_each(check_snippet);
        self.check_late(text);
    }

    /// Without any time there is an answer all the same.
    fn check_late(&self, text: &str) {
        let Response { total, hits, warnings, .. } = self.search(text, Some(Duration::ZERO));
        assert!(total == 0 && hits.is_empty() && warnings.contains(&Warning::Late), "{text:?}");
    }
}

fn check_snippet(snippet: &Snippet) {
    let Snippet { text, marks, .. } = snippet;
    assert!(marks.iter().all(|mark| text.get(mark.clone()).is_some_and(|marked| !marked.is_empty())), "{snippet:?}");
    assert!(marks.is_sorted_by(|left, right| left.end <= right.start), "{snippet:?}");
}

/// How many terms, phrases and ranges a query looks up.
fn lookups(query: &Query) -> usize {
    let all = |queries: &[Query]| queries.iter().map(lookups).sum::<usize>();
    match query {
        Query::Best { of, .. } | Query::AtLeast { of, .. } => all(of),
        Query::Bool { must, should, must_not } => all(must) + all(should) + all(must_not),
        Query::Boost(query, _) => lookups(query),
        Query::Passage { words, .. } => words.iter().map(Vec::len).sum(),
        _ => 1,
    }
}

/// The index of a generation, which holds each plan to the limits.
struct Watching(Arc<Generation>);

impl Index for Watching {
    fn search(&self, plan: &Plan) -> Result<Outcome, IndexError> {
        assert!(lookups(&plan.query) <= MOST_LOOKUPS, "{} lookups", lookups(&plan.query));
        self.0.index.search(plan)
    }

    fn find<'a>(&'a self, plan: &Plan) -> Result<FoundArticles<'a>, IndexError> {
        assert!(lookups(&plan.query) <= MOST_LOOKUPS, "{} lookups", lookups(&plan.query));
        self.0.index.find(plan)
    }

    fn article(&self, id: &ArticleId) -> Result<Option<Article>, IndexError> {
        self.0.index.article(id)
    }

    fn documents(&self) -> u64 {
        self.0.index.documents()
    }

    fn version(&self) -> u64 {
        self.0.index.version()
    }

    fn words(&self, fields: &[Field], read: &mut dyn FnMut(&str, u64)) -> Result<(), IndexError> {
        self.0.index.words(fields, read)
    }

    fn titles(&self) -> Result<Vec<(ArticleId, Localized)>, IndexError> {
        self.0.index.titles()
    }

    fn topics(&self, read: &mut dyn FnMut(ArticleId, Vec<String>)) -> Result<(), IndexError> {
        self.0.index.topics(read)
    }

    fn read_all(&self, read: &mut dyn FnMut(Article)) -> Result<(), IndexError> {
        self.0.index.read_all(read)
    }

    fn name(&self) -> CommitName {
        self.0.index.name()
    }

    fn hold(&self) -> (u64, CommitName) {
        self.0.index.hold()
    }

    fn release(&self, version: u64) {
        self.0.index.release(version);
    }

    fn learned(&self) -> Result<Learned, IndexError> {
        self.0.index.learned()
    }

    fn kept(&self) -> Option<Bytes> {
        self.0.index.kept()
    }

    fn keep(&self, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), IndexError> {
        self.0.index.keep(write)
    }

    fn explain(&self, query: &Query, id: &ArticleId) -> Result<Option<Explanation>, IndexError> {
        self.0.index.explain(query, id)
    }

    fn origins(&self) -> Result<Vec<IndexedOrigin>, IndexError> {
        self.0.index.origins()
    }

    fn digests(&self) -> Result<Digests, IndexError> {
        self.0.index.digests()
    }

    fn digests_of(&self, documents: &[Document]) -> Result<Digests, IndexError> {
        self.0.index.digests_of(documents)
    }

    fn add(&self, document: Document) -> Result<(), IndexError> {
        self.0.index.add(document)
    }

    fn remove(&self, origin: &Origin) -> Result<(), IndexError> {
        self.0.index.remove(origin)
    }

    fn commit(&self) -> Result<(), IndexError> {
        self.0.index.commit()
    }

    fn compact(&self) -> Result<(), IndexError> {
        self.0.index.compact()
    }

    fn commit_learned(&self, lines: &str) -> Result<(), IndexError> {
        self.0.index.commit_learned(lines)
    }

    fn confirm_learned(&self, by: &str) -> Result<(), IndexError> {
        self.0.index.confirm_learned(by)
    }
}
