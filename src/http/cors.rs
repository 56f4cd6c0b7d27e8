//! Which other sites may read the API from within their pages (CORS). Administration is open to none of them.

use std::time::Duration;

use axum::http::header::{self, InvalidHeaderValue};
use axum::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::export::TOTAL;
use super::request_id::REQUEST_ID;
use super::warnings::WARNINGS;

/// How long a browser need not ask again whether it may ask.
const ASKED_FOR: Duration = Duration::from_secs(3_600);

/// The sites that may.
#[derive(Debug, Clone)]
pub struct AllowedOrigins(AllowOrigin);

impl AllowedOrigins {
    /// These origins, such as `https://www.example.org`, or all for `*` among them; `None` for none.
    ///
    /// # Errors
    /// [`InvalidHeaderValue`] if one of them cannot be an origin.
    pub fn of(origins: &[String]) -> Result<Option<AllowedOrigins>, InvalidHeaderValue> {
        let values = origins.iter().map(|origin| HeaderValue::from_str(origin)).collect::<Result<Vec<_>, _>>()?;
        Ok(match values {
            values if values.is_empty() => None,
            values if values.iter().any(|value| value == "*") => Some(AllowedOrigins(AllowOrigin::any())),
            values => Some(AllowedOrigins(AllowOrigin::list(values))),
        })
    }

    /// The layer that tells browsers so, and answers those that ask beforehand.
    pub(super) fn layer(&self) -> CorsLayer {
        CorsLayer::new()
            .allow_origin(self.0.clone())
            .allow_methods([Method::GET, Method::HEAD, Method::POST])
            .allow_headers([header::CONTENT_TYPE, header::IF_NONE_MATCH])
            .expose_headers(exposed())
            .max_age(ASKED_FOR)
    }
}

/// What scripts may read of an answer beside its body and its type.
fn exposed() -> [HeaderName; 7] {
    [header::ETAG, header::LINK, header::CONTENT_DISPOSITION, header::RETRY_AFTER, REQUEST_ID, TOTAL, WARNINGS]
}
