//! `/vendors/analytics`: who is fast, reliable and dear. From the rollups alone.
//! Invariant: percentiles come from merged sketches, never from other percentiles.

use super::figures::{FiguresView, Sums, tokens};
use crate::App;
use crate::rollups::{self, Count, Measure, PAIR, REST, count, dimension, measured};
use aegis_domain::{Timestamp, Window};
use aegis_store::{StoreError, Tally};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use utoipa::ToSchema;

/// Sketches read: durations and first tokens.
const SKETCHES: usize = Measure::FirstToken as usize + 1;

/// What a row is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnalyticsGroup {
    /// A vendor.
    #[default]
    Vendor,
    /// A vendor's model.
    Model,
}

/// Percentiles, in ms, right within 1 %; none without measurements.
#[derive(Debug, Serialize, ToSchema)]
pub struct Percentiles {
    /// Half are below.
    pub p50: Option<u64>,
    /// 95 of 100 are below.
    pub p95: Option<u64>,
    /// 99 of 100 are below.
    pub p99: Option<u64>,
}

/// A course by bucket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Trend {
    /// Events.
    pub events: Vec<i64>,
    /// Events that ended in an error or broke off.
    pub errors: Vec<i64>,
    /// Tokens in and out.
    pub tokens: Vec<i64>,
    /// 95th percentile of whole durations, in ms.
    pub latency_p95_ms: Vec<Option<u64>>,
    /// 95th percentile of the time to the first token, in ms.
    pub ttft_p95_ms: Vec<Option<u64>>,
}

/// A vendor or model.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnalyticsRow {
    /// Vendor id; none for what stands for several.
    pub vendor: Option<String>,
    /// Model, where rows are about models.
    pub model: Option<String>,
    /// True: it stands for those that were not kept apart.
    pub other: bool,
    /// Whole durations.
    pub latency_ms: Percentiles,
    /// Times to the first token.
    pub ttft_ms: Percentiles,
    /// Events that ended in an error or broke off, as a part of all, 0 to 1.
    pub error_rate: f64,
    /// Findings in 1,000 events.
    pub findings_per_1k: f64,
    /// Events, tokens and money of what was seen here; nothing here is from bills.
    pub figures: FiguresView,
    /// The course.
    pub trend: Trend,
}

/// Vendors or models, those with the most events first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Analytics {
    /// When this was read.
    pub as_of: Timestamp,
    /// First instant of the window.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// Width of a bucket.
    pub bucket_seconds: u64,
    /// Where each bucket starts.
    pub buckets: Vec<Timestamp>,
    /// What a row is about.
    pub group: AnalyticsGroup,
    /// The rows.
    pub items: Vec<AnalyticsRow>,
    /// Rows that are not listed.
    pub left_off: usize,
}

/// Compares vendors or models over a window.
pub async fn analytics(
    app: &App,
    window: Window,
    group: AnalyticsGroup,
    limit: usize,
) -> Result<Analytics, StoreError> {
    let dimension = match group {
        AnalyticsGroup::Vendor => dimension::VENDOR,
        AnalyticsGroup::Model => dimension::MODEL,
    };
    let [found] = rollups::by_values(app, window, [(dimension, SKETCHES)]).await?;
    let mut ranked: Vec<(String, Tally)> = found.into_iter().collect();
    let rank = |(key, tally): &(String, Tally)| (key == REST, Reverse(count(tally, Count::Events)));
    ranked.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.0.cmp(&b.0)));
    let left_off = ranked.len().saturating_sub(limit);
    ranked.truncate(limit);
    let mut items = Vec::with_capacity(ranked.len());
    for (key, tally) in ranked {
        let mut course = rollups::series(app, window, dimension, Some(key.clone()), SKETCHES).await?;
        items.push(row(&key, tally, &course.remove(&key).unwrap_or_default()));
    }
    Ok(Analytics {
        as_of: app.clock.now(),
        from: window.from,
        to: window.to,
        bucket_seconds: window.bucket.as_secs(),
        buckets: rollups::buckets(window),
        group,
        items,
        left_off,
    })
}

fn row(key: &str, tally: Tally, course: &[Tally]) -> AnalyticsRow {
    let other = key == REST;
    let (vendor, model) = match key.split_once(PAIR) {
        _ if other => (None, None),
        Some((vendor, model)) => (Some(vendor.to_owned()), Some(model.to_owned())),
        None => (Some(key.to_owned()), None),
    };
    let events = count(&tally, Count::Events).max(1) as f64;
    AnalyticsRow {
        vendor,
        model,
        other,
        latency_ms: percentiles(&tally, Measure::Latency),
        ttft_ms: percentiles(&tally, Measure::FirstToken),
        error_rate: count(&tally, Count::Errors) as f64 / events,
        findings_per_1k: count(&tally, Count::Findings) as f64 * 1_000.0 / events,
        trend: Trend {
            events: course.iter().map(|t| count(t, Count::Events)).collect(),
            errors: course.iter().map(|t| count(t, Count::Errors)).collect(),
            tokens: course.iter().map(tokens).collect(),
            latency_p95_ms: course.iter().map(|t| measured(t, Measure::Latency, 0.95)).collect(),
            ttft_p95_ms: course.iter().map(|t| measured(t, Measure::FirstToken, 0.95)).collect(),
        },
        figures: Sums { seen: tally, ..Sums::default() }.view(),
    }
}

fn percentiles(tally: &Tally, which: Measure) -> Percentiles {
    let at = |q| measured(tally, which, q);
    Percentiles { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
