//! Work that may block, done away from the threads that serve connections.

use tokio::task::JoinHandle;
use tracing::Span;

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
    spawn(work).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a request failed by a defect");
        Err(Problem::internal())
    })
}

/// Runs `work` on a thread that may block; what it logs is of the request under way.
pub(super) fn spawn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    let request = Span::current();
    tokio::task::spawn_blocking(move || request.in_scope(work))
}
