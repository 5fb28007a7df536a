//! Cost from the billing export in BigQuery: no call returns it, so a query does, by day, SKU, project and place.
//! The net cost of a row is its cost and its credits, which are negative. The export is partitioned by `export_time`:
//! the query bounds it, and what it may scan, because the customer pays for that.

use super::{At, BIGQUERY, onward};
use crate::admin::read::{Number, Time, json, segment};
use crate::admin::{Credential, Cursor, Page, Request, Row, Unreadable};
use aegis_domain::{Dimensions, LedgerKind, LedgerRow, Quantities};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// A query is asked for at most so often, each time for up to half a minute.
const MOST_POLLS: u32 = 40;

/// Amounts are floats in the export: summed as decimals, to twelve places, so that the order of rows does not matter.
const QUERY: &str = "SELECT DATE(usage_start_time) AS usage_date, service.description AS service, \
    sku.description AS sku, project.id AS project_id, location.location AS location, currency, \
    ROUND(SUM(CAST(cost AS BIGNUMERIC)), 12) AS cost, \
    ROUND(SUM((SELECT IFNULL(SUM(CAST(c.amount AS BIGNUMERIC)), 0) FROM UNNEST(credits) AS c)), 12) AS credits, \
    ROUND(SUM(CAST(usage.amount AS BIGNUMERIC)), 12) AS usage_amount, usage.unit AS usage_unit \
    FROM `{table}` \
    WHERE export_time >= @from AND usage_start_time >= @from AND usage_start_time < @to \
    AND (service.description = 'Gemini API' \
    OR (service.description = 'Vertex AI' AND LOWER(sku.description) LIKE '%gemini%')) \
    GROUP BY usage_date, service, sku, project_id, location, currency, usage_unit \
    ORDER BY usage_date, service, sku, project_id, location, currency, usage_unit";

/// The parts of `project.dataset.table`, where they hold nothing that could leave its place in a query.
fn parts(credential: &Credential) -> Option<[&str; 3]> {
    let mut rest = credential.get("billing_table").rsplitn(3, '.');
    let (table, dataset, project) = (rest.next()?, rest.next()?, rest.next()?);
    let plain = |text: &str, more: &[u8]| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(&b))
    };
    (plain(table, b"_") && plain(dataset, b"_") && plain(project, b"-.:"))
        .then_some([project, dataset, table])
}

/// What the table is: free, and tells whether it can be read. None where no table is given.
pub fn table(credential: &Credential) -> Option<Request> {
    let [project, dataset, table] = parts(credential)?;
    let path = format!("/bigquery/v2/projects/{project}/datasets/{dataset}/tables/{table}");
    Some(Request::get("bigquery", path, BIGQUERY))
}

/// The query over a span of days.
pub fn query(project: &str, credential: &Credential, from: &str, to: &str) -> Result<Request, Unreadable> {
    let parts = parts(credential).ok_or(Unreadable::shape("billing_table", "project.dataset.table"))?;
    let time = |name: &str, value: &str| json!({"name": name, "parameterType": {"type": "TIMESTAMP"}, "parameterValue": {"value": value}});
    let mut body = json!({
        "query": QUERY.replace("{table}", &parts.join(".")),
        "useLegacySql": false,
        "parameterMode": "NAMED",
        "queryParameters": [time("from", from), time("to", to)],
        "maxResults": 10_000,
        "timeoutMs": 30_000,
        "maximumBytesBilled": "21474836480",
    });
    let location = credential.get("location");
    if !location.is_empty() {
        body["location"] = location.into();
    }
    Ok(Request::post("bigquery", format!("/bigquery/v2/projects/{project}/queries"), BIGQUERY, body))
}

/// More rows of a query, or whether it is done.
pub fn results(project: &str, job: &str, location: Option<String>, page: Option<String>) -> Request {
    let path = format!("/bigquery/v2/projects/{}/queries/{}", segment(project), segment(job));
    let request =
        Request::get("bigquery", path, BIGQUERY).with("maxResults", 10_000).with("timeoutMs", 30_000);
    let request = location.iter().fold(request, |r, location| r.with("location", location));
    page.iter().fold(request, |r, page| r.with("pageToken", page))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    #[serde(default)]
    job_complete: bool,
    job_reference: Job,
    schema: Option<Schema>,
    #[serde(default)]
    rows: Vec<Cells>,
    page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    project_id: String,
    job_id: String,
    location: Option<String>,
}

#[derive(Deserialize)]
struct Schema {
    fields: Vec<Column>,
}

#[derive(Deserialize)]
struct Column {
    name: String,
}

#[derive(Deserialize)]
struct Cells {
    f: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    v: Option<String>,
}

/// The rows of a page. A query that is not done is asked for again, a bounded number of times.
pub fn read(body: &[u8], page: Option<&str>, polls: u32) -> Result<Page, Unreadable> {
    let answered: Answered = json(body)?;
    let Job { project_id: project, job_id: job, location } = answered.job_reference;
    if !answered.job_complete {
        if polls >= MOST_POLLS {
            return Err(Unreadable::Incomplete("the query in BigQuery does not end".to_owned()));
        }
        let again = At::Job { project, job, location, page: page.map(str::to_owned), polls: polls + 1 };
        return Ok(Page::of(Vec::new(), [Cursor::new(&again)]));
    }
    let next = onward(None, answered.page_token, page)?;
    let columns = answered.schema.map(|s| s.fields).unwrap_or_default();
    let mut rows = Vec::new();
    for cells in answered.rows {
        let named = columns.iter().map(|c| c.name.as_str()).zip(cells.f).filter_map(|(n, c)| Some((n, c.v?)));
        rows.push(Row::Ledger(row(&named.collect())?));
    }
    let next = next.map(|token| At::Job { project, job, location, page: Some(token), polls: 0 });
    Ok(Page::of(rows, next.iter().map(Cursor::new)))
}

fn row(cells: &BTreeMap<&str, String>) -> Result<LedgerRow, Unreadable> {
    let text = |name: &str| cells.get(name).filter(|v| !v.is_empty()).cloned();
    let number = |name: &str| match cells.get(name) {
        None => Ok(None),
        Some(digits) => match digits.parse() {
            Ok(exact) => Ok(Some(Number(exact))),
            Err(_) => Err(Unreadable::shape(name, "a decimal number")),
        },
    };
    let day = cells.get("usage_date").and_then(|d| d.parse::<Time>().ok());
    let from = day.ok_or(Unreadable::shape("usage_date", "a date"))?.0;
    let cost = number("cost")?.ok_or(Unreadable::shape("cost", "a decimal number"))?;
    let net = cost.plus(number("credits")?.unwrap_or_default())?;
    let sku = text("sku");
    let unit = text("usage_unit").unwrap_or_else(|| "units".to_owned());
    Ok(LedgerRow {
        kind: LedgerKind::Cost,
        from,
        to: from.plus(DAY),
        dimensions: Dimensions {
            model: sku.as_deref().and_then(model_of),
            project: text("project_id"),
            item: sku,
            region: text("location"),
            other: text("service").map(|s| ("service".to_owned(), s)).into_iter().collect(),
            ..Dimensions::default()
        },
        quantities: Quantities {
            other: number("usage_amount")?.map(|n| (unit, n.0)).into_iter().collect(),
            ..Quantities::default()
        },
        money: Some(net.money(&text("currency").unwrap_or_default())?),
        estimate: false,
    })
}

/// The model that the words of a SKU name, as the API writes it: `gemini-2.5-flash` of "… gemini 2.5 flash text".
fn model_of(sku: &str) -> Option<String> {
    let sku = sku.to_lowercase();
    let mut words = sku.split_whitespace().skip_while(|w| *w != "gemini").skip(1);
    let version = words.next().filter(|w| w.starts_with(|c: char| c.is_ascii_digit()))?;
    let variants = ["pro", "flash", "lite", "flash-lite", "ultra", "nano"];
    let variant: Vec<&str> = words.take_while(|w| variants.contains(w)).collect();
    if variant.is_empty() { None } else { Some(format!("gemini-{version}-{}", variant.join("-"))) }
}
