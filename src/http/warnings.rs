//! What was not taken as asked for, told in a header where the answer itself has no place for it.

use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

use crate::search::Warning;

/// A list of display strings (RFC 9651), which can have Thai in them.
pub(super) const WARNINGS: HeaderName = HeaderName::from_static("khonha-warnings");
/// The most warnings of a header, and the most characters of each: programs refuse long ones.
const MOST_WARNINGS: usize = 16;
const LONGEST_WARNING: usize = 300;

/// An answer with a header that tells the warnings, where there are any.
pub(super) fn telling(warnings: &[Warning], answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    if let Some(value) = value(warnings) {
        response.headers_mut().insert(WARNINGS, value);
    }
    response
}

fn value(warnings: &[Warning]) -> Option<HeaderValue> {
    let shown = warnings.iter().take(MOST_WARNINGS).map(|warning| display_string(&warning.to_string()));
    let list = shown.collect::<Vec<_>>().join(", ");
    HeaderValue::from_str(&list).ok().filter(|list| !list.is_empty())
}

/// A display string of RFC 9651: bytes that a header cannot have are percent-encoded.
fn display_string(text: &str) -> String {
    let shown: String = text.chars().take(LONGEST_WARNING).collect();
    let encoded = shown.bytes().map(|byte| match byte {
        b'%' | b'"' => format!("%{byte:02x}"),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02x}"),
    });
    format!("%\"{}\"", encoded.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_display_strings() {
        assert_eq!(display_string("50% \"ก\""), "%\"50%25 %22%e0%b8%81%22\"");
        let many = vec![Warning::UnknownParameter("x".repeat(1_000)); 100];
        assert!(value(&many).is_some_and(|value| value.len() < 8_000));
        assert_eq!(value(&[]), None);
    }
}
