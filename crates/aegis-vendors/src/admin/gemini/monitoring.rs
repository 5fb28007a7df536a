//! Usage from Cloud Monitoring: a series of points for each metric and set of labels, newest first.
//! Which metrics there are is asked first, because their names change as billing tiers are added. Each metric is one
//! item of the ledger, so that no row of one takes the place of another's.
//! `requests` come from the metrics by model only: calls by key and status are the same calls, counted as `calls`.

use super::{At, DAY, HOUR, MONITORING, onward};
use crate::admin::read::{Count, Time, json, utc};
use crate::admin::{Cursor, Page, Request, Row, Unreadable};
use aegis_domain::{Dimensions, Exact, LedgerKind, LedgerRow, Quantities, Timestamp, Window};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const GEMINI: &str = "generativelanguage.googleapis.com/";
const VERTEX: &str = "aiplatform.googleapis.com/publisher/online_serving/";
const CALLS: &str = "serviceruntime.googleapis.com/api/request_count";

/// A span on whole buckets.
#[derive(Serialize, Deserialize, Clone)]
pub struct Span {
    from: String,
    to: String,
    hourly: bool,
}

impl Span {
    /// The whole buckets that a window touches.
    pub fn of(window: Window) -> Self {
        let hourly = window.bucket <= HOUR;
        let bucket = if hourly { HOUR } else { DAY };
        Span { from: utc(window.from.floor(bucket)), to: utc(window.to.ceil(bucket)), hourly }
    }
}

/// What a metric counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// Input tokens of one billing tier.
    Input,
    Output,
    Requests,
    Searches,
    /// Tokens of Vertex AI; a label says which way.
    Vertex,
    VertexRequests,
    Calls,
}

/// What is known of a metric by its name: what it counts, the item it is in the ledger, its billing tier.
fn known(metric: &str) -> Option<(Counts, &str, Option<&str>)> {
    if metric == CALLS {
        return Some((Counts::Calls, "api_calls", None));
    }
    if let Some(name) = metric.strip_prefix(VERTEX) {
        return match name {
            "token_count" => Some((Counts::Vertex, "vertex_tokens", None)),
            "model_invocation_count" => Some((Counts::VertexRequests, "vertex_requests", None)),
            _ => None,
        };
    }
    let name = metric.strip_prefix(GEMINI)?;
    if name == "generate_content_usage_output_token_count" {
        return Some((Counts::Output, "output_tokens", None));
    }
    let quota = name.strip_prefix("quota/")?.strip_suffix("/usage")?;
    match quota {
        "generate_requests_per_model" => return Some((Counts::Requests, "requests", None)),
        "generate_content_search_request_usage" => return Some((Counts::Searches, "searches", None)),
        _ => {}
    }
    let tier = quota.strip_prefix("generate_content_")?.strip_suffix("_input_token_count")?;
    Some((Counts::Input, "input_tokens", Some(tier)))
}

/// The first places: which metrics there are, and the calls, which every project has.
pub fn open(span: &Span) -> Vec<At> {
    let metrics = |prefix: &str| At::Metrics { prefix: prefix.to_owned(), span: span.clone(), page: None };
    let calls = At::Series { metric: CALLS.to_owned(), span: span.clone(), page: None };
    vec![metrics(GEMINI), metrics(VERTEX), calls]
}

/// The cheapest call that needs the role.
pub fn probe(project: &str, now: Timestamp) -> Request {
    let (from, to) = (utc(now.minus(HOUR)), utc(now));
    let request = Request::get("monitoring", format!("/v3/projects/{project}/timeSeries"), MONITORING);
    let request = request.with("filter", format!("metric.type=\"{CALLS}\"")).with("interval.startTime", from);
    request.with("interval.endTime", to).with("view", "HEADERS").with("pageSize", 1)
}

/// The metrics whose names begin so.
pub fn descriptors(project: &str, prefix: &str, page: Option<String>) -> Request {
    let request = Request::get("monitoring", format!("/v3/projects/{project}/metricDescriptors"), MONITORING);
    let request = request.with("filter", format!("metric.type = starts_with(\"{prefix}\")"));
    page.iter().fold(request, |r, page| r.with("pageToken", page))
}

/// A page of a metric's series. A quota's usage is given once for each limit it has, with the same figures: the
/// largest of them is the usage.
pub fn series(project: &str, metric: &str, span: &Span, page: Option<String>) -> Request {
    let filter = match metric {
        CALLS => format!(
            "metric.type=\"{CALLS}\" AND resource.type=\"consumed_api\" AND resource.labels.service = \
             one_of(\"generativelanguage.googleapis.com\", \"aiplatform.googleapis.com\")"
        ),
        _ => format!("metric.type=\"{metric}\""),
    };
    let mut request = Request::get("monitoring", format!("/v3/projects/{project}/timeSeries"), MONITORING)
        .with("filter", filter)
        .with("interval.startTime", &span.from)
        .with("interval.endTime", &span.to)
        .with("aggregation.alignmentPeriod", if span.hourly { "3600s" } else { "86400s" })
        .with("aggregation.perSeriesAligner", "ALIGN_SUM");
    if metric.contains("/quota/") {
        request = request
            .with("aggregation.crossSeriesReducer", "REDUCE_MAX")
            .with("aggregation.groupByFields", "metric.labels.model")
            .with("aggregation.groupByFields", "resource.labels.location");
    }
    page.iter()
        .fold(request.with("view", "FULL").with("pageSize", 10_000), |r, page| r.with("pageToken", page))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptors {
    #[serde(default)]
    metric_descriptors: Vec<Descriptor>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Descriptor {
    #[serde(rename = "type")]
    metric: String,
}

/// Each metric that is known leads to its series.
pub fn read_descriptors(
    body: &[u8],
    prefix: String,
    span: Span,
    page: Option<String>,
) -> Result<Page, Unreadable> {
    let read: Descriptors = json(body)?;
    let next = onward(None, read.next_page_token, page.as_deref())?;
    let mut places: Vec<At> = Vec::new();
    for descriptor in read.metric_descriptors {
        if known(&descriptor.metric).is_some() && descriptor.metric.starts_with(&prefix) {
            places.push(At::Series { metric: descriptor.metric, span: span.clone(), page: None });
        }
    }
    let mut page = Page::default();
    if places.is_empty() && next.is_none() && prefix == GEMINI {
        page.notes.push("the project has no metric of the Gemini API that is known".to_owned());
    }
    places.extend(next.map(|token| At::Metrics { prefix, span, page: Some(token) }));
    page.next = places.iter().map(Cursor::new).collect();
    Ok(page)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    #[serde(default)]
    time_series: Vec<Series>,
    next_page_token: Option<String>,
    #[serde(default)]
    execution_errors: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Series {
    #[serde(default)]
    metric: Labelled,
    #[serde(default)]
    resource: Labelled,
    #[serde(default)]
    points: Vec<Point>,
}

#[derive(Deserialize, Default)]
struct Labelled {
    #[serde(default)]
    labels: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Point {
    interval: Interval,
    value: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Interval {
    start_time: Option<Time>,
    end_time: Time,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Value {
    int64_value: Option<Count>,
    double_value: Option<Count>,
}

/// The rows of a page of series. An answer that says it is incomplete is refused.
pub fn read_series(
    body: &[u8],
    metric: String,
    span: Span,
    page: Option<String>,
) -> Result<Page, Unreadable> {
    let list: List = json(body)?;
    if !list.execution_errors.is_empty() {
        return Err(Unreadable::Incomplete(format!("{metric} could not be read whole")));
    }
    let next = onward(None, list.next_page_token, page.as_deref())?;
    let mut rows = Vec::new();
    for series in &list.time_series {
        for point in &series.points {
            rows.extend(row(&metric, series, point, span.hourly).map(Row::Ledger));
        }
    }
    let next = next.map(|token| At::Series { metric, span, page: Some(token) });
    Ok(Page::of(rows, next.iter().map(Cursor::new)))
}

fn row(metric: &str, series: &Series, point: &Point, hourly: bool) -> Option<LedgerRow> {
    let (counts, item, tier) = known(metric)?;
    let count = point.value.int64_value.or(point.value.double_value)?;
    let bucket = if hourly { HOUR } else { DAY };
    let to = point.interval.end_time.0;
    let from = point.interval.start_time.map_or(to.minus(bucket), |t| t.0);
    let (own, place) = (&series.metric.labels, &series.resource.labels);
    let label =
        |labels: &BTreeMap<String, String>, name: &str| labels.get(name).filter(|v| !v.is_empty()).cloned();
    let key = label(place, "credential_id");
    let kept = ["output_modality", "thinking_enabled", "type", "request_type", "response_code", "protocol"];
    let kept = kept.iter().filter_map(|name| Some(((*name).to_owned(), label(own, name)?)));
    let placed = ["service", "method", "version", "publisher", "model_version_id"];
    let placed = placed.iter().filter_map(|name| Some(((*name).to_owned(), label(place, name)?)));
    let apikey = key.as_deref().and_then(|k| k.strip_prefix("apikey:"));
    let caller = if apikey.is_none() { key.clone() } else { None };
    let grpc = label(own, "grpc_status_code").map(|code| ("grpc_status_code".to_owned(), code));
    Some(LedgerRow {
        kind: LedgerKind::Usage,
        from,
        to,
        dimensions: Dimensions {
            model: label(own, "model").or(label(place, "model_user_id")),
            project: label(place, "project_id"),
            user: caller,
            api_key: apikey.map(str::to_owned),
            item: Some(item.to_owned()),
            tier: tier.map(str::to_owned),
            region: label(place, "location"),
            other: kept.chain(placed).chain(grpc).collect(),
        },
        quantities: quantities(counts, count, own.get("type").map(String::as_str)),
        money: None,
        estimate: false,
    })
}

fn quantities(counts: Counts, count: Count, way: Option<&str>) -> Quantities {
    let nothing = Quantities::default();
    let unit = |unit: &str| Quantities {
        other: BTreeMap::from([(unit.to_owned(), Exact::from(count))]),
        ..Quantities::default()
    };
    match (counts, way) {
        (Counts::Input, _) | (Counts::Vertex, Some("input")) => {
            Quantities { input_tokens: Some(count.0), ..nothing }
        }
        (Counts::Output, _) | (Counts::Vertex, Some("output")) => {
            Quantities { output_tokens: Some(count.0), ..nothing }
        }
        (Counts::Vertex, _) => unit("tokens"),
        (Counts::Requests | Counts::VertexRequests, _) => Quantities { requests: Some(count.0), ..nothing },
        (Counts::Searches, _) => unit("searches"),
        (Counts::Calls, _) => unit("calls"),
    }
}
