//! The one layer around every route and the console: what is the same for all requests and answers, in its order.
//! One layer and not one each, because each costs every request a copy of all that is inside it.
//! Invariant: a panic of a handler is an answer like any other refusal.

use super::envelope::{Envelope, is_api};
use super::{headers, linger};
use crate::App;
use crate::error::ApiError;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;
use std::panic::AssertUnwindSafe;

/// Bytes of a body, where a route does not say otherwise.
const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// See the module.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut request, rest) = linger::lend(request);
    let api = is_api(&request);
    let envelope = Envelope::open(&app, &mut request);
    DefaultBodyLimit::max(BODY_LIMIT).apply(&mut request);
    // The request and all it held are dropped by the time a panic arrives here; what lasts is behind locks that do
    // not poison.
    let served = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let response = served.unwrap_or_else(|_| ApiError::internal("a handler panicked").into_response());
    let mut response = envelope.close(&app, response);
    headers::secure(response.headers_mut(), api, app.config.is_https());
    if response.status().is_client_error() || response.status().is_server_error() {
        rest.hear_out().await;
    }
    response
}
