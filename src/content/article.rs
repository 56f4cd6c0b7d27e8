//! What one article says, whatever kind of file it came from.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::origin::Origin;
use super::site::Site;
use crate::text::calendar::CalendarDate;
use crate::text::{Language, bare};

/// The longest id, in bytes.
const LONGEST_ID: usize = 500;
/// Longer titles are told apart by so many bytes of their letters.
const LONGEST_TITLE: usize = 600;

/// An article as its author wrote it; nothing is normalised for search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Stable and readable: the path without its extension, or `id` of the metadata.
    pub id: ArticleId,
    /// Where it comes from.
    pub origin: Origin,
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
    pub related: Vec<Reference>,
    /// Summaries of the metadata.
    pub summary: Localized,
    /// The body as Markdown.
    pub body: String,
    /// The body as plain text, by paragraph.
    pub blocks: Vec<Block>,
    /// Keys of the metadata that Khonha does not know.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// The name of an article in addresses and in `related`. Copies share their text: what is known of a million articles has many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(Arc<str>);

impl ArticleId {
    /// The id that is written so.
    pub fn new(id: impl Into<Arc<str>>) -> ArticleId {
        ArticleId(id.into())
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of the article of a file: its path without the extension.
    pub(super) fn of_file(path: &str) -> ArticleId {
        ArticleId::new(stem(path))
    }

    /// The id of an item of a file: a name below that of the file.
    pub(super) fn of_item(path: &str, item: &str) -> ArticleId {
        let item = item.split_once("://").map_or(item, |(_, address)| address);
        let mut name = String::new();
        for ch in item.chars() {
            let is_plain = !ch.is_control() && !ch.is_whitespace() && !"/\\?#%&=:".contains(ch);
            if is_plain || !name.is_empty() && !name.ends_with('-') {
                name.push(if is_plain { ch } else { '-' });
            }
        }
        let name = name.trim_matches(['-', '.']);
        let mut id = format!("{}/{}", stem(path), if name.is_empty() { "-" } else { name });
        id.truncate(id.floor_char_boundary(LONGEST_ID));
        ArticleId::new(id)
    }

    /// Whether a text can be part of an address: browsers take `.` and `..` out, and nothing shows a control character.
    pub(super) fn is_address(id: &str) -> bool {
        let is_name = |part: &str| !matches!(part, "" | "." | "..");
        id.split('/').all(is_name) && !id.chars().any(char::is_control) && id.len() <= LONGEST_ID
    }
}

fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An article as another one names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reference {
    /// By its id.
    Id(ArticleId),
    /// By its title, with its series before it or without.
    Title(String),
}

impl Article {
    /// What it is called, each as [`whole_title`] has it: its titles, and each with a name of its series before it.
    pub fn whole_titles(&self, site: &Site) -> BTreeSet<String> {
        let mut before: Vec<&str> = match self.series.as_ref().map(|id| (id, site.series.get(id))) {
            Some((_, Some(names))) => names.all().collect(),
            Some((id, None)) => vec![id],
            None => Vec::new(),
        };
        before.push("");
        let titles = self.title.texts();
        let titles =
            titles.flat_map(|title| before.iter().map(move |series| whole_title(&format!("{series} {title}"))));
        titles.filter(|title| !title.is_empty()).collect()
    }
}

/// The letters of a title, by which it is told from others however it is spaced and marked.
pub fn whole_title(title: &str) -> String {
    let mut letters = bare(title);
    letters.truncate(letters.floor_char_boundary(LONGEST_TITLE));
    letters
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

    /// The texts that there are, Thai first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        Language::ALL.into_iter().filter_map(|language| self.get(language))
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
    /// The pages that it stands on, in their order; none where the file has no pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<PageStart>,
}

/// Where a page begins in the text of a block; the first one may have begun before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageStart {
    /// In bytes of the text.
    pub at: usize,
    /// Its number, counted from 1.
    pub number: u32,
}

impl PageStart {
    /// The page that byte `at` of a text with these pages stands on.
    pub fn page_at(pages: &[PageStart], at: usize) -> Option<u32> {
        pages.iter().take_while(|page| page.at <= at).last().map(|page| page.number)
    }
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
