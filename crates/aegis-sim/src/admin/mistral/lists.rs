//! Limits, audit logs, people, workspaces and keys.

use super::{VENDOR, allow, wrong};
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok};
use crate::admin::world::{Act, Deed, Model};
use crate::admin::{Admin, paging, when};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};

pub(super) async fn rate_limit(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers, "admin")?;
    let limit = |m: &Model| {
        (m.id.to_owned(), json!({"tokens_per_minute": 2_000_000, "tokens_per_month": 10_000_000_000u64}))
    };
    let limits: Map<String, Value> = VENDOR.models.iter().map(limit).collect();
    Ok(ok(json!({"requests_per_second": 6, "tokens_limits_by_model": limits})))
}

pub(super) async fn audit_logs(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let limit = params.within("limit", 20, 1, 1_000).map_err(wrong)?;
    let after = params.instant("after").map_err(wrong)?.unwrap_or(admin.now() - 365 * when::DAY);
    let before = params.instant("before").map_err(wrong)?.map_or(admin.now(), |t| t + 1).min(admin.now());
    let mut acts = admin.account(&VENDOR).acts(after, before);
    if params.get("sort") != Some("ascending") {
        acts.reverse();
    }
    let types = params.list("event_type");
    let rows = acts
        .iter()
        .map(|a| event(&admin, a))
        .filter(|r| types.is_empty() || types.iter().any(|t| r["event_type"] == *t));
    Ok(ok(rows.take(limit).collect()))
}

fn event(admin: &Admin, act: &Act) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    let (kind, target) = match act.deed {
        Deed::LogIn => ("user.log_in", "USER"),
        Deed::LogInFailed => ("user.log_in_failed", "USER"),
        Deed::KeyMade => ("api_key.create", "API_KEY"),
        Deed::KeyDeleted => ("api_key.delete", "API_KEY"),
        Deed::MemberInvited => ("workspace.member.add", "WORKSPACE"),
        Deed::RoleChanged => ("organization.member.update", "USER"),
        Deed::LimitChanged => ("workspace.limit.update", "WORKSPACE"),
        Deed::SettingChanged => ("la_plateforme.training.enabled", "ORGANIZATION"),
    };
    let key = &directory.keys[act.key];
    let metadata = if target == "API_KEY" { json!({"name": key.name}) } else { json!({}) };
    json!({
        "created_at": when::micros(act.at), "actor_type": "HUMAN", "actor_metadata": {"user_uuid": directory.members[act.member].id},
        "event_type": kind, "event_metadata": {}, "target_type": target, "target_metadata": metadata, "log_id": act.number,
        "organization_uuid": directory.organisation, "workspace_uuid": directory.project(key.project),
    })
}

/// Page number and size, and the items of that page.
fn page<'a, T>(params: &Params, items: &'a [T]) -> Result<(usize, usize, &'a [T]), Response> {
    let page = params.within("page", 1, 1, 1_000_000).map_err(wrong)?;
    let size = params.within("page_size", 25, 1, 100).map_err(wrong)?;
    Ok((page, size, paging::offset(items, (page - 1) * size, size).items))
}

pub(super) async fn users(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let directory = &admin.account(&VENDOR).directory;
    // The last member has not accepted the invitation yet.
    let places: Vec<usize> = (0..directory.members.len()).collect();
    let (page, size, shown) = page(&params, &places)?;
    let (mut members, mut invites) = (Vec::new(), Vec::new());
    for place in shown {
        let (m, role) = (&directory.members[*place], if directory.members[*place].admin { "A" } else { "M" });
        let project = directory.project(m.project);
        if *place + 1 == places.len() {
            invites.push(json!({"uuid": m.id, "raw_roles": [role], "raw_role": role, "email": m.email, "expired": false,
                "created_at": when::rfc3339(m.created), "workspace_uuids": [project]}));
            continue;
        }
        members.push(json!({
            "uuid": m.id, "oid_id": null, "name": m.name, "email": m.email, "is_sso_outsider": false,
            "workspaces": [{"uuid": project, "name": directory.projects[m.project].name, "is_default": m.project == 0,
                            "raw_roles": [role], "raw_role": role}],
            "subscriptions": [{"type": "API", "plan": "PAY_AS_YOU_GO", "status": "A", "user": null, "self_service": true,
                               "member_has_access": true}],
            "raw_roles": [role], "raw_role": role, "subscription_types": ["CHAT"], "created_at": when::rfc3339(m.created),
        }));
    }
    Ok(ok(
        json!({"members": members, "invites": invites, "total": places.len(), "page": page, "page_size": size}),
    ))
}

pub(super) async fn workspaces(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let directory = &admin.account(&VENDOR).directory;
    let places: Vec<usize> = (0..directory.projects.len()).collect();
    let (page, size, shown) = page(&params, &places)?;
    let item = |place: &usize| {
        let p = &directory.projects[*place];
        let count = directory.members.iter().filter(|m| m.project == *place).count();
        json!({"uuid": p.id, "name": p.name, "description": null, "icon": null, "members_count": count,
               "spend_limit": {"value": 200, "currency": "EUR", "no_monthly_limit": false}, "is_default": *place == 0})
    };
    let items: Vec<Value> = shown.iter().map(item).collect();
    Ok(ok(json!({"total": places.len(), "items": items, "object": "list", "page": page, "page_size": size})))
}

pub(super) async fn api_keys(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow(&admin, &headers, "admin")?;
    let limit = params.within("limit", 100, 1, 100).map_err(wrong)?;
    let offset = params.within("offset", 0, 0, usize::MAX).map_err(wrong)?;
    let account = admin.account(&VENDOR);
    let directory = &account.directory;
    let places: Vec<usize> = (0..directory.keys.len()).collect();
    let item = |place: &usize| {
        let key = &directory.keys[*place];
        json!({
            "key_id": key.id, "key": null, "name": key.name, "hidden_key": format!("****************************{}", key.tail),
            "created_at": when::rfc3339(key.created), "expiration_date": null, "actions": {},
            "workspace_id": directory.project(key.project), "workspace_name": directory.projects[key.project].name,
            "created_by": key.owner.map(|o| directory.members[o].id.as_str()), "product": "API",
            "last_used": account.last_used(*place, admin.now()).map(when::date), "can_delete": true,
        })
    };
    let keys: Vec<Value> = paging::offset(&places, offset, limit).items.iter().map(item).collect();
    Ok(ok(json!({"keys": keys})))
}
