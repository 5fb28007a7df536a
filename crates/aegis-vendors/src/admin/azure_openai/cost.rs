//! Costs from Cost Management: rows by day, resource and meter, read by the names of columns because their order
//! varies. Amounts are whole units of each row's own currency.

use super::{ARM, At, DAY};
use crate::admin::page::onward;
use crate::admin::read::{Number, Time, json, segment, utc};
use crate::admin::{Credential, Cursor, Page, Request, Row, Unreadable};
use aegis_domain::{Dimensions, LedgerKind, LedgerRow, Quantities, Window};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::time::Duration;

/// The longest range that is given by the day.
const LONGEST: Duration = DAY.saturating_mul(31);

/// The ranges of a window.
pub fn open(window: Window) -> Vec<At> {
    let (mut from, to) = (window.from.floor(DAY), window.to.ceil(DAY));
    let mut places = Vec::new();
    while from < to {
        let end = from.plus(LONGEST).min(to);
        places.push(At::Cost { from: utc(from), to: utc(end.minus(Duration::from_secs(1))), link: None });
        from = end;
    }
    places
}

/// The query; its end is inside the range.
pub fn query(credential: &Credential, from: &str, to: &str) -> Request {
    let subscription = segment(credential.get("subscription_id"));
    let path = format!("/subscriptions/{subscription}/providers/Microsoft.CostManagement/query");
    let dimension = |name: &str| json!({"type": "Dimension", "name": name});
    let body = json!({
        "type": "ActualCost",
        "timeframe": "Custom",
        "timePeriod": {"from": from, "to": to},
        "dataset": {
            "granularity": "Daily",
            "aggregation": {"totalCost": {"name": "Cost", "function": "Sum"}},
            "grouping": [dimension("ResourceId"), dimension("Meter")],
            "filter": {"dimensions": {
                "name": "ResourceType",
                "operator": "In",
                "values": ["microsoft.cognitiveservices/accounts"],
            }},
        },
    });
    Request::post("management", path, ARM, body).with("api-version", "2023-11-01")
}

#[derive(Deserialize)]
struct Answered {
    properties: Table,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Table {
    next_link: Option<String>,
    columns: Vec<Column>,
    rows: Vec<Vec<Box<RawValue>>>,
}

#[derive(Deserialize)]
struct Column {
    name: String,
}

/// The rows of a page, and the next page.
pub fn read(body: &[u8], from: String, to: String, link: Option<String>) -> Result<Page, Unreadable> {
    let table = json::<Answered>(body)?.properties;
    let next = onward(None, table.next_link, link.as_deref())?;
    let names: Vec<String> = table.columns.into_iter().map(|c| c.name.to_lowercase()).collect();
    let mut rows = Vec::new();
    for cells in &table.rows {
        rows.push(Row::Ledger(row(&names
            .iter()
            .map(String::as_str)
            .zip(cells.iter().map(|c| c.get()))
            .collect())?));
    }
    let next = next.map(|link| At::Cost { from, to, link: Some(link) });
    Ok(Page::of(rows, next.iter().map(Cursor::new)))
}

fn row(cells: &BTreeMap<&str, &str>) -> Result<LedgerRow, Unreadable> {
    let text = |name: &str| {
        let cell = cells.get(name).and_then(|raw| serde_json::from_str::<String>(raw).ok());
        cell.filter(|text| !text.is_empty())
    };
    let amount =
        cells.get("cost").or_else(|| cells.get("pretaxcost")).ok_or(Unreadable::shape("Cost", "a column"))?;
    let amount: Number =
        json(amount.as_bytes()).map_err(|_| Unreadable::shape("Cost", "a decimal number"))?;
    let currency = text("currency").ok_or(Unreadable::shape("Currency", "a column"))?;
    let from =
        cells.get("usagedate").and_then(|raw| day(raw)).ok_or(Unreadable::shape("UsageDate", "a day"))?.0;
    Ok(LedgerRow {
        kind: LedgerKind::Cost,
        from,
        to: from.plus(DAY),
        dimensions: Dimensions {
            project: text("resourceid").map(|id| id.to_lowercase()),
            item: text("meter"),
            ..Dimensions::default()
        },
        quantities: Quantities::default(),
        money: Some(amount.money(&currency)?),
        estimate: false,
    })
}

/// `20261101`, as a number or as text; or a time.
fn day(raw: &str) -> Option<Time> {
    let text = raw.trim_matches('"');
    match (text.get(..4), text.get(4..6), text.get(6..)) {
        (Some(y), Some(m), Some(d)) if text.len() == 8 => format!("{y}-{m}-{d}").parse().ok(),
        _ => text.parse().ok(),
    }
}
