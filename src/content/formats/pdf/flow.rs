//! Lines of pages to a title, headings and paragraphs, without what every page repeats.

use std::collections::{HashMap, HashSet};

use super::lines::{Line, Rank};
use super::reading::{Kind, Part, Piece};
use super::repair::{is_consonant, is_mark, repair};

/// Letters larger than most by this factor are a heading.
const HEADING: f32 = 1.12;
/// Sizes within this factor are one.
const SAME_SIZE: f32 = 1.04;
/// A paragraph ends before room of this many times that between its lines.
const ROOM: f32 = 1.3;
/// A line that is shorter than this share of the longest is the last of its paragraph.
const SHORT: f32 = 0.7;
/// A paragraph begins further to the right by this share of the letters' size.
const INDENT: f32 = 0.9;
/// So many lines at the top and at the bottom of a page may be what every page repeats.
const EDGE: usize = 2;
/// Longer headings are paragraphs in large letters.
const LONGEST_HEADING: usize = 250;

/// A text in its parts.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Flow {
    /// The largest letters of the first page, where they are larger than most.
    pub(super) title: Option<String>,
    pub(super) pieces: Vec<Piece>,
}

/// The text of pages, the first of which has the number 1.
pub(super) fn flow(pages: Vec<Vec<Line>>) -> Flow {
    let pages = without_repeated(pages);
    let all = || pages.iter().flatten();
    let measures = Measures::of(all());
    let title_size = title_size(pages.first().map(Vec::as_slice).unwrap_or_default(), &measures);
    let words: HashSet<&str> = all().flat_map(|line| line.text.split_whitespace()).collect();
    let mut pieces: Vec<(f32, Piece)> = Vec::new();
    let mut last: Option<&Line> = None;
    for (page, line) in (1u32..).zip(&pages).flat_map(|(page, lines)| lines.iter().map(move |line| (page, line))) {
        match (last, pieces.last_mut()) {
            (Some(before), Some((_, piece))) if !measures.parts(before, line) => join(piece, page, &line.text, &words),
            _ => pieces.push((line.size, begun(page, line, &measures))),
        }
        last = Some(line);
    }
    let title = title_size.and_then(|size| take_title(&mut pieces, size));
    let mut pieces: Vec<Piece> = pieces.into_iter().map(|(_, piece)| mended(piece)).collect();
    pieces.retain(|piece| !piece.parts.is_empty());
    Flow { title, pieces }
}

fn begun(page: u32, line: &Line, measures: &Measures) -> Piece {
    let kind = if measures.is_heading(line) { Kind::Heading } else { Kind::Paragraph };
    Piece { kind, parts: vec![Part { page, text: line.text.clone() }] }
}

/// Takes the first pieces in letters of the title's size out of a text.
fn take_title(pieces: &mut Vec<(f32, Piece)>, size: f32) -> Option<String> {
    let is_title = |(of, piece): &(f32, Piece)| is_same_size(*of, size) && piece.parts[0].page == 1;
    let first = pieces.iter().position(is_title)?;
    let (_, piece) = pieces.remove(first);
    let title = repair(&piece.text());
    (!title.is_empty()).then_some(title)
}

/// Puts each part right and leaves out what has no text; long headings are paragraphs.
fn mended(mut piece: Piece) -> Piece {
    for part in &mut piece.parts {
        let begins_apart = part.text.starts_with(' ');
        part.text = format!("{}{}", if begins_apart { " " } else { "" }, repair(&part.text));
    }
    piece.parts.retain(|part| !part.text.trim().is_empty());
    if piece.text().chars().count() > LONGEST_HEADING {
        piece.kind = Kind::Paragraph;
    }
    piece
}

/// What is usual in a text.
struct Measures {
    /// The size of most letters.
    size: f32,
    /// Between lines of one paragraph, in sizes of letters.
    leading: f32,
    /// The longest line.
    width: f32,
}

impl Measures {
    fn of<'a>(lines: impl Iterator<Item = &'a Line> + Clone) -> Measures {
        let mut sizes: HashMap<u32, usize> = HashMap::new();
        for line in lines.clone() {
            // Tenths of a point.
            *sizes.entry((line.size * 10.0) as u32).or_default() += line.text.chars().count();
        }
        let most = sizes.into_iter().max_by_key(|&(size, letters)| (letters, size));
        let size = most.map_or(1.0, |(size, _)| size as f32 / 10.0).max(1.0);
        let body: Vec<&Line> = lines.filter(|line| is_same_size(line.size, size)).collect();
        let mut steps: Vec<f32> = body.windows(2).map(|pair| (pair[0].y - pair[1].y) / size).collect();
        steps.retain(|&step| step > 0.5 && step < 4.0);
        steps.sort_by(f32::total_cmp);
        // Steps between paragraphs are larger, and fewer or not: the smaller half has the lines.
        let leading = steps.get(steps.len() / 4).copied().unwrap_or(1.5);
        let width = body.iter().map(|line| line.right - line.left).fold(0.0, f32::max);
        Measures { size, leading, width }
    }

    fn is_heading(&self, line: &Line) -> bool {
        line.rank == Rank::Heading || line.size > self.size * HEADING
    }

    /// Whether a line begins something other than the one before it.
    fn parts(&self, before: &Line, line: &Line) -> bool {
        if !is_same_size(before.size, line.size) || before.rank != line.rank {
            return true;
        }
        let step = (before.y - line.y) / line.size;
        let room = self.leading * ROOM;
        if self.is_heading(line) {
            return step < 0.0 || step > room;
        }
        let is_further = step < 0.0 || step > room;
        let is_indented = line.left - before.left > line.size * INDENT;
        let is_short = before.right - before.left < self.width * SHORT && self.width > 0.0;
        // In the next column or on the next page a paragraph goes on if its last line was full.
        is_indented || is_short || is_item(&line.text) || (is_further && step > 0.0)
    }
}

fn is_same_size(one: f32, other: f32) -> bool {
    one.max(other) <= one.min(other) * SAME_SIZE
}

/// Whether a line begins an item of a list.
fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let number = text.trim_start_matches(|ch: char| ch.is_ascii_digit() || ('๐'..='๙').contains(&ch));
    let is_number = number.len() < text.len() && text.len() - number.len() <= 6 && number.starts_with(['.', ')']);
    let is_decimal = number.chars().nth(1).is_some_and(|ch| ch.is_ascii_digit());
    text.starts_with(['•', '▪', '●', '○', '‣', '·']) || text.starts_with("- ") || is_number && !is_decimal
}

/// Adds a line to a piece.
fn join(piece: &mut Piece, page: u32, line: &str, words: &HashSet<&str>) {
    let Some(part) = piece.parts.last_mut() else { return };
    let space = match hyphenated(&part.text, line, words) {
        Some(without_hyphen) => {
            part.text = without_hyphen;
            ""
        }
        None => between(&part.text, line),
    };
    let line = format!("{space}{line}");
    match part.page == page {
        true => part.text.push_str(&line),
        false => piece.parts.push(Part { page, text: line }),
    }
}

/// What stands between two lines of a paragraph. Thai is broken between words, which have no space between them.
fn between(before: &str, line: &str) -> &'static str {
    let is_thai = |ch: char| is_consonant(ch) || is_mark(ch) || matches!(ch, 'ฤ'..='ๆ');
    match (before.chars().next_back(), line.chars().next()) {
        (Some(last), Some(first)) if is_thai(last) && is_thai(first) => "",
        (Some(last), _) if last.is_whitespace() => "",
        _ => " ",
    }
}

/// The line before without its hyphen, where that parts a word. It does not in words that have one before, or are written so
/// elsewhere.
fn hyphenated(before: &str, line: &str, words: &HashSet<&str>) -> Option<String> {
    let before = before.trim_end();
    let stem = before.strip_suffix(['-', '‐', '\u{AD}'])?;
    let start = stem.rsplit(char::is_whitespace).next()?;
    let end = line.split(char::is_whitespace).next()?;
    let is_word = |text: &str| text.chars().next().is_some_and(|ch| ch.is_ascii_lowercase());
    let parts_word = stem.ends_with(|ch: char| ch.is_ascii_alphabetic()) && is_word(end);
    let is_written_so = start.contains('-') || words.contains(format!("{start}-{end}").as_str());
    if !parts_word || is_written_so {
        // The hyphen stays, and nothing comes after it.
        return parts_word.then(|| before.to_owned());
    }
    Some(stem.to_owned())
}

/// The size of the largest letters of the first page, if they are larger than most.
fn title_size(first: &[Line], measures: &Measures) -> Option<f32> {
    let is_text = |line: &&Line| line.text.chars().filter(|ch| ch.is_alphabetic()).count() > 2;
    let largest = first.iter().filter(is_text).map(|line| line.size).fold(0.0, f32::max);
    (largest > measures.size * HEADING).then_some(largest)
}

/// Pages without their headers, footers and numbers: lines at the edges that other pages have there too, but for numbers.
fn without_repeated(mut pages: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let at_edges: HashSet<String> = edges(page).map(|at| without_numbers(&page[at].text)).collect();
        at_edges.into_iter().for_each(|text| *times.entry(text).or_default() += 1);
    }
    let enough = (pages.len() / 2).max(2);
    for page in &mut pages {
        let is_repeated = |text: &str| times.get(&without_numbers(text)).is_some_and(|&times| times >= enough);
        let repeated: HashSet<usize> = edges(page).filter(|&at| is_repeated(&page[at].text)).collect();
        let mut at = 0..;
        page.retain(|_| at.next().is_none_or(|at| !repeated.contains(&at)));
    }
    pages
}

/// The highest and the lowest lines of a page.
fn edges(page: &[Line]) -> impl Iterator<Item = usize> + use<> {
    let mut by_height: Vec<usize> = (0..page.len()).collect();
    by_height.sort_by(|&one, &other| page[other].y.total_cmp(&page[one].y));
    let lowest = by_height.len().saturating_sub(EDGE).max(EDGE);
    let highest: Vec<usize> = by_height.iter().take(EDGE).copied().collect();
    highest.into_iter().chain(by_height.into_iter().skip(lowest))
}

fn without_numbers(text: &str) -> String {
    let numbers = |ch: char| if ch.is_numeric() { '0' } else { ch };
    let mut text: String = text.trim().chars().map(numbers).collect();
    while text.contains("00") {
        text = text.replace("00", "0");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, size: f32, left: f32, y: f32) -> Line {
        Line { text: text.to_owned(), size, left, right: left + text.chars().count() as f32 * 5.0, y, rank: Rank::Text }
    }

    fn texts(flow: &Flow) -> Vec<String> {
        let mark = |piece: &Piece| if piece.kind == Kind::Heading { "# " } else { "" };
        flow.pieces.iter().map(|piece| format!("{}{}", mark(piece), piece.text())).collect()
    }

    #[test]
    fn lines_become_paragraphs_below_their_headings() {
        let page = vec![
            line("งบซ่อมถนนสามปี", 20.0, 50.0, 780.0),
            line("ที่มา", 14.0, 50.0, 750.0),
            line("เทศบาลตั้งงบซ่อมถนนปีละเท่า", 10.0, 50.0, 730.0),
            line("ไร ไม่มีใครตอบได้", 10.0, 50.0, 715.0),
            line("คำถามนี้ไม่ควรยากเลยสำหรับ", 10.0, 50.0, 690.0),
            line("ใคร", 10.0, 50.0, 675.0),
        ];
        let flow = flow(vec![page]);
        assert_eq!(flow.title.as_deref(), Some("งบซ่อมถนนสามปี"));
        let expected = ["# ที่มา", "เทศบาลตั้งงบซ่อมถนนปีละเท่าไร ไม่มีใครตอบได้", "คำถามนี้ไม่ควรยากเลยสำหรับใคร"];
        assert_eq!(texts(&flow), expected);
    }

    #[test]
    fn a_paragraph_goes_on_on_the_next_page() {
        let first = vec![line("The committee met for the first time in its short", 10.0, 50.0, 100.0)];
        let second = vec![line("history and adjourned", 10.0, 50.0, 780.0)];
        let pieces = flow(vec![first, second]).pieces;
        let part = |page, text: &str| Part { page, text: text.to_owned() };
        let parts =
            vec![part(1, "The committee met for the first time in its short"), part(2, " history and adjourned")];
        assert_eq!(pieces, [Piece { kind: Kind::Paragraph, parts }]);
    }

    #[test]
    fn what_pages_repeat_is_left_out() {
        let page = |number: u32, text: &str| {
            vec![
                line("รายงานประจำปี", 9.0, 50.0, 820.0),
                line(text, 10.0, 50.0, 700.0),
                line("a line of the middle", 10.0, 50.0, 600.0),
                line("another one of the middle", 10.0, 50.0, 500.0),
                line(&format!("หน้า {number} จาก 12"), 9.0, 50.0, 20.0),
            ]
        };
        let flow = flow(vec![page(9, "one"), page(10, "two"), page(11, "three")]);
        let text = texts(&flow).join("\n");
        assert!(!text.contains("รายงาน") && !text.contains("หน้า") && text.contains("two"), "{text}");
    }

    #[test]
    fn a_hyphen_at_the_end_of_a_line_parts_a_word_or_belongs_to_it() {
        let page = vec![
            line("a well-known way of procure-", 10.0, 50.0, 730.0),
            line("ment that is known as a well-", 10.0, 50.0, 718.0),
            line("known one", 10.0, 50.0, 706.0),
        ];
        assert_eq!(texts(&flow(vec![page])), ["a well-known way of procurement that is known as a well-known one"]);
    }

    #[test]
    fn items_begin_lines_of_their_own() {
        let page = vec![
            line("1. ประกาศแผนก่อนเริ่มงาน", 10.0, 50.0, 730.0),
            line("2. เปิดเผยราคากลางทุกครั้ง", 10.0, 50.0, 718.0),
            line("2.5 ล้านบาทเป็นวงเงินของงาน", 10.0, 50.0, 706.0),
        ];
        assert_eq!(texts(&flow(vec![page])).len(), 2);
    }
}
