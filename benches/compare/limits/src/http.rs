//! The least that a service of axum does: a handler with an answer that is already made.

use anyhow::Result;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use tokio::net::TcpListener;

#[tokio::main]
pub async fn run(bytes: usize, port: u16) -> Result<()> {
    let answer: &'static str = "x".repeat(bytes).leak();
    let service = Router::new().fallback(move || async move { ([(CONTENT_TYPE, "application/json")], answer) });
    axum::serve(TcpListener::bind(("127.0.0.1", port)).await?, service).await?;
    Ok(())
}
