//! Extractors whose refusals are our errors and name the field.

use crate::error::{ApiError, Code};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{header, request};
use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A JSON body of at most 1 MiB (2 MiB for scans, by the router's limit).
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let json =
            request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).is_some_and(|v| {
                v.split(';').next().is_some_and(|v| v.trim().eq_ignore_ascii_case("application/json"))
            });
        if !json {
            return Err(ApiError::new(Code::UnsupportedMediaType, "send the body as application/json"));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|e| body_error(e.status(), e.body_text()))?;
        parse(&bytes).map(Body)
    }
}

fn body_error(status: axum::http::StatusCode, text: String) -> ApiError {
    match Code::of_status(status) {
        Code::PayloadTooLarge => {
            ApiError::new(Code::PayloadTooLarge, "the body is larger than this route takes")
        }
        _ => ApiError::new(Code::BadRequest, format!("the body could not be read: {text}")),
    }
}

/// Reads JSON; an error names the member it is about.
pub fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, ApiError> {
    let mut de = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut de).map_err(|e| {
        let path = e.path().to_string();
        let inner = e.into_inner();
        if inner.is_data() {
            let name = if path == "." { "body" } else { &path };
            ApiError::field(name, without_value(&inner.to_string()))
        } else {
            ApiError::new(Code::BadRequest, format!("not valid JSON: {inner}"))
        }
    })?;
    de.end().map_err(|e| ApiError::new(Code::BadRequest, format!("not valid JSON: {e}")))?;
    Ok(value)
}

/// serde quotes the offending value ("invalid type: string \"…\", expected …"), which may be a secret: only what was
/// expected is passed on.
fn without_value(message: &str) -> String {
    if message.starts_with("missing field") || message.starts_with("duplicate field") {
        return message.split(" at line").next().unwrap_or(message).to_string();
    }
    match message.split_once("expected ") {
        Some((_, expected)) => format!("expected {}", expected.split(" at line").next().unwrap_or(expected)),
        None => "has a value that is not accepted".to_string(),
    }
}

/// Path parameters.
pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut request::Parts, state: &S) -> Result<Self, ApiError> {
        // An id that is no id names nothing.
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|p| Params(p.0))
            .map_err(|_| ApiError::not_found("object"))
    }
}

/// Query parameters.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut request::Parts, state: &S) -> Result<Self, ApiError> {
        axum::extract::Query::<T>::from_request_parts(parts, state).await.map(|q| Query(q.0)).map_err(|e| {
            let text = e.body_text();
            let text = text.strip_prefix("Failed to deserialize query string: ").unwrap_or(&text);
            match text.split_once(": ") {
                Some((field, problem)) => ApiError::field(field, without_value(problem)),
                None => ApiError::field("query", without_value(text)),
            }
        })
    }
}
