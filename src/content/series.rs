//! The name of a series before a title: "Sujarit Insight | ชื่อเรื่อง".

use super::site::Site;
use crate::text::normalize;

/// A series named before a title, and what stood in brackets after its name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SplitSeries {
    /// Its id.
    pub(super) series: Option<String>,
    /// Its name, as it is written.
    pub(super) name: String,
    /// What stood in brackets.
    pub(super) note: Option<String>,
}

/// Parts "Sujarit Insight | ชื่อเรื่อง" into series and title. After the name of a known series may come
/// a note in brackets, then one of `|`, `:`, a dash, or the letter I that is typed for a bar.
pub(super) fn split_series<'a>(title: &'a str, site: &Site) -> Option<(SplitSeries, &'a str)> {
    let normalized = normalize(title);
    let starts = site.series.iter().flat_map(|(id, series)| series.all().map(move |name| (id, name)));
    let (id, length) = starts
        .filter_map(|(id, name)| {
            let name = normalize(name);
            let starts = !name.text().is_empty() && normalized.text().starts_with(name.text());
            starts.then(|| (id, normalized.original_range(0..name.text().len()).end))
        })
        .max_by_key(|&(_, length)| length)?;
    let (name, after) = title.split_at_checked(length)?;
    let (note, rest) = bracketed(after);
    let rest = after_separator(rest, site)?;
    let name = name.trim().to_owned();
    (!rest.is_empty()).then(|| (SplitSeries { series: Some(id.clone()), name, note }, rest))
}

/// A title as references have it: the series, a bar, and no note.
pub(super) fn whole_reference(title: String, site: &Site) -> String {
    let whole = split_series(&title, site).map(|(split, rest)| format!("{} | {rest}", split.name));
    whole.unwrap_or(title)
}

/// What stands in brackets at the beginning, and what comes after.
pub(super) fn bracketed(text: &str) -> (Option<String>, &str) {
    let inside = text.trim_start().strip_prefix('(').and_then(|text| text.split_once(')'));
    inside.map_or((None, text), |(note, rest)| (Some(note.trim().to_owned()), rest))
}

/// What comes after a separator. A bar or a colon may stand anywhere; a dash, or a letter typed for a bar, only between
/// spaces.
pub(super) fn after_separator<'a>(text: &'a str, site: &Site) -> Option<&'a str> {
    let after = |separator: &str| {
        let rest = text.trim_start().strip_prefix(separator).filter(|_| !separator.is_empty())?;
        let is_spaced = || text.starts_with(char::is_whitespace) && rest.starts_with(char::is_whitespace);
        (!needs_spaces(separator) || is_spaced()).then_some(rest.trim_start())
    };
    site.formats.hub.all(|hub| &hub.separators).find_map(after)
}

fn needs_spaces(separator: &str) -> bool {
    separator.chars().all(|ch| ch.is_alphanumeric() || matches!(ch, '-' | '–' | '—'))
}
