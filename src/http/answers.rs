//! Answers that are kept in memory for those who ask the same while the index stays the same: most of what is asked, letter
//! by letter, is what many ask.
//!
//! They are found by their validators, which only answers have that are made from the same; see [`caching`](super::caching).
//! So none is ever out of date: after a commit it is asked for no more, and gives way to others.

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use blake3::Hash;
use metrics::counter;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::problem::Problem;

/// The name of what is measured: how many answers were given that were kept.
pub(super) const ANSWERS_KEPT: &str = "khonha_http_answers_kept_total";

/// The longest answer that is kept, in bytes.
const LONGEST: u64 = 256 << 10;
/// What an answer takes beside its body, in bytes, about.
const OVERHEAD: u64 = 1 << 10;
/// An answer of an average length, in bytes.
const AVERAGE: u64 = 32 << 10;

/// Answers by their validators, as many as a number of bytes lets.
pub(super) struct Answers(Cache<Hash, Answer, Weight>);

/// An answer that went well.
#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Hash, Answer> for Weight {
    fn weight(&self, _: &Hash, answer: &Answer) -> u64 {
        answer.body.len() as u64 + OVERHEAD
    }
}

impl Answers {
    /// Room for so many bytes.
    pub(super) fn new(bytes: u64) -> Answers {
        let expected = usize::try_from(bytes / AVERAGE).unwrap_or(usize::MAX);
        Answers(Cache::with_weighter(expected, bytes, Weight))
    }

    /// The answer with this validator.
    pub(super) fn get(&self, validator: &Hash) -> Option<Response> {
        let Answer { headers, body } = self.0.get(validator)?;
        counter!(ANSWERS_KEPT).increment(1);
        let mut response = Response::new(Body::from(body));
        *response.headers_mut() = headers;
        Some(response)
    }

    /// Keeps an answer that went well, if it is not too long, and gives it back.
    pub(super) async fn keep(&self, validator: &Hash, response: Response) -> Response {
        if response.body().size_hint().exact().is_none_or(|bytes| bytes > LONGEST) {
            return response;
        }
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, LONGEST as usize).await else { return Problem::internal().into_response() };
        self.0.insert(*validator, Answer { headers: parts.headers.clone(), body: body.clone() });
        Response::from_parts(parts, Body::from(body))
    }
}
