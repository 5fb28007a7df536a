//! Azure Monitor's metrics of one resource. Both families, the classic and the Foundry one, show the same traffic.
//! A bucket without data has a zero or no `total` at all; series beyond `top` disappear without a word.

use super::entra::allow;
use super::{Call, REGION, VENDOR, bad, deployment, find, resource};
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY, HOUR, MINUTE};
use crate::admin::world::{Dims, Part, Tally};
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Metrics in one call at most.
const MAX_METRICS: usize = 20;
/// Points of a series at most.
const MAX_POINTS: i64 = 50_000;
/// Series returned where `top` does not say.
const TOP: usize = 10;

/// Name, title, and whether it counts requests, input, output or both.
const METRICS: &[(&str, &str, Counts)] = &[
    ("AzureOpenAIRequests", "Azure OpenAI Requests", Counts::Requests),
    ("ProcessedPromptTokens", "Processed Prompt Tokens", Counts::Input),
    ("GeneratedTokens", "Generated Completion Tokens", Counts::Output),
    ("TokenTransaction", "Processed Inference Tokens", Counts::Tokens),
    ("ModelRequests", "Model Requests", Counts::Requests),
    ("InputTokens", "Input Tokens", Counts::Input),
    ("OutputTokens", "Output Tokens", Counts::Output),
    ("TotalTokens", "Total Tokens", Counts::Tokens),
    ("RAIRejectedRequests", "Blocked Volume", Counts::Nothing),
    ("RAIHarmfulRequests", "Harmful Volume Detected", Counts::Nothing),
    ("RAITotalRequests", "Total Volume Sent For Safety Check", Counts::Requests),
];

#[derive(Clone, Copy)]
enum Counts {
    Requests,
    Input,
    Output,
    Tokens,
    Nothing,
}

impl Counts {
    fn of(self, tally: &Tally) -> u64 {
        match self {
            Counts::Requests => tally.requests,
            Counts::Input => tally.all_input(),
            Counts::Output => tally.count(Part::Output),
            Counts::Tokens => tally.all_input() + tally.count(Part::Output),
            Counts::Nothing => 0,
        }
    }
}

/// A dimension of a filter, and the value it must have, unless any will do.
type Condition = (String, Option<String>);

pub(super) fn metrics(call: &Call, name: &str) -> Answer {
    allow(call.admin, call.headers, "monitor", "Microsoft.Insights/metrics/read")?;
    let project = find(call, name)?;
    let names: Vec<&str> = call.params.get("metricnames").unwrap_or("").split(',').map(str::trim).collect();
    if names.len() > MAX_METRICS {
        return Err(bad("At most 20 metrics can be asked for at once."));
    }
    let (from, to) = timespan(call)?;
    let interval = call.params.get("interval").unwrap_or("PT1M");
    let width = match interval {
        "PT1M" => MINUTE,
        "PT5M" => 5 * MINUTE,
        "PT15M" => 15 * MINUTE,
        "PT1H" => HOUR,
        "P1D" => DAY,
        "FULL" => (to - from).max(MINUTE),
        _ => return Err(bad("Detected invalid time grain input.")),
    };
    if (to - from) / width > MAX_POINTS {
        return Err(bad("The time grain is too fine for the timespan."));
    }
    let conditions = conditions(call.params.get("$filter").unwrap_or(""))?;
    let top = call.params.within("top", TOP, 1, 100_000).map_err(|_| bad("top must be a number"))?;
    let mut value = Vec::new();
    for name in names {
        let Some((name, title, counts)) = METRICS.iter().find(|m| m.0.eq_ignore_ascii_case(name)) else {
            return Err(bad(&format!("Failed to find metric configuration for metric: {name}")));
        };
        let mut series = series(call, project, (from, to, width), &conditions, *counts);
        if !conditions.is_empty() {
            series.truncate(top);
        }
        value.push(json!({
            "id": format!("{}/providers/Microsoft.Insights/metrics/{name}", resource(call.admin, project)),
            "type": "Microsoft.Insights/metrics", "name": {"value": name, "localizedValue": title},
            "displayDescription": title, "unit": "Count", "timeseries": series, "errorCode": "Success",
        }));
    }
    Ok(ok(json!({
        "cost": (to - from) / MINUTE, "timespan": format!("{}/{}", when::rfc3339(from), when::rfc3339(to)),
        "interval": interval, "namespace": "Microsoft.CognitiveServices/accounts", "resourceregion": REGION, "value": value,
    })))
}

fn timespan(call: &Call) -> Result<(i64, i64), Response> {
    let wrong = || bad("Invalid timespan: expected start/end.");
    let Some(text) = call.params.get("timespan") else {
        return Ok((call.admin.now() - HOUR, call.admin.now()));
    };
    let (from, to) = text.split_once('/').ok_or_else(wrong)?;
    let (from, to) = (when::parse(from).ok_or_else(wrong)?, when::parse(to).ok_or_else(wrong)?);
    if from >= to { Err(wrong()) } else { Ok((from, to)) }
}

fn conditions(filter: &str) -> Result<Vec<Condition>, Response> {
    let wrong = || bad("Invalid filter: expected Name eq 'value' and …");
    if filter.trim().is_empty() {
        return Ok(Vec::new());
    }
    filter
        .split(" and ")
        .map(|one| {
            let (name, value) = one.split_once(" eq ").ok_or_else(wrong)?;
            let value = value.trim().trim_matches('\'');
            Ok((name.trim().to_lowercase(), (value != "*").then(|| value.to_owned())))
        })
        .collect()
}

/// A dimension's value; the names are as filters have them, in lower case.
fn dimension(name: &str, dims: &Dims) -> String {
    let model = &VENDOR.models[dims.model];
    match name {
        "modeldeploymentname" => deployment(dims.model),
        "modelname" => model.id,
        "modelversion" => model.name,
        "statuscode" => "200",
        "region" => REGION,
        "apiname" => "Azure OpenAI ChatCompletions API",
        "operationname" => "ChatCompletions_Create",
        "streamtype" => "Streaming",
        _ => "",
    }
    .to_owned()
}

fn series(
    call: &Call,
    project: usize,
    (from, to, width): (i64, i64, i64),
    conditions: &[Condition],
    counts: Counts,
) -> Vec<Value> {
    let mut series: BTreeMap<Vec<String>, BTreeMap<i64, u64>> = BTreeMap::new();
    if conditions.is_empty() {
        series.insert(Vec::new(), BTreeMap::new());
    }
    call.admin.account(&VENDOR).bursts(from, to, call.admin.usage(), None, &mut |burst| {
        let labels: Vec<String> = conditions.iter().map(|(name, _)| dimension(name, &burst.dims)).collect();
        let fits = conditions
            .iter()
            .zip(&labels)
            .all(|((_, wanted), label)| wanted.as_ref().is_none_or(|w| w == label));
        if burst.dims.project == project && fits {
            let at = from + (burst.at - from).div_euclid(width) * width;
            *series.entry(labels).or_default().entry(at).or_default() += counts.of(&burst.tally);
        }
    });
    let named =
        |name: &str, value: &str| json!({"name": {"value": name, "localizedValue": name}, "value": value});
    series
        .into_iter()
        .map(|(labels, points)| {
            let metadata: Vec<Value> =
                conditions.iter().zip(&labels).map(|((n, _), v)| named(n, v)).collect();
            json!({"metadatavalues": metadata, "data": data(from, to, width, &points)})
        })
        .collect()
}

/// One point for every interval; each second idle one says nothing.
fn data(from: i64, to: i64, width: i64, points: &BTreeMap<i64, u64>) -> Vec<Value> {
    let count = (to - from + width - 1) / width;
    (0..count)
        .map(|n| {
            let at = from + n * width;
            let stamp = when::rfc3339(at);
            match points.get(&at) {
                Some(total) => json!({"timeStamp": stamp, "total": *total as f64}),
                None if n % 2 == 1 => json!({"timeStamp": stamp}),
                None => json!({"timeStamp": stamp, "total": 0.0}),
            }
        })
        .collect()
}
