//! Numbered lists that lost their line breaks: "1. ก2. ข3. ค ทั้งนี้ …".

use super::Context;
use super::line::{Kind, Line};

/// A list has so many items, unless they are glued together.
const FEWEST_ITEMS: usize = 3;
/// Numbers have so many digits at most.
const MOST_DIGITS: usize = 2;
/// The shortest item, in bytes.
const SHORTEST_ITEM: usize = 6;
/// Words before a number that is no item of a list.
const NUMBERED: [&str; 12] =
    ["ข้อ", "มาตรา", "ที่", "บท", "หมวด", "ข้อที่", "No", "Section", "Step", "Article", "section", "step"];

/// Where an item begins in a line.
#[derive(Debug, Clone, Copy)]
struct Marker {
    at: usize,
    number: u32,
    /// Where its text begins.
    text: usize,
    glued: Glued,
}

/// Whether there is a space before the number of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glued {
    Yes,
    No,
}

/// The lines that a line should have been. `after` is the line that follows.
pub(super) fn parted(line: Line, after: Option<&Line>, context: &Context<'_>) -> Vec<Line> {
    if !matches!(line.kind, Kind::Plain | Kind::Numbered(_)) {
        return vec![line];
    }
    let items = items(&line.markdown);
    let ends_list = |number: u32| !matches!(after.map(|after| after.kind), Some(Kind::Numbered(next)) if next > number);
    let mut lines = Vec::new();
    let start = items.first().map_or(0, |item| item.at);
    if start > 0 {
        lines.push(piece(&line, line.markdown[..start].trim(), Kind::Plain));
    }
    for (at, item) in items.iter().enumerate() {
        let end = items.get(at + 1).map_or(line.markdown.len(), |next| next.at);
        lines.push(piece(&line, line.markdown[item.text..end].trim(), Kind::Numbered(item.number)));
    }
    let mut lines = if lines.is_empty() { vec![line] } else { lines };
    if let Some(Line { kind: Kind::Numbered(number), .. }) = lines.last()
        && (*number > 1 && ends_list(*number))
        && let Some(last) = lines.pop()
    {
        lines.extend(without_sentence(last, context));
    }
    lines
}

fn piece(line: &Line, text: &str, kind: Kind) -> Line {
    let markdown = match kind {
        Kind::Numbered(number) => format!("{number}. {text}"),
        _ => text.to_owned(),
    };
    Line { markdown, text: text.replace('\\', ""), kind, ..line.clone() }
}

/// The items of a line, if they are a list.
fn items(markdown: &str) -> Vec<Marker> {
    let mut items: Vec<Marker> = Vec::new();
    for marker in markers(markdown) {
        match items.last() {
            Some(last) if marker.number == last.number + 1 => items.push(marker),
            None if marker.number == 1 || marker.at == 0 => items.push(marker),
            _ => {}
        }
    }
    let is_glued = items.iter().skip(1).any(|item| item.glued == Glued::Yes);
    let is_long = |pair: &[Marker]| pair[1].at - pair[0].text >= SHORTEST_ITEM;
    let is_list = items.len() >= FEWEST_ITEMS || items.len() > 1 && is_glued;
    if is_list && items.windows(2).all(is_long) { items } else { Vec::new() }
}

fn markers(markdown: &str) -> impl Iterator<Item = Marker> {
    let mut done = 0;
    markdown.match_indices('.').filter_map(move |(dot, _)| {
        let before = markdown[..dot].strip_suffix('\\').unwrap_or(&markdown[..dot]);
        let digits = before.bytes().rev().take(MOST_DIGITS + 1).take_while(u8::is_ascii_digit).count();
        let at = before.len() - digits;
        let number = before[at..].parse().ok().filter(|_| (1..=MOST_DIGITS).contains(&digits) && at >= done)?;
        let rest = &markdown[dot + 1..];
        let goes_on = rest.trim_start().starts_with(|ch: char| !ch.is_ascii_digit() && ch != '.');
        let glued = may_begin(&markdown[..at])?;
        done = dot;
        goes_on.then(|| Marker { at, number, text: dot + 1 + (rest.len() - rest.trim_start().len()), glued })
    })
}

/// Whether an item may begin after this text.
fn may_begin(before: &str) -> Option<Glued> {
    let word = before.trim_end();
    if NUMBERED.iter().any(|numbered| word.ends_with(numbered)) {
        return None;
    }
    match before.chars().next_back() {
        None => Some(Glued::No),
        Some(ch) if ch.is_whitespace() => Some(Glued::No),
        Some(ch) if ch.is_ascii_alphanumeric() || ".,/(-–_=&".contains(ch) => None,
        Some(_) => Some(Glued::Yes),
    }
}

/// The last item without the sentence that goes on after the list.
fn without_sentence(last: Line, context: &Context<'_>) -> Vec<Line> {
    let starts = context.site.formats.hub.all(|hub| &hub.sentence_starts);
    let text = &last.markdown;
    let found =
        starts.filter_map(|start| text.match_indices(start).map(|(at, _)| at).find(|&at| is_sentence(text, at)));
    match found.min() {
        Some(at) => {
            let item = Line { markdown: text[..at].trim().to_owned(), ..last.clone() };
            let text = text[at..].to_owned();
            vec![item, Line { text: text.replace('\\', ""), markdown: text, kind: Kind::Plain, ..last }]
        }
        None => vec![last],
    }
}

/// Whether a sentence may begin here: enough of the item is before it, and no Latin word goes on.
fn is_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let is_thai = text[at..].starts_with(|ch: char| !ch.is_ascii());
    at > SHORTEST_ITEM + 4 && (is_thai || before == Some(' '))
}
