//! What is cited of an article, in no format yet: names told apart, labels looked up, every text on one line.

use super::name::Name;
use crate::content::{Article, ArticleId, Site};
use crate::http::{Identity, address};
use crate::text::Language;
use crate::text::calendar::CalendarDate;

/// What citing needs beside the article.
#[derive(Clone, Copy)]
pub(super) struct Citing<'a> {
    pub(super) site: &'a Site,
    pub(super) identity: &'a Identity,
}

/// An article as it is cited.
#[derive(Debug, PartialEq)]
pub(super) struct Citation {
    /// See [`key`].
    pub(super) key: String,
    /// The Thai title, or else the English one.
    pub(super) title: String,
    /// The language of the title, and so the one that the article is cited in.
    pub(super) language: Language,
    /// The English title of an article that has both.
    pub(super) translated_title: Option<String>,
    pub(super) authors: Vec<Name>,
    pub(super) date: Option<CalendarDate>,
    /// The name of the site.
    pub(super) site: String,
    /// The organisations that supported the work.
    pub(super) organisations: Vec<String>,
    /// The name of the series in the language of the title.
    pub(super) series: Option<String>,
    /// The names of the topics in both languages.
    pub(super) keywords: Vec<String>,
    /// Where it was first published, or else its page here.
    pub(super) url: String,
    /// Its page here.
    pub(super) page: String,
    /// The summaries, Thai first.
    pub(super) summary: Option<String>,
}

impl Citation {
    pub(super) fn of(article: &Article, Citing { site, identity }: Citing<'_>) -> Citation {
        let (language, title) = article.title.best(Language::Thai).unwrap_or((Language::Thai, ""));
        let translated_title = article.title.en.as_deref().filter(|_| article.title.th.is_some());
        let organisations: Vec<String> = article.organisations.iter().map(|name| one_line(name)).collect();
        let summaries = article.summary.languages().filter_map(|language| article.summary.get(language));
        let summary = one_line(&summaries.collect::<Vec<_>>().join(" "));
        let page = address::article_from_outside(identity, &article.id);
        Citation {
            key: key(&article.id),
            title: one_line(title),
            language,
            translated_title: translated_title.map(one_line),
            authors: article.authors.iter().map(|name| Name::of(&one_line(name), &organisations)).collect(),
            date: article.date,
            site: one_line(&identity.name),
            organisations,
            series: article.series.as_ref().map(|id| one_line(&site.series_label(id, language))),
            keywords: keywords(article, site),
            url: article.source.as_deref().and_then(address::web_address).unwrap_or_else(|| page.clone()),
            page,
            summary: Some(summary).filter(|summary| !summary.is_empty()),
        }
    }
}

/// A key to cite by: the id with colons for slashes, as `glossary:open-data`. BibTeX wants it in ASCII and does not tell
/// capitals from small letters, so an id with anything else is told from all others by its hash.
pub(super) fn key(id: &ArticleId) -> String {
    let is_kept = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || matches!(ch, '-' | '.' | '_');
    if id.as_str().chars().all(|ch| is_kept(ch) || ch == '/') {
        return id.as_str().replace('/', ":");
    }
    let readable: String =
        id.as_str().to_ascii_lowercase().replace('/', ":").chars().filter(|&ch| is_kept(ch) || ch == ':').collect();
    let readable = readable.trim_matches([':', '-', '.', '_']);
    let readable = if readable.is_empty() { "article" } else { readable };
    // No id that is kept as it is has a sign of plus.
    format!("{readable}+{}", &blake3::hash(id.as_str().as_bytes()).to_hex()[..12])
}

/// A text without line breaks, other signs of control, and more than one space in a row.
pub(super) fn one_line(text: &str) -> String {
    let visible = text.replace(|ch: char| ch.is_control() && !ch.is_whitespace(), "");
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn keywords(article: &Article, site: &Site) -> Vec<String> {
    let mut keywords: Vec<String> = Vec::new();
    for id in &article.topics {
        let labels = Language::ALL.map(|language| one_line(&site.topic_label(id, language)));
        for label in labels {
            if !keywords.contains(&label) {
                keywords.push(label);
            }
        }
    }
    keywords
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("glossary/open-data", "glossary:open-data")]
    #[case("news/2567-07", "news:2567-07")]
    #[case("News/A", "news:a+")]
    #[case("บทความ/เรื่อง 1", "1+")] // articles, story 1
    #[case("บทความ", "article+")] // article
    fn keys_are_ascii_and_tell_ids_apart(#[case] id: &str, #[case] expected: &str) {
        let key = key(&ArticleId::new(id));
        let hash = key.strip_prefix(expected);
        assert!(key.is_ascii() && hash.is_some_and(|hash| hash.is_empty() != expected.ends_with('+')), "{key}");
    }

    #[test]
    fn ids_that_look_alike_have_keys_of_their_own() {
        let ids = ["a/b", "a:b", "A/b", "a b", "ab", "a-b", "ก", "ข", "article"];
        let keys: std::collections::BTreeSet<String> =
            ids.iter().map(|id| key(&ArticleId::new(*id)).to_lowercase()).collect();
        assert_eq!(keys.len(), ids.len());
    }

    #[test]
    fn a_text_is_put_on_one_line() {
        assert_eq!(one_line(" หนึ่ง\r\n สอง\u{0}\tสาม "), "หนึ่ง สอง สาม");
    }
}
