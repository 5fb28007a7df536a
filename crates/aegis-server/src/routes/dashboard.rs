//! `/dashboard/overview`: are we fine, and what changed?

use crate::App;
use crate::error::{ApiError, ErrorBody};
use crate::http::query::RangeParams;
use crate::http::{Access, Query, Routes};
use crate::rollups::{self, Overview};
use aegis_domain::Role;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("dashboard").add(Access::Role(Role::Viewer), routes!(overview))
}

/// Figures, series and lists over a range. Kept for 30 s; `X-Cache` says whether this answer was.
#[utoipa::path(get, path = "/dashboard/overview", params(RangeParams), responses(
    (status = 200, body = Overview, headers(("X-Cache" = String, description = "`hit` or `miss`"))),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 503, body = ErrorBody)))]
async fn overview(State(app): State<App>, Query(range): Query<RangeParams>) -> Result<Response, ApiError> {
    let now = app.clock.now();
    let window = range.window(now)?;
    let key = format!("{}-{}-{}", window.from.millis(), window.to.millis(), window.bucket.as_secs());
    if let Some(body) = app.overviews.get(&key, now) {
        return Ok(answer(body, "hit"));
    }
    let overview = rollups::overview(&app, window).await?;
    let body: Bytes = serde_json::to_vec(&overview).map_err(ApiError::internal)?.into();
    app.overviews.put(key, now, body.clone());
    Ok(answer(body, "miss"))
}

fn answer(body: Bytes, cache: &'static str) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert("x-cache", HeaderValue::from_static(cache));
    response
}
