//! Listening within bounds, and stopping without cutting anyone off.

pub(super) mod admission;
pub(super) mod clients;
mod connections;
mod pace;

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use thiserror::Error;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::metrics::keep_measuring;
use super::{Service, router};

/// How long connections under way may take to end after the service was asked to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why the service cannot listen.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Somebody else listens there.
    #[error(
        "the address {0} is taken by another program; choose another one with --listen, such as --listen 127.0.0.1:8081"
    )]
    Taken(SocketAddr),
    /// The address cannot be used.
    #[error("cannot listen on {address}: {source}; choose another address with --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

/// Takes the address, so that it is known to be free before any work is done.
///
/// # Errors
/// [`ServeError`] names the address and `--listen`.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::Taken(address),
        _ => ServeError::Listen { address, source },
    })
}

/// Serves until `stop` is cancelled; then takes no more connections and gives those under way a moment.
pub async fn serve(listener: TcpListener, service: Service, stop: CancellationToken) {
    let connections = tokio::select! {
        connections = connections::accept(listener, router(service), &stop) => connections,
        () = keep_measuring() => return,
    };
    tokio::select! {
        () = connections.shutdown() => {}
        () = tokio::time::sleep(PATIENCE) => {
            tracing::warn!("connections were still open after {PATIENCE:?} and were closed");
        }
    }
}
