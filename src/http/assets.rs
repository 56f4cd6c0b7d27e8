//! Files that pages need, compiled into the binary.

use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

/// The style sheet of all pages.
const STYLE: &str = include_str!("pages/style.css");

pub(super) async fn asset(uri: Uri) -> Response {
    match uri.path().trim_start_matches("/assets/") {
        "style.css" => {
            let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
            (headers, STYLE).into_response()
        }
        _ => Problem::no_such_address(uri.path()).into_response(),
    }
}
