//! Balance, invoice preview, limits and invoices. Cents as text; a purchase is negative, what is spent positive.

use super::{VENDOR, allow, team};
use crate::admin::Admin;
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY};
use crate::admin::world::{By, Part, Tally};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};

/// Billionths of a dollar in a cent.
const CENT: i64 = 10_000_000;
/// What is bought on the first of each month, in cents.
const PURCHASE: i64 = 75_000;
/// The prepaid balance began with the account's third month, 2025-03-01.
const FIRST: (i16, i8) = (2025, 3);

fn val(cents: i64) -> Value {
    json!({"val": cents.to_string()})
}

/// Months from the first to the one `now` lies in: year, month, first second, end.
fn months(now: i64) -> Vec<(i16, i8, i64, i64)> {
    let (mut year, mut month) = FIRST;
    let mut out = Vec::new();
    while let Some((from, to)) = when::month(year, month).filter(|m| m.0 <= now) {
        out.push((year, month, from, to));
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    out
}

/// What a month cost, in whole cents.
fn spent(admin: &Admin, from: i64, to: i64) -> i64 {
    let sums = admin.account(&VENDOR).sums((from, to), admin.cost(), By::default(), None, &|d| Some(*d));
    sums.values().map(Tally::total).sum::<i64>() / CENT
}

pub(super) async fn balance(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer {
    allow(&admin, &headers, &id, "billing")?;
    let now = admin.now();
    let (mut changes, mut total) = (Vec::new(), 0);
    for (year, month, from, to) in months(now) {
        let bought = when::rfc3339(from + 9 * 3_600);
        total -= PURCHASE;
        changes.push(json!({
            "teamId": id, "changeOrigin": "PURCHASE", "topupStatus": "SUCCEEDED", "amount": val(-PURCHASE),
            "invoiceId": format!("in_topup{year}{month:02}"), "invoiceNumber": format!("LFM-P{year}{month:02}"),
            "createTime": bought, "createTs": bought,
        }));
        let closed = to + 600;
        if closed <= now {
            let cents = spent(&admin, from, to);
            total += cents;
            let at = when::rfc3339(closed);
            changes.push(json!({
                "teamId": id, "changeOrigin": "SPEND", "amount": val(cents), "createTime": at,
                "spendBpKeyYear": year, "spendBpKeyMonth": month, "createTs": at,
            }));
        }
    }
    Ok(ok(json!({"changes": changes, "total": val(total)})))
}

/// A month's lines, by model and kind of token, and their sum in cents.
fn lines(admin: &Admin, from: i64, to: i64) -> (Vec<Value>, i64) {
    let by = By { model: true, ..By::default() };
    let sums = admin.account(&VENDOR).sums((from, to), admin.cost(), by, None, &|d| Some(*d));
    let (mut lines, mut total) = (Vec::new(), 0);
    for (group, tally) in &sums {
        let model = &VENDOR.models[group.model.unwrap_or_default()];
        for (part, kind, price) in [
            (Part::Input, "Text prompt tokens", model.price.input),
            (Part::Cached, "Cached text prompt tokens", model.price.cached),
            (Part::Output, "Text completion tokens", model.price.output),
        ] {
            let cents = tally.cost(part) / CENT;
            total += cents;
            // A billionth of a dollar is a tenth of a millionth of a cent.
            lines.push(json!({
                "clusterName": "us-east-1", "description": model.id, "unitType": kind, "unitPrice": (price / 10).to_string(),
                "numUnits": tally.count(part).to_string(), "amount": cents.to_string(),
            }));
        }
    }
    (lines, total)
}

pub(super) async fn preview(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer {
    allow(&admin, &headers, &id, "billing")?;
    let now = admin.now();
    let (year, month, _) = when::civil(now);
    let (from, _) = when::month(year, month).unwrap_or((now, now));
    let (lines, cents) = lines(&admin, from, now);
    let cents_text = cents.to_string();
    Ok(ok(json!({
        "coreInvoice": {
            "lines": lines, "amountBeforeVat": cents_text, "vatCost": "0", "amountAfterVat": cents_text,
            "autoCreditsIssued": "0", "defaultCreditsIssued": "0", "totalWithCorr": val(cents),
            "prepaidCredits": val(-PURCHASE), "prepaidCreditsUsed": val(cents.min(PURCHASE)),
        },
        "effectiveSpendingLimit": "200000", "defaultCredits": "0", "billingCycle": {"year": year, "month": month},
    })))
}

pub(super) async fn limits(State(admin): State<Admin>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers, &id, "billing")?;
    Ok(ok(
        json!({"spendingLimits": {"hardSlAuto": val(500_000), "effectiveHardSl": val(500_000), "softSl": val(200_000), "effectiveSl": val(200_000)}}),
    ))
}

pub(super) async fn invoices(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, &id, "billing")?;
    let number =
        |name: &str| params.within(name, 0, 0, 9_999).map_err(|_| super::bad("since cannot be read"));
    let since = (number("since.year")?, number("since.month")?);
    let now = admin.now();
    let closed =
        months(now).into_iter().filter(|m| m.3 + 300 <= now && (m.0 as usize, m.1 as usize) >= since);
    let invoices: Vec<Value> = closed
        .map(|(year, month, from, to)| {
            let (lines, cents) = lines(&admin, from, to);
            json!({
                "teamId": team(&admin), "invoiceId": format!("in_{year}{month:02}"), "invoiceNumber": format!("LFM-{year}{month:02}"),
                "createTime": when::rfc3339(to + 300), "invoiceStatus": "PAID", "firstDesiredNextCycleTs": when::rfc3339(to),
                "chargerAttempts": [{"ticket": 1, "successful": true, "paymentMethodId": "pm_made_up"}], "lines": lines,
                "subtotal": cents.to_string(), "tax": "0", "total": cents.to_string(),
                "invoicePdfAssetKeySuffix": format!("{year}-{month:02}-{}.pdf", from / DAY),
                "monthly": {"billingCycle": {"year": year, "month": month}, "defaultCreditsIssued": val(0),
                            "autoCreditsIssued": val(0), "prepaidTokensToSpend": val(cents)},
            })
        })
        .collect();
    Ok(ok(json!({"invoices": invoices})))
}
