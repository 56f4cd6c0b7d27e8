//! What holds of the passages that are shown of any article that any query finds.

use khonha::content::{Article, Origin, Site, parse};
use khonha::index::{Access, Building, Document, Store};
use khonha::search::{Highlight, Knowledge, Request, Snippet, search};
use tempfile::TempDir;

/// An index of one article, which each check puts another in the place of.
pub struct Shown {
    building: Building,
    knowledge: Knowledge,
    _dir: TempDir,
}

impl Shown {
    /// An index without an article.
    pub fn new() -> Shown {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let store = Store::open(dir.path(), Access::Write).expect("an index folder");
        let building = store.begin(Site::default()).expect("a generation");
        let knowledge = Knowledge::of(building.generation()).expect("what is known of it");
        Shown { building, knowledge, _dir: dir }
    }

    /// Takes the first line of `input` for a query, and what follows for the text that it is looked for in.
    ///
    /// # Panics
    /// Where what is shown breaks a rule.
    pub fn check(&self, input: &str) {
        let (query, text) = input.split_once('\n').unwrap_or(("ก", input));
        // The body alone: a head would be read as one.
        let Ok(parsed) = parse("a.md", &format!("---\ntitle: ชื่อเรื่อง\n---\n{text}"), &Site::default())
        else {
            return;
        };
        self.put(parsed.article.clone());
        for (passages, length) in [(1, 200), (5, 50)] {
            let highlight = Highlight { passages, length, ..Highlight::default() };
            let request = Request { text: query.to_owned(), highlight: Some(highlight), ..Request::default() };
            let generation = self.building.generation();
            let response = search(generation, &self.knowledge, &request, None).expect("no query is an error");
            for hit in &response.hits {
                assert!(hit.snippets.len() <= passages, "{:?}", hit.snippets);
                hit.titles.iter().for_each(check_marks);
                hit.snippets.iter().for_each(|snippet| check_passage(snippet, &parsed.article, length));
            }
        }
    }

    fn put(&self, article: Article) {
        let generation = self.building.generation();
        let document = Document::new(article, blake3::hash(b""), &generation.analyzer, &generation.site);
        generation.index.remove(&Origin::file("a.md")).expect("the index can be written");
        generation.index.add(document).expect("the index can be written");
        generation.index.commit().expect("the index can be written");
    }
}

fn check_passage(snippet: &Snippet, article: &Article, length: usize) {
    check_marks(snippet);
    let inner = snippet.text.strip_prefix('…').unwrap_or(&snippet.text);
    let inner = inner.strip_suffix('…').unwrap_or(inner);
    let texts = article.blocks.iter().map(|block| block.text.as_str());
    let mut texts = texts.chain(article.title.languages().filter_map(|language| article.title.get(language)));
    assert!(texts.any(|text| text.replace(['\n', '\t'], " ").contains(inner)), "{inner:?} of {article:?}");
    // A word is not cut, however long it is.
    let marked = snippet.marks.iter().map(|mark| snippet.text[mark.clone()].chars().count()).max().unwrap_or(0);
    assert!(inner.chars().count() <= length + marked + 2, "{snippet:?}");
}

fn check_marks(snippet: &Snippet) {
    let Snippet { text, marks, html, .. } = snippet;
    assert!(marks.iter().all(|mark| text.get(mark.clone()).is_some_and(|marked| !marked.is_empty())), "{snippet:?}");
    assert!(marks.is_sorted_by(|left, right| left.end <= right.start), "{snippet:?}");
    let plain = html.replace("<mark>", "").replace("</mark>", "");
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    assert!(!plain.contains('<') && !plain.contains('>'), "{snippet:?}");
    assert_eq!(&escapes.iter().fold(plain, |text, (escape, sign)| text.replace(escape, sign)), text);
}
