//! Serves the console that was built into the binary (or, in a debug build, lies in `web/dist`).
//! Invariant: the page's policy names one fresh nonce, so no script or style runs that we did not write.

use crate::error::{ApiError, Code};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Dist;

const MISSING: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>AegisFlow</title>\
<body><h1>The console is not built in</h1><p>Run <code>make</code> in the repository, which builds \
<code>web/dist</code>, then start again. The API works without it.</p></body></html>";

/// Answers whatever no route answered: a file of the console, or its page.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if path == "/api" || path.starts_with("/api/") {
        return ApiError::new(Code::NotFound, "no such path; the routes are listed at /api/openapi.json")
            .into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let name = path.trim_start_matches('/');
    if !name.is_empty() && name != "index.html" && Dist::get(name).is_some() {
        return file(name, &headers);
    }
    // A name with an ending that is not there is missing; anything else is a place inside the console.
    if name.rsplit('/').next().is_some_and(|last| last.contains('.')) && name.starts_with("assets/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    page()
}

fn page() -> Response {
    let Some(index) = Dist::get("index.html") else {
        return (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")], Html(MISSING)).into_response();
    };
    let nonce = STANDARD_NO_PAD.encode(rand::random::<[u8; 18]>());
    let html = String::from_utf8_lossy(&index.data).replace("__CSP_NONCE__", &nonce);
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let mut response = Html(html).into_response();
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        out.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn file(name: &str, headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("");
    let offered = [("br", "br"), ("gzip", "gz")];
    let packed = offered
        .into_iter()
        .filter(|(encoding, _)| {
            accepted.split(',').any(|a| a.split(';').next().map(str::trim) == Some(encoding))
        })
        .find_map(|(encoding, ending)| Dist::get(&format!("{name}.{ending}")).map(|f| (Some(encoding), f)));
    let Some((encoding, file)) = packed.or_else(|| Dist::get(name).map(|f| (None, f))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = file.data.into_owned().into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    // Names under assets/ carry a hash of what is in them.
    let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "webmanifest" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
