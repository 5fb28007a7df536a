//! Claude Code's report, and the analytics of Claude Enterprise. Both show the traffic without a key: people in the
//! vendor's applications. Amounts of the latter are after a tenth's discount beside the list's.

use super::reports::{buckets, groups, next_page, tokens};
use super::{VENDOR, allow, allow_scope, bucket, uuid, wrong};
use crate::admin::Admin;
use crate::admin::money::{self, CENTS};
use crate::admin::paging::{read_token, token};
use crate::admin::params::{Params, Wrong};
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY, HOUR, MINUTE};
use crate::admin::world::{By, Dims, Part, Seen, Tally};
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Widths, and how many buckets a page holds.
const WIDTHS: &[(&str, i64, usize, usize)] =
    &[("1d", DAY, 7, 31), ("1h", HOUR, 24, 168), ("1m", MINUTE, 60, 256)];
const DIMENSIONS: &[&str] = &[
    "context_window",
    "inference_geo",
    "model",
    "product",
    "rbac_group_id",
    "slack_channel_id",
    "speed",
    "cost_type",
    "token_type",
];

fn keyless(dims: &Dims) -> Option<Dims> {
    dims.key.is_none().then_some(*dims)
}

pub(super) async fn claude_code(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let bad = |name: &str| wrong(Wrong(name.into()));
    let day = params.instant("starting_at").map_err(wrong)?.ok_or_else(|| bad("starting_at"))?;
    let day = when::floor(day, DAY);
    let limit = params.within("limit", 20, 1, 1_000).map_err(wrong)?;
    let page =
        params.get("page").map(|t| t.strip_prefix("page_").and_then(read_token).ok_or_else(|| bad("page")));
    let start = usize::try_from(page.transpose()?.unwrap_or(0)).map_err(|_| bad("page"))?;
    let account = admin.account(&VENDOR);
    let old = admin.now() - HOUR;
    let by = By { user: true, model: true, ..By::default() };
    let groups = account.sums((day, day + DAY), Seen::Usage(old), by, None, &keyless);
    let mut people: BTreeMap<usize, Vec<(usize, Tally)>> = BTreeMap::new();
    for (group, tally) in groups {
        if let (Some(user), Some(model)) = (group.user, group.model) {
            people.entry(user).or_default().push((model, tally));
        }
    }
    let rows: Vec<Value> = people.iter().map(|(user, used)| code_row(&admin, day, *user, used)).collect();
    let part = crate::admin::paging::offset(&rows, start, limit);
    let next = part.more.then(|| format!("page_{}", token((start + limit) as i64)));
    Ok(ok(json!({"data": part.items, "has_more": part.more, "next_page": next})))
}

fn code_row(admin: &Admin, day: i64, user: usize, used: &[(usize, Tally)]) -> Value {
    let members = &admin.account(&VENDOR).directory.members;
    let requests: u64 = used.iter().map(|(_, t)| t.requests).sum();
    let tool = |n: u64| json!({"accepted": n, "rejected": n / 9});
    let breakdown: Vec<Value> = used
        .iter()
        .map(|(model, t)| {
            json!({
                "model": VENDOR.models[*model].id,
                "tokens": {
                    "input": t.count(Part::Input), "output": t.count(Part::Output),
                    "cache_read": t.count(Part::Cached),
                    "cache_creation": t.count(Part::Write5m) + t.count(Part::Write1h),
                },
                "estimated_cost": {"amount": t.total() / 10_000_000, "currency": "USD"},
            })
        })
        .collect();
    json!({
        "date": when::rfc3339(day),
        "actor": {"type": "user_actor", "email_address": members.get(user).map(|m| m.email.as_str())},
        "organization_id": uuid(admin),
        "customer_type": "api",
        "subscription_type": null,
        "terminal_type": "iTerm.app",
        "is_remote": false,
        "core_metrics": {
            "num_sessions": requests / 4 + 1, "lines_of_code": {"added": requests * 11, "removed": requests * 3},
            "commits_by_claude_code": requests / 9, "pull_requests_by_claude_code": requests / 30,
        },
        "tool_actions": {
            "edit_tool": tool(requests / 2), "multi_edit_tool": tool(requests / 6),
            "notebook_edit_tool": tool(0), "write_tool": tool(requests / 5),
        },
        "model_breakdown": breakdown,
    })
}

pub(super) async fn usage(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    report(&admin, &headers, &params, false)
}

pub(super) async fn cost(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    report(&admin, &headers, &params, true)
}

fn report(admin: &Admin, headers: &HeaderMap, params: &Params, money: bool) -> Answer {
    allow_scope(admin, headers, "read:analytics")?;
    let buckets = buckets(admin, params, WIDTHS)?;
    let asked = groups(params, DIMENSIONS)?;
    let is = |name: &str| asked.iter().any(|a| a == name);
    let by = By { model: is("model"), ..By::default() };
    let seen = if money { admin.cost() } else { admin.usage() };
    let mut data = Vec::new();
    for (from, to) in buckets.iter() {
        let groups = admin.account(&VENDOR).sums((from, to), seen, by, None, &keyless);
        let rows = groups.iter().map(|(group, tally)| {
            let mut row = if money { amounts(tally) } else { tokens(tally) };
            row["requests"] = tally.requests.into();
            row["model"] = group.model.map(|m| VENDOR.models[m].id).into();
            row["product"] = is("product").then_some("claude_code").into();
            for name in ["context_window", "inference_geo", "rbac_group_id", "slack_channel_id", "speed"] {
                row[name] = Value::Null;
            }
            row
        });
        data.push(bucket(from, to, rows.collect()));
    }
    Ok(ok(envelope(admin, data, next_page(&buckets))))
}

fn amounts(tally: &Tally) -> Value {
    let list = tally.total();
    json!({
        "amount": money::text(list - list / 10, CENTS), "list_amount": money::text(list, CENTS), "currency": "USD",
        "cost_type": null, "token_type": null,
    })
}

fn envelope(admin: &Admin, data: Vec<Value>, next: Option<String>) -> Value {
    json!({
        "data": data, "has_more": next.is_some(), "next_page": next,
        "organization_id": admin.account(&VENDOR).directory.organisation,
        "data_refreshed_at": when::rfc3339(when::floor(admin.now(), 4 * HOUR)),
    })
}

pub(super) async fn summaries(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    allow_scope(&admin, &headers, "read:analytics")?;
    Ok(ok(envelope(&admin, Vec::new(), None)))
}
