//! The page of all values of one facet, to look one up among many.

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::response::Html;

use super::error::Page;
use super::filters::{self, ValueView};
use super::frame::Frame;
use super::links::{self, PageLink};
use super::{page, render};
use crate::http::Service;
use crate::http::parameters::{self, Asked};
use crate::http::problem::Problem;
use crate::index::Facet;
use crate::search::{FacetOptions, FacetOrder, Request, Response};

/// `GET /facets/{name}`
pub(in crate::http) async fn facet(
    State(service): State<Service>,
    name: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Page> {
    let frame = Frame::of(&service, query.as_deref());
    let Path(name) = name.map_err(|error| Page::of(error.into(), &frame))?;
    page(frame, move |frame| {
        let facet = Facet::from_name(&name).ok_or_else(|| Problem::no_such_facet(&name))?;
        let Asked { request, warnings: unknown, .. } = parameters::read(&parameters::PAGE, query.as_deref())?;
        let mut response = service.searcher.search(&filters::counting(&request, facet))?;
        response.warnings.extend(unknown);
        render(&FacetPage::new(frame, &request, response, facet))
    })
    .await
}

#[derive(Template)]
#[template(path = "facet.html")]
struct FacetPage<'a> {
    frame: Frame,
    name: &'static str,
    action: String,
    hidden_without_find: Vec<(String, String)>,
    find: &'a str,
    /// The search whose articles are counted.
    results: String,
    total: usize,
    orders: Vec<PageLink>,
    values: Vec<ValueView>,
    warnings: Vec<String>,
}

impl<'a> FacetPage<'a> {
    fn new(frame: Frame, request: &'a Request, response: Response, facet: Facet) -> FacetPage<'a> {
        let wording = frame.wording;
        let other = Request { interface: frame.other, ..request.clone() };
        let search = Request { facets: FacetOptions::default(), ..request.clone() };
        let of_facet = |order| Request { facets: FacetOptions { order, ..request.facets.clone() }, ..request.clone() };
        let order = |order, label: &str| PageLink {
            address: links::facet_page(&of_facet(order), facet),
            label: label.to_owned(),
            current: request.facets.order == order,
        };
        let list = response.facets.into_values().next().unwrap_or_default();
        FacetPage {
            name: wording.facet(facet),
            action: format!("/facets/{}", facet.name()),
            hidden_without_find: links::kept(&of_facet(request.facets.order), &["facet_find", "facets", "facet_limit"]),
            find: &request.facets.find,
            results: links::first_page(&search),
            total: response.total,
            orders: vec![order(FacetOrder::Count, wording.by_count), order(FacetOrder::Name, wording.by_name)],
            values: filters::value_views(request, facet, list),
            warnings: response.warnings.iter().map(|warning| wording.warning(warning)).collect(),
            frame: frame.around(&search).with_other_language(links::facet_page(&other, facet)),
        }
    }
}
