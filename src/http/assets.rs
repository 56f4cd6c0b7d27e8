//! Files that pages need, compiled into the binary.

use axum::extract::Path;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};

use super::problem;

/// The style sheet of all pages.
const STYLE: &str = include_str!("pages/style.css");

pub(super) async fn asset(Path(name): Path<String>, uri: Uri) -> Response {
    match name.as_str() {
        "style.css" => {
            let headers = [
                (header::CONTENT_TYPE, "text/css; charset=utf-8"),
                (header::CACHE_CONTROL, "max-age=3600"),
            ];
            (headers, STYLE).into_response()
        }
        _ => problem::no_such_address(uri).await.into_response(),
    }
}
