//! BigQuery over the billing export: queries, their further pages, and the table's facts. Every scalar is text or null.
//! Net cost of a row is cost plus credits, which are negative; the net is what the books say.

use super::bigquery_select::{self, Column, Select};
use super::tokens::{about, allow};
use super::{DATASET, PROJECT, TABLE, VENDOR};
use crate::admin::Admin;
use crate::admin::money::{self, UNITS};
use crate::admin::paging;
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok, status};
use crate::admin::when::{self, DAY, HOUR};
use crate::admin::world::{Burst, Part};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use parking_lot::Mutex;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Jobs whose results can still be fetched.
const JOBS: usize = 64;
/// What every query is said to read.
const BYTES: u64 = 10_485_760;

/// Results of the latest queries.
#[derive(Default)]
pub(crate) struct Jobs(Mutex<(u64, VecDeque<Arc<Job>>)>);

struct Job {
    id: String,
    /// The first answer to some queries says that they are not complete yet.
    slow: bool,
    fields: Vec<Value>,
    rows: Vec<Value>,
}

impl Jobs {
    fn enter(&self, fields: Vec<Value>, rows: Vec<Value>) -> Arc<Job> {
        let mut jobs = self.0.lock();
        jobs.0 += 1;
        let job = Arc::new(Job {
            id: format!("job_sim{:08}", jobs.0),
            slow: jobs.0.is_multiple_of(4),
            fields,
            rows,
        });
        if jobs.1.len() == JOBS {
            jobs.1.pop_front();
        }
        jobs.1.push_back(job.clone());
        job
    }

    fn find(&self, id: &str) -> Option<Arc<Job>> {
        self.0.lock().1.iter().find(|j| j.id == id).cloned()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Query {
    query: String,
    #[serde(default = "yes")]
    use_legacy_sql: bool,
    #[serde(default)]
    query_parameters: Value,
    max_results: Option<usize>,
    maximum_bytes_billed: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

fn yes() -> bool {
    true
}

fn refuse(reason: &str, message: &str) -> Response {
    let errors = json!([{"message": message, "domain": "global", "reason": reason}]);
    status(
        400,
        json!({"error": {"code": 400, "message": message, "errors": errors, "status": "INVALID_ARGUMENT"}}),
    )
}

fn enter(admin: &Admin, headers: &HeaderMap, project: &str) -> Result<(), Response> {
    allow(admin, headers, "bigquery", "bigquery.jobs.create")?;
    about(project)
}

pub(super) async fn query(
    State(admin): State<Admin>,
    Path(project): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    enter(&admin, &headers, &project)?;
    let query: Query = serde_json::from_slice(&body).map_err(|e| refuse("invalid", &e.to_string()))?;
    if query.use_legacy_sql {
        return Err(refuse("invalidQuery", "Legacy SQL is not understood here: set useLegacySql to false."));
    }
    let select = bigquery_select::read(&query.query, &query.query_parameters)
        .map_err(|e| refuse("invalidQuery", &e))?;
    let most = query.maximum_bytes_billed.as_deref().map(str::parse::<u64>);
    if most.is_some_and(|m| m.is_ok_and(|m| m < BYTES)) {
        let message = format!("Query exceeded limit for bytes billed. {BYTES} or higher required.");
        return Err(refuse("bytesBilledLimitExceeded", &message));
    }
    let fields: Vec<Value> = select
        .columns
        .iter()
        .map(|(name, column)| json!({"name": name, "type": column.kind(), "mode": "NULLABLE"}))
        .collect();
    if query.dry_run {
        return Ok(ok(
            json!({"kind": "bigquery#queryResponse", "schema": {"fields": fields}, "jobComplete": true,
            "totalBytesProcessed": BYTES.to_string(), "totalRows": "0", "cacheHit": false}),
        ));
    }
    let job = admin.jobs.enter(fields, rows(&admin, &select));
    if job.slow {
        return Ok(ok(
            json!({"kind": "bigquery#queryResponse", "jobReference": reference(&job), "jobComplete": false}),
        ));
    }
    Ok(ok(page(&job, "bigquery#queryResponse", 0, query.max_results)))
}

fn reference(job: &Job) -> Value {
    json!({"projectId": PROJECT, "jobId": job.id, "location": "US"})
}

fn page(job: &Job, kind: &str, start: usize, most: Option<usize>) -> Value {
    let part = paging::offset(&job.rows, start, most.unwrap_or(10_000).clamp(1, 10_000));
    let mut body = json!({
        "kind": kind, "schema": {"fields": job.fields}, "jobReference": reference(job),
        "totalRows": job.rows.len().to_string(), "totalBytesProcessed": BYTES.to_string(), "jobComplete": true,
        "cacheHit": false,
    });
    if !part.items.is_empty() {
        body["rows"] = part.items.into();
    }
    if part.more {
        body["pageToken"] = paging::token((start + part.items.len()) as i64).into();
    }
    body
}

pub(super) async fn results(
    State(admin): State<Admin>,
    Path((project, id)): Path<(String, String)>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    enter(&admin, &headers, &project)?;
    let job = admin.jobs.find(&id).ok_or_else(|| super::error(404, "NOT_FOUND", "Not found: Job"))?;
    let bad = || refuse("invalid", "Invalid pageToken");
    let start =
        params.get("pageToken").map(|t| paging::read_token(t).ok_or_else(bad)).transpose()?.unwrap_or(0);
    let most = params
        .within("maxResults", 10_000, 1, usize::MAX)
        .map_err(|_| refuse("invalid", "Invalid maxResults"))?;
    Ok(ok(page(&job, "bigquery#getQueryResultsResponse", start as usize, Some(most))))
}

/// Cost and credits of an amount: a tenth more is charged, and given back.
fn gross(net: i64) -> (i64, i64) {
    (net + net / 10, -(net / 10))
}

/// Sums of a row: cost, credits, units used, rows of the export.
#[derive(Default, Clone, Copy)]
struct Sums(i64, i64, u64, u64);

fn rows(admin: &Admin, select: &Select) -> Vec<Value> {
    let mut sums: BTreeMap<Vec<String>, Sums> = BTreeMap::new();
    let now = admin.now();
    // The standard export holds the month it was switched on and the one before it; here it holds everything.
    let from = select.used.0;
    admin.account(&VENDOR).bursts(from, select.used.1.min(now), admin.cost(), None, &mut |burst| {
        let exported = when::floor(burst.at, DAY) + DAY + 6 * HOUR;
        if exported < select.exported.0 || exported >= select.exported.1 {
            return;
        }
        for part in Part::ALL.into_iter().filter(|p| burst.tally.count(*p) > 0) {
            let key: Vec<String> =
                select.columns.iter().map(|(_, c)| text(*c, burst, part, exported)).collect();
            let (cost, credits) = gross(burst.tally.cost(part));
            let sum = sums.entry(key).or_default();
            *sum = Sums(sum.0 + cost, sum.1 + credits, sum.2 + burst.tally.count(part), sum.3 + 1);
        }
    });
    sums.into_iter()
        .map(|(key, sum)| {
            let cells = select.columns.iter().zip(key).map(|((_, column), text)| {
                let v = match column {
                    Column::Cost => money::text(sum.0, UNITS),
                    Column::Credits => money::text(sum.1, UNITS),
                    Column::Net => money::text(sum.0 + sum.1, UNITS),
                    Column::Amount => sum.2.to_string(),
                    Column::Count => sum.3.to_string(),
                    _ => text,
                };
                json!({"v": v})
            });
            json!({"f": cells.collect::<Vec<_>>()})
        })
        .collect()
}

/// A dimension's value; nothing for what is added up.
fn text(column: Column, burst: &Burst, part: Part, exported: i64) -> String {
    let hour = when::floor(burst.at, HOUR);
    // Seconds as text, in exponent form.
    let stamp = |at: i64| format!("{:?}E9", at as f64 / 1e9);
    match column {
        Column::Day => when::date(burst.at),
        Column::Hour => stamp(hour),
        Column::End => stamp(hour + HOUR),
        Column::ExportTime => stamp(exported),
        Column::Month => when::date(burst.at).replace('-', "").chars().take(6).collect(),
        Column::Service => "Gemini API".into(),
        Column::Sku => sku(burst, part),
        Column::SkuId => format!("SKU-{}-{part:?}", burst.dims.model).to_uppercase(),
        Column::Project => PROJECT.into(),
        Column::Location => "global".into(),
        Column::Currency => VENDOR.currency.into(),
        Column::Rate => "1".into(),
        Column::Unit => "count".into(),
        Column::CostType => "regular".into(),
        Column::BillingAccount => "01A2B3-C4D5E6-F70819".into(),
        Column::Cost | Column::Credits | Column::Net | Column::Amount | Column::Count => String::new(),
    }
}

fn sku(burst: &Burst, part: Part) -> String {
    let model = VENDOR.models[burst.dims.model].id.replace('-', " ");
    match part {
        Part::Cached => format!("Generate content cached input token count {model} text"),
        Part::Output => format!("Generate content output token count {model} short output text non-thinking"),
        _ => format!("Generate content input token count {model} text"),
    }
}

pub(super) async fn tables(
    State(admin): State<Admin>,
    Path((project, dataset)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    enter(&admin, &headers, &project)?;
    known(&dataset, TABLE)?;
    let reference = json!({"projectId": PROJECT, "datasetId": DATASET, "tableId": TABLE});
    let table = json!({"kind": "bigquery#table", "id": format!("{PROJECT}:{DATASET}.{TABLE}"), "tableReference": reference, "type": "TABLE"});
    Ok(ok(json!({"kind": "bigquery#tableList", "tables": [table], "totalItems": 1})))
}

pub(super) async fn table(
    State(admin): State<Admin>,
    Path((project, dataset, table)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Answer {
    enter(&admin, &headers, &project)?;
    known(&dataset, &table)?;
    let reference = json!({"projectId": PROJECT, "datasetId": DATASET, "tableId": TABLE});
    Ok(ok(
        json!({"kind": "bigquery#table", "id": format!("{PROJECT}:{DATASET}.{TABLE}"), "tableReference": reference,
        "type": "TABLE", "location": "US", "numRows": "1000", "timePartitioning": {"type": "DAY"}}),
    ))
}

fn known(dataset: &str, table: &str) -> Result<(), Response> {
    if dataset == DATASET && table == TABLE {
        return Ok(());
    }
    Err(super::error(404, "NOT_FOUND", &format!("Not found: Table {PROJECT}:{dataset}.{table}")))
}
