//! `/costs`: what was spent, where the month will end, and the charges as a file.

use crate::App;
use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::costs::{self, Basis, By, OutlookView, Summary};
use crate::error::ApiError;
use crate::http::query::RangeParams;
use crate::http::{Access, Query, Routes};
use aegis_domain::Role;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("costs")
        .add(Access::Role(Role::Viewer), routes!(summary))
        .add(Access::Role(Role::Viewer), routes!(forecast))
        .add(Access::Role(Role::Analyst), routes!(focus))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SummaryParams {
    /// What spend is told apart by; vendor where nothing is asked.
    #[param(inline)]
    by: Option<By>,
    /// Values listed, 1 to 500; 100 where nothing is asked. What is left is one more, marked `other`.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// How many, of a list of the largest.
pub(super) fn limit(asked: Option<u32>) -> Result<usize, ApiError> {
    match asked.unwrap_or(100) {
        n @ 1..=500 => Ok(n as usize),
        _ => Err(ApiError::field("limit", "expected 1 to 500")),
    }
}

/// What was spent in whole days: reported, observed and not priced, each for itself.
#[utoipa::path(get, path = "/costs/summary", params(RangeParams, SummaryParams), responses(
    (status = 200, body = Summary)))]
async fn summary(
    State(app): State<App>,
    Query(range): Query<RangeParams>,
    Query(asked): Query<SummaryParams>,
) -> Result<Json<Summary>, ApiError> {
    let window = range.window(app.clock.now())?;
    let by = asked.by.unwrap_or(By::Vendor);
    Ok(Json(costs::summary(&app, window, by, limit(asked.limit)?).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ForecastParams {
    /// Which figure; what is billed where bills are collected, else what was seen.
    #[param(inline)]
    basis: Option<Basis>,
}

/// Where this month will end, with an interval, how that is reckoned, or why it cannot be said.
#[utoipa::path(get, path = "/costs/forecast", params(ForecastParams), responses(
    (status = 200, body = OutlookView)))]
async fn forecast(
    State(app): State<App>,
    Query(asked): Query<ForecastParams>,
) -> Result<Json<OutlookView>, ApiError> {
    Ok(Json(costs::outlook(&app, asked.basis).await?))
}

/// Every charge that vendors reported, as FOCUS 1.4 (Cost and Usage) writes them, streamed. Amounts are in the vendor's
/// own currency, with every digit. What was only observed is no charge, and not in it.
#[utoipa::path(get, path = "/costs/focus", params(RangeParams), responses(
    (status = 200, description = "The file", content((String = "text/csv")))))]
async fn focus(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(range): Query<RangeParams>,
) -> Result<Response, ApiError> {
    let now = app.clock.now();
    let window = range.window(now)?;
    let entry = Entry::new("costs.exported")
        .detail("from", window.from.to_string())
        .detail("to", window.to.to_string());
    audit::record(&app, &caller, entry).await?;
    let chunks = costs::export(app.clone(), (window.from, window.to));
    let stamp: String = now.to_string().chars().filter(char::is_ascii_digit).take(14).collect();
    let name = format!("attachment; filename=\"aegisflow-focus-{stamp}.csv\"");
    let mut response = Body::from_stream(ReceiverStream::new(chunks)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
