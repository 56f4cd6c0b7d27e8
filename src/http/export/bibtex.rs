//! BibTeX, as biblatex, JabRef, Zotero and BibTeX itself read it.
//!
//! - `@online`: biblatex, JabRef and Zotero know it as a page of the web; BibTeX takes a type that it does not know for
//!   `@misc`.
//! - A name in braces is one word to all of them, so that nothing turns it round or shortens it; Zotero makes it a name
//!   of a single field. Other names are written family name first, which leaves nothing to guess.
//! - `year` and `month` are for BibTeX, `date` for biblatex. It comes last, since Zotero would put a month that follows
//!   it before it.
//! - The second title is a `titleaddon`, which biblatex prints after the title. `origtitle` would say that the article
//!   is a translation.
//! - In titles words whose capitals matter are in braces, since styles make small letters of capitals.
//! - `url` is read verbatim, and so has no escapes.

use super::citation::Citation;
use super::name::Name;
use crate::search::Warning;
use crate::text::Language;
use crate::text::calendar::{CalendarDate, Precision};

/// As every style of BibTeX defines them.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Comments before the entries: what stands outside of them is passed over, but for the sign that begins one.
pub(super) fn head(warnings: &[Warning]) -> String {
    let line =
        |warning: &Warning| format!("% {}\n", super::citation::one_line(&warning.to_string()).replace('@', "(at)"));
    warnings.iter().map(line).collect()
}

pub(super) fn entry(citation: &Citation) -> String {
    let Citation { key, language, date, .. } = citation;
    let title = |title: &str| cased(title, *language);
    let fields = [
        ("author", names(citation.authors.iter().map(name))),
        ("title", Some(title(&citation.title))),
        ("titleaddon", citation.translated_title.as_deref().map(|title| cased(title, Language::English))),
        ("series", citation.series.as_deref().map(title)),
        ("organization", Some(whole(&citation.site))),
        ("publisher", names(citation.organisations.iter().map(|name| whole(name)))),
        ("url", Some(citation.url.clone())),
        ("langid", Some(babel_name(*language).to_owned())),
        ("keywords", keywords(citation)),
        ("abstract", citation.summary.as_deref().map(escaped)),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some(format!("  {name} = {{{}}},\n", value?)));
    let dates = date.map(dates).unwrap_or_default();
    format!("@online{{{key},\n{}{dates}}}\n", fields.collect::<String>())
}

fn dates(date: CalendarDate) -> String {
    let year = format!("  year = {{{}}},\n", date.year().common_era());
    let month = usize::from(date.first_day.month().unsigned_abs()) - 1;
    let month = match date.precision {
        Precision::Year => String::new(),
        Precision::Month | Precision::Day => format!("  month = {},\n", MONTHS[month]),
    };
    format!("{year}{month}  date = {{{date}}},\n")
}

fn names(names: impl Iterator<Item = String>) -> Option<String> {
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

fn name(name: &Name) -> String {
    match name {
        Name::Whole(name) => whole(name),
        Name::Personal { given, family } => format!("{}, {}", escaped(family), escaped(given)),
    }
}

fn whole(name: &str) -> String {
    format!("{{{}}}", escaped(name))
}

/// Commas part keywords, and nothing protects them.
fn keywords(citation: &Citation) -> Option<String> {
    let keywords: Vec<String> = citation.keywords.iter().map(|keyword| escaped(&keyword.replace(',', ""))).collect();
    (!keywords.is_empty()).then(|| keywords.join(", "))
}

/// The name by which babel and polyglossia load the language.
fn babel_name(language: Language) -> &'static str {
    match language {
        Language::Thai => "thai",
        Language::English => "english",
    }
}

/// A title with braces around acronyms and the like; in a Thai one around all words that have a capital, since no style
/// knows how to set them.
fn cased(title: &str, language: Language) -> String {
    let has_case = |ch: char| ch.is_uppercase() || ch.is_lowercase() || ch.is_numeric();
    let is_kept = |word: &str| word.chars().skip(usize::from(language == Language::English)).any(char::is_uppercase);
    let mut cased = String::new();
    let mut rest = title;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|ch| has_case(ch) != has_case(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        cased.push_str(&if is_kept(run) { whole(run) } else { escaped(run) });
        rest = after;
    }
    cased
}

/// A text that TeX sets as it is. Braces are written by name: BibTeX counts them even where they are escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '\\' => escaped.push_str("{\\textbackslash}"),
            '{' => escaped.push_str("{\\textbraceleft}"),
            '}' => escaped.push_str("{\\textbraceright}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            '%' | '&' | '#' | '$' | '_' => escaped.extend(['\\', ch]),
            _ => escaped.push(ch),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        r"50% & {a} #1 $x_1^2~\n",
        r"50\% \& {\textbraceleft}a{\textbraceright} \#1 \$x\_1{\textasciicircum}2{\textasciitilde}{\textbackslash}n"
    )]
    #[case("ก่อน", "ก่อน")] // before
    fn what_tex_takes_for_its_own_is_escaped(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(escaped(text), expected);
    }

    #[rstest]
    #[case("ISO 37002 for an office of twelve", Language::English, "{ISO} 37002 for an office of twelve")]
    #[case("Who owns KhonLab?", Language::English, "Who owns {KhonLab}?")]
    #[case("รายงานของ Sinakhon", Language::Thai, "รายงานของ {Sinakhon}")] // the report of Sinakhon
    fn capitals_that_matter_are_kept(#[case] title: &str, #[case] language: Language, #[case] expected: &str) {
        assert_eq!(cased(title, language), expected);
    }

    #[test]
    fn a_comment_cannot_begin_an_entry() {
        let warning = Warning::UnknownParameter("x\n@online{y".to_owned());
        assert_eq!(head(&[warning]), "% the parameter x (at)online{y is not known and was ignored\n");
    }
}
