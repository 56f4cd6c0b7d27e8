//! How plugins keep several languages: as posts that are translations of each other (Polylang, WPML, Bogo), or within the
//! texts of one post (qTranslate).

use super::Element;
use crate::text::Language;

/// Fields of posts with their language, and with what their translations have in common.
const LANGUAGES: [&str; 2] = ["_wpml_import_language_code", "_locale"];
const GROUPS: [&str; 2] = ["_wpml_import_translation_group", "_original_post"];

/// The group of translations that a post is of, and its language in it.
pub(super) fn translation(entry: &Element) -> Option<(String, Language)> {
    let of_term = |taxonomy: &str| {
        let term = entry.all("category").find(|term| term.attribute("domain") == Some(taxonomy))?;
        term.attribute("nicename").or(Some(term.text.trim())).filter(|name| !name.is_empty()).map(str::to_owned)
    };
    let of_field = |names: [&str; 2]| names.iter().find_map(|name| field(entry, name));
    let language = of_term("language").or_else(|| of_field(LANGUAGES))?;
    let group = of_term("post_translations").or_else(|| of_field(GROUPS))?;
    // Locales are written th_TH.
    Some((group, Language::from_tag(&language.replace('_', "-"))?))
}

fn field(entry: &Element, name: &str) -> Option<String> {
    let field = entry.all("wp:postmeta").find(|field| field.text_of("wp:meta_key") == Some(name))?;
    field.text_of("wp:meta_value").map(str::to_owned)
}

/// A text of each language in one that has `[:th]…[:en]…[:]` or `<!--:th-->…<!--:-->`; what stands outside is in each.
/// `None` for a text without such marks.
pub(super) fn within(text: &str) -> Option<Vec<(Language, String)>> {
    let mut texts = Language::ALL.map(|language| (language, String::new()));
    let (mut open, mut found) = (Part::Common, false);
    let mut rest = text;
    while let Some((before, part, after)) = next_mark(rest) {
        add(&mut texts, &open, before);
        found |= matches!(part, Part::In(_));
        (open, rest) = (part, after);
    }
    add(&mut texts, &open, rest);
    found.then(|| texts.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect())
}

/// Whose a part of a text is.
enum Part {
    Common,
    In(Language),
    /// A language that is none of ours.
    Other,
}

fn add(texts: &mut [(Language, String)], part: &Part, text: &str) {
    for (language, whole) in texts {
        match part {
            Part::Common => whole.push_str(text),
            Part::In(only) if only == language => whole.push_str(text),
            Part::In(_) | Part::Other => {}
        }
    }
}

/// What stands before the first mark, what the mark begins, and what stands behind it.
fn next_mark(text: &str) -> Option<(&str, Part, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find(':').map(|at| from + at) {
        for (start, end) in [("[", "]"), ("<!--", "-->")] {
            let Some(before) = text[..at].strip_suffix(start) else { continue };
            let Some((tag, after)) = text[at + 1..].split_once(end) else { continue };
            let is_tag = tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase());
            match Language::from_tag(tag) {
                _ if tag.is_empty() => return Some((before, Part::Common, after)),
                Some(language) if is_tag => return Some((before, Part::In(language), after)),
                None if is_tag => return Some((before, Part::Other, after)),
                _ => {}
            }
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&[(&str, &str)]>) {
        let texts = within(text);
        let texts: Option<Vec<(&str, &str)>> =
            texts.as_ref().map(|texts| texts.iter().map(|(language, text)| (language.tag(), text.as_str())).collect());
        assert_eq!(texts.as_deref(), expected, "{text}");
    }

    #[test]
    fn languages_within_one_text_are_told_apart() {
        check("[:th]ก: ข[:en]A[:]", Some(&[("th", "ก: ข"), ("en", "A")]));
        check("<!--:en-->A<!--:--><!--:th-->ก<!--:-->", Some(&[("th", "ก"), ("en", "A")]));
        check("1 [:en]A[:de]B[:] 2", Some(&[("th", "1  2"), ("en", "1 A 2")]));
        check("[:] a [: b] <!-- wp:x --> c", None);
        check("ก", None);
    }
}
