//! What the operator says of WordPress exports and feeds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::content::formats::settings::OneOrMany;

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
