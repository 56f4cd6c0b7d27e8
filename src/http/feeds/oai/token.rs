//! Resumption tokens: all that is needed to go on with a list, in signs that an address may have as they are.
//!
//! A token names the place in the order of the changes up to which the list was given. What changes meanwhile moves to
//! the end of that order, so that nothing is passed over, and what does not change is given once.

use jiff::Timestamp;

use super::names::{set_of, topic_of};
use super::request::{Code, Detail, OaiError};
use crate::index::Selection;

/// Where a list goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// When the journal was begun whose order this is.
    pub(super) begun: Timestamp,
    /// The number of the last entry that was given.
    pub(super) after: u64,
    /// How many records were given before.
    pub(super) cursor: usize,
}

impl Token {
    /// The token of a list of `wanted`.
    pub(super) fn written(&self, detail: Detail, wanted: &Selection) -> String {
        let Token { begun, after, cursor } = self;
        let seconds = |time: Option<Timestamp>| time.map(|time| time.as_second().to_string()).unwrap_or_default();
        let set = wanted.topic.as_deref().map(set_of).unwrap_or_default();
        let (begun, from, until) = (begun.as_nanosecond(), seconds(wanted.from), seconds(wanted.until));
        format!("{},{begun},{after},{cursor},{from},{until},{set}", letter(detail))
    }

    /// Reads a token of a list in this detail.
    pub(super) fn read(text: &str, detail: Detail) -> Result<(Token, Selection), OaiError> {
        parse(text, detail).ok_or_else(bad)
    }
}

/// A token that is none of ours, or that means nothing any more.
pub(super) fn bad() -> OaiError {
    Code::BadResumptionToken.because("the resumptionToken is none of this list or means nothing any more; begin again")
}

fn parse(text: &str, detail: Detail) -> Option<(Token, Selection)> {
    let parts: Vec<&str> = text.split(',').collect();
    let [of, begun, after, cursor, from, until, set] = parts[..] else { return None };
    if of != letter(detail) {
        return None;
    }
    let begun = Timestamp::from_nanosecond(begun.parse().ok()?).ok()?;
    let token = Token { begun, after: after.parse().ok()?, cursor: cursor.parse().ok()? };
    let time = |text: &str| Timestamp::from_second(text.parse().ok()?).ok();
    let given = |text: &str| !text.is_empty();
    let wanted = Selection {
        from: if given(from) { Some(time(from)?) } else { None },
        until: if given(until) { Some(time(until)?) } else { None },
        topic: if given(set) { Some(topic_of(set)?) } else { None },
    };
    Some((token, wanted))
}

fn letter(detail: Detail) -> &'static str {
    match detail {
        Detail::Headers => "i",
        Detail::Records => "r",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_on_with_the_list_that_it_was_made_of() {
        let time = |seconds| Timestamp::from_second(seconds).ok();
        let token = Token { begun: Timestamp::UNIX_EPOCH, after: 7, cursor: 100 };
        for wanted in [Selection::default(), Selection { from: time(1), until: time(2), topic: Some("a/ข".to_owned()) }]
        {
            let text = token.written(Detail::Records, &wanted);
            assert_eq!(Token::read(&text, Detail::Records), Ok((token, wanted)));
            assert!(Token::read(&text, Detail::Headers).is_err());
            assert!(Token::read(&text[1..], Detail::Records).is_err());
        }
        for text in ["", "r", "r,1,2,3,4,5", "r,1,-2,3,,,", "r,1,2,3,x,,", "r,1,2,3,,,a::b"] {
            assert!(Token::read(text, Detail::Records).is_err(), "{text}");
        }
    }
}
