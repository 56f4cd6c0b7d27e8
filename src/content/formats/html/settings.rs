//! What the operator says of web pages, and what holds everywhere.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// What of a web page is its article; all of it adds to what holds everywhere.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HtmlSettings {
    /// Selectors of the text of the article, the best first.
    pub main: Vec<String>,
    /// Selectors of what is taken out before.
    pub remove: Vec<String>,
    /// Names of meta elements, by the key that they are.
    pub meta: BTreeMap<String, Vec<String>>,
}

static USUAL: LazyLock<HtmlSettings> =
    LazyLock::new(|| toml::from_str(include_str!("html.toml")).expect("the words of web pages are valid"));

impl HtmlSettings {
    /// Selectors of what is taken out.
    pub(super) fn all_removed(&self) -> impl Iterator<Item = &str> {
        self.remove.iter().chain(&USUAL.remove).map(String::as_str)
    }

    /// Names of the meta elements of a key.
    pub(super) fn names(&self, key: &str) -> impl Iterator<Item = &str> {
        let names = [self.meta.get(key), USUAL.meta.get(key)];
        names.into_iter().flatten().flatten().map(String::as_str)
    }
}
