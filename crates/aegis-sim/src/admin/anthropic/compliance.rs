//! The Compliance API: activities, chats with their text, organizations and their users.
//! Chats are made up and say so in their names; a few hold what they should not.

use super::{VENDOR, allow_scope, compliance_error, uuid};
use crate::admin::Admin;
use crate::admin::paging::{read_token, token};
use crate::admin::params::{Params, Wrong};
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY};
use crate::admin::world::{Act, BEGINNING, Chat, Deed};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

pub(super) fn routes() -> Router<Admin> {
    Router::new()
        .route("/activities", get(activities))
        .route("/apps/chats", get(chats))
        .route("/apps/chats/{id}/messages", get(messages))
        .route("/organizations", get(organizations))
        .route("/organizations/{uuid}/users", get(users))
}

fn wrong(name: Wrong) -> Response {
    compliance_error(400, "invalid_request_error", format!("{}: Input is not valid", name.0))
}

/// The range that `created_at.…` gives, within what exists by now.
fn range(admin: &Admin, params: &Params) -> Result<(i64, i64), Response> {
    let bound = |name: &str| params.instant(&format!("created_at.{name}")).map_err(wrong);
    let now = admin.now();
    let from = bound("gte")?.or(bound("gt")?.map(|t| t + 1)).unwrap_or(now - 365 * DAY);
    let to = bound("lt")?.or(bound("lte")?.map(|t| t + 1)).unwrap_or(now).min(now);
    Ok((from, to))
}

async fn activities(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow_scope(&admin, &headers, "read:compliance_activities")?;
    let (from, to) = range(&admin, &params)?;
    let limit = params.within("limit", 100, 1, 5_000).map_err(wrong)?;
    let mut acts = admin.account(&VENDOR).acts(from, to);
    match params.get("order").unwrap_or("desc") {
        "asc" => {}
        "desc" => acts.reverse(),
        _ => return Err(wrong(Wrong("order".into()))),
    }
    let (types, without) = (params.list("activity_types"), params.list("exclude_activity_types"));
    let rows: Vec<Value> = acts
        .iter()
        .map(|act| activity(&admin, act))
        .filter(|r| types.is_empty() || types.iter().any(|t| r["type"] == *t))
        .filter(|r| !without.iter().any(|t| r["type"] == *t))
        .collect();
    let start = match params.get("after_id") {
        None => 0,
        Some(id) => {
            rows.iter().position(|r| r["id"] == id).ok_or_else(|| wrong(Wrong("after_id".into())))? + 1
        }
    };
    let part = crate::admin::paging::offset(&rows, start, limit);
    let id = |row: Option<&Value>| row.map(|r| r["id"].clone());
    Ok(ok(
        json!({"data": part.items, "has_more": part.more, "first_id": id(part.items.first()), "last_id": id(part.items.last())}),
    ))
}

fn activity(admin: &Admin, act: &Act) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    let (member, key) = (&directory.members[act.member], &directory.keys[act.key]);
    let (kind, facts) = match act.deed {
        Deed::LogIn => ("sso_login_succeeded", json!({"auth_method": "sso", "mfa_method": null})),
        Deed::LogInFailed => ("sso_login_failed", json!({"auth_method": "sso", "mfa_method": null})),
        Deed::KeyMade => {
            let scopes = json!(["user:inference"]);
            (
                "api_key_created",
                json!({"api_key_id": key.id, "scopes": scopes, "restricted_to_organization": true}),
            )
        }
        Deed::KeyDeleted => ("api_key_deleted", json!({"api_key_id": key.id})),
        Deed::MemberInvited => ("org_user_invite_sent", json!({"invited_email": member.email})),
        Deed::RoleChanged => ("org_user_role_updated", json!({"user_id": member.id, "role": "developer"})),
        Deed::LimitChanged => ("spend_limit_updated", json!({"limit_cents": 500_000})),
        Deed::SettingChanged => ("org_settings_updated", json!({"setting": "data_retention"})),
    };
    let of_organization = !matches!(act.deed, Deed::LogIn | Deed::LogInFailed);
    let mut row = json!({
        "id": act.id, "created_at": when::rfc3339(act.at), "type": kind,
        "organization_id": of_organization.then_some(&directory.organisation),
        "organization_uuid": of_organization.then(|| uuid(admin)),
        "actor": {"type": "user_actor", "email_address": member.email, "user_id": member.id,
                  "ip_address": act.ip, "user_agent": "Mozilla/5.0"},
    });
    if let (Value::Object(row), Value::Object(facts)) = (&mut row, facts) {
        row.extend(facts);
    }
    row
}

async fn chats(State(admin): State<Admin>, headers: HeaderMap, params: Params) -> Answer {
    allow_scope(&admin, &headers, "read:compliance_user_data")?;
    let (from, to) = range(&admin, &params)?;
    let limit = params.within("limit", 100, 1, 1_000).map_err(wrong)?;
    let bad = || wrong(Wrong("after_id".into()));
    let after = params.get("after_id").map(|t| read_token(t).ok_or_else(bad)).transpose()?.unwrap_or(-1);
    let users = params.list("user_ids");
    let account = admin.account(&VENDOR);
    let kept: Vec<Chat> = account
        .chats(&admin.org, from, to)
        .into_iter()
        .filter(|c| c.number > after)
        .filter(|c| users.is_empty() || users.contains(&account.directory.members[c.member].id.as_str()))
        .collect();
    let part = crate::admin::paging::offset(&kept, 0, limit);
    let data: Vec<Value> = part.items.iter().map(|c| chat(&admin, c)).collect();
    let cursor = |c: Option<&Chat>| c.map(|c| token(c.number));
    Ok(ok(
        json!({"data": data, "has_more": part.more, "first_id": cursor(part.items.first()), "last_id": cursor(part.items.last())}),
    ))
}

fn chat(admin: &Admin, chat: &Chat) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    let member = &directory.members[chat.member];
    json!({
        "id": chat.id, "name": chat.name, "created_at": when::rfc3339(chat.at), "updated_at": when::rfc3339(chat.answered),
        "deleted_at": null, "href": format!("https://claude.ai/chat/{}", chat.id), "model": VENDOR.models[0].id,
        "organization_id": directory.organisation, "organization_uuid": uuid(admin), "project_id": null,
        "user": {"id": member.id, "email_address": member.email},
    })
}

async fn messages(State(admin): State<Admin>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    allow_scope(&admin, &headers, "read:compliance_user_data")?;
    let now = admin.now();
    let Some(found) = &admin.account(&VENDOR).chat(&admin.org, &id, now) else {
        return Err(compliance_error(404, "not_found_error", "Chat not found"));
    };
    let message = |role: &str, at: i64, text: &str| {
        json!({
            "id": format!("claude_chat_msg_{}_{role}", found.number), "role": role, "created_at": when::rfc3339(at),
            "content": [{"type": "text", "text": text, "thinking_redacted": false, "truncated": false}],
            "files": null, "generated_files": null, "artifacts": null,
        })
    };
    let mut body = chat(&admin, found);
    let mut messages = vec![message("user", found.at, &found.question)];
    if found.answered <= now {
        messages.push(message("assistant", found.answered, found.answer));
    }
    body["first_id"] = token(1).into();
    body["last_id"] = token(messages.len() as i64).into();
    body["chat_messages"] = messages.into();
    body["has_more"] = false.into();
    Ok(ok(body))
}

async fn organizations(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    allow_scope(&admin, &headers, "read:compliance_org_data")?;
    let created = when::micros(BEGINNING).replace('Z', "+00:00");
    let data = json!([{"uuid": uuid(&admin), "name": "Larkfield Mutual", "created_at": created}]);
    Ok(ok(json!({"data": data, "has_more": false, "next_page": null})))
}

async fn users(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow_scope(&admin, &headers, "read:compliance_user_data")?;
    if id != uuid(&admin) {
        return Err(compliance_error(404, "not_found_error", "Organization not found"));
    }
    let limit = params.within("limit", 500, 1, 1_000).map_err(wrong)?;
    let bad = || wrong(Wrong("page".into()));
    let start = params.get("page").map(|t| read_token(t).ok_or_else(bad)).transpose()?.unwrap_or(0) as usize;
    let part = crate::admin::paging::offset(&admin.account(&VENDOR).directory.members, start, limit);
    let data: Vec<Value> = part
        .items
        .iter()
        .map(|m| {
            json!({"id": m.id, "full_name": m.name, "email": m.email, "created_at": when::micros(m.created),
                   "organization_role": if m.admin { "admin" } else { "user" }})
        })
        .collect();
    let next = part.more.then(|| token((start + limit) as i64));
    Ok(ok(json!({"data": data, "has_more": part.more, "next_page": next})))
}
