//! Dates and years as people read them, in both eras.

use crate::text::Language;
use crate::text::calendar::{CalendarDate, Year};

/// A date in the era of `ui`, with its year in the other: "12 มีนาคม 2567 (2024)", "12 March 2024 (2567 BE)".
pub(super) fn date(date: CalendarDate, ui: Language) -> String {
    let year = date.year();
    match ui {
        Language::Thai => format!("{} ({})", date.display(ui), year.common_era()),
        Language::English => format!("{} ({} BE)", date.display(ui), year.buddhist_era()),
    }
}

/// A year of the Buddhist Era, in both eras; what is none is shown as it is.
pub(super) fn year(text: &str, ui: Language) -> String {
    match (Year::parse(text), ui) {
        (Some(year), Language::Thai) => format!("{} ({})", year.buddhist_era(), year.common_era()),
        (Some(year), Language::English) => format!("{} ({} BE)", year.common_era(), year.buddhist_era()),
        (None, _) => text.to_owned(),
    }
}

/// A year of the Buddhist Era in the era of `ui`, for where there is little room.
pub(super) fn short_year(text: &str, ui: Language) -> String {
    match (Year::parse(text), ui) {
        (Some(year), Language::English) => year.common_era().to_string(),
        _ => text.to_owned(),
    }
}

/// Years of the Buddhist Era from the first to the last, in both eras.
pub(super) fn years(first: &str, last: &str, ui: Language) -> String {
    if first == last { year(first, ui) } else { format!("{}–{}", year(first, ui), year(last, ui)) }
}

/// What a choice of years is, of which either end may be open.
pub(super) fn between(first: Option<&str>, last: Option<&str>, ui: Language) -> String {
    match (first, last) {
        (Some(first), Some(last)) => years(first, last, ui),
        (Some(first), None) => format!("≥ {}", year(first, ui)),
        (None, Some(last)) => format!("≤ {}", year(last, ui)),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_years_are_read_in_both_eras() {
        let day = CalendarDate::parse("2024-03-12").expect("a date");
        assert_eq!(date(day, Language::Thai), "12 มีนาคม 2567 (2024)");
        assert_eq!(date(day, Language::English), "12 March 2024 (2567 BE)");
        assert_eq!(years("2560", "2560", Language::Thai), "2560 (2017)");
        assert_eq!(between(Some("2560"), None, Language::English), "≥ 2017 (2560 BE)");
    }
}
