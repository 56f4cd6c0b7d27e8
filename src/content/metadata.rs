//! The keys of a draft, taken out one by one.

use serde_json::{Map, Value};

use super::article::Localized;
use super::draft::Lines;
use super::problem::Problem;
use crate::text::Language;

/// The keys that are not taken yet; what is left in the end is unknown to Khonha and kept.
pub(super) struct Metadata<'a> {
    path: &'a str,
    lines: &'a Lines,
    values: Map<String, Value>,
    /// What was wrong with the values taken so far.
    problems: Vec<Problem>,
}

impl Metadata<'_> {
    /// The keys of a draft of the file at `path`.
    pub(super) fn new<'a>(path: &'a str, values: Map<String, Value>, lines: &'a Lines) -> Metadata<'a> {
        Metadata { path, lines, values, problems: Vec::new() }
    }

    /// Reports what is wrong with the value of `key`, which the article then goes without.
    pub(super) fn warn(&mut self, key: &str, reason: impl Into<String>) {
        self.problems.push(Problem::warning(self.path, self.lines.of_key(key), reason));
    }

    /// The text of `key`; numbers are taken as text, since `date: 2567` is one.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let value = self.values.shift_remove(key)?;
        let text = scalar(&value);
        if text.is_none() && !value.is_null() {
            self.warn(key, format!("{key} must be a text"));
        }
        text.filter(|text| !text.is_empty())
    }

    /// The texts of `key`, which may be a list or a single text.
    pub(super) fn list(&mut self, key: &str) -> Vec<String> {
        let values = match self.values.shift_remove(key) {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(values)) => values,
            Some(value) => vec![value],
        };
        let texts: Vec<String> = values.iter().filter_map(scalar).filter(|text| !text.is_empty()).collect();
        if texts.len() < values.len() {
            self.warn(key, format!("{key} must be a list of texts; empty and nested values are left out"));
        }
        texts
    }

    /// `key` as a text (in the language that has no key of its own, or else that of its script), as `{th, en}`, or as `key_th` and `key_en`.
    /// Each text goes through `edit` before its language is told.
    pub(super) fn localized(&mut self, key: &str, mut edit: impl FnMut(String) -> String) -> Localized {
        let mut localized = Localized::default();
        if let Some(Value::Object(by_language)) = self.values.get(key) {
            let by_language = by_language.clone();
            self.values.shift_remove(key);
            for (tag, value) in by_language {
                match (Language::from_tag(&tag), scalar(&value)) {
                    (Some(language), Some(text)) => *localized.get_mut(language) = Some(edit(text)),
                    _ => self.warn(key, format!("{key} may have a text for th and one for en; {tag} is left out")),
                }
            }
        } else if let Some(text) = self.text(key) {
            let text = edit(text);
            let has_own = |language: Language| self.values.contains_key(&format!("{key}_{}", language.tag()));
            let language = match Language::ALL.map(has_own) {
                [true, false] => Language::English,
                [false, true] => Language::Thai,
                _ => Language::of(&text).unwrap_or(Language::Thai),
            };
            *localized.get_mut(language) = Some(text);
        }
        for language in Language::ALL {
            let own = format!("{key}_{}", language.tag());
            if let Some(text) = self.text(&own) {
                if localized.get(language).is_some() {
                    self.warn(&own, format!("{key} is given twice in one language; {own} is used"));
                }
                *localized.get_mut(language) = Some(edit(text));
            }
        }
        localized
    }

    /// Ends the reading: the keys nobody asked for, and what was wrong with the others.
    pub(super) fn finish(self) -> (Map<String, Value>, Vec<Problem>) {
        (self.values, self.problems)
    }
}

/// A text or a number, as a text.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
