//! Dates as Thai and English sites write them, and years of both eras.
//!
//! Buddhist Era year = Common Era year + 543, as the Thai civil calendar has counted since 2484 (1941);
//! older dates between January and March are taken by the same rule.

mod parts;
mod years;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::language::Language;
use super::normalize::normalize;
use parts::{Parts, without_time};

pub use years::leading_year;
pub(super) use years::{may_be_year, year_among};

const BUDDHIST_OFFSET: i16 = 543;
/// Four-digit years from here on are Buddhist Era unless marked ค.ศ.
const FIRST_BUDDHIST_YEAR: i16 = 2400;
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2399;
/// Common Era years that a bare number is taken for.
const RECENT: std::ops::RangeInclusive<i16> = 1857..=2099;

const THAI_MONTHS: [(&str, &str); 12] = [
    ("มกราคม", "มค"),
    ("กุมภาพันธ์", "กพ"),
    ("มีนาคม", "มีค"),
    ("เมษายน", "เมย"),
    ("พฤษภาคม", "พค"),
    ("มิถุนายน", "มิย"),
    ("กรกฎาคม", "กค"),
    ("สิงหาคม", "สค"),
    ("กันยายน", "กย"),
    ("ตุลาคม", "ตค"),
    ("พฤศจิกายน", "พย"),
    ("ธันวาคม", "ธค"),
];

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date known to the day, the month or only the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarDate {
    /// The day, or the first day of the month or year.
    pub first_day: Date,
    /// How much of `first_day` is known.
    pub precision: Precision,
}

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The full date.
    Day,
}

/// A year of the Common Era; shown and read in both eras.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Year(i16);

/// Why a text is no date.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CalendarError {
    /// The text has a word or sign that belongs to no date.
    #[error("\"{word}\" in \"{text}\" is no part of a date; write it like 10 กรกฎาคม 2567, 10 July 2024 or 2024-07-10")]
    Unknown {
        /// The whole text.
        text: String,
        /// The part that was not understood.
        word: String,
    },
    /// Nothing says which year.
    #[error("\"{0}\" names no year; write it like 10 กรกฎาคม 2567, 10 July 2024 or 2024-07-10")]
    NoYear(String),
    /// A two-digit year that could be of either era.
    #[error("the year in \"{0}\" may be of either era; write all four digits")]
    AmbiguousYear(String),
    /// The numbers name no day of the calendar.
    #[error("\"{0}\" names a day, month or year that does not exist")]
    OutOfRange(String),
}

impl Year {
    /// A Common Era year from 1000 to 2399.
    pub fn from_common_era(year: i16) -> Option<Year> {
        YEARS.contains(&year).then_some(Year(year))
    }

    /// Reads four digits of either era: 2567 and 2024 are the same year.
    pub fn parse(text: &str) -> Option<Year> {
        let normalized = normalize(text.trim());
        let digits = normalized.text();
        let four_digits = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number: i16 = four_digits.then(|| digits.parse().ok()).flatten()?;
        let is_buddhist = number >= FIRST_BUDDHIST_YEAR;
        Year::from_common_era(if is_buddhist { number - BUDDHIST_OFFSET } else { number })
    }

    /// The year in the Common Era (2024).
    pub fn common_era(self) -> i16 {
        self.0
    }

    /// The year in the Buddhist Era (2567).
    pub fn buddhist_era(self) -> i16 {
        self.0 + BUDDHIST_OFFSET
    }
}

impl CalendarDate {
    /// Reads a date in Thai or English, in either era, with Thai or Arabic digits, full or
    /// abbreviated months, day first; ISO 8601; or a month or year alone.
    ///
    /// # Errors
    /// [`CalendarError`] says what was not understood.
    pub fn parse(text: &str) -> Result<CalendarDate, CalendarError> {
        let parts = Parts::read(without_time(text))?;
        let (year, month, day) = parts.in_order(text)?;
        let precision = match (month, day) {
            (None, _) => Precision::Year,
            (_, None) => Precision::Month,
            _ => Precision::Day,
        };
        let first_day = Date::new(year.0, month.unwrap_or(1), day.unwrap_or(1));
        let first_day = first_day.map_err(|_| CalendarError::OutOfRange(text.to_owned()))?;
        Ok(CalendarDate { first_day, precision })
    }

    /// The year of the date.
    pub fn year(self) -> Year {
        Year(self.first_day.year())
    }

    /// Days since 1 January 1970, for sorting.
    pub fn days(self) -> i64 {
        let epoch = jiff::civil::date(1970, 1, 1);
        i64::from(self.first_day.since(epoch).map_or(0, |span| span.get_days()))
    }

    /// The date as people write it: "10 กรกฎาคม 2567" in Thai, "10 July 2024" in English. A Buddhist year that would be
    /// read as one of the Common Era says what it is: "พ.ศ. 1842".
    pub fn display(self, language: Language) -> String {
        let month = usize::from(self.first_day.month().unsigned_abs()) - 1;
        let (month, year) = match (language, self.year().buddhist_era()) {
            (Language::Thai, year @ FIRST_BUDDHIST_YEAR..) => (THAI_MONTHS[month].0, year.to_string()),
            (Language::Thai, year) => (THAI_MONTHS[month].0, format!("พ.ศ. {year}")),
            (Language::English, _) => (ENGLISH_MONTHS[month], self.year().common_era().to_string()),
        };
        match self.precision {
            Precision::Day => format!("{} {month} {year}", self.first_day.day()),
            Precision::Month => format!("{month} {year}"),
            Precision::Year => year,
        }
    }
}

/// ISO 8601, as exactly as the date is known: `2024-07-10`, `2024-07` or `2024`.
impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.first_day;
        match self.precision {
            Precision::Day => write!(f, "{date}"),
            Precision::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Year => write!(f, "{:04}", date.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("10 กรกฎาคม 2567", "2024-07-10")]
    #[case("10 ก.ค. 67", "2024-07-10")]
    #[case("10ก.ค.67", "2024-07-10")]
    #[case("๑๐ กรกฎาคม ๒๕๖๗", "2024-07-10")]
    #[case("วันพุธที่ 10 กรกฎาคม พ.ศ. 2567", "2024-07-10")]
    #[case("10 เดือนกรกฎาคม ค.ศ. 2024", "2024-07-10")]
    #[case("16 มี.ค. ๖๔", "2021-03-16")]
    #[case("30 มิ.ย. 2568", "2025-06-30")]
    #[case("2024-07-10", "2024-07-10")]
    #[case("2567-07-10", "2024-07-10")]
    #[case("10/7/2567", "2024-07-10")]
    #[case("9 Feb 2021", "2021-02-09")]
    #[case("July 10th, 2024", "2024-07-10")]
    #[case("Wednesday 10 July 2024", "2024-07-10")]
    #[case("8 Sept 1999", "1999-09-08")]
    #[case("พฤษภาคม 2566", "2023-05")]
    #[case("2023-05", "2023-05")]
    #[case("2562", "2019")]
    #[case("2024-07-10T09:00:00+07:00", "2024-07-10")]
    #[case("2024-07-10 10:30", "2024-07-10")]
    #[case("10 กรกฎาคม 2024", "2024-07-10")]
    #[case("10 กรกฎาคม พ.ศ. 2310", "1767-07-10")]
    #[case("ก.ค. 67", "2024-07")]
    #[case("10 กรกฏาคม 2567", "2024-07-10")]
    #[case("10 เมษา 67", "2024-04-10")]
    #[case("July 2024", "2024-07")]
    #[case("พ.ศ. 2562", "2019")]
    fn dates_are_read_as_written(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(CalendarDate::parse(text).map(|date| date.to_string()), Ok(expected.to_owned()));
    }

    #[rstest]
    #[case("เร็ว ๆ นี้", "\"เร็ว\" in \"เร็ว ๆ นี้\" is no part of a date")]
    #[case("10 กรกฎาคม", "\"10 กรกฎาคม\" names no year")]
    #[case("July 10", "names no year")]
    #[case("ค.ศ. 2450", "does not exist")]
    #[case("10/7/67", "may be of either era")]
    #[case("31 กุมภาพันธ์ 2567", "does not exist")]
    #[case("10 กรกฎาคม 99999", "\"99999\" in")]
    #[case("", "names no year")]
    fn what_is_no_date_is_told(#[case] text: &str, #[case] expected: &str) {
        let error = CalendarDate::parse(text).expect_err("this is no date").to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn a_year_is_read_in_both_eras() {
        assert_eq!(Year::parse("2567"), Year::parse("2024"));
        assert_eq!(Year::parse("๒๕๖๗").map(Year::buddhist_era), Some(2567));
        assert_eq!(Year::parse("67"), None);
        assert_eq!(Year::parse("2-67"), None);
    }

    #[rstest]
    #[case(&["พศ"], "2567", None, Some(2024))]
    #[case(&["พศ"], "67", None, Some(2024))]
    #[case(&["คศ"], "2024", None, Some(2024))]
    #[case(&["กค", "10"], "67", None, Some(2024))]
    #[case(&["ปี"], "67", None, Some(2024))]
    #[case(&["งบประมาณ", "ปี"], "2567", None, Some(2024))]
    #[case(&[], "2567", None, Some(2024))]
    #[case(&["in"], "2024", Some("the"), Some(2024))]
    #[case(&["july", "10"], "2024", None, Some(2024))]
    #[case(&["ราคา"], "2567", Some("บาท"), None)] // a price of 2567 baht
    #[case(&["ห้อง"], "2024", None, None)] // room 2024
    #[case(&["มี"], "67", Some("คน"), None)] // there are 67 people
    #[case(&["may"], "20", None, None)]
    #[case(&[], "1500", None, None)]
    fn a_number_is_a_year_by_what_stands_around_it(
        #[case] before: &[&str],
        #[case] number: &str,
        #[case] next: Option<&str>,
        #[case] expected: Option<i16>,
    ) {
        assert_eq!(year_among(before.iter().copied(), number, next).map(Year::common_era), expected);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_again(year in 1000i16..2400, month in 1i8..=12, day in 1i8..=31) {
            let Ok(first_day) = Date::new(year, month, day) else { return Ok(()) };
            let date = CalendarDate { first_day, precision: Precision::Day };
            for shown in [date.display(Language::Thai), date.display(Language::English), date.to_string()] {
                prop_assert_eq!(CalendarDate::parse(&shown), Ok(date), "of {}", shown);
            }
        }

        #[test]
        fn no_text_breaks_the_parser(text in "\\PC{0,40}") {
            let _ = CalendarDate::parse(&text);
        }
    }
}
