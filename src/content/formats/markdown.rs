//! Markdown with a head of metadata: YAML between `---` lines or TOML between `+++` lines.

use serde_json::{Map, Value};

use super::input::decoded;
use super::{Input, Single};
use crate::content::draft::{Draft, Lines};
use crate::content::problem::Problem;

const YAML: &str = "---";
const TOML: &str = "+++";

/// Markdown.
pub(super) struct Markdown;

impl Single for Markdown {
    const NAME: &'static str = "Markdown";
    const EXTENSIONS: &'static [&'static str] = &["md", "markdown"];

    fn draft(input: &Input<'_>, bytes: Vec<u8>) -> Result<Draft, Problem> {
        let text = decoded(input.path, 1, &bytes)?;
        draft(input.path, text.strip_prefix('\u{FEFF}').unwrap_or(text))
    }
}

/// Parts a text into its head and its body.
///
/// # Errors
/// A [`Problem`] for a head that does not end or cannot be parsed.
pub(super) fn draft(path: &str, text: &str) -> Result<Draft, Problem> {
    let (fence, head, body) = parts(path, text)?;
    let metadata = match fence {
        Some(YAML) => yaml(path, head, 1)?,
        Some(_) => toml(path, head)?,
        None => Map::new(),
    };
    let lines = Lines {
        start: Some(1),
        head: Some(head.to_owned()),
        before_body: Some(text[..text.len() - body.len()].matches('\n').count()),
        ..Lines::default()
    };
    Ok(Draft { metadata, body: body.to_owned(), lines, ..Draft::default() })
}

/// The fence that the head is between, if there is one, the head, and the body.
fn parts<'a>(path: &str, text: &'a str) -> Result<(Option<&'static str>, &'a str, &'a str), Problem> {
    let first = text.lines().next().map(str::trim_end);
    let Some(fence) = [YAML, TOML].into_iter().find(|fence| first == Some(fence)) else {
        return Ok((None, "", text));
    };
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let (end, body) = closing_fence(text, start, fence).ok_or_else(|| {
        Problem::error(path, Some(1), format!("the front matter does not end; close it with a line {fence}"))
    })?;
    Ok((Some(fence), &text[start..end], &text[body..]))
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

/// Metadata in YAML, which begins after so many lines of the file.
pub(super) fn yaml(path: &str, raw: &str, lines: usize) -> Result<Map<String, Value>, Problem> {
    if raw.trim().is_empty() {
        return Ok(Map::new());
    }
    // Only true and false are booleans: a title may be "No".
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(raw, options).map_err(|error| {
        let line = error.location().map(|location| usize::try_from(location.line()).unwrap_or(0) + lines);
        let reason = error.without_snippet().to_string();
        // The place in the front matter is told by the line in the file.
        let first = reason.lines().next().unwrap_or("the YAML cannot be read");
        let first = first.split_once(" column ").and_then(|(_, after)| after.split_once(": ")).map_or(first, |it| it.1);
        let first = first.split(" at line ").next().unwrap_or(first);
        Problem::error(
            path,
            line,
            format!("{} is not valid YAML: {first}", if lines > 0 { "the front matter" } else { "the metadata" }),
        )
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
