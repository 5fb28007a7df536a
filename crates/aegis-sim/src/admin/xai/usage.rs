//! `POST …/usage`: dollars by interval, in all or by description. Rows that do not fit are dropped, with a flag.

use super::{VENDOR, allow, bad};
use crate::admin::Admin;
use crate::admin::money::{self, UNITS};
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY, HOUR, MINUTE};
use crate::admin::world::Part;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Points in one answer; the vendor does not say its own.
const MAX_POINTS: usize = 5_000;

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "analyticsRequest")]
    request: Request,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    time_range: TimeRange,
    time_unit: String,
    values: Vec<Wanted>,
    #[serde(default)]
    group_by: Vec<String>,
    #[serde(default)]
    filters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TimeRange {
    start_time: String,
    end_time: String,
    timezone: String,
}

#[derive(Deserialize)]
struct Wanted {
    name: String,
    aggregation: String,
}

/// `YYYY-MM-DD HH:MM:SS`.
fn instant(text: &str) -> Result<i64, Response> {
    let written = format!("{}Z", text.replacen(' ', "T", 1));
    when::parse(&written).ok_or_else(|| bad("timeRange must be written YYYY-MM-DD HH:MM:SS"))
}

pub(super) async fn usage(
    State(admin): State<Admin>,
    Path(team): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    allow(&admin, &headers, &team, "billing")?;
    let body: Body = serde_json::from_slice(&body).map_err(|_| bad("analyticsRequest cannot be read"))?;
    let request = body.request;
    if !["Etc/GMT", "UTC", "Etc/UTC"].contains(&request.time_range.timezone.as_str()) {
        return Err(bad("timezone is not known here: use Etc/GMT"));
    }
    let (from, to) = (instant(&request.time_range.start_time)?, instant(&request.time_range.end_time)?);
    let usd = |w: &Wanted| w.name == "usd" && w.aggregation == "AGGREGATION_SUM";
    if from >= to || request.values.is_empty() || !request.values.iter().all(usd) {
        return Err(bad("values: only usd with AGGREGATION_SUM is known"));
    }
    let grouped = match request.group_by.as_slice() {
        [] => false,
        [one] if one == "description" => true,
        _ => return Err(bad("groupBy: only description is known")),
    };
    let directory = &admin.account(&VENDOR).directory;
    let mut keys = Vec::new();
    for filter in &request.filters {
        let id =
            filter.strip_prefix("api_key_id:").ok_or_else(|| bad("filters: only api_key_id is known"))?;
        keys.push(directory.keys.iter().position(|k| k.id == id));
    }
    let starts = starts(&request.time_unit, from, to)?;
    let mut series: BTreeMap<String, BTreeMap<usize, i64>> = BTreeMap::new();
    admin.account(&VENDOR).bursts(from, to, admin.cost(), None, &mut |burst| {
        if !keys.is_empty() && !keys.contains(&burst.dims.key) {
            return;
        }
        let place = starts.partition_point(|s| *s <= burst.at).saturating_sub(1);
        for part in Part::ALL.into_iter().filter(|p| burst.tally.count(*p) > 0) {
            let group = if grouped { description(burst.dims.model, part) } else { String::new() };
            *series.entry(group).or_default().entry(place).or_default() += burst.tally.cost(part);
        }
    });
    if !grouped && series.is_empty() {
        series.insert(String::new(), BTreeMap::new());
    }
    Ok(ok(answer(&starts, series, grouped, request.values.len())))
}

fn answer(
    starts: &[i64],
    series: BTreeMap<String, BTreeMap<usize, i64>>,
    grouped: bool,
    values: usize,
) -> Value {
    // At least one whole series or a part of one: an answer is never empty for its size.
    let fit = (MAX_POINTS / starts.len().max(1)).max(1);
    let shown = starts.len().min(MAX_POINTS);
    let limit_reached = series.len() > fit || shown < starts.len();
    let series: Vec<Value> = series
        .into_iter()
        .take(fit)
        .map(|(group, sums)| {
            let point = |n: usize| {
                let value = money::number(sums.get(&n).copied().unwrap_or(0), UNITS);
                json!({"timestamp": when::rfc3339(starts[n]), "values": vec![value; values]})
            };
            let mut one = json!({"dataPoints": (0..shown).map(point).collect::<Vec<_>>()});
            if grouped {
                one["group"] = json!([group]);
                one["groupLabels"] = json!([group]);
            }
            one
        })
        .collect();
    json!({"timeSeries": series, "limitReached": limit_reached})
}

/// What the vendor calls a kind of token of a model.
pub(super) fn description(model: usize, part: Part) -> String {
    let kind = match part {
        Part::Cached => "cached text prompt",
        Part::Output => "text completion",
        _ => "text prompt",
    };
    format!("{} {kind}", VENDOR.models[model].id)
}

/// The first second of every interval.
fn starts(unit: &str, from: i64, to: i64) -> Result<Vec<i64>, Response> {
    let width = match unit {
        "TIME_UNIT_NONE" => return Ok(vec![from]),
        "TIME_UNIT_MONTH" => return Ok(months(from, to)),
        "TIME_UNIT_DAY" => DAY,
        "TIME_UNIT_HOUR" => HOUR,
        "TIME_UNIT_QUARTER_HOUR" => 15 * MINUTE,
        "TIME_UNIT_MINUTE" => MINUTE,
        _ => return Err(bad("timeUnit is not known here")),
    };
    let first = when::floor(from, width);
    let count = ((to - first + width - 1) / width).min(MAX_POINTS as i64 * 4);
    Ok((0..count).map(|n| first + n * width).collect())
}

fn months(from: i64, to: i64) -> Vec<i64> {
    let (mut starts, mut at) = (Vec::new(), from);
    while at < to && starts.len() < MAX_POINTS {
        let (year, month, _) = when::civil(at);
        let Some((first, next)) = when::month(year, month) else { break };
        starts.push(first);
        at = next;
    }
    starts
}
