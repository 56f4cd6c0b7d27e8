//! The pages that the `type` of each problem is the address of: when it occurs, and what helps.

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::response::Html;

use super::api::words::ApiWording;
use super::frame::Frame;
use super::{Page, links, render};
use crate::http::Service;
use crate::http::problem::{Kind, Problem};

/// `GET /problems/{name}`
pub(in crate::http) async fn problem(
    State(service): State<Service>,
    name: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Page> {
    let frame = Frame::of(&service, query.as_deref());
    let Path(name) = name.map_err(|error| Page::of(error.into(), &frame))?;
    let kind = Kind::from_name(&name).ok_or_else(|| Problem::no_such_address(&format!("/problems/{name}")));
    kind.and_then(|kind| render(&ProblemPage::new(kind, frame.clone()))).map_err(|problem| Page::of(problem, &frame))
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    words: &'static ApiWording,
    address: String,
    status: String,
    title: &'static str,
    when: &'static str,
    way_out: &'static str,
}

impl ProblemPage {
    fn new(kind: Kind, frame: Frame) -> ProblemPage {
        let (about, ui) = (kind.about(), frame.ui);
        ProblemPage {
            words: ApiWording::of(ui),
            address: kind.address(),
            status: about.status.to_string(),
            title: about.title.get(ui),
            when: about.when.get(ui),
            way_out: about.way_out.get(ui),
            frame: frame.clone().with_other_language(links::in_language(kind.address(), frame.other)),
        }
    }
}
