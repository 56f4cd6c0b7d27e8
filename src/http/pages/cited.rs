//! How an article is cited, as its page shows it.

use super::links;
use super::search::FORMATS;
use crate::content::{Article, Site};
use crate::http::Identity;
use crate::http::export::{Cited, cited};

/// The texts to copy, and the files to take away.
pub(super) struct CiteBox {
    pub(super) texts: Vec<CiteText>,
    /// Name and address of each file.
    pub(super) files: Vec<(&'static str, String)>,
}

/// A citation in one format.
pub(super) struct CiteText {
    /// The id of its element.
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) text: String,
    /// Whether line breaks are a part of the format.
    pub(super) in_lines: bool,
}

impl CiteBox {
    pub(super) fn new(article: &Article, site: &Site, identity: &Identity) -> CiteBox {
        let Cited { apa, bibtex, ris } = cited(article, site, identity);
        CiteBox {
            texts: vec![
                CiteText { id: "cite-apa", name: "APA", text: apa, in_lines: false },
                CiteText { id: "cite-bibtex", name: "BibTeX", text: bibtex, in_lines: true },
                CiteText { id: "cite-ris", name: "RIS", text: ris, in_lines: true },
            ],
            files: FORMATS.map(|(name, extension)| (name, links::article_export(&article.id, extension))).into(),
        }
    }
}
