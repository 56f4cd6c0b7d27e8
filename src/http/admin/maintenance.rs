//! What the one who runs the service may have it do: build the index anew, or write it to a file.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::Service;
use crate::http::problem::Problem;
use crate::http::respond::blocking;
use crate::index::back_up;

/// Where the progress of what was begun is told.
const PROGRESS: &str = "/api/v1/admin/status";

/// What was begun.
#[derive(Serialize, ToSchema)]
#[schema(as = Begun)]
pub(in crate::http) struct BegunJson {
    /// The address that tells how far it is.
    pub(in crate::http) progress: &'static str,
}

/// A file that the index was written to.
#[derive(Serialize, ToSchema)]
#[schema(as = Snapshot)]
pub(in crate::http) struct SnapshotJson {
    /// Its name in the folder of the setting `snapshots`.
    pub(in crate::http) file: String,
    pub(in crate::http) bytes: u64,
    pub(in crate::http) articles: u64,
}

/// `POST /api/v1/admin/reindex`: asking twice is as good as asking once.
pub(super) async fn reindex(State(service): State<Service>) -> Result<(StatusCode, Json<BegunJson>), Problem> {
    if !service.store.is_writing() {
        return Err(Problem::not_writing());
    }
    service.store.status().want_anew();
    Ok((StatusCode::ACCEPTED, Json(BegunJson { progress: PROGRESS })))
}

/// `POST /api/v1/admin/snapshot`
pub(super) async fn snapshot(State(service): State<Service>) -> Result<(StatusCode, Json<SnapshotJson>), Problem> {
    let folder = service.snapshots.clone().ok_or_else(Problem::snapshots_off)?;
    blocking(move || {
        let backup = back_up(service.store.folder(), &folder)?;
        let file = backup.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        tracing::info!(file, bytes = backup.bytes, "the index was written to a file");
        let json = SnapshotJson { file, bytes: backup.bytes, articles: backup.articles };
        Ok((StatusCode::CREATED, Json(json)))
    })
    .await
}
