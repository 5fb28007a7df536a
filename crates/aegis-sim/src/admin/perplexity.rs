//! Perplexity: three kinds of key, none of which opens another's paths, by docs.perplexity.ai of 2026.
//! Traps kept: credits are whole numbers without a currency; only complete buckets are shown; a developer key on the
//! audit path is 403; models are public. A credit is one request of the world. The fields of audit events are not
//! public: these are the ones in use here; what people typed stands in them, made up.

use super::keys::{self, KeyKind, bearer};
use super::params::{Params, Wrong};
use super::reply::{Answer, ok, status};
use super::world::{Act, By, Chat, Deed, Lag, Model, Price, Subject};
use super::{Admin, Host, Trouble, Vendor, paging, when};
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) static VENDOR: Vendor = Vendor {
    id: "perplexity",
    currency: "credits",
    hosts: &[Host { label: "", real: "https://api.perplexity.ai" }],
    models: &[model("auto", 5), model("claude-opus", 2)],
    projects: 2,
    batches: false,
    keyless: true,
    id_of: |subject, dice| dice.id(if subject == Subject::Member { "usr_" } else { "evt_" }, 16),
    usage_lag: Lag { soon: 20, late: 12 * 60 },
    cost_lag: Lag { soon: 20, late: 12 * 60 },
    keys: &[
        kind("developer", &["developer"], "key of an API group"),
        kind("audit", &["audit"], "Enterprise audit key (audit_logs:read)"),
        kind("analytics", &["analytics"], "Enterprise analytics key"),
        KeyKind { known: false, ..kind("unknown", &[], "no such key") },
    ],
    fields: |admin, kind| keys::api_key(&VENDOR, admin, kind),
    trouble,
    routes,
};

/// One request to the audit log spans at most so much.
const AUDIT_SPAN: i64 = 30 * when::DAY;

const fn model(id: &'static str, share: u32) -> Model {
    Model { id, name: id, created: 1_758_844_800, embeds: false, share, price: Price::of(0, 0, 0) }
}

const fn kind(kind: &'static str, opens: &'static [&'static str], about: &'static str) -> KeyKind {
    KeyKind { kind, prefix: "pplx-", length: 48, opens, known: true, about }
}

fn routes() -> Router<Admin> {
    Router::new()
        .route("/perplexity/v1/models", get(models))
        .route("/perplexity/v1/async/sonar", get(async_jobs))
        .route("/perplexity/v1/admin/audit-events", get(audit))
        .route("/perplexity/v1/analytics/computer/usage", get(usage))
        .route("/perplexity/v2/analytics/computer/usage", get(usage_by_user))
}

fn error(code: u16, kind: &str, message: &str) -> Response {
    status(code, json!({"error": {"message": message, "type": kind, "code": code}}))
}

fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::TooMany(_) => error(429, "rate_limit_exceeded", "Rate limit exceeded"),
        Trouble::Broken(code) => error(code, "server_error", "Internal server error"),
    }
}

fn wrong(name: Wrong) -> Response {
    error(400, "invalid_request", &format!("{} is not valid", name.0))
}

fn allow(admin: &Admin, headers: &HeaderMap, what: &str) -> Result<(), Response> {
    let Some(kind) = bearer(headers).and_then(|key| admin.known(&VENDOR, key)) else {
        return Err(error(401, "invalid_api_key", "Invalid API key provided."));
    };
    if kind.opens(what) {
        Ok(())
    } else {
        Err(error(403, "forbidden", "This API key does not have the required scope"))
    }
}

/// Public: proves nothing about a key.
async fn models() -> Response {
    let model = |id: &str, owner: &str| json!({"id": id, "object": "model", "created": 1_758_844_800, "owned_by": owner});
    ok(
        json!({"object": "list", "data": [model("perplexity/sonar", "perplexity"), model("openai/gpt-5.2", "openai")]}),
    )
}

async fn async_jobs(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "developer")?;
    let limit = params.within("limit", 20, 1, 100).map_err(wrong)?;
    let bad = || wrong(Wrong("next_token".into()));
    let start =
        params.get("next_token").map(|t| paging::read_token(t).ok_or_else(bad)).transpose()?.unwrap_or(0);
    let today = when::floor(admin.now(), when::DAY);
    let job = |n: i64| {
        let at = today - n * when::DAY;
        json!({"id": format!("0b1c7d3e-0000-4000-8000-{:012}", at / when::DAY), "created_at": at, "started_at": at + 2,
               "completed_at": at + 190, "failed_at": null, "model": "sonar-deep-research", "status": "COMPLETED"})
    };
    let jobs: Vec<Value> = (0..7).map(job).collect();
    let part = paging::offset(&jobs, start as usize, limit);
    let next = part.more.then(|| paging::token(start + limit as i64));
    Ok(ok(json!({"next_token": next, "requests": part.items})))
}

async fn audit(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "audit")?;
    let limit = params.within("limit", 100, 1, 1_000).map_err(wrong)?;
    let instant = |name: &str| params.seconds(name).or_else(|_| params.instant(name)).map_err(wrong);
    let to = instant("end_time")?.unwrap_or(admin.now()).min(admin.now());
    let from = instant("start_time")?.unwrap_or(to - AUDIT_SPAN);
    if to - from > AUDIT_SPAN {
        return Err(error(400, "invalid_request", "The time range must not exceed 30 days"));
    }
    let account = admin.account(&VENDOR);
    let mut events: Vec<(i64, Value)> =
        account.acts(from, to).iter().map(|a| (a.at, act(&admin, a))).collect();
    events.extend(account.chats(&admin.org, from, to).iter().map(|c| (c.at, query(&admin, c))));
    events.sort_by_key(|e| std::cmp::Reverse(e.0));
    let events: Vec<Value> = events.into_iter().map(|e| e.1).collect();
    let start = match params.get("page").map(|p| p.strip_prefix("cursor_").unwrap_or(p)) {
        None => 0,
        Some(id) => events.iter().position(|e| e["id"] == id).ok_or_else(|| wrong(Wrong("page".into())))? + 1,
    };
    let part = paging::offset(&events, start, limit);
    let last = part.items.last().and_then(|e| e["id"].as_str()).map(|id| format!("cursor_{id}"));
    Ok(ok(json!({"data": part.items, "has_more": part.more, "next_page": last.filter(|_| part.more)})))
}

fn event(admin: &Admin, id: &str, at: i64, kind: &str, member: usize, ip: &str, data: Value) -> Value {
    let member = &admin.account(&VENDOR).directory.members[member];
    json!({"id": id, "event_type": kind, "timestamp": when::rfc3339(at), "user": {"id": member.id, "email": member.email},
           "ip_address": ip, "data": data})
}

fn act(admin: &Admin, act: &Act) -> Value {
    let (kind, data) = match act.deed {
        Deed::LogIn => ("user.login", json!({})),
        Deed::LogInFailed => ("user.login_failed", json!({})),
        Deed::KeyMade => ("api_key.created", json!({})),
        Deed::KeyDeleted => ("api_key.deleted", json!({})),
        Deed::MemberInvited => ("member.invited", json!({})),
        Deed::RoleChanged => ("member.role_updated", json!({"role": "member"})),
        Deed::LimitChanged | Deed::SettingChanged => {
            ("settings.updated", json!({"setting": "data_retention", "new_value": "30d"}))
        }
    };
    event(admin, &act.id, act.at, kind, act.member, &act.ip, data)
}

fn query(admin: &Admin, chat: &Chat) -> Value {
    let data = json!({"query": chat.question, "answer": chat.answer, "model": "auto", "title": chat.name});
    event(admin, &chat.id, chat.at, "query.submitted", chat.member, "203.0.113.9", data)
}

/// Complete buckets of the range asked for, a page of them.
fn buckets(admin: &Admin, params: &Params, datasets: &[&str]) -> Result<paging::Buckets, Response> {
    if !params.get("dataset").is_some_and(|d| datasets.contains(&d)) {
        return Err(wrong(Wrong("dataset".into())));
    }
    let from =
        params.seconds("start_time").map_err(wrong)?.ok_or_else(|| wrong(Wrong("start_time".into())))?;
    let width = match params.get("bucket_width").unwrap_or("1d") {
        "1d" => when::DAY,
        "1h" => when::HOUR,
        _ => return Err(wrong(Wrong("bucket_width".into()))),
    };
    let whole = when::floor(admin.now(), width);
    let to = params.seconds("end_time").map_err(wrong)?.unwrap_or(whole).min(whole);
    let limit = params.within("limit", 7, 1, 168).map_err(wrong)?;
    let bad = || wrong(Wrong("page".into()));
    let page = params
        .get("page")
        .map(|t| t.strip_prefix("page_").and_then(paging::read_token).ok_or_else(bad))
        .transpose()?;
    Ok(paging::Buckets::page(from.min(to), to, width, limit, page))
}

fn envelope(data: Vec<Value>, buckets: &paging::Buckets) -> Response {
    let next = buckets.next.map(|n| format!("page_{}", paging::token(n)));
    ok(json!({"categories": ["model"], "data": data, "has_more": next.is_some(), "next_page": next}))
}

fn by_model(counts: &BTreeMap<usize, u64>) -> Value {
    let list: Vec<Value> =
        counts.iter().map(|(m, n)| json!({"category": VENDOR.models[*m].id, "count": n})).collect();
    if list.is_empty() { json!({}) } else { json!({"model": list}) }
}

async fn usage(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "analytics")?;
    const DATASETS: &[&str] = &[
        "credit_usage",
        "connectors",
        "artifacts",
        "skills",
        "spaces",
        "workflows",
        "task_durations",
        "query_volume",
        "daily_active_users",
    ];
    let buckets = buckets(&admin, &params, DATASETS)?;
    let dataset = params.get("dataset").unwrap_or_default();
    let user = params.get("user_email");
    let directory = &admin.account(&VENDOR).directory;
    let mut data = Vec::new();
    for (from, to) in buckets.iter() {
        let view = |d: &super::world::Dims| {
            let email = d.user.map(|u| directory.members[u].email.as_str());
            user.is_none_or(|wanted| email == Some(wanted)).then_some(*d)
        };
        let by = By { model: true, user: true, ..By::default() };
        let groups = admin.account(&VENDOR).sums((from, to), admin.usage(), by, None, &view);
        let (mut counts, mut users) = (BTreeMap::new(), std::collections::BTreeSet::new());
        for (group, tally) in &groups {
            *counts.entry(group.model.unwrap_or_default()).or_default() += tally.requests;
            users.insert(group.user);
        }
        let (count, categories) = match dataset {
            "credit_usage" | "query_volume" => (counts.values().sum::<u64>(), by_model(&counts)),
            "daily_active_users" => (users.iter().flatten().count() as u64, json!({})),
            _ => (0, json!({})),
        };
        data.push(json!({"start_time": from, "end_time": to, "count": count, "by_categories": categories}));
    }
    Ok(envelope(data, &buckets))
}

async fn usage_by_user(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "analytics")?;
    let buckets = buckets(&admin, &params, &["credit_usage", "query_volume"])?;
    let directory = &admin.account(&VENDOR).directory;
    let mut data = Vec::new();
    for (from, to) in buckets.iter() {
        let by = By { model: true, user: true, ..By::default() };
        let groups = admin.account(&VENDOR).sums((from, to), admin.usage(), by, None, &|d| Some(*d));
        let mut users: BTreeMap<Option<usize>, BTreeMap<usize, u64>> = BTreeMap::new();
        for (group, tally) in &groups {
            *users.entry(group.user).or_default().entry(group.model.unwrap_or_default()).or_default() +=
                tally.requests;
        }
        let results: Vec<Value> = users
            .iter()
            .map(|(user, counts)| {
                let email = user.map(|u| directory.members[u].email.as_str());
                json!({"user_email": email, "count": counts.values().sum::<u64>(), "by_categories": by_model(counts)})
            })
            .collect();
        data.push(json!({"start_time": from, "end_time": to, "results": results}));
    }
    Ok(envelope(data, &buckets))
}
