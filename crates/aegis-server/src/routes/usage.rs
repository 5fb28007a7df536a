//! `/usage`: what vendors reported, and how it agrees with what was seen here. `/vendors/analytics`: how they do.

use super::costs::limit;
use crate::App;
use crate::costs::{self, Analytics, AnalyticsGroup, Asked, Group, Reconciliation, UsageAsked, UsageList};
use crate::error::ApiError;
use crate::http::query::{PageParams, RangeParams};
use crate::http::{Access, Query, Routes};
use aegis_domain::{LedgerKind, Role};
use aegis_spend::Cause;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("costs")
        .add(Access::Role(Role::Viewer), routes!(list))
        .add(Access::Role(Role::Viewer), routes!(reconciliation))
        .add(Access::Role(Role::Viewer), routes!(analytics))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UsageParams {
    /// This vendor alone.
    vendor: Option<String>,
    /// This credential alone, by its id.
    key: Option<String>,
    /// This kind alone.
    #[param(inline)]
    kind: Option<LedgerKind>,
}

/// The ledger: what vendors reported, row by row, with every revision's last state. By credential, feed, then time.
#[utoipa::path(get, path = "/usage", params(RangeParams, UsageParams, PageParams), responses(
    (status = 200, body = UsageList)))]
async fn list(
    State(app): State<App>,
    Query(range): Query<RangeParams>,
    Query(asked): Query<UsageParams>,
    Query(page): Query<PageParams>,
) -> Result<Json<UsageList>, ApiError> {
    let window = range.window(app.clock.now())?;
    let asked = UsageAsked {
        from: window.from,
        to: window.to,
        vendor: asked.vendor,
        key: asked.key,
        kind: asked.kind,
        limit: page.limit()?,
        cursor: page.cursor,
    };
    Ok(Json(costs::usage(&app, &asked).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReconciliationParams {
    /// What a line is about, beside its day; vendors where nothing is asked.
    #[param(inline)]
    group: Option<Group>,
    /// This vendor alone.
    vendor: Option<String>,
    /// This cause alone.
    #[param(inline)]
    cause: Option<Cause>,
    /// Lines listed, 1 to 500; 100 where nothing is asked. Totals are of all lines.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// Billed against seen, by day: what was billed and never seen here, what was seen and not billed, and what differs in
/// price; each with its cause, how sure that is, and why. The largest gaps first.
#[utoipa::path(get, path = "/usage/reconciliation", params(RangeParams, ReconciliationParams), responses(
    (status = 200, body = Reconciliation)))]
async fn reconciliation(
    State(app): State<App>,
    Query(range): Query<RangeParams>,
    Query(asked): Query<ReconciliationParams>,
) -> Result<Json<Reconciliation>, ApiError> {
    let window = range.window(app.clock.now())?;
    let asked = Asked {
        group: asked.group.unwrap_or_default(),
        vendor: asked.vendor,
        cause: asked.cause,
        limit: limit(asked.limit)?,
    };
    Ok(Json(costs::reconcile(&app, window, &asked).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AnalyticsParams {
    /// What a row is about; vendors where nothing is asked.
    #[param(inline)]
    group: Option<AnalyticsGroup>,
    /// Rows listed, 1 to 50; 20 where nothing is asked.
    #[param(minimum = 1, maximum = 50)]
    limit: Option<u32>,
}

/// Vendors or models side by side: speed, errors, tokens, spend, findings, and their course.
#[utoipa::path(get, path = "/vendors/analytics", params(RangeParams, AnalyticsParams), responses(
    (status = 200, body = Analytics)))]
async fn analytics(
    State(app): State<App>,
    Query(range): Query<RangeParams>,
    Query(asked): Query<AnalyticsParams>,
) -> Result<Json<Analytics>, ApiError> {
    let window = range.window(app.clock.now())?;
    // Each row is a read of its own course.
    let limit = match asked.limit.unwrap_or(20) {
        n @ 1..=50 => n as usize,
        _ => return Err(ApiError::field("limit", "expected 1 to 50")),
    };
    Ok(Json(costs::analytics(&app, window, asked.group.unwrap_or_default(), limit).await?))
}
