//! Which texts of queries are kept, and in what form.

use crate::text::calendar::Year;
use crate::text::{cluster, normalize};

/// The most of a query that is kept, in characters.
const LONGEST: usize = 100;
/// From so many digits without a break on a number may be somebody's.
const LONG_NUMBER: usize = 7;
/// From so many digits on, also in groups: telephone numbers have 9 or 10, national ids 13, cards 16.
const LONG_NUMBER_IN_GROUPS: usize = 9;
/// The most characters between two groups of digits of one number, as in "(02) - 123".
const LONGEST_GAP: usize = 4;

/// What is kept of the text of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The text, normalised and cut, so that the same query typed in other ways counts as one.
    Kept(String),
    /// Nothing: it looks like an e-mail address, a telephone number, a national id or another long number.
    Personal,
}

impl Text {
    /// What may be kept of `query`; `None` if it has no text at all.
    ///
    /// ```
    /// # use khonha::analytics::Text;
    /// assert_eq!(Text::of(" Open  DATA "), Some(Text::Kept("open data".to_owned())));
    /// assert_eq!(Text::of("โทร ๐๘๑-๒๓๔-๕๖๗๘"), Some(Text::Personal)); // "call 081-234-5678"
    /// assert_eq!(Text::of("  "), None);
    /// ```
    pub fn of(query: &str) -> Option<Text> {
        let normalized = normalize(query);
        let words: Vec<&str> = normalized.text().split_whitespace().collect();
        let text = words.join(" ");
        match text.as_str() {
            "" => None,
            text if has_address(text) || has_long_number(text) => Some(Text::Personal),
            text => Some(Text::Kept(cut(text).to_owned())),
        }
    }
}

fn cut(text: &str) -> &str {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => &text[..cluster::floor(text, end)],
        None => text,
    }
}

/// Whether an at sign stands in a word, as in e-mail addresses, or between two.
fn has_address(text: &str) -> bool {
    let around = |at: usize| {
        let before = text[..at].trim_end().chars().next_back();
        let after = text[at + 1..].trim_start().chars().next();
        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices('@').any(|(at, _)| around(at))
}

fn has_long_number(text: &str) -> bool {
    numbers(text).iter().any(|groups| {
        let longest = groups.iter().map(|group| group.chars().count()).max().unwrap_or(0);
        let digits: usize = groups.iter().map(|group| group.chars().count()).sum();
        let are_years = groups.iter().all(|group| Year::parse(group).is_some());
        longest >= LONG_NUMBER || (digits >= LONG_NUMBER_IN_GROUPS && !are_years)
    })
}

/// The numbers of a text, each as its groups of digits: "02-123 4567, x" has one of three groups. Letters end a number,
/// and so does a wide gap.
fn numbers(text: &str) -> Vec<Vec<String>> {
    let mut numbers: Vec<Vec<String>> = Vec::new();
    let mut gap = usize::MAX;
    for ch in text.chars() {
        if ch.is_numeric() {
            add_digit(&mut numbers, ch, gap);
        }
        gap = match ch {
            _ if ch.is_numeric() => 0,
            _ if ch.is_alphabetic() => usize::MAX,
            _ => gap.saturating_add(1),
        };
    }
    numbers
}

/// Adds a digit that stands `gap` characters after the one before.
fn add_digit(numbers: &mut Vec<Vec<String>>, digit: char, gap: usize) {
    match numbers.last_mut() {
        Some(groups) if (1..=LONGEST_GAP).contains(&gap) => groups.push(digit.to_string()),
        Some(groups) if gap == 0 => groups.last_mut().into_iter().for_each(|group| group.push(digit)),
        _ => numbers.push(vec![digit.to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::email("somchai@example.org")]
    #[case::email_in_words("ติดต่อ somchai.dee+x@mail.example.co.th ด่วน")]
    #[case::full_width("ｓｏｍｃｈａｉ＠ｅｘａｍｐｌｅ．ｏｒｇ")]
    #[case::email_with_spaces("somchai @ example.org")]
    #[case::telephone("081-234-5678")]
    #[case::landline("(02) 123 4567")]
    #[case::with_country("+66 81 234 5678")]
    #[case::thai_digits("๐๘๑๒๓๔๕๖๗๘")]
    #[case::national_id("1-1037-00123-45-6")]
    #[case::national_id_in_words("เลขบัตร1103700123456ของใคร")]
    #[case::invisible_between("08123\u{200B}45678")]
    #[case::directed("0812\u{2066}345\u{2069}678")]
    #[case::case_number("case 1234567")]
    #[case::card("4111 1111 1111 1111")]
    #[case::passport("AA1234567")]
    fn what_looks_personal_is_not_kept(#[case] query: &str) {
        assert_eq!(Text::of(query), Some(Text::Personal));
    }

    #[rstest]
    #[case::years("งบ 2560 2561 2562 2563", "งบ 2560 2561 2562 2563")]
    #[case::range("year:2560-2567", "year:2560-2567")]
    #[case::date("10/07/2567", "10/07/2567")]
    #[case::two_numbers("มาตรา 157 และ มาตรา 149 กับ 123456", "มาตรา 157 และ มาตรา 149 กับ 123456")]
    #[case::handle("@nacc", "@nacc")]
    #[case::spaces_and_case("  Open   DATA ", "open data")]
    #[case::other_spelling("นํ้า", "น้ำ")]
    fn what_is_no_secret_is_kept_normalised(#[case] query: &str, #[case] kept: &str) {
        assert_eq!(Text::of(query), Some(Text::Kept(kept.to_owned())));
    }

    #[test]
    fn an_address_that_the_cut_would_take_apart_is_seen_whole() {
        let query = format!("{} somchai@example.org", "ข้อมูลเปิด ".repeat(8));
        assert_eq!(Text::of(&query), Some(Text::Personal));
    }

    proptest! {
        #[test]
        fn a_kept_text_is_short_and_kept_as_itself(query in any::<String>()) {
            if let Some(Text::Kept(kept)) = Text::of(&query) {
                prop_assert!(kept.chars().count() <= LONGEST);
            }
        }

        #[test]
        fn an_id_is_seen_with_any_marks_between_its_digits(digits in "[1-9][0-9]{12}", mark in "[-. /]{0,2}") {
            let spread: Vec<String> = digits.chars().map(String::from).collect();
            prop_assert_eq!(Text::of(&spread.join(&mark)), Some(Text::Personal));
        }
    }
}
