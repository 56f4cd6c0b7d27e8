//! A line of a list of references, in the manner of the American Psychological Association's seventh edition.
//!
//! - The line is in the language of the title, as the article is read: an article in Thai has its year in the Buddhist
//!   Era, "และ" before its last author and names in full, as Thai universities ask for.
//! - The second title stands in brackets, as a translation does.
//! - It is text without italics, to be pasted anywhere.

use super::citation::Citation;
use super::name::Name;
use crate::text::Language;
use crate::text::calendar::{CalendarDate, Precision};

pub(super) fn line(citation: &Citation) -> String {
    let Citation { language, title, site, url, .. } = citation;
    let date = date(citation.date, *language);
    let translated = citation.translated_title.as_ref().map(|title| format!(" [{title}]")).unwrap_or_default();
    let title = format!("{title}{translated}");
    let head = match authors(citation) {
        authors if authors.is_empty() => format!("{} ({date}).", ended(&title)),
        authors => format!("{} ({date}). {}", ended(&authors), ended(&title)),
    };
    format!("{head} {} {url}", ended(site))
}

/// A text that ends as a sentence does.
fn ended(text: &str) -> String {
    let is_ended = text.ends_with(['.', '?', '!']);
    format!("{text}{}", if is_ended { "" } else { "." })
}

fn authors(citation: &Citation) -> String {
    let names: Vec<String> = citation.authors.iter().map(name).collect();
    let (separator, and) = match citation.language {
        Language::Thai => (", ", " และ "),
        Language::English => (", ", ", & "),
    };
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{}{and}{last}", others.join(separator)),
    }
}

fn name(name: &Name) -> String {
    match name {
        Name::Whole(name) => name.clone(),
        Name::Personal { given, family } => {
            let initials: Vec<String> =
                given.split([' ', '-']).filter_map(|part| part.chars().next()).map(|ch| format!("{ch}.")).collect();
            format!("{family}, {}", initials.join(" "))
        }
    }
}

/// The year, and then the day as far as it is known.
fn date(date: Option<CalendarDate>, language: Language) -> String {
    let Some(date) = date else {
        return match language {
            Language::Thai => "ม.ป.ป.".to_owned(), // no year of publication
            Language::English => "n.d.".to_owned(),
        };
    };
    let shown = date.display(language);
    let words: Vec<&str> = shown.split(' ').collect();
    match (date.precision, words.as_slice(), language) {
        (Precision::Day, [day, month, year], Language::Thai) => format!("{year}, {day} {month}"),
        (Precision::Day, [day, month, year], Language::English) => format!("{year}, {month} {day}"),
        (Precision::Month, [month, year], _) => format!("{year}, {month}"),
        _ => shown,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::content::{Article, Site};
    use crate::http::Identity;
    use crate::http::export::citation::Citing;

    fn line_of(head: &str) -> String {
        let text = format!("---\n{head}\n---\nx\n");
        let article: Article = crate::content::parse("a/b.md", &text, &Site::default()).expect("an article").article;
        let identity = Identity {
            url: "https://search.example.org".to_owned(),
            name: "คลังความรู้".to_owned(),
            contact: String::new(),
        };
        line(&Citation::of(&article, Citing { site: &Site::default(), identity: &identity }))
    }

    #[rstest]
    #[case(
        "title: ราคาที่แพ้\ntitle_en: Losing Prices\ndate: 18 มีนาคม 2567\nauthors: [มนัสวี จันทร์กระจ่าง, ชยพล รัตนบรรพต]",
        "มนัสวี จันทร์กระจ่าง และ ชยพล รัตนบรรพต. (2567, 18 มีนาคม). ราคาที่แพ้ [Losing Prices]. คลังความรู้. https://search.example.org/articles/a/b"
    )]
    #[case(
        "title_en: Who Pays?\ndate: 2024-03\nauthors: [Helen Marchbanks, KhonLab, Tomás Arrieta-Lund]",
        "Marchbanks, H., KhonLab, & Arrieta-Lund, T. (2024, March). Who Pays? คลังความรู้. https://search.example.org/articles/a/b"
    )]
    #[case("title: ราคา", "ราคา. (ม.ป.ป.). คลังความรู้. https://search.example.org/articles/a/b")]
    fn a_line_is_in_the_language_of_its_title(#[case] head: &str, #[case] expected: &str) {
        assert_eq!(line_of(head), expected);
    }
}
