//! The head of a Markdown file: YAML between `---` lines or TOML between `+++` lines.

use serde_json::{Map, Value};

use super::article::Localized;
use super::problem::Problem;
use crate::text::Language;

/// The keys of a file's head, taken out one by one; what is left is unknown to Khonha and kept.
pub(super) struct FrontMatter<'a> {
    path: &'a str,
    /// The text between the fences.
    raw: &'a str,
    values: Map<String, Value>,
    /// What was wrong with the values taken so far.
    pub(super) problems: Vec<Problem>,
}

/// Parts a file into its front matter and its body.
///
/// # Errors
/// A [`Problem`] for a head that does not end or cannot be parsed.
pub(super) fn split<'a>(path: &'a str, text: &'a str) -> Result<(FrontMatter<'a>, &'a str), Problem> {
    let fence = ["---", "+++"].into_iter().find(|fence| text.lines().next().map(str::trim_end) == Some(*fence));
    let Some(fence) = fence else {
        return Ok((FrontMatter { path, raw: "", values: Map::new(), problems: Vec::new() }, text));
    };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let (end, body) = closing_fence(text, start, fence).ok_or_else(|| {
        Problem::error(path, Some(1), format!("the front matter does not end; close it with a line {fence}"))
    })?;
    let raw = &text[start..end];
    let values = if fence == "---" { yaml(path, raw) } else { toml(path, raw) }?;
    Ok((FrontMatter { path, raw, values, problems: Vec::new() }, &text[body..]))
}

/// Where the closing fence line begins, and where the body after it does.
fn closing_fence(text: &str, start: usize, fence: &str) -> Option<(usize, usize)> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn yaml(path: &str, raw: &str) -> Result<Map<String, Value>, Problem> {
    if raw.trim().is_empty() {
        return Ok(Map::new());
    }
    // Only true and false are booleans: a title may be "No".
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(raw, options).map_err(|error| {
        let line = error.location().map(|location| usize::try_from(location.line()).unwrap_or(0) + 1);
        let reason = error.without_snippet().to_string();
        // The place in the front matter is told by the line in the file.
        let first = reason.lines().next().unwrap_or("the YAML cannot be read");
        let first = first.split_once(" column ").and_then(|(_, after)| after.split_once(": ")).map_or(first, |it| it.1);
        let first = first.split(" at line ").next().unwrap_or(first);
        Problem::error(path, line, format!("the front matter is not valid YAML: {first}"))
    })
}

fn toml(path: &str, raw: &str) -> Result<Map<String, Value>, Problem> {
    let table: toml::Table = raw.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map(|span| raw[..span.start].matches('\n').count() + 2);
        Problem::error(path, line, format!("the front matter is not valid TOML: {}", error.message()))
    })?;
    Ok(table.into_iter().map(|(key, value)| (key, from_toml(value))).collect())
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, from_toml(value))).collect(),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
    }
}

impl FrontMatter<'_> {
    /// Reports what is wrong with the value of `key`, which the article then goes without.
    pub(super) fn warn(&mut self, key: &str, reason: impl Into<String>) {
        let line = self.line_of(key);
        self.problems.push(Problem::warning(self.path, line, reason));
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

    /// The line of the file that sets `key`, counted from 1.
    fn line_of(&self, key: &str) -> Option<usize> {
        let sets_key = |line: &str| {
            let after = line.trim_start().strip_prefix(key).map(str::trim_start);
            after.is_some_and(|after| after.starts_with([':', '=']))
        };
        self.raw.lines().position(sets_key).map(|line| line + 2)
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
