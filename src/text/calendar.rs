//! Dates as Thai and English sites write them, and years of both eras.
//!
//! Buddhist Era year = Common Era year + 543, as the Thai civil calendar has counted since 2484 (1941);
//! older dates between January and March are taken by the same rule.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::language::Language;
use super::normalize::normalize;

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

/// The year that `words` begin with and how many of them say so: "2567", "ปี พ.ศ. 2567", "ปี2567",
/// "year 2024". A number without such a word is a year only if it is near our time, so that "1500" or
/// "3000" stay numbers.
pub fn leading_year<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<(Year, usize)> {
    let mut introduced = false;
    for (at, word) in words.into_iter().enumerate().take(3) {
        let normalized = normalize(word);
        let number = after_introduction(normalized.text());
        introduced |= number.len() < normalized.text().len();
        if number.is_empty() {
            continue;
        }
        // After "ปี" or "พ.ศ." two digits are of this century of the Buddhist Era.
        let short = introduced && number.len() == 2 && !normalized.text().starts_with("year");
        let year = if short { Year::parse(&format!("25{number}")) } else { Year::parse(number) };
        let year = year.filter(|year| introduced || RECENT.contains(&year.0));
        return year.map(|year| (year, at + 1));
    }
    None
}

/// Whether a term has as many digits as a year, and nothing else.
pub(super) fn may_be_year(term: &str) -> bool {
    matches!(term.len(), 2 | 4) && term.bytes().all(|byte| byte.is_ascii_digit())
}

/// The year that the term `number` of a text is, going by the terms around it (those `before` from the nearest on):
/// 2567 and 2024 by themselves, unless they count or number something; after พ.ศ., ค.ศ., ปี or a month any four
/// digits, and after the Thai ones two.
pub(super) fn year_among<'a>(
    mut before: impl Iterator<Item = &'a str>,
    number: &str,
    next: Option<&str>,
) -> Option<Year> {
    let is_short = number.len() == 2;
    let value: i16 = may_be_year(number).then(|| number.parse().ok()).flatten()?;
    let previous = before.next().unwrap_or_default();
    let month_era = month(previous).map(|(_, era)| era);
    let in_year = is_year_word(previous) || previous == "งบประมาณ" && before.next() == Some("ปี");
    let common_era = match (era(previous), month_era) {
        (Some(Era::Buddhist), _) if is_short => 2500 + value - BUDDHIST_OFFSET,
        (Some(Era::Buddhist), _) => value - BUDDHIST_OFFSET,
        (Some(Era::Common), _) if !is_short => value,
        (None, Some(Era::Buddhist)) if is_short && value > 31 => 2500 + value - BUDDHIST_OFFSET,
        (None, None) if is_short && in_year && previous != "year" => 2500 + value - BUDDHIST_OFFSET,
        _ if is_short => return None,
        (_, known_month) => {
            let year = Year::parse(number)?;
            let is_plain = RECENT.contains(&year.0) && !next.is_some_and(is_counted) && !is_numbered(previous);
            return (is_plain || in_year || known_month.is_some()).then_some(year);
        }
    };
    Year::from_common_era(common_era)
}

fn is_year_word(word: &str) -> bool {
    matches!(word, "ปี" | "ปีงบประมาณ" | "ปีงบ" | "year" | "fy")
}

/// Words after a number that it counts.
fn is_counted(word: &str) -> bool {
    const COUNTED: [&str; 24] = [
        "บาท",
        "คน",
        "ราย",
        "แห่ง",
        "ล้าน",
        "พัน",
        "ครั้ง",
        "ชิ้น",
        "หน้า",
        "เล่ม",
        "ตัว",
        "ข้อ",
        "ฉบับ",
        "หลัง",
        "คัน",
        "เครื่อง",
        "กิโลเมตร",
        "เมตร",
        "ตารางเมตร",
        "ไร่",
        "baht",
        "people",
        "pages",
        "percent",
    ];
    COUNTED.contains(&word)
}

/// Words before a number that numbers something.
fn is_numbered(word: &str) -> bool {
    const NUMBERED: [&str; 9] = ["ห้อง", "เลขที่", "โทร", "มาตรา", "หมายเลข", "เบอร์", "room", "no", "section"];
    NUMBERED.contains(&word)
}

/// What follows the words that introduce a year.
fn after_introduction(word: &str) -> &str {
    const INTRODUCTIONS: [&str; 6] = ["ปี", "พ.ศ.", "ค.ศ.", "พศ", "คศ", "year"];
    let after = INTRODUCTIONS.iter().find_map(|introduction| word.strip_prefix(introduction));
    after.map_or(word, |after| after_introduction(after.trim_start_matches('.')))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Era {
    Buddhist,
    Common,
}

/// What a text says of a date, before it is known which number is which.
#[derive(Default)]
struct Parts {
    /// Value and count of digits.
    numbers: Vec<(i16, usize)>,
    month: Option<i8>,
    /// How many numbers stood before the month's name.
    before_month: usize,
    /// The era that is named.
    era: Option<Era>,
    /// The era that two digits have beside the month's name.
    month_era: Option<Era>,
}

impl Parts {
    fn read(text: &str) -> Result<Parts, CalendarError> {
        let normalized = normalize(text);
        let mut parts = Parts::default();
        for word in words(normalized.text()) {
            let known = parts.number(word) || parts.name(word) || is_filler(word);
            if !known {
                return Err(CalendarError::Unknown { text: text.to_owned(), word: word.to_owned() });
            }
        }
        Ok(parts)
    }

    fn number(&mut self, word: &str) -> bool {
        let digits = word.trim_end_matches(|ch: char| ch.is_ascii_alphabetic());
        let is_ordinal = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
        let number = digits.parse().ok().filter(|_| is_ordinal && digits.len() <= 4);
        number.map(|number| self.numbers.push((number, digits.len()))).is_some()
    }

    fn name(&mut self, word: &str) -> bool {
        let bare = word.replace('.', "");
        if let Some(era) = era(&bare) {
            self.era = Some(era);
            return true;
        }
        let Some((month, era)) = month(bare.trim_start_matches("เดือน")).filter(|_| self.month.is_none())
        else {
            return false;
        };
        self.month = Some(month);
        self.before_month = self.numbers.len();
        self.month_era = Some(era);
        true
    }

    /// Tells year, month and day apart by their order and length.
    fn in_order(&self, text: &str) -> Result<(Year, Option<i8>, Option<i8>), CalendarError> {
        let small = |(number, _): (i16, usize)| i8::try_from(number).unwrap_or(i8::MAX);
        let (year, month, day) = match (&self.numbers[..], self.month) {
            ([year], None) if year.1 == 4 => (*year, None, None),
            ([year, month], None) if year.1 == 4 => (*year, Some(small(*month)), None),
            ([month, year], None) if year.1 == 4 => (*year, Some(small(*month)), None),
            ([year, month, day], None) if year.1 == 4 => (*year, Some(small(*month)), Some(small(*day))),
            ([day, month, year], None) => (*year, Some(small(*month)), Some(small(*day))),
            // "July 10" is a day without a year, and "ก.ค. 67" a month with one.
            ([year], Some(month)) if year.1 == 4 || year.0 > 31 && self.before_month == 0 => (*year, Some(month), None),
            ([day, year], Some(month)) => (*year, Some(month), Some(small(*day))),
            _ => return Err(CalendarError::NoYear(text.to_owned())),
        };
        Ok((self.year(year, text)?, month, day))
    }

    fn year(&self, (number, digits): (i16, usize), text: &str) -> Result<Year, CalendarError> {
        let common_era = match (digits, self.era.or(self.month_era)) {
            (2, None) => return Err(CalendarError::AmbiguousYear(text.to_owned())),
            (2, Some(Era::Buddhist)) => 2500 + number - BUDDHIST_OFFSET,
            (2, Some(Era::Common)) if number < 70 => 2000 + number,
            (2, Some(Era::Common)) => 1900 + number,
            _ if self.era == Some(Era::Buddhist) => number - BUDDHIST_OFFSET,
            _ if self.era == Some(Era::Common) || number < FIRST_BUDDHIST_YEAR => number,
            _ => number - BUDDHIST_OFFSET,
        };
        Year::from_common_era(common_era).ok_or_else(|| CalendarError::OutOfRange(text.to_owned()))
    }
}

/// The date of an ISO 8601 date and time, and any other text as it is.
fn without_time(text: &str) -> &str {
    let text = text.trim();
    let is_date = |date: &str| {
        date.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    match text.split_at_checked(10) {
        Some((date, time)) if is_date(date) && time.starts_with(['T', 't', ' ']) && time.contains(':') => date,
        _ => text,
    }
}

/// Runs of digits (with an English ordinal ending) and of other letters; separators are dropped.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let separator = |ch: char| ch.is_whitespace() || matches!(ch, ',' | '/' | '-' | '–' | '(' | ')' | '\'');
    text.split(separator).flat_map(split_digits).filter(|word| !word.is_empty() && *word != ".")
}

/// Parts Thai letters from digits typed on to them: 10ก.ค.67.
fn split_digits(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let same = |ch: char| ch.is_ascii_alphanumeric() == first.is_ascii_alphanumeric();
        let end = rest.find(|ch| !same(ch)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn era(bare: &str) -> Option<Era> {
    match bare {
        "พศ" | "พุทธศักราช" | "be" => Some(Era::Buddhist),
        "คศ" | "คริสต์ศักราช" | "ad" | "ce" => Some(Era::Common),
        _ => None,
    }
}

/// The month of a name, and the era that a two-digit year beside it has.
fn month(bare: &str) -> Option<(i8, Era)> {
    // กรกฏาคม is how many write กรกฎาคม, and เมษา is how all say เมษายน.
    let spelled = bare.replace('ฏ', "ฎ");
    let said = |full: &str| ["คม", "ยน", "พันธ์"].iter().find_map(|end| full.strip_suffix(end)).map(str::to_owned);
    let is_named =
        |&(full, short): &(&str, &str)| full == spelled || short == spelled || said(full).as_ref() == Some(&spelled);
    let thai = THAI_MONTHS.iter().position(is_named);
    let english = || {
        let longer = bare.len() >= 3 && bare != "sept";
        ENGLISH_MONTHS.iter().position(|name| {
            let name = name.to_lowercase();
            (longer && name.starts_with(bare)) || (bare == "sept" && name == "september")
        })
    };
    let (position, era) = match thai {
        Some(position) => (position, Era::Buddhist),
        None => (english()?, Era::Common),
    };
    i8::try_from(position + 1).ok().map(|month| (month, era))
}

/// Words that stand in dates and say nothing more: weekdays, "the day", "month", "year".
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 8] = ["วันที่", "วัน", "ที่", "เดือน", "ปี", "of", "the", "."];
    const WEEKDAYS: [&str; 7] = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"];
    let day = word.trim_start_matches("วัน").trim_end_matches("ที่");
    FILLERS.contains(&word) || WEEKDAYS.contains(&day) || (word.len() > 4 && word.ends_with("day"))
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
