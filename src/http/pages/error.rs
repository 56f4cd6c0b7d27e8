//! A problem, shown as a page that says what to do.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};

use super::frame::Frame;
use super::links;
use super::wording::errors::{Advice, advice};
use crate::http::Service;
use crate::http::problem::Problem;

/// Any address that nothing is at: a page for browsers, problem details for programs.
pub(in crate::http) async fn no_such_address(State(service): State<Service>, uri: Uri, headers: HeaderMap) -> Response {
    page_or_problem(&service, Problem::no_such_address(uri.path()), &uri, &headers)
}

/// A problem as a page for browsers, and as problem details for programs.
pub(in crate::http) fn page_or_problem(
    service: &Service,
    problem: Problem,
    uri: &Uri,
    headers: &HeaderMap,
) -> Response {
    let accepted = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    match accepted.contains("text/html") {
        true => Page::of(problem, &Frame::of(service, uri.query())).into_response(),
        false => problem.into_response(),
    }
}

/// A problem, shown as a page.
pub(in crate::http) struct Page {
    problem: Problem,
    // Errors are passed on by value, and a frame is large.
    frame: Box<Frame>,
}

impl Page {
    /// `problem` as a page in `frame`.
    pub(in crate::http) fn of(problem: Problem, frame: &Frame) -> Page {
        Page { problem, frame: Box::new(frame.clone()) }
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    frame: &'a Frame,
    status: u16,
    advice: Advice,
    /// The same in the other language, for those who came by a link.
    other_advice: Advice,
    /// The page that explains the kind of problem.
    about: String,
    /// What happened, for those who asked by hand.
    detail: &'a str,
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let Page { problem, frame } = self;
        let status = problem.status();
        let page = ErrorPage {
            status: status.as_u16(),
            advice: advice(status, frame.ui),
            other_advice: advice(status, frame.other),
            about: links::in_language(problem.kind().address(), frame.ui),
            detail: problem.detail(),
            frame: &frame,
        };
        let html = page.render().unwrap_or_default();
        let mut response = (status, Html(html)).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            // The index is being built: browsers try again by themselves.
            response.headers_mut().insert(header::REFRESH, header::HeaderValue::from_static("2"));
        }
        response
    }
}
