//! The names of the files that exports are saved as.

use super::format::Format;
use crate::http::address;
use crate::text::cluster;

/// The longest name, in bytes: file systems allow 255, with the extension.
const LONGEST: usize = 150;
/// Where there is nothing to name a file by.
const UNNAMED: &str = "articles";

/// The value of `Content-Disposition` (RFC 6266) for what is known as `subject`: a query or an id. The name is given in
/// ASCII as well, for programs that know nothing else.
pub(super) fn attachment(subject: &str, format: Format) -> String {
    let name = safe(subject);
    let is_plain = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '.' | '_');
    let plain = hyphenated(&name, |ch| !is_plain(ch));
    let extension = format.extension();
    format!(
        "attachment; filename=\"{}{extension}\"; filename*=UTF-8''{}{extension}",
        named(plain),
        address::encoded(&named(name))
    )
}

/// A name that every file system takes.
fn safe(subject: &str) -> String {
    let is_unsafe = |ch: char| ch.is_control() || ch.is_whitespace() || "/\\:*?\"<>|%".contains(ch);
    let name = hyphenated(subject, is_unsafe);
    let end = if name.len() > LONGEST { cluster::floor(&name, LONGEST) } else { name.len() };
    name[..end].to_owned()
}

/// `text` with a hyphen for each run of `other` signs within it; a name that begins with a full stop would be hidden.
fn hyphenated(text: &str, other: impl Fn(char) -> bool) -> String {
    let parts: Vec<&str> = text.split(other).filter(|part| !part.is_empty()).collect();
    parts.join("-").trim_matches(['.', '-']).to_owned()
}

fn named(name: String) -> String {
    if name.is_empty() { UNNAMED.to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("glossary/open-data", "\"glossary-open-data.bib\"; filename*=UTF-8''glossary-open-data.bib")]
    #[case("", "\"articles.bib\"; filename*=UTF-8''articles.bib")]
    #[case("../\"x\"\r\n", "\"x.bib\"; filename*=UTF-8''x.bib")]
    #[case("โกง a", "\"a.bib\"; filename*=UTF-8''%E0%B9%82%E0%B8%81%E0%B8%87-a.bib")] // to cheat
    fn files_are_named_by_what_they_are_of(#[case] subject: &str, #[case] expected: &str) {
        assert_eq!(attachment(subject, Format::Bibtex), format!("attachment; filename={expected}"));
    }

    #[test]
    fn long_names_are_cut() {
        assert!(safe(&"ที่".repeat(100)).len() <= LONGEST);
    }
}
