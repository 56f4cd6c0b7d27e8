//! Years as people write them to narrow a search.

use crate::text::calendar::{self, Year};
use crate::text::normalize;

/// The first and the last year, both included; at least one of them is there, and they are in order.
pub(super) type Years = (Option<Year>, Option<Year>);

/// One year, a range or a comparison, in either era: "2567", "2560-2567", "2560..", ">2020".
pub(super) fn years(text: &str) -> Option<Years> {
    let plain = normalize(text).text().replace(' ', "");
    let (from, to) = compared(&plain).or_else(|| range(&plain)).or_else(|| {
        let year = year(&plain)?;
        Some((Some(year), Some(year)))
    })?;
    let is_swapped = from.zip(to).is_some_and(|(from, to)| from > to);
    Some(if is_swapped { (to, from) } else { (from, to) })
}

fn compared(text: &str) -> Option<Years> {
    let after = |signs: [&str; 2]| signs.iter().find_map(|sign| text.strip_prefix(sign));
    if let Some(from) = after([">=", "≥"]) {
        return Some((Some(year(from)?), None));
    }
    if let Some(to) = after(["<=", "≤"]) {
        return Some((None, Some(year(to)?)));
    }
    let beside = |text, step| Year::from_common_era(year(text)?.common_era() + step);
    if let Some(before) = text.strip_prefix('>') {
        return Some((Some(beside(before, 1)?), None));
    }
    Some((None, Some(beside(text.strip_prefix('<')?, -1)?)))
}

fn range(text: &str) -> Option<Years> {
    let (from, to) = text.split_once("..").or_else(|| text.split_once('-'))?;
    match (from, to) {
        ("", "") => None,
        ("", to) => Some((None, Some(year(to)?))),
        (from, "") => Some((Some(year(from)?), None)),
        (from, to) => Some((Some(year(from)?), Some(year(to)?))),
    }
}

/// A year by itself, or with the word that says it is one: "พ.ศ.2567".
fn year(text: &str) -> Option<Year> {
    Year::parse(text).or_else(|| calendar::leading_year([text]).map(|(year, _)| year))
}
