//! The names of authors, organisations and topics below their labels.

use super::Context;
use super::line::Line;
use crate::content::problem::Problem;
use crate::text::{Language, bare};

/// A name of fewer letters is none.
const SHORTEST_NAME: usize = 4;

/// Names of a field.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) names: Vec<String>,
    /// What is said of others who are not named, such as "และคณะ".
    pub(super) notes: Vec<String>,
    /// What is not clear.
    pub(super) doubts: Vec<Problem>,
}

/// The names in the lines of a field.
pub(super) fn names(key: &str, lines: &[Line], context: &Context<'_>) -> Names {
    let mut names = Names::default();
    for line in lines {
        match logo(&line.text, context) {
            _ if key != "organisations" => names.line(key, &line.text, context),
            Logo::None => names.line(key, &line.text, context),
            Logo::Of(name) => {
                let reason = format!("is the name of a logo's file; \"{name}\" is taken for the organisation");
                names.doubts.push(context.doubt(line, &reason));
                names.names.push(name);
            }
            Logo::Unknown => {
                let reason = "is the name of a logo's file and names no organisation; write the name";
                names.doubts.push(context.doubt(line, reason));
            }
        }
    }
    names
}

impl Names {
    fn line(&mut self, key: &str, text: &str, context: &Context<'_>) {
        let mut pieces = pieces(text, key, context);
        if key == "authors" {
            pieces = pieces.into_iter().flat_map(|piece| persons(piece, context)).collect();
        }
        for piece in pieces {
            let (name, note) = without_others(&piece, context);
            self.notes.extend(note.map(str::to_owned));
            let name = name.trim_matches([' ', ',', ';', '#']);
            if !name.is_empty() {
                self.names.push(name.to_owned());
            }
        }
    }
}

/// The names of a line. Where there are semicolons, commas are within names.
fn pieces(text: &str, key: &str, context: &Context<'_>) -> Vec<String> {
    let topics = key == "topics";
    let parts: &[char] = match text {
        _ if text.contains([';', '；']) => &[';', '；'],
        _ if topics && text.starts_with('#') => &['#'],
        _ if topics => &[',', '،', '、', '，', '|', '·'],
        _ => &[',', '،', '、', '，', '|'],
    };
    let mut pieces: Vec<String> = Vec::new();
    for piece in outside_brackets(text, parts) {
        let is_degree = context.site.formats.hub.all(|hub| &hub.degrees).any(|degree| degree == piece);
        match pieces.last_mut() {
            Some(last) if is_degree => last.push_str(&format!(", {piece}")),
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces
}

/// The text cut at these characters where they are in no brackets.
fn outside_brackets<'a>(text: &'a str, at: &[char]) -> Vec<&'a str> {
    let mut depth = 0usize;
    let cut = |ch: char| {
        match ch {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && at.contains(&ch)
    };
    text.split(cut).map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// Persons with "and" between; organisations have it in their names.
fn persons(piece: String, context: &Context<'_>) -> Vec<String> {
    let is_body = context.site.formats.hub.all(|hub| &hub.bodies).any(|body| piece.contains(body));
    let others = context.site.formats.hub.all(|hub| &hub.others);
    for and in [" และ", " and ", " & ", "and "] {
        let Some((left, right)) = piece.split_once(and) else { continue };
        let (left, right) = (left.trim(), right.trim());
        let is_others = others.clone().any(|others| piece.ends_with(others));
        // "Sam Park and Lee" may be one name, and after a comma the last one has "and" before it.
        let are_persons = (left.is_empty() || left.contains(' ')) && right.contains(' ');
        if !is_body && !is_others && are_persons {
            let left = persons(left.to_owned(), context);
            return left.into_iter().chain([right.to_owned()]).filter(|name| !name.is_empty()).collect();
        }
    }
    vec![piece.strip_prefix("และ").filter(|_| !is_body).map(|name| name.trim().to_owned()).unwrap_or(piece)]
}

/// A name, and what is said after it of others.
fn without_others<'a>(piece: &'a str, context: &Context<'_>) -> (&'a str, Option<&'a str>) {
    let mut longest = None;
    for others in context.site.formats.hub.all(|hub| &hub.others) {
        if piece.ends_with(others) && longest.is_none_or(|length| others.len() > length) {
            longest = Some(others.len());
        }
    }
    match longest {
        Some(length) => (piece[..piece.len() - length].trim(), Some(&piece[piece.len() - length..])),
        None => (piece, None),
    }
}

/// Whether a text is the name of a logo's file.
#[derive(Debug, PartialEq, Eq)]
enum Logo {
    None,
    /// It has the name of an organisation in it.
    Of(String),
    Unknown,
}

/// "05_โลโก้ มูลนิธิ.png" is the logo of มูลนิธิ. A name of an organisation may have the word as well, but no number before
/// it, underscores or extension.
fn logo(text: &str, context: &Context<'_>) -> Logo {
    let lower = text.to_lowercase();
    let word = context.site.formats.hub.all(|hub| &hub.logos).find(|logo| lower.contains(*logo));
    let stem = [".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif", ".ai", ".pdf"];
    let stem = stem.iter().find_map(|end| lower.strip_suffix(end)).map_or(text.len(), str::len);
    let is_file = stem < text.len() || text.contains('_') || text.starts_with(|ch: char| ch.is_ascii_digit());
    let starts = word.is_some_and(|word| lower.starts_with(word));
    let Some(word) = word.filter(|_| is_file || starts) else {
        return if stem < text.len() { Logo::Unknown } else { Logo::None };
    };
    // Lower case may have another length in a few scripts.
    let (text, stem) = if lower.len() == text.len() { (text, stem) } else { (lower.as_str(), lower.len()) };
    let parts = text.get(..stem).unwrap_or(text);
    let at = parts.to_lowercase().find(word).unwrap_or(parts.len());
    let around = [parts.get(..at), parts.get(at + word.len()..)];
    let mut names = around.into_iter().flatten().map(logo_name).filter(|name| is_name(name));
    names.next_back().map_or(Logo::Unknown, Logo::Of)
}

/// A piece of a file's name without what numbers it.
fn logo_name(piece: &str) -> String {
    let words = piece.split(|ch: char| ch.is_whitespace() || ch == '_');
    let words = words.map(|word| word.trim_matches(['-', '.', '(', ')']));
    let is_word = |word: &&str| !word.is_empty() && !word.chars().all(|ch| ch.is_numeric() || "-x".contains(ch));
    const OF_FILES: [&str; 12] =
        ["final", "new", "copy", "png", "rgb", "cmyk", "th", "en", "color", "white", "black", "transparent"];
    let words = words.filter(is_word).filter(|word| !OF_FILES.contains(&word.to_lowercase().as_str()));
    words.collect::<Vec<_>>().join(" ")
}

fn is_name(name: &str) -> bool {
    Language::of(name).is_some() && bare(name).chars().count() >= SHORTEST_NAME
}
