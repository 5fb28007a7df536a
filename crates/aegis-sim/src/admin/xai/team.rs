//! The management key's own facts, the team's keys and models, and its audit events.

use super::{VENDOR, allow, bad, error, team};
use crate::admin::Admin;
use crate::admin::keys::bearer;
use crate::admin::paging;
use crate::admin::params::Params;
use crate::admin::reply::{Answer, ok};
use crate::admin::when::{self, DAY};
use crate::admin::world::{Act, Deed};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

pub(super) async fn validation(State(admin): State<Admin>, headers: HeaderMap) -> Answer {
    let kind = bearer(&headers).and_then(|key| admin.known(&VENDOR, key)).filter(|kind| kind.opens("team"));
    let kind = kind.ok_or_else(|| error(401, "unauthenticated", "Invalid management key."))?;
    let id = team(&admin);
    Ok(ok(
        json!({"apiKeyId": format!("key-{}", kind.kind), "teamId": id, "scope": "SCOPE_TEAM", "scopeId": id, "name": kind.kind}),
    ))
}

/// Where a page begins, by its token.
fn start(params: &Params, name: &str) -> Result<usize, Response> {
    let wrong = || bad("the page token cannot be read");
    params
        .get(name)
        .map(|t| paging::read_token(t).ok_or_else(wrong))
        .transpose()
        .map(|n| n.unwrap_or(0) as usize)
}

fn size(params: &Params) -> Result<usize, Response> {
    params.within("pageSize", 100, 1, 1_000).map_err(|_| bad("pageSize must be from 1 to 1000"))
}

pub(super) async fn api_keys(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, &id, "team")?;
    let (start, size) = (start(&params, "paginationToken")?, size(&params)?);
    let directory = &admin.account(&VENDOR).directory;
    let part = paging::offset(&directory.keys, start, size);
    let keys: Vec<Value> = part
        .items
        .iter()
        .map(|key| {
            json!({
                "redactedApiKey": format!("xai-...{}", key.tail), "userId": directory.members[key.owner.unwrap_or(0)].id,
                "name": key.name, "createTime": when::micros(key.created), "modifyTime": when::micros(key.created),
                "teamId": id, "apiKeyId": key.id, "disabled": key.disabled, "expireTime": null, "qps": 20, "qpm": 1_200,
                "tpm": "400000", "acls": ["api-key:model:*", "api-key:endpoint:*"],
            })
        })
        .collect();
    let mut body = json!({"apiKeys": keys});
    if part.more {
        body["paginationToken"] = paging::token((start + size) as i64).into();
    }
    Ok(ok(body))
}

pub(super) async fn models(State(admin): State<Admin>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    allow(&admin, &headers, &id, "team")?;
    let models: Vec<Value> = VENDOR.models.iter().map(|m| json!({"name": m.id})).collect();
    Ok(ok(json!({"models": models})))
}

pub(super) async fn events(
    State(admin): State<Admin>,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Answer {
    allow(&admin, &headers, &id, "audit")?;
    let bound = |name: &str| params.instant(name).map_err(|_| bad("the time cannot be read"));
    let now = admin.now();
    let from = bound("eventTimeFrom")?.unwrap_or(now - 90 * DAY);
    let to = bound("eventTimeTo")?.unwrap_or(now).min(now);
    let (start, size) = (start(&params, "pageToken")?, size(&params)?);
    let directory = &admin.account(&VENDOR).directory;
    let mut acts = admin.account(&VENDOR).acts(from, to);
    if params.get("orderBy") != Some("TIME_ASCENDING") {
        acts.reverse();
    }
    acts.retain(|a| params.get("eventFilter.userId").is_none_or(|u| directory.members[a.member].id == u));
    let part = paging::offset(&acts, start, size);
    let events: Vec<Value> = part.items.iter().map(|act| event(&admin, act)).collect();
    let next = if part.more { paging::token((start + size) as i64) } else { String::new() };
    Ok(ok(json!({"events": events, "nextPageToken": next})))
}

fn event(admin: &Admin, act: &Act) -> Value {
    let directory = &admin.account(&VENDOR).directory;
    let (member, key) = (&directory.members[act.member], &directory.keys[act.key]);
    let description = match act.deed {
        Deed::LogIn => "Signed in".to_owned(),
        Deed::LogInFailed => "Failed to sign in".to_owned(),
        Deed::KeyMade => format!("Created API key {}", key.name),
        Deed::KeyDeleted => format!("Deleted API key {}", key.name),
        Deed::MemberInvited => format!("Invited {} to the team", member.email),
        Deed::RoleChanged => format!("Changed the role of {}", member.email),
        Deed::LimitChanged => "Updated team spending limit".to_owned(),
        Deed::SettingChanged => "Updated team settings".to_owned(),
    };
    let (given, family) = member.name.split_once(' ').unwrap_or((member.name.as_str(), ""));
    json!({
        "eventTime": when::millis(act.at), "eventId": act.id, "description": description,
        "user": {"userId": member.id, "email": member.email, "profileImage": "", "givenName": given, "familyName": family,
                 "profileImageUrl": ""},
    })
}
