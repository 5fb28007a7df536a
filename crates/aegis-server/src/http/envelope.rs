//! Gives each request its id, turns every refusal into the one error body, logs and counts. Used by `around`.
//! Invariant: no non-2xx answer under `/api` leaves without the envelope, the framework's own included; an OpenTelemetry
//! exporter, which expects a `google.rpc.Status`, gets one.

use crate::App;
use crate::detectors::Engine;
use crate::error::{ApiError, Code};
use crate::http::otlp;
use aegis_vendors::otlp::{Encoding, refusal};
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, header};
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

/// What is known of a request before it is served, for when it has been.
pub struct Envelope {
    started: Instant,
    id: RequestId,
    method: Method,
    route: Option<MatchedPath>,
    form: Form,
}

/// What a refusal looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it is: a page.
    Own,
    /// The one error body.
    Envelope,
    /// `google.rpc.Status`, in the encoding of the request; in JSON beside the error body.
    Status(Encoding),
}

impl Form {
    fn of(request: &Request) -> Self {
        match is_api(request) {
            true if request.uri().path().starts_with("/api/otlp/") => {
                Form::Status(otlp::encoding(request.headers()).unwrap_or(Encoding::Json))
            }
            true => Form::Envelope,
            false => Form::Own,
        }
    }
}

impl Envelope {
    /// Gives the request its id.
    pub fn open(app: &App, request: &mut Request) -> Self {
        let id = RequestId::accept(request.headers().get(REQUEST_ID), &app.detectors.engine());
        request.extensions_mut().insert(id.clone());
        Envelope {
            started: Instant::now(),
            id,
            method: request.method().clone(),
            // The matched route, never the path as sent: paths may hold ids, and their number is unbounded.
            route: request.extensions().get::<MatchedPath>().cloned(),
            form: Form::of(request),
        }
    }

    /// Gives the answer its id, and its form if it is a refusal.
    pub fn close(self, app: &App, response: Response) -> Response {
        let status = response.status();
        let refused = status.is_client_error() || status.is_server_error();
        let mut response = if refused && response.extensions().get::<OwnBody>().is_none() {
            enveloped(response, &self.id, self.form)
        } else {
            response
        };
        if let Ok(value) = HeaderValue::from_str(&self.id.0) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        let took = self.started.elapsed();
        let route = self.route.as_ref().map_or("none", MatchedPath::as_str);
        app.metrics.http(&self.method, route, status, took);
        tracing::debug!(request_id = %self.id.0, method = %self.method, route, status = status.as_u16(), took_us = took.as_micros() as u64, "answered");
        response
    }
}

/// Whether a request is the API's; all others are the console's.
pub fn is_api(request: &Request) -> bool {
    request.uri().path().starts_with("/api")
}

fn enveloped(response: Response, id: &RequestId, form: Form) -> Response {
    if form == Form::Own {
        return response;
    }
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
    let mut out = (parts.status, body(&error, id, form)).into_response();
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

fn body(error: &ApiError, id: &RequestId, form: Form) -> Response {
    let mut body = serde_json::json!({ "error": error.body(Some(&id.0)) });
    match form {
        Form::Own | Form::Envelope => {}
        Form::Status(Encoding::Json) => {
            body["code"] = error.code.rpc().into();
            body["message"] = error.message.as_str().into();
        }
        Form::Status(Encoding::Protobuf) => {
            let status = refusal(error.code.rpc(), &error.message);
            return ([(header::CONTENT_TYPE, otlp::media_type(Encoding::Protobuf))], status).into_response();
        }
    }
    axum::Json(body).into_response()
}
