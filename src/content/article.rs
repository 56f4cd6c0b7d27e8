//! What one article says, whatever kind of file it came from.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Language;
use crate::text::calendar::CalendarDate;

/// An article as its author wrote it; nothing is normalised for search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Stable and readable: the path without its extension, or `id` of the front matter.
    pub id: ArticleId,
    /// The file, relative to the content folder, with `/` between folders.
    pub path: String,
    /// At least one language is there.
    pub title: Localized,
    /// When it was published.
    pub date: Option<CalendarDate>,
    /// Persons and organisations, as written, in order.
    pub authors: Vec<String>,
    /// Organisations that supported the work.
    pub organisations: Vec<String>,
    /// Topic ids such as `procurement/bid-rigging`, without their ancestors.
    pub topics: Vec<String>,
    /// The id of the series the article appeared in.
    pub series: Option<String>,
    /// The languages it can be read in, Thai first.
    pub languages: Vec<Language>,
    /// Where it was first published.
    pub source: Option<String>,
    /// Articles picked by hand; they need not exist.
    pub related: Vec<ArticleId>,
    /// Summaries of the front matter.
    pub summary: Localized,
    /// The body as Markdown.
    pub body: String,
    /// The body as plain text, by paragraph.
    pub blocks: Vec<Block>,
    /// Keys of the front matter that Khonha does not know.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// The name of an article in addresses and in `related`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub String);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that may be there in each language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized {
    /// The Thai text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub th: Option<String>,
    /// The English text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Localized {
    /// The text in `language`.
    pub fn get(&self, language: Language) -> Option<&str> {
        match language {
            Language::Thai => self.th.as_deref(),
            Language::English => self.en.as_deref(),
        }
    }

    /// The place of the text in `language`.
    pub fn get_mut(&mut self, language: Language) -> &mut Option<String> {
        match language {
            Language::Thai => &mut self.th,
            Language::English => &mut self.en,
        }
    }

    /// The text in `preferred`, or else in the other language, with the language it is in.
    pub fn best(&self, preferred: Language) -> Option<(Language, &str)> {
        let mut languages = Language::ALL;
        languages.sort_by_key(|&language| language != preferred);
        languages.into_iter().find_map(|language| self.get(language).map(|text| (language, text)))
    }

    /// The languages it is there in, Thai first.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        Language::ALL.into_iter().filter(|&language| self.get(language).is_some())
    }
}

/// A paragraph, heading, list or table of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Told by script, or marked by hand.
    pub language: Language,
    /// What it is.
    pub kind: BlockKind,
    /// Its text without markup.
    pub text: String,
}

/// What a block of the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A heading of any level.
    Heading,
    /// Anything else.
    Text,
}
