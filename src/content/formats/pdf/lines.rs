//! Runs of glyphs with their places to lines of text.
//!
//! Runs come in the order in which the file draws them, which is about the order that its program wrote the text in: columns
//! stay apart by that. Within a line their places tell the order. Where words end is told by the room between glyphs alone,
//! since spaces are drawn, or read where none are, as programs like.

use super::repair::is_mark;

/// Room of this share of the letters' size is a space, where the file draws one and where it does not.
const DRAWN_SPACE: f32 = 0.1;
const SPACE: f32 = 0.17;
/// Letters that are so much higher or lower, in shares of their size, are of another line.
const SAME_LINE: f32 = 0.45;
/// Marks are drawn up to so much higher or lower than the line.
const MARKS_REACH: f32 = 1.3;
/// Runs of one line come at most so many lines after it was begun.
const LINES_BACK: usize = 3;
/// What is drawn twice this close stands for fat letters.
const TWICE: f32 = 0.1;
/// Widths of one glyph differ by no more than this share of the letters' size.
const SAME_WIDTH: f32 = 0.04;
/// The letter that fonts draw in two parts, so that its second part is read as a space.
const SARA_AM: char = 'ำ';

/// Glyphs that are drawn at once.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Run {
    pub(super) glyphs: Vec<Glyph>,
    /// The height of its baseline, from the lower edge of the page.
    pub(super) y: f32,
    /// The size of its letters in points.
    pub(super) size: f32,
    /// The width of า in its font, in shares of the size.
    pub(super) tail: Option<f32>,
    /// Whether the file says that it is of a heading.
    pub(super) rank: Rank,
}

/// A glyph at its place, in points from the left edge of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) ch: char,
    pub(super) x: f32,
    pub(super) advance: f32,
}

/// What a file says of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Rank {
    Heading,
    #[default]
    Text,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    /// With a space at its end where one is drawn there.
    pub(super) text: String,
    pub(super) size: f32,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The height of its baseline.
    pub(super) y: f32,
    pub(super) rank: Rank,
}

/// The lines of a page.
pub(super) fn lines(runs: &[Run]) -> Vec<Line> {
    let mut lines: Vec<Vec<&Run>> = Vec::new();
    for run in runs.iter().filter(|run| run.glyphs.iter().any(|glyph| !glyph.ch.is_whitespace())) {
        let latest = lines.len().saturating_sub(LINES_BACK);
        match lines[latest..].iter_mut().rev().find(|line| run.is_of(line)) {
            Some(line) if line.iter().any(|other| run.is_twice(other)) => {}
            Some(line) => line.push(run),
            None => lines.push(vec![run]),
        }
    }
    lines.into_iter().filter_map(written).collect()
}

impl Run {
    fn is_marks(&self) -> bool {
        self.glyphs.iter().all(|glyph| is_mark(glyph.ch) || glyph.ch.is_whitespace())
    }

    fn left(&self) -> f32 {
        self.glyphs.first().map_or(0.0, |glyph| glyph.x)
    }

    fn is_of(&self, line: &[&Run]) -> bool {
        let reach = if self.is_marks() || line.iter().all(|run| run.is_marks()) { MARKS_REACH } else { SAME_LINE };
        line.iter().any(|other| (self.y - other.y).abs() < reach * self.size.max(other.size))
    }

    fn is_twice(&self, other: &Run) -> bool {
        let is_near = (self.left() - other.left()).abs() < self.size * TWICE;
        let same = |(one, other): (&Glyph, &Glyph)| one.ch == other.ch;
        is_near && self.glyphs.len() == other.glyphs.len() && self.glyphs.iter().zip(&other.glyphs).all(same)
    }
}

/// The line that runs make.
fn written(mut runs: Vec<&Run>) -> Option<Line> {
    runs.sort_by(|one, other| one.left().total_cmp(&other.left()));
    let (marks, letters): (Vec<&Run>, Vec<&Run>) = runs.into_iter().partition(|run| run.is_marks());
    let largest = letters.iter().max_by_key(|run| run.glyphs.len())?;
    let mut written = Written::default();
    for run in &letters {
        run.glyphs.iter().for_each(|&glyph| written.take(glyph, run));
    }
    for run in marks {
        run.glyphs.iter().filter(|glyph| is_mark(glyph.ch)).for_each(|&mark| written.insert(mark));
    }
    let mut text: String = written.glyphs.iter().map(|glyph| glyph.ch).collect();
    if written.space == Space::Drawn {
        text.push(' ');
    }
    let left = written.glyphs.first()?.x;
    Some(Line { text, size: largest.size, left, right: written.end, y: largest.y, rank: largest.rank })
}

/// What of a line is written.
#[derive(Default)]
struct Written {
    glyphs: Vec<Glyph>,
    /// Whether a space was drawn since the last glyph.
    space: Space,
    /// Where the last glyph ends.
    end: f32,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Space {
    Drawn,
    #[default]
    None,
}

impl Written {
    fn take(&mut self, glyph: Glyph, run: &Run) {
        if glyph.ch.is_whitespace() {
            self.space = if self.glyphs.is_empty() { Space::None } else { Space::Drawn };
            return;
        }
        if !is_mark(glyph.ch) && self.is_apart(glyph, run) {
            self.glyphs.push(Glyph { ch: ' ', x: self.end, advance: glyph.x - self.end });
        }
        self.space = Space::None;
        self.end = glyph.x + glyph.advance;
        self.glyphs.push(glyph);
    }

    fn is_apart(&self, glyph: Glyph, run: &Run) -> bool {
        let Some(last) = self.glyphs.last() else { return false };
        let mut room = (glyph.x - self.end) / run.size.max(1.0);
        // The second part of ำ is no space; what comes after it may be one.
        if let (SARA_AM, Some(tail)) = (last.ch, run.tail)
            && room > tail - SAME_WIDTH
        {
            room -= tail;
        }
        room > if self.space == Space::Drawn { DRAWN_SPACE } else { SPACE }
    }

    /// A mark that is drawn apart goes to the letter that ends where it stands: it has no width, and reaches to the left.
    fn insert(&mut self, mark: Glyph) {
        let letters = self.glyphs.iter().enumerate().filter(|(_, glyph)| glyph.ch != ' ');
        let distance = |glyph: &Glyph| (glyph.x + glyph.advance - mark.x).abs();
        // Of marks on one letter the last one is taken, which ends where the letter does.
        let nearest = letters.min_by(|(one_at, one), (other_at, other)| {
            distance(one).total_cmp(&distance(other)).then(other_at.cmp(one_at))
        });
        let at = nearest.map_or(0, |(at, _)| at + 1);
        self.glyphs.insert(at, mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of 10 points, each 5 wide, from (x, y) on; marks have no width.
    fn run(text: &str, x: f32, y: f32) -> Run {
        let mut x = x;
        let mut glyphs = Vec::new();
        for ch in text.chars() {
            let advance = if is_mark(ch) { 0.0 } else { 5.0 };
            glyphs.push(Glyph { ch, x, advance });
            x += advance;
        }
        Run { glyphs, y, size: 10.0, tail: Some(0.4), rank: Rank::Text }
    }

    fn read(runs: &[Run]) -> Vec<String> {
        lines(runs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_end_where_letters_go_down() {
        let runs = [run("ที่นี่ ", 50.0, 700.0), run("มี", 50.0, 680.0), run("งาน", 300.0, 680.0)];
        assert_eq!(read(&runs), ["ที่นี่ ", "มี งาน"]);
    }

    #[test]
    fn columns_stay_apart() {
        let column = |x: f32, letters: [&str; 4]| {
            let lines = letters.into_iter().zip([700.0, 680.0, 660.0, 640.0]);
            lines.map(|(letter, y)| run(letter, x, y)).collect::<Vec<_>>()
        };
        let runs = [column(50.0, ["ก", "ข", "ค", "ง"]), column(300.0, ["จ", "ฉ", "ช", "ซ"])].concat();
        assert_eq!(read(&runs), ["ก", "ข", "ค", "ง", "จ", "ฉ", "ช", "ซ"]);
    }

    #[test]
    fn runs_of_one_line_are_read_from_left_to_right() {
        let runs = [run("เอง", 50.0, 700.0), run("เจ๊", 80.0, 700.0), run("!", 65.0, 700.0)];
        assert_eq!(read(&runs), ["เอง! เจ๊"]);
    }

    #[test]
    fn a_drawn_space_without_room_is_none() {
        let runs = [run("ป้", 50.0, 700.0), run(" ", 55.0, 700.0), run("า", 55.0, 700.0)];
        assert_eq!(read(&runs), ["ป้า"]);
    }

    #[test]
    fn room_without_a_drawn_space_is_one() {
        assert_eq!(read(&[run("open", 50.0, 700.0), run("data", 73.0, 700.0)]), ["open data"]);
    }

    #[test]
    fn the_second_part_of_sara_am_is_no_space() {
        assert_eq!(read(&[run("ตำ", 50.0, 700.0), run("บล", 64.0, 700.0)]), ["ตำบล"]);
        assert_eq!(read(&[run("ทำ", 50.0, 700.0), run("และ", 67.0, 700.0)]), ["ทำ และ"]);
        assert_eq!(read(&[run("ทำ", 50.0, 700.0), run("และ", 62.5, 700.0)]), ["ทำ และ"]);
    }

    #[test]
    fn marks_that_are_drawn_apart_go_to_their_letters() {
        let runs = [run("ทังหมดนา", 50.0, 700.0), run("้", 55.2, 699.0), run("้", 80.1, 703.0)];
        assert_eq!(read(&runs), ["ทั้งหมดน้า"]);
    }

    #[test]
    fn fat_letters_that_are_drawn_twice_are_read_once() {
        assert_eq!(read(&[run("งบ", 50.0, 700.0), run("งบ", 50.3, 700.0), run("ซ่อม", 61.0, 700.0)]), ["งบซ่อม"]);
    }
}
