//! Reads the log behind the rollups' cursor and adds up what it finds.
//! Invariant: what a span adds is a function of its records alone, so that absorbing again gives the same.

use super::{COUNTS, Count, MEASURES, MINUTES_KEPT, Measure, PAIR, REST, SET, dimension, sketch, width};
use crate::App;
use aegis_domain::{Action, Cost, Severity, Source, Status, SubjectId, Timestamp, Usage};
use aegis_store::{Deltas, Grain, PartitionId, Record, Seq, Store, StoreError, Stream, Tally, TallyKey};
use parking_lot::Mutex;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::time::Duration;

/// Records in one span: bounds memory (some 20 MB). Each span waits its turn at the store's writer once, so that
/// longer ones catch up faster while many others write.
const SPAN: usize = 16_384;

/// How far a partition is absorbed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Which partition.
    pub partition: PartitionId,
    /// Absorbed up to here.
    pub position: Seq,
    /// There is so much.
    pub high_water: Seq,
}

/// Where the consumer stands, for status pages.
#[derive(Default)]
pub struct Progress(Mutex<(Vec<Standing>, Option<Timestamp>)>);

impl Progress {
    /// Each partition, and since when the consumer is behind; none: it is not.
    pub fn read(&self) -> (Vec<Standing>, Option<Timestamp>) {
        self.0.lock().clone()
    }

    fn set(&self, standings: Vec<Standing>, now: Timestamp) {
        let behind = standings.iter().any(|s| s.position < s.high_water);
        let mut inner = self.0.lock();
        inner.1 = if behind { inner.1.or(Some(now)) } else { None };
        inner.0 = standings;
    }
}

/// Absorbs until stopped.
pub async fn run(app: App) {
    let mut appended = app.store.log.appended();
    let mut pause = Duration::ZERO;
    loop {
        match absorb_all(&app).await {
            Ok(()) => pause = Duration::ZERO,
            Err(e) => {
                tracing::warn!(error = %e, "rollups cannot be written; trying again");
                pause = (pause * 2).clamp(Duration::from_millis(200), Duration::from_secs(10));
            }
        }
        // A short wait lets a busy log fill a span, instead of one commit an event.
        let wait = pause.max(Duration::from_millis(100));
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
        if pause.is_zero() {
            tokio::select! {
                () = app.stop.cancelled() => return,
                changed = appended.changed() => if changed.is_err() { return },
            }
        }
    }
}

async fn absorb_all(app: &App) -> Result<(), StoreError> {
    loop {
        let mut standings = Vec::new();
        let mut more = false;
        for (partition, high_water) in app.store.log.partitions(Stream::Events).await? {
            let position = absorb_span(&app.store, SET, partition, high_water).await?;
            more |= position < high_water;
            standings.push(Standing { partition, position, high_water });
        }
        let lag: u64 = standings.iter().map(|s| s.high_water - s.position.min(s.high_water)).sum();
        app.metrics.rollup_lag.set(lag as i64);
        app.overviews.progress.set(standings, app.clock.now());
        if !more || app.stop.is_cancelled() {
            return Ok(());
        }
    }
}

/// Absorbs the next span of one partition into a set. Returns how far it is absorbed then.
pub(super) async fn absorb_span(
    store: &Store,
    set: &str,
    partition: PartitionId,
    high_water: Seq,
) -> Result<Seq, StoreError> {
    let after = store.tallies.absorbed(set, partition).await?;
    if after >= high_water {
        return Ok(after);
    }
    let records = store.log.read(Stream::Events, partition, after, SPAN).await?;
    // Holes are final: a short read means that nothing else lies below the mark.
    let upto = match records.last() {
        Some(last) if records.len() == SPAN => last.seq,
        Some(last) => last.seq.max(high_water),
        None => high_water,
    };
    let deltas = tokio::task::spawn_blocking(move || deltas(&records))
        .await
        .map_err(|e| StoreError::Unavailable(e.to_string()))?;
    match store.tallies.apply(set, partition, after, upto, deltas).await {
        Ok(()) => Ok(upto),
        // Somebody else absorbed a part; read again from where they stopped.
        Err(StoreError::Conflict { .. }) => Ok(after),
        Err(e) => Err(e),
    }
}

/// What rollups need of an event; the rest of its stored form is skipped, not parsed.
#[derive(Deserialize)]
struct Light<'a> {
    #[serde(borrow)]
    vendor: Cow<'a, str>,
    #[serde(borrow)]
    model: Cow<'a, str>,
    source: Source,
    subject_id: Option<SubjectId>,
    #[serde(borrow)]
    team: Option<Cow<'a, str>>,
    #[serde(borrow)]
    app: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    findings: Vec<LightFinding<'a>>,
    decision: LightDecision,
    usage: Option<Usage>,
    #[serde(default)]
    cost: Cost,
    #[serde(borrow, default)]
    labels: LightLabels<'a>,
    latency_ms: Option<u32>,
    ttft_ms: Option<u32>,
    status: Status,
    #[serde(default)]
    uninspected_bytes: u64,
    #[serde(default)]
    cost_us: LightMicros,
}

#[derive(Deserialize)]
struct LightFinding<'a> {
    #[serde(borrow)]
    detector: Cow<'a, str>,
    severity: Severity,
}

#[derive(Deserialize)]
struct LightDecision {
    action: Action,
}

/// The labels that spend is told apart by.
#[derive(Deserialize, Default)]
#[serde(default)]
struct LightLabels<'a> {
    #[serde(borrow)]
    cost_center: Option<Cow<'a, str>>,
    #[serde(borrow)]
    project: Option<Cow<'a, str>>,
    #[serde(borrow)]
    key: Option<Cow<'a, str>>,
}

#[derive(Deserialize, Default)]
struct LightMicros {
    #[serde(default)]
    scan: u32,
}

/// Tallies of one minute and dimension, by value.
type Minute = HashMap<String, Tally>;

/// What a run of records adds, in every grain.
fn deltas(records: &[Record]) -> Deltas {
    let mut minutes: HashMap<(i64, usize), Minute> = HashMap::new();
    for record in records {
        match serde_json::from_slice::<Light>(&record.body) {
            Ok(event) => add(&mut minutes, record.at, &event),
            // Cannot be: we wrote it. Counting goes on for the others.
            Err(e) => tracing::error!(id = %record.id, error = %e, "a stored event is not readable"),
        }
    }
    let mut all: HashMap<TallyKey, Tally> = HashMap::new();
    for ((minute, dimension), values) in minutes {
        let at = Timestamp::from_millis(minute);
        for (value, tally) in values {
            for grain in [Grain::Hour, Grain::Day] {
                let key = TallyKey {
                    grain,
                    bucket: at.floor(width(grain)),
                    dimension: dimension::LIST[dimension],
                    value: value.clone(),
                };
                all.entry(key).or_default().merge(&tally);
            }
            let key =
                TallyKey { grain: Grain::Minute, bucket: at, dimension: dimension::LIST[dimension], value };
            all.insert(key, tally);
        }
    }
    let mut deltas: Deltas = all.into_iter().collect();
    // The store's tree likes its keys in order.
    deltas.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    deltas
}

fn add(minutes: &mut HashMap<(i64, usize), Minute>, at: Timestamp, e: &Light) {
    let minute = at.floor(width(Grain::Minute)).millis();
    let mut counters = vec![0i64; COUNTS];
    let mut set = |which: Count, n: i64| counters[which as usize] = n;
    let worst = e.findings.iter().map(|f| f.severity).max();
    set(Count::Events, 1);
    set(Count::Findings, e.findings.len() as i64);
    set(Count::WithFindings, i64::from(worst.is_some()));
    set(Count::Flagged, i64::from(e.decision.action != Action::Allow));
    set(Count::Blocked, i64::from(e.decision.action == Action::Block));
    set(Count::Errors, i64::from(matches!(e.status, Status::Error | Status::Truncated)));
    let usage = e.usage.unwrap_or_default();
    set(Count::InputTokens, i64::try_from(usage.input_tokens).unwrap_or(i64::MAX));
    set(Count::OutputTokens, i64::try_from(usage.output_tokens).unwrap_or(i64::MAX));
    set(Count::UninspectedBytes, i64::try_from(e.uninspected_bytes).unwrap_or(i64::MAX));
    set(Count::Critical, i64::from(worst == Some(Severity::Critical)));
    set(Count::High, i64::from(worst == Some(Severity::High)));
    money(e, &mut set);
    let mut measured = vec![Vec::new(); MEASURES];
    if let Some(ms) = e.latency_ms {
        measured[Measure::Latency as usize] = vec![(sketch::bin(u64::from(ms)), 1)];
    }
    if let Some(ms) = e.ttft_ms {
        measured[Measure::FirstToken as usize] = vec![(sketch::bin(u64::from(ms)), 1)];
    }
    measured[Measure::Scan as usize] = vec![(sketch::bin(u64::from(e.cost_us.scan)), 1)];

    let with_times = Tally { counters, sketches: measured };
    let plain = Tally { counters: with_times.counters.clone(), sketches: Vec::new() };
    let mut put = |name: &'static str, value: &str, tally: &Tally| {
        let Some(index) = dimension::LIST.iter().position(|d| *d == name) else { return };
        let values = minutes.entry((minute, index)).or_default();
        match values.get_mut(value) {
            Some(present) => present.merge(tally),
            None => {
                values.insert(value.to_string(), tally.clone());
            }
        }
    };
    put(dimension::ALL, "", &with_times);
    put(dimension::VENDOR, &e.vendor, &with_times);
    put(dimension::MODEL, &format!("{}{PAIR}{}", e.vendor, e.model), &with_times);
    put(dimension::SOURCE, e.source.as_str(), &plain);
    put(dimension::SEVERITY, worst.map_or("none", Severity::as_str), &plain);
    put(dimension::ACTION, e.decision.action.as_str(), &plain);
    put(dimension::STATUS, e.status.as_str(), &plain);
    if let Some(team) = &e.team {
        put(dimension::TEAM, own(team), &plain);
    }
    if let Some(app) = &e.app {
        put(dimension::APP, own(app), &plain);
    }
    if let Some(center) = &e.labels.cost_center {
        put(dimension::COST_CENTER, own(center), &plain);
    }
    for (name, label) in [(dimension::PROJECT, &e.labels.project), (dimension::KEY, &e.labels.key)] {
        if let Some(label) = label {
            put(name, &format!("{}{PAIR}{label}", e.vendor), &plain);
        }
    }
    if let Some(subject) = e.subject_id {
        put(dimension::USER, &subject.to_string(), &plain);
    }
    for (at, finding) in e.findings.iter().enumerate() {
        // An event counts once for each detector, a finding each time.
        let first = !e.findings[..at].iter().any(|f| f.detector == finding.detector);
        let mut counters = vec![0i64; COUNTS];
        counters[Count::Events as usize] = i64::from(first);
        counters[Count::Findings as usize] = 1;
        counters[Count::Critical as usize] = i64::from(finding.severity == Severity::Critical);
        counters[Count::High as usize] = i64::from(finding.severity == Severity::High);
        let tally = Tally { counters, sketches: Vec::new() };
        put(dimension::DETECTOR, &finding.detector, &tally);
        put(dimension::DETECTOR_VENDOR, &format!("{}{PAIR}{}", finding.detector, e.vendor), &tally);
    }
}

/// What an event cost, and the tokens that prices tell apart.
fn money(e: &Light, set: &mut impl FnMut(Count, i64)) {
    let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let usage = e.usage.unwrap_or_default();
    set(Count::CachedTokens, whole(usage.cached_input_tokens));
    set(Count::CacheWriteTokens, whole(usage.cache_write_tokens));
    set(Count::ReasoningTokens, whole(usage.reasoning_tokens));
    match (e.cost.reported, e.cost.observed) {
        (Some(stated), _) => set(Count::Stated, stated),
        (None, Some(observed)) => set(Count::Observed, observed),
        (None, None) => {
            let tokens = usage.input_tokens.saturating_add(usage.output_tokens);
            // What was refused, or failed without using anything, cost nothing.
            let cost_something = tokens > 0 || matches!(e.status, Status::Ok | Status::Truncated);
            set(Count::NotPriced, i64::from(cost_something));
            set(Count::NotPricedTokens, whole(tokens));
        }
    }
}

/// A name as it is counted: the key of the rest is nobody's.
fn own(name: &str) -> &str {
    if name == REST { "" } else { name }
}

/// The oldest minute bucket that is kept.
pub fn oldest_minute(now: Timestamp) -> Timestamp {
    now.minus(MINUTES_KEPT).floor(width(Grain::Day))
}
