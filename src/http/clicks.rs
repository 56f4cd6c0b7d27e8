//! Hits that are opened, counted where the operator wants it.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::Service;
use super::pages::{self, Frame, Page};
use super::problem::Problem;
use super::respond::blocking;
use crate::content::ArticleId;

/// The last place that a hit can have.
const LAST_RANK: u64 = 10_000;
/// The largest body of a click, in bytes.
pub(super) const LARGEST_BODY: usize = 16 << 10;

/// A hit that was opened.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = Click)]
#[serde(deny_unknown_fields)]
pub(super) struct ClickJson {
    query: String,
    id: String,
    #[schema(minimum = 1, maximum = 10_000)]
    #[serde(deserialize_with = "whole")]
    rank: u64,
}

/// A whole number, which JSON may write as `1.0` as well.
fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let number = serde_json::Number::deserialize(from)?;
    let written_whole = || number.to_string().strip_suffix(".0").and_then(|digits| digits.parse().ok());
    let whole = number.as_u64().or_else(written_whole);
    whole.ok_or_else(|| D::Error::custom(format!("rank is {number}; use a whole number from 1 to {LAST_RANK}")))
}

/// `POST /api/v1/clicks`
pub(super) async fn record(
    State(service): State<Service>,
    click: Result<Json<ClickJson>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    if service.click_recorder().is_none() {
        return Err(Problem::clicks_off());
    }
    let Json(ClickJson { query, id, rank }) = click.map_err(|error| Problem::bad_click(error.body_text()))?;
    if !(1..=LAST_RANK).contains(&rank) {
        return Err(Problem::bad_click(format!("rank is {rank}; use a whole number from 1 to {LAST_RANK}")));
    }
    blocking(move || {
        let id = existing(&service, id)?;
        service.click(&query, &id, rank);
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

/// `GET /go/{id}`: counts a click of the search page, and leads on to the article. The address of the article has no
/// query in it, so that who copies it does not give away what was searched, and it leads nowhere else.
pub(super) async fn follow(
    State(service): State<Service>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Response, Page> {
    let ui = pages::interface(query.as_deref());
    let frame = Frame::of(&service, query.as_deref());
    let Path(id) = path.map_err(|error| Page::of(error.into(), &frame))?;
    let article = blocking(move || {
        let id = existing(&service, id)?;
        if let Some((typed, rank)) = origin(query.as_deref()) {
            service.click(&typed, &id, rank);
        }
        Ok(pages::article_address(&id, ui))
    });
    let article = article.await.map_err(|problem| Page::of(problem, &frame))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, article)]).into_response())
}

/// The query and the rank that an address names; `None` without both, which is a link and no click.
fn origin(query: Option<&str>) -> Option<(String, u64)> {
    let value = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let rank = value("rank")?.parse().ok().filter(|rank| (1..=LAST_RANK).contains(rank))?;
    Some((value("q")?, rank))
}

fn existing(service: &Service, id: String) -> Result<ArticleId, Problem> {
    let id = ArticleId::new(id);
    match service.generation()?.index.article(&id)? {
        Some(_) => Ok(id),
        None => Err(Problem::no_such_article(&id)),
    }
}
