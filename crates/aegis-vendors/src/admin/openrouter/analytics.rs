//! Analytics (beta): counts come as text, money as numbers, names in place of ids, and no pages: an answer that was cut
//! says so, and the range is asked again in halves.

use super::{At, DAY, Data, HOUR, KEY};
use crate::admin::read::{Count, Time, json, utc};
use crate::admin::{Cursor, Page, Request, Row, Unreadable};
use aegis_domain::{Dimensions, LedgerKind, LedgerRow, Quantities, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json as object};
use std::collections::BTreeMap;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
/// Rows of an answer at most.
const LIMIT: u32 = 10_000;
/// Ids of an answer: each becomes two calls.
const IDS: u32 = 1_000;

#[derive(Deserialize)]
struct Rows<T> {
    data: Vec<T>,
    metadata: Metadata,
    #[serde(default)]
    warnings: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    truncated: bool,
}

#[derive(Deserialize)]
struct Used {
    #[serde(rename = "date__day")]
    day: Option<Time>,
    #[serde(rename = "date__hour")]
    hour: Option<Time>,
    model: Option<String>,
    api_key_id: Option<String>,
    request_count: Option<Count>,
    tokens_prompt: Option<Count>,
    tokens_completion: Option<Count>,
    reasoning_tokens: Option<Count>,
    cached_tokens: Option<Count>,
}

#[derive(Deserialize)]
struct Named {
    generation_id: String,
}

/// The first cursors: a month each, or a week of hours.
pub fn slices(from: Timestamp, to: Timestamp, hourly: bool) -> Vec<Cursor> {
    let length = if hourly { DAY * 7 } else { DAY * 31 };
    let mut cursors = Vec::new();
    let mut at = from;
    while at < to {
        let end = at.plus(length).min(to);
        cursors.push(Cursor::new(&At::Usage { from: at, to: end, hourly }));
        at = end;
    }
    cursors
}

fn query(metrics: &[&str], dimensions: &[&str], range: (Timestamp, Timestamp), limit: u32) -> Value {
    object!({
        "metrics": metrics,
        "dimensions": dimensions,
        "time_range": {"start": utc(range.0), "end": utc(range.1)},
        "limit": limit,
    })
}

pub fn request(from: Timestamp, to: Timestamp, hourly: bool) -> Request {
    let metrics =
        ["request_count", "tokens_prompt", "tokens_completion", "reasoning_tokens", "cached_tokens"];
    let mut body = query(&metrics, &["model", "api_key_id"], (from, to), LIMIT);
    body["granularity"] = Value::from(if hourly { "hour" } else { "day" });
    Request::post("api", "/analytics/query", KEY, body)
}

/// The ids of calls in a range.
pub fn calls(from: Timestamp, to: Timestamp) -> Request {
    let body = query(&["request_count"], &["generation_id"], (from, to), IDS);
    Request::post("api", "/analytics/query", KEY, body)
}

pub fn read(body: &[u8], from: Timestamp, to: Timestamp, hourly: bool) -> Result<Page, Unreadable> {
    let Data { data: rows } = json::<Data<Rows<Used>>>(body)?;
    let bucket = if hourly { HOUR } else { DAY };
    if rows.metadata.truncated {
        return halves(from, to, bucket, |from, to| At::Usage { from, to, hourly });
    }
    let used = rows.data.into_iter().map(|row| usage(row, bucket)).collect::<Result<_, _>>()?;
    Ok(Page { rows: used, next: Vec::new(), notes: rows.warnings })
}

pub fn read_calls(body: &[u8], from: Timestamp, to: Timestamp) -> Result<Page, Unreadable> {
    let Data { data: rows } = json::<Data<Rows<Named>>>(body)?;
    if rows.metadata.truncated {
        return halves(from, to, MINUTE, |from, to| At::Calls { from, to });
    }
    let next = rows.data.into_iter().map(|row| Cursor::new(&At::Call { id: row.generation_id }));
    Ok(Page { rows: Vec::new(), next: next.collect(), notes: rows.warnings })
}

/// The two halves of a range, cut where a bucket begins. Nothing of the cut answer is used.
fn halves(
    from: Timestamp,
    to: Timestamp,
    bucket: Duration,
    at: impl Fn(Timestamp, Timestamp) -> At,
) -> Result<Page, Unreadable> {
    let length = to.millis().saturating_sub(from.millis());
    let middle = Timestamp::from_millis(from.millis().saturating_add(length / 2)).ceil(bucket);
    if middle <= from || middle >= to {
        return Err(Unreadable::Incomplete("a single bucket has more rows than an answer holds".to_owned()));
    }
    Ok(Page::of(Vec::new(), [at(from, middle), at(middle, to)].iter().map(Cursor::new)))
}

fn usage(row: Used, bucket: Duration) -> Result<Row, Unreadable> {
    let at = row.hour.or(row.day).ok_or(Unreadable::shape("data.date", "there"))?;
    let from = at.0.floor(bucket);
    let said = |name: Option<String>| name.filter(|n| !n.is_empty());
    let figure = |n: Option<Count>| n.map(|n| n.0);
    // The answer has a key's display name, not its hash: two keys of one name are one row.
    let key = said(row.api_key_id).map(|name| ("api_key_name".to_owned(), name));
    Ok(Row::Ledger(LedgerRow {
        kind: LedgerKind::Usage,
        from,
        to: from.plus(bucket),
        dimensions: Dimensions {
            model: said(row.model),
            other: key.into_iter().collect::<BTreeMap<_, _>>(),
            ..Dimensions::default()
        },
        quantities: Quantities {
            requests: figure(row.request_count),
            input_tokens: figure(row.tokens_prompt),
            cached_input_tokens: figure(row.cached_tokens),
            output_tokens: figure(row.tokens_completion),
            reasoning_tokens: figure(row.reasoning_tokens),
            ..Quantities::default()
        },
        money: None,
        estimate: false,
    }))
}
