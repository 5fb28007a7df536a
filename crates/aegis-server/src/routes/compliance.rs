//! `/compliance/summary`: what was found, counted.

use crate::App;
use crate::error::{ApiError, ErrorBody};
use crate::events;
use crate::http::query::RangeParams;
use crate::http::{Access, Query, Routes};
use crate::rollups::{self, ByAction, BySeverity, Count, Line, PAIR, REST, by_value, count, dimension};
use crate::view::{self, EventRow};
use aegis_domain::{EventFilter, Role, SubjectId, Terms, Timestamp, Window};
use aegis_store::{StoreError, Tally};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) fn routes() -> Routes {
    Routes::tag("compliance").add(Access::Role(Role::Viewer), routes!(summary))
}

/// A value and how many findings or events it has.
#[derive(Serialize, ToSchema)]
struct Tallied {
    /// The value.
    key: String,
    /// True: `key` is no value. These are the events of values that were not kept apart, because there were too many.
    other: bool,
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
    let mut found = by_value(app, window, dimension).await?;
    let row = |key, other, t: &Tally| Tallied {
        key,
        other,
        findings: count(t, Count::Findings),
        events: count(t, Count::Events),
    };
    let rest = found.remove(REST).map(|tally| row("other".into(), true, &tally));
    let mut rows: Vec<Tallied> = found.into_iter().map(|(key, t)| row(key, false, &t)).collect();
    rows.sort_by_key(|r| std::cmp::Reverse((r.findings, r.events)));
    if most != usize::MAX {
        rows.retain(|r| r.findings > 0);
        rows.truncate(most);
    }
    rows.extend(rest);
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
