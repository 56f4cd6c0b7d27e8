//! What the operator says of formats, in `formats.toml` of the content folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::html::HtmlSettings;
use super::hub::HubSettings;
use super::json::JsonSettings;

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

/// What counts in WordPress exports and feeds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeedSettings {
    /// Types of posts that are articles; all others are passed over.
    pub post_types: Vec<String>,
    /// Taxonomies whose terms are topics by their names. Terms of others are where `topics` has them.
    pub taxonomies: Vec<String>,
    /// Topics by the name or the slug of a category, a tag or another term; an empty list leaves it out.
    pub topics: BTreeMap<String, OneOrMany>,
}

impl Default for FeedSettings {
    fn default() -> FeedSettings {
        let owned = |names: [&str; 2]| names.map(str::to_owned).into();
        FeedSettings {
            post_types: owned(["post", "page"]),
            taxonomies: owned(["category", "post_tag"]),
            topics: BTreeMap::new(),
        }
    }
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
