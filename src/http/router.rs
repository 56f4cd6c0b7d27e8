//! The map of all addresses.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate, SizeAbove};
use tower_http::set_header::SetResponseHeaderLayer;

use super::metrics::measure;
use super::request_id::identify;
use super::serve::admission::admit;
use super::serve::clients::limit;
use super::{
    Service, admin, api, assets, caching, clicks, export, feeds, health, multi_search, openapi, pages, problem,
    profiles,
};
use crate::index::Facet;

/// Everything the service answers to.
pub fn router(service: Service) -> Router {
    let cached = from_fn_with_state(service.clone(), caching::validated);
    let bounded = |routes: Router<Service>| {
        let admitted = routes.route_layer(from_fn_with_state(Arc::clone(&service.admission), admit));
        admitted.route_layer(from_fn_with_state(service.client_limits.clone(), limit))
    };
    let mut open = bounded(api()).route("/assets/{*path}", get(assets::asset)).layer(cached.clone());
    if let Some(origins) = &service.origins {
        open = open.layer(origins.layer());
    }
    let own = bounded(own(&service)).merge(health()).layer(cached);
    let routes = own.merge(open).with_state(service);
    routes
        .layer(from_fn(measure))
        .layer(header_layer(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(header_layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header_layer(header::REFERRER_POLICY, "strict-origin-when-cross-origin"))
        .layer(CompressionLayer::new().quality(COMPRESSION).compress_when(is_worth_compressing()))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(from_fn(identify))
}

/// What is answered whatever the load.
fn health() -> Router<Service> {
    Router::new().route("/health/live", get(health::live)).route("/health/ready", get(health::ready))
}

/// Pages, what machines read beside the API, and what is for whoever runs the service.
fn own(service: &Service) -> Router<Service> {
    Router::new()
        .route("/", get(pages::search))
        .route("/advanced", get(pages::advanced))
        .route("/articles/{*id}", get(pages::article))
        .route("/authors/{*id}", pages::profile_of(Facet::Author))
        .route("/topics/{*id}", pages::profile_of(Facet::Topic))
        .route("/series/{*id}", pages::profile_of(Facet::Series))
        .route("/facets/{name}", get(pages::facet))
        .route("/api", get(pages::api))
        .route("/problems/{name}", get(pages::problem))
        .route("/go/{*id}", get(clicks::follow))
        .route("/opensearch.xml", get(feeds::description))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/robots.txt", get(feeds::robots))
        .route("/oai", get(feeds::oai_get).post(feeds::oai_post))
        .merge(admin::routes(service))
        .fallback(pages::no_such_address)
        .method_not_allowed_fallback(problem::method_not_allowed)
}

/// What the pages of other sites may read as well, where the operator allows it.
fn api() -> Router<Service> {
    Router::new()
        .route("/api/v1/search", get(export::search))
        .route("/api/v1/search.bib", get(export::search))
        .route("/api/v1/search.ris", get(export::search))
        .route("/api/v1/search.csl.json", get(export::search))
        .route("/api/v1/search.csv", get(export::search))
        .route("/api/v1/search.ndjson", get(export::search))
        .route("/api/v1/search.atom", get(feeds::search_feed))
        .route("/api/v1/suggest", get(api::suggest))
        .route("/api/v1/suggest.opensearch", get(feeds::suggestions))
        // Also /api/v1/articles/{id}/related and /api/v1/articles/{id}.bib and so on: ids have slashes in them.
        .route("/api/v1/articles/{*id}", get(export::article))
        .route("/api/v1/facets/{name}", get(profiles::facet))
        .route("/api/v1/authors/{*id}", profiles::profile_of(Facet::Author))
        .route("/api/v1/topics/{*id}", profiles::profile_of(Facet::Topic))
        .route("/api/v1/series/{*id}", profiles::profile_of(Facet::Series))
        .route("/api/v1/clicks", post(clicks::record).layer(largest(clicks::LARGEST_BODY)))
        .route("/api/v1/multi-search", post(multi_search::multi_search).layer(largest(multi_search::LARGEST_BODY)))
        .route("/openapi.json", get(openapi::description))
        .method_not_allowed_fallback(problem::method_not_allowed)
}

fn largest(bytes: usize) -> DefaultBodyLimit {
    DefaultBodyLimit::max(bytes)
}

/// Pages need their own style sheet, fonts and script, which asks this service alone; pictures may come with articles.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; \
     img-src 'self' https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Pages of results are compressed anew for each letter that is typed: at 6 Brotli takes twice as long and saves an
/// eighth.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(4);

/// The shortest answer that is compressed, in bytes: a packet holds more.
const SHORTEST_COMPRESSED: u64 = 512;

/// Neither short answers are compressed nor what is compressed already: pictures and fonts.
fn is_worth_compressing() -> impl Predicate {
    let long_enough = SizeAbove::new(SHORTEST_COMPRESSED);
    DefaultPredicate::new().and(long_enough).and(NotForContentType::const_new("font/"))
}

fn header_layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
