//! `/system/breakers`, `/system/destinations`: how calls to the outside fare, and what may be called.

use crate::App;
use crate::collection::{breakers, destinations};
use crate::error::ApiError;
use crate::http::{Access, Routes};
use aegis_domain::Role;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("operations")
        .add(Access::Role(Role::Viewer), routes!(list_breakers))
        .add(Access::Role(Role::Viewer), routes!(list_destinations))
}

/// Breakers.
#[derive(Serialize, ToSchema)]
struct BreakerList {
    /// By vendor, credential and host.
    items: Vec<breakers::BreakerView>,
}

/// The breakers of calls to the outside: one for each vendor, credential and host that was called.
#[utoipa::path(get, path = "/system/breakers", responses((status = 200, body = BreakerList)))]
async fn list_breakers(State(app): State<App>) -> Result<Json<BreakerList>, ApiError> {
    Ok(Json(BreakerList { items: breakers::list(&app).await? }))
}

/// A place that may be called.
#[derive(Serialize, ToSchema)]
struct DestinationView {
    host: String,
    port: u16,
    /// For whoever keeps the firewall.
    why: String,
}

/// Places that may be called.
#[derive(Serialize, ToSchema)]
struct DestinationList {
    /// By host.
    items: Vec<DestinationView>,
}

/// What this server calls by its credentials, for whoever keeps the firewall; as plain text with `Accept: text/plain`.
#[utoipa::path(get, path = "/system/destinations", responses((status = 200, content(
    (DestinationList = "application/json"), (String = "text/plain")))))]
async fn list_destinations(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    destinations::refresh(&app).await?;
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    if accept.starts_with("text/plain") {
        return Ok(app.outbound.destinations.to_string().into_response());
    }
    let all = app.outbound.destinations.list().into_iter();
    let items = all.map(|d| DestinationView { host: d.place.host, port: d.place.port, why: d.why }).collect();
    Ok(Json(DestinationList { items }).into_response())
}
