//! NDJSON: a line an article, whole and as `GET /api/v1/articles/{id}` gives it.

use crate::content::Article;
use crate::http::api::ArticleJson;

pub(super) fn entry(article: Article) -> String {
    // Maps have strings for keys, so this does not fail.
    let json = serde_json::to_string(&ArticleJson::new(article)).unwrap_or_default();
    format!("{json}\n")
}
