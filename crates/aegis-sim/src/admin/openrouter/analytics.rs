//! `POST /analytics/query` and the list of what it knows. Two dimensions at most; what does not fit under the limit is
//! lost, and said so by `truncated`.

use super::{BYOK, PROVIDERS, VENDOR, allow, charged, error, generations};
use crate::admin::Admin;
use crate::admin::money::{self, UNITS};
use crate::admin::paging::Buckets;
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY, HOUR, MINUTE};
use crate::admin::world::{By, Dims, Group, Part, Tally};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

const METRICS: &[&str] = &[
    "request_count",
    "tokens_total",
    "tokens_prompt",
    "tokens_completion",
    "reasoning_tokens",
    "cached_tokens",
    "byok_request_count",
    "total_usage",
    "credits_usage",
    "byok_usage",
];
const DIMENSIONS: &[&str] = &["model", "api_key_id", "user", "workspace", "provider", "generation_id"];
const GRANULARITIES: &[(&str, i64)] = &[("minute", MINUTE), ("hour", HOUR), ("day", DAY)];
/// Days that can be asked for at most.
const MAX_DAYS: i64 = 366;

#[derive(Deserialize)]
struct Query {
    metrics: Vec<String>,
    #[serde(default)]
    dimensions: Vec<String>,
    granularity: Option<String>,
    time_range: Option<TimeRange>,
    #[serde(default)]
    filters: Vec<Filter>,
    limit: Option<usize>,
}

#[derive(Deserialize)]
struct TimeRange {
    start: String,
    end: String,
}

#[derive(Deserialize)]
struct Filter {
    field: String,
    operator: String,
    value: Value,
}

pub(super) async fn meta(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers)?;
    let label = |name: &&str| name.replace('_', " ");
    let metric = |name: &&str| {
        let format = if name.ends_with("usage") { "currency" } else { "number" };
        json!({"name": name, "display_label": label(name), "display_format": format, "is_rate": false})
    };
    let named = |name: &&str| json!({"name": name, "display_label": label(name)});
    let operators = json!([{"name": "eq", "value_type": "scalar"}, {"name": "neq", "value_type": "scalar"},
        {"name": "in", "value_type": "array"}, {"name": "not_in", "value_type": "array"}]);
    let granularities: Vec<Value> = GRANULARITIES.iter().map(|g| named(&g.0)).collect();
    Ok(ok(json!({"data": {
        "metrics": METRICS.iter().map(metric).collect::<Vec<_>>(),
        "dimensions": DIMENSIONS.iter().map(named).collect::<Vec<_>>(),
        "operators": operators,
        "granularities": granularities,
    }})))
}

fn bad() -> Response {
    error(400, "Invalid request parameters")
}

pub(super) async fn query(State(admin): State<Admin>, headers: HeaderMap, body: Bytes) -> Answer {
    allow(&admin, &headers)?;
    let query: Query = serde_json::from_slice(&body).map_err(|_| bad())?;
    let limit = query.limit.unwrap_or(1_000);
    let known = query.metrics.iter().all(|m| METRICS.contains(&m.as_str()))
        && query.dimensions.iter().all(|d| DIMENSIONS.contains(&d.as_str()));
    let sized = !query.metrics.is_empty() && query.dimensions.len() <= 2 && query.filters.len() <= 20;
    if !known || !sized || !(1..=10_000).contains(&limit) {
        return Err(bad());
    }
    let range = range(&admin, &query)?;
    let (mut rows, warnings) = rows(&admin, &query, range)?;
    let truncated = rows.len() > limit;
    rows.truncate(limit);
    let metadata = json!({"query_time_ms": 42, "row_count": rows.len(), "truncated": truncated});
    let mut data = json!({"data": rows, "metadata": metadata});
    if query.granularity.is_some() {
        data["cachedAt"] = (admin.now() * 1000).into();
    }
    if !warnings.is_empty() {
        data["warnings"] = warnings.into();
    }
    Ok(ok(json!({"data": data})))
}

fn range(admin: &Admin, query: &Query) -> Result<(i64, i64), Response> {
    let now = admin.now();
    let (from, to) = match &query.time_range {
        None => (now - 7 * DAY, now),
        Some(r) => (when::parse(&r.start).ok_or_else(bad)?, when::parse(&r.end).ok_or_else(bad)?),
    };
    let minutes = query.granularity.as_deref() == Some("minute");
    if from >= to || to - from > MAX_DAYS * DAY || (minutes && to - from > 3 * HOUR) {
        return Err(bad());
    }
    Ok((from, to))
}

fn rows(admin: &Admin, query: &Query, (from, to): (i64, i64)) -> Result<(Vec<Value>, Vec<String>), Response> {
    let width = match query.granularity.as_deref() {
        None => None,
        Some(name) => Some(GRANULARITIES.iter().find(|g| g.0 == name).ok_or_else(bad)?),
    };
    let has = |name: &str| query.dimensions.iter().any(|d| d == name);
    // Always by model, because what is charged where depends on it; summed again below where nobody asked.
    let by = By {
        model: true,
        key: has("api_key_id"),
        user: has("user"),
        project: has("workspace"),
        batch: false,
    };
    let (keep, warnings) = filters(admin, &query.filters)?;
    let account = admin.account(&VENDOR);
    let buckets = match width {
        None => vec![(from, to)],
        Some((_, width)) => Buckets::page(from, to, *width, usize::MAX >> 20, None).iter().collect(),
    };
    let mut rows: Vec<Value> = Vec::new();
    for (start, end) in buckets {
        let range = (start.max(from), end.min(to));
        let groups = if has("generation_id") {
            generations::between(admin, range, &keep)
        } else {
            account
                .sums(range, admin.usage(), by, None, &|d| keep(d).then_some(*d))
                .into_iter()
                .map(|(g, t)| (String::new(), g, t))
                .collect()
        };
        let mut of_bucket: Vec<(Map<String, Value>, Sums)> = Vec::new();
        for (id, group, tally) in &groups {
            let mut names = Map::new();
            if let Some((name, _)) = width {
                names.insert(format!("date__{name}"), when::millis(start).into());
            }
            for dimension in &query.dimensions {
                names.insert(dimension.clone(), name(admin, dimension, id, group).into());
            }
            let place = of_bucket.iter().position(|(n, _)| *n == names);
            let place = place.unwrap_or_else(|| {
                of_bucket.push((names, Sums::default()));
                of_bucket.len() - 1
            });
            of_bucket[place].1.enter(group.model.unwrap_or_default(), tally);
        }
        rows.extend(of_bucket.into_iter().map(|(mut row, sums)| {
            for metric in &query.metrics {
                row.insert(metric.clone(), sums.metric(metric));
            }
            Value::Object(row)
        }));
    }
    Ok((rows, warnings))
}

/// A dimension's display name.
fn name(admin: &Admin, dimension: &str, id: &str, group: &Group) -> String {
    let directory = &admin.account(&VENDOR).directory;
    let model = group.model.unwrap_or_default();
    match dimension {
        "model" => VENDOR.models[model].id.into(),
        "provider" => PROVIDERS[model % PROVIDERS.len()].0.into(),
        "api_key_id" => {
            group.key.and_then(|k| directory.keys.get(k)).map(|k| k.name.clone()).unwrap_or_default()
        }
        "user" => {
            group.user.and_then(|u| directory.members.get(u)).map(|m| m.email.clone()).unwrap_or_default()
        }
        "workspace" => {
            group.project.and_then(|p| directory.projects.get(p)).map(|p| p.name.into()).unwrap_or_default()
        }
        _ => id.into(),
    }
}

type Keep = Box<dyn Fn(&Dims) -> bool + Send>;

/// What the filters let through, and warnings about ids that nobody has.
fn filters(admin: &Admin, filters: &[Filter]) -> Result<(Keep, Vec<String>), Response> {
    let directory = &admin.account(&VENDOR).directory;
    let mut tests: Vec<(String, bool, Vec<Option<usize>>)> = Vec::new();
    let mut warnings = Vec::new();
    for filter in filters {
        let values: Vec<&str> = match &filter.value {
            Value::String(one) => vec![one],
            Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
            _ => return Err(bad()),
        };
        let find = |value: &&str| match filter.field.as_str() {
            "api_key_id" => directory.keys.iter().position(|k| k.id == *value),
            "user" => directory.members.iter().position(|m| m.id == *value),
            "workspace" => directory.find_project(value),
            _ => VENDOR.models.iter().position(|m| m.id == *value),
        };
        let wanted = match filter.operator.as_str() {
            "eq" | "in" => true,
            "neq" | "not_in" => false,
            _ => return Err(bad()),
        };
        if !["api_key_id", "user", "workspace", "model"].contains(&filter.field.as_str()) {
            return Err(bad());
        }
        let places: Vec<Option<usize>> = values.iter().map(find).collect();
        for (value, place) in values.iter().zip(&places) {
            if place.is_none() && filter.field == "api_key_id" {
                warnings.push(format!("Could not resolve api_key_id hash: {value}"));
            }
        }
        tests.push((filter.field.clone(), wanted, places));
    }
    let keep = move |dims: &Dims| {
        tests.iter().all(|(field, wanted, places)| {
            let place = match field.as_str() {
                "api_key_id" => dims.key,
                "user" => dims.user,
                "workspace" => Some(dims.project),
                _ => Some(dims.model),
            };
            *wanted == places.iter().any(|p| p.is_some() && *p == place)
        })
    };
    Ok((Box::new(keep), warnings))
}

/// What one row adds up.
#[derive(Default)]
struct Sums {
    tally: Tally,
    credits: i64,
    elsewhere: i64,
    byok_requests: u64,
}

impl Sums {
    fn enter(&mut self, model: usize, tally: &Tally) {
        let (credits, elsewhere) = charged(model, tally);
        self.tally += tally;
        self.credits += credits;
        self.elsewhere += elsewhere;
        self.byok_requests += if model == BYOK { tally.requests } else { 0 };
    }

    /// Counts as text, money as numbers.
    fn metric(&self, name: &str) -> Value {
        let t = &self.tally;
        let count = match name {
            "total_usage" => return money::number(self.credits + self.elsewhere, UNITS),
            "credits_usage" => return money::number(self.credits, UNITS),
            "byok_usage" => return money::number(self.elsewhere, UNITS),
            "request_count" => t.requests,
            "tokens_total" => t.all_input() + t.count(Part::Output),
            "tokens_prompt" => t.all_input(),
            "tokens_completion" => t.count(Part::Output),
            "reasoning_tokens" => t.reasoning,
            "cached_tokens" => t.count(Part::Cached),
            _ => self.byok_requests,
        };
        count.to_string().into()
    }
}
