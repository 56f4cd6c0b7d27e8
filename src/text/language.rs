//! Which of the two languages a text is written in, told by its script.

use serde::{Deserialize, Serialize};

use super::thai::letter::is_thai;

/// A language that Khonha publishes and searches in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Thai.
    #[serde(rename = "th")]
    Thai,
    /// English, and any other text in letters that are not Thai.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both languages, in the order in which they are shown.
    pub const ALL: [Language; 2] = [Language::Thai, Language::English];

    /// The BCP 47 tag, `th` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Thai => "th",
            Language::English => "en",
        }
    }

    /// The language of a tag (`th`, `en`, `en-GB`) or of a name in either language; `None` if unknown.
    pub fn from_tag(tag: &str) -> Option<Language> {
        match tag.trim().to_lowercase().split('-').next().unwrap_or_default() {
            "th" | "thai" | "ไทย" | "ภาษาไทย" => Some(Language::Thai),
            "en" | "english" | "อังกฤษ" | "ภาษาอังกฤษ" => Some(Language::English),
            _ => None,
        }
    }

    /// The language most of the letters of `text` belong to; `None` where there is no letter.
    ///
    /// A Thai sentence keeps its language with several English names in it, since Thai letters are
    /// counted with their vowel signs and an even count is Thai.
    pub fn of(text: &str) -> Option<Language> {
        let (mut thai, mut other) = (0usize, 0usize);
        for ch in text.chars() {
            if is_thai(ch) {
                thai += usize::from(!('๐'..='๙').contains(&ch));
            } else if ch.is_alphabetic() {
                other += 1;
            }
        }
        match (thai, other) {
            (0, 0) => None,
            (thai, other) if thai >= other => Some(Language::Thai),
            _ => Some(Language::English),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_has_the_language_of_most_of_its_letters() {
        assert_eq!(Language::of("การเปิดเผยข้อมูล (Open Data)"), Some(Language::Thai));
        assert_eq!(Language::of("The Thai word is ทุจริต."), Some(Language::English));
        assert_eq!(Language::of("2567 – 10/07"), None);
        assert_eq!(Language::of("๒๕๖๗"), None);
    }
}
