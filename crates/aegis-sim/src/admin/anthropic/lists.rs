//! The organization, its users, keys, workspaces and rate limits.

use super::{VENDOR, allow, uuid, workspace, wrong};
use crate::admin::Admin;
use crate::admin::paging;
use crate::admin::params::{Params, Wrong};
use crate::admin::reply::{Answer, ok};
use crate::admin::when;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Admin> {
    Router::new()
        .route("/me", get(me))
        .route("/users", get(users))
        .route("/api_keys", get(api_keys))
        .route("/workspaces", get(workspaces))
        .route("/rate_limits", get(rate_limits))
}

/// A list cut by `after_id` and `limit`.
fn list(params: &Params, items: &[Value]) -> Answer {
    let limit = params.within("limit", 20, 1, 1_000).map_err(wrong)?;
    let id = |v: &Value| v["id"].as_str().unwrap_or_default().to_owned();
    let ids: Vec<String> = items.iter().map(id).collect();
    let start = match params.get("after_id") {
        None => 0,
        Some(after) => {
            ids.iter().position(|i| i == after).ok_or_else(|| wrong(Wrong("after_id".into())))? + 1
        }
    };
    let part = paging::offset(items, start, limit);
    let end = start + part.items.len();
    Ok(ok(json!({
        "data": part.items, "has_more": part.more,
        "first_id": ids.get(start).filter(|_| end > start), "last_id": ids.get(end.wrapping_sub(1)).filter(|_| end > start),
    })))
}

async fn me(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers, "admin")?;
    Ok(ok(json!({"id": uuid(&admin), "type": "organization", "name": "Larkfield Mutual"})))
}

async fn users(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let members = admin.account(&VENDOR).directory.members.iter();
    let kept = members.filter(|m| params.get("email").is_none_or(|e| e == m.email));
    let items: Vec<Value> = kept
        .map(|m| {
            json!({"id": m.id, "type": "user", "email": m.email, "name": m.name,
                   "role": if m.admin { "admin" } else { "developer" }, "added_at": when::micros(m.created)})
        })
        .collect();
    list(&params, &items)
}

async fn api_keys(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let directory = &admin.account(&VENDOR).directory;
    let items: Vec<Value> = directory
        .keys
        .iter()
        .map(|key| {
            let owner =
                key.owner.and_then(|o| directory.members.get(o)).map(|m| json!({"id": m.id, "type": "user"}));
            json!({
                "id": key.id, "type": "api_key", "name": key.name, "created_at": when::micros(key.created),
                "created_by": owner, "principal": owner, "expires_at": null,
                "partial_key_hint": format!("sk-ant-api03-R2D...{}", key.tail),
                "status": if key.disabled { "inactive" } else { "active" },
                "workspace_id": workspace(&admin, Some(key.project)),
            })
        })
        .filter(|k| params.get("status").is_none_or(|s| k["status"] == s))
        .filter(|k| params.get("workspace_id").is_none_or(|w| k["workspace_id"] == w))
        .collect();
    list(&params, &items)
}

async fn workspaces(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let items: Vec<Value> = admin
        .account(&VENDOR)
        .directory
        .projects
        .iter()
        .skip(1)
        .map(|p| {
            json!({
                "id": p.id, "type": "workspace", "name": p.name, "created_at": when::micros(p.created), "archived_at": null,
                "compartment_id": uuid(&admin), "display_color": "#6C5BB9", "external_key_id": null,
                "data_residency": {"allowed_inference_geos": "unrestricted", "default_inference_geo": "global", "workspace_geo": "us"},
                "tags": {"env": "prod"},
            })
        })
        .collect();
    list(&params, &items)
}

async fn rate_limits(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers, "admin")?;
    let limit = |kind: &str, value: u64| json!({"type": kind, "value": value});
    let limits = VENDOR.models.iter().map(|m| {
        json!({
            "id": format!("rl_{}", m.id), "type": "rate_limit", "group_type": "model_group", "models": [m.id],
            "limits": [limit("requests_per_minute", 4_000), limit("input_tokens_per_minute", 2_000_000),
                       limit("output_tokens_per_minute", 400_000)],
        })
    });
    Ok(ok(json!({"data": limits.collect::<Vec<_>>(), "next_page": null})))
}
