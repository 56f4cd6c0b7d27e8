//! What is around every page: its language, the name of the site, the box to search with and the way to the other
//! language.

use std::sync::Arc;

use super::wording::Wording;
use super::{interface, links};
use crate::http::{Identity, Service};
use crate::search::Request;
use crate::text::Language;

/// The frame of one page.
#[derive(Clone)]
pub(in crate::http) struct Frame {
    pub(super) wording: &'static Wording,
    /// The language of the interface.
    pub(super) ui: Language,
    pub(super) other: Language,
    pub(super) identity: Arc<Identity>,
    pub(super) home: String,
    /// The address of the same page in the other language.
    pub(super) other_language: String,
    /// What stands in the box.
    pub(super) text: String,
    /// Name and value of what the box keeps of the search, to be sent with it.
    pub(super) hidden: Vec<(String, String)>,
}

impl Frame {
    /// The frame of a page that is asked for with `query`, with an empty box.
    pub(in crate::http) fn of(service: &Service, query: Option<&str>) -> Frame {
        let ui = interface(query);
        let other = links::other(ui);
        Frame {
            wording: Wording::of(ui),
            ui,
            other,
            identity: Arc::clone(&service.identity),
            home: links::home(ui),
            other_language: links::home(other),
            text: String::new(),
            hidden: Request { interface: ui, ..Request::default() }.to_parameters(),
        }
    }

    /// This frame around a page of `request`, whose text and filters the box has.
    pub(super) fn around(self, request: &Request) -> Frame {
        Frame { text: request.text.clone(), hidden: links::kept(request, &["q"]), ..self }
    }

    /// This frame around a page that is at `address` in the other language.
    pub(super) fn with_other_language(self, address: String) -> Frame {
        Frame { other_language: address, ..self }
    }

    /// The attribute that tells the language of a text, where it is another than that of the interface.
    pub(super) fn lang(&self, text: &str) -> &'static str {
        match Language::of(text) {
            Some(Language::Thai) if self.ui != Language::Thai => " lang=\"th\"",
            Some(Language::English) if self.ui != Language::English => " lang=\"en\"",
            _ => "",
        }
    }

    /// The name of the site.
    pub(super) fn site(&self) -> &str {
        &self.identity.name
    }

    /// The address of the form that writes queries, with what stands in the box.
    pub(super) fn advanced(&self) -> String {
        links::advanced(&self.text, self.ui)
    }

    /// The address of everything there is.
    pub(super) fn browse(&self) -> String {
        links::browse(self.ui)
    }

    /// The address of all authors.
    pub(super) fn authors(&self) -> String {
        links::in_language("/facets/author".to_owned(), self.ui)
    }

    /// The address of the page that describes the API.
    pub(super) fn api(&self) -> String {
        links::in_language(links::API.to_owned(), self.ui)
    }

    /// The address of all topics.
    pub(super) fn topics(&self) -> String {
        links::in_language("/facets/topic".to_owned(), self.ui)
    }

    /// The fonts that the first lines of the page are written in.
    pub(super) fn fonts(&self) -> [&'static str; 3] {
        let bold = match self.ui {
            Language::Thai => "thai-700.woff2",
            Language::English => "latin-700.woff2",
        };
        ["thai-400.woff2", "latin-400.woff2", bold]
    }
}
