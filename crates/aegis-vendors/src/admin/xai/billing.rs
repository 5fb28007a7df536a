//! Money and tokens of a team. The usage query states dollars and is the cost; lines of invoices are the one place
//! with tokens, by month. What is in cents has text for numbers; prepaid amounts have the sign turned round.

use super::{At, DAY, HOUR, KEY, team};
use crate::admin::read::{Count, Number, Time, json};
use crate::admin::{Credential, Cursor, Page, Request, Row, Unreadable};
use aegis_domain::{Dimensions, Exact, LedgerKind, LedgerRow, Quantities, Timestamp};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

/// `2026-11-01 00:00:00`, in the zone that the query names.
fn text(at: i64) -> String {
    Timestamp::from_millis(at).to_string().replace('T', " ").chars().take(19).collect()
}

/// Dollars by description, one point for each hour or day.
pub fn costs(c: &Credential, from: i64, to: i64, hourly: bool, grouped: bool) -> Result<Request, Unreadable> {
    let groups: &[&str] = if grouped { &["description"] } else { &[] };
    let body = json!({"analyticsRequest": {
        "timeRange": {"startTime": text(from), "endTime": text(to), "timezone": "Etc/GMT"},
        "timeUnit": if hourly { "TIME_UNIT_HOUR" } else { "TIME_UNIT_DAY" },
        "values": [{"name": "usd", "aggregation": "AGGREGATION_SUM"}],
        "groupBy": groups,
        "filters": [],
    }});
    Ok(Request::post("management", team(c, "/v1/billing", "usage")?, KEY, body))
}

/// The month so far.
pub fn preview(c: &Credential) -> Result<Request, Unreadable> {
    Ok(Request::get("management", team(c, "/v1/billing", "postpaid/invoice/preview")?, KEY))
}

/// The invoices since a month.
pub fn invoices(c: &Credential, year: i16, month: u8) -> Result<Request, Unreadable> {
    let request = Request::get("management", team(c, "/v1/billing", "invoices")?, KEY);
    Ok(request.with("since.year", year).with("since.month", month))
}

/// What is left of prepaid credit.
pub fn balance(c: &Credential) -> Result<Request, Unreadable> {
    Ok(Request::get("management", team(c, "/v1/billing", "prepaid/balance")?, KEY))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Series {
    #[serde(default)]
    time_series: Vec<One>,
    #[serde(default)]
    limit_reached: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct One {
    #[serde(default)]
    group: Vec<String>,
    #[serde(default)]
    data_points: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    timestamp: Time,
    #[serde(default)]
    values: Vec<Number>,
}

/// The costs of a range. Where rows were dropped nothing of the answer is kept: the range is halved, and what cannot
/// be halved is asked without groups.
pub fn read_costs(body: &[u8], from: i64, to: i64, hourly: bool, grouped: bool) -> Result<Page, Unreadable> {
    let series: Series = json(body)?;
    let bucket = if hourly { HOUR } else { DAY };
    if series.limit_reached {
        let step = bucket.as_millis() as i64;
        let middle = from + (to - from) / step / 2 * step;
        let halves = if middle > from && middle < to {
            vec![
                At::Cost { from, to: middle, hourly, grouped },
                At::Cost { from: middle, to, hourly, grouped },
            ]
        } else if grouped {
            vec![At::Cost { from, to, hourly, grouped: false }]
        } else {
            return Err(Unreadable::Incomplete("xAI drops rows of the shortest range there is".to_owned()));
        };
        return Ok(Page::of(Vec::new(), halves.iter().map(Cursor::new)));
    }
    let mut rows = Vec::new();
    for one in &series.time_series {
        let item = one.group.first().filter(|g| !g.is_empty());
        for point in &one.data_points {
            let Some(dollars) = point.values.first().filter(|n| !n.is_zero()) else { continue };
            rows.push(Row::Ledger(LedgerRow {
                kind: LedgerKind::Cost,
                from: point.timestamp.0,
                to: point.timestamp.0.plus(bucket),
                dimensions: Dimensions {
                    model: item
                        .and_then(|i| i.split(' ').next())
                        .filter(|w| w.starts_with("grok-"))
                        .map(str::to_owned),
                    item: item.cloned(),
                    ..Dimensions::default()
                },
                quantities: Quantities::default(),
                money: Some(dollars.money("USD")?),
                estimate: false,
            }));
        }
    }
    Ok(Page::of(rows, []))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Preview {
    core_invoice: Option<Core>,
    billing_cycle: Cycle,
}

#[derive(Deserialize)]
struct Core {
    #[serde(default)]
    lines: Vec<Line>,
}

#[derive(Deserialize, Clone, Copy)]
struct Cycle {
    year: i16,
    month: u8,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    cluster_name: Option<String>,
    description: Option<String>,
    unit_type: Option<String>,
    num_units: Option<Count>,
}

#[derive(Deserialize)]
struct Invoices {
    #[serde(default)]
    invoices: Vec<Invoice>,
}

#[derive(Deserialize)]
struct Invoice {
    #[serde(default)]
    lines: Vec<Line>,
    monthly: Option<Monthly>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Monthly {
    billing_cycle: Cycle,
}

/// Tokens of the month so far.
pub fn read_preview(body: &[u8]) -> Result<Page, Unreadable> {
    let preview: Preview = json(body)?;
    let lines = preview.core_invoice.map(|c| c.lines).unwrap_or_default();
    Ok(Page::of(month(&lines, preview.billing_cycle)?, []))
}

/// Tokens of the months that are closed, up to one. What was prepaid or subscribed has none.
pub fn read_invoices(body: &[u8], until: (i16, u8)) -> Result<Page, Unreadable> {
    let mut rows = Vec::new();
    for invoice in json::<Invoices>(body)?.invoices {
        match invoice.monthly.map(|m| m.billing_cycle) {
            Some(cycle) if (cycle.year, cycle.month) <= until => rows.extend(month(&invoice.lines, cycle)?),
            _ => {}
        }
    }
    Ok(Page::of(rows, []))
}

/// The rows of a month: lines of the same model, unit and place are one.
fn month(lines: &[Line], cycle: Cycle) -> Result<Vec<Row>, Unreadable> {
    let first = |year: i16, month: u8| format!("{year:04}-{month:02}-01").parse::<Time>();
    let (year, next) =
        if cycle.month >= 12 { (cycle.year.saturating_add(1), 1) } else { (cycle.year, cycle.month + 1) };
    let (Ok(from), Ok(to)) = (first(cycle.year, cycle.month), first(year, next)) else {
        return Err(Unreadable::shape("billingCycle", "a year and a month"));
    };
    let mut sums: BTreeMap<Dimensions, u64> = BTreeMap::new();
    for line in lines {
        let Some(units) = line.num_units.filter(|n| n.0 > 0) else { continue };
        let dimensions = Dimensions {
            model: line.description.clone(),
            item: line.unit_type.clone(),
            region: line.cluster_name.clone().filter(|c| !c.is_empty()),
            ..Dimensions::default()
        };
        let sum = sums.entry(dimensions).or_default();
        *sum = sum.saturating_add(units.0);
    }
    let rows = sums.into_iter().map(|(dimensions, units)| {
        let quantities = quantities(dimensions.item.as_deref().unwrap_or("units"), units);
        let (kind, from, to) = (LedgerKind::Usage, from.0, to.0);
        Row::Ledger(LedgerRow { kind, from, to, dimensions, quantities, money: None, estimate: false })
    });
    Ok(rows.collect())
}

/// What a line's unit means: its words say which way tokens went.
fn quantities(unit: &str, units: u64) -> Quantities {
    let words = unit.to_lowercase();
    let has = |word: &str| words.contains(word);
    let nothing = Quantities::default();
    let some = Some(units);
    if !has("token") {
        let other = BTreeMap::from([(unit.to_owned(), Exact::from(Count(units)))]);
        return Quantities { other, ..nothing };
    }
    if has("reasoning") {
        Quantities { output_tokens: some, reasoning_tokens: some, ..nothing }
    } else if has("completion") || has("output") {
        Quantities { output_tokens: some, ..nothing }
    } else if has("cached") {
        Quantities { input_tokens: some, cached_input_tokens: some, ..nothing }
    } else if has("prompt") || has("input") {
        Quantities { input_tokens: some, ..nothing }
    } else {
        Quantities { other: BTreeMap::from([("tokens".to_owned(), Exact::from(Count(units)))]), ..nothing }
    }
}

#[derive(Deserialize)]
struct Balance {
    total: Val,
}

#[derive(Deserialize)]
struct Val {
    val: Number,
}

/// What is left: a negative total is credit in hand.
pub fn read_balance(body: &[u8], at: Timestamp) -> Result<Page, Unreadable> {
    let left = json::<Balance>(body)?.total.val.negated().cents("USD")?;
    let row = LedgerRow {
        kind: LedgerKind::Balance,
        from: at,
        to: at,
        dimensions: Dimensions::default(),
        quantities: Quantities::default(),
        money: Some(left),
        estimate: false,
    };
    Ok(Page::of(vec![Row::Sample(row)], []))
}
