//! Addresses of articles, as pages and exports name them.

use super::Identity;
use crate::content::ArticleId;

/// The path of an article's page.
pub(super) fn article(id: &ArticleId) -> String {
    of("articles", id.as_str())
}

/// The path of the page of what is called `id` in a folder.
pub(super) fn of(folder: &str, id: &str) -> String {
    format!("/{folder}/{}", path_of(id))
}

/// An id as the end of an address, percent-encoded.
pub(super) fn path_of(id: &str) -> String {
    id.split('/').map(encoded).collect::<Vec<_>>().join("/")
}

/// The whole address of an article's page, for those who come from elsewhere.
pub(super) fn article_from_outside(identity: &Identity, id: &ArticleId) -> String {
    format!("{}{}", identity.url, article(id))
}

/// A part of a path, percent-encoded. What a query may hold a path may, but for the plus sign that
/// stands for a space in queries alone.
pub(super) fn encoded(part: &str) -> String {
    form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>().replace('+', "%20")
}

/// An address of the web, with the signs encoded that no address may have and that formats take for their own.
pub(super) fn web_address(source: &str) -> Option<String> {
    let source = source.trim();
    if !source.starts_with("https://") && !source.starts_with("http://") {
        return None;
    }
    let is_forbidden = |ch: char| ch.is_control() || ch.is_whitespace() || "{}\\\"<>^`|".contains(ch);
    let encoded = |ch: char| match is_forbidden(ch) {
        true => encoded(&ch.to_string()),
        false => ch.to_string(),
    };
    Some(source.chars().map(encoded).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_an_address_of_the_web_is_one() {
        assert_eq!(web_address("https://a.example/x {1}%20"), Some("https://a.example/x%20%7B1%7D%20".to_owned()));
        assert_eq!(web_address("javascript:alert(1)"), None);
    }
}
