//! Counts of events by value and over time. From the rollups where they hold the answer, else by looking at the
//! newest events up to a bound; then `exact` is false unless the bound was not reached.

use super::list::search;
use crate::App;
use crate::rollups::{self, Count, PAIR, REST, by_value, count, dimension, series};
use aegis_domain::{EventFilter, EventRecord, Severity, SubjectId, Terms, Timestamp, Window};
use aegis_store::{StoreError, Tally};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use utoipa::ToSchema;

/// Matching events looked at where the rollups do not hold the answer.
const SAMPLED: usize = 5_000;
/// Values of one facet.
const VALUES: usize = 50;

/// A value and how many events have it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// Events.
    pub count: i64,
}

/// Counts per value.
#[derive(Serialize, ToSchema)]
pub struct Facets {
    /// First instant of the window.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// False: only the newest `examined` matching events were counted.
    pub exact: bool,
    /// Events counted one by one; 0 where the rollups had the answer.
    pub examined: usize,
    /// By field; at most fifty values each, most frequent first.
    pub fields: BTreeMap<&'static str, Vec<FacetValue>>,
    /// By field: events of values that were not kept apart, because there were too many. Where a field stands here, its
    /// counts are lower bounds.
    pub other: BTreeMap<&'static str, i64>,
}

/// Events over time.
#[derive(Serialize, ToSchema)]
pub struct Histogram {
    /// First instant of the window.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
    /// Width of a bucket.
    pub bucket_seconds: u64,
    /// Where each bucket starts.
    pub buckets: Vec<Timestamp>,
    /// False: buckets that start before `covered_from` are not known.
    pub exact: bool,
    /// The oldest instant that was counted; none: all.
    pub covered_from: Option<Timestamp>,
    /// What the lines stand for: `action`, or the one field that was filtered by.
    pub by: &'static str,
    /// The lines.
    pub series: Vec<rollups::Line>,
}

/// Each facet: its name in the API, its dimension in the rollups, its values in an event.
type Field = (&'static str, &'static str, fn(&EventRecord) -> Vec<String>);

const FIELDS: [Field; 10] = [
    ("vendor", dimension::VENDOR, |e| vec![e.vendor.clone()]),
    ("model", dimension::MODEL, |e| vec![e.model.clone()]),
    ("source", dimension::SOURCE, |e| vec![e.source.as_str().into()]),
    ("team", dimension::TEAM, |e| e.team.iter().cloned().collect()),
    ("app", dimension::APP, |e| e.app.iter().cloned().collect()),
    ("user", dimension::USER, |e| e.subject_id.iter().map(|s| s.to_string()).collect()),
    ("severity", dimension::SEVERITY, |e| vec![e.severity().map_or("none", Severity::as_str).into()]),
    ("action", dimension::ACTION, |e| vec![e.decision.action.as_str().into()]),
    ("status", dimension::STATUS, |e| vec![e.status.as_str().into()]),
    ("detector", dimension::DETECTOR, |e| {
        let mut all: Vec<String> = e.findings.iter().map(|f| f.detector.to_string()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }),
];

/// Counts per value for a filter.
pub async fn facets(app: &App, filter: &EventFilter, window: Window) -> Result<Facets, StoreError> {
    let mut counts: BTreeMap<&'static str, HashMap<String, i64>> = BTreeMap::new();
    let (mut exact, mut examined) = (true, 0);
    let mut other = BTreeMap::new();
    if filter.is_empty() {
        for (name, dimension, _) in FIELDS {
            let into = counts.entry(name).or_default();
            let mut values = by_value(app, window, dimension).await?;
            if let Some(rest) = values.remove(REST) {
                other.insert(name, count(&rest, Count::Events));
            }
            for (value, tally) in values {
                // A model is counted under its name, whichever vendor serves it.
                let value = value.rsplit(PAIR).next().unwrap_or(&value).to_string();
                *into.entry(value).or_default() += count(&tally, Count::Events);
            }
        }
    } else {
        let (events, complete) = sample(app, filter, window).await?;
        (exact, examined) = (complete, events.len());
        for event in &events {
            for (name, _, values) in FIELDS {
                for value in values(event) {
                    *counts.entry(name).or_default().entry(value).or_default() += 1;
                }
            }
        }
    }
    let mut fields = BTreeMap::new();
    for (name, values) in counts {
        let mut list: Vec<FacetValue> =
            values.into_iter().map(|(value, count)| FacetValue { value, count }).collect();
        list.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        list.truncate(VALUES);
        if name == "user" {
            list = named(app, list).await?;
        }
        fields.insert(name, list);
    }
    Ok(Facets { from: window.from, to: window.to, exact, examined, fields, other })
}

async fn named(app: &App, list: Vec<FacetValue>) -> Result<Vec<FacetValue>, StoreError> {
    let subject = |facet: &FacetValue| facet.value.parse::<SubjectId>().ok();
    let names = app.people.names(app, list.iter().filter_map(subject)).await?;
    let name = |facet: &FacetValue| {
        Some(FacetValue { value: names.get(&subject(facet)?)?.to_string(), count: facet.count })
    };
    Ok(list.iter().filter_map(name).collect())
}

/// The newest matching events, and whether they are all.
async fn sample(
    app: &App,
    filter: &EventFilter,
    window: Window,
) -> Result<(Vec<EventRecord>, bool), StoreError> {
    let found = search(app, filter, (window.from, window.to), None, SAMPLED).await?;
    Ok((found.events.into_iter().map(|(_, e)| e).collect(), found.next.is_none()))
}

/// A field that may be filtered by: its name, its dimension, where its terms stand.
type Narrowed = (&'static str, &'static str, fn(&mut EventFilter) -> &mut Terms<String>);

/// The one value of one field that a filter asks for, where it asks for nothing else; by rollup dimension.
fn single(filter: &EventFilter) -> Option<(&'static str, &'static str, String)> {
    let mut rest = filter.clone();
    fn take(terms: &mut Terms<String>) -> Option<String> {
        let Terms { any, none } = std::mem::take(terms);
        (any.len() == 1 && none.is_empty()).then(|| any.into_iter().next()).flatten()
    }
    let fields: [Narrowed; 7] = [
        ("vendor", dimension::VENDOR, |f| &mut f.vendor),
        ("source", dimension::SOURCE, |f| &mut f.source),
        ("team", dimension::TEAM, |f| &mut f.team),
        ("app", dimension::APP, |f| &mut f.app),
        ("action", dimension::ACTION, |f| &mut f.action),
        ("status", dimension::STATUS, |f| &mut f.status),
        ("detector", dimension::DETECTOR, |f| &mut f.detector),
    ];
    for (name, dimension, field) in fields {
        if !field(&mut rest).is_empty() {
            let value = take(field(&mut rest))?;
            return rest.is_empty().then_some((name, dimension, value));
        }
    }
    if let ([subject], []) = (&rest.user.any[..], &rest.user.none[..]) {
        let value = subject.to_string();
        rest.user = Terms::default();
        return rest.is_empty().then_some(("user", dimension::USER, value));
    }
    if let ([severity], []) = (&rest.severity.any[..], &rest.severity.none[..]) {
        let value = severity.map_or("none", Severity::as_str).to_string();
        rest.severity = Terms::default();
        return rest.is_empty().then_some(("severity", dimension::SEVERITY, value));
    }
    None
}

/// How many events match, and whether that is exact; an upper bound where the rollups do not hold the answer.
pub async fn total(app: &App, filter: &EventFilter, window: Window) -> Result<(i64, bool), StoreError> {
    let (dimension, value, exact) = match single(filter) {
        Some((_, dimension, value)) => (dimension, value, true),
        None => (dimension::ALL, String::new(), filter.is_empty()),
    };
    let (own, rest) = rollups::merged_and_rest(app, window, dimension, &value).await?;
    let rest = count(&rest, Count::Events);
    Ok((count(&own, Count::Events) + rest, exact && rest == 0))
}

/// Events over time.
pub async fn histogram(app: &App, filter: &EventFilter, window: Window) -> Result<Histogram, StoreError> {
    let events = |lines: BTreeMap<String, Vec<Tally>>| -> Vec<rollups::Line> {
        lines
            .into_iter()
            .map(|(key, t)| rollups::Line {
                key,
                points: t.iter().map(|t| count(t, Count::Events)).collect(),
            })
            .collect()
    };
    let mut out = Histogram {
        from: window.from,
        to: window.to,
        bucket_seconds: window.bucket.as_secs(),
        buckets: rollups::buckets(window),
        exact: true,
        covered_from: None,
        by: "action",
        series: Vec::new(),
    };
    let mut alone = single(filter);
    if let Some((_, dimension, _)) = alone
        && rollups::merged(app, window, dimension, REST).await? != Tally::default()
    {
        // Some of this value's events may be among those not kept apart: they are counted one by one.
        alone = None;
    }
    if filter.is_empty() {
        out.series = events(series(app, window, dimension::ACTION, None, 0).await?);
    } else if let Some((name, dimension, value)) = alone {
        out.by = name;
        out.series = events(series(app, window, dimension, Some(value), 0).await?);
    } else {
        let (sampled, complete) = sample(app, filter, window).await?;
        out.exact = complete;
        out.covered_from = if complete { None } else { sampled.last().map(|e| e.occurred_at) };
        let mut lines: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for event in &sampled {
            let line = lines
                .entry(event.decision.action.as_str().to_string())
                .or_insert_with(|| vec![0; out.buckets.len()]);
            let index =
                (event.occurred_at.millis() - window.from.millis()) / window.bucket.as_millis() as i64;
            if let Some(slot) = usize::try_from(index).ok().and_then(|i| line.get_mut(i)) {
                *slot += 1;
            }
        }
        out.series = lines.into_iter().map(|(key, points)| rollups::Line { key, points }).collect();
    }
    Ok(out)
}
