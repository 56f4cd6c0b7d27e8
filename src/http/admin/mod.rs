//! What only those may see who run the service. Every address here needs the key; see [`guard`](self::guard).

mod guard;
mod key;
mod report;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;

use super::Service;

pub use key::{AdminKeyHash, AdminKeyHashError, new_admin_key};
pub use report::ReportJson;

/// The addresses behind the key. Nothing of them is kept by browsers and proxies.
pub(super) fn routes(service: &Service) -> Router<Service> {
    let no_store = HeaderValue::from_static("no-store");
    Router::new()
        .route("/admin/report", get(report::page))
        .route("/api/v1/admin/report", get(report::json))
        .route_layer(middleware::from_fn_with_state(service.clone(), guard::require_key))
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, no_store))
}
