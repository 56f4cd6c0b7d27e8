//! Articles and topics as the protocol names them: identifiers and sets.

use percent_encoding::percent_decode_str;

use crate::content::ArticleId;
use crate::http::{Identity, address};

/// The identifier of an article: `oai:search.example.org:glossary/integrity-pact`.
pub(super) fn identifier(id: &ArticleId, identity: &Identity) -> String {
    format!("{}{}", prefix(identity), address::path_of(id.as_str()))
}

/// The article that an identifier of this repository names, whether or not it is there.
pub(super) fn article(identifier: &str, identity: &Identity) -> Option<ArticleId> {
    let path = identifier.strip_prefix(&prefix(identity))?;
    percent_decode_str(path).decode_utf8().ok().map(|id| ArticleId::new(id.into_owned()))
}

fn prefix(identity: &Identity) -> String {
    let host = identity.host().replace(|ch: char| !ch.is_ascii_alphanumeric() && !matches!(ch, '.' | '-'), "-");
    format!("oai:{host}:")
}

/// The set of a topic: `procurement:bid-rigging`. Sets have letters of ASCII and a few signs; the bytes of all others
/// are written as `~` and two hexadecimal digits.
pub(super) fn set_of(topic: &str) -> String {
    topic.split('/').map(encoded).collect::<Vec<_>>().join(":")
}

/// The topic of a set; `None` for what is no name of a set.
pub(super) fn topic_of(set: &str) -> Option<String> {
    Some(set.split(':').map(decoded).collect::<Option<Vec<_>>>()?.join("/"))
}

fn encoded(part: &str) -> String {
    let byte = |byte: u8| match is_plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("~{byte:02X}"),
    };
    match part {
        // A set has no empty part.
        "" => "~".to_owned(),
        part => part.bytes().map(byte).collect(),
    }
}

fn decoded(part: &str) -> Option<String> {
    if part == "~" {
        return Some(String::new());
    }
    let mut bytes = Vec::new();
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'~' => 16 * hexadecimal(rest.next()?)? + hexadecimal(rest.next()?)?,
            byte => Some(byte).filter(|byte| is_plain(*byte))?,
        });
    }
    String::from_utf8(bytes).ok().filter(|part| !part.is_empty())
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!*'()".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_names_the_topic_it_was_made_from() {
        for (topic, set) in [
            ("procurement/bid-rigging", "procurement:bid-rigging"),
            ("การเงิน", "~E0~B8~81~E0~B8~B2~E0~B8~A3~E0~B9~80~E0~B8~87~E0~B8~B4~E0~B8~99"),
            ("a:b ~/", "a~3Ab~20~7E:~"),
        ] {
            assert_eq!((set_of(topic).as_str(), topic_of(set).as_deref()), (set, Some(topic)));
        }
        for set in ["", "a::b", "~4", "~zz", "ก", "a b", "~FF"] {
            assert_eq!(topic_of(set), None, "{set}");
        }
    }

    #[test]
    fn an_identifier_names_the_article_it_was_made_from() {
        let identity = |url: &str| Identity { url: url.to_owned(), name: String::new(), contact: String::new() };
        let id = ArticleId::new("a b/ก+%?");
        for (url, host) in
            [("https://x.org", "x.org"), ("http://127.0.0.1:8080/a", "127.0.0.1"), ("http://[::1]:1", "---1-")]
        {
            let name = identifier(&id, &identity(url));
            assert_eq!(name, format!("oai:{host}:a%20b/%E0%B8%81%2B%25%3F"));
            assert_eq!(article(&name, &identity(url)), Some(id.clone()));
        }
        assert_eq!(article("oai:y.org:a", &identity("https://x.org")), None);
    }
}
