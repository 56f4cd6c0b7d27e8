//! What browsers and proxies may keep of answers, and how they learn whether it still holds.
//!
//! One layer around all handlers, which know nothing of it. An answer to `GET` or `HEAD` may be kept, and has to be asked
//! for again before it is used (`no-cache`), so that none is ever shown that an edited article has made wrong. Asking is
//! cheap: the validator (`ETag`) is a hash of all that an answer is made from, so that it is known before the answer is,
//! and `304 Not Modified` costs no search. It is made of
//!
//! - the commit, what is known of it, the journal, and the snapshot that the request names; see [`State`],
//! - the address with its query, and the format that `Accept` chooses,
//! - the program, and the settings that answers show.
//!
//! The state is looked at before and after an answer is made, and only an answer during which it stayed the same gets a
//! validator: a commit in between, or a search that was stopped at its deadline, leaves none. Validators are weak, since
//! an answer is the same in each content coding. They outlive a restart, and hold in every process with the same index
//! and program. By them the service itself finds answers that it has [in memory](super::answers).
//!
//! Nothing may be kept of problems, of what is counted or needs the key, of answers to other methods, and of OAI-PMH,
//! whose answers tell when they were made. Assets say themselves how long they may be kept.

use std::sync::LazyLock;
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::extract::{Request, State as Having};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use headers::{ETag, HeaderMapExt, IfNoneMatch};

use super::answers::Answers;
use super::export::Format;
use super::respond::blocking;
use super::{Clicks, Service};
use crate::search::State;

/// Addresses of which nothing may be kept, by how they begin.
const NEVER_KEPT: [&str; 6] = ["/admin/", "/api/v1/admin/", "/go/", "/health/", "/metrics", "/oai"];
/// Addresses whose handlers say what may be kept.
const ASSETS: &str = "/assets/";
/// Addresses where `Accept` chooses the format, by how they begin.
const NEGOTIATED: [&str; 2] = ["/api/v1/search", "/api/v1/articles/"];
/// Addresses of searches that may be counted.
const COUNTED: [&str; 2] = ["/", "/api/v1/search"];

/// Tells this program from others that may answer otherwise, also from others of the same version.
static PROGRAM: LazyLock<String> = LazyLock::new(|| {
    let file = std::env::current_exe().and_then(|path| path.metadata()).ok();
    let changed = file.as_ref().and_then(|file| file.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    // Where the file cannot be asked, validators hold for this run.
    let changed = changed.or_else(|| UNIX_EPOCH.elapsed().ok());
    format!("{} {:?} {changed:?}", env!("CARGO_PKG_VERSION"), file.map(|file| file.len()))
});

/// What may be kept of the answers to a request.
#[derive(Debug, PartialEq, Eq)]
enum Keeping {
    Never,
    /// Only after asking whether it still holds.
    Revalidated,
    /// As the handler says.
    Unsaid,
}

impl Keeping {
    fn of(method: &Method, path: &str) -> Keeping {
        match path {
            _ if *method != Method::GET && *method != Method::HEAD => Keeping::Never,
            _ if NEVER_KEPT.iter().any(|beginning| path.starts_with(beginning)) => Keeping::Never,
            _ if path.starts_with(ASSETS) => Keeping::Unsaid,
            _ => Keeping::Revalidated,
        }
    }
}

/// The layer: says what may be kept, and answers who has it already.
pub(super) async fn validated(Having(service): Having<Service>, request: Request, next: Next) -> Response {
    match Keeping::of(request.method(), request.uri().path()) {
        Keeping::Never => never_kept(next.run(request).await),
        Keeping::Unsaid => problems_never_kept(next.run(request).await),
        Keeping::Revalidated => revalidated(service, request, next).await,
    }
}

async fn revalidated(service: Service, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let before = service.state(&asked).await;
    let tag = before.as_ref().and_then(|state| service.tag(&asked, state));
    let holds = tag.as_ref().is_some_and(|tag| asked.has(tag));
    let is_counted = asked.is_counted(&service);
    let answers = service.answers(&asked).filter(|_| !is_counted);
    if let Some(tag) = tag.as_ref().filter(|_| !is_counted) {
        if holds {
            return asked.not_modified(tag);
        }
        if let Some(answer) = answers.and_then(|answers| answers.get(&tag.hash)) {
            return asked.with_headers(answer, Some(tag));
        }
    }
    let response = problems_never_kept(next.run(request).await);
    if response.status() != StatusCode::OK {
        return response;
    }
    let stayed = before.is_some() && before == service.state(&asked).await;
    match tag.filter(|_| stayed) {
        Some(tag) if holds || asked.has_any() => asked.not_modified(&tag),
        Some(tag) => {
            let kept = match answers {
                Some(answers) => answers.keep(&tag.hash, response).await,
                None => response,
            };
            asked.with_headers(kept, Some(&tag))
        }
        None => asked.with_headers(response, None),
    }
}

fn problems_never_kept(response: Response) -> Response {
    let status = response.status();
    if status.is_client_error() || status.is_server_error() { never_kept(response) } else { response }
}

fn never_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The validator of an answer.
struct Tag {
    /// Of all that the answer is made from.
    hash: blake3::Hash,
    /// As those who ask know it.
    etag: ETag,
}

/// What a request says that the keeping of its answer depends on.
struct Asked {
    method: Method,
    uri: Uri,
    /// The format that is chosen where there is a choice.
    format: Option<Format>,
    /// The validators of the answers that the one who asks has.
    kept: Option<IfNoneMatch>,
}

impl Asked {
    fn of(request: &Request) -> Asked {
        let uri = request.uri().clone();
        let format = Format::accepted(request.headers()).filter(|_| is_negotiated(&uri));
        Asked { method: request.method().clone(), format, kept: request.headers().typed_get(), uri }
    }

    /// Whether the one who asks has the answer with this validator.
    fn has(&self, tag: &Tag) -> bool {
        !self.has_any() && self.kept.as_ref().is_some_and(|kept| !kept.precondition_passes(&tag.etag))
    }

    /// Whether the one who asks has an answer, whatever its validator, and wants none.
    fn has_any(&self) -> bool {
        self.kept == Some(IfNoneMatch::any())
    }

    /// Whether this search is to be counted, with whether it finds something: then it is run even if the answer is had.
    fn is_counted(&self, service: &Service) -> bool {
        COUNTED.contains(&self.uri.path()) && service.would_count(self.uri.query())
    }

    /// The value of a parameter.
    fn parameter(&self, wanted: &str) -> Option<String> {
        let pairs = form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes());
        // Of several the last counts.
        pairs.filter(|(name, value)| name == wanted && !value.trim().is_empty()).last().map(|(_, it)| it.into_owned())
    }

    fn not_modified(&self, tag: &Tag) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        self.with_headers(response, Some(tag))
    }

    fn with_headers(&self, mut response: Response, tag: Option<&Tag>) -> Response {
        let headers: &mut HeaderMap = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        let vary = if is_negotiated(&self.uri) { "accept, accept-encoding" } else { "accept-encoding" };
        headers.append(header::VARY, HeaderValue::from_static(vary));
        if let Some(tag) = tag {
            headers.typed_insert(tag.etag.clone());
        }
        response
    }
}

fn is_negotiated(uri: &Uri) -> bool {
    NEGOTIATED.iter().any(|beginning| uri.path().starts_with(beginning))
}

impl Service {
    /// What an answer is made from at this moment; `None` where there is nothing to answer from.
    async fn state(&self, asked: &Asked) -> Option<State> {
        let (snapshot, cursor) = (asked.parameter("snapshot"), asked.parameter("cursor"));
        let searcher = self.searcher.clone();
        blocking(move || Ok(searcher.state(snapshot.as_deref(), cursor.as_deref())?)).await.ok()
    }

    /// The answers that are kept in memory, if that may be among them which is asked for.
    fn answers(&self, asked: &Asked) -> Option<&Answers> {
        self.answers.as_deref().filter(|_| asked.method == Method::GET && !asked.has_any())
    }

    fn tag(&self, asked: &Asked, state: &State) -> Option<Tag> {
        let mut hasher = blake3::Hasher::new();
        let address = asked.uri.path_and_query().map_or("/", |address| address.as_str());
        let format = asked.format.map(Format::content_type).unwrap_or_default();
        for part in [&*PROGRAM, &self.shown_settings(), &state.name(), &format, address] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        let hash = hasher.finalize();
        Some(Tag { hash, etag: format!("W/\"{}\"", &hash.to_hex()[..32]).parse().ok()? })
    }

    /// The settings that answers show.
    fn shown_settings(&self) -> String {
        let counts_clicks = self.analytics.as_ref().is_some_and(|analytics| analytics.clicks == Clicks::Counted);
        format!("{:?} {} {counts_clicks}", self.identity, self.counts_searches())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Method::GET, "/", Keeping::Revalidated)]
    #[case(Method::HEAD, "/api/v1/search.csv", Keeping::Revalidated)]
    #[case(Method::GET, "/sitemap.xml", Keeping::Revalidated)]
    #[case(Method::POST, "/api/v1/clicks", Keeping::Never)]
    #[case(Method::GET, "/oai", Keeping::Never)]
    #[case(Method::GET, "/go/a/b", Keeping::Never)]
    #[case(Method::GET, "/api/v1/admin/report", Keeping::Never)]
    #[case(Method::GET, "/assets/style.css", Keeping::Unsaid)]
    fn what_may_be_kept_is_told_by_the_address(#[case] method: Method, #[case] path: &str, #[case] expected: Keeping) {
        assert_eq!(Keeping::of(&method, path), expected);
    }
}
