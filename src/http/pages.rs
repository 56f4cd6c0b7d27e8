//! Pages for people, rendered here and complete without a script.
//!
//! Each page has a file, a template and words of its own; `frame` is what they share. Every state of a search is an
//! address, and `links` makes all of them.

mod advanced;
mod api;
mod article;
mod chart;
mod cited;
mod counted;
mod dates;
mod error;
mod facet;
mod filters;
mod frame;
mod histogram;
mod hit;
pub(super) mod links;
mod nothing;
mod problem;
mod profile;
pub(super) mod report;
mod search;
mod start;
pub(super) mod status;
mod wording;

pub(super) use advanced::advanced;
pub(super) use api::page as api;
pub(super) use article::article;
pub(super) use error::{Page, no_such_address, page_or_problem};
pub(super) use facet::facet;
pub(super) use frame::Frame;
pub(super) use problem::problem;
pub(super) use profile::profile_of;
pub(super) use search::search;

use askama::Template;
use axum::response::Html;

use super::problem::Problem;
use super::respond::blocking;
use crate::content::ArticleId;
use crate::search::Request;
use crate::text::Language;

/// The language of the interface, also where the rest of the query makes no sense.
pub(super) fn interface(query: Option<&str>) -> Language {
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let ui = pairs.find(|(name, _)| name == "ui").and_then(|(_, value)| Language::from_tag(&value));
    ui.unwrap_or(Request::default().interface)
}

/// The address of an article's page, for those outside who lead to it.
pub(super) fn article_address(id: &ArticleId, ui: Language) -> String {
    links::article(id, ui)
}

/// The page that `work` makes in `frame`, or one that tells in the same frame why there is none.
async fn page(
    frame: Frame,
    work: impl FnOnce(Frame) -> Result<Html<String>, Problem> + Send + 'static,
) -> Result<Html<String>, Page> {
    let around = frame.clone();
    blocking(move || work(around)).await.map_err(|problem| Page::of(problem, &frame))
}

fn render(page: &impl Template) -> Result<Html<String>, Problem> {
    page.render().map(Html).map_err(|error| {
        tracing::error!(%error, "a page could not be rendered");
        Problem::internal()
    })
}
