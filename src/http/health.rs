//! For whoever runs the service: is it alive, and can it answer?

use axum::extract::State;

use super::Service;
use super::problem::Problem;

/// The process answers at all.
pub(super) async fn live() -> &'static str {
    "live\n"
}

/// Searches are answered from a complete index.
pub(super) async fn ready(State(service): State<Service>) -> Result<&'static str, Problem> {
    match service.generation() {
        Ok(_) if !service.store.is_reachable() => Err(Problem::away()),
        Ok(_) => Ok("ready\n"),
        Err(error) => Err(Problem::not_ready(error, service.store.status().read().work)),
    }
}
