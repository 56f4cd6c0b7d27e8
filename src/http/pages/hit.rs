//! One hit, as pages list it.

use super::dates;
use super::links::{self, PageLink};
use crate::content::{Article, ArticleId};
use crate::http::address::web_address;
use crate::index::{Facet, Generation};
use crate::search::{Request, SearchHit, Snippet};
use crate::text::Language;

/// A hit. Titles and snippets are HTML that is already escaped.
pub(super) struct HitView {
    pub(super) id: ArticleId,
    pub(super) address: String,
    pub(super) titles: Vec<Marked>,
    pub(super) about: About,
    pub(super) snippets: Vec<Marked>,
    /// Where the article was first published, for links to pages of it.
    source: Option<String>,
}

/// HTML in a language.
pub(super) struct Marked {
    pub(super) language: Language,
    pub(super) html: String,
    /// The page that it stands on, in a file of pages.
    pub(super) page: Option<u32>,
}

impl HitView {
    pub(super) fn new(hit: SearchHit, request: &Request, generation: &Generation) -> HitView {
        let marked = |snippet: Snippet| Marked { language: snippet.language, html: snippet.html, page: snippet.page };
        HitView {
            id: hit.id().clone(),
            source: hit.article.source.as_deref().and_then(web_address),
            address: links::article_found(hit.id(), request),
            about: About::new(&hit.article, request.interface, generation),
            titles: hit.titles.into_iter().map(marked).collect(),
            snippets: hit.snippets.into_iter().map(marked).collect(),
        }
    }

    /// The address of a page of the file that the article was first published as, as viewers of PDF take it.
    pub(super) fn page_address(&self, page: &u32) -> Option<String> {
        let source = self.source.as_ref()?;
        Some(format!("{}#page={page}", source.split('#').next().unwrap_or(source)))
    }
}

/// What is told of an article beside its title, in the language of the interface.
pub(super) struct About {
    pub(super) series: Option<PageLink>,
    pub(super) date: Option<String>,
    /// The date as machines read it.
    pub(super) iso_date: String,
    pub(super) authors: Vec<PageLink>,
    pub(super) topics: Vec<PageLink>,
}

impl About {
    pub(super) fn new(article: &Article, ui: Language, generation: &Generation) -> About {
        let site = &generation.site;
        let series = |id: &String| {
            let address = links::profile(Facet::Series, id, ui)?;
            Some(PageLink { address, label: site.series_label(id, ui), current: false })
        };
        About {
            series: article.series.as_ref().and_then(series),
            date: article.date.map(|date| dates::date(date, ui)),
            iso_date: article.date.map(|date| date.to_string()).unwrap_or_default(),
            authors: article.authors.iter().map(|name| links::author(name, ui, site)).collect(),
            topics: article.topics.iter().map(|id| links::topic(id, ui, site)).collect(),
        }
    }
}
