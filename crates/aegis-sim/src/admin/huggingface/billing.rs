//! What routed inference cost. Endpoints, spaces and jobs cost nothing here: none runs.

use super::{ORG, VENDOR, allow, bad, group, id_for};
use crate::admin::Admin;
use crate::admin::money::{self, CENTS};
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY};
use crate::admin::world::{By, Tally};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

/// Billionths of a dollar that the plan includes in a month.
const INCLUDED: i64 = 40_000_000_000;
const LIMIT: i64 = 500_000_000_000;

pub(super) async fn usage_v2(
    State(admin): State<Admin>,
    Path(org): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, &org, "billing")?;
    let second = |name: &str| params.seconds(name).ok().flatten().ok_or_else(|| bad(name));
    let (from, to) = (second("startDate")?, second("endDate")?);
    let sums = admin.account(&VENDOR).sums((from, to), admin.cost(), By::default(), None, &|d| Some(*d));
    let tally = sums.values().next().copied().unwrap_or_default();
    Ok(ok(json!({"usage": {
        "inferenceProviders": {
            "usedNanoUsd": tally.total(), "includedNanoUsd": INCLUDED, "limitNanoUsd": LIMIT, "numRequests": tally.requests,
            "periodStart": when::millis(from), "periodEnd": when::millis(to), "providerDetails": [],
        },
        "jobs": {"usedMicroUsd": 0, "totalMinutes": 0},
    }})))
}

/// The months that a range touches, each cut to it.
fn months(admin: &Admin, params: &Params) -> Result<Vec<(i64, i64, i64)>, Response> {
    let now = admin.now();
    let (year, month, _) = when::civil(now);
    let this = when::month(year, month).map_or(now, |m| m.0);
    let instant = |name: &str| params.instant(name).map_err(|_| bad(name));
    let (from, to) = (instant("startDate")?.unwrap_or(this), instant("endDate")?.unwrap_or(now));
    if to - from > 366 * DAY {
        return Err(bad("startDate: the range must be within 12 months"));
    }
    let (mut months, mut at) = (Vec::new(), from);
    while at < to {
        let (year, month, _) = when::civil(at);
        let Some((first, next)) = when::month(year, month) else { break };
        months.push((first, at, next.min(to)));
        at = next;
    }
    Ok(months)
}

fn cents(tally: &Tally) -> Value {
    money::number(tally.total(), CENTS)
}

pub(super) async fn by_resource_group(
    State(admin): State<Admin>,
    Path(org): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, &org, "billing")?;
    let projects = &admin.account(&VENDOR).directory.projects;
    let mut periods = Vec::new();
    for (first, from, to) in months(&admin, &params)? {
        let by = By { project: true, ..By::default() };
        let sums = admin.account(&VENDOR).sums((from, to), admin.cost(), by, None, &|d| Some(*d));
        let idle = || json!({"uptimeSec": 0, "costCents": 0});
        let groups: Vec<Value> = sums
            .iter()
            .map(|(key, tally)| {
                let project = key.project.unwrap_or_default();
                json!({
                    "id": group(&admin, project), "name": group(&admin, project).map(|_| projects[project].name),
                    "storage": {"privateGB": 12.4, "publicGB": 0},
                    "inference": {"requestCount": tally.requests, "costCents": cents(tally)},
                    "compute": {"spaces": idle(), "endpoints": idle(), "jobs": idle()},
                })
            })
            .collect();
        if !groups.is_empty() {
            periods.push(json!({"period": when::millis(first), "resourceGroups": groups}));
        }
    }
    Ok(ok(json!({"currency": "usd", "periods": periods})))
}

pub(super) async fn by_session(
    State(admin): State<Admin>,
    Path(org): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, &org, "billing")?;
    let keys = &admin.account(&VENDOR).directory.keys;
    let mut periods = Vec::new();
    for (first, from, to) in months(&admin, &params)? {
        let by = By { key: true, ..By::default() };
        let sums = admin.account(&VENDOR).sums((from, to), admin.cost(), by, None, &|d| Some(*d));
        let session =
            |place: Option<usize>| place.and_then(|k| keys.get(k)).map(|k| format!("sess-{}", k.name));
        let sessions: Vec<Value> = sums
            .iter()
            .map(|(key, tally)| json!({"id": session(key.key), "requestCount": tally.requests, "costCents": cents(tally)}))
            .collect();
        if !sessions.is_empty() {
            periods.push(json!({"period": when::millis(first), "sessions": sessions}));
        }
    }
    Ok(ok(json!({"currency": "usd", "periods": periods})))
}

pub(super) async fn usage(State(admin): State<Admin>, Path(org): Path<String>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers, &org, "billing")?;
    let (year, month, _) = when::civil(admin.now());
    let (from, to) = when::month(year, month).unwrap_or_default();
    Ok(ok(json!({
        "usage": {"endpoints": [], "spaces": []},
        "period": {
            "_id": id_for("period"), "entityId": admin.account(&VENDOR).directory.organisation, "entityType": "org",
            "entityName": ORG, "periodStart": when::millis(from), "periodEnd": when::millis(to),
            "invoice": {"type": "stripe", "id": "in_made_up", "amountDueCents": 0, "totalCents": 0, "status": "draft",
                        "dueDate": when::millis(to), "collectionMethod": "charge_automatically"},
            "charges": [],
        },
    })))
}
