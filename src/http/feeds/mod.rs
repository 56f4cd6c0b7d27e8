//! What machines read beside the JSON API: metadata in the heads of pages, a map of the site, feeds, the description of
//! the search for browsers, and the harvesting protocol of libraries.
//!
//! All of it is XML but for the metadata of pages, and written by one small writer over quick-xml ([`xml`]): elements are
//! nested, repeated and left out as the data has it, which templates make hard to read and easy to get wrong.

mod atom;
mod dublin_core;
mod head;
mod oai;
mod opensearch;
mod sitemap;
mod xml;

use axum::http::header;
use axum::response::{IntoResponse, Response};

pub(super) use atom::{address as feed_address, search as search_feed};
pub(super) use head::ArticleHead;
pub(super) use oai::{get as oai_get, post as oai_post};
pub(super) use opensearch::{description, suggestions};
pub(super) use sitemap::{robots, sitemap};

/// An answer of this media type.
fn answer(media_type: &'static str, text: String) -> Response {
    ([(header::CONTENT_TYPE, media_type)], text).into_response()
}
