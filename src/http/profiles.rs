//! The API of facets: all values of one, and what there is of one author, topic or series.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use serde::Serialize;
use utoipa::ToSchema;

use super::api::{AboutJson, FacetJson, as_map};
use super::parameters::{self, Asked};
use super::problem::Problem;
use super::respond::blocking;
use super::warnings::telling;
use super::{Identity, Service};
use crate::index::Facet;
use crate::search::{FacetOptions, Profile, Request, Warning};
use crate::text::Language;

/// `GET /api/v1/facets/{name}`: the values of one facet over what a search finds.
pub(super) async fn facet(
    State(service): State<Service>,
    name: PathResult,
    RawQuery(query): RawQuery,
) -> Result<Json<FacetAnswerJson>, Problem> {
    let Path(name) = name?;
    blocking(move || {
        let facet = Facet::from_name(&name).ok_or_else(|| Problem::no_such_facet(&name))?;
        let Asked { request, warnings: unknown, .. } = parameters::read(&parameters::FACET, query.as_deref())?;
        let facets = FacetOptions { facets: vec![facet], ..request.facets };
        let response = service.searcher.search(&Request { facets, limit: 1, page: 1, cursor: None, ..request })?;
        let (_, values) = FacetJson::named(facet, response.facets.into_values().next().unwrap_or_default());
        let warnings = response.warnings.iter().chain(&unknown).map(Warning::to_string).collect();
        Ok(Json(FacetAnswerJson { total: response.total, facet: facet.name(), values, warnings }))
    })
    .await
}

/// The values of one facet.
#[derive(Serialize, ToSchema)]
#[schema(as = FacetAnswer)]
pub(super) struct FacetAnswerJson {
    /// How many articles were found.
    total: usize,
    facet: &'static str,
    #[serde(flatten)]
    values: FacetJson,
    warnings: Vec<String>,
}

/// `GET /api/v1/authors/{id}`, `/api/v1/topics/{id}` or `/api/v1/series/{id}`, as `facet` says.
pub(super) fn profile_of(facet: Facet) -> MethodRouter<Service> {
    get(move |service: State<Service>, id: PathResult, query: RawQuery| profile(service, facet, id, query))
}

/// What there is of an author, a topic or a series that has an article.
pub(super) fn known_profile(service: &Service, facet: Facet, id: &str, ui: Language) -> Result<Profile, Problem> {
    service.searcher.profile(facet, id, ui)?.ok_or_else(|| Problem::nothing_of(facet.name(), id))
}

/// An id in an address, unless that is no text.
pub(super) type PathResult = Result<Path<String>, PathRejection>;

async fn profile(
    State(service): State<Service>,
    facet: Facet,
    id: PathResult,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let Path(id) = id?;
    blocking(move || {
        let asked = parameters::read(&parameters::PROFILE, query.as_deref())?;
        let profile = known_profile(&service, facet, &id, asked.request.interface)?;
        Ok(telling(&asked.warnings, Json(ProfileJson::new(profile, &service.identity))))
    })
    .await
}

/// What there is of one author, topic or series.
#[derive(Serialize, ToSchema)]
#[schema(as = Profile)]
pub(super) struct ProfileJson {
    id: String,
    /// The name in the language of the interface.
    label: String,
    /// What else it is called.
    names: Vec<String>,
    total: usize,
    /// The first and the last year of its articles.
    years: Option<YearsJson>,
    /// What its articles have beside it, by facet.
    #[serde(serialize_with = "as_map")]
    #[schema(value_type = BTreeMap<String, FacetJson>)]
    facets: Vec<(&'static str, FacetJson)>,
    /// The topics directly below a topic.
    narrower: FacetJson,
    /// Its newest articles.
    newest: Vec<AboutJson>,
}

/// Years of the Buddhist Era.
#[derive(Serialize, ToSchema)]
#[schema(as = Years)]
struct YearsJson {
    first: String,
    last: String,
}

impl ProfileJson {
    fn new(profile: Profile, identity: &Identity) -> ProfileJson {
        let Profile { facet, id, label, names, total, years, facets, narrower, newest } = profile;
        ProfileJson {
            id,
            label,
            names,
            total,
            years: years.map(|(first, last)| YearsJson { first, last }),
            facets: facets.into_iter().map(|(facet, list)| FacetJson::named(facet, list)).collect(),
            narrower: FacetJson::named(facet, narrower).1,
            newest: newest.iter().map(|article| AboutJson::new(article, identity)).collect(),
        }
    }
}
