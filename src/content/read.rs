//! A draft of any format to an [`Article`]: the one place that looks up names, reads dates and tells languages.

use super::article::{Article, ArticleId, Localized, Reference};
use super::draft::Draft;
use super::markdown::Body;
use super::metadata::Metadata;
use super::origin::Origin;
use super::problem::Problem;
use super::series::{SplitSeries, split_series, whole_reference};
use super::site::Site;
use super::{BlockKind, formats, markdown};
use crate::text::Language;
use crate::text::calendar::CalendarDate;

/// An article and what was not right about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The article, without what was wrong.
    pub article: Article,
    /// Warnings only.
    pub problems: Vec<Problem>,
}

/// Parses the Markdown text of the file at `path` (relative to the content folder) with the names of `site`.
///
/// # Errors
/// The [`Problem`] that keeps the file from being an article at all.
pub fn parse(path: &str, text: &str, site: &Site) -> Result<Parsed, Problem> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let draft = formats::markdown(path, text)?;
    article(Origin::file(path), ArticleId::of_file(path), draft, site)
}

/// The article of a draft from `origin`, with the names of `site`; it has this id where it names no other.
///
/// # Errors
/// The [`Problem`] that keeps the draft from being an article at all.
pub(super) fn article(origin: Origin, id: ArticleId, draft: Draft, site: &Site) -> Result<Parsed, Problem> {
    let Draft { metadata, body, lines, warnings, .. } = draft;
    let mut metadata = Metadata::new(&origin.path, metadata, &lines);
    let Body { blocks, first_heading, too_complex, unknown_marks } = markdown::read(&body);
    let given = metadata.text("series").map(|name| series(&mut metadata, &name, site));
    let (title, split) = title(&mut metadata, first_heading, given.as_deref(), site);
    if title.best(Language::Thai).is_none() {
        let reason = "the article has no title; give it a key title, or a first heading";
        return Err(Problem::error(&origin.path, lines.start.or(Some(1)), reason));
    }
    let summary = metadata.localized("summary", std::convert::identity);
    let languages = languages(&mut metadata, &title, &summary, &blocks);
    let article = Article {
        id: given_id(&mut metadata).unwrap_or(id),
        date: date(&mut metadata),
        authors: metadata.list("authors"),
        organisations: metadata.list("organisations"),
        topics: topics(&mut metadata, site),
        series: given.or(split.series),
        source: metadata.text("source"),
        related: related(&mut metadata, site),
        extra: serde_json::Map::new(),
        origin: origin.clone(),
        body,
        title,
        languages,
        summary,
        blocks,
    };
    let (mut extra, mut problems) = metadata.finish();
    problems.splice(0..0, warnings);
    problems.extend(unknown_marks.into_iter().map(|line| {
        let reason = "the language mark names no language; use lang: th, lang: en or lang: auto";
        Problem::warning(&origin.path, lines.of_body(line), reason)
    }));
    if too_complex > 0 {
        let reason =
            format!("{too_complex} blocks have too deep nesting or too many tags, and are shown as plain text");
        problems.push(Problem::warning(&origin.path, lines.start.filter(|_| origin.item.is_some()), reason));
    }
    extra.extend(split.note.map(|note| ("series_note".to_owned(), note.into())));
    Ok(Parsed { article: Article { extra, ..article }, problems })
}

fn given_id(metadata: &mut Metadata<'_>) -> Option<ArticleId> {
    let id = metadata.text("id")?;
    if ArticleId::is_address(&id) {
        return Some(ArticleId::new(id));
    }
    metadata.warn("id", format!("id \"{id}\" cannot be part of an address; use names parted by /"));
    None
}

fn related(metadata: &mut Metadata<'_>, site: &Site) -> Vec<Reference> {
    let (ids, titles) = (metadata.list("related"), metadata.list("related_titles"));
    let ids = ids.into_iter().map(|id| Reference::Id(ArticleId::new(id)));
    let titles = titles.into_iter().map(|title| Reference::Title(whole_reference(title, site)));
    ids.chain(titles).collect()
}

fn date(metadata: &mut Metadata<'_>) -> Option<CalendarDate> {
    let text = metadata.text("date")?;
    let date = CalendarDate::parse(&text);
    date.inspect_err(|error| metadata.warn("date", error.to_string())).ok()
}

fn topics(metadata: &mut Metadata<'_>, site: &Site) -> Vec<String> {
    let mut topics = Vec::new();
    for name in metadata.list("topics") {
        let id = site.find_topic(&name).map(str::to_owned);
        // A site without a list of topics has whatever topics its articles name.
        if id.is_none() && !site.topics.is_empty() {
            metadata.warn("topics", format!("topics.toml does not have the topic \"{name}\""));
        }
        topics.push(id.unwrap_or(name));
    }
    let mut seen = std::collections::HashSet::new();
    topics.retain(|topic| seen.insert(topic.clone()));
    topics
}

fn series(metadata: &mut Metadata<'_>, name: &str, site: &Site) -> String {
    site.find_series(name).map(str::to_owned).unwrap_or_else(|| {
        if !site.series.is_empty() {
            metadata.warn("series", format!("series.toml does not have the series \"{name}\""));
        }
        name.to_owned()
    })
}

/// The languages that `language` names, or else those the text is in.
fn languages(
    metadata: &mut Metadata<'_>,
    title: &Localized,
    summary: &Localized,
    blocks: &[super::Block],
) -> Vec<Language> {
    let mut given = Vec::new();
    let tags = metadata.list("language");
    for tag in tags.iter().flat_map(|tags| tags.split(',')) {
        match Language::from_tag(tag) {
            Some(language) => given.push(language),
            None => metadata.warn("language", format!("language may be th, en or [th, en], not \"{tag}\"")),
        }
    }
    given.sort();
    given.dedup();
    if given.is_empty() { told_languages(title, summary, blocks) } else { given }
}

/// The languages that the text is in.
pub(super) fn told_languages(title: &Localized, summary: &Localized, blocks: &[super::Block]) -> Vec<Language> {
    let is_read_in = |language: &Language| {
        let in_body = |block: &super::Block| block.language == *language && block.kind == BlockKind::Text;
        summary.get(*language).is_some() || blocks.iter().any(in_body)
    };
    let read_in: Vec<Language> = Language::ALL.into_iter().filter(is_read_in).collect();
    if read_in.is_empty() { title.languages().collect() } else { read_in }
}

fn title(
    metadata: &mut Metadata<'_>,
    first_heading: Option<String>,
    given_series: Option<&str>,
    site: &Site,
) -> (Localized, SplitSeries) {
    let mut split = SplitSeries::default();
    let mut title = metadata.localized("title", |whole| match split_series(&whole, site) {
        // Another series than the one given is part of the title.
        Some((found, rest)) if given_series.is_none_or(|given| Some(given) == found.series.as_deref()) => {
            split = found;
            rest.to_owned()
        }
        _ => whole,
    });
    if let (None, Some(heading)) = (title.best(Language::Thai), first_heading) {
        let language = Language::of(&heading).unwrap_or(Language::Thai);
        *title.get_mut(language) = Some(heading);
    }
    (title, split)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Names;
    use rstest::rstest;

    fn site() -> Site {
        let topics = [("procurement".to_owned(), Names { th: Some("จัดซื้อ".into()), ..Default::default() })];
        let insight = super::super::Names { th: Some("Sujarit Insight".into()), ..Default::default() };
        Site { topics: topics.into(), series: [("insight".to_owned(), insight)].into(), ..Site::default() }
    }

    fn article(text: &str) -> Article {
        parse("a/b.md", text, &site()).expect("the text is an article").article
    }

    fn reasons(text: &str) -> Vec<String> {
        let problems = match parse("a/b.md", text, &site()) {
            Ok(parsed) => parsed.problems,
            Err(problem) => vec![problem],
        };
        problems.iter().map(Problem::to_string).collect()
    }

    #[rstest]
    #[case::bar("Sujarit Insight | ถนน", "ถนน")]
    #[case::colon("sujarit insight: ถนน", "ถนน")]
    #[case::letter_for_a_bar("Sujarit Insight I ถนน", "ถนน")]
    #[case::note("Sujarit Insight (ตอนพิเศษ) : ถนน", "ถนน")]
    #[case::dash("Sujarit Insight — ถนน", "ถนน")]
    fn a_series_before_the_title_is_told_from_it(#[case] title: &str, #[case] expected: &str) {
        let article = article(&format!("---\ntitle: '{title}'\n---\nเนื้อหา"));
        assert_eq!((article.title.th.as_deref(), article.series.as_deref()), (Some(expected), Some("insight")));
    }

    #[rstest]
    #[case("Sujarit Insight Internal Review")]
    #[case("Sujarit Insight-based review")]
    #[case("Sujarit Insight")]
    fn a_title_that_only_begins_like_a_series_stays_whole(#[case] title: &str) {
        let article = article(&format!("---\ntitle: {title}\n---\n"));
        assert_eq!((article.title.en.as_deref(), article.series), (Some(title), None));
    }

    #[test]
    fn a_title_that_names_another_series_than_the_one_given_stays_whole() {
        let article = article("---\ntitle: 'Sujarit Insight: ถนน'\nseries: other\n---\n");
        assert_eq!(article.series.as_deref(), Some("other"));
        assert!(article.title.best(Language::Thai).is_some_and(|(_, title)| title == "Sujarit Insight: ถนน"));
    }

    #[test]
    fn a_title_of_mostly_latin_letters_stays_beside_the_english_one() {
        let article = article("---\ntitle: ฮั้ว (Bid Rigging Explained)\ntitle_en: Bid rigging\n---\n");
        assert_eq!(article.title.th.as_deref(), Some("ฮั้ว (Bid Rigging Explained)"));
        assert_eq!(article.title.en.as_deref(), Some("Bid rigging"));
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "---\ntitle: {th: ชื่อ, en: Name}\ndate: 10 ก.ค. 67\ntopics: จัดซื้อ\nextra_key: [1, 2]\n---\nบท";
        let toml = "+++\ntitle = 'ชื่อ'\ntitle_en = 'Name'\ndate = 2024-07-10\ntopics = ['procurement']\nextra_key = [1, 2]\n+++\nบท";
        assert_eq!(article(yaml), article(toml));
        assert_eq!(article(yaml).extra["extra_key"], serde_json::json!([1, 2]));
        assert_eq!(article(yaml).id.to_string(), "a/b");
    }

    #[test]
    fn a_site_without_lists_has_the_topics_and_series_that_articles_name() {
        let text = "---\ntitle: x\ntopics: [a/b]\nseries: c\n---\n";
        let parsed = parse("a.md", text, &Site::default()).expect("the text is an article");
        assert_eq!(parsed.problems, []);
        assert_eq!((parsed.article.topics, parsed.article.series.as_deref()), (vec!["a/b".to_owned()], Some("c")));
    }

    #[test]
    fn languages_are_those_of_the_text() {
        assert_eq!(article("# ชื่อ\n\nบท\n\nText.").languages, Language::ALL);
        assert_eq!(article("---\ntitle: ชื่อ\ntitle_en: Name\n---\nบท").languages, [Language::Thai]);
        assert_eq!(article("---\ntitle: ชื่อ\nlanguage: en\n---\nบท").languages, [Language::English]);
    }

    #[rstest]
    #[case("---\ntitle: [\n---\n", "a/b.md:2: error: the front matter is not valid YAML: unclosed bracket")]
    #[case("---\ntitle: x\n", "a/b.md:1: error: the front matter does not end")]
    #[case("+++\ntitle = \n+++\n", "a/b.md:2: error: the front matter is not valid TOML")]
    #[case("เนื้อหา", "a/b.md:1: error: the article has no title")]
    #[case("---\ntitle: x\ndate: เมื่อวาน\n---\n", "a/b.md:3: warning: \"เมื่อวาน\"")]
    #[case("---\ntitle: x\n\ntopics: [none]\n---\n", "a/b.md:4: warning: topics.toml does not have")]
    #[case("---\ntitle: x\n---\nก\n\n<!-- lang: fr -->\n", "a/b.md:6: warning: the language mark names no language")]
    #[case("---\ntitle: x\nid: ../x\n---\n", "a/b.md:3: warning: id \"../x\" cannot be")]
    #[case("---\ntitle: {th: x}\ntitle_th: y\n---\n", "a/b.md:3: warning: title is given twice")]
    #[case("---\ntitle: x\nauthors: {a: b}\n---\n", "a/b.md:3: warning: authors must be a list")]
    fn what_is_wrong_is_told_with_its_line(#[case] text: &str, #[case] expected: &str) {
        let reasons = reasons(text);
        assert!(reasons.len() == 1 && reasons[0].starts_with(expected), "{reasons:?}");
    }
}
