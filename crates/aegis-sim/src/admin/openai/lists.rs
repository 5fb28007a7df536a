//! Members, projects, their keys and limits. Envelope and paging are the same for all.

use super::{VENDOR, allow, list, not_found};
use crate::admin::Admin;
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok};
use crate::admin::world::{Key, Member, Project};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Admin> {
    Router::new()
        .route("/users", get(users))
        .route("/projects", get(projects))
        .route("/projects/{id}/api_keys", get(api_keys))
        .route("/projects/{id}/service_accounts", get(service_accounts))
        .route("/projects/{id}/users", get(project_users))
        .route("/projects/{id}/rate_limits", get(rate_limits))
        .route("/admin_api_keys", get(admin_api_keys))
        .route("/spend_limit", get(spend_limit))
}

fn enter(admin: &Admin, headers: &HeaderMap) -> Result<(), Response> {
    allow(admin, headers, "organization", "api.management.read", 403)
}

fn user(member: &Member, object: &str) -> Value {
    let role = if member.admin { "owner" } else { "reader" };
    json!({"object": object, "id": member.id, "name": member.name, "email": member.email, "role": role,
           "added_at": member.created})
}

async fn users(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    enter(&admin, &headers)?;
    let emails = params.list("emails");
    let members = admin.account(&VENDOR).directory.members.iter();
    let kept = members.filter(|m| emails.is_empty() || emails.contains(&m.email.as_str()));
    list(&params, &kept.map(|m| user(m, "organization.user")).collect::<Vec<_>>(), 20)
}

async fn projects(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    enter(&admin, &headers)?;
    let project = |p: &Project| {
        json!({"id": p.id, "object": "organization.project", "name": p.name, "created_at": p.created,
               "archived_at": null, "status": "active", "external_key_id": null, "residency": "GLOBAL"})
    };
    let items: Vec<Value> = admin.account(&VENDOR).directory.projects.iter().map(project).collect();
    list(&params, &items, 20)
}

/// The place of the project in the path.
fn find(admin: &Admin, id: &str) -> Result<usize, Response> {
    admin.account(&VENDOR).directory.find_project(id).ok_or_else(|| not_found("Project"))
}

async fn api_keys(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    enter(&admin, &headers)?;
    let project = find(&admin, &id)?;
    let account = admin.account(&VENDOR);
    let keys = account.directory.keys.iter().enumerate().filter(|(_, k)| k.project == project);
    let items: Vec<Value> = keys
        .map(|(place, key)| {
            json!({
                "object": "organization.project.api_key",
                "redacted_value": format!("{}...{}", if key.owner.is_some() { "sk-pro" } else { "sk-svc" }, key.tail),
                "name": key.name,
                "created_at": key.created,
                "last_used_at": account.last_used(place, admin.now()),
                "id": key.id,
                "owner_project_access": if key.disabled { "inactive" } else { "active" },
                "owner": owner(&admin, key),
            })
        })
        .collect();
    list(&params, &items, 20)
}

fn owner(admin: &Admin, key: &Key) -> Value {
    let members = &admin.account(&VENDOR).directory.members;
    match key.owner.and_then(|o| members.get(o)) {
        Some(member) => {
            let role = if member.admin { "owner" } else { "member" };
            json!({"type": "user", "user": {"id": member.id, "name": member.name, "email": member.email,
                   "role": role, "created_at": member.created}})
        }
        None => json!({"type": "service_account", "service_account": service(key)}),
    }
}

fn service(key: &Key) -> Value {
    json!({"id": format!("svc_acct_{}", key.tail), "name": key.name, "role": "member", "created_at": key.created})
}

async fn service_accounts(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    enter(&admin, &headers)?;
    let project = find(&admin, &id)?;
    let keys =
        admin.account(&VENDOR).directory.keys.iter().filter(|k| k.project == project && k.owner.is_none());
    let items: Vec<Value> = keys
        .map(|key| {
            let mut item = service(key);
            item["object"] = "organization.project.service_account".into();
            item
        })
        .collect();
    list(&params, &items, 20)
}

async fn project_users(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    enter(&admin, &headers)?;
    let project = find(&admin, &id)?;
    let members = admin.account(&VENDOR).directory.members.iter().filter(|m| m.project == project);
    list(&params, &members.map(|m| user(m, "organization.project.user")).collect::<Vec<_>>(), 20)
}

async fn rate_limits(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    enter(&admin, &headers)?;
    find(&admin, &id)?;
    let limit = |model: &crate::admin::world::Model| {
        json!({"object": "project.rate_limit", "id": format!("rl-{}", model.id), "model": model.id,
               "max_requests_per_1_minute": 600, "max_tokens_per_1_minute": 200_000})
    };
    list(&params, &VENDOR.models.iter().map(limit).collect::<Vec<_>>(), 100)
}

async fn admin_api_keys(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    enter(&admin, &headers)?;
    let owner = &admin.account(&VENDOR).directory.members[0];
    let items: Vec<Value> = VENDOR
        .keys
        .iter()
        .filter(|k| k.known && k.opens("organization"))
        .map(|kind| {
            let secret = crate::admin::keys::secret(admin.seed, &VENDOR, kind);
            json!({
                "object": "organization.admin_api_key", "id": format!("key_{}", kind.kind), "name": kind.kind,
                "redacted_value": format!("sk-admin...{}", &secret[secret.len() - 3..]),
                "created_at": owner.created, "expires_at": null, "last_used_at": admin.now() - 60,
                "owner": {"type": "user", "object": "organization.user", "id": owner.id, "name": owner.name,
                          "created_at": owner.created, "role": "owner"},
            })
        })
        .collect();
    list(&params, &items, 20)
}

async fn spend_limit(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    enter(&admin, &headers)?;
    Ok(ok(json!({"object": "organization.spend_limit", "threshold_amount": 500_000, "currency": "USD",
                 "interval": "month", "enforcement": {"status": "enforcing"}})))
}
