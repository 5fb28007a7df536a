//! Figures and money, each from one place so that nothing counts twice: routed inference by day from `usage-v2`, what
//! the plan includes by month from the same, machines by month and group, the rest from the bill under way.

use super::{At, DAY, Time, json};
use crate::admin::read::{Count, Number};
use crate::admin::{Cursor, Page, Row, Unreadable};
use aegis_domain::{Dimensions, Exact, LedgerKind, LedgerRow, Money, Quantities, Timestamp};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// The first instant of the month.
pub fn month(at: Timestamp) -> Timestamp {
    let (.., day) = at.date();
    at.floor(DAY).minus(DAY * u32::from(day.saturating_sub(1)))
}

/// The first instant of the next month.
pub fn next_month(month_start: Timestamp) -> Timestamp {
    month(month_start.plus(DAY * 31))
}

#[derive(Deserialize)]
struct UsageV2 {
    usage: Spent,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Spent {
    /// Called `inference` in older answers.
    #[serde(alias = "inference")]
    inference_providers: Option<Inference>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inference {
    used_nano_usd: Number,
    #[serde(default)]
    included_nano_usd: Number,
    num_requests: Option<Count>,
}

/// The body is not documented and was renamed before: a name that is missing is a change, never a zero.
fn inference(body: &[u8]) -> Result<Inference, Unreadable> {
    let read: UsageV2 = json(body)?;
    read.usage
        .inference_providers
        .ok_or(Unreadable::shape("usage.inferenceProviders", "there: the format has changed"))
}

fn nano(amount: Number) -> Result<Money, Unreadable> {
    amount.shift(9)?.money("USD")
}

fn row(kind: LedgerKind, from: Timestamp, to: Timestamp, item: &str) -> LedgerRow {
    LedgerRow {
        kind,
        from,
        to,
        dimensions: Dimensions { item: Some(item.to_owned()), ..Dimensions::default() },
        quantities: Quantities::default(),
        money: None,
        estimate: false,
    }
}

pub fn read_day(body: &[u8], day: Timestamp, to: Timestamp, money: bool) -> Result<Page, Unreadable> {
    let used = inference(body)?;
    let kind = if money { LedgerKind::Cost } else { LedgerKind::Usage };
    let mut row = row(kind, day, day.plus(DAY), "inference_providers");
    match money {
        true => row.money = Some(nano(used.used_nano_usd)?),
        false => row.quantities.requests = used.num_requests.map(|n| n.0),
    }
    let next = day.plus(DAY);
    let next = (next < to).then(|| Cursor::new(&At::Day { day: next, to, money }));
    Ok(Page::of(vec![Row::Ledger(row)], next))
}

/// What the plan includes is taken off once a month, and never more than was used.
pub fn read_month(body: &[u8], month: Timestamp, to: Timestamp) -> Result<Page, Unreadable> {
    let used = inference(body)?;
    let next = next_month(month);
    let mut row = row(LedgerKind::Cost, month, next, "inference_providers included");
    row.money = Some(nano(used.used_nano_usd.min(used.included_nano_usd).negated())?);
    let onward = (next < to).then(|| Cursor::new(&At::Month { month: next, to }));
    Ok(Page::of(vec![Row::Ledger(row)], onward))
}

#[derive(Deserialize)]
struct Groups {
    #[serde(default = "usd")]
    currency: String,
    periods: Vec<Period>,
}

fn usd() -> String {
    "USD".to_owned()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    period: Time,
    resource_groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    id: Option<String>,
    #[serde(default)]
    compute: BTreeMap<String, Machines>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Machines {
    uptime_sec: Option<Number>,
    cost_cents: Number,
}

/// Machines by group. Inference stands here as well, in coarser figures, and is left to `usage-v2`.
pub fn read_groups(body: &[u8]) -> Result<Page, Unreadable> {
    let read: Groups = json(body)?;
    let mut page = Page::default();
    for period in read.periods {
        let from = month(period.period.0);
        for group in period.resource_groups {
            for (product, machines) in group.compute {
                let mut row = row(LedgerKind::Cost, from, next_month(from), &product);
                row.dimensions.project.clone_from(&group.id);
                let uptime = machines.uptime_sec.map(|s| ("seconds".to_owned(), s.0));
                row.quantities.other = uptime.into_iter().collect();
                row.money = Some(machines.cost_cents.cents(&read.currency)?);
                page.rows.push(Row::Ledger(row));
            }
        }
    }
    Ok(page)
}

#[derive(Deserialize)]
struct Bill {
    #[serde(default)]
    usage: BTreeMap<String, Vec<Line>>,
    period: BillPeriod,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BillPeriod {
    period_start: Time,
    period_end: Time,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    entity_id: Option<String>,
    label: Option<String>,
    product: String,
    quantity: Option<Number>,
    unit_label: Option<String>,
    started_at: Option<Time>,
    #[serde(rename = "totalCostMicroUSD")]
    total: Number,
}

/// Lines of the bill under way that no other figure covers: storage and what is to come; machines, where there are no
/// groups (a person's bill).
pub fn read_period(body: &[u8], machines: bool) -> Result<Page, Unreadable> {
    const COVERED: [&str; 3] = ["endpoints", "spaces", "jobs"];
    let read: Bill = json(body)?;
    // The period ends with its last millisecond.
    let (from, to) = (read.period.period_start.0, read.period.period_end.0.plus(Duration::from_millis(1)));
    let mut page = Page::default();
    let wanted = |group: &str| machines || !COVERED.contains(&group);
    for line in read.usage.into_iter().filter(|(group, _)| wanted(group)).flat_map(|(_, lines)| lines) {
        let mut row = row(LedgerKind::Cost, from, to, &line.product);
        let names = [
            ("entity", line.entity_id),
            ("label", line.label),
            ("started_at", line.started_at.map(|t| t.0.to_string())),
        ];
        row.dimensions.other = names.into_iter().filter_map(|(n, v)| Some((n.to_owned(), v?))).collect();
        if let (Some(unit), Some(quantity)) = (line.unit_label, line.quantity) {
            row.quantities.other = BTreeMap::from([(unit, Exact(quantity.0.0))]);
        }
        row.money = Some(line.total.shift(6)?.money("USD")?);
        // once the month is over, the bill is that of the next
        page.rows.push(Row::Sample(row));
    }
    Ok(page)
}
