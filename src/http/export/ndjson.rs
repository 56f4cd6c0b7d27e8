//! NDJSON: a line an article, whole and as `GET /api/v1/articles/{id}` gives it.

use crate::content::Article;
use crate::http::Identity;
use crate::http::api::ArticleJson;
use crate::http::fields::{Fields, Reduced};

pub(super) fn entry(article: Article, identity: &Identity, fields: &Fields) -> String {
    let answer = ArticleJson::new(article, identity, fields);
    let reduced = Reduced { answer, fields: fields.clone(), list: None };
    // Maps have strings for keys, so this does not fail.
    let json = serde_json::to_string(&reduced).unwrap_or_default();
    format!("{json}\n")
}
