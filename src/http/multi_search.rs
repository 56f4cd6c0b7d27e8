//! `POST /api/v1/multi-search`: several searches at once, all of one commit and within the time of one.

use std::borrow::Cow;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::api::SearchJson;
use super::fields::{FIELDS, Reduced};
use super::problem::{Problem, ProblemJson};
use super::respond::blocking;
use super::searching::Asked;
use super::{Service, parameters};
use crate::search::{RequestError, Together};

/// The most searches of one request.
const MOST: usize = 10;
/// The largest body, in bytes.
pub(super) const LARGEST_BODY: usize = 64 << 10;
/// Parameters whose values are one text with commas, as a list or as such a text.
const WITH_COMMAS: [&str; 2] = ["facets", FIELDS];

/// Names and values, as an address would have them.
type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// What is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Searches)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchesJson {
    /// The parameters of each search, named as those of `GET /api/v1/search`.
    #[schema(value_type = Vec<Object>, min_items = 1, max_items = 10)]
    searches: Vec<Map<String, Value>>,
}

/// What was found, in the order of the searches.
#[derive(Serialize, ToSchema)]
#[schema(as = Results)]
pub(super) struct ResultsJson {
    results: Vec<ResultJson>,
}

/// What one search gives: the answer, or what is wrong with it.
#[derive(Serialize, ToSchema)]
#[schema(as = Result)]
struct ResultJson {
    /// The status that it would have had alone.
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<SearchJson>)]
    answer: Option<Reduced<SearchJson>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemJson>,
}

/// `POST /api/v1/multi-search`
pub(super) async fn multi_search(
    State(service): State<Service>,
    body: Result<Json<SearchesJson>, JsonRejection>,
) -> Result<Json<ResultsJson>, Problem> {
    let Json(SearchesJson { searches }) = body.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
        _ => Problem::bad_searches(error.body_text()),
    })?;
    if !(1..=MOST).contains(&searches.len()) {
        return Err(Problem::number_of_searches(searches.len(), MOST));
    }
    blocking(move || {
        let together = service.searcher.together()?;
        let result = |parameters| ResultJson::of(answer(&service, &together, parameters));
        Ok(Json(ResultsJson { results: searches.iter().map(result).collect() }))
    })
    .await
}

fn answer(
    service: &Service,
    together: &Together,
    parameters: &Map<String, Value>,
) -> Result<Reduced<SearchJson>, Problem> {
    let asked = Asked::new(parameters::read_pairs(&parameters::SEARCH, pairs(parameters)?)?)?;
    let found = asked.search(service, |request| together.search_known(request))?;
    Ok(asked.answer(service, found))
}

impl ResultJson {
    fn of(answered: Result<Reduced<SearchJson>, Problem>) -> ResultJson {
        match answered {
            Ok(answer) => ResultJson { status: 200, answer: Some(answer), problem: None },
            Err(problem) => ResultJson {
                status: problem.status().as_u16(),
                answer: None,
                problem: Some(ProblemJson::new(&problem)),
            },
        }
    }
}

/// The parameters as an address would have them.
fn pairs(parameters: &Map<String, Value>) -> Result<Pairs<'_>, RequestError> {
    let mut pairs = Vec::new();
    for (name, value) in parameters {
        let texts = match value {
            Value::Array(values) => values.iter().map(|value| text(name, value)).collect::<Result<Vec<_>, _>>()?,
            value => vec![text(name, value)?],
        };
        match WITH_COMMAS.contains(&name.as_str()) {
            true => pairs.push((Cow::from(name), Cow::from(texts.join(",")))),
            false => pairs.extend(texts.into_iter().map(|text| (Cow::from(name), text))),
        }
    }
    Ok(pairs)
}

/// A single value; nothing is as good as an empty text.
fn text<'a>(name: &str, value: &'a Value) -> Result<Cow<'a, str>, RequestError> {
    match value {
        Value::String(text) => Ok(Cow::from(text)),
        Value::Null => Ok(Cow::from("")),
        Value::Bool(_) | Value::Number(_) => Ok(Cow::from(value.to_string())),
        Value::Array(_) | Value::Object(_) => Err(RequestError {
            name: name.to_owned(),
            value: value.to_string(),
            expected: "use a text, a number, true or false, or a list of them".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(parameters: Value) -> Result<Vec<(String, String)>, String> {
        let Value::Object(parameters) = parameters else { return Err("no object".to_owned()) };
        let pairs = pairs(&parameters).map_err(|error| error.to_string())?;
        Ok(pairs.into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    #[test]
    fn values_of_json_are_those_of_an_address() {
        let parameters = json!({
            "q": "ทุจริต", "topic": ["a", "b"], "year": 2567, "exact": true, "page": null, "fields": ["id", "title"],
        });
        let expected = [
            ("q", "ทุจริต"),
            ("topic", "a"),
            ("topic", "b"),
            ("year", "2567"),
            ("exact", "true"),
            ("page", ""),
            ("fields", "id,title"),
        ];
        let expected: Vec<_> = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(read(parameters), Ok(expected));
    }

    #[test]
    fn a_value_that_no_address_could_have_is_told() {
        let error = read(json!({"year": {"from": 2560}})).expect_err("an object");
        assert!(error.starts_with("year={\"from\":2560}: use a text"), "{error}");
    }
}
