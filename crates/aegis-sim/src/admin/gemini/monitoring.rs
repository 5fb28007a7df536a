//! Cloud Monitoring: `timeSeries` and `metricDescriptors`. Points come newest first; an interval's start is exclusive
//! and its end inclusive, so that a minute belongs to the point that ends with it; empty fields are absent.

use super::tokens::{about, allow};
use super::{PROJECT, PROJECT_NUMBER, VENDOR, google_page, invalid};
use crate::admin::Admin;
use crate::admin::paging;
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok};
use crate::admin::when;
use crate::admin::world::{Burst, Part};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const GENERATIVE: &str = "generativelanguage.googleapis.com";
const OUTPUT: &str = "generativelanguage.googleapis.com/generate_content_usage_output_token_count";
const INPUT_PAID: &str =
    "generativelanguage.googleapis.com/quota/generate_content_paid_tier_input_token_count/usage";
const INPUT_PAID_2: &str =
    "generativelanguage.googleapis.com/quota/generate_content_paid_tier_2_input_token_count/usage";
const INPUT_PAID_3: &str =
    "generativelanguage.googleapis.com/quota/generate_content_paid_tier_3_input_token_count/usage";
const INPUT_FREE: &str =
    "generativelanguage.googleapis.com/quota/generate_content_free_tier_input_token_count/usage";
const REQUESTS: &str = "generativelanguage.googleapis.com/quota/generate_requests_per_model/usage";
const CALLS: &str = "serviceruntime.googleapis.com/api/request_count";
const VERTEX: &str = "aiplatform.googleapis.com/publisher/online_serving/token_count";
const VERTEX_CALLS: &str = "aiplatform.googleapis.com/publisher/online_serving/model_invocation_count";
const METRICS: [&str; 9] =
    [OUTPUT, INPUT_PAID, INPUT_PAID_2, INPUT_PAID_3, INPUT_FREE, REQUESTS, CALLS, VERTEX, VERTEX_CALLS];

/// The project rose from the first paid tier to the second at this instant, 2026-10-01.
const TIER_2_SINCE: i64 = 1_790_812_800;
/// Points on a page at most, and points of one series.
const MAX_POINTS: usize = 100_000;

/// Labels of a metric and of its resource.
type Labels = (BTreeMap<&'static str, String>, BTreeMap<&'static str, String>);

/// What is asked for.
struct Query {
    metric: &'static str,
    /// Conditions on labels, by their full names.
    equals: Vec<(String, String)>,
    from: i64,
    to: i64,
    period: i64,
    /// Labels that remain where series are added up.
    reduce: Option<Vec<String>>,
    headers_only: bool,
}

/// Pairs of `name = "value"` in a filter, whatever stands between them.
pub(super) fn conditions(filter: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = filter;
    while let Some((head, tail)) = rest.split_once('=') {
        let name = head.rsplit(|c: char| c.is_whitespace() || c == '(').find(|w| !w.is_empty()).unwrap_or("");
        let name = name.trim_end_matches(['>', '<', '!']);
        let Some((_, quoted)) = tail.split_once('"') else { break };
        let Some((value, after)) = quoted.split_once('"') else { break };
        pairs.push((name.to_owned(), value.to_owned()));
        rest = after;
    }
    pairs
}

fn read(params: &Params) -> Result<Query, Response> {
    let equals = conditions(params.get("filter").unwrap_or(""));
    let metric = equals.iter().find(|(name, _)| name == "metric.type").map(|(_, value)| value.as_str());
    let Some(metric) = metric.and_then(|m| METRICS.iter().find(|known| **known == m)) else {
        return Err(invalid(
            "Field filter had an invalid value: The filter must name exactly one known metric.type.",
        ));
    };
    let instant = |name: &str| {
        params
            .instant(name)
            .ok()
            .flatten()
            .ok_or_else(|| invalid(&format!("Field {name} had an invalid value.")))
    };
    let (from, to) = (instant("interval.startTime")?, instant("interval.endTime")?);
    let period = match params.get("aggregation.alignmentPeriod") {
        None => 60,
        Some(text) => text
            .strip_suffix('s')
            .and_then(|s| s.parse().ok())
            .filter(|s| (60..=86_400 * 366).contains(s) && s % 60 == 0)
            .ok_or_else(|| invalid("Field aggregation.alignmentPeriod had an invalid value."))?,
    };
    if from > to || (to - from) / period > MAX_POINTS as i64 {
        return Err(invalid(
            "Field interval had an invalid value: the interval is empty or has too many points.",
        ));
    }
    let reduced = params.get("aggregation.crossSeriesReducer").is_some_and(|r| r == "REDUCE_SUM");
    let fields = params
        .list("aggregation.groupByFields")
        .into_iter()
        .map(|f| f.replace(".label.", ".labels."))
        .collect();
    let headers_only = params.get("view") == Some("HEADERS");
    let equals = equals.into_iter().filter(|(name, _)| name != "metric.type").collect();
    Ok(Query { metric, equals, from, to, period, reduce: reduced.then_some(fields), headers_only })
}

/// What a burst adds to a metric, and under which labels.
fn value(admin: &Admin, metric: &str, burst: &Burst) -> Option<(u64, Labels)> {
    let model = VENDOR.models[burst.dims.model].id.to_owned();
    let location: BTreeMap<&str, String> = BTreeMap::from([
        ("project_id", PROJECT.into()),
        ("location", "global".into()),
        ("resource_container", format!("projects/{PROJECT_NUMBER}")),
    ]);
    let by_model = |n: u64| Some((n, (BTreeMap::from([("model", model.clone())]), location.clone())));
    let second = burst.at >= TIER_2_SINCE;
    match metric {
        OUTPUT => {
            let labels = BTreeMap::from([
                ("model", model),
                ("output_modality", "text".into()),
                ("thinking_enabled", "true".into()),
            ]);
            Some((burst.tally.count(Part::Output), (labels, location)))
        }
        INPUT_PAID if !second => by_model(burst.tally.all_input()),
        INPUT_PAID_2 if second => by_model(burst.tally.all_input()),
        REQUESTS => by_model(burst.tally.requests),
        CALLS => {
            let key = burst
                .dims
                .key
                .map(|k| admin.account(&VENDOR).directory.key(k).into_owned())
                .unwrap_or_default();
            let labels = BTreeMap::from([
                ("response_code", "200".to_owned()),
                ("response_code_class", "2xx".into()),
                ("protocol", "http".into()),
                ("grpc_status_code", "0".into()),
            ]);
            let resource = BTreeMap::from([
                ("project_id", PROJECT.to_owned()),
                ("service", GENERATIVE.into()),
                ("method", "google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent".into()),
                ("version", "v1beta".into()),
                ("location", "global".into()),
                ("credential_id", format!("apikey:{key}")),
            ]);
            Some((burst.tally.requests, (labels, resource)))
        }
        _ => None,
    }
}

/// Labels that remain after adding up, and whether the conditions hold.
fn shown(query: &Query, (metric, resource): Labels) -> Option<Labels> {
    let full = |kind: &str, name: &str| format!("{kind}.labels.{name}");
    let holds = query.equals.iter().all(|(name, wanted)| {
        let name = name.replace(".label.", ".labels.");
        let find = |kind: &str, labels: &BTreeMap<&str, String>| {
            labels.iter().find(|(k, _)| full(kind, k) == name).is_some_and(|(_, v)| v == wanted)
        };
        name == "resource.type" || find("metric", &metric) || find("resource", &resource)
    });
    if !holds {
        return None;
    }
    let Some(fields) = &query.reduce else { return Some((metric, resource)) };
    let keep = |kind: &'static str, labels: BTreeMap<&'static str, String>| {
        labels.into_iter().filter(|(k, _)| fields.contains(&full(kind, k)) || *k == "project_id").collect()
    };
    Some((keep("metric", metric), keep("resource", resource)))
}

pub(super) async fn time_series(
    State(admin): State<Admin>,
    Path(project): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, "monitoring", "monitoring.timeSeries.list")?;
    about(&project)?;
    let query = read(&params)?;
    let mut series: BTreeMap<Labels, BTreeMap<i64, u64>> = BTreeMap::new();
    admin.account(&VENDOR).bursts(query.from, query.to, admin.usage(), None, &mut |burst| {
        let Some((n, labels)) = value(&admin, query.metric, burst) else { return };
        if let Some(labels) = shown(&query, labels) {
            // Periods are counted back from the end.
            let end = query.to - (query.to - burst.at - 1).div_euclid(query.period) * query.period;
            *series.entry(labels).or_default().entry(end).or_default() += n;
        }
    });
    let points: Vec<(Labels, i64, u64)> = series
        .into_iter()
        .flat_map(|(labels, points)| {
            points.into_iter().rev().map(move |(end, n)| (labels.clone(), end, n)).collect::<Vec<_>>()
        })
        .collect();
    let size =
        params.within("pageSize", MAX_POINTS, 1, usize::MAX).map_err(|_| invalid("Invalid page size."))?;
    let bad = || invalid("Field pageToken had an invalid value.");
    let start =
        params.get("pageToken").map(|t| paging::read_token(t).ok_or_else(bad)).transpose()?.unwrap_or(0);
    let part = paging::offset(&points, start as usize, size.min(MAX_POINTS));
    let mut body = json!({"unit": "1"});
    let list = lists(&query, part.items);
    if !list.is_empty() {
        body["timeSeries"] = list.into();
    }
    if part.more {
        body["nextPageToken"] = paging::token(start + part.items.len() as i64).into();
    }
    Ok(ok(body))
}

/// Points of the same series, one behind the other, become one entry.
fn lists(query: &Query, points: &[(Labels, i64, u64)]) -> Vec<Value> {
    let mut out: Vec<(&Labels, Vec<Value>)> = Vec::new();
    for (labels, end, n) in points {
        let interval =
            json!({"startTime": when::rfc3339(end - query.period), "endTime": when::rfc3339(*end)});
        let point = json!({"interval": interval, "value": {"int64Value": n.to_string()}});
        match out.last_mut() {
            Some((last, points)) if *last == labels => points.push(point),
            _ => out.push((labels, vec![point])),
        }
    }
    let resource =
        if query.metric == CALLS { "consumed_api" } else { "generativelanguage.googleapis.com/Location" };
    let labels = |l: &BTreeMap<&str, String>| {
        l.iter().map(|(k, v)| ((*k).to_owned(), v.as_str().into())).collect::<Map<_, Value>>()
    };
    out.into_iter()
        .map(|((metric, place), points)| {
            let mut entry = json!({
                "metric": {"type": query.metric, "labels": labels(metric)},
                "resource": {"type": resource, "labels": labels(place)},
                "metricKind": "DELTA", "valueType": "INT64",
            });
            if !query.headers_only {
                entry["points"] = points.into();
            }
            entry
        })
        .collect()
}

pub(super) async fn descriptors(
    State(admin): State<Admin>,
    Path(project): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, "monitoring", "monitoring.metricDescriptors.list")?;
    about(&project)?;
    let prefix = params.get("filter").and_then(|f| f.split('"').nth(1)).unwrap_or("").to_owned();
    let items: Vec<Value> = METRICS
        .iter()
        .filter(|m| m.starts_with(&prefix))
        .map(|m| {
            json!({"name": format!("projects/{PROJECT}/metricDescriptors/{m}"), "type": m, "metricKind": "DELTA",
                   "valueType": "INT64", "unit": "1", "description": "", "displayName": m, "labels": []})
        })
        .collect();
    let (page, next) = google_page(&items, &params, 10_000, 10_000)?;
    let mut body = json!({"metricDescriptors": page});
    if let Some(next) = next {
        body["nextPageToken"] = next.into();
    }
    Ok(ok(body))
}
