//! Years among the words of a text.

use super::parts::{Era, era, month};
use super::{BUDDHIST_OFFSET, RECENT, Year};
use crate::text::normalize::normalize;

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
pub(in crate::text) fn may_be_year(term: &str) -> bool {
    matches!(term.len(), 2 | 4) && term.bytes().all(|byte| byte.is_ascii_digit())
}

/// The year that the term `number` of a text is, going by the terms around it (those `before` from the nearest on):
/// 2567 and 2024 by themselves, unless they count or number something; after พ.ศ., ค.ศ., ปี or a month any four
/// digits, and after the Thai ones two.
pub(in crate::text) fn year_among<'a>(
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
