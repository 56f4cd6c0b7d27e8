//! What only those may see who run the service. Every address here needs the key; see [`guard`](self::guard).

mod guard;
mod key;
mod report;

use axum::Router;
use axum::middleware;
use axum::routing::get;

use super::Service;

pub use key::{AdminKeyHash, AdminKeyHashError, new_admin_key};
pub use report::ReportJson;

/// The addresses behind the key.
pub(super) fn routes(service: &Service) -> Router<Service> {
    Router::new()
        .route("/admin/report", get(report::page))
        .route("/api/v1/admin/report", get(report::json))
        .route_layer(middleware::from_fn_with_state(service.clone(), guard::require_key))
}
