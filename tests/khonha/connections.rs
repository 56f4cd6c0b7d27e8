//! What a client may do with a connection, over real ones. The clock runs ahead while all wait.

use std::time::Duration;

use khonha::http::{bind, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use crate::http::CORPUS;

/// A connection to a service of its own.
async fn connect() -> (TcpStream, CancellationToken) {
    let stop = CancellationToken::new();
    let listener = bind(([127, 0, 0, 1], 0).into()).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(serve(listener, CORPUS.clone(), stop.clone()));
    (TcpStream::connect(address).await.expect("a connection"), stop)
}

/// What comes until the service closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A service that closes while more is sent resets the connection; what came before counts.
    let _ = timeout(Duration::from_secs(120), stream.read_to_end(&mut bytes)).await.expect("an end");
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn answer_to(request: &str) -> String {
    let (mut stream, _stop) = connect().await;
    stream.write_all(request.as_bytes()).await.expect("a request");
    rest(&mut stream).await
}

#[tokio::test(start_paused = true)]
async fn a_head_that_never_ends_ends_the_connection() {
    let start = Instant::now();
    assert_eq!(answer_to("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await, "");
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_connection_without_a_request_ends_before_the_first_and_after_another() {
    let start = Instant::now();
    assert_eq!(answer_to("").await, "");
    let answer = answer_to("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_head_of_too_many_bytes_or_headers_is_refused() {
    let long = format!("GET /health/live HTTP/1.1\r\nX-Long: {}\r\n\r\n", "x".repeat(64 << 10));
    let many = format!("GET /health/live HTTP/1.1\r\n{}\r\n", "X-Many: x\r\n".repeat(100));
    for request in [long, many] {
        let answer = answer_to(&request).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_ends_the_request() {
    let head = "POST /oai HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let answer = answer_to(&format!("{head}Content-Length: 100\r\n\r\nverb=")).await;
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("/problems/late"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_under_way_is_finished_when_the_service_stops() {
    let (mut stream, stop) = connect().await;
    stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("a request");
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.expect("an answer");
    stop.cancel();
    let answer = rest(&mut stream).await;
    assert!(answer.ends_with("live\n"), "{answer}");
}
