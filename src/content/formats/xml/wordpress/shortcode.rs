//! Shortcodes: `[name attribute="…"]…[/name]`, which plugins put something in place of. What stands between is kept.

use std::collections::HashSet;

/// Those of WordPress itself, and others that stand alone and without attributes.
const KNOWN: [&str; 12] = [
    "audio",
    "caption",
    "embed",
    "gallery",
    "playlist",
    "video",
    "wp_caption",
    "toc",
    "contact-form",
    "more",
    "divider",
    "spacer",
];
/// Those that stand in paragraphs of their own; so do those of page builders, which have `_` in their names.
const BLOCKS: [&str; 8] = ["audio", "caption", "embed", "gallery", "playlist", "video", "column", "row"];
/// Attributes that hold a text for readers.
const TEXTS: [&str; 3] = ["caption=\"", "text=\"", "heading=\""];
/// The longest tag, in bytes.
const LONGEST: usize = 8 << 10;

/// A text without its shortcodes.
pub(super) fn without(text: &str) -> String {
    if !text.contains('[') {
        return text.to_owned();
    }
    let ended = ended(text);
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let (said, length) = escaped(rest).or_else(|| replaced(rest, &ended)).unwrap_or_else(|| ("[".to_owned(), 1));
        kept.push_str(&said);
        rest = &rest[length..];
    }
    kept.push_str(rest);
    kept
}

/// The names that have an end tag somewhere.
fn ended(text: &str) -> HashSet<&str> {
    text.match_indices("[/").filter_map(|(at, _)| Some(text[at + 2..].split_once(']')?.0)).collect()
}

/// `[[name]]` shows a shortcode.
fn escaped(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix("[[")?;
    let end = inside.find("]]").filter(|&end| end < LONGEST && !inside[..end].contains('['))?;
    Some((format!("[{}]", &inside[..end]), end + "[[]]".len()))
}

/// What stands in place of the shortcode that a text begins with, and its length.
fn replaced(text: &str, ended: &HashSet<&str>) -> Option<(String, usize)> {
    let inside = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let is_of_name = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || matches!(ch, '_' | '-');
    let name = &inside[..inside.find(|ch| !is_of_name(ch)).unwrap_or(inside.len())];
    let attributes = &inside[name.len()..];
    let length = end(attributes)?;
    let attributes = &attributes[..length];
    let is_known = KNOWN.contains(&name) || ended.contains(name) || attributes.contains('=');
    let is_parted = attributes.is_empty() || attributes.starts_with([' ', '\n', '\u{A0}', '/']);
    if !name.starts_with(|ch: char| ch.is_ascii_lowercase()) || !is_known || !is_parted {
        return None;
    }
    let texts = TEXTS.iter().filter_map(|key| Some(attributes.split_once(key)?.1.split_once('"')?.0));
    let texts: String = texts.map(|text| format!("{text}\n\n")).collect();
    let space = if BLOCKS.contains(&name) || name.contains('_') { "\n\n" } else { "" };
    let total = text.len() - inside.len() + name.len() + length + 1;
    Some((format!("{space}{texts}"), total))
}

/// Where the bracket is that ends a tag: not within quotes.
fn end(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (at, ch) in attributes.char_indices().take_while(|(at, _)| *at < LONGEST) {
        match (ch, quote) {
            ('"' | '\'', None) => quote = Some(ch),
            (_, Some(open)) if ch == open => quote = None,
            (']', None) => return Some(at),
            ('[' | '<', None) => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("ก[gallery ids=\"1,2\"]ข", "ก\n\nข")]
    #[case("[vc_row][vc_column width=\"1/2]\"]ก[/vc_column][/vc_row]", "\n\n\n\nก\n\n\n\n")]
    #[case("[highlight]ก[/highlight]ข", "กข")]
    #[case("[contact-form-7 id=\"4\" title=\"ติดต่อ\"]", "")]
    #[case("[caption caption=\"ภาพ\"]x[/caption]", "\n\nภาพ\n\nx\n\n")]
    #[case("[1] [sic] [ก] [see a] [[gallery]] a[i]", "[1] [sic] [ก] [see a] [gallery] a[i]")]
    #[case("[ [a [b=", "[ [a [b=")]
    fn shortcodes_go_and_what_is_none_stays(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(without(text), expected);
    }
}
