//! Work that may block, done away from the threads that serve connections.

use super::problem::Problem;
use super::serve::admission::turn;

/// Runs `work` on a thread that may block when its turn has come. The turn lasts until it is done, also when the one who
/// asked has gone.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let turn = turn().await?;
    let work = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a request failed by a defect");
        Err(Problem::internal())
    })
}
