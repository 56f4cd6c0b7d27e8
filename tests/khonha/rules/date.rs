//! What holds of any text that is read as a date.

use khonha::text::Language;
use khonha::text::calendar::{CalendarDate, Year, leading_year};

/// Panics where the reading of `text` breaks a rule.
pub fn check(text: &str) {
    if let Ok(date) = CalendarDate::parse(text) {
        let written = Language::ALL.map(|language| date.display(language)).into_iter().chain([date.to_string()]);
        for again in written {
            assert_eq!(CalendarDate::parse(&again), Ok(date), "{text:?} as {again:?}");
        }
        check_year(date.year());
    }
    if let Some(year) = Year::parse(text) {
        check_year(year);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if let Some((year, used)) = leading_year(words.iter().copied()) {
        assert!((1..=words.len()).contains(&used), "{text:?}");
        check_year(year);
    }
}

fn check_year(year: Year) {
    assert_eq!(year.buddhist_era() - year.common_era(), 543);
    assert_eq!(Year::from_common_era(year.common_era()), Some(year));
}
