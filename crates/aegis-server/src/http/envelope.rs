//! The outermost layer: gives each request its id, turns every refusal into the one error body, logs and counts.
//! Invariant: no non-2xx answer under `/api` leaves without the envelope, the framework's own included.

use crate::App;
use crate::detectors::Engine;
use crate::error::{ApiError, Code};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Instant;

/// Carries the request id both ways.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request being served.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl RequestId {
    /// The caller's id if it is well-formed (1–64 of letters, digits, `-`, `_`, `.`) and nobody's data, else a new one:
    /// it is logged, and kept with what the request caused.
    pub fn accept(given: Option<&HeaderValue>, engine: &Engine) -> Self {
        given
            .and_then(|v| v.to_str().ok())
            .filter(|v| {
                (1..=64).contains(&v.len())
                    && v.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
                    && engine.scan(v).findings.is_empty()
            })
            .map_or_else(|| RequestId(uuid::Uuid::now_v7().to_string()), |v| RequestId(v.to_string()))
    }
}

/// Marks an answer that is no error although its status says so: it keeps its own body.
#[derive(Clone, Copy)]
pub struct OwnBody;

/// See the module.
pub async fn envelope(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::accept(request.headers().get(REQUEST_ID), &app.detectors.engine());
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    // The matched route, never the path as sent: paths may hold ids, and their number is unbounded.
    let route =
        request.extensions().get::<MatchedPath>().map_or("none".to_string(), |p| p.as_str().to_string());
    let api = request.uri().path().starts_with("/api");

    let response = next.run(request).await;
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    let mut response = if api && refused && response.extensions().get::<OwnBody>().is_none() {
        enveloped(response, &id)
    } else {
        response
    };
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let took = started.elapsed();
    app.metrics.http(&method, &route, status, took);
    tracing::debug!(request_id = %id.0, %method, route, status = status.as_u16(), took_us = took.as_micros() as u64, "answered");
    response
}

fn enveloped(response: Response, id: &RequestId) -> Response {
    let (parts, _body) = response.into_parts();
    let error = parts.extensions.get::<ApiError>().cloned().unwrap_or_else(|| {
        let code = Code::of_status(parts.status);
        ApiError::new(
            code,
            match code {
                Code::NotFound => "no such path; the routes are listed at /api/docs",
                Code::MethodNotAllowed => "this path does not take that method",
                Code::PayloadTooLarge => "the body is larger than this route takes",
                _ => "the request could not be served",
            },
        )
    });
    if error.code.status().is_server_error() {
        tracing::error!(request_id = %id.0, code = ?error.code, cause = error.cause.as_deref().unwrap_or("unknown"), "answered with a server error");
    }
    let body = serde_json::json!({ "error": error.body(Some(&id.0)) });
    let mut out = (parts.status, axum::Json(body)).into_response();
    for name in [header::RETRY_AFTER, header::WWW_AUTHENTICATE, header::ALLOW, header::SET_COOKIE] {
        for value in parts.headers.get_all(&name) {
            out.headers_mut().append(name.clone(), value.clone());
        }
    }
    for (name, value) in &parts.headers {
        if name.as_str().starts_with("ratelimit") {
            out.headers_mut().append(name.clone(), value.clone());
        }
    }
    out
}
