//! A text of the service itself, said in both languages.

use std::borrow::Cow;

use super::Language;

/// The same text in Thai and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bilingual {
    thai: Cow<'static, str>,
    english: Cow<'static, str>,
}

impl Bilingual {
    /// A text that is known when the program is written.
    pub const fn new(thai: &'static str, english: &'static str) -> Bilingual {
        Bilingual { thai: Cow::Borrowed(thai), english: Cow::Borrowed(english) }
    }

    /// This text with `name` after it, in both languages.
    pub fn with(&self, name: &str) -> Bilingual {
        let with = |text: &str| Cow::Owned(format!("{text} {name}"));
        Bilingual { thai: with(&self.thai), english: with(&self.english) }
    }

    /// The text in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Thai => &self.thai,
            Language::English => &self.english,
        }
    }
}
