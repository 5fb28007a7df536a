//! Builds answers: JSON with a status and headers.
//! Called by every vendor's handlers.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// What a handler gives: the answer, or the refusal in the vendor's words.
pub(crate) type Answer = Result<Response, Response>;

/// A body in JSON.
pub(crate) fn ok(body: Value) -> Response {
    axum::Json(body).into_response()
}

/// The same with a status.
pub(crate) fn status(status: u16, body: Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(body)).into_response()
}

/// Adds a header; a value that cannot stand in one is left out.
pub(crate) fn with(mut response: Response, name: &'static str, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
    response
}
