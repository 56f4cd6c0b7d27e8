//! Connections: how many, how long they may keep silent, and their end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::{Request, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// The most connections at once, if the system lets the process have as many files. Who comes beyond waits until one
/// ends.
const MOST: u64 = 10_240;
/// Files that the process needs beside its connections.
const OTHER_FILES: u64 = 256;
/// How long a client may take to send the head of a request; a connection without a request ends as well.
const LONGEST_SILENCE: Duration = Duration::from_secs(20);
/// How long a client may take nothing of its answer.
const LONGEST_STALL: Duration = Duration::from_secs(60);
/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 32 << 10;
/// The most headers of a request.
const MOST_HEADERS: usize = 64;
/// Before another try when no connection can be accepted, such as for want of files.
const RETRY: Duration = Duration::from_millis(200);

/// Accepts and serves until `stop` is cancelled, and gives back what waits for the connections under way.
pub(super) async fn accept(listener: TcpListener, app: Router, stop: &CancellationToken) -> GracefulShutdown {
    let places = Arc::new(Semaphore::new(most()));
    let graceful = GracefulShutdown::new();
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = stop.cancelled() => return graceful,
            next = next => next,
        };
        match (place, accepted) {
            (Ok(place), Ok((stream, peer))) => connect(stream, peer, app.clone(), place, &graceful),
            (_, Err(error)) => not_accepted(&error).await,
            (Err(_), _) => return graceful,
        }
    }
}

/// The connections that the system lets the process have.
fn most() -> usize {
    let files = rlimit::increase_nofile_limit(MOST + OTHER_FILES).unwrap_or(OTHER_FILES * 2);
    let most = files.saturating_sub(OTHER_FILES).clamp(1, MOST);
    if most < MOST {
        tracing::warn!("no more than {most} connections at once, for the process may open {files} files only");
    }
    usize::try_from(most).unwrap_or(usize::MAX)
}

/// A client that went away is no trouble; anything else may pass.
async fn not_accepted(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "a connection could not be accepted; trying again");
        sleep(RETRY).await;
    }
}

fn connect(stream: TcpStream, peer: SocketAddr, app: Router, place: OwnedSemaphorePermit, graceful: &GracefulShutdown) {
    // Answers are sent whole, so that nothing is won by waiting for more.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(LONGEST_STALL));
    let answer = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request.map(Body::new))
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(LONGEST_SILENCE)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(Box::pin(stream)), answer);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke");
        }
        drop(place);
    });
}
