//! An article in the fifteen elements of Dublin Core, for harvesters and for the heads of pages.

use crate::content::{Article, Localized, Site};
use crate::http::Identity;
use crate::http::address::web_address;
use crate::http::pages::links;
use crate::text::Language;

/// One element.
pub(super) struct Element {
    /// Its name, in lower case.
    pub(super) name: &'static str,
    /// The language of its text, where it has one.
    pub(super) language: Option<Language>,
    /// Its text.
    pub(super) value: String,
}

/// What is said of an article, in the order in which it is mostly read.
pub(super) fn elements(article: &Article, site: &Site, identity: &Identity) -> Vec<Element> {
    let plain = |name, value: String| Element { name, language: None, value };
    let all = |name, values: &[String]| values.iter().map(|value| plain(name, value.clone())).collect::<Vec<_>>();
    let mut elements = localized("title", &article.title);
    elements.extend(all("creator", &article.authors));
    elements.extend(article.topics.iter().flat_map(|id| labels("subject", |language| site.topic_label(id, language))));
    elements.extend(localized("description", &article.summary));
    elements.push(plain("publisher", identity.name.clone()));
    elements.extend(all("contributor", &article.organisations));
    elements.extend(article.date.map(|date| plain("date", date.to_string())));
    elements.push(plain("type", "Text".to_owned()));
    elements.push(plain("format", "text/html".to_owned()));
    elements.push(plain("identifier", identity.absolute(&links::article(&article.id, Language::Thai))));
    elements.extend(article.source.as_deref().and_then(web_address).map(|source| plain("source", source)));
    elements.extend(article.languages.iter().map(|language| plain("language", language.tag().to_owned())));
    elements
        .extend(article.series.iter().flat_map(|id| labels("relation", |language| site.series_label(id, language))));
    elements
}

fn localized(name: &'static str, text: &Localized) -> Vec<Element> {
    let element = |language| Some(Element { name, language: Some(language), value: text.get(language)?.to_owned() });
    text.languages().filter_map(element).collect()
}

/// A name in both languages, or once where it has only one.
fn labels(name: &'static str, label: impl Fn(Language) -> String) -> Vec<Element> {
    let mut values = Language::ALL.map(label).to_vec();
    values.dedup();
    let element = |value: String| Element { name, language: Language::of(&value), value };
    values.into_iter().map(element).collect()
}
