//! The search as browsers add it to their own: OpenSearch 1.1, and suggestions in its form.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde_json::json;

use super::answer;
use super::xml::Xml;
use crate::http::parameters;
use crate::http::problem::Problem;
use crate::http::respond::blocking;
use crate::http::warnings::telling;
use crate::http::{Identity, Service};

/// The namespace of OpenSearch elements.
pub(super) const NAMESPACE: &str = "http://a9.com/-/spec/opensearch/1.1/";
/// The media type of a description.
pub(super) const MEDIA_TYPE: &str = "application/opensearchdescription+xml";
/// The most characters of a short name.
const LONGEST_NAME: usize = 16;

/// The forms in which the search answers: media type, relation and address.
const FORMS: [(&str, &str, &str); 4] = [
    ("text/html", "results", "/?q={searchTerms}&page={startPage?}"),
    ("application/atom+xml", "results", "/api/v1/search.atom?q={searchTerms}&page={startPage?}&limit={count?}"),
    ("application/json", "results", "/api/v1/search?q={searchTerms}&page={startPage?}&limit={count?}"),
    ("application/x-suggestions+json", "suggestions", "/api/v1/suggest.opensearch?q={searchTerms}"),
];

/// `GET /opensearch.xml`
pub(in crate::http) async fn description(State(service): State<Service>) -> Response {
    answer(MEDIA_TYPE, written(&service.identity))
}

/// `GET /api/v1/suggest.opensearch`: what was typed, and a list of what it may become.
pub(in crate::http) async fn suggestions(
    State(service): State<Service>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    blocking(move || {
        let asked = parameters::read(&parameters::SUGGEST, query.as_deref())?;
        let most = asked.number(&parameters::SUGGEST_LIMIT);
        let typed = asked.request.text;
        let found = service.searcher.suggest(&typed, most)?;
        let texts: Vec<String> = found.into_iter().map(|suggestion| suggestion.text).collect();
        let list = json!([typed, texts]).to_string();
        Ok(telling(&asked.warnings, answer("application/x-suggestions+json; charset=utf-8", list)))
    })
    .await
}

fn written(identity: &Identity) -> String {
    let short: String = identity.name.chars().take(LONGEST_NAME).collect();
    Xml::document("OpenSearchDescription", &[("xmlns", NAMESPACE)], |xml| {
        xml.text("ShortName", &[], short.trim());
        xml.text("Description", &[], &format!("ค้นหาใน {0} / Search {0}", identity.name));
        xml.text("Contact", &[], &identity.contact);
        for (media_type, relation, path) in FORMS {
            let template = identity.absolute(path);
            xml.empty("Url", &[("type", media_type), ("rel", relation), ("template", &template)]);
        }
        let own = identity.absolute("/opensearch.xml");
        xml.empty("Url", &[("type", MEDIA_TYPE), ("rel", "self"), ("template", &own)]);
        xml.empty("Query", &[("role", "example"), ("searchTerms", "ธรรมาภิบาล")]);
        ["th", "en"].into_iter().for_each(|language| xml.text("Language", &[], language));
        ["InputEncoding", "OutputEncoding"].into_iter().for_each(|name| xml.text(name, &[], "UTF-8"));
    })
}
