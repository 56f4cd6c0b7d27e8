//! The passage of a text that shows best why it was found.

use std::cmp::Reverse;
use std::hash::Hash;
use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::highlight::{Element, Highlight};
use crate::content::PageStart;
use crate::text::{Analyzer, Language, Token, cluster};

/// A passage with the words that were searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// `title`, `summary` or `body`, or the name of an `author`, `topic`, `series` or `organisation`.
    pub field: &'static str,
    /// The language of the passage.
    pub language: Language,
    /// The passage as plain text, cut between words; `…` stands for what is left out.
    pub text: String,
    /// The words found, as byte ranges of `text`, ascending and apart.
    pub marks: Vec<Range<usize>>,
    /// The passage as HTML: escaped, with the words found in the [`Element`] that was asked for.
    pub html: String,
    /// The page that the first word found stands on, in a file of pages.
    pub page: Option<u32>,
}

/// The part of what is shown around the terms found that stands before them: one of so many.
const BEFORE: usize = 3;

/// What separates words for certain.
const SPACES: [char; 2] = [' ', '\n'];

/// A text that a snippet may be cut from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) field: &'static str,
    pub(super) language: Language,
    pub(super) text: &'a str,
    /// The pages that it stands on.
    pub(super) pages: &'a [PageStart],
}

/// How well a text shows what was searched for: distinct terms within one passage, and then all
/// occurrences of them there.
pub(super) type Fit = (usize, usize);

/// Cuts and marks what shows the terms of one search.
#[derive(Clone, Copy)]
pub(super) struct Cutter<'a> {
    pub(super) terms: &'a HashSet<String>,
    pub(super) analyzer: &'a Analyzer,
    pub(super) highlight: Highlight,
}

impl Cutter<'_> {
    /// The best passage of `source`, or its beginning where no term occurs, and how well it fits.
    pub(super) fn passage(self, source: Source<'_>) -> (Fit, Snippet) {
        self.passage_within(source, 0..source.text.len())
    }

    /// As [`Cutter::passage`], of the text around the bytes `near`, which seem to fit so well: as far as the passage reaches
    /// from there, and if they have fewer of the terms, as far as a passage there may reach.
    pub(super) fn passage_near(self, source: Source<'_>, near: Range<usize>, seeming: Fit) -> (Fit, Snippet) {
        let length = self.highlight.length;
        let spare = length.saturating_sub(source.text[near.clone()].chars().count());
        let found = self.passage_around(source, &near, [spare / BEFORE, spare]);
        if found.0.0 >= seeming.0 { found } else { self.passage_around(source, &near, [length, length]) }
    }

    /// The best passage of the text from so many characters before the bytes `near` to so many behind.
    fn passage_around(self, source: Source<'_>, near: &Range<usize>, [left, right]: [usize; 2]) -> (Fit, Snippet) {
        let (before, after) = (before(source.text, near.start, left), after(source.text, near.end, right));
        // Between spaces a text is cut as it is within the whole.
        let start = source.text[..before].rfind(SPACES).unwrap_or(0);
        let end = source.text[after..].find(SPACES).map_or(source.text.len(), |space| after + space);
        self.passage_within(source, start..end)
    }

    fn passage_within(self, source: Source<'_>, part: Range<usize>) -> (Fit, Snippet) {
        let mut tokens = self.analyzer.analyze(&source.text[part.clone()]);
        for Token { offsets, .. } in &mut tokens {
            *offsets = part.start + offsets.start..part.start + offsets.end;
        }
        let (core, fit) = self.best(source.text, &tokens, &part);
        (fit, self.cut(source, self.widened(source.text, core, &tokens), &tokens))
    }

    /// As many passages of `source` as are wanted and have a term, the best first. None has text of another.
    pub(super) fn passages(self, source: Source<'_>) -> Vec<(Fit, Snippet)> {
        let tokens = self.analyzer.analyze(source.text);
        let mut free = Vec::from_iter([Range { start: 0, end: source.text.len() }]);
        let mut passages = Vec::new();
        while passages.len() < self.highlight.passages {
            let best = free.iter().map(|part| (self.best(source.text, &tokens, part), part.clone()));
            let best = best.max_by_key(|((_, fit), part)| (*fit, Reverse(part.start)));
            let Some(((core, fit), part)) = best.filter(|((_, fit), _)| fit.0 > 0) else { break };
            let wide = self.widened(source.text, core, &tokens);
            let window = wide.start.max(part.start)..wide.end.min(part.end);
            passages.push((fit, self.cut(source, window.clone(), &tokens)));
            free.retain(|other| *other != part);
            free.extend([part.start..window.start, window.end..part.end]);
        }
        passages
    }

    /// The whole of `source` with its marks, as for a title.
    pub(super) fn whole(self, source: Source<'_>) -> Snippet {
        let tokens = self.analyzer.analyze(source.text);
        self.cut(source, 0..source.text.len(), &tokens)
    }

    /// The whole of `source`, which has no term.
    pub(super) fn unmarked(self, source: Source<'_>) -> Snippet {
        self.cut(source, 0..source.text.len(), &[])
    }

    /// The bytes from the first to the last term of the passage with most distinct terms, within a part of the text.
    fn best(self, text: &str, tokens: &[Token], part: &Range<usize>) -> (Range<usize>, Fit) {
        let is_within = |token: &&Token| part.start <= token.offsets.start && token.offsets.end <= part.end;
        let found = tokens.iter().filter(is_within).filter(|token| self.terms.contains(token.term.as_str()));
        let found: Vec<_> = found.map(|token| (token.offsets.clone(), token.term.as_str())).collect();
        densest(text, &found, self.highlight.length)
    }

    /// Widens to as many characters as are wanted, to places between words.
    fn widened(self, text: &str, core: Range<usize>, tokens: &[Token]) -> Range<usize> {
        let length = self.highlight.length;
        let spare = length.saturating_sub(text[core.clone()].chars().count());
        let wanted_start = cluster::floor(text, before(text, core.start, spare / BEFORE));
        let start = tokens.iter().map(|token| token.offsets.start).find(|&at| at >= wanted_start);
        let start = if wanted_start == 0 { 0 } else { start.unwrap_or(wanted_start).min(core.start) };
        let wanted_end = cluster::floor(text, after(text, start, length));
        let ends = tokens.iter().map(|token| token.offsets.end).take_while(|&at| at <= wanted_end);
        let end = if wanted_end == text.len() { wanted_end } else { ends.last().unwrap_or(wanted_end) };
        start..end.max(core.end)
    }

    fn cut(self, source: Source<'_>, window: Range<usize>, tokens: &[Token]) -> Snippet {
        let opening = if window.start > 0 { "…" } else { "" };
        let closing = if window.end < source.text.len() { "…" } else { "" };
        let is_marked = |token: &&Token| {
            self.terms.contains(token.term.as_str())
                && window.start <= token.offsets.start
                && token.offsets.end <= window.end
        };
        let shift = |at: usize| at - window.start + opening.len();
        let marked = tokens.iter().filter(is_marked).map(|token| shift(token.offsets.start)..shift(token.offsets.end));
        let marks = joined(marked);
        // Line breaks of the source mean nothing here, and have the length of the spaces put for them.
        let text = format!("{opening}{}{closing}", &source.text[window.clone()]).replace(['\n', '\t'], " ");
        let html = html(&text, &marks, self.highlight.element);
        let first = tokens.iter().find(is_marked).map_or(window.start, |token| token.offsets.start);
        let page = PageStart::page_at(source.pages, first);
        Snippet { field: source.field, language: source.language, text, marks, html, page }
    }
}

/// The stretch of `text` of at most `length` characters with most distinct of the terms in `found`, which are in the
/// order in which they begin, and then with most occurrences; the first of several. It is `0..0` where there is none.
pub(super) fn densest<T: Copy + Eq + Hash>(
    text: &str,
    found: &[(Range<usize>, T)],
    length: usize,
) -> (Range<usize>, Fit) {
    let mut best = (0..0, (0, 0));
    let mut counts: HashMap<T, usize> = HashMap::default();
    let mut end = 0;
    for (start, (first, term)) in found.iter().enumerate() {
        let limit = after(text, first.start, length);
        while let Some((_, entering)) = found.get(end).filter(|(offsets, _)| offsets.end <= limit) {
            *counts.entry(*entering).or_default() += 1;
            end += 1;
        }
        let fit = (counts.len(), end - start);
        if fit > best.1 {
            best = (first.start..found[end - 1].0.end, fit);
        }
        match counts.get_mut(term) {
            Some(1) => _ = counts.remove(term),
            Some(count) => *count -= 1,
            // Longer than the whole stretch may be.
            None => end = start + 1,
        }
    }
    best
}

/// The byte `characters` after byte `from`.
fn after(text: &str, from: usize, characters: usize) -> usize {
    text[from..].char_indices().nth(characters).map_or(text.len(), |(at, _)| from + at)
}

/// The byte `characters` before byte `from`.
fn before(text: &str, from: usize, characters: usize) -> usize {
    if characters == 0 {
        return from;
    }
    text[..from].char_indices().rev().nth(characters - 1).map_or(0, |(at, _)| at)
}

/// Ranges in order; those that overlap or touch become one.
fn joined(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut sorted: Vec<Range<usize>> = ranges.collect();
    sorted.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in sorted {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn html(text: &str, marks: &[Range<usize>], element: Element) -> String {
    let mut html = String::with_capacity(text.len() + 16 * marks.len());
    let mut done = 0;
    for mark in marks {
        html.push_str(&escaped(&text[done..mark.start]));
        html.push_str(&element.around(&escaped(&text[mark.clone()])));
        done = mark.end;
    }
    html.push_str(&escaped(&text[done..]));
    html
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(ch),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut<T>(text: &str, query: &str, highlight: Highlight, cut: impl Fn(Cutter<'_>, Source<'_>) -> T) -> T {
        let analyzer = Analyzer::new([]);
        let terms = analyzer.analyze(query).into_iter().map(|token| token.term.to_string()).collect();
        let cutter = Cutter { terms: &terms, analyzer: &analyzer, highlight };
        cut(cutter, Source { field: "body", language: Language::Thai, text, pages: &[] })
    }

    fn snippet(text: &str, query: &str) -> Snippet {
        cut(text, query, Highlight::default(), |cutter, source| cutter.passage(source).1)
    }

    fn passages(text: &str, query: &str, passages: usize, length: usize) -> Vec<Snippet> {
        let highlight = Highlight { passages, length, ..Highlight::default() };
        let found = cut(text, query, highlight, |cutter, source| cutter.passages(source));
        found.into_iter().map(|(_, snippet)| snippet).collect()
    }

    #[test]
    fn words_are_marked_by_the_element_that_is_asked_for() {
        for (element, expected) in [(Element::Em, "<em>ข้อมูล</em> &amp;"), (Element::None, "ข้อมูล &amp;")]
        {
            let highlight = Highlight { element, ..Highlight::default() };
            let snippet =
                cut("ข้อมูล &", "ข้อมูล", highlight, |cutter, source| cutter.whole(source));
            assert_eq!((snippet.html.as_str(), snippet.marks.len()), (expected, 1));
        }
    }

    #[test]
    fn several_passages_come_best_first_and_share_no_text() {
        let far = "กา ".repeat(100);
        let text = format!("ข้อมูลหนึ่ง {far} ข้อมูลเปิดสอง {far} ข้อมูลสาม");
        let found = passages(&text, "ข้อมูล เปิด", 5, 50);
        assert_eq!(found.len(), 3);
        assert!(found[0].text.contains("สอง") && found[1].text.contains("หนึ่ง") && found[2].text.contains("สาม"));
        assert_eq!(passages(&text, "ข้อมูล เปิด", 2, 50).len(), 2);
        assert!(passages(&text, "งาช้าง", 2, 50).is_empty());
    }

    #[test]
    fn words_found_are_marked_and_text_is_escaped() {
        let html = snippet("<b>ข้อมูล</b> เปิด & \"ปิด\"", "ข้อมูล ปิด").html;
        assert_eq!(html, "&lt;b&gt;<mark>ข้อมูล</mark>&lt;/b&gt; เปิด &amp; &quot;<mark>ปิด</mark>&quot;");
    }

    #[test]
    fn neighbours_are_one_mark() {
        assert_eq!(snippet("ข้อมูลเปิด", "ข้อมูลเปิด").html, "<mark>ข้อมูลเปิด</mark>");
    }

    #[test]
    fn the_passage_with_most_words_is_chosen() {
        let text = format!("ข้อมูล {} ข้อมูล เปิด {}", "กา ".repeat(200), "งา ".repeat(200));
        let snippet = snippet(&text, "ข้อมูล เปิด");
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'), "{}", snippet.text);
        assert_eq!(snippet.marks.len(), 2);
        assert!(snippet.text.chars().count() <= Highlight::default().length + 2);
    }

    #[test]
    fn a_passage_is_cut_from_what_is_around_it_as_from_the_whole() {
        let far = "ผู้ตรวจสอบ งบประมาณปี 2567 ของเทศบาล audits ".repeat(40);
        let text = format!("{far}ข้อมูลเปิดภาครัฐ {far}");
        let at = text.find("เปิด").expect("it is there");
        let whole = snippet(&text, "ข้อมูล เปิด");
        let near = cut(&text, "ข้อมูล เปิด", Highlight::default(), |cutter, source| {
            cutter.passage_near(source, at..at + "เปิด".len(), (1, 1))
        });
        assert_eq!(near, ((2, 2), whole.clone()));
        let from = at - "ข้อมูล".len();
        let nearer = cut(&text, "ข้อมูล เปิด", Highlight::default(), |cutter, source| {
            cutter.passage_near(source, from..at + "เปิด".len(), (2, 2))
        });
        assert_eq!(nearer, ((2, 2), whole));
    }

    #[test]
    fn the_page_is_that_of_the_first_word_found() {
        let text = format!("{}ข้อมูล {}เปิด", "กา ".repeat(300), "งา ".repeat(300));
        let second = text.find("ข้อมูล").expect("it is there");
        let pages = [PageStart { at: 0, number: 4 }, PageStart { at: second, number: 5 }];
        for (query, page) in [("กา", 4), ("ข้อมูล", 5), ("เปิด", 5), ("ช้าง", 4)] {
            let found = cut(&text, query, Highlight::default(), |cutter, source| {
                cutter.passage(Source { pages: &pages, ..source }).1
            });
            assert_eq!(found.page, Some(page), "{query}");
        }
    }

    #[test]
    fn without_a_match_it_is_the_beginning() {
        let snippet = snippet(&"งาช้าง ".repeat(100), "ข้อมูล");
        assert!(snippet.text.starts_with("งาช้าง") && snippet.text.ends_with('…') && snippet.marks.is_empty());
    }

    #[test]
    fn no_letter_and_no_picture_is_cut_in_two() {
        for piece in ["👩\u{200D}👩\u{200D}👧", "ก้ำ"] {
            let text = piece.repeat(150);
            let shown = snippet(&text, "ข้อมูล").text;
            assert_eq!(shown.trim_end_matches('…').replace(piece, ""), "", "{shown}");
        }
    }

    proptest! {
        #[test]
        fn marks_lie_in_the_text(text in "([ก-๛]{1,9}|[a-z<&]{1,6}|\\PC|[ \u{200B}\n]){0,150}", query in "[ก-ฮa-z]{1,3}") {
            let snippet = snippet(&text, &query);
            prop_assert!(snippet.marks.iter().all(|mark| snippet.text.get(mark.clone()).is_some()));
        }

        #[test]
        fn passages_of_every_length_lie_apart(
            text in "([ก-๛]{1,9}|[a-z<&]{1,6}|\\PC|[ \u{200B}\n]){0,150}",
            query in "[ก-ฮa-z]{1,3}",
            length in 50..500_usize,
        ) {
            let found = passages(&text, &query, 5, length);
            let letters = |snippet: &Snippet| snippet.text.trim_matches('…').len();
            prop_assert!(found.iter().map(letters).sum::<usize>() <= text.len());
            prop_assert!(found.iter().all(|snippet| !snippet.marks.is_empty()));
        }
    }
}
