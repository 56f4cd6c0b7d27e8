//! An article as Markdown with front matter that reads back as the same article.

use serde_json::Value;

use super::article::{Article, ArticleId, Localized, Reference};
use super::read::told_languages;
use super::series::split_series;
use super::site::Site;
use crate::text::Language;
use crate::text::calendar::CalendarDate;

/// The text of a file that lies at `path` of a folder with the names of `site`.
pub fn to_markdown(article: &Article, path: &str, site: &Site) -> String {
    let mut head = Head::default();
    if article.id != ArticleId::of_file(path) {
        head.text("id", article.id.as_str());
    }
    head.localized("title", &article.title, |title| with_series(title, article, site));
    head.localized("summary", &article.summary, str::to_owned);
    if let Some(date) = article.date {
        head.text("date", &date_text(date));
    }
    head.list("authors", &article.authors);
    head.list("organisations", &article.organisations);
    head.list("topics", &article.topics);
    article.series.iter().for_each(|series| head.text("series", series));
    if article.languages != told_languages(&article.title, &article.summary, &article.blocks) {
        let tags: Vec<String> = article.languages.iter().map(|language| language.tag().to_owned()).collect();
        head.list("language", &tags);
    }
    article.source.iter().for_each(|source| head.text("source", source));
    let (ids, titles) = references(article);
    head.list("related", &ids);
    head.list("related_titles", &titles);
    article.extra.iter().for_each(|(key, value)| head.value(key, value));
    format!("---\n{}---\n{}", head.0, article.body)
}

/// Lines of YAML. Values are written as JSON, which is YAML without surprises: in it `no` is a text and `1.10` no number.
#[derive(Default)]
struct Head(String);

impl Head {
    fn value(&mut self, key: &str, value: &Value) {
        let is_plain =
            key.starts_with(|ch: char| ch.is_alphabetic()) && key.chars().all(|ch| ch.is_alphanumeric() || ch == '_');
        let key = if is_plain && !is_word_of_yaml(key) { key.to_owned() } else { json(&Value::from(key)) };
        let value = match value {
            Value::Array(values) => format!("[{}]", values.iter().map(json).collect::<Vec<_>>().join(", ")),
            value => json(value),
        };
        self.0.push_str(&format!("{key}: {value}\n"));
    }

    fn text(&mut self, key: &str, text: &str) {
        self.value(key, &Value::from(text));
    }

    fn list(&mut self, key: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.value(key, &Value::from(texts));
        }
    }

    /// A text stands below the key itself where it is then taken for its language.
    fn localized(&mut self, key: &str, texts: &Localized, edit: impl Fn(&str) -> String) {
        for language in texts.languages() {
            let text = edit(texts.get(language).unwrap_or_default());
            let is_only = texts.languages().count() == 1;
            let is_told = if is_only { Language::of(&text).unwrap_or(Language::Thai) } else { Language::Thai };
            let key = if is_told == language { key.to_owned() } else { format!("{key}_{}", language.tag()) };
            self.text(&key, &text);
        }
    }
}

/// JSON in characters that YAML takes as they are; others are written by their numbers.
fn json(value: &Value) -> String {
    let mut json = String::new();
    for ch in value.to_string().chars() {
        let is_printable =
            !ch.is_control() && !matches!(ch, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}');
        if is_printable { json.push(ch) } else { json.push_str(&format!("\\u{:04x}", u32::from(ch))) }
    }
    json
}

fn is_word_of_yaml(key: &str) -> bool {
    ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&key.to_lowercase().as_str())
}

/// A title that begins like one with its series is written with it: no more than that is told from it again.
fn with_series(title: &str, article: &Article, site: &Site) -> String {
    let names = article.series.as_ref().and_then(|id| site.series.get(id));
    let is_split = split_series(title, site).is_some_and(|(split, _)| split.series == article.series);
    match names.and_then(|names| names.all().next()).filter(|_| is_split) {
        Some(name) => format!("{name} | {title}"),
        None => title.to_owned(),
    }
}

/// The first way to write a date that leads back to it: `1500` is a year of neither era by itself.
fn date_text(date: CalendarDate) -> String {
    let (iso, year) = (date.to_string(), date.year());
    let by_era = [format!("ค.ศ. {}", year.common_era()), format!("พ.ศ. {}", year.buddhist_era())];
    let ways = Language::ALL.map(|language| date.display(language));
    let mut ways = [iso.clone()].into_iter().chain(ways).chain(by_era);
    ways.find(|text| CalendarDate::parse(text) == Ok(date)).unwrap_or(iso)
}

fn references(article: &Article) -> (Vec<String>, Vec<String>) {
    let (mut ids, mut titles) = (Vec::new(), Vec::new());
    for reference in &article.related {
        match reference {
            Reference::Id(id) => ids.push(id.to_string()),
            Reference::Title(title) => titles.push(title.clone()),
        }
    }
    (ids, titles)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;
    use crate::content::Names;
    use crate::content::draft::Draft;
    use crate::content::origin::Origin;
    use crate::content::read::{article, parse};

    fn site() -> Site {
        let insight = Names { th: Some("Sujarit Insight".into()), ..Default::default() };
        Site { series: [("insight".to_owned(), insight)].into(), ..Site::default() }
    }

    /// Reads back what is written of an article with this metadata.
    fn check(metadata: Value, body: &str) {
        let Value::Object(metadata) = metadata else { return };
        let draft = Draft { metadata: metadata.clone(), body: body.to_owned(), ..Draft::default() };
        let Ok(read) = article(Origin::file("a.md"), ArticleId::of_file("a.md"), draft, &site()) else { return };
        let text = to_markdown(&read.article, "a.md", &site());
        let again = parse("a.md", &text, &site()).map(|parsed| parsed.article);
        assert_eq!(again, Ok(read.article), "{text}");
    }

    #[test]
    fn what_yaml_would_take_for_something_else_stays_a_text() {
        for text in
            ["no", "2567", "1.10", "~", "null", "a: b", "# x", "'", "\"", "\\", "- x", "---", "\u{85}\u{7f}\u{2028}ก"]
        {
            check(json!({"title": text, "authors": [text], "summary": text, text: text, "x": {text: [text]}}), text);
        }
    }

    #[test]
    fn titles_that_begin_like_their_series_stay_whole() {
        for title in ["Sujarit Insight | Sujarit Insight: ถนน", "Sujarit Insight (ตอนแรก) | ถนน", "Sujarit Insight"]
        {
            check(json!({"title": title}), "ก");
            check(json!({"title": title, "series": "other"}), "ก");
        }
    }

    #[test]
    fn every_date_leads_back() {
        for date in ["1500", "ค.ศ. 2150", "2567", "2024-07", "๑๐ กรกฎาคม ๒๕๖๗", "1066-10-14", "พ.ศ. 2400"]
        {
            check(json!({"title": "x", "date": date}), "ก");
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            Just(Value::Null),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..4)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_an_article_says_reads_back_the_same(
            title in "\\PC{1,20}",
            english in prop::option::of(any::<String>()),
            names in prop::collection::vec(any::<String>(), 0..4),
            key in any::<String>(),
            extra in value(),
            body in any::<String>(),
        ) {
            let english = english.map_or(Value::Null, Value::from);
            let lists = json!({"authors": names, "topics": names, "related": names, "related_titles": names});
            let mut metadata = json!({"title": title, "title_en": english, "summary_en": english, "source": title, key: extra});
            if let (Value::Object(metadata), Value::Object(lists)) = (&mut metadata, lists) {
                metadata.extend(lists);
            }
            check(metadata, &body);
        }
    }
}
