//! `/compliance/detectors`: what the engine looks for, how well, its settings, and detectors of one's own.

use crate::App;
use crate::access::Caller;
use crate::audit::{self, Entry};
use crate::detectors::{self, Engine, info};
use crate::error::{ApiError, Code, ErrorBody, Fields};
use crate::http::{Access, Body, Params, Routes};
use crate::metrics::Metrics;
use crate::quality::{Quality, quality};
use crate::rollups::{Count, by_value, count, dimension};
use aegis_detect::{Compiled, CustomDetector, DetectorInfo, MAX_HOLD_CUSTOM};
use aegis_domain::entities::{DetectorSetting, Entity};
use aegis_domain::{Category, Range, Role, Severity, Window};
use aegis_store::DocumentsExt;
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

/// Most detectors of one's own: each is one more pass over every text.
const MOST_CUSTOM: usize = 50;

pub(super) fn routes() -> Routes {
    Routes::tag("compliance")
        .add(Access::Role(Role::Viewer), routes!(catalogue))
        .add(Access::Role(Role::Admin), routes!(create))
        .add(Access::Role(Role::Admin), routes!(change))
        .add(Access::Role(Role::Admin), routes!(delete))
}

/// A detector.
#[derive(Serialize, ToSchema)]
struct DetectorView {
    /// Its id.
    id: String,
    /// Shown name.
    name: String,
    /// What it looks for, and how.
    description: String,
    /// What kind of data.
    category: Category,
    /// How bad a finding is unless its value says otherwise.
    severity: Severity,
    /// What is done with an event it finds something in.
    default_action: &'static str,
    /// Rules it touches.
    regulations: &'static [&'static str],
    /// Policy acts from this confidence up.
    threshold: f32,
    /// Off: findings are masked and kept, but flag nothing.
    enabled: bool,
    /// Texts it fires on, made up.
    hits: &'static [&'static str],
    /// Texts that look alike and on which it stays silent, made up.
    misses: &'static [&'static str],
    /// Findings in the last seven days.
    hits_7d: i64,
    /// Most bytes of plain text that are held back on its account where a text comes in pieces; 0: none are.
    max_hold: usize,
    /// How good it is, measured on the evaluation set this program ships; absent where the set has no such value.
    quality: Option<&'static Quality>,
    /// Whether a classifier of the operator's (`--injection-model`) judges what this detector suspects. What is
    /// measured above is the engine without it.
    second_stage: bool,
    /// What it is made of, where an administrator made it.
    custom: Option<CustomDetector>,
}

/// The catalogue.
#[derive(Serialize, ToSchema)]
struct DetectorList {
    /// Every detector: the built-in ones, then those of the administrators.
    items: Vec<DetectorView>,
    /// Always none: the list is short.
    next_cursor: Option<String>,
    /// What reading texts costs here, all detectors together; absent until one was read.
    cost: Option<ScanCost>,
}

/// What the engine took for the texts it read since the program began.
#[derive(Serialize, ToSchema)]
struct ScanCost {
    /// Bytes of text it read.
    bytes: u64,
    /// Microseconds for a thousand of them: reading, deciding and masking.
    us_per_kb: f64,
}

impl ScanCost {
    fn of(metrics: &Metrics) -> Option<Self> {
        let (bytes, seconds) = metrics.scanning();
        (bytes > 0).then(|| ScanCost { bytes, us_per_kb: seconds * 1e9 / bytes as f64 })
    }
}

fn built_in(d: &'static DetectorInfo, engine: &Engine, hits_7d: i64) -> DetectorView {
    let (enabled, threshold) = engine.setting(d.id);
    DetectorView {
        id: d.id.into(),
        name: d.name.into(),
        description: d.description.into(),
        category: d.category,
        severity: d.severity,
        default_action: d.default_action,
        regulations: d.regulations,
        threshold,
        enabled,
        hits: d.hits,
        misses: d.misses,
        hits_7d,
        max_hold: d.max_hold,
        quality: quality(d.id),
        second_stage: d.category == Category::Attack && engine.has_second_stage(),
        custom: None,
    }
}

fn own(d: &CustomDetector, engine: &Engine, hits_7d: i64) -> DetectorView {
    let (enabled, threshold) = engine.setting(&d.id);
    DetectorView {
        id: d.id.clone(),
        name: d.name.clone(),
        description: d.description.clone(),
        category: d.category,
        severity: d.severity,
        default_action: "flag",
        regulations: &[],
        threshold,
        enabled,
        hits: &[],
        misses: &[],
        hits_7d,
        max_hold: MAX_HOLD_CUSTOM,
        quality: None,
        second_stage: false,
        custom: Some(d.clone()),
    }
}

/// A detector of either kind.
fn view(id: &str, engine: &Engine) -> Option<DetectorView> {
    match info(id) {
        Some(d) => Some(built_in(d, engine, 0)),
        None => engine.custom().iter().find(|d| d.id == id).map(|d| own(d, engine, 0)),
    }
}

/// What the engine looks for.
#[utoipa::path(get, path = "/compliance/detectors", responses((status = 200, body = DetectorList)))]
async fn catalogue(State(app): State<App>) -> Result<Json<DetectorList>, ApiError> {
    let window = Window::of(Range::D7, app.clock.now());
    let found = by_value(&app, window, dimension::DETECTOR).await?;
    let engine = app.detectors.engine();
    let hits = |id: &str| found.get(id).map_or(0, |t| count(t, Count::Findings));
    // The first question measures.
    tokio::task::spawn_blocking(|| quality("")).await.map_err(ApiError::internal)?;
    let mut items: Vec<_> = aegis_detect::catalogue().map(|d| built_in(d, &engine, hits(d.id))).collect();
    items.extend(engine.custom().iter().map(|d| own(d, &engine, hits(&d.id))));
    Ok(Json(DetectorList { items, next_cursor: None, cost: ScanCost::of(&app.metrics) }))
}

/// Makes a detector of one's own: a pattern, and what makes a match surer. Taken up without restart. A pattern that
/// could not be matched in linear time, or whose matches have no bound, is refused with the reason.
#[utoipa::path(post, path = "/compliance/detectors", request_body = CustomDetector, responses(
    (status = 201, body = DetectorView),
    (status = 409, description = "The id is taken, or there are too many", body = ErrorBody)))]
async fn create(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Body(described): Body<CustomDetector>,
) -> Result<(StatusCode, Json<DetectorView>), ApiError> {
    let described =
        Compiled::new(described).map_err(|e| ApiError::field(e.field, e.problem))?.detector().clone();
    if app.detectors.engine().custom().len() >= MOST_CUSTOM {
        let message = format!("there are {MOST_CUSTOM} detectors already; delete one first");
        return Err(ApiError::new(Code::Conflict, message));
    }
    app.store.documents.insert(&described).await?;
    let entry = Entry::new("detector.created").object("detector", &described.id).after(&described);
    audit::record(&app, &caller, entry).await?;
    detectors::refresh(&app).await?;
    Ok((StatusCode::CREATED, Json(own(&described, &app.detectors.engine(), 0))))
}

/// What to change about a detector.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DetectorChange {
    /// Whether its findings flag events.
    enabled: Option<bool>,
    /// From which confidence, 0.2 to 1. Read with all its digits, so that what lies a hair outside is refused.
    #[schema(minimum = 0.2, maximum = 1)]
    threshold: Option<f64>,
}

/// Switches a detector on or off, or moves its threshold. Taken up without restart; values stay masked either way.
#[utoipa::path(patch, path = "/compliance/detectors/{id}", params(("id" = String, Path)),
    request_body = DetectorChange, responses(
    (status = 200, body = DetectorView), (status = 409, body = ErrorBody)))]
async fn change(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Params(id): Params<String>,
    Body(change): Body<DetectorChange>,
) -> Result<Json<DetectorView>, ApiError> {
    let engine = app.detectors.engine();
    view(&id, &engine).ok_or_else(|| ApiError::not_found("detector"))?;
    let mut fields = Fields::default();
    if change.threshold.is_some_and(|t| !(0.2..=1.0).contains(&t)) {
        fields.add("threshold", "must lie between 0.2 and 1");
    }
    fields.check()?;
    let present = app.store.documents.get::<DetectorSetting>(&id).await?;
    let before = engine.setting(&id);
    let after = DetectorSetting {
        id: id.clone(),
        enabled: change.enabled.unwrap_or(before.0),
        threshold: change.threshold.map_or(before.1, |t| t as f32),
    };
    match present {
        Some(p) => app.store.documents.update(p.version, &after).await?,
        None => app.store.documents.insert(&after).await?,
    }
    let entry = Entry::new("detector.changed")
        .object("detector", &id)
        .after(&after)
        .detail("enabled", format!("{} → {}", before.0, after.enabled))
        .detail("threshold", format!("{} → {}", before.1, after.threshold));
    audit::record(&app, &caller, entry).await?;
    detectors::refresh(&app).await?;
    let changed = view(&id, &app.detectors.engine()).ok_or_else(|| ApiError::not_found("detector"))?;
    Ok(Json(changed))
}

/// Deletes a detector of one's own. What it found stays as it is. Built-in ones can be switched off instead.
#[utoipa::path(delete, path = "/compliance/detectors/{id}", params(("id" = String, Path)), responses(
    (status = 204, description = "Deleted"),
    (status = 409, description = "It is built in", body = ErrorBody)))]
async fn delete(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Params(id): Params<String>,
) -> Result<StatusCode, ApiError> {
    if info(&id).is_some() {
        let message = "built-in detectors stay; PATCH it with {\"enabled\": false} instead";
        return Err(ApiError::new(Code::Conflict, message));
    }
    let present = app.store.documents.get::<CustomDetector>(&id).await?;
    let present = present.ok_or_else(|| ApiError::not_found("detector"))?;
    app.store.documents.delete(CustomDetector::COLLECTION, &id, Some(present.version)).await?;
    // Its settings, if there are any.
    app.store.documents.delete(DetectorSetting::COLLECTION, &id, None).await?;
    audit::record(
        &app,
        &caller,
        Entry::new("detector.deleted").object("detector", &id).after(&present.value),
    )
    .await?;
    detectors::refresh(&app).await?;
    Ok(StatusCode::NO_CONTENT)
}
