//! RIS, as EndNote, Zotero, Mendeley and RefWorks read it.
//!
//! - `ELEC` is a page of the web. `T2` is then the site's title to Zotero; `T3` the series.
//! - `AU` is "family, given" for persons. A name without a comma is a single name to Zotero and EndNote, which is right
//!   for Thai names and organisations.
//! - `TT` is the translated title. EndNote has a field for it; Zotero keeps it as a note.
//! - `PY` has the year alone and `DA` all that is known, `2024/07/10/` or `2024/07//`.
//! - There are no comments: what is to be said of an export is in its headers.

use super::citation::Citation;
use super::name::Name;
use crate::text::calendar::{CalendarDate, Precision};

pub(super) fn entry(citation: &Citation) -> String {
    let mut lines = vec![("TY", "ELEC".to_owned()), ("ID", citation.key.clone()), ("TI", citation.title.clone())];
    lines.extend(citation.translated_title.clone().map(|title| ("TT", title)));
    lines.extend(citation.authors.iter().map(|author| ("AU", name(author))));
    if let Some(date) = citation.date {
        lines.push(("PY", date.year().common_era().to_string()));
        lines.extend(slashed(date).map(|date| ("DA", date)));
    }
    lines.push(("T2", citation.site.clone()));
    lines.extend(citation.series.clone().map(|series| ("T3", series)));
    lines.push(("PB", publisher(citation)));
    lines.extend(citation.keywords.iter().map(|keyword| ("KW", keyword.clone())));
    lines.push(("LA", citation.language.tag().to_owned()));
    lines.push(("UR", citation.url.clone()));
    lines.extend(citation.summary.clone().map(|summary| ("AB", summary)));
    lines.push(("ER", String::new()));
    lines.iter().map(|(tag, value)| format!("{tag}  - {value}\r\n")).collect()
}

fn name(name: &Name) -> String {
    match name {
        Name::Whole(name) => name.clone(),
        Name::Personal { given, family } => format!("{family}, {given}"),
    }
}

fn publisher(citation: &Citation) -> String {
    match citation.organisations.is_empty() {
        true => citation.site.clone(),
        false => citation.organisations.join("; "),
    }
}

/// More of the date than its year, where more is known.
fn slashed(date: CalendarDate) -> Option<String> {
    let day = date.first_day;
    match date.precision {
        Precision::Year => None,
        Precision::Month => Some(format!("{:04}/{:02}//", day.year(), day.month())),
        Precision::Day => Some(format!("{:04}/{:02}/{:02}/", day.year(), day.month(), day.day())),
    }
}
