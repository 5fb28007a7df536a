//! `/health`, `/ready`, `/metrics`, `/system/versions`: is it alive, can it serve, what does it run.

use crate::App;
use crate::collection::breakers;
use crate::error::{ApiError, ErrorBody};
use crate::http::{Access, Routes};
use aegis_domain::{Role, SCHEMA, Timestamp};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("operations")
        .add(Access::Open, routes!(health))
        .add(Access::Open, routes!(ready))
        .add(Access::Metrics, routes!(metrics))
        .add(Access::Role(Role::Viewer), routes!(versions))
}

/// The process serves.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `ok`.
    status: &'static str,
    /// Of the program.
    version: &'static str,
}

/// Liveness: 200 as long as the process serves.
#[utoipa::path(get, path = "/health", responses((status = 200, body = Health)))]
async fn health() -> Json<Health> {
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") })
}

/// Whether it can do its work.
#[derive(Serialize, ToSchema)]
struct Readiness {
    /// `ready` or `not_ready`.
    status: &'static str,
    /// Each part it needs.
    checks: Vec<Check>,
}

/// One part it needs.
#[derive(Serialize, ToSchema)]
struct Check {
    /// Which.
    name: &'static str,
    /// Usable now.
    ok: bool,
    /// What is wrong, for the operator.
    detail: Option<String>,
}

/// Readiness: 503 when a part it needs cannot be used.
#[utoipa::path(get, path = "/ready",
    responses((status = 200, body = Readiness), (status = 503, description = "A part cannot be used", body = Readiness)))]
async fn ready(State(app): State<App>) -> Response {
    let store = app.store.log.check().await;
    let (depth, capacity) = app.store.log.queue();
    let vault = app.vault.self_test();
    let [_, (_, open), (_, half_open)] = breakers::counts(&app);
    let checks = vec![
        Check { name: "store", ok: store.is_ok(), detail: store.err().map(|e| e.to_string()) },
        Check {
            name: "log_queue",
            ok: depth < capacity,
            detail: Some(format!("{depth} of {capacity} places taken")),
        },
        Check {
            name: "vault",
            ok: vault.is_ok(),
            detail: vault.err().map(|_| "its latest keys cannot be opened; see GET /api/vault".to_string()),
        },
        Check {
            name: "rollups",
            ok: true,
            detail: Some(format!("{} events behind", app.metrics.rollup_lag.get())),
        },
        // A vendor's trouble is not this server's.
        Check {
            name: "breakers",
            ok: true,
            detail: Some(format!("not called after failures: {open}; being tried again: {half_open}")),
        },
    ];
    let ok = checks.iter().all(|c| c.ok);
    let body = Json(Readiness { status: if ok { "ready" } else { "not_ready" }, checks });
    if ok {
        body.into_response()
    } else {
        // Not an error envelope: the caller needs the list.
        let mut response = body.into_response();
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        response.extensions_mut().insert(crate::http::envelope::OwnBody);
        response
    }
}

/// Prometheus text. Open on loopback, else the scope `metrics`.
#[utoipa::path(get, path = "/metrics", responses(
    (status = 200, content_type = "application/openmetrics-text", body = String),
    (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
async fn metrics(State(app): State<App>) -> Result<Response, ApiError> {
    let (depth, _) = app.store.log.queue();
    app.metrics.queue_depth.set(depth as i64);
    app.metrics.breakers(breakers::counts(&app));
    let text = app.metrics.text().map_err(ApiError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text)
        .into_response())
}

/// What is running.
#[derive(Serialize, ToSchema)]
struct Versions {
    /// Of the program.
    version: &'static str,
    /// When this process started.
    started_at: Timestamp,
    /// Version of the stored form of events.
    event_schema: u32,
    /// The embedded store.
    store: &'static str,
    /// Resident memory, where the system tells.
    memory_bytes: Option<u64>,
    /// Bytes in the data folder.
    data_bytes: u64,
}

/// Versions and sizes.
#[utoipa::path(get, path = "/system/versions", responses(
    (status = 200, body = Versions), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
async fn versions(State(app): State<App>) -> Json<Versions> {
    Json(Versions {
        version: env!("CARGO_PKG_VERSION"),
        started_at: app.started_at,
        event_schema: SCHEMA,
        store: "sqlite",
        memory_bytes: resident_memory(),
        data_bytes: folder_bytes(&app.config.data),
    })
}

fn resident_memory() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

fn folder_bytes(dir: &std::path::Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(dir) else { return 0 };
    entries.flatten().filter_map(|e| e.metadata().ok()).filter(|m| m.is_file()).map(|m| m.len()).sum()
}
