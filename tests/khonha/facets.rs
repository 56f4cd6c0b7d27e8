//! Counts, filters and profiles, held against the articles themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use khonha::content::{Article, Site as SiteData};
use khonha::index::{Choice, Facet, Filters, Store};
use khonha::search::{FacetOptions, FacetOrder, Request, Response, Searcher, Selection};
use khonha::text::Language;
use proptest::prelude::*;

use crate::support::{Site, article, indexed_corpus};

static STORE: LazyLock<Arc<Store>> = LazyLock::new(|| {
    let (dir, store) = indexed_corpus();
    let _ = dir.keep();
    store
});
static SEARCHER: LazyLock<Searcher> = LazyLock::new(|| Searcher::new(Arc::clone(&STORE)));
static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let mut articles = Vec::new();
    let generation = STORE.current().expect("a generation");
    generation.index.read_all(&mut |article| articles.push(article)).expect("the index can be read");
    articles
});

fn run(parameters: &[(&str, &str)]) -> Response {
    let (request, _) = Request::from_parameters(parameters.iter().copied()).expect("good parameters");
    SEARCHER.search(&request).expect("the index can be read")
}

/// The values of an article, from the article alone.
fn values(article: &Article, facet: Facet, site: &SiteData) -> BTreeSet<String> {
    match facet {
        Facet::Topic => {
            let above =
                |topic: &String| topic.match_indices('/').map(|(at, _)| topic[..at].to_owned()).collect::<Vec<_>>();
            article.topics.iter().flat_map(|topic| [above(topic), vec![topic.clone()]].concat()).collect()
        }
        Facet::Year => article.date.map(|date| date.year().buddhist_era().to_string()).into_iter().collect(),
        Facet::Author => article.authors.iter().map(|name| site.author_id(name).to_owned()).collect(),
        Facet::Series => article.series.iter().cloned().collect(),
        Facet::Organisation => article.organisations.iter().cloned().collect(),
        Facet::Language => article.languages.iter().map(|language| language.tag().to_owned()).collect(),
    }
}

fn fits(article: &Article, filters: &Filters, without: Option<Facet>, site: &SiteData) -> bool {
    filters.iter().filter(|(facet, _)| Some(**facet) != without).all(|(facet, choices)| {
        let values = values(article, *facet, site);
        choices.iter().any(|choice| values.iter().any(|value| choice.has(value)))
    })
}

/// Any filters of values of the corpus, and ranges of years.
fn any_filters() -> impl Strategy<Value = Filters> {
    let site = STORE.current().expect("a generation").site.clone();
    let mut known: BTreeMap<Facet, BTreeSet<String>> = BTreeMap::new();
    for facet in Facet::ALL {
        known.insert(facet, ARTICLES.iter().flat_map(|article| values(article, facet, &site)).collect());
    }
    let known: Vec<(Facet, String)> =
        known.into_iter().flat_map(|(facet, values)| values.into_iter().map(move |value| (facet, value))).collect();
    let value = proptest::sample::select(known).prop_map(|(facet, value)| (facet, Choice::Value(value)));
    let year = (2555..2572).prop_map(|year: i32| year.to_string());
    let range = (proptest::option::of(year.clone()), proptest::option::of(year));
    let range = range.prop_map(|(from, to)| (Facet::Year, Choice::Between(from, to)));
    proptest::collection::vec(prop_oneof![4 => value, 1 => range], 0..5).prop_map(|chosen| {
        let mut filters = Filters::new();
        for (facet, choice) in chosen {
            let choices = filters.entry(facet).or_default();
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
        filters
    })
}

fn check_counts(text: &str, filters: Filters) {
    let site = STORE.current().expect("a generation").site.clone();
    let facets = FacetOptions { limit: 1000, ..FacetOptions::default() };
    let request = Request { text: text.to_owned(), limit: 100, facets, ..Request::default() };
    let words = SEARCHER.search(&request).expect("the index can be read");
    assert!(words.total <= 100, "the words find what one page holds");
    let by_words: BTreeSet<&str> = words.hits.iter().map(|hit| hit.id().as_str()).collect();
    let found: Vec<&Article> = match text {
        "" => ARTICLES.iter().collect(),
        _ => ARTICLES.iter().filter(|article| by_words.contains(article.id.as_str())).collect(),
    };
    let response = SEARCHER.search(&Request { filters: filters.clone(), ..request }).expect("the index can be read");
    assert_eq!(
        response.total,
        found.iter().filter(|article| fits(article, &filters, None, &site)).count(),
        "{filters:?}"
    );
    for facet in Facet::ALL {
        let mut expected: BTreeMap<String, u64> = BTreeMap::new();
        for article in found.iter().filter(|article| fits(article, &filters, Some(facet), &site)) {
            values(article, facet, &site).into_iter().for_each(|value| *expected.entry(value).or_default() += 1);
        }
        let list = &response.facets[&facet];
        let counted = list.values.iter().filter(|value| value.count > 0);
        let counted: BTreeMap<String, u64> = counted.map(|value| (value.value.clone(), value.count)).collect();
        assert_eq!((&counted, list.distinct), (&expected, expected.len()), "{facet:?} of {text} with {filters:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counts_are_those_of_the_articles_at_every_combination(
        text in proptest::sample::select(vec!["", "ธรรมาภิบาล", "\"open data\"", "ร้องเรียน"]),
        filters in any_filters(),
    ) {
        check_counts(text, filters);
    }
}

#[test]
fn topics_are_counted_at_each_level() {
    let response = run(&[("facet_limit", "1000")]);
    let topics = &response.facets[&Facet::Topic];
    let child = topics.values.iter().find(|topic| topic.value == "procurement/bid-rigging").expect("the topic");
    assert_eq!(child.parent(Facet::Topic), Some("procurement"));
    let narrowed = run(&[("topic", "procurement/bid-rigging")]);
    assert_eq!(u64::try_from(narrowed.total).ok(), Some(child.count));
}

#[test]
fn filters_may_name_topics_and_authors_as_people_do() {
    for (name, id) in [("topic", "procurement"), ("author", "helen-marchbanks"), ("series", "insight")] {
        let by_id = run(&[(name, id), ("ui", "en")]);
        let label = by_id.facets.values().flat_map(|list| &list.values).find(|value| value.value == id);
        let label = label.expect("the value").label.clone();
        let by_label = run(&[(name, &label), ("ui", "en")]);
        assert!(by_label.total > 0 && by_label.total == by_id.total, "{label}");
        let facet = Facet::from_name(name).expect("a facet");
        let selected: Vec<_> =
            by_label.facets[&facet].values.iter().filter(|value| value.selection == Selection::Selected).collect();
        assert_eq!(selected.iter().map(|value| value.value.as_str()).collect::<Vec<_>>(), [id]);
    }
}

#[test]
fn years_without_articles_stand_between_those_with_some() {
    let site = Site::new(&[("a.md", "---\ntitle: ก\ndate: 2560\n---\n"), ("b.md", "---\ntitle: ข\ndate: 2020\n---\n")]);
    let mut live = site.open();
    live.look();
    let response = Searcher::new(Arc::clone(&live.store)).search(&Request::default()).expect("the index can be read");
    let years = &response.facets[&Facet::Year];
    let counts: Vec<_> = years.values.iter().map(|year| (year.value.as_str(), year.count)).collect();
    assert_eq!((counts, years.distinct), (vec![("2563", 1), ("2562", 0), ("2561", 0), ("2560", 1)], 2));
}

#[test]
fn values_are_found_by_any_of_their_names() {
    for (find, expected) in
        [("มาร์ชแบงก์ส", "helen-marchbanks"), ("MARCHB", "helen-marchbanks"), ("กนกอร", "kanokon-wisetsut")]
    {
        let response = run(&[("facets", "author"), ("facet_find", find)]);
        let values: Vec<_> = response.facets[&Facet::Author].values.iter().map(|value| value.value.as_str()).collect();
        assert_eq!(values, [expected], "{find}");
    }
    assert_eq!(run(&[("facet_find", "ไม่มีคนนี้")]).facets[&Facet::Author].distinct, 0);
}

#[test]
fn values_come_by_count_or_as_in_a_dictionary_and_only_the_first() {
    let by_name = run(&[("facets", "author"), ("facet_sort", "name"), ("facet_limit", "1000")]);
    let names: Vec<_> = by_name.facets[&Facet::Author].values.iter().map(|value| value.label.as_str()).collect();
    let place = |name: &str| names.iter().position(|known| *known == name).expect("an author");
    // เฮเลน is under ฮ, and Latin follows Thai.
    assert!(place("เฮเลน มาร์ชแบงก์ส") < place("KhonLab"));
    assert!(place("อดิศร บุญล้อมธรรม") < place("เฮเลน มาร์ชแบงก์ส"));
    let first = run(&[("facets", "author"), ("facet_limit", "3")]);
    let list = &first.facets[&Facet::Author];
    assert_eq!((list.values.len(), list.distinct, first.facets.len()), (3, names.len(), 1));
    assert!(list.values.is_sorted_by(|left, right| left.count >= right.count));
}

#[test]
fn variants_of_a_name_are_one_author_only_where_the_site_says_so() {
    let text = |author: &str| format!("---\ntitle: เรื่อง\nauthors: [{author}]\n---\nข้อความ\n");
    let site = Site::new(&[
        ("a.md", &text("สมใจ ใฝ่รู้")),
        ("b.md", &text("Somjai Fairoo")),
        ("c.md", &text("Somchai Fairoo")),
        ("authors.toml", "[somjai]\nth = 'สมใจ ใฝ่รู้'\nen = 'Somjai Fairoo'\naliases = ['ส. ใฝ่รู้']\n"),
    ]);
    let mut live = site.open();
    live.look();
    let searcher = Searcher::new(Arc::clone(&live.store));
    let response = searcher.search(&Request::default()).expect("the index can be read");
    let authors: Vec<_> =
        response.facets[&Facet::Author].values.iter().map(|value| (value.label.as_str(), value.count)).collect();
    assert_eq!(authors, [("สมใจ ใฝ่รู้", 2), ("Somchai Fairoo", 1)]);
    let by_other = Request {
        text: "ผู้แต่ง:Somjai".to_owned(),
        forgiveness: khonha::search::Forgiveness::Exact,
        ..Request::default()
    };
    assert_eq!(searcher.search(&by_other).expect("the index can be read").total, 2);
    let profile = searcher.profile(Facet::Author, "ส. ใฝ่รู้", Language::English).expect("the index can be read");
    let profile = profile.expect("the author");
    assert_eq!((profile.id.as_str(), profile.label.as_str(), profile.total), ("somjai", "Somjai Fairoo", 2));
    assert_eq!(profile.names, ["สมใจ ใฝ่รู้", "ส. ใฝ่รู้"]);
    // A second full look finds nothing to do.
    assert_eq!(
        live.indexer.reconcile(khonha::content::Look::Full, &|_, _| {}).expect("a look").rebuilt,
        khonha::watch::Rebuilt::No
    );
}

#[test]
fn a_profile_says_when_with_whom_and_about_what() {
    let profile = |facet, id| SEARCHER.profile(facet, id, Language::Thai).expect("the index can be read");
    let topic = profile(Facet::Topic, "procurement").expect("the topic");
    assert!(topic.narrower.values.iter().any(|value| value.value == "procurement/bid-rigging"));
    assert!(topic.facets[&Facet::Topic].values.iter().all(|value| !value.value.starts_with("procurement")));
    assert_eq!(topic.newest.len(), topic.total.min(10));
    let author = profile(Facet::Author, "helen-marchbanks").expect("the author");
    let years: BTreeSet<i16> = ARTICLES
        .iter()
        .filter(|article| article.authors.iter().any(|name| name == "Helen Marchbanks"))
        .filter_map(|article| article.date.map(|date| date.year().buddhist_era()))
        .collect();
    let expected = years.first().zip(years.last()).map(|(first, last)| (first.to_string(), last.to_string()));
    assert_eq!(author.years, expected);
    assert!(author.facets[&Facet::Author].values.iter().all(|other| other.value != "helen-marchbanks"));
    assert!(profile(Facet::Author, "ไม่มีคนนี้").is_none());
}

#[test]
fn the_first_name_of_a_facet_order_is_the_default() {
    assert_eq!(FacetOptions::default().order, FacetOrder::Count);
    let plain = Site::new(&[("a.md", &article("ก", ""))]);
    let mut live = plain.open();
    live.look();
    let none = Searcher::new(Arc::clone(&live.store)).search(&Request {
        facets: FacetOptions { facets: Vec::new(), ..FacetOptions::default() },
        ..Request::default()
    });
    assert!(none.expect("the index can be read").facets.is_empty());
}
