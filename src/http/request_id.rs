//! Each request has an id, which its answer and all that is logged of it carry.

use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

/// The header that carries it, to the service and back.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest id that is taken from a request, in characters.
const LONGEST: usize = 64;

/// The middleware that gives each request its id. It logs the path alone: what people search for is nobody's business.
pub(super) async fn identify(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = given(request.headers()).unwrap_or_else(made);
    let span = tracing::info_span!(
        "request",
        id = id.to_str().unwrap_or_default(),
        method = %request.method(),
        path = request.uri().path(),
    );
    let mut response = next.run(request).instrument(span.clone()).await;
    response.headers_mut().insert(REQUEST_ID, id);
    let (status, milliseconds) = (response.status().as_u16(), start.elapsed().as_secs_f64() * 1_000.0);
    span.in_scope(|| tracing::debug!(status, milliseconds, "answered"));
    response
}

/// The id that a proxy or a program has given the request already, if it can stand in a log.
fn given(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get(&REQUEST_ID)?;
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    ((1..=LONGEST).contains(&id.len()) && id.as_bytes().iter().all(is_plain)).then(|| id.clone())
}

/// An id that no other request has. Nothing rests on it, so that a system without chance gives all the same one.
fn made() -> HeaderValue {
    let chance = getrandom::u64().unwrap_or_default();
    HeaderValue::from_str(&format!("{chance:016x}")).unwrap_or(HeaderValue::from_static("none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given_by_client: &str, is_taken: bool) {
        let value = HeaderValue::from_str(given_by_client).expect("a header");
        let headers = HeaderMap::from_iter([(REQUEST_ID, value.clone())]);
        assert_eq!(given(&headers), is_taken.then_some(value), "{given_by_client}");
    }

    #[test]
    fn an_id_is_taken_if_it_can_stand_in_a_log() {
        check("b7ad6b71-69203331.x_1", true);
        check(&"a".repeat(LONGEST), true);
        for id in ["", "a b", "a=b", "\"a\"", &"a".repeat(LONGEST + 1)] {
            check(id, false);
        }
    }

    #[test]
    fn no_two_ids_are_the_same() {
        assert_ne!(made(), made());
    }
}
