//! What the operator says of pages of hubs, and what is said everywhere.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::content::formats::settings::OneOrMany;
use crate::text::Language;

/// What is written around the text of articles; all of it adds to what is known everywhere.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HubSettings {
    /// Labels, by the key of the metadata that stands below them.
    pub labels: BTreeMap<String, OneOrMany>,
    /// Headings below which the text is in a language.
    pub sections: BTreeMap<Language, OneOrMany>,
    /// Signs between the name of a series and the title.
    pub separators: Vec<String>,
    /// What the name of a series begins or ends with.
    pub series_words: Vec<String>,
    /// What is said where the text names another article.
    pub references: Vec<String>,
    /// What goes on after a title within a sentence.
    pub title_ends: Vec<String>,
    /// What a sentence begins with that does not belong to the last item of a list.
    pub sentence_starts: Vec<String>,
    /// Lines that belong to the page around the article.
    pub noise: Vec<String>,
    /// What such lines begin with.
    pub footers: Vec<String>,
    /// Other authors who are not named.
    pub others: Vec<String>,
    /// What the names of organisations have in them.
    pub bodies: Vec<String>,
    /// What comes after a name and a comma and is no other name.
    pub degrees: Vec<String>,
    /// What the names of logos' files have in them.
    pub logos: Vec<String>,
}

/// What is said everywhere.
static USUAL: LazyLock<HubSettings> =
    LazyLock::new(|| toml::from_str(include_str!("hub.toml")).expect("the words of hubs are valid"));

impl HubSettings {
    /// What is said everywhere.
    pub(in crate::content) fn usual() -> &'static HubSettings {
        &USUAL
    }

    /// The operator's words of a list and those of everywhere.
    pub(in crate::content) fn all(&self, list: fn(&HubSettings) -> &Vec<String>) -> impl Iterator<Item = &str> + Clone {
        list(self).iter().chain(list(&USUAL)).map(String::as_str)
    }
}
