//! What the operator says of formats, in `formats.toml` of the content folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::html::HtmlSettings;
use super::hub::HubSettings;
use super::json::JsonSettings;
use super::xml::FeedSettings;

/// Settings of formats; each format has a field of its own where it has any.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormatSettings {
    /// Names that fields of NDJSON, JSON and CSV have on this site, by the key that they are: `title = "headline"`.
    pub fields: BTreeMap<String, OneOrMany>,
    /// Of JSON.
    pub json: JsonSettings,
    /// What counts in WordPress exports and feeds.
    pub feeds: FeedSettings,
    /// Of plain text and HTML: what is written around the text.
    pub hub: HubSettings,
    /// Of HTML: what of a page is the article.
    pub html: HtmlSettings,
}

/// A text or a list of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// A text.
    One(String),
    /// A list.
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of it.
    pub fn all(&self) -> &[String] {
        match self {
            OneOrMany::One(text) => std::slice::from_ref(text),
            OneOrMany::Many(texts) => texts,
        }
    }
}
