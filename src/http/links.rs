//! Where a search leads on to, for programs that follow `Link` headers (RFC 8288) rather than read answers.

use axum::http::HeaderValue;

use super::Identity;
use super::export::Format;
use super::fields::{FIELDS, Fields};
use crate::search::Request;

/// The longest header, in bytes: servers between refuse long ones.
const LONGEST: usize = 2_000;

/// The links of a page of hits, the most useful first, as many as a header may have: to the hits that follow, to the
/// first, and to all of them in other formats.
pub(super) fn of_search(
    identity: &Identity,
    request: &Request,
    fields: &Fields,
    next: Option<&str>,
) -> Option<HeaderValue> {
    let first = Request { page: 1, snapshot: None, cursor: None, ..request.clone() };
    let address = |extension: &str, parameters: Vec<(String, String)>| {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
        identity.absolute(&format!("/api/v1/search{extension}?{query}"))
    };
    let page = |cursor: Option<&str>| {
        let mut parameters = Request { cursor: cursor.map(str::to_owned), ..first.clone() }.to_parameters();
        parameters.extend(fields.to_parameter().map(|names| (FIELDS.to_owned(), names)));
        address("", parameters)
    };
    let mut links: Vec<String> =
        next.map(|cursor| format!("<{}>; rel=\"next\"", page(Some(cursor)))).into_iter().collect();
    links.push(format!("<{}>; rel=\"first\"", page(None)));
    let all = Request { highlight: None, limit: Request::default().limit, ..first.clone() }.to_parameters();
    let others = Format::all().chain([(".atom", "application/atom+xml")]);
    links.extend(others.map(|(extension, media_type)| {
        format!("<{}>; rel=\"alternate\"; type=\"{media_type}\"", address(extension, all.clone()))
    }));
    header(&links)
}

fn header(links: &[String]) -> Option<HeaderValue> {
    let mut text = String::new();
    for link in links {
        let between = if text.is_empty() { "" } else { ", " };
        if text.len() + between.len() + link.len() > LONGEST {
            break;
        }
        text = [&text, between, link].concat();
    }
    HeaderValue::from_str(&text).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_has_as_many_links_as_it_can() {
        let long = |length: usize| "a".repeat(length);
        let header = |links: &[String]| header(links).map(|text| text.len());
        assert_eq!(header(&[long(1_000), long(998), long(1)]), Some(2_000));
        assert_eq!(header(&[long(3_000)]), None);
    }
}
