//! `/collector/schedules`: when credentials are read by themselves.

use super::collector::KeyName;
use super::listing;
use crate::App;
use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::collection::{credentials, schedules};
use crate::error::{ApiError, Code, ErrorBody, Fields};
use crate::http::query::PageParams;
use crate::http::{Access, Body, Params, Query, Routes};
use aegis_domain::entities::{Credential, Schedule};
use aegis_domain::{CredentialId, Role, RunId, Timestamp};
use aegis_store::{DocumentsExt, StoreError};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

/// A day: more than that is another schedule.
const MOST_JITTER: u64 = 86_400;

pub(super) fn routes() -> Routes {
    Routes::tag("collector")
        .add(Access::Role(Role::Viewer), routes!(list))
        .add(Access::Role(Role::Viewer), routes!(show))
        .add(Access::Role(Role::Analyst), routes!(put))
}

/// A credential's schedule.
#[derive(Serialize, ToSchema)]
struct ScheduleView {
    key: KeyName,
    /// Minute, hour, day, month, weekday; in UTC.
    cron: String,
    /// Each run begins up to so much later.
    jitter_seconds: u64,
    enabled: bool,
    next_run_at: Timestamp,
    last_run_id: Option<RunId>,
    /// Runs in a row that did not end well.
    failures: u32,
    /// After a failure that may pass: when it is tried again.
    backing_off_until: Option<Timestamp>,
    /// What waits for somebody to act, and for what: the feeds go on once the credential is changed or validated.
    paused_because: Option<String>,
}

async fn view(app: &App, schedule: Schedule, key: &Credential) -> Result<ScheduleView, ApiError> {
    let states = schedules::states(app, key.id).await?;
    let because: Vec<String> = states
        .iter()
        .filter(|state| state.paused)
        .map(|state| format!("{}: {}", state.feed.as_str(), state.error.as_deref().unwrap_or("stopped")))
        .collect();
    Ok(ScheduleView {
        key: KeyName { id: key.id, label: key.label.clone(), vendor: key.vendor.clone() },
        cron: schedule.cron,
        jitter_seconds: schedule.jitter_seconds,
        enabled: schedule.enabled,
        next_run_at: schedule.next_run_at,
        last_run_id: schedule.last_run,
        failures: schedule.failures,
        backing_off_until: schedule.backing_off_until.filter(|until| app.clock.now() < *until),
        paused_because: (!because.is_empty()).then(|| because.join("; ")),
    })
}

/// Schedules.
#[derive(Serialize, ToSchema)]
struct ScheduleList {
    /// By credential, the oldest first.
    items: Vec<ScheduleView>,
    /// Where to go on.
    next_cursor: Option<String>,
}

/// The schedules of all credentials.
#[utoipa::path(get, path = "/collector/schedules", params(PageParams), responses((status = 200, body = ScheduleList)))]
async fn list(
    State(app): State<App>,
    Query(page): Query<PageParams>,
) -> Result<Json<ScheduleList>, ApiError> {
    let (found, next_cursor) = listing::page_by_id::<Schedule>(&app, &page).await?;
    let ids = found.iter().map(|schedule| schedule.key.to_string()).collect();
    let keys = app.store.documents.get_many::<Credential>(ids).await?;
    let mut items = Vec::new();
    for (schedule, key) in found.into_iter().zip(keys) {
        if let Some(key) = key.map(|key| key.value).filter(|key| key.removed_at.is_none()) {
            items.push(view(&app, schedule, &key).await?);
        }
    }
    Ok(Json(ScheduleList { items, next_cursor }))
}

/// A credential's schedule.
#[utoipa::path(get, path = "/collector/schedules/{key_id}", params(("key_id" = CredentialId, Path)), responses(
    (status = 200, body = ScheduleView),
    (status = 404, body = ErrorBody)))]
async fn show(
    State(app): State<App>,
    Params(id): Params<CredentialId>,
) -> Result<Json<ScheduleView>, ApiError> {
    let key = credentials::get(&app, id).await?.value;
    let found = app.store.documents.get::<Schedule>(&id.to_string()).await?;
    let found = found.ok_or_else(|| ApiError::not_found("schedule"))?;
    Ok(Json(view(&app, found.value, &key).await?))
}

/// A schedule to set.
#[derive(Deserialize, ToSchema)]
struct ScheduleForm {
    /// Minute, hour, day, month, weekday; in UTC.
    #[schema(max_length = 200)]
    cron: String,
    /// Each run begins up to so much later, so that not all begin at once.
    #[serde(default)]
    #[schema(maximum = 86_400)]
    jitter_seconds: u64,
    /// Runs begin by themselves.
    #[serde(default = "yes")]
    enabled: bool,
}

fn yes() -> bool {
    true
}

/// Sets a credential's schedule.
#[utoipa::path(put, path = "/collector/schedules/{key_id}", params(("key_id" = CredentialId, Path)),
    request_body = ScheduleForm, responses(
    (status = 200, body = ScheduleView),
    (status = 404, body = ErrorBody),
    (status = 409, body = ErrorBody)))]
async fn put(
    State(app): State<App>,
    caller: Caller,
    Params(id): Params<CredentialId>,
    Body(form): Body<ScheduleForm>,
) -> Result<Json<ScheduleView>, ApiError> {
    let mut fields = Fields::default();
    if let Err(problem) = schedules::check(&form.cron) {
        fields.add("cron", problem);
    }
    if form.jitter_seconds > MOST_JITTER {
        fields.add("jitter_seconds", "expected at most 86400");
    }
    fields.check()?;
    let key = credentials::get(&app, id).await?.value;
    let schedule = schedules::set(&app, id, form.cron, form.jitter_seconds, form.enabled).await;
    let schedule = schedule.map_err(|error| match error {
        StoreError::Conflict { .. } => {
            ApiError::new(Code::Conflict, "somebody else changed it in this moment; look and try again")
        }
        error => error.into(),
    })?;
    let entry = Entry::new("collector.schedule_changed").object("key", id).detail("cron", &schedule.cron);
    audit::record(&app, &caller, entry.after(&schedule)).await?;
    Ok(Json(view(&app, schedule, &key).await?))
}
