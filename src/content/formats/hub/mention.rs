//! Other articles that the text names by their titles.

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, parse_document};

use super::Context;
use super::line::{Line, shown};
use super::title::series_of;
use crate::content::markdown::{options, plain_text};
use crate::text::bare;

/// So much after the name of a series is looked at, in bytes.
const LOOKED_AT: usize = 600;
/// The shortest title without a series before it, in characters.
const SHORTEST_TITLE: usize = 6;
/// The longest title, in characters.
const LONGEST_TITLE: usize = 180;
/// So many characters after words that tell to read it a title may begin.
const REACH: usize = 60;
/// What stands between titles.
const JOINING: [&str; 7] = ["", "และ", "กับ", "หรือ", "รวมถึง", "and", "or"];
/// What titles are between.
const QUOTES: [(char, char); 5] = [('“', '”'), ('"', '"'), ('«', '»'), ('‘', '’'), ('「', '」')];

/// The titles that a text names: what begins with a series, and what is between quotation marks where the text tells to
/// read another article.
pub(super) fn titles(markdown: &str, context: &Context<'_>) -> Vec<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    root.children().flat_map(|block| of_block(block, context)).collect()
}

fn of_block(block: Node<'_>, context: &Context<'_>) -> Vec<String> {
    if matches!(block.data().value, NodeValue::HtmlBlock(_) | NodeValue::CodeBlock(_)) {
        return Vec::new();
    }
    let mut titles = Vec::new();
    for line in plain_text(block).lines().map(shown) {
        titles.extend(in_series(&line, context));
        titles.extend(quoted(&line, context));
    }
    titles
}

/// Where a text tells to read another article.
fn reference(text: &str, context: &Context<'_>) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let references = context.site.formats.hub.all(|hub| &hub.references);
    references.filter_map(|reference| lower.find(&reference.to_ascii_lowercase())).min()
}

/// Titles with the name of a series before them.
fn in_series(text: &str, context: &Context<'_>) -> Vec<String> {
    let starts = series_starts(text, context);
    let mut titles = Vec::new();
    for (number, &start) in starts.iter().enumerate() {
        let next = starts.get(number + 1).copied().unwrap_or(text.len());
        let end = text.floor_char_boundary(next.min(start + LOOKED_AT));
        let before = text[..start].chars().next_back();
        titles.extend(title_in_series(&text[start..end], before, context));
    }
    titles
}

fn title_in_series(text: &str, before: Option<char>, context: &Context<'_>) -> Option<String> {
    let whole = series_of(text, context)?;
    let head = text.len() - whole.title.len();
    let closing = QUOTES.iter().find(|(open, _)| Some(*open) == before).map(|(_, close)| *close);
    let title = &whole.title[..end_of_title(&whole.title, closing, context)];
    let title = title.trim_end_matches(|ch: char| ch.is_whitespace() || ".,;:!)]".contains(ch));
    (!title.is_empty()).then(|| format!("{}{title}", &text[..head]))
}

/// Where names of series begin that a title comes after.
fn series_starts(text: &str, context: &Context<'_>) -> Vec<usize> {
    let names = context.site.series.values().flat_map(|names| names.all());
    let lower = text.to_ascii_lowercase();
    let known = names.flat_map(|name| {
        let name = name.to_ascii_lowercase();
        lower.match_indices(&name).map(|(at, _)| at).collect::<Vec<_>>()
    });
    let words = context.site.formats.hub.all(|hub| &hub.series_words);
    let unknown = words.flat_map(|word| {
        let word = word.to_ascii_lowercase();
        lower.match_indices(&word).map(|(at, _)| start_of_name(text, at)).collect::<Vec<_>>()
    });
    let mut starts: Vec<usize> = known.chain(unknown).collect();
    starts.sort_unstable();
    starts.dedup();
    let is_title = |&start: &usize| {
        let end = text.floor_char_boundary(start + LOOKED_AT);
        !text[..start].ends_with(|ch: char| ch.is_ascii_alphanumeric())
            && series_of(&text[start..end], context).is_some()
    };
    starts.retain(is_title);
    // "Sujarit Insight" is a name, and "Insight" in it none.
    let mut last_end = 0;
    starts.retain(|&start| {
        let is_new = start >= last_end;
        let end = text.floor_char_boundary(start + LOOKED_AT);
        let length = series_of(&text[start..end], context).map_or(0, |it| end - start - it.title.len());
        if is_new {
            last_end = start + length;
        }
        is_new
    });
    starts
}

/// Where the name begins that has the word at `at` in it: with the words in capitals before it.
fn start_of_name(text: &str, at: usize) -> usize {
    let is_name = |ch: char| ch.is_ascii_alphanumeric() || ch == ' ' || ch == '-' || ch == '&';
    let run = text[..at].trim_end_matches(is_name).len();
    let words = text[run..at].split_inclusive(' ');
    let mut start = at;
    for word in words.rev().take_while(|word| word.starts_with(char::is_uppercase)) {
        start -= word.len();
    }
    start
}

/// Where a title ends within a sentence.
fn end_of_title(title: &str, closing: Option<char>, context: &Context<'_>) -> usize {
    if let Some(end) = closing.and_then(|closing| title.find(closing)) {
        return end;
    }
    let ends = context.site.formats.hub.all(|hub| &hub.title_ends).filter_map(|end| title.find(end));
    let closes = title.find(['”', '"', '»', '」', '\n']);
    let sentence = title.find(". ");
    let unopened = title.find(')').filter(|&at| !title[..at].contains('('));
    ends.chain(closes).chain(sentence).chain(unopened).filter(|&end| end > 0).min().unwrap_or(title.len())
}

/// What is between quotation marks right after words that tell to read it; several of them are parted by "and" alone.
fn quoted(text: &str, context: &Context<'_>) -> Vec<String> {
    let mut titles = Vec::new();
    let Some(refers) = reference(text, context) else { return titles };
    let (mut rest, mut reach) = (&text[refers..], REACH);
    while let Some((open, close, at)) = opening(rest) {
        let (between, inside) = (&rest[..at], &rest[at + open.len_utf8()..]);
        let Some(end) = inside.find(close) else { break };
        let is_joined =
            if reach > 0 { between.chars().count() <= reach } else { JOINING.contains(&bare(between).as_str()) };
        if !is_joined {
            break;
        }
        titles.extend(alone(&inside[..end], context));
        (rest, reach) = (&inside[end + close.len_utf8()..], 0);
    }
    titles
}

/// The first quotation mark, with the one that closes it, and where it is.
fn opening(text: &str) -> Option<(char, char, usize)> {
    QUOTES.iter().filter_map(|&(open, close)| Some((open, close, text.find(open)?))).min_by_key(|it| it.2)
}

/// Texts of links, in lines that tell to read another article.
pub(super) fn linked(lines: &[Line], context: &Context<'_>) -> Vec<String> {
    let telling = lines.iter().filter(|line| !line.links.is_empty() && reference(&line.text, context).is_some());
    telling.flat_map(|line| &line.links).filter_map(|text| alone(text, context)).collect()
}

/// A title without a series: those with one are found by it.
fn alone(text: &str, context: &Context<'_>) -> Option<String> {
    let text = text.trim();
    let is_title = (SHORTEST_TITLE..=LONGEST_TITLE).contains(&text.chars().count()) && !text.contains("://");
    (is_title && series_of(text, context).is_none()).then(|| text.to_owned())
}
