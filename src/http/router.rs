//! The map of all addresses.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

use super::{Service, admin, api, assets, clicks, export, feeds, health, openapi, pages, problem, profiles};
use crate::index::Facet;

/// Everything the service answers to.
pub fn router(service: Service) -> Router {
    let routes = Router::new()
        .route("/", get(pages::search))
        .route("/articles/{*id}", get(pages::article))
        .route("/authors/{*id}", pages::profile_of(Facet::Author))
        .route("/topics/{*id}", pages::profile_of(Facet::Topic))
        .route("/series/{*id}", pages::profile_of(Facet::Series))
        .route("/facets/{name}", get(pages::facet))
        .route("/api", get(pages::api))
        .route("/problems/{name}", get(pages::problem))
        .route("/go/{*id}", get(clicks::follow))
        .route("/assets/{name}", get(assets::asset))
        .route("/api/v1/search", get(export::search))
        .route("/api/v1/search.bib", get(export::search))
        .route("/api/v1/search.ris", get(export::search))
        .route("/api/v1/search.csl.json", get(export::search))
        .route("/api/v1/search.csv", get(export::search))
        .route("/api/v1/search.ndjson", get(export::search))
        .route("/api/v1/suggest", get(api::suggest))
        // Also /api/v1/articles/{id}/related and /api/v1/articles/{id}.bib and so on: ids have slashes in them.
        .route("/api/v1/articles/{*id}", get(export::article))
        .route("/api/v1/facets/{name}", get(profiles::facet))
        .route("/api/v1/authors/{*id}", profiles::profile_of(Facet::Author))
        .route("/api/v1/topics/{*id}", profiles::profile_of(Facet::Topic))
        .route("/api/v1/series/{*id}", profiles::profile_of(Facet::Series))
        .route("/api/v1/clicks", post(clicks::record).layer(DefaultBodyLimit::max(clicks::LARGEST_BODY)))
        .route("/api/v1/search.atom", get(feeds::search_feed))
        .route("/api/v1/suggest.opensearch", get(feeds::suggestions))
        .route("/opensearch.xml", get(feeds::description))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/robots.txt", get(feeds::robots))
        .route("/openapi.json", get(openapi::description))
        .route("/oai", get(feeds::oai_get).post(feeds::oai_post))
        .merge(admin::routes(&service))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback(pages::no_such_address)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .with_state(service);
    routes
        .layer(header_layer(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(header_layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header_layer(header::REFERRER_POLICY, "strict-origin-when-cross-origin"))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(problem::panicked))
        // What fails is logged where it is known why.
        .layer(TraceLayer::new_for_http().on_failure(()))
}

/// Pages need their own style sheet and nothing else; pictures may come with articles.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' https: data:; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

fn header_layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
