//! Extractors whose refusals are our errors and name the field.

use crate::error::{ApiError, Code};
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, Request};
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
        // serde would take a list for a struct, member by member, which nobody means.
        if bytes.trim_ascii_start().starts_with(b"[") {
            return Err(ApiError::field("body", "expected an object"));
        }
        parse(&bytes).map(Body)
    }
}

/// For routes that may be called without a body: it has a type where there is one.
impl<S: Send + Sync, T: DeserializeOwned> OptionalFromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, ApiError> {
        if !request.headers().contains_key(header::CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state).await.map(Some)
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
    // Keeping the path costs as much as reading: only what is refused is read with it.
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Ok(value);
    }
    let mut de = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut de).map_err(|e| {
        let path = e.path().to_string();
        let inner = e.into_inner();
        if inner.is_data() {
            let path = if path == "." { "" } else { &path };
            refused(path, "body", &inner.to_string())
        } else {
            ApiError::new(Code::BadRequest, format!("not valid JSON: {inner}"))
        }
    })?;
    de.end().map_err(|e| ApiError::new(Code::BadRequest, format!("not valid JSON: {e}")))?;
    Ok(value)
}

/// What serde complains of, under the name of the field to blame: `whole` where it is none.
/// serde quotes the offending value ("invalid type: string \"…\", expected …"), which may be a secret: only what was
/// expected is passed on.
fn refused(path: &str, whole: &str, message: &str) -> ApiError {
    // Of a member that is not there serde blames the object around it.
    for (complaint, problem) in [("missing field `", "missing"), ("duplicate field `", "given twice")] {
        if let Some((name, _)) = message.strip_prefix(complaint).and_then(|rest| rest.split_once('`')) {
            let dot = if path.is_empty() { "" } else { "." };
            return ApiError::field(&format!("{path}{dot}{name}"), problem);
        }
    }
    // From the end: the value before it may say "expected", too.
    let problem = match message.rsplit_once("expected ") {
        Some((_, expected)) => format!("expected {}", expected.split(" at line").next().unwrap_or(expected)),
        None => "has a value that is not accepted".to_string(),
    };
    ApiError::field(if path.is_empty() { whole } else { path }, problem)
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
                Some((field, problem)) => refused(field, "query", problem),
                None => refused("", "query", text),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_to_blame_is_named_and_its_value_is_not_repeated() {
        for (path, message, field, problem) in [
            ("", "missing field `text` at line 1 column 2", "text", "missing"),
            ("prompt[0]", "missing field `role`", "prompt[0].role", "missing"),
            ("", "duplicate field `vendor` at line 1 column 9", "vendor", "given twice"),
            (
                "to",
                "invalid type: string \"expected hunter2\", expected u32 at line 1 column 9",
                "to",
                "expected u32",
            ),
            ("", "invalid type: null, expected an object at line 1 column 4", "body", "expected an object"),
            ("at", "hunter2 is no time", "at", "has a value that is not accepted"),
        ] {
            let error = refused(path, "body", message);
            assert_eq!(error.message, format!("{field}: {problem}"), "{message}");
        }
    }
}
