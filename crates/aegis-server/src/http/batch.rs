//! Reads the body of a request that brings many items: as much as the limits allow, unpacked. Used by the routes that take
//! events in.
//! Invariant: all large bodies together stay bounded; one more is refused before it is read.

use crate::App;
use crate::error::{ApiError, Code};
use crate::pipeline::{self, WIRE_LIMIT};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{StatusCode, header};
use bytes::Bytes;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A body that is being held in memory, counted so that all of them together stay bounded.
pub struct Held(());

/// Large requests worked on at a time: each may hold 16 MiB as sent and 64 MiB unpacked.
const HELD_AT_ONCE: usize = 8;
/// From here on a request counts as large.
const LARGE: usize = 1024 * 1024;

static LARGE_REQUESTS: AtomicUsize = AtomicUsize::new(0);

impl Held {
    fn take() -> Result<Held, ApiError> {
        if LARGE_REQUESTS.fetch_add(1, Ordering::Relaxed) >= HELD_AT_ONCE {
            LARGE_REQUESTS.fetch_sub(1, Ordering::Relaxed);
            return Err(ApiError::new(Code::Busy, "too many large requests at once; send it again")
                .retry_after(std::time::Duration::from_secs(1)));
        }
        Ok(Held(()))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        LARGE_REQUESTS.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The body, unpacked to at most `decoded_limit` bytes. Keep what comes with it as long as the body is worked on.
pub async fn read(
    request: Request,
    app: &App,
    decoded_limit: usize,
) -> Result<(Bytes, Option<Held>), ApiError> {
    let headers = request.headers();
    let encoding =
        headers.get(header::CONTENT_ENCODING).map(|v| v.to_str().unwrap_or("unreadable").to_string());
    let length = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    // Said before the body is read, so that a client that asks first need not send it.
    if length.is_some_and(|length| length > WIRE_LIMIT) {
        return Err(too_large());
    }
    // A compressed body may unpack to far more than its length.
    let large = length.is_none_or(|length| length > LARGE) || encoding.is_some();
    let held = if large { Some(Held::take()?) } else { None };
    let body = whole(request, app).await?;
    let body = if encoding.is_some() {
        tokio::task::spawn_blocking(move || pipeline::decode(body, encoding.as_deref(), decoded_limit))
            .await
            .map_err(ApiError::internal)??
    } else {
        body
    };
    Ok((body, held))
}

async fn whole(mut request: Request, app: &App) -> Result<Bytes, ApiError> {
    DefaultBodyLimit::max(WIRE_LIMIT).apply(&mut request);
    Bytes::from_request(request, app).await.map_err(|e| match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => ApiError::new(Code::BadRequest, "the body ended early"),
    })
}

fn too_large() -> ApiError {
    ApiError::new(Code::PayloadTooLarge, "the body is larger than 16 MiB; send it in several requests")
}
