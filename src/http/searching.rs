//! A search of the API, from its parameters to its answer, asked for by an address or as one of several.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::api::SearchJson;
use super::fields::{Fields, Of, Reduced};
use super::problem::Problem;
use super::recording::Wish;
use super::respond::blocking;
use super::{Service, links, parameters};
use crate::search::{self, Known, Request, SearchError, Warning};

/// `GET /api/v1/search`
pub(super) async fn search(State(service): State<Service>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    blocking(move || {
        let asked = Asked::new(parameters::read(&parameters::SEARCH, query.as_deref())?)?;
        let found = asked.search(&service, |request| service.searcher.search_known(request))?;
        let links = links::of_search(&service.identity, &asked.request, &asked.fields, found.next.as_deref());
        let headers = links.map(|links| [(header::LINK, links)]);
        let answer = Json(asked.answer(&service, found));
        Ok(match headers {
            Some(headers) => (headers, answer).into_response(),
            None => answer.into_response(),
        })
    })
    .await
}

/// What a search of the API asks for.
pub(super) struct Asked {
    request: Request,
    fields: Fields,
    wish: Wish,
    warnings: Vec<Warning>,
}

impl Asked {
    /// What the parameters ask for.
    pub(super) fn new(parameters: parameters::Asked) -> Result<Asked, Problem> {
        let (fields, wish) = (parameters.fields(Of::Hit)?, parameters.wish());
        let parameters::Asked { mut request, warnings, .. } = parameters;
        request.highlight = request.highlight.filter(|_| fields.want("snippets"));
        Ok(Asked { request, fields, wish, warnings })
    }

    /// Finds it by `search`, and counts it if it is to be counted.
    pub(super) fn search(
        &self,
        service: &Service,
        search: impl FnOnce(&Request) -> Result<(Known, search::Response), SearchError>,
    ) -> Result<search::Response, Problem> {
        let (_, mut response) = service.counted(&self.request, self.wish, || search(&self.request))?;
        response.warnings.extend(self.warnings.iter().cloned());
        Ok(response)
    }

    /// The answer with what was found.
    pub(super) fn answer(self, service: &Service, found: search::Response) -> Reduced<SearchJson> {
        let answer = SearchJson::new(&self.request, found, &service.identity);
        Reduced { answer, fields: self.fields, list: Some("hits") }
    }
}
