//! The description of the API, held to what the router and the service really do.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use khonha::search::PARAMETERS;
use rstest::rstest;
use serde_json::Value;

use crate::http::{CORPUS, ask, get, json};

/// The map of addresses, as it is written.
const ROUTES: [&str; 2] = [include_str!("../../src/http/router.rs"), include_str!("../../src/http/admin/mod.rs")];
/// Addresses of pages for people, which are no part of the API.
const PAGES: [&str; 13] = [
    "/",
    "/advanced",
    "/articles/{*id}",
    "/authors/{*id}",
    "/topics/{*id}",
    "/series/{*id}",
    "/facets/{name}",
    "/api",
    "/problems/{name}",
    "/go/{*id}",
    "/assets/{*path}",
    "/admin/report",
    "/admin/status",
];

/// Method and path of every route of the API.
fn routes() -> BTreeSet<(String, String)> {
    let written = ROUTES.into_iter().flat_map(|text| text.split(".route(\"").skip(1));
    let mut routes = BTreeSet::new();
    for route in written {
        let (path, handlers) = route.split_once('"').expect("a path in quotation marks");
        let handlers = handlers.lines().next().expect("handlers on the same line");
        let methods = [
            ("get", handlers.contains("get(") || handlers.contains("profile_of(")),
            ("post", handlers.contains("post(")),
        ];
        let methods = methods.into_iter().filter(|(_, is_there)| *is_there && !PAGES.contains(&path));
        routes.extend(methods.map(|(method, _)| (method.to_owned(), path.replace("{*", "{"))));
    }
    routes
}

/// Method and path of every operation.
fn operations(description: &Value) -> BTreeSet<(String, String)> {
    let paths = description["paths"].as_object().expect("paths");
    let of_path = |(path, item): (&String, &Value)| {
        let methods = item.as_object().expect("operations").keys().cloned().collect::<Vec<_>>();
        methods.into_iter().map(move |method| (method, path.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// The route that an operation is served by: ids end an address, with all that may follow them.
fn route_of((method, path): &(String, String)) -> (String, String) {
    let end = path.find("{id}").map_or(path.len(), |at| at + "{id}".len());
    (method.clone(), path[..end].to_owned())
}

fn parameters(description: &Value, path: &str) -> BTreeSet<String> {
    let parameters = description["paths"][path]["get"]["parameters"].as_array().expect("parameters");
    parameters.iter().filter_map(|parameter| parameter["name"].as_str()).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_route_has_an_operation_and_every_operation_a_route() {
    let described = operations(&json("/openapi.json").await);
    let served: BTreeSet<_> = described.iter().map(route_of).collect();
    let routes = routes();
    assert!(routes.len() > 20, "the routes are read");
    assert_eq!(served.difference(&routes).collect::<Vec<_>>(), Vec::<&_>::new(), "described, but no route");
    assert_eq!(routes.difference(&served).collect::<Vec<_>>(), Vec::<&_>::new(), "a route, but not described");
}

#[tokio::test]
async fn the_search_is_described_with_all_its_parameters_and_no_other() {
    let described = parameters(&json("/openapi.json").await, "/api/v1/search");
    let known: BTreeSet<String> =
        PARAMETERS.iter().map(|parameter| parameter.name).chain(["record", "fields"]).map(str::to_owned).collect();
    assert_eq!(described, known);
}

#[tokio::test]
async fn references_of_the_description_lead_somewhere() {
    let text = get("/openapi.json").await.text;
    let description: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(description["openapi"], "3.1.0");
    let references: BTreeSet<&str> =
        text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(references.len() > 20);
    references.iter().for_each(|at| assert!(description.pointer(at).is_some(), "{at}"));
}

#[tokio::test]
async fn examples_are_answered_as_described() {
    let page = get("/api?ui=en").await;
    assert_eq!(page.status, StatusCode::OK);
    let commands: Vec<&str> = page
        .text
        .split("<pre tabindex=\"0\"><code>curl ")
        .skip(1)
        .filter_map(|rest| rest.split("</code>").next())
        .collect();
    assert!(commands.len() > 25, "{}", commands.len());
    for command in commands.iter().filter(|command| !command.contains("-d ") && !command.contains("KEY")) {
        let address = command.replace("&#39;", "").replace("&#38;", "&").replace("https://search.example.org", "");
        assert_eq!(get(&address).await.status, StatusCode::OK, "{command}");
    }
}

#[rstest]
#[case("/api/v1/suggest?q=open&colour=red")]
#[case("/api/v1/suggest.opensearch?q=open&colour=red")]
#[case("/api/v1/search.atom?colour=red")]
#[case("/api/v1/search.csv?colour=red&limit=1")]
#[case("/api/v1/articles/glossary/open-data?colour=red")]
#[case("/api/v1/articles/glossary/open-data.ris?colour=red")]
#[case("/api/v1/articles/glossary/open-data/related?colour=red")]
#[case("/api/v1/topics/procurement?colour=red")]
#[case("/sitemap.xml?colour=red")]
#[tokio::test]
async fn a_parameter_that_nobody_knows_is_told_in_a_header(#[case] address: &str) {
    let answer = get(address).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let told = answer.headers.get("khonha-warnings").and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert!(told.contains("the parameter colour is not known"), "{told}");
}

#[tokio::test]
async fn a_parameter_that_nobody_knows_is_told_in_warnings_where_there_are_some() {
    for address in ["/api/v1/search?colour=red", "/api/v1/facets/topic?colour=red"] {
        assert!(json(address).await["warnings"].to_string().contains("the parameter colour is not known"), "{address}");
    }
}

#[tokio::test]
async fn every_problem_has_a_page_in_both_languages() {
    let page = get("/api?ui=en").await.text;
    let list = page.split("id=\"problems\"").nth(1).expect("a list of problems");
    let addresses: Vec<&str> =
        list.split("href=\"/problems/").skip(1).filter_map(|rest| rest.split('?').next()).collect();
    assert!(addresses.len() >= 15, "{addresses:?}");
    for name in addresses {
        for (ui, expected) in [("en", "What helps"), ("th", "วิธีแก้")] {
            let page = get(&format!("/problems/{name}?ui={ui}")).await;
            assert_eq!(
                (page.status, page.content_type.as_str()),
                (StatusCode::OK, "text/html; charset=utf-8"),
                "{name}"
            );
            assert!(page.text.contains(expected), "{name}: {}", page.text);
        }
    }
    assert_eq!(get("/problems/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_type_of_a_problem_is_the_address_of_its_page() {
    for (method, address) in [
        ("GET", "/api/v1/search?limit=0"),
        ("GET", "/api/v1/suggest?limit=21"),
        ("GET", "/api/v1/articles/none"),
        ("GET", "/api/v1/articles/%FF"),
        ("GET", "/api/v1/facets/colour"),
        ("GET", "/api/v1/topics/none"),
        ("GET", "/api/v1/admin/report"),
        ("GET", "/nowhere"),
        ("POST", "/api/v1/search"),
        ("POST", "/api/v1/clicks"),
    ] {
        let problem: Value = serde_json::from_str(&ask(&CORPUS, method, address).await.text).expect("JSON");
        let page = get(problem["type"].as_str().expect("a type")).await;
        assert_eq!(page.status, StatusCode::OK, "{problem}");
    }
}
