//! What the head of an article's page says to search engines, reference managers and catalogues.

use serde_json::{Value, json};

use super::dublin_core;
use crate::content::{Article, Site};
use crate::http::Identity;
use crate::http::address::web_address;
use crate::http::pages::links;
use crate::index::Entry;
use crate::text::Language;

/// The metadata of an article's page.
pub(in crate::http) struct ArticleHead {
    /// The address of the page itself.
    pub(in crate::http) canonical: String,
    /// The addresses of the page in each language, by what `hreflang` calls it.
    pub(in crate::http) alternates: [(&'static str, String); 3],
    /// Highwire Press and Dublin Core tags.
    pub(in crate::http) tags: Vec<Tag>,
    /// A schema.org article as JSON that may stand in a `script` element.
    pub(in crate::http) json_ld: String,
}

/// A `meta` element.
pub(in crate::http) struct Tag {
    /// What it says.
    pub(in crate::http) name: String,
    /// The tag of the language that it says it in, or nothing.
    pub(in crate::http) language: &'static str,
    /// What it is.
    pub(in crate::http) content: String,
}

impl ArticleHead {
    /// The head of the page of `article` with the interface in `ui`; `entry` tells when it changed.
    pub(in crate::http) fn new(
        article: &Article,
        ui: Language,
        site: &Site,
        identity: &Identity,
        entry: Option<&Entry>,
    ) -> ArticleHead {
        let page = |ui| identity.absolute(&links::article(&article.id, ui));
        let modified = entry.map(|entry| entry.changed.to_string());
        let mut tags = highwire(article, ui, site, identity);
        tags.extend(dublin_core(article, site, identity, modified.as_deref()));
        ArticleHead {
            canonical: page(ui),
            alternates: [
                ("th", page(Language::Thai)),
                ("en", page(Language::English)),
                ("x-default", page(Language::Thai)),
            ],
            tags,
            json_ld: in_script(&json_ld(article, ui, site, identity, modified)),
        }
    }
}

/// The tags that Google Scholar and Zotero read. They take one title, that of the page's language.
fn highwire(article: &Article, ui: Language, site: &Site, identity: &Identity) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut add = |name: &str, language: &'static str, content: String| {
        tags.push(Tag { name: format!("citation_{name}"), language, content });
    };
    if let Some((language, title)) = article.title.best(ui) {
        add("title", language.tag(), title.to_owned());
    }
    article.authors.iter().for_each(|author| add("author", "", author.clone()));
    if let Some(date) = article.date {
        add("publication_date", "", date.to_string());
    }
    article.languages.iter().for_each(|language| add("language", "", language.tag().to_owned()));
    add("publisher", "", identity.name.clone());
    if let Some((language, summary)) = article.summary.best(ui) {
        add("abstract", language.tag(), summary.to_owned());
    }
    article.topics.iter().for_each(|id| add("keywords", "", site.topic_label(id, ui)));
    add("fulltext_html_url", "", identity.absolute(&links::article(&article.id, ui)));
    tags
}

fn dublin_core(article: &Article, site: &Site, identity: &Identity, modified: Option<&str>) -> Vec<Tag> {
    let elements = dublin_core::elements(article, site, identity).into_iter().map(|element| Tag {
        name: format!("DC.{}", element.name),
        language: element.language.map_or("", Language::tag),
        content: element.value,
    });
    let modified = modified.map(|at| Tag { name: "DCTERMS.modified".to_owned(), language: "", content: at.to_owned() });
    elements.chain(modified).collect()
}

/// The article in the words of schema.org; what is not known is left out.
fn json_ld(article: &Article, ui: Language, site: &Site, identity: &Identity, modified: Option<String>) -> Value {
    let address = identity.absolute(&links::article(&article.id, ui));
    let title = article.title.best(ui);
    let other = title.and_then(|(language, _)| article.title.get(links::other(language)));
    let organisation = |name: &String| json!({ "@type": "Organization", "name": name });
    let topics = article.topics.iter().map(|id| site.topic_label(id, ui));
    let series =
        article.series.as_ref().map(|id| json!({ "@type": "CreativeWorkSeries", "name": site.series_label(id, ui) }));
    let mut known = json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": identity.absolute(&links::article(&article.id, Language::Thai)),
        "url": address,
        "mainEntityOfPage": address,
        "headline": title.map(|(_, title)| title),
        "alternativeHeadline": other,
        "inLanguage": article.languages,
        "datePublished": article.date.map(|date| date.to_string()),
        "dateModified": modified,
        "author": article.authors.iter().map(|name| author(name, article)).collect::<Vec<_>>(),
        "sponsor": article.organisations.iter().map(organisation).collect::<Vec<_>>(),
        "abstract": article.summary.best(ui).map(|(_, summary)| summary),
        "keywords": topics.collect::<Vec<_>>(),
        "isPartOf": series,
        "isBasedOn": article.source.as_deref().and_then(web_address),
        "publisher": { "@type": "Organization", "name": identity.name, "url": identity.url },
    });
    if let Some(known) = known.as_object_mut() {
        known.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|values| !values.is_empty()));
    }
    known
}

/// Persons, unless the article names them as an organisation: nothing else tells them apart.
fn author(name: &String, article: &Article) -> Value {
    let kind = if article.organisations.contains(name) { "Organization" } else { "Person" };
    json!({ "@type": kind, "name": name })
}

/// JSON in which nothing can end a `script` element or begin another, since all that HTML has a meaning for is escaped.
fn in_script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
