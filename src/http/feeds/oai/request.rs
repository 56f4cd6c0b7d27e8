//! A request as it is asked, checked once.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::names::topic_of;
use super::token::Token;
use crate::index::Selection;

/// The only format of metadata.
pub(super) const FORMAT: &str = "oai_dc";

const VERBS: [&str; 6] = ["Identify", "ListMetadataFormats", "ListSets", "GetRecord", "ListIdentifiers", "ListRecords"];

/// Names and values of arguments as they came, decoded.
pub(super) type Arguments = Vec<(String, String)>;

/// A request that makes sense.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Request {
    Identify,
    /// Of all articles, or of one by its identifier.
    ListMetadataFormats(Option<String>),
    ListSets,
    /// By its identifier.
    GetRecord(String),
    List(List),
}

/// A list, or the part of it that comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    pub(super) detail: Detail,
    pub(super) wanted: Selection,
    /// Where to go on; `None` at the beginning.
    pub(super) token: Option<Token>,
}

/// How much is said of each record of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// `ListIdentifiers`
    Headers,
    /// `ListRecords`
    Records,
}

impl Detail {
    /// The verb that asks for it.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Detail::Headers => "ListIdentifiers",
            Detail::Records => "ListRecords",
        }
    }
}

/// Why a request is refused, as the protocol tells it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OaiError {
    pub(super) code: Code,
    /// For people.
    pub(super) message: String,
}

/// The error codes of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    BadVerb,
    BadArgument,
    BadResumptionToken,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
    NoSetHierarchy,
}

impl Code {
    /// The code as it is written.
    pub(super) fn name(self) -> &'static str {
        match self {
            Code::BadVerb => "badVerb",
            Code::BadArgument => "badArgument",
            Code::BadResumptionToken => "badResumptionToken",
            Code::CannotDisseminateFormat => "cannotDisseminateFormat",
            Code::IdDoesNotExist => "idDoesNotExist",
            Code::NoRecordsMatch => "noRecordsMatch",
            Code::NoSetHierarchy => "noSetHierarchy",
        }
    }

    /// An error with this code.
    pub(super) fn because(self, message: impl Into<String>) -> OaiError {
        OaiError { code: self, message: message.into() }
    }
}

/// The arguments of a query or form.
pub(super) fn arguments(text: &str) -> Arguments {
    form_urlencoded::parse(text.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

impl Request {
    /// Reads a request.
    pub(super) fn read(arguments: &Arguments) -> Result<Request, OaiError> {
        let mut verbs = arguments.iter().filter(|(name, _)| name == "verb").map(|(_, verb)| verb.as_str());
        let (verb, None) = (verbs.next().unwrap_or_default(), verbs.next()) else {
            return Err(Code::BadVerb.because("verb is given more than once"));
        };
        // A verb that is none is worse than what comes with it.
        let mut given = if VERBS.contains(&verb) { Given::of(arguments)? } else { Given::default() };
        let request = match verb {
            "Identify" => Request::Identify,
            "ListMetadataFormats" => Request::ListMetadataFormats(given.identifier()?),
            "ListSets" => given.sets()?,
            "GetRecord" => {
                let identifier = given.identifier()?.ok_or_else(|| missing("identifier"))?;
                given.format()?;
                Request::GetRecord(identifier)
            }
            "ListIdentifiers" => Request::List(given.list(Detail::Headers)?),
            "ListRecords" => Request::List(given.list(Detail::Records)?),
            _ => return Err(Code::BadVerb.because(format!("verb={verb}: use one of {}", VERBS.join(", ")))),
        };
        given.nothing_else()?;
        Ok(request)
    }
}

fn missing(name: &str) -> OaiError {
    Code::BadArgument.because(format!("{name} is missing"))
}

/// Arguments that are still to be read.
#[derive(Default)]
struct Given<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Given<'a> {
    fn of(arguments: &'a Arguments) -> Result<Given<'a>, OaiError> {
        let mut given = BTreeMap::new();
        for (name, value) in arguments.iter().filter(|(name, _)| name != "verb") {
            if given.insert(name.as_str(), value.as_str()).is_some() {
                return Err(Code::BadArgument.because(format!("{name} is given more than once")));
            }
        }
        Ok(Given(given))
    }

    fn identifier(&mut self) -> Result<Option<String>, OaiError> {
        let Some(identifier) = self.0.remove("identifier") else { return Ok(None) };
        let is_uri = identifier.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&byte));
        match is_uri && !identifier.is_empty() {
            true => Ok(Some(identifier.to_owned())),
            false => Err(Code::BadArgument.because("identifier is no URI; percent-encode it twice in an address")),
        }
    }

    fn format(&mut self) -> Result<(), OaiError> {
        let format = self.0.remove("metadataPrefix").ok_or_else(|| missing("metadataPrefix"))?;
        let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
        match format {
            FORMAT => Ok(()),
            "" => Err(missing("metadataPrefix")),
            _ if format.bytes().all(is_legal) => {
                Err(Code::CannotDisseminateFormat.because(format!("metadataPrefix={format}: use {FORMAT}")))
            }
            _ => Err(Code::BadArgument.because(format!("metadataPrefix is no prefix; use {FORMAT}"))),
        }
    }

    /// All sets are given at once, so that no token of theirs is ever right.
    fn sets(&mut self) -> Result<Request, OaiError> {
        match self.0.remove("resumptionToken") {
            Some(_) => Err(Code::BadResumptionToken.because("the list of sets is given whole")),
            None => Ok(Request::ListSets),
        }
    }

    fn list(&mut self, detail: Detail) -> Result<List, OaiError> {
        if let Some(token) = self.0.remove("resumptionToken") {
            // What else there is, is told to be too much.
            let (token, wanted) = Token::read(token, detail)?;
            return Ok(List { detail, wanted, token: Some(token) });
        }
        self.format()?;
        let (from, until) = self.range()?;
        let topic = match self.0.remove("set") {
            Some(set) => Some(topic_of(set).ok_or_else(|| Code::BadArgument.because("set is no name of a set"))?),
            None => None,
        };
        Ok(List { detail, wanted: Selection { from, until, topic }, token: None })
    }

    fn range(&mut self) -> Result<(Option<Timestamp>, Option<Timestamp>), OaiError> {
        let (from, until) = (self.0.remove("from"), self.0.remove("until"));
        if let (Some(from), Some(until)) = (from, until)
            && from.len() != until.len()
        {
            return Err(Code::BadArgument.because("from and until have different granularities"));
        }
        let from = from.map(|text| beginning("from", text)).transpose()?;
        let until = until.map(|text| Ok(end(text, beginning("until", text)?))).transpose()?;
        match (from, until) {
            (Some(from), Some(until)) if from > until => Err(Code::BadArgument.because("from is later than until")),
            range => Ok(range),
        }
    }

    fn nothing_else(&self) -> Result<(), OaiError> {
        match self.0.keys().next() {
            Some(name) => Err(Code::BadArgument.because(format!("{name} has no place in this request"))),
            None => Ok(()),
        }
    }
}

/// The first second of a date or time, in the two forms of the protocol and no other.
fn beginning(name: &str, text: &str) -> Result<Timestamp, OaiError> {
    let shape: String = text.chars().map(|ch| if ch.is_ascii_digit() { '0' } else { ch }).collect();
    let time = match shape.as_str() {
        "0000-00-00" => format!("{text}T00:00:00Z").parse().ok(),
        "0000-00-00T00:00:00Z" => text.parse().ok(),
        _ => None,
    };
    let expected = "use YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ";
    time.ok_or_else(|| Code::BadArgument.because(format!("{name} is no time that exists; {expected}")))
}

/// The last second of a day that begins so, or the second itself.
fn end(text: &str, beginning: Timestamp) -> Timestamp {
    let rest = SignedDuration::from_secs(if text.len() == 10 { 86_399 } else { 0 });
    beginning.checked_add(rest).unwrap_or(beginning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(query: &str) -> Result<Request, Code> {
        Request::read(&arguments(query)).map_err(|error| error.code)
    }

    #[rstest]
    #[case("", Code::BadVerb)]
    #[case("verb=", Code::BadVerb)]
    #[case("verb=identify", Code::BadVerb)]
    #[case("verb=Identify&verb=Identify", Code::BadVerb)]
    #[case("verb=Identify&x=1", Code::BadArgument)]
    #[case("verb=GetRecord&identifier=a", Code::BadArgument)]
    #[case("verb=GetRecord&metadataPrefix=oai_dc", Code::BadArgument)]
    #[case("verb=GetRecord&metadataPrefix=marc&identifier=a", Code::CannotDisseminateFormat)]
    #[case("verb=GetRecord&metadataPrefix=oai_dc&identifier=a%20b", Code::BadArgument)]
    #[case("verb=ListRecords", Code::BadArgument)]
    #[case("verb=ListRecords&metadataPrefix=marc", Code::CannotDisseminateFormat)]
    #[case("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", Code::BadArgument)]
    #[case("verb=ListRecords&metadataPrefix=oai_dc&from=2024", Code::BadArgument)]
    #[case("verb=ListRecords&metadataPrefix=oai_dc&from=2024-02-30", Code::BadArgument)]
    #[case("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:00.5Z", Code::BadArgument)]
    #[case("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-02&until=2024-01-01", Code::BadArgument)]
    #[case("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01&until=2024-01-02T00:00:00Z", Code::BadArgument)]
    #[case("verb=ListRecords&metadataPrefix=oai_dc&set=a::b", Code::BadArgument)]
    #[case("verb=ListRecords&resumptionToken=x", Code::BadResumptionToken)]
    #[case("verb=ListRecords&resumptionToken=r,1,2,3,,,&metadataPrefix=oai_dc", Code::BadArgument)]
    #[case("verb=ListIdentifiers&resumptionToken=r,1,2,3,,,", Code::BadResumptionToken)]
    #[case("verb=ListSets&resumptionToken=x", Code::BadResumptionToken)]
    fn what_breaks_the_protocol_is_refused_by_its_code(#[case] query: &str, #[case] code: Code) {
        assert_eq!(read(query), Err(code));
    }

    #[test]
    fn a_day_is_all_of_its_seconds() {
        let query = "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01&until=2024-01-01&set=a:b";
        let time = |text: &str| text.parse().ok();
        let (from, until) = (time("2024-01-01T00:00:00Z"), time("2024-01-01T23:59:59Z"));
        let wanted = Selection { from, until, topic: Some("a/b".to_owned()) };
        assert_eq!(read(query), Ok(Request::List(List { detail: Detail::Records, wanted, token: None })));
    }
}
