//! Answers as XML.

use jiff::Timestamp;

use super::names::{identifier, set_of};
use super::records::{Answer, Part, Record};
use super::request::{Arguments, Code, Detail, FORMAT, OaiError};
use crate::content::{Article, Site};
use crate::http::Identity;
use crate::http::feeds::dublin_core;
use crate::http::feeds::xml::Xml;
use crate::index::Presence;
use crate::text::Language;

const NAMESPACE: &str = "http://www.openarchives.org/OAI/2.0/";
const SCHEMA: &str = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd";
const DC_NAMESPACE: &str = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const DC_SCHEMA: &str = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The answer to a request with these arguments, at this time.
pub(super) fn response(
    identity: &Identity,
    site: &Site,
    now: Timestamp,
    arguments: &Arguments,
    answered: Result<Answer, OaiError>,
) -> String {
    let location = format!("{NAMESPACE} {SCHEMA}");
    let attributes = [("xmlns", NAMESPACE), ("xmlns:xsi", INSTANCE), ("xsi:schemaLocation", &location)];
    Xml::document("OAI-PMH", &attributes, |xml| {
        xml.text("responseDate", &[], &to_the_second(now));
        xml.text("request", &repeated(arguments, &answered), &base(identity));
        match answered {
            Ok(answered) => write(xml, &answered, identity, site),
            Err(OaiError { code, message }) => xml.text("error", &[("code", code.name())], &message),
        }
    })
}

/// The arguments, unless they make no sense.
fn repeated<'a>(arguments: &'a Arguments, answered: &Result<Answer, OaiError>) -> Vec<(&'a str, &'a str)> {
    match answered {
        Err(OaiError { code: Code::BadVerb | Code::BadArgument, .. }) => Vec::new(),
        _ => arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
    }
}

fn base(identity: &Identity) -> String {
    identity.absolute("/oai")
}

fn to_the_second(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

fn write(xml: &mut Xml, answered: &Answer, identity: &Identity, site: &Site) {
    match answered {
        Answer::Identify(earliest) => identify(xml, identity, *earliest),
        Answer::Formats => formats(xml),
        Answer::Sets(topics) => {
            xml.element("ListSets", &[], |xml| topics.iter().for_each(|topic| set(xml, topic, site)))
        }
        Answer::Record(of) => xml.element("GetRecord", &[], |xml| record(xml, of, identity, site)),
        Answer::List(detail, part) => list(xml, *detail, part, identity, site),
    }
}

fn identify(xml: &mut Xml, identity: &Identity, earliest: Timestamp) {
    xml.element("Identify", &[], |xml| {
        for (name, text) in [
            ("repositoryName", identity.name.as_str()),
            ("baseURL", &base(identity)),
            ("protocolVersion", "2.0"),
            ("adminEmail", &identity.contact),
            ("earliestDatestamp", &to_the_second(earliest)),
            // What was deleted is known for as long as the index folder is kept.
            ("deletedRecord", "transient"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        ] {
            xml.text(name, &[], text);
        }
    });
}

fn formats(xml: &mut Xml) {
    xml.element("ListMetadataFormats", &[], |xml| {
        xml.element("metadataFormat", &[], |xml| {
            xml.text("metadataPrefix", &[], FORMAT);
            xml.text("schema", &[], DC_SCHEMA);
            xml.text("metadataNamespace", &[], DC_NAMESPACE);
        });
    });
}

fn set(xml: &mut Xml, topic: &str, site: &Site) {
    let mut names = Language::ALL.map(|language| site.topic_label(topic, language)).to_vec();
    names.dedup();
    xml.element("set", &[], |xml| {
        xml.text("setSpec", &[], &set_of(topic));
        xml.text("setName", &[], &names.join(" / "));
    });
}

fn list(xml: &mut Xml, detail: Detail, part: &Part, identity: &Identity, site: &Site) {
    xml.element(detail.verb(), &[], |xml| {
        for of in &part.records {
            match detail {
                Detail::Headers => header(xml, of, identity),
                Detail::Records => record(xml, of, identity, site),
            }
        }
        // The last part of several has an empty token; a list that was given whole has none.
        if part.next.is_some() || part.cursor > 0 {
            let (total, cursor) = (part.total.to_string(), part.cursor.to_string());
            let attributes = [("completeListSize", total.as_str()), ("cursor", &cursor)];
            xml.text("resumptionToken", &attributes, part.next.as_deref().unwrap_or_default());
        }
    });
}

fn record(xml: &mut Xml, of: &Record, identity: &Identity, site: &Site) {
    xml.element("record", &[], |xml| {
        header(xml, of, identity);
        if let Some(article) = &of.article {
            xml.element("metadata", &[], |xml| metadata(xml, article, identity, site));
        }
    });
}

fn header(xml: &mut Xml, of: &Record, identity: &Identity) {
    let status: &[_] = match of.entry.presence {
        Presence::Present => &[],
        Presence::Deleted => &[("status", "deleted")],
    };
    xml.element("header", status, |xml| {
        xml.text("identifier", &[], &identifier(&of.entry.id, identity));
        xml.text("datestamp", &[], &to_the_second(of.entry.changed));
        of.entry.topics.iter().for_each(|topic| xml.text("setSpec", &[], &set_of(topic)));
    });
}

fn metadata(xml: &mut Xml, article: &Article, identity: &Identity, site: &Site) {
    let location = format!("{DC_NAMESPACE} {DC_SCHEMA}");
    let attributes = [
        ("xmlns:oai_dc", DC_NAMESPACE),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xsi:schemaLocation", location.as_str()),
    ];
    xml.element("oai_dc:dc", &attributes, |xml| {
        for element in dublin_core::elements(article, site, identity) {
            let language = element.language.map(|language| ("xml:lang", language.tag()));
            xml.text(&format!("dc:{}", element.name), language.as_slice(), &element.value);
        }
    });
}
