//! Where a list of hits goes on, as a text that only this site can have made.
//!
//! A cursor names the snapshot, the search, and the last hit: its place in the order, so that going on costs the same
//! however far it is. It is signed, since its place goes into the index as it is.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::request::{Request, RequestError, error};
use crate::index::Place;

/// Bytes of a signature.
const SIGNATURE: usize = 16;
/// What the key is used for, so that no other use of it can be taken for this.
const PURPOSE: &str = "khonha 2026 cursors of searches";

/// What a cursor says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// The snapshot's name.
    #[serde(rename = "s")]
    pub(super) snapshot: String,
    /// Tells the search from others.
    #[serde(rename = "r")]
    pub(super) search: String,
    /// How many hits came before.
    #[serde(rename = "n")]
    pub(super) passed: usize,
    /// The last of them.
    #[serde(rename = "p")]
    pub(super) place: Place,
}

/// Signs cursors and checks them.
pub(super) struct Signer([u8; 32]);

impl Signer {
    /// A signer with the secret of the index.
    pub(super) fn new(secret: &[u8; 32]) -> Signer {
        Signer(blake3::derive_key(PURPOSE, secret))
    }

    /// The text of `cursor`.
    pub(super) fn text(&self, cursor: &Cursor) -> String {
        let content = serde_json::to_vec(cursor).unwrap_or_default();
        let signature = blake3::keyed_hash(&self.0, &content);
        URL_SAFE_NO_PAD.encode([&signature.as_bytes()[..SIGNATURE], &content].concat())
    }

    /// The cursor that `text` was made from, for the same search.
    pub(super) fn cursor(&self, text: &str, request: &Request) -> Result<Cursor, RequestError> {
        let cursor = self.read(text).ok_or_else(|| wrong(text, "it was not made by this site; search without it"))?;
        if cursor.search != digest(request) {
            return Err(wrong(text, "it belongs to another search; give q, filters and sort as they were"));
        }
        Ok(cursor)
    }

    /// The name of the snapshot that a cursor of any search goes on in.
    pub(super) fn snapshot(&self, text: &str) -> Option<String> {
        self.read(text).map(|cursor| cursor.snapshot)
    }

    fn read(&self, text: &str) -> Option<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text.as_bytes()).ok()?;
        let (signature, content) = bytes.split_at_checked(SIGNATURE)?;
        let expected = blake3::keyed_hash(&self.0, content);
        // As long as it takes, wherever the first difference is.
        let differs =
            signature.iter().zip(expected.as_bytes()).fold(0, |differs, (one, other)| differs | (one ^ other));
        if differs == 0 { serde_json::from_slice(content).ok() } else { None }
    }
}

fn wrong(text: &str, expected: &str) -> RequestError {
    let shown: String = text.chars().take(16).collect();
    error("cursor", &format!("{shown}…"), expected)
}

/// What makes a search another one: not the page, nor what is shown of it.
pub(super) fn digest(request: &Request) -> String {
    let plain = Request { page: 1, cursor: None, snapshot: None, limit: 1, ..request.clone() };
    let plain = Request {
        facets: super::FacetOptions::default(),
        explaining: super::Explaining::Off,
        highlight: None,
        ..plain
    };
    let mut hasher = blake3::Hasher::new();
    for (name, value) in plain.to_parameters().into_iter().filter(|(name, _)| name != "ui") {
        hasher.update(&(value.len() as u64).to_le_bytes());
        hasher.update(format!("{name}={value}").as_bytes());
    }
    // Titles are put in order by the language of the interface.
    hasher.update(format!("{:?}", plain.effective_sort()).as_bytes());
    hasher.finalize().to_hex()[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::PlaceKey;
    use crate::search::Highlight;

    fn cursor(request: &Request) -> Cursor {
        let place = Place { key: PlaceKey::Score(1.1), id: "ก/ข".to_owned() };
        Cursor { snapshot: "a".to_owned(), search: digest(request), passed: 10, place }
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_only_for_its_search() {
        let (signer, request) = (Signer::new(&[1; 32]), Request { text: "ทุจริต".to_owned(), ..Request::default() });
        let text = signer.text(&cursor(&request));
        let highlight = Some(Highlight { passages: 3, ..Highlight::default() });
        for shown in [Request { limit: 50, ..request.clone() }, Request { highlight, ..request.clone() }] {
            assert_eq!(signer.cursor(&text, &shown), Ok(cursor(&request)));
        }
        let other = signer.cursor(&text, &Request::default()).expect_err("another search").to_string();
        assert!(other.contains("another search"), "{other}");
    }

    #[test]
    fn a_changed_cursor_is_refused() {
        let (signer, request) = (Signer::new(&[1; 32]), Request::default());
        let text = signer.text(&cursor(&request));
        assert!(Signer::new(&[2; 32]).cursor(&text, &request).is_err());
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ASCII");
            assert!(signer.cursor(&changed, &request).is_err(), "{at}");
        }
        for text in ["", "ก", "AAAA", "===="] {
            assert!(signer.cursor(text, &request).is_err(), "{text}");
        }
    }
}
