//! What pdftotext writes, as lines: it tells no sizes, and parts paragraphs by empty lines and pages by form feeds.

use super::lines::Line;

/// A line of text, and the room above a paragraph, in a page of made-up points.
const STEP: f32 = 12.0;
const SIZE: f32 = 10.0;

/// The lines of each page.
pub(super) fn pages(text: &str) -> Vec<Vec<Line>> {
    let mut pages: Vec<Vec<Line>> = text.split('\u{C}').map(lines).collect();
    // Each page ends with a form feed, the last one too.
    if pages.last().is_some_and(Vec::is_empty) {
        pages.pop();
    }
    pages
}

fn lines(page: &str) -> Vec<Line> {
    let rows = page.lines().zip((0..).map(|row| -(row as f32) * STEP));
    let written = rows.filter(|(text, _)| !text.trim().is_empty());
    written.map(|(text, y)| line(text, y)).collect()
}

fn line(text: &str, y: f32) -> Line {
    let width = text.chars().count() as f32 * SIZE / 2.0;
    Line { text: text.to_owned(), size: SIZE, right: width, y, ..Line::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_end_with_form_feeds() {
        let read = pages("one\ntwo\n\nthree\n\u{C}\u{C}four\n\u{C}");
        let texts: Vec<Vec<&str>> = read.iter().map(|page| page.iter().map(|it| it.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["one", "two", "three"], vec![], vec!["four"]]);
        assert!(read[0][1].y - read[0][2].y > read[0][0].y - read[0][1].y);
    }
}
