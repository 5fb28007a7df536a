//! The dashboard's answer: everything from rollups but the few latest critical events.

use super::read::{ByValue, buckets, by_values, fixed_series, series};
use super::{Count, MEASURES, Measure, PAIR, Progress, REST, count, dimension, measured};
use crate::App;
use crate::view::{self, EventRow};
use aegis_domain::{EventFilter, Severity, SubjectId, Terms, Timestamp, Window};
use aegis_store::{Direction, PageQuery, StoreError, Stream, Tally};
use bytes::Bytes;
use parking_lot::Mutex;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;
use utoipa::ToSchema;

/// How long an answer may be shown again.
const KEPT: Duration = Duration::from_secs(30);
/// Answers kept: named ranges are few, explicit ones many.
const ANSWERS: usize = 64;
/// Lines in a "top" list, and in a series before "other".
const TOP: usize = 8;
const LINES: usize = 7;
/// Sketches of lists: the first alone, of durations.
const LATENCY: usize = Measure::Latency as usize + 1;

/// Kept answers, and where the consumer stands.
#[derive(Default)]
pub struct Overviews {
    /// How far the rollups have come.
    pub progress: Progress,
    answers: Mutex<HashMap<String, (Timestamp, Bytes)>>,
}

impl Overviews {
    /// Empty.
    pub fn new() -> Self {
        Overviews::default()
    }

    /// A kept answer, if it is fresh.
    pub fn get(&self, key: &str, now: Timestamp) -> Option<Bytes> {
        let answers = self.answers.lock();
        let (at, body) = answers.get(key)?;
        (now < at.plus(KEPT)).then(|| body.clone())
    }

    /// Drops all: new figures came by another way than the log.
    pub fn clear(&self) {
        self.answers.lock().clear();
    }

    /// Keeps an answer.
    pub fn put(&self, key: String, now: Timestamp, body: Bytes) {
        let mut answers = self.answers.lock();
        if answers.len() >= ANSWERS {
            answers.retain(|_, (at, _)| now < at.plus(KEPT));
        }
        if answers.len() < ANSWERS {
            answers.insert(key, (now, body));
        }
    }
}

/// A window's ends.
#[derive(Serialize, ToSchema)]
pub struct Span {
    /// First instant inside.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
}

/// A figure with the one of the window before and its course.
#[derive(Serialize, ToSchema)]
pub struct Kpi {
    /// In the window.
    pub value: i64,
    /// In the equally long window before.
    pub previous: i64,
    /// By bucket.
    pub spark: Vec<i64>,
}

/// The same for figures that may be unknown.
#[derive(Serialize, ToSchema)]
pub struct KpiMaybe {
    /// In the window.
    pub value: Option<u64>,
    /// In the window before.
    pub previous: Option<u64>,
    /// By bucket.
    pub spark: Vec<Option<u64>>,
}

/// The figures at the top.
#[derive(Serialize, ToSchema)]
pub struct Kpis {
    /// Events.
    pub events: Kpi,
    /// Findings.
    pub findings: Kpi,
    /// Events whose action was not `allow`.
    pub flagged: Kpi,
    /// Events refused.
    pub blocked: Kpi,
    /// Events that ended in an error or broke off.
    pub errors: Kpi,
    /// Events whose worst finding is critical.
    pub critical: Kpi,
    /// Tokens in and out.
    pub tokens: Kpi,
    /// Bytes nobody could look at.
    pub uninspected_bytes: Kpi,
    /// 95th percentile of whole durations, in ms.
    pub latency_p95_ms: KpiMaybe,
    /// 95th percentile of the engine's time, in µs.
    pub scan_p95_us: KpiMaybe,
}

/// One line of a series.
#[derive(Serialize, ToSchema)]
pub struct Line {
    /// Value of the dimension.
    pub key: String,
    /// By bucket.
    pub points: Vec<i64>,
}

/// Lines by metric.
#[derive(Serialize, ToSchema)]
pub struct Metrics {
    /// Events.
    pub events: Vec<Line>,
    /// Findings.
    pub findings: Vec<Line>,
    /// Tokens in and out.
    pub tokens: Vec<Line>,
}

/// The stacked series.
#[derive(Serialize, ToSchema)]
pub struct Series {
    /// Where each bucket starts.
    pub buckets: Vec<Timestamp>,
    /// False: the last bucket is not over.
    pub complete: bool,
    /// The dimension.
    pub by: &'static str,
    /// The lines.
    pub metrics: Metrics,
}

/// A line of a "top" list.
#[derive(Serialize, ToSchema)]
pub struct Top {
    /// Value of the dimension.
    pub key: String,
    /// True: `key` is no value. These are the events of values that were not kept apart, because there were too many.
    pub other: bool,
    /// The vendor, in the list of models.
    pub vendor: Option<String>,
    /// Events.
    pub events: i64,
    /// Findings.
    pub findings: i64,
    /// Tokens in and out.
    pub tokens: i64,
    /// Events that ended in an error or broke off.
    pub errors: i64,
    /// 95th percentile of durations, where it is kept.
    pub latency_p95_ms: Option<u64>,
}

/// A line of the list of detectors.
#[derive(Serialize, ToSchema)]
pub struct TopDetector {
    /// Its id.
    pub detector: String,
    /// Findings.
    pub findings: i64,
    /// Events it found something in.
    pub events: i64,
    /// Critical findings.
    pub critical: i64,
    /// High findings.
    pub high: i64,
}

/// The "top" lists: at most eight values each. Where values were not kept apart, a line marked `other` stands last, and
/// what the others say is a lower bound.
#[derive(Serialize, ToSchema)]
pub struct Tops {
    /// Vendors by events.
    pub vendors: Vec<Top>,
    /// Models by events.
    pub models: Vec<Top>,
    /// Teams by events.
    pub teams: Vec<Top>,
    /// Applications by events.
    pub apps: Vec<Top>,
    /// People by findings, then events.
    pub users: Vec<Top>,
    /// Detectors by findings.
    pub detectors: Vec<TopDetector>,
}

/// Events of one severity.
#[derive(Serialize, ToSchema)]
pub struct BySeverity {
    /// `none` where nothing was found.
    pub severity: String,
    /// Events.
    pub events: i64,
}

/// Events of one action.
#[derive(Serialize, ToSchema)]
pub struct ByAction {
    /// What was decided.
    pub action: String,
    /// Events.
    pub events: i64,
}

/// How the pipeline does.
#[derive(Serialize, ToSchema)]
pub struct Strip {
    /// How long the figures have been behind the log.
    pub lag_seconds: f64,
    /// Records waiting for their commit.
    pub queue_depth: usize,
    /// Over the last ten seconds.
    pub stored_per_s: f64,
    /// When the last event came, since this process started.
    pub last_received_at: Option<Timestamp>,
}

/// The dashboard.
#[derive(Serialize, ToSchema)]
pub struct Overview {
    /// When this was read.
    pub as_of: Timestamp,
    /// First instant of the window.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// Width of a bucket.
    pub bucket_seconds: u64,
    /// What is compared with.
    pub previous: Span,
    /// This is a demo.
    pub demo: bool,
    /// The figures at the top.
    pub kpis: Kpis,
    /// The series.
    pub series: Series,
    /// The lists.
    pub top: Tops,
    /// Events by worst severity.
    pub severities: Vec<BySeverity>,
    /// Events by action.
    pub actions: Vec<ByAction>,
    /// The latest critical events in the window, newest first.
    pub latest_critical: Vec<EventRow>,
    /// How the pipeline does.
    pub pipeline: Strip,
}

/// Builds the dashboard's answer.
pub async fn overview(app: &App, window: Window) -> Result<Overview, StoreError> {
    let now = app.clock.now();
    // Each waits for a reader of its own: together they take as long as the longest, not as their sum.
    let (all, before, vendors, models, counted) = tokio::try_join!(
        fixed_series(app, window, MEASURES),
        by_values(app, window.previous(), [(dimension::ALL, MEASURES)]),
        series(app, window, dimension::VENDOR, None, LATENCY),
        by_values(app, window, [(dimension::MODEL, LATENCY)]),
        by_values(
            app,
            window,
            [
                (dimension::TEAM, 0),
                (dimension::APP, 0),
                (dimension::USER, 0),
                (dimension::DETECTOR, 0),
                (dimension::SEVERITY, 0),
                (dimension::ACTION, 0),
            ],
        ),
    )?;
    let [models] = models;
    let top_vendors = vendors.iter().map(|(vendor, line)| (vendor.clone(), total(line))).collect();
    let [teams, apps, users, detectors, severities, actions] = counted;
    let tops = Tops {
        vendors: top(top_vendors, &by_events),
        models: top_models(models),
        teams: top(teams, &by_events),
        apps: top(apps, &by_events),
        users: top_users(app, users).await?,
        detectors: top_detectors(detectors),
    };
    let latest_critical = match severities.get("critical").map_or(0, |t| count(t, Count::Events)) {
        0 => Vec::new(),
        _ => latest_critical(app, window).await?,
    };
    let [mut before] = before;
    let (sum, sum_before) = (total(&all), before.remove("").unwrap_or_default());
    let kpi = |which: &dyn Fn(&Tally) -> i64| Kpi {
        value: which(&sum),
        previous: which(&sum_before),
        spark: all.iter().map(which).collect(),
    };
    let counter = |which: Count| kpi(&|t| count(t, which));
    let timed = |which: Measure| KpiMaybe {
        value: measured(&sum, which, 0.95),
        previous: measured(&sum_before, which, 0.95),
        spark: all.iter().map(|t| measured(t, which, 0.95)).collect(),
    };
    let kpis = Kpis {
        events: counter(Count::Events),
        findings: counter(Count::Findings),
        flagged: counter(Count::Flagged),
        blocked: counter(Count::Blocked),
        errors: counter(Count::Errors),
        critical: counter(Count::Critical),
        tokens: kpi(&tokens),
        uninspected_bytes: counter(Count::UninspectedBytes),
        latency_p95_ms: timed(Measure::Latency),
        scan_p95_us: timed(Measure::Scan),
    };
    Ok(Overview {
        as_of: now,
        from: window.from,
        to: window.to,
        bucket_seconds: window.bucket.as_secs(),
        previous: Span { from: window.previous().from, to: window.previous().to },
        demo: app.config.demo,
        kpis,
        series: Series {
            buckets: buckets(window),
            complete: window.to <= now,
            by: "vendor",
            metrics: Metrics {
                events: lines(&vendors, &|t| count(t, Count::Events)),
                findings: lines(&vendors, &|t| count(t, Count::Findings)),
                tokens: lines(&vendors, &tokens),
            },
        },
        top: tops,
        severities: by_severity(&severities),
        actions: by_action(actions),
        latest_critical,
        pipeline: strip(app, now),
    })
}

fn total(tallies: &[Tally]) -> Tally {
    let mut sum = Tally::default();
    for tally in tallies {
        sum.merge(tally);
    }
    sum
}

fn tokens(t: &Tally) -> i64 {
    count(t, Count::InputTokens) + count(t, Count::OutputTokens)
}

/// At most seven lines, largest first; the rest is one line "other (n)".
pub(super) fn lines(by_value: &BTreeMap<String, Vec<Tally>>, which: &dyn Fn(&Tally) -> i64) -> Vec<Line> {
    let mut lines: Vec<Line> = by_value
        .iter()
        .map(|(key, tallies)| Line { key: key.clone(), points: tallies.iter().map(which).collect() })
        .collect();
    lines.sort_by_key(|l| std::cmp::Reverse(l.points.iter().sum::<i64>()));
    if lines.len() > LINES + 1 {
        let rest = lines.split_off(LINES);
        let mut points = vec![0; rest[0].points.len()];
        for line in &rest {
            points.iter_mut().zip(&line.points).for_each(|(sum, p)| *sum += p);
        }
        lines.push(Line { key: format!("other ({})", rest.len()), points });
    }
    lines
}

fn by_events(t: &Tally) -> (i64, i64) {
    (count(t, Count::Events), count(t, Count::Findings))
}

fn by_findings(t: &Tally) -> (i64, i64) {
    (count(t, Count::Findings), count(t, Count::Events))
}

fn top_models(models: ByValue) -> Vec<Top> {
    let mut models = top(models, &by_events);
    for line in &mut models {
        if let Some((vendor, model)) = line.key.split_once(PAIR) {
            (line.vendor, line.key) = (Some(vendor.to_string()), model.to_string());
        }
    }
    models
}

async fn top_users(app: &App, users: ByValue) -> Result<Vec<Top>, StoreError> {
    let mut users = top(users, &by_findings);
    let subject = |line: &Top| line.key.parse::<SubjectId>().ok();
    let names = app.people.names(app, users.iter().filter_map(subject)).await?;
    for line in &mut users {
        if let Some(subject) = subject(line) {
            line.key = names.get(&subject).map_or("(erased)".into(), ToString::to_string);
        }
    }
    Ok(users)
}

fn top_detectors(detectors: ByValue) -> Vec<TopDetector> {
    let mut detectors: Vec<TopDetector> = detectors
        .into_iter()
        .map(|(detector, t)| TopDetector {
            detector,
            findings: count(&t, Count::Findings),
            events: count(&t, Count::Events),
            critical: count(&t, Count::Critical),
            high: count(&t, Count::High),
        })
        .collect();
    detectors.sort_by_key(|d| std::cmp::Reverse(d.findings));
    detectors
}

fn top(mut by_value: ByValue, rank: &dyn Fn(&Tally) -> (i64, i64)) -> Vec<Top> {
    let other = by_value.remove(REST);
    let mut all: Vec<(String, Tally)> = by_value.into_iter().collect();
    let first = |(_, t): &(String, Tally)| std::cmp::Reverse(rank(t));
    if all.len() > TOP {
        // Of thousands eight are shown: the others need no order. By name among equals, whichever way they came.
        all.select_nth_unstable_by(TOP, |a, b| first(a).cmp(&first(b)).then_with(|| a.0.cmp(&b.0)));
        all.truncate(TOP);
    }
    all.sort_by(|a, b| first(a).cmp(&first(b)).then_with(|| a.0.cmp(&b.0)));
    let rest = other.map(|tally| line("other".into(), true, &tally));
    all.into_iter().map(|(key, tally)| line(key, false, &tally)).chain(rest).collect()
}

fn line(key: String, other: bool, t: &Tally) -> Top {
    Top {
        key,
        other,
        vendor: None,
        events: count(t, Count::Events),
        findings: count(t, Count::Findings),
        tokens: tokens(t),
        errors: count(t, Count::Errors),
        latency_p95_ms: measured(t, Measure::Latency, 0.95),
    }
}

fn by_severity(found: &ByValue) -> Vec<BySeverity> {
    let words = Severity::ALL.iter().rev().map(|s| s.as_str()).chain(["none"]);
    words
        .map(|word| BySeverity {
            severity: word.to_string(),
            events: found.get(word).map_or(0, |t| count(t, Count::Events)),
        })
        .collect()
}

fn by_action(found: ByValue) -> Vec<ByAction> {
    found.into_iter().map(|(action, t)| ByAction { action, events: count(&t, Count::Events) }).collect()
}

async fn latest_critical(app: &App, window: Window) -> Result<Vec<EventRow>, StoreError> {
    let filter = EventFilter {
        severity: Terms { any: vec![Some(Severity::Critical)], none: Vec::new() },
        ..EventFilter::default()
    };
    let query = PageQuery {
        stream: Stream::Events,
        from: window.from,
        to: window.to,
        masks: filter.masks(),
        direction: Direction::Descending,
        after: None,
        limit: 5,
        budget: 10_000,
    };
    let records = app.store.log.page(query).await?.records.into_iter();
    let events = records.map(|record| view::parse(&record).map(|event| (record, event)));
    view::rows(app, &events.collect::<Result<Vec<_>, _>>()?).await
}

fn strip(app: &App, now: Timestamp) -> Strip {
    let (_, rates, sources) = app.pipeline.stats.read(now);
    let (_, behind_since) = app.overviews.progress.read();
    Strip {
        lag_seconds: behind_since.map_or(0.0, |t| (now.millis() - t.millis()) as f64 / 1000.0),
        queue_depth: app.store.log.queue().0,
        stored_per_s: rates.stored_per_s,
        last_received_at: sources.iter().filter_map(|s| s.last_at).max(),
    }
}
