//! `/compliance`: what was found, and a place to try the engine.

use crate::App;
use crate::detectors::Engine;
use crate::error::{ApiError, ErrorBody};
use crate::events;
use crate::http::query::RangeParams;
use crate::http::{Access, Body, Params, Query, Routes};
use crate::pipeline::record;
use crate::rollups::{self, ByAction, BySeverity, Count, Line, PAIR, by_value, count, dimension};
use crate::view::{self, EventRow, FindingView};
use aegis_detect::mask;
use aegis_domain::{Action, EventFilter, EventId, Role, SubjectId, Terms, Timestamp, Window};
use aegis_store::{StoreError, Stream};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Instant;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("compliance")
        .add(Access::Role(Role::Viewer), routes!(summary))
        .add(Access::Role(Role::Analyst), routes!(scan))
        .add(Access::Role(Role::Analyst), routes!(rescan))
}

/// A value and how many findings or events it has.
#[derive(Serialize, ToSchema)]
struct Tallied {
    /// The value.
    key: String,
    /// Findings.
    findings: i64,
    /// Events.
    events: i64,
}

/// Findings of one detector to one vendor.
#[derive(Serialize, ToSchema)]
struct Cell {
    /// The vendor.
    vendor: String,
    /// Findings.
    count: i64,
}

/// Findings of one detector.
#[derive(Serialize, ToSchema)]
struct ByDetector {
    /// Its id.
    detector: String,
    /// Findings.
    findings: i64,
    /// By vendor.
    by_vendor: Vec<Cell>,
}

/// What was found, counted.
#[derive(Serialize, ToSchema)]
struct Totals {
    /// Events.
    events: i64,
    /// Events with a finding.
    events_with_findings: i64,
    /// Findings.
    findings: i64,
}

/// Findings over time.
#[derive(Serialize, ToSchema)]
struct SummarySeries {
    /// Where each bucket starts.
    buckets: Vec<Timestamp>,
    /// By detector.
    series: Vec<Line>,
}

/// What leaks, from whom, to whom.
#[derive(Serialize, ToSchema)]
struct Summary {
    /// When this was read.
    as_of: Timestamp,
    /// First instant of the window.
    from: Timestamp,
    /// First instant after.
    to: Timestamp,
    /// Width of a bucket.
    bucket_seconds: u64,
    /// All together.
    totals: Totals,
    /// Events by worst severity.
    by_severity: Vec<BySeverity>,
    /// By detector, each by vendor.
    by_detector: Vec<ByDetector>,
    /// By vendor.
    by_vendor: Vec<Tallied>,
    /// People with findings, most first; at most twenty.
    by_user: Vec<Tallied>,
    /// Applications with findings, most first; at most twenty.
    by_app: Vec<Tallied>,
    /// Events by action.
    by_action: Vec<ByAction>,
    /// Findings over time.
    series: SummarySeries,
    /// The latest events with a finding, newest first; at most twenty.
    recent: Vec<EventRow>,
}

/// What was found in a range, by detector, vendor, person and action.
#[utoipa::path(get, path = "/compliance/summary", params(RangeParams), responses(
    (status = 200, body = Summary), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody), (status = 503, body = ErrorBody)))]
async fn summary(
    State(app): State<App>,
    Query(range): Query<RangeParams>,
) -> Result<Json<Summary>, ApiError> {
    let now = app.clock.now();
    let window = range.window(now)?;
    let all = rollups::merged(&app, window, dimension::ALL, "").await?;
    let lines = rollups::series(&app, window, dimension::DETECTOR, None, 0).await?;
    let series = lines
        .into_iter()
        .map(|(key, t)| Line { key, points: t.iter().map(|t| count(t, Count::Findings)).collect() })
        .collect();
    let severities = by_value(&app, window, dimension::SEVERITY).await?;
    let actions = by_value(&app, window, dimension::ACTION).await?;
    Ok(Json(Summary {
        as_of: now,
        from: window.from,
        to: window.to,
        bucket_seconds: window.bucket.as_secs(),
        totals: Totals {
            events: count(&all, Count::Events),
            events_with_findings: count(&all, Count::WithFindings),
            findings: count(&all, Count::Findings),
        },
        by_severity: severities
            .into_iter()
            .map(|(severity, t)| BySeverity { severity, events: count(&t, Count::Events) })
            .collect(),
        by_detector: matrix(&app, window).await?,
        by_vendor: tallied(&app, window, dimension::VENDOR, usize::MAX).await?,
        by_user: people(&app, window).await?,
        by_app: tallied(&app, window, dimension::APP, MOST).await?,
        by_action: actions
            .into_iter()
            .map(|(action, t)| ByAction { action, events: count(&t, Count::Events) })
            .collect(),
        series: SummarySeries { buckets: rollups::buckets(window), series },
        recent: recent(&app, window).await?,
    }))
}

const MOST: usize = 20;

async fn matrix(app: &App, window: Window) -> Result<Vec<ByDetector>, StoreError> {
    let mut rows: BTreeMap<String, ByDetector> = BTreeMap::new();
    for (pair, tally) in by_value(app, window, dimension::DETECTOR_VENDOR).await? {
        let Some((detector, vendor)) = pair.split_once(PAIR) else { continue };
        let n = count(&tally, Count::Findings);
        let row = rows.entry(detector.to_string()).or_insert_with(|| ByDetector {
            detector: detector.to_string(),
            findings: 0,
            by_vendor: Vec::new(),
        });
        row.findings += n;
        row.by_vendor.push(Cell { vendor: vendor.to_string(), count: n });
    }
    let mut rows: Vec<ByDetector> = rows.into_values().collect();
    rows.sort_by_key(|r| std::cmp::Reverse(r.findings));
    Ok(rows)
}

async fn tallied(
    app: &App,
    window: Window,
    dimension: &'static str,
    most: usize,
) -> Result<Vec<Tallied>, StoreError> {
    let mut rows: Vec<Tallied> = by_value(app, window, dimension)
        .await?
        .into_iter()
        .map(|(key, t)| Tallied {
            key,
            findings: count(&t, Count::Findings),
            events: count(&t, Count::Events),
        })
        .collect();
    rows.sort_by_key(|r| std::cmp::Reverse((r.findings, r.events)));
    if most != usize::MAX {
        rows.retain(|r| r.findings > 0);
        rows.truncate(most);
    }
    Ok(rows)
}

async fn people(app: &App, window: Window) -> Result<Vec<Tallied>, StoreError> {
    let mut rows = tallied(app, window, dimension::USER, MOST).await?;
    let subjects = |row: &Tallied| row.key.parse::<SubjectId>().ok();
    let names = app.people.names(app, rows.iter().filter_map(subjects)).await?;
    for row in &mut rows {
        if let Some(subject) = subjects(row) {
            row.key = names.get(&subject).map_or("(erased)".into(), ToString::to_string);
        }
    }
    Ok(rows)
}

async fn recent(app: &App, window: Window) -> Result<Vec<EventRow>, StoreError> {
    let filter =
        EventFilter { severity: Terms { any: Vec::new(), none: vec![None] }, ..EventFilter::default() };
    let found = events::search(app, &filter, (window.from, window.to), None, MOST).await?;
    view::rows(app, &found.events).await
}

/// A text to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ScanRequest {
    /// At most 1 MiB.
    text: String,
}

/// Longest text to try.
const LONGEST: usize = 1024 * 1024;

/// What the engine says of a text. Offsets are UTF-8 bytes of the text given.
#[derive(Serialize, ToSchema)]
struct ScanAnswer {
    /// What was found.
    findings: Vec<FindingView>,
    /// How likely it attacks a model, 0 to 1.
    injection: f32,
    /// The text as it would be kept.
    redacted: String,
    /// What would be decided.
    action: Action,
    /// Time in the engine, in µs.
    scan_us: u64,
    /// Length of the text.
    bytes: usize,
}

fn try_out(engine: &Engine, role: &str, text: &str, part: u32) -> ScanAnswer {
    let started = Instant::now();
    let scan = engine.scan_part(role, text);
    let scan_us = started.elapsed().as_micros() as u64;
    let masked = mask(text, &scan.findings);
    let findings = scan.findings.iter().zip(&masked.kept_spans).enumerate();
    ScanAnswer {
        findings: findings
            .map(|(i, (f, kept))| view::finding(i.to_string(), &record(f, part, kept.start, kept.end)))
            .collect(),
        injection: scan.injection,
        redacted: masked.text,
        action: engine.decide(&scan),
        scan_us,
        bytes: text.len(),
    }
}

/// Scans a text. Nothing of it is kept.
#[utoipa::path(post, path = "/compliance/scan", request_body = ScanRequest, responses(
    (status = 200, body = ScanAnswer), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 413, body = ErrorBody), (status = 415, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
async fn scan(
    State(app): State<App>,
    Body(request): Body<ScanRequest>,
) -> Result<Json<ScanAnswer>, ApiError> {
    if request.text.len() > LONGEST {
        return Err(ApiError::field("text", "must have at most 1 MiB; use `aegisflow scan` for files"));
    }
    let engine = app.detectors.engine();
    tokio::task::spawn_blocking(move || Json(try_out(&engine, "user", &request.text, 0)))
        .await
        .map_err(ApiError::internal)
}

/// A part of an event, scanned again.
#[derive(Serialize, ToSchema)]
struct RescanPart {
    /// Index into the event's `parts`.
    index: usize,
    /// What the engine says of the kept text.
    #[serde(flatten)]
    answer: ScanAnswer,
}

/// An event, scanned again.
#[derive(Serialize, ToSchema)]
struct RescanAnswer {
    /// Which.
    event_id: EventId,
    /// Each part as kept.
    parts: Vec<RescanPart>,
}

/// Scans the kept (masked) text of an event again, with the engine as it is now. Nothing is changed.
#[utoipa::path(post, path = "/compliance/scan/{event_id}", params(("event_id" = EventId, Path)), responses(
    (status = 200, body = RescanAnswer), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 503, body = ErrorBody)))]
async fn rescan(State(app): State<App>, Params(id): Params<EventId>) -> Result<Json<RescanAnswer>, ApiError> {
    let record =
        app.store.log.get(Stream::Events, id.0).await?.ok_or_else(|| ApiError::not_found("event"))?;
    let event = view::parse(&record)?;
    let engine = app.detectors.engine();
    let parts = tokio::task::spawn_blocking(move || {
        let parts = event.parts.iter().enumerate();
        parts
            .map(|(index, p)| RescanPart { index, answer: try_out(&engine, &p.role, &p.text, index as u32) })
            .collect()
    })
    .await
    .map_err(ApiError::internal)?;
    Ok(Json(RescanAnswer { event_id: id, parts }))
}
