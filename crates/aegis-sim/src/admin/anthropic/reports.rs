//! Usage and cost of the Console's organization: `usage_report/messages` and `cost_report`.

use super::{VENDOR, allow, bucket, header, workspace, wrong};
use crate::admin::Admin;
use crate::admin::money::{self, CENTS};
use crate::admin::paging::{Buckets, read_token, token};
use crate::admin::params::{Params, Wrong};
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{DAY, HOUR, MINUTE};
use crate::admin::world::{By, Dims, Group, Part, Tally};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

/// What usage may be grouped by.
const USAGE: &[&str] = &[
    "account_id",
    "api_key_id",
    "context_window",
    "inference_geo",
    "model",
    "service_account_id",
    "service_tier",
    "speed",
    "workspace_id",
];

/// The range and page that all bucketed reports take.
pub(super) fn buckets(
    admin: &Admin,
    params: &Params,
    widths: &[(&str, i64, usize, usize)],
) -> Result<Buckets, Response> {
    let from =
        params.instant("starting_at").map_err(wrong)?.ok_or_else(|| wrong(Wrong("starting_at".into())))?;
    let to = params.instant("ending_at").map_err(wrong)?.unwrap_or(admin.now()).max(from);
    let asked = params.get("bucket_width").unwrap_or("1d");
    let (_, width, default, most) =
        widths.iter().find(|w| w.0 == asked).ok_or_else(|| wrong(Wrong("bucket_width".into())))?;
    let limit = params.within("limit", *default, 1, *most).map_err(wrong)?;
    let bad = || wrong(Wrong("page".into()));
    let page = params
        .get("page")
        .map(|t| t.strip_prefix("page_").and_then(read_token).ok_or_else(bad))
        .transpose()?;
    Ok(Buckets::page(from, to, *width, limit, page))
}

/// The words asked to group by, all of them known.
pub(super) fn groups(params: &Params, known: &[&str]) -> Result<Vec<String>, Response> {
    let asked: Vec<String> = params.list("group_by").into_iter().map(str::to_owned).collect();
    if asked.iter().any(|g| !known.contains(&g.as_str())) {
        return Err(wrong(Wrong("group_by".into())));
    }
    Ok(asked)
}

pub(super) fn next_page(buckets: &Buckets) -> Option<String> {
    buckets.next.map(|n| format!("page_{}", token(n)))
}

pub(super) async fn usage(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let buckets =
        buckets(&admin, &params, &[("1d", DAY, 7, 31), ("1h", HOUR, 24, 168), ("1m", MINUTE, 60, 1_440)])?;
    let asked = groups(&params, USAGE)?;
    let is = |name: &str| asked.iter().any(|a| a == name);
    if is("speed") && header(&headers, "anthropic-beta").is_none_or(|b| !b.contains("fast-mode-2026-02-01")) {
        return Err(wrong(Wrong("group_by".into())));
    }
    let by = By {
        model: is("model"),
        project: is("workspace_id"),
        user: is("account_id"),
        key: is("api_key_id"),
        batch: is("service_tier"),
    };
    let account = admin.account(&VENDOR);
    let mut data = Vec::new();
    for (from, to) in buckets.iter() {
        let groups = account.sums((from, to), admin.usage(), by, None, &|d| filter(&admin, &params, d));
        data.push(bucket(from, to, groups.iter().map(|(g, t)| usage_row(&admin, &is, g, t)).collect()));
    }
    Ok(ok(json!({"data": data, "has_more": buckets.next.is_some(), "next_page": next_page(&buckets)})))
}

/// Accounts are told only for traffic without a key.
fn filter(admin: &Admin, params: &Params, dims: &Dims) -> Option<Dims> {
    let shown = Dims { user: dims.user.filter(|_| dims.key.is_none()), ..*dims };
    let directory = &admin.account(&VENDOR).directory;
    let among = |name: &str, id: Option<&str>| {
        let list = params.list(name);
        list.is_empty() || id.is_some_and(|id| list.contains(&id))
    };
    let user = shown.user.map(|u| directory.member(u));
    let key = shown.key.map(|k| directory.key(k));
    let project = workspace(admin, Some(dims.project));
    let tier = if dims.batch { "batch" } else { "standard" };
    let kept = among("models", Some(VENDOR.models[dims.model].id))
        && among("workspace_ids", project.as_str())
        && among("api_key_ids", key.as_deref())
        && among("account_ids", user.as_deref())
        && among("service_tiers", Some(tier))
        && among("context_window", Some("0-200k"))
        && among("inference_geos", Some("global"));
    kept.then_some(shown)
}

fn usage_row(admin: &Admin, is: &dyn Fn(&str) -> bool, group: &Group, tally: &Tally) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    let mut row = tokens(tally);
    row["account_id"] = group.user.map(|u| directory.member(u)).into();
    row["api_key_id"] = group.key.map(|k| directory.key(k)).into();
    row["context_window"] = is("context_window").then_some("0-200k").into();
    row["inference_geo"] = is("inference_geo").then_some("global").into();
    row["model"] = group.model.map(|m| VENDOR.models[m].id).into();
    row["service_account_id"] = Value::Null;
    row["service_tier"] = group.batch.map(|b| if b { "batch" } else { "standard" }).into();
    row["workspace_id"] = workspace(admin, group.project);
    if is("speed") {
        row["speed"] = "standard".into();
    }
    row
}

/// The token fields of every usage row.
pub(super) fn tokens(tally: &Tally) -> Value {
    json!({
        "uncached_input_tokens": tally.count(Part::Input),
        "cache_read_input_tokens": tally.count(Part::Cached),
        "cache_creation": {
            "ephemeral_5m_input_tokens": tally.count(Part::Write5m),
            "ephemeral_1h_input_tokens": tally.count(Part::Write1h),
        },
        "output_tokens": tally.count(Part::Output),
        "server_tool_use": {"web_search_requests": tally.count(Part::Search)},
    })
}

pub(super) async fn cost(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let buckets = buckets(&admin, &params, &[("1d", DAY, 7, 31)])?;
    let asked = groups(&params, &["workspace_id", "description"])?;
    let project = asked.iter().any(|a| a == "workspace_id");
    let described = asked.iter().any(|a| a == "description");
    let mut data = Vec::new();
    for (from, to) in buckets.iter() {
        data.push(bucket(from, to, cost_rows(&admin, (from, to), project, described)));
    }
    Ok(ok(json!({"data": data, "has_more": buckets.next.is_some(), "next_page": next_page(&buckets)})))
}

fn cost_rows(admin: &Admin, range: (i64, i64), project: bool, described: bool) -> Vec<Value> {
    let account = admin.account(&VENDOR);
    let sums = |by: By| account.sums(range, admin.cost(), by, None, &|d| Some(*d));
    let whole = By { project, ..By::default() };
    if !described {
        return sums(whole).iter().map(|(g, t)| cost_row(admin, g, t.total())).collect();
    }
    let mut rows = Vec::new();
    for (group, tally) in &sums(By { model: true, batch: true, ..whole }) {
        let priced = Part::ALL.into_iter().filter(|p| *p != Part::Search && tally.count(*p) > 0);
        rows.extend(priced.map(|part| token_row(admin, group, tally, part)));
    }
    for (group, tally) in sums(whole).iter().filter(|(_, t)| t.count(Part::Search) > 0) {
        let mut row = cost_row(admin, group, tally.cost(Part::Search));
        row["cost_type"] = "web_search".into();
        row["description"] = "Web Search Usage".into();
        rows.push(row);
    }
    rows
}

fn cost_row(admin: &Admin, group: &Group, nanos: i64) -> Value {
    json!({
        "amount": money::text(nanos, CENTS), "currency": "USD", "workspace_id": workspace(admin, group.project),
        "description": null, "cost_type": null, "model": null, "token_type": null, "service_tier": null,
        "context_window": null, "inference_geo": null,
    })
}

fn token_row(admin: &Admin, group: &Group, tally: &Tally, part: Part) -> Value {
    let (kind, text) = match part {
        Part::Input | Part::Search => ("uncached_input_tokens", "Input Tokens"),
        Part::Cached => ("cache_read_input_tokens", "Input Tokens, Cache Hit"),
        Part::Write5m => ("cache_creation.ephemeral_5m_input_tokens", "Input Tokens, Cache Write 5m"),
        Part::Write1h => ("cache_creation.ephemeral_1h_input_tokens", "Input Tokens, Cache Write 1h"),
        Part::Output => ("output_tokens", "Output Tokens"),
    };
    let batch = group.batch == Some(true);
    let (id, name) = group.model.map_or(("", ""), |m| (VENDOR.models[m].id, VENDOR.models[m].name));
    let mut row = cost_row(admin, group, tally.cost(part));
    row["description"] = format!("{name} Usage{} - {text}", if batch { " (Batch)" } else { "" }).into();
    row["cost_type"] = "tokens".into();
    row["model"] = id.into();
    row["token_type"] = kind.into();
    row["service_tier"] = if batch { "batch" } else { "standard" }.into();
    row["context_window"] = "0-200k".into();
    row["inference_geo"] = "global".into();
    row
}
