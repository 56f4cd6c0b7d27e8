//! The pages that the `type` of each problem is the address of: when it occurs, and what helps.

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery};
use axum::response::Html;

use super::api::words::ApiWording;
use super::wording::Wording;
use super::{Page, interface, links, render};
use crate::http::problem::{Kind, Problem};
use crate::search::Request;
use crate::text::Language;

/// `GET /problems/{name}`
pub(in crate::http) async fn problem(
    name: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Page> {
    let ui = interface(query.as_deref());
    let Path(name) = name.map_err(|error| Page::of(error.into(), ui))?;
    let kind = Kind::from_name(&name).ok_or_else(|| Problem::no_such_address(&format!("/problems/{name}")));
    kind.and_then(|kind| render(&ProblemPage::new(kind, ui))).map_err(|problem| Page::of(problem, ui))
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    wording: &'static Wording,
    words: &'static ApiWording,
    ui: Language,
    other: Language,
    other_language: String,
    home: String,
    text: &'static str,
    hidden: Vec<(String, String)>,
    address: String,
    status: String,
    title: &'static str,
    when: &'static str,
    way_out: &'static str,
    /// The page of the API.
    api: String,
}

impl ProblemPage {
    fn new(kind: Kind, ui: Language) -> ProblemPage {
        let about = kind.about();
        let other = links::other(ui);
        ProblemPage {
            wording: Wording::of(ui),
            words: ApiWording::of(ui),
            ui,
            other,
            other_language: links::in_interface(&kind.address(), other),
            home: links::home(ui),
            text: "",
            hidden: Request { interface: ui, ..Request::default() }.to_parameters(),
            address: kind.address(),
            status: about.status.to_string(),
            title: about.title.get(ui),
            when: about.when.get(ui),
            way_out: about.way_out.get(ui),
            api: links::in_interface(links::API, ui),
        }
    }
}
