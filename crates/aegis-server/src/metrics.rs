//! Counters for Prometheus. Names end in their unit or `_total`; labels come from closed lists only.

use crate::collection::OutboundCounts;
use axum::http::{Method, StatusCode};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct HttpLabels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OutcomeLabels {
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct DetectorLabels {
    detector: String,
    severity: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct StateLabels {
    state: &'static str,
}

/// Every counter the process keeps.
pub struct Metrics {
    registry: Registry,
    requests: Family<HttpLabels, Counter>,
    durations: Family<RouteLabels, Histogram, fn() -> Histogram>,
    items: Family<OutcomeLabels, Counter>,
    findings: Family<DetectorLabels, Counter>,
    breakers: Family<StateLabels, Gauge>,
    scanned_bytes: Counter,
    scan_seconds: Counter<f64, AtomicU64>,
    /// Time from receipt to durable, per request.
    pub ingest_seconds: Histogram,
    /// Records waiting for their commit.
    pub queue_depth: Gauge,
    /// Records the rollups have not absorbed.
    pub rollup_lag: Gauge,
    /// Open live streams.
    pub live_subscribers: Gauge,
    /// Events a slow live client missed.
    pub live_skipped: Counter,
}

fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.000_5, 2.0, 14))
}

impl Metrics {
    /// All counters at zero, and those of calls to the outside among them.
    pub fn new(outbound: &OutboundCounts) -> Self {
        let mut registry = Registry::with_prefix("aegisflow");
        let m = Metrics {
            requests: Family::default(),
            durations: Family::new_with_constructor(seconds as fn() -> Histogram),
            items: Family::default(),
            findings: Family::default(),
            breakers: Family::default(),
            scanned_bytes: Counter::default(),
            scan_seconds: Counter::default(),
            ingest_seconds: seconds(),
            queue_depth: Gauge::default(),
            rollup_lag: Gauge::default(),
            live_subscribers: Gauge::default(),
            live_skipped: Counter::default(),
            registry: Registry::default(),
        };
        registry.register("http_requests", "Requests answered", m.requests.clone());
        registry.register("http_request_duration_seconds", "Time to answer", m.durations.clone());
        registry.register("ingest_items", "Items posted, by what became of them", m.items.clone());
        registry.register("findings", "Findings, by detector and severity", m.findings.clone());
        registry.register("scanned_bytes", "Bytes of text read by the engine", m.scanned_bytes.clone());
        registry.register("scan_seconds", "Time to read and judge them", m.scan_seconds.clone());
        registry.register(
            "ingest_duration_seconds",
            "Time from receipt of a request to its durable record",
            m.ingest_seconds.clone(),
        );
        registry.register("log_queue_records", "Records waiting for their commit", m.queue_depth.clone());
        registry.register(
            "rollup_lag_records",
            "Records the rollups have yet to absorb",
            m.rollup_lag.clone(),
        );
        registry.register("live_subscribers", "Open live streams", m.live_subscribers.clone());
        registry.register("live_skipped_events", "Events slow live clients missed", m.live_skipped.clone());
        registry.register("breaker_state", "Breakers of calls to the outside, by state", m.breakers.clone());
        outbound.register(&mut registry);
        Metrics { registry, ..m }
    }

    /// Counts an answered request.
    pub fn http(&self, method: &Method, route: &str, status: StatusCode, took: Duration) {
        // Methods are an open list on the wire; as a label it must be closed.
        let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
        let method = if known.contains(&method.as_str()) { method.as_str() } else { "other" };
        let labels = HttpLabels { method: method.into(), route: route.into(), status: status.as_u16() };
        self.requests.get_or_create(&labels).inc();
        self.durations.get_or_create(&RouteLabels { route: route.into() }).observe(took.as_secs_f64());
    }

    /// Counts items by what became of them: `stored`, `duplicate`, `rejected`, `refused`.
    pub fn items(&self, outcome: &'static str, n: u64) {
        if n > 0 {
            self.items.get_or_create(&OutcomeLabels { outcome }).inc_by(n);
        }
    }

    /// Counts bytes of text that the engine read in so much time.
    pub fn scanned(&self, bytes: usize, took: Duration) {
        self.scanned_bytes.inc_by(bytes as u64);
        self.scan_seconds.inc_by(took.as_secs_f64());
    }

    /// Returns how many bytes of text the engine read, and how many seconds that took.
    pub fn scanning(&self) -> (u64, f64) {
        (self.scanned_bytes.get(), self.scan_seconds.get())
    }

    /// Sets how many breakers are in which state.
    pub fn breakers(&self, counts: [(&'static str, usize); 3]) {
        for (state, count) in counts {
            self.breakers.get_or_create(&StateLabels { state }).set(count as i64);
        }
    }

    /// Counts a finding.
    pub fn finding(&self, detector: &str, severity: &'static str) {
        self.findings.get_or_create(&DetectorLabels { detector: detector.into(), severity }).inc();
    }

    /// The exposition text.
    pub fn text(&self) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        prometheus_client::encoding::text::encode(&mut out, &self.registry)?;
        Ok(out)
    }
}
