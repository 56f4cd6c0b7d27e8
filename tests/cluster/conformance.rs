//! Both engines give the same answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use khonha::content::{Article, ArticleId, Localized};
use khonha::index::{Engine, Index, Store};
use khonha::search::{Request, Response, SearchHit, Searcher};

use crate::nodes;
use crate::site::{corpus, engine, indexed, words};

/// Scores are sums of many small numbers, added in another order.
const PRECISION: f32 = 1e-4;

/// Queries with parameters: filters, orders, years, fields, phrases, beginnings, mistakes.
const QUERIES: [&str; 48] = [
    "q=",
    "q=&sort=newest",
    "q=&sort=oldest&limit=7&page=3",
    "q=&sort=title&limit=100",
    "q=&sort=title&interface=en&limit=100",
    "q=&year=2567",
    "q=&year=2563-2566&topic=procurement",
    "q=&lang=en&sort=newest",
    "q=ทุจริต",
    "q=ทุจริต&sort=newest",
    "q=ทุจริต&exact=true",
    "q=ทุจริต&translate=false",
    "q=ทุจริต&year=2567&year=2566",
    "q=ทุจริต เทศบาล&limit=3&page=2",
    "q=จัดซื้อจัดจ้าง&series=insight",
    "q=จัดซื้อจัดจ้าง&series=insight&series=research&year=2560-2568",
    "q=ใครเป็นเจ้าของบริษัทที่ชนะการประมูล",
    "q=\"ข้อมูลเปิด\"",
    "q=\"open data\" -ตำรวจ",
    "q=สินบน -ตำรวจ",
    "q=สินบน OR ฮั้ว",
    "q=(สินบน OR ฮั้ว) เทศบาล",
    "q=title:ประมูล",
    "q=ชื่อเรื่อง:ประมูล ปี:2567",
    "q=author:ศูนย์",
    "q=org:มูลนิธิ",
    "q=topic:procurement",
    "q=series:insight เทศบาล",
    "q=year:>=2566 ทุจริต",
    "q=year:2567",
    "q=2567",
    "q=lang:en bribe",
    "q=word*",
    "q=open contract*",
    "q=จัด*",
    "q=corupption",
    "q=whistelblower",
    "q=ธรรมาภิบาน",
    "q=คอรัปชั่น",
    "q=l;ylfu",
    "q=ป.ป.ช.",
    "q=ปปช",
    "q=conflict of interest",
    "q=who owns the company that won the tender",
    "q=procurement fraud local government",
    "q=ไดโนเสาร์",
    "q=🎉",
    "q=\"การจัดซื้อ\" OR lang:en -title:open",
];

#[test]
fn the_cluster_answers_as_the_embedded_engine_does() {
    let Some(cluster) = nodes::start(1) else { return };
    let (_dir, embedded, _) = indexed(&Engine::Embedded, &corpus());
    for shards in [1, 3] {
        let engine = engine(cluster.urls(), &format!("conformance-{shards}"), shards);
        let (_folder, store, _) = indexed(&engine, &corpus());
        assert_eq!(words(&embedded), words(&store));
        Pair::of(&embedded, &store).check(shards);
    }
}

/// The same articles on both engines.
struct Pair {
    embedded: Searcher,
    cluster: Searcher,
    indexes: [Arc<dyn Index>; 2],
}

impl Pair {
    fn of(embedded: &Arc<Store>, cluster: &Arc<Store>) -> Pair {
        let index = |store: &Arc<Store>| Arc::clone(&store.current().expect("a generation").index);
        Pair {
            embedded: Searcher::new(Arc::clone(embedded)),
            cluster: Searcher::new(Arc::clone(cluster)),
            indexes: [index(embedded), index(cluster)],
        }
    }

    fn check(&self, shards: u32) {
        self.check_documents();
        let titles = self.indexes[0].titles().expect("titles");
        let typed = titles.iter().flat_map(|(_, title)| typed(title));
        let queries: Vec<String> = QUERIES.iter().map(|it| (*it).to_owned()).chain(typed).collect();
        assert!(queries.len() >= 300, "several hundred queries, not {}", queries.len());
        queries.iter().for_each(|query| self.check_search(query, shards));
        titles.iter().for_each(|(id, title)| self.check_article(id, title));
        for text in ["จัดซื้อ", "ทุจริต"] {
            self.check_pages(text);
            self.check_export(text);
        }
        self.check_explanations();
    }

    /// All that is read of the index as a whole.
    fn check_documents(&self) {
        let both = |read: &dyn Fn(&dyn Index) -> Vec<String>| {
            let [mut left, mut right] = self.indexes.each_ref().map(|index| read(&**index));
            left.sort();
            right.sort();
            assert_eq!(left, right);
        };
        both(&|index| vec![index.documents().to_string(), index.learned().expect("what was learned").lines]);
        both(&|index| index.titles().expect("titles").iter().map(|title| format!("{title:?}")).collect());
        both(&|index| index.origins().expect("origins").iter().map(|origin| format!("{origin:?}")).collect());
        both(&|index| {
            let mut topics = Vec::new();
            index.topics(&mut |id, of| topics.push(format!("{id:?} {of:?}"))).expect("topics");
            topics
        });
        both(&|index| {
            let mut articles = Vec::new();
            index.read_all(&mut |article: Article| articles.push(format!("{article:?}"))).expect("articles");
            articles
        });
    }

    fn check_search(&self, query: &str, shards: u32) {
        let [left, right] = self.both(&request(query));
        assert_same(&left, &right, &format!("{query} ({shards} shards)"));
    }

    fn both(&self, request: &Request) -> [Response; 2] {
        [&self.embedded, &self.cluster].map(|searcher| searcher.search(request).expect("an answer"))
    }

    fn check_article(&self, id: &ArticleId, title: &Localized) {
        let related = [&self.embedded, &self.cluster].map(|searcher| {
            let related = searcher.related(id).expect("an answer").expect("an article");
            related.into_iter().map(|related| related.article.id).collect::<Vec<_>>()
        });
        assert_eq!(related[0], related[1], "related to {id}");
        for text in [&title.th, &title.en].into_iter().flatten() {
            let beginning: String = text.chars().take(4).collect();
            let suggested = [&self.embedded, &self.cluster].map(|it| it.suggest(&beginning, 10).expect("suggestions"));
            assert_eq!(suggested[0], suggested[1], "suggested for {beginning}");
        }
    }

    /// All that is found, to be taken away.
    fn check_export(&self, text: &str) {
        let exported = [&self.embedded, &self.cluster].map(|searcher| {
            let known = searcher.known().expect("an index");
            let export = searcher.export(&known, &request(&format!("q={text}")), 100).expect("an export");
            let articles = export.articles.map(|article| article.expect("an article").id).collect::<Vec<_>>();
            (export.total, articles)
        });
        assert_eq!(exported[0], exported[1], "all of {text}");
    }

    /// Page by page by cursors, to the end.
    fn check_pages(&self, text: &str) {
        for sort in ["relevance", "newest", "title"] {
            let first = request(&format!("q={text}&sort={sort}&limit=4"));
            let walks = [&self.embedded, &self.cluster].map(|searcher| {
                let (mut ids, mut next) = (Vec::new(), Some(first.clone()));
                while let Some(request) = next {
                    let page = searcher.search(&request).expect("a page");
                    ids.extend(page.hits.iter().map(|hit| hit.id().clone()));
                    next = page.next.map(|cursor| Request { cursor: Some(cursor), ..first.clone() });
                }
                ids
            });
            let all = self.both(&Request { limit: 100, ..first.clone() });
            assert_eq!(walks[1].len(), all[1].total, "{text} by {sort}");
            assert_eq!(
                walks[1],
                all[1].hits.iter().map(|hit| hit.id().clone()).collect::<Vec<_>>(),
                "{text} by {sort}"
            );
            assert_eq!(walks[0].len(), walks[1].len());
        }
    }

    /// What explains a score adds up to it.
    fn check_explanations(&self) {
        for text in ["ใครเป็นเจ้าของบริษัทที่ชนะการประมูล", "conflict of interest", "\"open data\" เทศบาล"]
        {
            let request = request(&format!("q={text}&explain=true"));
            let [left, right] = self.both(&request);
            for (left, right) in left.hits.iter().zip(&right.hits) {
                let [left, right] = [left, right].map(|hit| hit.explanation.clone().expect("an explanation"));
                assert!(is_near(left.score, right.score), "{text}: {} and {}", left.score, right.score);
                assert_eq!((left.what, left.of.len()), (right.what, right.of.len()), "{text}");
            }
        }
    }
}

/// A title as it is looked for: whole, its beginning, on the way, and as a phrase.
fn typed(title: &Localized) -> Vec<String> {
    let texts = [&title.th, &title.en].into_iter().flatten();
    let ways = texts.flat_map(|text| {
        let part = |count: usize| text.chars().take(count).collect::<String>();
        let quoted = text.replace('"', "");
        [format!("q={quoted}"), format!("q={}", part(9)), format!("q={}", part(3)), format!("q=\"{}\"", quoted)]
    });
    ways.collect()
}

fn request(query: &str) -> Request {
    let parameters = query.split('&').filter_map(|pair| pair.split_once('='));
    Request::from_parameters(parameters).expect("good parameters").0
}

fn assert_same(left: &Response, right: &Response, query: &str) {
    assert_eq!(left.total, right.total, "total of {query}");
    assert_eq!(left.warnings, right.warnings, "warnings of {query}");
    assert_eq!(left.also, right.also, "what else was searched for {query}");
    assert_eq!(left.meant, right.meant, "what {query} means");
    let counts = |response: &Response| {
        let values = response.facets.iter().flat_map(|(facet, list)| list.values.iter().map(move |it| (*facet, it)));
        values.map(|(facet, it)| ((facet, it.value.clone()), it.count)).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(counts(left), counts(right), "counts of {query}");
    assert_eq!(left.hits.len(), right.hits.len(), "hits of {query}");
    for (left_hit, right_hit) in left.hits.iter().zip(&right.hits) {
        let told = || format!("{query}\n{}\n{}", listed(&left.hits), listed(&right.hits));
        assert!(is_near(left_hit.score, right_hit.score), "{}", told());
        if left_hit.id() == right_hit.id() {
            assert_eq!(left_hit.titles, right_hit.titles, "{query}");
            assert_eq!(left_hit.snippets, right_hit.snippets, "{query}");
        } else {
            // Only those that are equally good may change places.
            let elsewhere = right.hits.iter().find(|hit| hit.id() == left_hit.id());
            let last = right.hits.last().map_or(0.0, |hit| hit.score);
            assert!(is_near(elsewhere.map_or(last, |hit| hit.score), left_hit.score), "{}", told());
        }
    }
}

fn is_near(left: f32, right: f32) -> bool {
    (left - right).abs() <= PRECISION * left.abs().max(right.abs()).max(1.0)
}

fn listed(hits: &[SearchHit]) -> String {
    hits.iter().map(|hit| format!("{} {}", hit.score, hit.id())).collect::<Vec<_>>().join("\n")
}
