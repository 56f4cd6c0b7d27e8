//! The text of a query to an [`Ast`], within bounds. Whatever is typed has a meaning: what is not an
//! operator is words.

use super::ast::{Ast, Clause};
use super::warning::Warning;
use crate::text::calendar::{self, Year};
use crate::text::cluster;

/// The longest query, in characters.
const LONGEST_QUERY: usize = 256;
/// The most words or phrases parted by spaces or quotes.
const MOST_PARTS: usize = 32;

/// Parses `text`; also says what of it was ignored.
pub(super) fn parse(text: &str) -> (Ast, Vec<Warning>) {
    let mut warnings = Vec::new();
    let text = bounded(text, &mut warnings);
    let mut parts = parts(text, &mut warnings);
    if parts.len() > MOST_PARTS {
        warnings.push(Warning::ManyWords { searched: MOST_PARTS });
        parts.truncate(MOST_PARTS);
    }
    (Ast { clauses: clauses(&parts) }, warnings)
}

fn bounded<'a>(text: &'a str, warnings: &mut Vec<Warning>) -> &'a str {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(LONGEST_QUERY) else {
        return text;
    };
    warnings.push(Warning::Long { searched: LONGEST_QUERY });
    match cluster::floor(text, end) {
        // One cluster that has no end: a cut within it is as good as any.
        0 => &text[..end],
        end => &text[..end],
    }
}

/// What stands between spaces or within quotes.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Part<'a> {
    Word(&'a str),
    Phrase(&'a str),
    NotWord(&'a str),
    NotPhrase(&'a str),
}

fn parts<'a>(text: &'a str, warnings: &mut Vec<Warning>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (part, after) = part(rest, warnings);
        parts.extend(part);
        rest = after.trim_start();
    }
    parts
}

fn part<'a>(text: &'a str, warnings: &mut Vec<Warning>) -> (Option<Part<'a>>, &'a str) {
    let (negated, body) = text.strip_prefix('-').map_or((false, text), |body| (true, body));
    if let Some(quoted) = body.strip_prefix(is_quote) {
        let (phrase, after) = quoted.split_once(is_quote).unwrap_or_else(|| {
            warnings.push(Warning::OpenQuote);
            (quoted, "")
        });
        let part = if negated { Part::NotPhrase(phrase) } else { Part::Phrase(phrase) };
        return ((!phrase.trim().is_empty()).then_some(part), after);
    }
    // A quote begins a phrase wherever it stands: Thai has no space before it.
    let end = body.find(|ch: char| ch.is_whitespace() || is_quote(ch)).unwrap_or(body.len());
    let (word, after) = body.split_at(end);
    let part = if negated { Part::NotWord(word) } else { Part::Word(word) };
    ((!word.is_empty()).then_some(part), after)
}

fn is_quote(ch: char) -> bool {
    matches!(ch, '"' | '“' | '”' | '„')
}

fn clauses(parts: &[Part<'_>]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    let mut rest = parts;
    while let [first, after @ ..] = rest {
        rest = after;
        if let Some((year, used)) = year(std::iter::once(first).chain(after)) {
            end_words(&mut words, &mut clauses);
            clauses.push(Clause::Year(year));
            rest = &after[used - 1..];
            continue;
        }
        match first {
            Part::Word(word) => words.push(word),
            Part::Phrase(phrase) => {
                end_words(&mut words, &mut clauses);
                clauses.push(Clause::Phrase((*phrase).to_owned()));
            }
            Part::NotWord(word) => clauses.push(not_word(word)),
            Part::NotPhrase(phrase) => clauses.push(Clause::NotPhrase((*phrase).to_owned())),
        }
    }
    end_words(&mut words, &mut clauses);
    clauses
}

fn not_word(word: &str) -> Clause {
    match calendar::leading_year([word]) {
        Some((year, _)) => Clause::NotYear(year),
        None => Clause::NotPhrase(word.to_owned()),
    }
}

fn end_words(words: &mut Vec<&str>, clauses: &mut Vec<Clause>) {
    if !words.is_empty() {
        clauses.push(Clause::Words(words.join(" ")));
        words.clear();
    }
}

/// The year that the parts begin with, and how many of them name it.
fn year<'a>(parts: impl Iterator<Item = &'a Part<'a>>) -> Option<(Year, usize)> {
    let words = parts.map_while(|part| match part {
        Part::Word(word) => Some(*word),
        _ => None,
    });
    calendar::leading_year(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let shown = |clause: &Clause| match clause {
            Clause::Words(words) => words.clone(),
            Clause::Phrase(phrase) => format!("\"{phrase}\""),
            Clause::Year(year) => format!("year {}", year.common_era()),
            Clause::NotPhrase(words) => format!("not {words}"),
            Clause::NotYear(year) => format!("not year {}", year.common_era()),
        };
        let (ast, _) = parse(text);
        let clauses: Vec<String> = ast.clauses.iter().map(shown).collect();
        assert_eq!(clauses.join(", "), expected, "of {text}");
    }

    #[test]
    fn queries_are_read_as_meant() {
        check("", "");
        check("ต่อต้าน คอร์รัปชัน", "ต่อต้าน คอร์รัปชัน");
        check("“open data” ไทย -PDF", "\"open data\", not PDF, ไทย");
        check("ข้อมูล\"เปิด\"เผย", "ข้อมูล, \"เปิด\", เผย");
        check("-\"open data\" - \"\"", "not open data");
        check("e-bidding", "e-bidding");
        check("\"not closed", "\"not closed\"");
    }

    #[test]
    fn years_are_told_from_numbers() {
        check("ปี 2567", "year 2024");
        check("งบ ปี พ.ศ. ๒๕๖๗ ท้องถิ่น", "งบ, year 2024, ท้องถิ่น");
        check("ปี2567", "year 2024");
        check("ปี 67", "year 2024");
        check("67", "67");
        check("งบ -2567", "not year 2024, งบ");
        check("2024", "year 2024");
        check("ปี หน้า 500000", "ปี หน้า 500000");
    }

    #[test]
    fn what_is_cut_off_is_told() {
        let (ast, warnings) = parse(&"ก้ ".repeat(200));
        assert_eq!(warnings, [Warning::Long { searched: 256 }, Warning::ManyWords { searched: 32 }]);
        assert_eq!(ast.clauses, [Clause::Words(vec!["ก้"; 32].join(" "))]);
        assert_eq!(parse("\"a").1, [Warning::OpenQuote]);
    }

    proptest! {
        #[test]
        fn anything_typed_is_a_query(text in "([ \"“”-]|\\PC|ปี|25[0-9]{2}){0,60}") {
            let (ast, _) = parse(&text);
            prop_assert!(ast.clauses.len() <= MOST_PARTS);
        }
    }
}
