//! Lets those through who have the key: `Authorization: Bearer KEY`, or as browsers ask for it, `Basic` with the key as
//! the password and any name. Never in the address, which is logged and remembered. The key itself is logged nowhere.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::key::Scope;
use crate::http::problem::Problem;
use crate::http::{Service, pages};

/// How browsers are told to ask for the key.
const CHALLENGE: HeaderValue = HeaderValue::from_static("Basic realm=\"Khonha\", charset=\"UTF-8\"");

/// The middleware of all that needs the key.
pub(super) async fn require_key(
    State((service, scope)): State<(Service, Scope)>,
    request: Request,
    next: Next,
) -> Response {
    if service.admin_keys.is_empty() {
        return refusal(&service, &request, Problem::admin_off());
    }
    let Some(given) = key(request.headers(), request.method()) else {
        return challenged(refusal(&service, &request, Problem::no_key()));
    };
    match service.admin_keys.iter().find(|key| key.hash.is_of(&given)) {
        Some(key) if key.scopes.contains(&scope) => next.run(request).await,
        Some(key) => refusal(&service, &request, Problem::key_is_for_other_things(&key.name, scope)),
        None => challenged(refusal(&service, &request, Problem::wrong_key())),
    }
}

fn refusal(service: &Service, request: &Request, problem: Problem) -> Response {
    pages::page_or_problem(service, problem, request.uri(), request.headers())
}

fn challenged(response: Response) -> Response {
    ([(header::WWW_AUTHENTICATE, CHALLENGE)], response).into_response()
}

/// The key that a request gives. A browser that knows it as a password sends it whatever page makes it ask, so that this is
/// not enough for more than reading.
fn key(headers: &HeaderMap, method: &Method) -> Option<String> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = given.trim().split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some(rest.trim().to_owned()),
        "basic" if method.is_safe() => password(rest.trim()),
        _ => None,
    }
}

fn password(encoded: &str) -> Option<String> {
    let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    decoded.split_once(':').map(|(_, password)| password.to_owned())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::bearer("Bearer secret", Some("secret"))]
    #[case::any_case("bearer  secret ", Some("secret"))]
    #[case::basic("Basic YW55Om5hbWU6eA==", Some("name:x"))] // any:name:x
    #[case::basic_without_a_name("Basic OnNlY3JldA==", Some("secret"))] // :secret
    #[case::no_base64("Basic ???", None)]
    #[case::no_password("Basic c2VjcmV0", None)] // secret
    #[case::another_scheme("Digest secret", None)]
    #[case::no_scheme("secret", None)]
    fn a_key_is_read_from_either_scheme(#[case] given: &str, #[case] expected: Option<&str>) {
        let headers = [(header::AUTHORIZATION, HeaderValue::from_str(given).expect("a value"))];
        assert_eq!(key(&headers.into_iter().collect(), &Method::GET).as_deref(), expected);
    }

    #[rstest]
    #[case::bearer("Bearer secret", Some("secret"))]
    #[case::what_browsers_send_by_themselves("Basic OnNlY3JldA==", None)]
    fn no_other_site_makes_a_browser_change_anything(#[case] given: &str, #[case] expected: Option<&str>) {
        let headers = [(header::AUTHORIZATION, HeaderValue::from_str(given).expect("a value"))];
        assert_eq!(key(&headers.into_iter().collect(), &Method::POST).as_deref(), expected);
    }
}
