//! Keys, credits, members, workspaces, budgets, customers' own keys, models.

use super::{BYOK, PROVIDERS, VENDOR, allow, not_found, presented, uuid, wrong};
use crate::admin::Admin;
use crate::admin::money::{self, UNITS};
use crate::admin::paging;
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY};
use crate::admin::world::{BEGINNING, By};
use crate::dice::Dice;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

/// Keys on a page; there is no parameter for it.
const KEYS: usize = 100;

/// A list cut by `offset` and `limit`, with its total.
fn list(params: &Params, items: &[Value]) -> Answer {
    let offset = params.within("offset", 0, 0, usize::MAX).map_err(wrong)?;
    let limit = params.within("limit", 50, 1, 100).map_err(wrong)?;
    let part = paging::offset(items, offset, limit);
    Ok(ok(json!({"data": part.items, "total_count": items.len()})))
}

/// What was spent in a range, in credits and at the other vendor, of one key or of all without one.
fn spent(admin: &Admin, from: i64, key: Option<usize>) -> (i64, i64) {
    let by = By { model: true, ..By::default() };
    let groups = admin
        .account(&VENDOR)
        .sums((from, admin.now()), admin.usage(), by, None, &|d| super::only(d, key, None));
    groups.iter().fold((0, 0), |sum, (group, tally)| {
        let (credits, elsewhere) = super::charged(group.model.unwrap_or_default(), tally);
        (sum.0 + credits, sum.1 + elsewhere)
    })
}

/// The figures of spending that keys carry.
fn figures(admin: &Admin, key: usize) -> Value {
    let now = admin.now();
    let today = when::floor(now, DAY);
    // 1970-01-01 was a Thursday; weeks begin on Monday.
    let monday = when::floor(now + 3 * DAY, 7 * DAY) - 3 * DAY;
    let (year, month, _) = when::civil(now);
    let first = when::month(year, month).map_or(today, |m| m.0);
    let mut out = json!({});
    for (name, from) in [("", BEGINNING), ("_daily", today), ("_weekly", monday), ("_monthly", first)] {
        let (credits, elsewhere) = spent(admin, from, Some(key));
        out[format!("usage{name}")] = money::number(credits, UNITS);
        out[format!("byok_usage{name}")] = money::number(elsewhere, UNITS);
    }
    out
}

pub(super) async fn key(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    let kind = presented(&admin, &headers)?;
    let management = kind.opens("management");
    let directory = &admin.account(&VENDOR).directory;
    let mut data = json!({
        "label": if management { "sk-or-v1-e21...9fd".to_owned() } else { format!("sk-or-v1-3f8...{}", directory.keys[0].tail) },
        "limit": null, "limit_remaining": null, "limit_reset": null, "include_byok_in_limit": false,
        "is_free_tier": false, "is_management_key": management, "is_provisioning_key": management,
        "creator_user_id": directory.members[0].id, "expires_at": null,
        "rate_limit": {"requests": -1, "interval": "10s", "note": "This field is deprecated and safe to ignore."},
    });
    let zero = json!({"usage": 0, "usage_daily": 0, "usage_weekly": 0, "usage_monthly": 0, "byok_usage": 0,
        "byok_usage_daily": 0, "byok_usage_weekly": 0, "byok_usage_monthly": 0});
    let figures = if management { zero } else { figures(&admin, 0) };
    if let (Value::Object(data), Value::Object(figures)) = (&mut data, figures) {
        data.extend(figures);
    }
    Ok(ok(json!({"data": data})))
}

fn row(admin: &Admin, place: usize) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    let key = &directory.keys[place];
    let owner = key.owner.and_then(|o| directory.members.get(o)).or(directory.members.first());
    let created = when::micros(key.created).replace('Z', "+00:00");
    let mut row = json!({
        "hash": key.id, "name": key.name, "label": format!("sk-or-v1-{}...{}", &key.id[..3], &key.id[61..]),
        "disabled": key.disabled, "limit": null, "limit_remaining": null, "limit_reset": null,
        "include_byok_in_limit": false, "created_at": created, "updated_at": null, "expires_at": null,
        "creator_user_id": owner.map(|m| m.id.as_str()), "workspace_id": directory.project(key.project),
    });
    if let (Value::Object(row), Value::Object(figures)) = (&mut row, figures(admin, place)) {
        row.extend(figures);
    }
    row
}

pub(super) async fn keys(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers)?;
    let directory = &admin.account(&VENDOR).directory;
    let workspace = match params.get("workspace_id") {
        None => 0,
        Some(id) => directory.find_project(id).ok_or_else(not_found)?,
    };
    let disabled = params.get("include_disabled") == Some("true");
    let offset = params.within("offset", 0, 0, usize::MAX).map_err(wrong)?;
    let places: Vec<usize> = (0..directory.keys.len())
        .filter(|p| directory.keys[*p].project == workspace && (disabled || !directory.keys[*p].disabled))
        .collect();
    let part = paging::offset(&places, offset, KEYS);
    Ok(ok(json!({"data": part.items.iter().map(|p| row(&admin, *p)).collect::<Vec<_>>()})))
}

pub(super) async fn one_key(
    State(admin): State<Admin>,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Answer {
    allow(&admin, &headers)?;
    let keys = &admin.account(&VENDOR).directory.keys;
    let place = keys.iter().position(|k| k.id == hash).ok_or_else(not_found)?;
    Ok(ok(json!({"data": row(&admin, place)})))
}

pub(super) async fn credits(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers)?;
    let (used, _) = spent(&admin, BEGINNING, None);
    // Topped up on the first of each month, generously.
    let months = (admin.now() - BEGINNING) / (30 * DAY) + 1;
    Ok(ok(json!({"data": {"total_credits": months * 2_500, "total_usage": money::number(used, UNITS)}})))
}

pub(super) async fn members(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers)?;
    let members = admin.account(&VENDOR).directory.members.iter();
    let items: Vec<Value> = members
        .map(|m| {
            let (first, last) = m.name.split_once(' ').unwrap_or((m.name.as_str(), ""));
            json!({"id": m.id, "email": m.email, "first_name": first, "last_name": last,
                   "role": if m.admin { "org:admin" } else { "org:member" }})
        })
        .collect();
    list(&params, &items)
}

pub(super) async fn workspaces(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers)?;
    let directory = &admin.account(&VENDOR).directory;
    let items: Vec<Value> = directory
        .projects
        .iter()
        .enumerate()
        .map(|(place, p)| {
            json!({
                "id": p.id, "name": p.name, "slug": p.name, "description": null, "created_at": when::rfc3339(p.created),
                "created_by": directory.members[0].id, "updated_at": when::rfc3339(p.created),
                "default_guardrail_id": uuid(&mut Dice::new(0, "guardrail", p.id.as_bytes())),
                "default_text_model": null, "default_image_model": null, "default_provider_sort": null,
                "include_byok_in_budgets": false, "io_logging_api_key_ids": null, "io_logging_sampling_rate": 1,
                "is_data_discount_logging_enabled": place == 1, "is_observability_broadcast_enabled": place == 0,
                "is_observability_io_logging_enabled": place == 0,
            })
        })
        .collect();
    list(&params, &items)
}

fn workspace(admin: &Admin, id: &str) -> Result<usize, Response> {
    admin.account(&VENDOR).directory.find_project(id).ok_or_else(not_found)
}

pub(super) async fn workspace_members(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers)?;
    let project = workspace(&admin, &id)?;
    let members = admin.account(&VENDOR).directory.members.iter().filter(|m| m.project == project);
    let items: Vec<Value> = members
        .map(|m| {
            json!({"id": uuid(&mut Dice::new(0, "membership", m.id.as_bytes())), "workspace_id": id, "user_id": m.id,
                   "role": if m.admin { "admin" } else { "member" }, "created_at": when::rfc3339(m.created)})
        })
        .collect();
    list(&params, &items)
}

pub(super) async fn budgets(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer {
    allow(&admin, &headers)?;
    let project = workspace(&admin, &id)?;
    let created = when::rfc3339(admin.account(&VENDOR).directory.projects[project].created);
    let budget = json!({"id": uuid(&mut Dice::new(0, "budget", id.as_bytes())), "workspace_id": id, "limit_usd": 5_000,
        "reset_interval": "monthly", "created_at": created, "updated_at": created});
    Ok(ok(json!({"data": [budget], "include_byok_in_budgets": false})))
}

pub(super) async fn byok(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers)?;
    let directory = &admin.account(&VENDOR).directory;
    let items = json!({
        "id": uuid(&mut Dice::new(0, "byok", b"")), "provider": "amazon-bedrock", "name": "AWS account",
        "label": "ABSK...wxYz", "disabled": false, "is_fallback": false, "sort_order": 0, "workspace_id": null,
        "allowed_api_key_hashes": null, "allowed_models": [VENDOR.models[BYOK].id], "allowed_user_ids": null,
        "created_at": when::rfc3339(directory.projects[0].created),
    });
    list(&params, &[items])
}

/// Public: proves nothing about a key.
pub(super) async fn models(params: Params) -> Answer {
    let items: Vec<Value> = VENDOR.models.iter().enumerate().map(|(place, m)| model(place, m)).collect();
    let whole = params.get("limit").is_none() && params.get("offset").is_none();
    let offset = params.within("offset", 0, 0, usize::MAX).map_err(wrong)?;
    let limit = if whole { items.len() } else { params.within("limit", 50, 1, 1_000).map_err(wrong)? };
    let part = paging::offset(&items, offset, limit);
    let next = part.more.then(|| format!("/api/v1/models?offset={}&limit={limit}", offset + limit));
    Ok(ok(json!({"data": part.items, "links": {"next": next}, "total_count": items.len()})))
}

fn model(place: usize, model: &crate::admin::world::Model) -> Value {
    let slug = PROVIDERS[place % PROVIDERS.len()].1;
    let price = |nanos: i64| money::text(nanos, UNITS);
    json!({
        "id": model.id, "canonical_slug": slug, "hugging_face_id": "", "name": model.name, "created": model.created,
        "description": "Invented text.", "context_length": 131_072,
        "architecture": {"modality": "text->text", "input_modalities": ["text"], "output_modalities": ["text"],
                         "tokenizer": "GPT", "instruct_type": null},
        "pricing": {"prompt": price(model.price.input), "completion": price(model.price.output), "request": "0",
                    "image": "0", "web_search": "0", "internal_reasoning": "0",
                    "input_cache_read": price(model.price.cached)},
        "top_provider": {"context_length": 131_072, "max_completion_tokens": 32_768, "is_moderated": true},
        "per_request_limits": null, "supported_parameters": ["max_tokens", "temperature"],
        "default_parameters": {"temperature": null, "top_p": null, "frequency_penalty": null},
        "supported_voices": null, "knowledge_cutoff": null, "expiration_date": null,
        "links": {"details": format!("/api/v1/models/{slug}/endpoints")},
    })
}
