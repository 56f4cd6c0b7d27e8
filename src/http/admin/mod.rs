//! What only those may see who run the service. Every address here needs the key; see [`guard`](self::guard).

mod guard;
mod key;
mod maintenance;
mod report;
mod status;

use axum::Router;
use axum::middleware;
use axum::routing::{get, post};

use super::{Service, metrics};

pub use key::{AdminKey, AdminKeyHash, AdminKeyHashError, Scope, new_admin_key};
pub(super) use maintenance::{BegunJson, SnapshotJson};
pub use report::ReportJson;
pub(super) use status::{ChangeJson, FolderJson, StatusJson};

/// The addresses behind the key.
pub(super) fn routes(service: &Service) -> Router<Service> {
    let with_key = |scope| middleware::from_fn_with_state((service.clone(), scope), guard::require_key);
    let report = Router::new()
        .route("/admin/report", get(report::page))
        .route("/api/v1/admin/report", get(report::json))
        .route_layer(with_key(Scope::Report));
    let metrics = Router::new().route("/metrics", get(metrics::metrics)).route_layer(with_key(Scope::Metrics));
    let status = Router::new()
        .route("/admin/status", get(status::page))
        .route("/api/v1/admin/status", get(status::json))
        .route_layer(with_key(Scope::Status));
    let reindex =
        Router::new().route("/api/v1/admin/reindex", post(maintenance::reindex)).route_layer(with_key(Scope::Reindex));
    let snapshot = Router::new()
        .route("/api/v1/admin/snapshot", post(maintenance::snapshot))
        .route_layer(with_key(Scope::Snapshot));
    report.merge(metrics).merge(status).merge(reindex).merge(snapshot)
}
