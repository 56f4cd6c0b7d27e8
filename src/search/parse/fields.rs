//! The fields that a query may name, and the values of those that are no text.

use super::tokens::{Token, is_letter, opens, plain};
use crate::search::Warning;
use crate::search::ast::{Node, Scope};
use crate::search::years::years;
use crate::text::{Language, normalize};

/// What a name and a colon before something stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Where to search.
    In(Scope),
    /// The years of the articles.
    Year,
    /// The language of the articles.
    Language,
}

/// Names as [`normalize`] gives them.
const NAMES: [(Field, &[&str]); 7] = [
    (Field::In(Scope::Title), &["title", "ชื่อเรื่อง", "ชื่อ"]),
    (Field::In(Scope::Author), &["author", "by", "ผู้แต่ง", "ผู้เขียน"]),
    (Field::In(Scope::Topic), &["topic", "หัวข้อ"]),
    (Field::In(Scope::Organisation), &["org", "organisation", "organization", "หน่วยงาน", "องค์กร"]),
    (Field::In(Scope::Series), &["series", "ชุด", "ชุดบทความ"]),
    (Field::Year, &["year", "ปี"]),
    (Field::Language, &["lang", "language", "ภาษา"]),
];

/// Addresses begin with a name and a colon too.
const SCHEMES: [&str; 4] = ["http", "https", "ftp", "mailto"];

/// The field that `word` begins with, its name as typed, and the rest of the word.
pub(super) fn field(word: &str) -> Option<(Field, &str, &str)> {
    let (name, value) = named(word)?;
    let normalized = normalize(name);
    let (field, _) = NAMES.iter().find(|(_, names)| names.contains(&normalized.text()))?;
    Some((*field, name, value))
}

/// The name of no field that `word`, with `after` directly after it, gives a value to. Times ("10:30"), addresses, paths
/// ("C:\") and remarks ("e.g.:") are none.
pub(super) fn unknown<'a>(word: &'a str, after: &str) -> Option<&'a str> {
    let (name, value) = named(word)?;
    let is_name = name.chars().all(is_letter) && name.chars().nth(1).is_some();
    let has_value = if value.is_empty() { after.starts_with(opens) } else { value.starts_with(char::is_alphanumeric) };
    (is_name && has_value && !SCHEMES.contains(&name.to_lowercase().as_str())).then_some(name)
}

/// What stands on both sides of the first colon.
fn named(word: &str) -> Option<(&str, &str)> {
    word.split_once(|ch| plain(ch) == ':').filter(|(name, _)| !name.is_empty())
}

/// What a term means as a value of `field`; `None` where the field is text.
pub(super) fn value(field: Field, token: &Token<'_>) -> Option<Result<Node, Warning>> {
    let text = match token {
        Token::Word(word) => (*word).to_owned(),
        Token::Prefix(stem) => format!("{stem}*"),
        Token::Phrase(phrase) => phrase.clone(),
        _ => return None,
    };
    match field {
        Field::In(_) => None,
        Field::Year => Some(years(&text).map(|(from, to)| Node::Years { from, to }).ok_or(Warning::BadYear(text))),
        Field::Language => Some(Language::from_tag(&text).map(Node::Language).ok_or(Warning::BadLanguage(text))),
    }
}
