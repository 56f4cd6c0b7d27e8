//! Files that pages need, compiled into the binary.
//!
//! Pages name them with a version in the address, `/assets/{version}/style.css`, which is one for all of them, so that
//! a style sheet finds its fonts beside it: browsers keep them for good, and fetch anew what another build of the
//! service names otherwise. Without the version an address is for other sites, and is asked for again every hour.

mod script;

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

/// One file.
struct Asset {
    name: &'static str,
    content_type: &'static str,
    bytes: Bytes,
}

const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const WOFF2: &str = "font/woff2";

/// The style of the pages, and of what the script adds to them.
const STYLE: [&str; 2] = [include_str!("assets/style.css"), include_str!("assets/script.css")];
/// `<khonha-search>`, for other sites.
const WIDGET: &[u8] = include_bytes!("assets/khonha-search.js");
const ICON: &[u8] = include_bytes!("assets/favicon.svg");
const THAI: &[u8] = include_bytes!("assets/fonts/sarabun-thai-400.woff2");
const THAI_BOLD: &[u8] = include_bytes!("assets/fonts/sarabun-thai-700.woff2");
const LATIN: &[u8] = include_bytes!("assets/fonts/sarabun-latin-400.woff2");
const LATIN_BOLD: &[u8] = include_bytes!("assets/fonts/sarabun-latin-700.woff2");
const EXTENDED: &[u8] = include_bytes!("assets/fonts/sarabun-latin-extended-400.woff2");
const EXTENDED_BOLD: &[u8] = include_bytes!("assets/fonts/sarabun-latin-extended-700.woff2");

/// All of them.
static ASSETS: LazyLock<[Asset; 10]> = LazyLock::new(|| {
    let asset = |name, content_type, bytes| Asset { name, content_type, bytes };
    [
        asset("style.css", CSS, STYLE.concat().into()),
        asset("favicon.svg", SVG, Bytes::from_static(ICON)),
        asset("script.js", JAVASCRIPT, script::bundle().into()),
        asset("khonha-search.js", JAVASCRIPT, Bytes::from_static(WIDGET)),
        asset("thai-400.woff2", WOFF2, Bytes::from_static(THAI)),
        asset("thai-700.woff2", WOFF2, Bytes::from_static(THAI_BOLD)),
        asset("latin-400.woff2", WOFF2, Bytes::from_static(LATIN)),
        asset("latin-700.woff2", WOFF2, Bytes::from_static(LATIN_BOLD)),
        asset("latin-extended-400.woff2", WOFF2, Bytes::from_static(EXTENDED)),
        asset("latin-extended-700.woff2", WOFF2, Bytes::from_static(EXTENDED_BOLD)),
    ]
});

/// Tells these files from those of any other build, in hexadecimal digits.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    for asset in &*ASSETS {
        hasher.update(asset.name.as_bytes()).update(&asset.bytes);
    }
    hasher.finalize().to_hex()[..16].to_owned()
});

/// The address of an asset for the pages of this build.
pub(super) fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// `GET /assets/{name}` and `GET /assets/{version}/{name}`
pub(super) async fn asset(path: Result<Path<String>, PathRejection>) -> Result<Response, Problem> {
    let Path(path) = path?;
    let (version, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let asset = ASSETS.iter().find(|asset| asset.name == name);
    let asset = asset.ok_or_else(|| Problem::no_such_address(&format!("/assets/{path}")))?;
    let caching = if version == *VERSION { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let mut response = asset.bytes.clone().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_style_sheet_names_is_there() {
        let style = String::from_utf8_lossy(&ASSETS[0].bytes);
        let mut named = style.split("url(").skip(1).filter_map(|rest| rest.split(')').next()).peekable();
        assert!(named.peek().is_some());
        named.for_each(|name| assert!(ASSETS.iter().any(|asset| asset.name == name), "{name}"));
    }

    #[tokio::test]
    async fn only_addresses_of_this_build_are_kept_for_good() {
        for (path, is_immutable) in [(&address("style.css")[8..], true), ("style.css", false), ("0/style.css", false)] {
            let response = asset(Ok(Path(path.to_owned()))).await.expect("an asset");
            let caching = response.headers()[header::CACHE_CONTROL].to_str().expect("text");
            assert_eq!(caching.contains("immutable"), is_immutable, "{path}: {caching}");
        }
        assert!(asset(Ok(Path("no-such.css".to_owned()))).await.is_err());
    }
}
