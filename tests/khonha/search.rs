//! Searches of the sample corpus.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use khonha::content::ArticleId;
use khonha::index::{Facet, Store};
use khonha::search::{Meant, Reason, Request, Response, Searcher, Selection, Warning, Why};
use khonha::text::Language;
use khonha::text::cluster::is_boundary;
use khonha::text::keyboard;

use proptest::prelude::*;

use crate::queries::{PIECES, Watched};
use crate::support::{Site, indexed_corpus};

/// The corpus, indexed once for all tests here.
static STORE: LazyLock<Arc<Store>> = LazyLock::new(|| {
    let (dir, store) = indexed_corpus();
    // Tests share it until the process ends; the folder goes with the system's temporary files.
    let _ = dir.keep();
    store
});

static SEARCHER: LazyLock<Searcher> = LazyLock::new(|| Searcher::new(Arc::clone(&STORE)));
static WATCHED: LazyLock<Watched> = LazyLock::new(|| Watched::of(&STORE));

fn run(parameters: &[(&str, &str)]) -> Response {
    let (request, _) = Request::from_parameters(parameters.iter().copied()).expect("good parameters");
    SEARCHER.search(&request).expect("the index can be read")
}

impl Site {
    /// A searcher over the content as it is.
    fn looked(&self) -> Searcher {
        let mut live = self.open();
        live.look();
        Searcher::new(live.store)
    }
}

/// The answer of another site's searcher.
fn ask(searcher: &Searcher, text: &str) -> Response {
    let request = Request { text: text.to_owned(), ..Request::default() };
    searcher.search(&request).expect("the index can be read")
}

fn query(text: &str) -> Response {
    run(&[("q", text), ("limit", "100")])
}

fn ids(response: &Response) -> Vec<&str> {
    response.hits.iter().map(|hit| hit.id().as_str()).collect()
}

fn count(response: &Response, facet: Facet, value: &str) -> u64 {
    response.facets[&facet].values.iter().find(|known| known.value == value).map_or(0, |known| known.count)
}

#[test]
fn a_glossary_term_finds_its_entry_first() {
    let entries = [
        ("ธรรมาภิบาล", "glossary/good-governance"),
        ("whistleblower", "glossary/whistleblower"),
        ("\"open data\"", "glossary/open-data"),
        ("ฮั้วประมูล", "glossary/bid-rigging"),
        ("ข้อตกลงคุณธรรม", "glossary/integrity-pact"),
        ("ฟอกเงิน", "glossary/money-laundering"),
    ];
    for (text, expected) in entries {
        assert_eq!(ids(&query(text)).first(), Some(&expected), "for {text}");
    }
}

#[test]
fn words_typed_with_the_keyboard_in_the_other_language_are_found() {
    for meant in ["ธรรมาภิบาล", "whistleblower"] {
        let [thai, latin] = [keyboard::to_thai(meant), keyboard::to_latin(meant)];
        let typed = if thai == meant { latin } else { thai };
        let response = query(&typed);
        assert_eq!(response.warnings, [Warning::OtherLayout { searched: meant.to_owned() }]);
        assert_eq!(ids(&response), ids(&query(meant)), "for {typed}");
    }
}

#[test]
fn thai_is_found_however_it_was_typed() {
    // The article has คอร์์รัปชัน with a doubled mark.
    assert!(ids(&query("คอร์รัปชัน")).contains(&"column/the-envelope"));
    // It has ํา for ำ, and zero-width spaces.
    assert!(ids(&query("กล่องร้องเรียน")).contains(&"insight/anonymous-box"));
    assert_eq!(ids(&query("ข้อตกลงคุณธรรม")), ids(&query("ข้อตกลง\u{200B}คุณธรรม")));
    assert_eq!(ids(&query("นํ้าท่วม")), ids(&query("น้ำท่วม")));
    assert_eq!(query("ปปช").total, query("ป.ป.ช.").total);
    assert!(query("ป.ป.ช.").total > 0);
}

#[test]
fn a_compound_is_found_by_its_parts_and_ranks_above_them() {
    let whole = query("จัดซื้อจัดจ้าง");
    let part = query("จัดซื้อ");
    let parts = ids(&part);
    assert!(whole.hits.iter().filter(|hit| parts.contains(&hit.id().as_str())).count() >= whole.total / 2);
    assert!(whole.total >= 10, "{}", whole.total);
}

#[test]
fn english_is_found_by_its_stem() {
    assert_eq!(ids(&query("whistleblowers")).first(), Some(&"glossary/whistleblower"));
}

#[test]
fn all_words_are_wanted_and_relaxing_is_told() {
    let both = query("ธรรมาภิบาล ท้องถิ่น");
    assert!(both.total <= query("ธรรมาภิบาล").total && both.warnings.is_empty());
    let relaxed = query("ธรรมาภิบาล ไดโนเสาร์");
    assert_eq!(relaxed.warnings, [Warning::Relaxed]);
    assert_eq!(relaxed.total, query("ธรรมาภิบาล").total);
    assert_eq!(query("ไดโนเสาร์").total, 0);
}

#[test]
fn what_few_articles_answer_whole_others_answer_in_part() {
    let site = Site::new(&[("a.md", "# ก\n\nธรรมาภิบาล ของ ไดโนเสาร์\n"), ("b.md", "# ข\n\nธรรมาภิบาล\n")]);
    let searcher = site.looked();
    let whole = ask(&searcher, "ธรรมาภิบาลไดโนเสาร์");
    assert_eq!((ids(&whole), whole.warnings.as_slice()), (vec!["a"], [].as_slice()));
    let in_part = ask(&searcher, "ธรรมาภิบาลของไดโนเสาร์คืออะไร");
    assert_eq!(ids(&in_part), ["a", "b"]);
    assert_eq!(in_part.warnings, [Warning::FewHaveAll { articles: 1 }]);
}

#[test]
fn what_follows_has_most_words_unless_it_answers_a_question() {
    let bodies = ["budget audit land court", "budget land court", "audit court", "court"];
    let files: Vec<_> =
        (0..).zip(bodies).map(|(number, body)| (format!("{number}.md"), format!("# x\n\n{body}\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::new(&files);
    let searcher = site.looked();
    assert_eq!(ids(&ask(&searcher, "budget audit land court ")), ["0", "1"]);
    assert_eq!(ids(&ask(&searcher, "budget audit court ")), ["0", "2", "1"]);
    assert_eq!(ids(&ask(&searcher, "who budget audit land court ")), ["0", "1", "2", "3"]);
    assert_eq!(ids(&ask(&searcher, "land court ")), ["1", "0"]);
}

/// A piece of ตระกูล (family), as it is copied, sounds like "call".
#[test]
fn a_guess_at_a_word_does_not_hide_what_has_the_others() {
    let site = Site::new(&[("a.md", "# ก\n\nฐานะของ call center\n"), ("b.md", "# ข\n\nตระกูลที่มีฐานะ\n")]);
    let guessed = ask(&site.looked(), "กูลที่มีฐานะ");
    assert_eq!(guessed.warnings, [Warning::FewHaveAll { articles: 1 }]);
    let mut found = ids(&guessed);
    found.sort_unstable();
    assert_eq!(found, ["a", "b"]);
}

#[test]
fn a_question_does_not_insist_on_what_asks() {
    let site = Site::new(&[("a.md", "# ก\n\nธรรมาภิบาลและความโปร่งใส\n"), ("b.md", "# ข\n\nความโปร่งใสมีชื่อ\n")]);
    let searcher = site.looked();
    for question in ["ธรรมาภิบาลคืออะไร", "ธรรมาภิบาลมีอะไรบ้าง", "อะไรเรียกว่าธรรมาภิบาล", "What is ธรรมาภิบาล called"]
    {
        let response = ask(&searcher, question);
        assert_eq!((ids(&response), response.warnings.as_slice()), (vec!["a"], [].as_slice()), "{question}");
    }
    // Where nothing is asked the same words are wanted.
    assert_eq!(ids(&ask(&searcher, "ความโปร่งใส ชื่อ")), ["b"]);
}

#[test]
fn words_that_stand_so_in_an_article_are_not_set_right() {
    let site = Site::new(&[("a.md", "# ก\n\nอีสปอร์ตเป็นกีฬา\n"), ("b.md", "# ข\n\nสปอร์ตและไดโนเสาร์\n")]);
    let response = ask(&site.looked(), "อีสปอร์ต ไดโนเสาร์");
    assert_eq!((response.warnings.as_slice(), response.total), ([Warning::Relaxed].as_slice(), 2));
}

#[test]
fn a_digit_in_a_thai_query_is_no_key_of_the_other_layout() {
    let site = Site::new(&[("a.md", "# ก\n\nประชุมครั้งที่สอง\n")]);
    let response = ask(&site.looked(), "ประชุมครั้งที่ 3");
    assert_eq!(response.warnings, [Warning::Relaxed]);
}

#[test]
fn thai_in_an_english_paragraph_counts_as_any_other() {
    let site = Site::new(&[
        ("a.md", "# ก\n\nThe tiger grouper (ปลาเก๋าเสือ), Epinephelus fuscoguttatus, is a large fish of the reefs.\n"),
        ("b.md", "# ข\n\nเสือกินปลา ปลาเก๋ามาจากทะเล และปลาน้ำจืดมาจากคลอง เสือเก๋าไม่ลงน้ำ\n"),
    ]);
    for number in 0..40 {
        let text = format!("# ฉบับที่ {number}\n\nข้าวปลาอาหารในตลาดของเมืองนี้มาจากทะเล และจากคลองของหมู่บ้านในภูเขา\n");
        site.write(&format!("{number}.md"), &text);
    }
    let response = ask(&site.looked(), "ปลาเก๋าเสือ");
    assert_eq!(ids(&response)[..2], ["a", "b"]);
}

#[test]
fn filters_that_leave_nothing_do_not_relax_the_words() {
    let both = query("ธรรมาภิบาล ท้องถิ่น");
    let year = both.hits.iter().filter_map(|hit| hit.article.date).map(|date| date.year().buddhist_era()).max();
    let other = if year == Some(2569) { "2568" } else { "2569" };
    let narrowed = run(&[("q", "ธรรมาภิบาล ท้องถิ่น"), ("year", other)]);
    assert!(narrowed.total < both.total && narrowed.warnings.is_empty());
}

#[test]
fn a_query_without_words_finds_nothing_and_says_so() {
    for text in ["🎉", "!!!", "ๆ", "\"(?)\""] {
        let response = query(text);
        assert_eq!((response.total, response.warnings), (0, vec![Warning::NoWords]), "{text}");
    }
    assert!(query("แ".repeat(300).as_str()).total < run(&[]).total);
    assert_eq!(query(&"ก/".repeat(120)).warnings, [Warning::ManyWords { searched: 32 }]);
}

#[test]
fn a_word_with_a_minus_is_excluded() {
    let exact = |text| run(&[("q", text), ("exact", "true")]);
    let (all, without) = (exact("ทุจริต"), exact("ทุจริต -ประมูล"));
    let excluded = exact("ทุจริต ประมูล");
    assert!(without.total < all.total && without.total > 0);
    assert_eq!(without.total + excluded.total, all.total);
}

#[test]
fn an_excluded_phrase_that_nothing_has_excludes_nothing() {
    let all = query("open data").total;
    assert_eq!(query("open data -\"data open public\"").total, all);
    assert!(query("-2024-2024-").total > 0);
}

#[test]
fn a_phrase_is_found_in_order() {
    let (phrase, words) = (query("\"public procurement\""), query("public procurement"));
    assert!(0 < phrase.total && phrase.total < words.total);
    // Thai is written without spaces, however a phrase is typed.
    assert_eq!(ids(&query("\"จัดซื้อ จัดจ้าง\"")), ids(&query("\"จัดซื้อจัดจ้าง\"")));
}

#[test]
fn a_year_is_found_in_both_eras() {
    let (thai, english) = (query("ปี 2567"), query("year 2024"));
    assert_eq!(ids(&thai), ids(&english));
    let dated = run(&[("year", "2024")]).total;
    assert!(dated > 0 && thai.total >= dated);
    let first: Vec<_> = thai.hits.iter().take(dated).filter_map(|hit| hit.article.date).collect();
    assert!(first.iter().all(|date| date.year().buddhist_era() == 2567), "articles of the year come first");
    assert_eq!(query("ปี 2567 -2024").total, 0);
}

#[test]
fn no_query_browses_everything_newest_first_if_asked() {
    let all = run(&[("sort", "newest"), ("limit", "100")]);
    assert_eq!(all.total, all.hits.len());
    let dates: Vec<_> = all.hits.iter().filter_map(|hit| hit.article.date).map(|date| date.days()).collect();
    assert!(dates.is_sorted_by(|left, right| left >= right));
}

#[test]
fn every_count_is_what_selecting_it_finds() {
    for text in ["", "ทุจริต", "open data"] {
        for (facet, list) in &run(&[("q", text)]).facets {
            for value in &list.values {
                let found = run(&[("q", text), (facet.name(), &value.value)]).total;
                assert_eq!(u64::try_from(found).ok(), Some(value.count), "{text} {} {}", facet.name(), value.value);
            }
        }
    }
}

#[test]
fn values_of_one_facet_add_up_and_facets_narrow() {
    let one = run(&[("year", "2567")]);
    let two = run(&[("year", "2567"), ("year", "2568")]);
    assert_eq!(
        u64::try_from(two.total).ok(),
        Some(count(&one, Facet::Year, "2567") + count(&one, Facet::Year, "2568"))
    );
    let narrowed = run(&[("year", "2567"), ("topic", "procurement")]);
    assert_eq!(u64::try_from(narrowed.total).ok(), Some(count(&one, Facet::Topic, "procurement")));
    assert!(narrowed.total < one.total);
    // The facet's own filter leaves its counts alone.
    assert_eq!(count(&one, Facet::Year, "2568"), count(&run(&[]), Facet::Year, "2568"));
}

#[test]
fn a_topic_has_the_articles_of_the_topics_below_it() {
    let all = run(&[("facet_limit", "1000")]);
    let below: u64 = ["bid-rigging", "e-procurement", "integrity-pact", "emergency-buying"]
        .iter()
        .map(|topic| count(&all, Facet::Topic, &format!("procurement/{topic}")))
        .sum();
    assert!(count(&all, Facet::Topic, "procurement") <= below + 10 && count(&all, Facet::Topic, "procurement") >= 8);
}

#[test]
fn a_selected_value_without_articles_can_be_given_up() {
    let none = run(&[("q", "ธรรมาภิบาล"), ("author", "ไม่มีคนนี้")]);
    assert_eq!(none.total, 0);
    let selected: Vec<_> =
        none.facets[&Facet::Author].values.iter().filter(|value| value.selection == Selection::Selected).collect();
    assert_eq!((selected.len(), selected[0].count), (1, 0));
}

#[test]
fn pages_give_each_article_once() {
    let mut seen = Vec::new();
    for page in 1..=7 {
        let response = run(&[("q", "ทุจริต"), ("page", &page.to_string()), ("limit", "5")]);
        seen.extend(response.hits.into_iter().map(|hit| hit.article.id));
    }
    let total = query("ทุจริต").total.min(35);
    let distinct: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!((seen.len(), distinct.len()), (total, total));
}

#[test]
fn every_hit_shows_what_it_was_found_by() {
    for text in
        ["ราคากลาง", "whistleblower", "จัดซื้อจัดจ้าง", "ธรรมาภิบาล", "Helen Marchbanks", "Sujarit Insight", "\"open data\""]
    {
        for hit in query(text).hits {
            let marked = hit.titles.iter().chain(&hit.snippets).any(|snippet| !snippet.marks.is_empty());
            assert!(marked, "{} shows nothing of {text}", hit.id());
        }
    }
}

#[test]
fn without_words_the_newest_come_first() {
    assert_eq!(ids(&run(&[])), ids(&run(&[("sort", "newest")])));
    assert_ne!(ids(&query("ทุจริต")), ids(&run(&[("q", "ทุจริต"), ("sort", "newest"), ("limit", "100")])));
}

#[test]
fn a_query_in_one_language_finds_articles_in_the_other_and_says_what_else_was_searched() {
    let english_only = "en/beneficial-ownership-registers";
    let response = query("ผู้รับผลประโยชน์ที่แท้จริง");
    assert!(ids(&response).contains(&english_only), "{:?}", ids(&response));
    assert!(response.also.iter().any(|term| term == "beneficial owner"), "{:?}", response.also);
    let thai_only = query("whistleblower");
    let untranslated = run(&[("q", "whistleblower"), ("limit", "100"), ("translate", "false")]);
    assert!(untranslated.also.is_empty() && untranslated.total < thai_only.total, "{}", untranslated.total);
    assert!(thai_only.hits.iter().any(|hit| hit.article.title.en.is_none()), "{:?}", ids(&thai_only));
}

#[test]
fn a_term_of_several_words_is_translated_as_a_whole() {
    let also = query("conflict of interest").also;
    assert!(also.iter().any(|term| term == "ผลประโยชน์ทับซ้อน"), "{also:?}");
}

#[test]
fn mistyped_words_are_set_right_and_it_is_told() {
    for (typed, meant) in [("ทุจริค", "ทุจริต"), ("corrupton", "corruption"), ("จัดซื้ดจัดจ้าง", "จัดซื้อจัดจ้าง")]
    {
        let response = query(typed);
        assert_eq!(response.meant, Some(Meant { query: meant.to_owned(), reason: Reason::Spelling }), "for {typed}");
        assert_eq!(ids(&response), ids(&query(meant)), "for {typed}");
        assert_eq!(run(&[("q", typed), ("exact", "true")]).meant, None, "for {typed}");
    }
    // What is right is left alone, found or not: the second is a word, dinosaur, that no article has.
    for right in ["ทุจริต", "ไดโนเสาร์", "ธรรมาภิบาลท้องถิ่น"]
    {
        assert_eq!(query(right).meant, None, "for {right}");
    }
}

#[test]
fn a_long_query_is_cut_and_told_also_where_it_is_set_right() {
    let response = query(&format!("ทุจริค {}", "🎉".repeat(300)));
    assert!(response.meant.is_some_and(|meant| meant.query.starts_with("ทุจริต")));
    assert!(response.warnings.contains(&Warning::Long { searched: 256 }), "{:?}", response.warnings);
}

#[test]
fn fields_groups_and_ranges_narrow_a_query() {
    for (text, expected) in [
        ("title:ธรรมาภิบาล", "glossary/good-governance"),
        ("หัวข้อ:\"bid rigging\" ผู้แต่ง:ปาริชาต", "insight/bid-rigging-five-signals"),
        ("(ฮั้วประมูล OR bid-rigging) year:2560-2569", "glossary/bid-rigging"),
        ("whistleb*", "glossary/whistleblower"),
    ] {
        assert!(ids(&query(text)).contains(&expected), "for {text}: {:?}", ids(&query(text)));
    }
    let english = query("lang:en ฟอกเงิน");
    assert!(english.total > 0 && english.hits.iter().all(|hit| hit.article.languages.contains(&Language::English)));
    let later = query("year:>=2565");
    let years = later.hits.iter().filter_map(|hit| hit.article.date).map(|date| date.year().buddhist_era());
    assert!(later.total > 0 && years.min() >= Some(2565));
    let union = query("ฟอกเงิน OR ฮั้วประมูล").total;
    assert!(union >= query("ฟอกเงิน").total.max(query("ฮั้วประมูล").total));
}

#[test]
fn a_phrase_is_found_however_the_text_is_cut() {
    // The text has จัดซื้อจัดจ้าง, one word; ซื้อจัดจ้าง begins inside it.
    let inside = run(&[("q", "\"ซื้อจัดจ้าง\""), ("limit", "100")]);
    assert!(inside.total > 0 && ids(&query("\"จัดซื้อจัดจ้าง\"")).iter().all(|id| ids(&inside).contains(id)));
}

#[test]
fn titles_are_found_while_they_are_typed() {
    for (title, id) in [
        ("ห้าสัญญาณในรายชื่อผู้เสนอราคา", "insight/bid-rigging-five-signals"),
        ("Five Signs in a Bid List", "insight/bid-rigging-five-signals"),
        ("ธรรมาภิบาล (Good Governance)", "glossary/good-governance"),
    ] {
        for (end, _) in title.char_indices().skip(3).filter(|&(at, _)| is_boundary(title, at)) {
            let response = run(&[("q", &title[..end])]);
            assert!(ids(&response).contains(&id), "{:?} of {title}", &title[..end]);
        }
    }
}

#[test]
fn suggestions_complete_what_is_typed() {
    let suggest = |text: &str| -> Vec<String> {
        let found = SEARCHER.suggest(text, 10).expect("the index can be read");
        found.into_iter().map(|suggestion| suggestion.text).collect()
    };
    assert!(suggest("ธรรมา").iter().any(|text| text.contains("ธรรมาภิบาล")), "{:?}", suggest("ธรรมา"));
    assert!(suggest("whistle").iter().any(|text| text.to_lowercase().contains("whistleblow")));
    assert!(suggest("ปาริ").contains(&"ปาริชาต วงศ์ธารา".to_owned()));
    assert!(suggest("").is_empty());
}

#[test]
fn related_articles_are_those_picked_by_hand_and_then_others_never_itself() {
    let id = ArticleId::new("glossary/good-governance");
    let related = SEARCHER.related(&id).expect("the index can be read").expect("there is such an article");
    let (first, others) = related.split_first().expect("some are related");
    assert_eq!((first.article.id.as_str(), first.why), ("research/local-governance-decade", Why::Picked));
    assert!(others.len() >= 3 && others.iter().all(|other| other.why == Why::Computed));
    let mut seen: Vec<&str> = related.iter().map(|related| related.article.id.as_str()).collect();
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() == related.len() && !seen.contains(&id.as_str()));
}

#[test]
fn a_score_is_explained_by_its_parts() {
    let response = run(&[("q", "ธรรมาภิบาล"), ("explain", "true")]);
    let explanation = response.hits[0].explanation.clone().expect("it was asked for");
    assert!((explanation.score - response.hits[0].score).abs() < 0.01, "{explanation:?}");
    assert!(format!("{explanation:?}").contains("title"), "{explanation:?}");
}

#[test]
fn a_search_that_has_no_time_answers_and_says_so() {
    let hurried = SEARCHER.clone().with_limit(Duration::ZERO);
    for text in ["", "ทุจริต", "ธรรมาภิบาล ไดโนเสาร์", "corrupton", "\"open data\" -whistle*"]
    {
        let parameters = [("q", text), ("topic", "procurement"), ("explain", "true")];
        let (request, _) = Request::from_parameters(parameters).expect("good parameters");
        let response = hurried.search(&request).expect("the index can be read");
        assert!(response.hits.is_empty() && response.warnings.contains(&Warning::Late), "{text}: {response:?}");
    }
}

#[test]
fn a_search_that_has_time_enough_is_as_one_without_a_limit() {
    let limited = SEARCHER.clone().with_limit(Duration::from_secs(3_600));
    for text in ["", "ทุจริต", "ธรรมาภิบาล ไดโนเสาร์", "corrupton", "\"open data\" -whistle*", "การ OR ค* ปี 2567"]
    {
        let (request, _) = Request::from_parameters([("q", text), ("year", "2567")]).expect("good parameters");
        let [within, without] = [&limited, &*SEARCHER].map(|it| it.search(&request).expect("the index can be read"));
        assert_eq!(within, without, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_query_language_in_any_order_keeps_the_rules(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)) {
        WATCHED.check(&pieces.concat());
    }

    #[test]
    fn anything_typed_keeps_the_rules(text in "(\\PC|[ก-๛]|[a-z ]){0,40}") {
        WATCHED.check(&text);
    }
}

#[test]
fn a_related_title_leads_to_whatever_article_has_it() {
    let site = Site::new(&[
        ("series.toml", "[insight]\nth = 'Sujarit Insight'\n"),
        ("a.md", "---\ntitle: เริ่มต้น\nrelated_titles: ['Sujarit Insight I ราคา ที่แพ้', Lost Prices, เริ่มต้น]\n---\nก\n"),
        ("b.md", "---\ntitle: 'Sujarit Insight | ราคาที่แพ้'\ntitle_en: Lost prices\n---\nข\n"),
    ]);
    let mut live = site.open();
    live.look();
    let searcher = Searcher::new(std::sync::Arc::clone(&live.store));
    let picked = |id: &str| {
        let related = searcher.related(&ArticleId::new(id)).expect("the index can be read").expect("an article");
        let picked = related.into_iter().filter(|it| it.why == Why::Picked).map(|it| it.article.id.to_string());
        picked.collect::<Vec<_>>()
    };
    assert_eq!(picked("a"), ["b"]);
    // Where a title ends in a text cannot be seen.
    site.write("d.txt", "เริ่มใหม่\nเรื่องนี้เล่าไว้ใน Sujarit Insight I ราคาที่แพ้ เมื่อปีก่อนแล้ว\n");
    live.look();
    assert_eq!(picked("d"), ["b"]);
    site.rename("b.md", "c.md");
    live.look();
    assert_eq!(picked("a"), ["c"]);
}
