//! What the words and numbers of a date are.

use super::{BUDDHIST_OFFSET, CalendarError, ENGLISH_MONTHS, FIRST_BUDDHIST_YEAR, THAI_MONTHS, Year};
use crate::text::normalize::normalize;

/// The era that years are counted in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    Buddhist,
    Common,
}

/// What a text says of a date, before it is known which number is which.
#[derive(Default)]
pub(super) struct Parts {
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
    pub(super) fn read(text: &str) -> Result<Parts, CalendarError> {
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
    pub(super) fn in_order(&self, text: &str) -> Result<(Year, Option<i8>, Option<i8>), CalendarError> {
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
pub(super) fn without_time(text: &str) -> &str {
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

/// The era of its name without dots.
pub(super) fn era(bare: &str) -> Option<Era> {
    match bare {
        "พศ" | "พุทธศักราช" | "be" => Some(Era::Buddhist),
        "คศ" | "คริสต์ศักราช" | "ad" | "ce" => Some(Era::Common),
        _ => None,
    }
}

/// The month of a name, and the era that a two-digit year beside it has.
pub(super) fn month(bare: &str) -> Option<(i8, Era)> {
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
